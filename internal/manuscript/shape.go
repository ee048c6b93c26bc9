package manuscript

import (
	"regexp"
	"strings"

	"wangjian/internal/campaign"
)

// narrative is a draft in which the parts of a narrative are recognised.
type narrative struct {
	title     string
	blocks    []*block
	footnotes map[int][]*paragraph
	pictures  []Picture
	names     map[*drawing]string // picture → its name; absent for one left out
	noteOrder []int               // footnotes of the draft, in the order of the text
}

// shape recognises a narrative in a draft.
func shape(d *draft, opts Options, said *remarks) *narrative {
	blocks := unfold(d.blocks, said)
	blocks = splitLines(blocks, said)
	m := mannerOf(blocks)
	blocks = splitLeads(blocks, m, said)
	tops, manners := findTops(blocks, m)
	tellSections(tops, blocks, said)
	n := &narrative{footnotes: d.footnotes, names: map[*drawing]string{}}
	first, last := len(blocks), 0
	if len(tops) > 0 {
		first, last = tops[0].block, tops[len(tops)-1].block+1
	}
	gone := map[*block]bool{}
	n.title = takeTitle(blocks[:first], m, opts, gone, said)
	takeTail(blocks[last:], opts, gone, said)
	blocks = layHeadings(blocks, tops, manners, m, gone, said)
	blocks = captionPictures(blocks, said)
	layLists(blocks, said)
	n.blocks = blocks
	return n
}

// unfold takes apart what Markdown cannot hold in one piece: pictures leave
// their paragraphs, and tables that only place pictures or frame a text become
// the paragraphs in them.
func unfold(blocks []*block, said *remarks) []*block {
	var out []*block
	for _, b := range blocks {
		switch {
		case b.paragraph != nil:
			out = append(out, withoutPictures(b.paragraph)...)
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
			for _, p := range b.table.rows[0][0].paragraphs {
				out = append(out, withoutPictures(p)...)
			}
		default:
			if title := takeTableTitle(b.table); title != nil {
				out = append(out, title...)
			}
			b.grid = b.table.grid(said)
			out = append(out, b)
		}
	}
	return out
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

// withoutPictures gives a paragraph's words and, below them, its pictures.
func withoutPictures(p *paragraph) []*block {
	figures := p.pictures()
	if len(figures) == 0 {
		return []*block{{paragraph: p}}
	}
	var words []span
	for _, s := range p.spans {
		if s.kind != figureSpan {
			words = append(words, s)
		}
	}
	p.spans = tidy(words)
	picture := &block{part: picturePart, figures: figures}
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
		if (n.class == hanNumber || n.class == partNumber || n.class == hanParen) && nameOf(l[n.size:], false).exact {
			return true
		}
	}
	return false
}

var leadEnd = regexp.MustCompile(`[。：:]`)

// splitLeads parts a heading that runs on into its text, as in
// （一）严格审查。各地… Lower numbers stay where they are: with them it may as
// well be a list.
func splitLeads(blocks []*block, m manner, said *remarks) []*block {
	var out []*block
	for _, b := range blocks {
		if b.paragraph != nil {
			if head, rest := splitLead(b.paragraph, m); head != nil {
				said.count("changed-lead", "写在段首的小标题单独成行，共 %d 处", shorten(head.label()+head.text(), 16))
				out = append(out, &block{paragraph: head}, &block{paragraph: rest})
				continue
			}
		}
		out = append(out, b)
	}
	return out
}

func splitLead(p *paragraph, m manner) (head, rest *paragraph) {
	if p.level > 0 || p.role != bodyRole {
		return nil, nil
	}
	text := p.text()
	full := p.label() + text
	n := numbered(full)
	if n.class == noNumber || n.class > hanParen || n.size < len(p.label()) {
		return nil, nil
	}
	stop := leadEnd.FindStringIndex(full[n.size:])
	if stop == nil || n.size+stop[1] == len(full) {
		return nil, nil
	}
	words := full[n.size : n.size+stop[0]]
	from, to := n.size+stop[0]-len(p.label()), n.size+stop[1]-len(p.label())
	before, after := cut(p.spans, from)
	_, after = cut(after, to-from)
	one, other := *p, *p
	one.spans, other.spans = tidy(before), tidy(after)
	other.mark = nil
	if one.empty() || other.empty() || length(words) > longHeading {
		return nil, nil
	}
	named := nameOf(words, false).exact
	colon := !strings.HasPrefix(full[n.size+stop[0]:], "。")
	standsOut := !colon && m.stands(&one) != bare && m.stands(&one) != m.stands(&other)
	plain := !colon && n.class == hanParen && length(words) <= 26 && !strings.ContainsAny(words, "，、；,;")
	if named || standsOut || plain {
		return &one, &other
	}
	return nil, nil
}

var fourSections = "总结只有" + strings.Join(campaign.NarrativeSections, "、") + "四节；把它并到合适的一节里"

// layHeadings marks the headings and gives each its level and its words.
func layHeadings(blocks []*block, tops []top, manners map[rank]bool, m manner, gone map[*block]bool, said *remarks) []*block {
	topAt := map[int]int{}
	for i, t := range tops {
		topAt[t.block] = i
	}
	var out []*block
	var stack []rank
	section := -1
	for i, b := range blocks {
		if gone[b] {
			continue
		}
		if at, ok := topAt[i]; ok {
			t := tops[at]
			again := section == t.name.section
			joined := at+1 < len(tops) && tops[at+1].name.section == t.name.section
			repeated := !again && seenBefore(tops[:at], t.name.section)
			stack = nil
			if !again && !repeated {
				out = append(out, sectionHeading(t))
				section = t.name.section
			}
			switch name := campaign.NarrativeSections[t.name.section]; {
			case repeated:
				said.problem("manuscript-sections", b.paragraph, "把两处合并成一节，再导入", "“%s”写了两节，后一节接在了上一节里", name)
				fallthrough
			case again || joined:
				if !repeated {
					said.note("changed-heading", b.paragraph, "“%s”归入“%s”，作为小标题", t.shown, name)
				}
				stack = []rank{t.rank}
				out = append(out, lowerHeading(b, 3, t.number, said))
			case decoration.ReplaceAllString(t.shown, "") != name:
				said.note("changed-heading", b.paragraph, "标题“%s”改成了“%s”", t.shown, name)
			}
			continue
		}
		out = append(out, b)
		if b.paragraph == nil {
			continue
		}
		l, ok := m.lineOf(b.paragraph)
		if section < 0 {
			if ok && manners[l.rank] {
				said.problem("manuscript-sections", b.paragraph, fourSections, "“%s”写在四节之前，当作正文导入", l.rest)
			}
			continue
		}
		if !ok && !headsText(l, blocks, i, m) {
			continue
		}
		r := l.rank
		if !ok {
			r = rank{numberedBy, int(l.number.class)}
		}
		if manners[r] {
			said.problem("manuscript-sections", b.paragraph, fourSections, "“%s”不是四节之一，作为小标题接在了“%s”里", l.rest, campaign.NarrativeSections[section])
		}
		var depth int
		stack, depth = descend(stack, r)
		out[len(out)-1] = lowerHeading(b, 3+depth, l.number, said)
	}
	return out
}

func seenBefore(tops []top, section int) bool {
	for _, t := range tops {
		if t.name.section == section {
			return true
		}
	}
	return false
}

// sectionHeading is the heading of one of the four sections, in its own words.
func sectionHeading(t top) *block {
	name := campaign.NarrativeSections[t.name.section]
	return &block{part: headingPart, level: 2, paragraph: &paragraph{spans: []span{{kind: wordSpan, text: name}}}}
}

// lowerHeading makes a block a heading, without its number.
func lowerHeading(b *block, level int, n number, said *remarks) *block {
	p := b.paragraph
	if n.class != noNumber {
		said.count("changed-number", "小标题前的编号去掉了，共 %d 处，页面和 PDF 自己排编号", n.typed)
		if typed := n.size - len(p.label()); typed > 0 {
			_, p.spans = cut(p.spans, typed)
		}
	}
	p.mark = nil
	for i, s := range p.spans {
		s.format, s.face = 0, plainFace
		if s.kind == breakSpan {
			s = span{kind: wordSpan, text: " "}
		}
		p.spans[i] = s
	}
	p.spans = tidy(p.spans)
	if last := len(p.spans) - 1; last >= 0 && p.spans[last].kind == wordSpan {
		p.spans[last].text = strings.TrimRight(p.spans[last].text, "。：:")
	}
	b.part, b.level = headingPart, min(level, 6)
	return b
}

// descend finds how deep a rank stands below the headings above it.
func descend(stack []rank, r rank) ([]rank, int) {
	for i, s := range stack {
		if s == r {
			return stack[:i+1], i
		}
	}
	for len(stack) > 0 && stack[len(stack)-1].family == r.family && stack[len(stack)-1].depth > r.depth {
		stack = stack[:len(stack)-1]
	}
	stack = append(stack, r)
	return stack, len(stack) - 1
}

// headsText tells a short numbered line (1. 充实技术力量) with a paragraph
// below it: a heading, where a list's item would be followed by the next.
func headsText(l line, blocks []*block, at int, m manner) bool {
	if l.number.class < arabic || l.number.class > arabicParen || length(l.rest) > 26 || l.rest == "" || finalStop.MatchString(l.rest) || innerStop.MatchString(l.rest) || at+1 >= len(blocks) {
		return false
	}
	next := blocks[at+1].paragraph
	if next == nil || next.mark != nil || next.level > 0 {
		return false
	}
	below, heading := m.lineOf(next)
	return !heading && below.number.class == noNumber && (length(below.rest) > longHeading || strings.HasSuffix(below.rest, "。"))
}
