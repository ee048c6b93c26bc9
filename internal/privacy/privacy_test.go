package privacy

import (
	"os"
	"strings"
	"testing"
)

// corpus reads a file of examples, without its comments.
func corpus(t testing.TB, name string) []string {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(raw)) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}

// TestLeaks: each example is found at its column, and told whole.
func TestLeaks(t *testing.T) {
	total := 0
	for _, name := range []string{"numbers.txt", "names.txt", "addresses.txt", "doubts.txt"} {
		for _, marked := range corpus(t, name) {
			before, rest, _ := strings.Cut(marked, "⟦")
			text, after, ok := strings.Cut(rest, "⟧")
			if !ok {
				t.Fatalf("%s: no mark in %s", name, marked)
			}
			total++
			column := len([]rune(before)) + 1
			hit := false
			for _, found := range Find(before + text + after) {
				if found.Column == column && found.Text == strings.TrimSpace(text) && found.Certain == (name != "doubts.txt") {
					hit = true
				}
			}
			if !hit {
				t.Errorf("%s: %s: want %q at %d, got %+v", name, before+text+after, text, column, Find(before+text+after))
			}
		}
	}
	if total < 120 {
		t.Errorf("only %d leaks", total)
	}
}

// TestInnocent: official text that holds nothing personal returns nothing that
// is certain.
func TestInnocent(t *testing.T) {
	lines := corpus(t, "innocent.txt")
	if len(lines) < 200 {
		t.Errorf("only %d innocent lines", len(lines))
	}
	doubts := 0
	for _, line := range lines {
		for _, f := range Find(line) {
			if f.Certain {
				t.Errorf("%s: %+v", line, f)
			} else {
				doubts++
				t.Logf("doubt: %s: %+v", line, f)
			}
		}
	}
	if doubts > 4 {
		t.Errorf("%d false doubts in %d lines", doubts, len(lines))
	}
}

func TestMask(t *testing.T) {
	for name, want := range map[string]string{"张伟": "张某", "李国强": "李某某", "欧阳小红": "欧阳某某"} {
		if !IsPerson(name) || Mask(name) != want {
			t.Errorf("%s: %v, %s", name, IsPerson(name), Mask(name))
		}
	}
	for _, name := range []string{"张某", "李某某", "清河市某超市", "王记面馆", "某公司", "赣州某食品厂", "林业局", "南康区某家具店", "王女士", "张*"} {
		if IsPerson(name) {
			t.Errorf("%s is no full name of a person", name)
		}
	}
}

// FuzzLine: whatever a line holds, what is found lies in it and the search
// ends.
func FuzzLine(f *testing.F) {
	for _, name := range []string{"numbers.txt", "names.txt", "addresses.txt", "doubts.txt", "innocent.txt"} {
		for _, line := range corpus(f, name) {
			f.Add(line)
		}
	}
	f.Fuzz(func(t *testing.T, line string) {
		n := len([]rune(line))
		for _, found := range Find(line) {
			if found.Column < 1 || found.Column+len([]rune(found.Text))-1 > n || found.Text == "" && n > 0 {
				t.Errorf("%q: %+v", line, found)
			}
		}
		_, _ = Bare(line), IsPerson(line) // neither panics
	})
}

// TestLongLines: the work grows with the line, not with its square; a square
// of these would not end.
func TestLongLines(t *testing.T) {
	for _, part := range []string{"1 ", "13800001234 ", "138 ", "@", "a@b.cn ", "微信", "qq", "经营者李明，", "住址", "(男,", "赣B", "一", "村1栋", "86", "138,", "1O", "患有", "日生", "王某，", "&#49;", "%31", "姓 名", "360702199", "8*"} {
		if n := len(Find(strings.Repeat(part, 40_000))); n > most {
			t.Errorf("%q: %d traces", part, n)
		}
	}
}

func BenchmarkLine(b *testing.B) {
	line := "经查，该店自10月20日起预售固定规格的沙发和餐桌椅，不属于按消费者要求定作的商品，每单预收订金200元，共收取46单、9200元。有3名消费者付款次日要求取消，均被该店以“预售须知”为由拒绝。"
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		Find(line)
	}
}
