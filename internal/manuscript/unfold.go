package manuscript

import (
	"regexp"
	"slices"
	"strings"

	"wangjian/internal/linebreak"
)

// unfold takes apart what Markdown cannot hold in one piece: pictures leave
// their paragraphs, and tables that only place pictures or frame a text become
// the paragraphs in them.
func unfold(blocks []*block, said *remarks) []*block {
	var out []*block
	for _, b := range blocks {
		switch {
		case b.paragraph != nil && contentsLine.MatchString(oneLine(b.paragraph.text())):
			said.count("left-contents", leftContents, "")
		case b.paragraph != nil:
			out = append(out, withoutPictures(b.paragraph)...)
		case isSummaryTable(b.table):
			said.note("changed-table", b.table.at, "用表格填写的总结拆成了标题和段落")
			for p := range b.table.paragraphs() {
				out = append(out, withoutPictures(p)...)
			}
		case b.table.pictures():
			said.note("changed-table", b.table.at, "用来排图片的表格拆开了，图片和文字按列排下来")
			for column := range maxColumns {
				for _, row := range b.table.rows {
					if column < len(row) {
						for _, p := range row[column].paragraphs {
							out = append(out, withoutPictures(p)...)
						}
					}
				}
			}
		case len(b.table.rows) == 1 && len(b.table.rows[0]) == 1:
			said.note("changed-table", b.table.at, "只有一格的表格改成了普通段落")
			for p := range b.table.paragraphs() {
				out = append(out, withoutPictures(p)...)
			}
		default:
			out = append(out, takeTableTitle(b.table)...)
			b.grid = b.table.grid(said)
			out = append(out, b)
		}
	}
	return out
}

// contentsLine is a line of a table of contents that was typed by hand.
var contentsLine = regexp.MustCompile(`^.{1,60}?[.．…·]{3,}\s*[0-9]{1,3}$`)

// isSummaryTable tells a form whose rows are the sections: the name at the
// left, the text at the right.
func isSummaryTable(t *table) bool {
	found := map[int]bool{}
	for _, row := range t.rows {
		if len(row) < 2 || len(row[0].paragraphs) == 0 {
			continue
		}
		label := row[0].paragraphs[0]
		full := label.label() + label.text()
		if name := nameOf(full[numbered(full).size:], false); name.exact {
			found[name.section] = true
		}
	}
	return len(found) >= 3
}

// takeTableTitle takes a first row that covers all columns off a table.
func takeTableTitle(t *table) []*block {
	if len(t.rows) < 3 || len(t.rows[0]) != 1 || t.rows[0][0].span < 2 {
		return nil
	}
	var out []*block
	for _, p := range t.rows[0][0].paragraphs {
		p.role = captionRole
		out = append(out, &block{paragraph: p})
	}
	t.rows = t.rows[1:]
	return out
}

// withoutPictures returns a paragraph's words and, below them, its pictures.
func withoutPictures(p *paragraph) []*block {
	pictures := p.pictures()
	if len(pictures) == 0 {
		return []*block{{paragraph: p}}
	}
	p.spans = tidy(slices.DeleteFunc(p.spans, func(s span) bool { return s.kind == pictureSpan }))
	picture := &block{part: picturePart, pictures: pictures}
	if p.empty() {
		return []*block{picture}
	}
	return []*block{{paragraph: p}, picture}
}

// splitLines makes paragraphs of lines that are parted by line breaks only,
// as texts copied from a web page are, where one of them is a section's
// heading.
func splitLines(blocks []*block, said *remarks) []*block {
	var out []*block
	for _, b := range blocks {
		p := b.paragraph
		if p == nil || !strings.Contains(p.text(), "\n") || !holdsHeading(p.text()) {
			out = append(out, b)
			continue
		}
		said.note("changed-lines", p, "一段里用换行符隔开的几行分成了几段")
		one := *p
		one.spans = nil
		flush := func() {
			line := one
			if line.spans = tidy(line.spans); !line.empty() {
				out = append(out, &block{paragraph: &line})
				one.mark = nil
			}
			one.spans = nil
		}
		for _, s := range p.spans {
			if s.kind == breakSpan {
				flush()
				continue
			}
			one.spans = append(one.spans, s)
		}
		flush()
	}
	return out
}

func holdsHeading(text string) bool {
	for _, l := range strings.Split(text, "\n") {
		n := numbered(l)
		if n.headsSection() && nameOf(l[n.size:], false).exact {
			return true
		}
	}
	return false
}

var (
	leadEnd   = regexp.MustCompile(`[。：:]`)
	shortLead = regexp.MustCompile(`^[^，、；,;]{0,26}$`)
)

// splitLeads parts a heading that runs on into its text, as in
// （一）严格审查。各地… Lower numbers stay where they are: with them it may as
// well be a list.
func splitLeads(blocks []*block, m manner, said *remarks) []*block {
	var out []*block
	for _, b := range blocks {
		if b.paragraph != nil {
			if head, rest := splitLead(b.paragraph, m); head != nil {
				said.count("changed-lead", "写在段首的小标题单独成行，共 %d 处", linebreak.Clip(head.label()+head.text(), 16))
				out = append(out, &block{paragraph: head}, &block{paragraph: rest})
				continue
			}
		}
		out = append(out, b)
	}
	return out
}

func splitLead(p *paragraph, m manner) (head, rest *paragraph) {
	label := len(p.label())
	full := p.label() + p.text()
	n := numbered(full)
	stop := leadEnd.FindStringIndex(full[n.size:])
	if p.level > 0 || p.role != bodyRole || !n.headsSection() || n.size < label || stop == nil {
		return nil, nil
	}
	before, after := cut(p.spans, n.size+stop[0]-label)
	_, after = cut(after, stop[1]-stop[0])
	one, other := *p, *p
	one.spans, other.spans = tidy(before), tidy(after)
	other.mark = nil
	words := full[n.size : n.size+stop[0]]
	if one.empty() || other.empty() || length(words) > longHeading {
		return nil, nil
	}
	ended := strings.HasPrefix(full[n.size+stop[0]:], "。")
	standsOut := m.stands(&one) != bare && m.stands(&one) != m.stands(&other)
	if nameOf(words, false).exact || ended && (standsOut || n.class == hanParen && shortLead.MatchString(words)) {
		return &one, &other
	}
	return nil, nil
}
