package wording

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestAccidental: a wrong word between | is there, one between / only across the
// words of the text.
func TestAccidental(t *testing.T) {
	for _, marked := range strings.Fields(`
		/座谈汇/报工作 讲/座落/实 命/脉博/弈 削/弱智/能 过/渡假/期 颁/布署/名 已/经信委/托 /截止到/期 公/布署/名 /按装/置说明 /既使/用工具
		统一|布署|工作 再次|布署|。 |座谈汇|上 |截止到|期末 |截止到|11月 房屋|座落|在 |脉博|跳动 有|弱智|的 县|经信委|托管 县|工商局|长 |按装|修理 不|做为|依据 国庆|渡假|村 |既使|下雨
	`) {
		mark := string(marked[strings.IndexAny(marked, "/|")])
		parts := strings.Split(marked, mark)
		if len(parts) != 3 {
			continue // the / of a number
		}
		text := strings.Join(parts, "")
		if got := Accidental(text, len(parts[0]), len(parts[0])+len(parts[1])); got != (mark == "/") {
			t.Errorf("%s: %v", marked, got)
		}
	}
}

// TestNeighbours: between words that take its characters no entry of the built-in
// list is found, whatever they are; between others each is.
func TestNeighbours(t *testing.T) {
	list, err := os.ReadFile("../source/wording.yaml")
	if err != nil {
		t.Fatal(err)
	}
	accidents := 0
	for _, m := range regexp.MustCompile(`误: ([^,}\n]+)`).FindAllStringSubmatch(string(list), -1) {
		term := []rune(m[1])
		for _, marked := range []string{"/", "，/，", "这次/过的", "要/，", "工作/工作"} {
			before, after, _ := strings.Cut(marked, "/")
			if Accidental(before+m[1]+after, len(before), len(before)+len(m[1])) {
				t.Errorf("%s%s%s: not found", before, m[1], after)
			}
		}
		n := len(term)
		for pair := range wordTable() {
			before, after := "", ""
			switch {
			case n == 2 && pair[1] == term[0]:
				before = string(pair[0])
				after = string(anySecond(term[1]))
			case n == 2 && pair[0] == term[1]:
				before, after = string(anyFirst(term[0])), string(pair[1])
			case n == 3 && pair[0] == term[2] && isWord(term[0], term[1]) && !strings.ContainsRune(singles, pair[1]):
				after = string(pair[1])
			}
			if before+after == "" || n == 2 && (before == "" || after == "") {
				continue
			}
			accidents++
			if text := before + m[1] + after; !Accidental(text, len(before), len(before)+len(m[1])) {
				t.Errorf("%s: found in %s", m[1], text)
			}
		}
	}
	if accidents < 500 {
		t.Errorf("only %d accidents", accidents)
	}
}

// anyFirst and anySecond return a character that makes a word with another; none where
// there is none.
func anyFirst(second rune) (found []rune) {
	for pair := range wordTable() {
		if pair[1] == second && (found == nil || pair[0] < found[0]) {
			found = []rune{pair[0]}
		}
	}
	return found
}

func anySecond(first rune) (found []rune) {
	for pair := range wordTable() {
		if pair[0] == first && (found == nil || pair[1] < found[0]) {
			found = []rune{pair[1]}
		}
	}
	return found
}
