package scaffold

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
)

// Summary drafts the whole campaign's summary of a round for the lead office to
// edit: below each of the four sections the first full sentence of every
// department's, after a line that does not show and tells where it is from. Nothing
// of a 报送部分 is taken. read returns a text's body.
func Summary(c *campaign.Campaign, round *campaign.Round, read func(*campaign.Item) ([]byte, error)) ([]byte, error) {
	drafts := map[string][]string{}
	for _, d := range c.Departments {
		n := c.Narrative(round, d, nil)
		if n == nil {
			continue
		}
		body, err := read(n)
		if err != nil {
			return nil, err
		}
		tree, _ := markdown.Parse(body, n.File, n.Body.FirstLine)
		for _, s := range tree.Sections() {
			if s.Heading == nil {
				continue
			}
			section := markdown.PlainText(s.Heading.Children, nil)
			if slices.Contains(n.OfficeOnly, section) {
				drafts[section] = append(drafts[section], from(n, n.File+"，这一节是报送部分，没有摘录"))
			} else if sentence, at := firstSentence(s.Blocks); sentence != "" {
				drafts[section] = append(drafts[section], from(n, at.Source()), sentence)
			}
		}
	}
	var parts []string
	for _, section := range campaign.NarrativeSections {
		parts = append(append(parts, "## "+section), drafts[section]...)
	}
	return Text(campaign.Summaries, strings.Join(parts, "\n\n")+"\n"), nil
}

// from is a line of Markdown that does not show: the definition of a link that
// nothing refers to. It tells where a narrative is not for the public.
func from(n *campaign.Item, where string) string {
	if n.Disclosure != campaign.Proactive {
		where += "，公开方式是" + cmp.Or(n.Disclosure, "空的")
	}
	name := strings.NewReplacer("(", "（", ")", "）").Replace(n.Department.Short)
	return fmt.Sprintf("[//]: # (摘自%s：%s)", name, where)
}

// firstSentence returns the first full sentence of a section as Markdown, with its
// references to figures; "" where there is none.
func firstSentence(blocks []*markdown.Node) (string, campaign.Position) {
	for _, n := range blocks {
		if n.Kind != markdown.Paragraph {
			continue
		}
		var references []string
		text := markdown.PlainText(n.Children, func(r *campaign.Reference) string {
			references = append(references, "{{"+r.Raw+"}}")
			return "\ufffc"
		})
		if sentence := fullSentence.FindString(text); sentence != "" {
			sentence = listMark.ReplaceAllString(marks.ReplaceAllString(sentence, `\$0`), `$1\$2`)
			for _, r := range references {
				sentence = strings.Replace(sentence, "\ufffc", r, 1)
			}
			return sentence, n.At
		}
	}
	return "", campaign.Position{}
}

// fullSentence is a text up to its first full stop, with the quotation that it ends.
var fullSentence = regexp.MustCompile(`^[^。！？]*[。！？]+[”’」』）]*`)

// What Markdown reads as its own: in a sentence, and where one begins.
var (
	marks    = regexp.MustCompile("[\\\\`*_\\[\\]<|~{^]|^[-+#>=]")
	listMark = regexp.MustCompile(`^(\d{1,9})([.)])`)
)
