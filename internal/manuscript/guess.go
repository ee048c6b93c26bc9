package manuscript

import (
	"regexp"
	"strings"

	"wangjian/internal/campaign"
)

// Guess is what a Word file seems to be before anybody says what it is.
type Guess struct {
	Kind  campaign.Kind     // "" where nothing tells
	Words string            // its first and last lines, which may name who wrote it
	Fault *campaign.Finding // why it cannot be read; nil where it can
}

// leastSections is how many of the four sections make a text a narrative.
const leastSections = 2

// GuessOf reads a Word file's shape: the sections of a narrative, the labels that only
// one kind of text has, the words of its title.
func GuessOf(name string, data []byte) (l Guess) {
	file, refusal := open(name, data)
	said := &remarks{counts: map[string]int{}, tallies: map[string]*tally{}}
	if refusal != nil {
		return Guess{Fault: refusal}
	}
	text, refusal := read(file, name, said)
	if refusal != nil {
		return Guess{Fault: refusal}
	}
	blocks := splitLines(unfold(text.blocks, said), said)
	lines := linesOf(blocks)
	l.Words = ends(lines)
	m := mannerOf(blocks)
	tops, _ := findTops(splitLeads(blocks, m, said), m)
	sections := map[int]bool{}
	for _, t := range tops {
		sections[t.name.section] = true
	}
	if l.Kind = kindLabelled(text.blocks); l.Kind == "" && len(sections) >= leastSections {
		l.Kind = campaign.Narratives
	}
	if l.Kind == "" && len(lines) > 0 {
		l.Kind = Titled(lines[0])
	}
	return l
}

// titles are words of titles, by the kind of text that has them.
var titles = []struct {
	words *regexp.Regexp
	kind  campaign.Kind
}{
	{regexp.MustCompile(`案例|处罚|案[\s\d（）()]*$`), campaign.Cases},
	{regexp.MustCompile(`警示|提醒|提示|谨防|当心`), campaign.Warnings},
	{regexp.MustCompile(`总结|小结|汇报|工作情况|报告`), campaign.Narratives},
	{regexp.MustCompile(`通知|通告|公告|方案|意见|办法|规定|决定|函`), campaign.Documents},
}

// Titled returns the kind of text that a title, or a file's name, speaks of; "" for
// none.
func Titled(title string) campaign.Kind {
	for _, t := range titles {
		if t.words.MatchString(title) {
			return t.kind
		}
	}
	return ""
}

// kindLabelled returns the kind whose own labels a text has: one that others have too
// tells nothing.
func kindLabelled(blocks []*block) (best campaign.Kind) {
	kinds := []campaign.Kind{campaign.Cases, campaign.Warnings, campaign.Documents}
	counts := map[campaign.Kind]int{}
	for _, label := range labelsOf(blocks) {
		var has []campaign.Kind
		for _, kind := range kinds {
			if _, _, ok := fieldsOf(Material{Kind: kind}, nil).key(label); ok {
				has = append(has, kind)
			}
		}
		if len(has) == 1 {
			counts[has[0]]++
		}
	}
	for _, kind := range kinds {
		if counts[kind] > counts[best] {
			best = kind
		}
	}
	if counts[best] < leastLabels {
		return ""
	}
	return best
}

// labelsOf lists the cells of tables, and what stands before the colon of lines.
func labelsOf(blocks []*block) (list []string) {
	for _, b := range blocks {
		if b.table == nil {
			if label, _, ok := strings.Cut(strings.ReplaceAll(oneLine(b.paragraph.text()), ":", "："), "："); ok {
				list = append(list, label)
			}
			continue
		}
		for _, row := range b.table.rows {
			for _, c := range row {
				list = append(list, c.text())
			}
		}
	}
	return list
}

func linesOf(blocks []*block) (list []string) {
	for _, b := range blocks {
		if b.paragraph != nil && !b.paragraph.empty() {
			list = append(list, oneLine(b.paragraph.text()))
		}
	}
	return list
}

// ends returns the first and the last lines of a text.
func ends(lines []string) string {
	const some = 4
	if len(lines) > 2*some {
		lines = append(lines[:some:some], lines[len(lines)-some:]...)
	}
	return strings.Join(lines, "\n")
}
