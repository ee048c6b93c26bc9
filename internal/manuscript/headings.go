package manuscript

import (
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

var fourSections = "总结只有" + strings.Join(campaign.NarrativeSections, "、") + "四节；把它并到合适的一节里"

// layer lays out the headings of a text.
type layer struct {
	blocks  []*block
	tops    []top
	manners map[rank]bool // of the sections' headings
	manner  manner
	said    *remarks
	out     []*block
	stack   []rank // of the headings above, below the section's
	section int    // -1 before the first
	free    bool   // of a text that has no such sections
}

// layHeadings marks the headings and sets the level and the words of each.
func (l *layer) layHeadings(gone map[*block]bool) []*block {
	l.section = -1
	if l.free {
		l.section = 0
	}
	next := 0 // of the tops
	for i, b := range l.blocks {
		switch {
		case gone[b]:
		case next < len(l.tops) && l.tops[next].block == i:
			l.startSection(next)
			next++
		default:
			l.out = append(l.out, b)
			if b.paragraph != nil {
				l.layLower(i)
			}
		}
	}
	return l.out
}

// startSection writes the heading of a section, or makes it a lower one where the
// section has begun already or goes on under another heading.
func (l *layer) startSection(at int) {
	t := l.tops[at]
	b, name := l.blocks[t.block], campaign.NarrativeSections[t.name.section]
	same := func(other top) bool { return other.name.section == t.name.section }
	again := l.section == t.name.section
	joined := at+1 < len(l.tops) && same(l.tops[at+1])
	repeated := !again && slices.ContainsFunc(l.tops[:at], same)
	l.stack = nil
	if !again && !repeated {
		if !joined {
			tellLostNotes(b.paragraph, l.said)
		}
		l.out = append(l.out, sectionHeading(name))
		l.section = t.name.section
	}
	switch {
	case repeated:
		l.said.problem("manuscript-sections", b.paragraph, "把两处合并成一节，再导入", "“%s”写了两节，后一节接在了上一节里", name)
	case again || joined:
		l.said.note("changed-heading", b.paragraph, "“%s”归入“%s”，作为小标题", t.shown, name)
	default:
		if decoration.ReplaceAllString(t.shown, "") != name {
			l.said.note("changed-heading", b.paragraph, "标题“%s”改成了“%s”", t.shown, name)
		}
		return
	}
	l.stack = []rank{t.rank}
	l.out = append(l.out, lowerHeading(b, 3, t.number, l.said))
}

// layLower makes the last block a heading below a section's, where it is one.
func (l *layer) layLower(at int) {
	p := l.blocks[at].paragraph
	line, ok := l.manner.lineOf(p)
	if l.section < 0 {
		if ok && l.manners[line.rank] {
			l.said.problem("manuscript-sections", p, fourSections, "“%s”写在四节之前，当作正文导入", line.rest)
		}
		return
	}
	if !ok && !headsText(line, l.blocks, at, l.manner) {
		return
	}
	r := line.rank
	if !ok {
		r = rank{numberedBy, int(line.number.class)}
	}
	if l.manners[r] {
		l.said.problem("manuscript-sections", p, fourSections, "“%s”不是四节之一，作为小标题接在了“%s”里", line.rest, campaign.NarrativeSections[l.section])
	}
	var depth int
	l.stack, depth = descend(l.stack, r)
	if !l.free {
		depth++
	}
	l.out[len(l.out)-1] = lowerHeading(l.blocks[at], 2+depth, line.number, l.said)
}

// sectionHeading is the heading of one of the four sections, in its own words.
func sectionHeading(name string) *block {
	return &block{part: headingPart, level: 2, paragraph: &paragraph{spans: []span{{kind: wordSpan, text: name}}}}
}

// lowerHeading makes a block a heading, without its number.
func lowerHeading(b *block, level int, n number, said *remarks) *block {
	p := b.paragraph
	if n.class != noNumber {
		said.count("changed-number", "小标题前的编号去掉了，共 %d 处", n.typed)
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
		p.spans = tidy(p.spans)
	}
	b.part, b.level = headingPart, min(level, 6)
	return b
}

// descend finds how deep a rank stands below the headings above it.
func descend(stack []rank, r rank) ([]rank, int) {
	if i := slices.Index(stack, r); i >= 0 {
		return stack[:i+1], i
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
