package review

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
)

// What is published as a page shows whatever the reader's computer can show;
// a paper holds its own fonts, and what none of them draws would print as
// nothing.
var unprintable = Rule{
	Code: "unprintable", Level: campaign.Error,
	Words:   "印到纸上的文字（页面和用语表以外的内容和数据），每个字都有字体印得出来。",
	Inspect: inspectPrintable,
}

func inspectPrintable(p *reading) (remarks []campaign.Finding) {
	if !p.onPaper() {
		return nil
	}
	lacking := p.lackingInBody()
	key := ""
	for n, line := range p.lines {
		prints := func(r rune) bool { return lacking[r] }
		resolve := html.UnescapeString
		switch {
		case p.inFront(n):
			if line = p.prose[n]; !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "-") {
				key, _, _ = strings.Cut(line, ":")
			}
			if slices.Contains(neverPrinted, key) {
				continue
			}
			prints = func(r rune) bool { return !p.draws(r) }
			resolve = yamlUnescape
		case len(lacking) == 0:
			return remarks
		default:
			line = targetSpan.ReplaceAllStringFunc(line, func(target string) string { return strings.Repeat(" ", len(target)) })
		}
		var told []rune
		tell := func(text string, at func(offset int) int) {
			for offset, r := range text {
				if prints(r) && !slices.Contains(told, r) {
					told = append(told, r)
					remarks = append(remarks, cannotPrint(r, p.at(n, at(offset))))
				}
			}
		}
		tell(line, func(offset int) int { return offset })
		if escape := strings.IndexAny(line, `\&`); escape >= 0 {
			tell(resolve(line), func(int) int { return escape })
		}
	}
	return remarks
}

// targetSpan is where a link leads, which is not printed.
var targetSpan = regexp.MustCompile(`\]\([^)]*\)`)

// neverPrinted are the keys whose values stand on no paper.
var neverPrinted = []string{"关键词", "别名", "准予公开", "审核", "审核人", "图片已核", "附件已核", "指纹", "发布", "索引号格式"}

// onPaper reports whether any of a text is printed.
func (r *reading) onPaper() bool {
	if r.Item != nil {
		return r.Item.Kind != campaign.Pages
	}
	return strings.HasPrefix(r.File, "data/") && r.File != "data/wording.yaml" && r.File != "data/synonyms.yaml"
}

// lackingInBody lists what a body prints and no font draws.
func (r *reading) lackingInBody() map[rune]bool {
	lacking := map[rune]bool{}
	if r.Tree == nil {
		return lacking
	}
	r.Tree.Walk(func(n *markdown.Node) bool {
		switch n.Kind {
		case markdown.Text, markdown.Code, markdown.CodeBlock, markdown.Image:
			for _, c := range n.Text {
				if !r.draws(c) {
					lacking[c] = true
				}
			}
		}
		return true
	})
	return lacking
}

// draws reports whether a paper can show a character. Of those that no text may
// hold the rule character tells.
func (r *reading) draws(c rune) bool {
	forbidden := c == utf8.RuneError || c&0xfffe == 0xfffe || c >= 0xfdd0 && c <= 0xfdef || unicode.IsControl(c) || unicode.Is(unicode.Co, c)
	return forbidden || r.characters.Draw(c)
}

// instead is what can be written for characters that fonts lack.
var instead = strings.NewReplacer(
	"₀", "0", "₁", "1", "₂", "2", "₃", "3", "₄", "4", "₅", "5", "₆", "6", "₇", "7", "₈", "8", "₉", "9",
	"⁰", "0", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9",
	"☑", "√", "✅", "√", "✔", "√", "☒", "×", "❌", "×", "☐", "□", "⬜", "□",
)

func cannotPrint(r rune, at campaign.Position) campaign.Finding {
	hint := "换一个字或写法，或在 layouts/fonts/ 里放入含有这个字的 TrueType 字体"
	if other := instead.Replace(string(r)); other != string(r) {
		hint = "写成“" + other + "”，或在 layouts/fonts/ 里放入含有这个字的 TrueType 字体"
	}
	return finding(at, fmt.Sprintf("“%c”（U+%04X）没有一种字体印得出来，PDF 里会是空白", r, r), hint)
}
