package manuscript

import (
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

var fourSections = "总结只有" + strings.Join(campaign.NarrativeSections, "、") + "四节；把它并到合适的一节里"

// layHeadings marks the headings and sets the level and the words of each.
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
			repeated := !again && slices.ContainsFunc(tops[:at], func(before top) bool { return before.name.section == t.name.section })
			stack = nil
			if !again && !repeated && !joined {
				tellLostNotes(b.paragraph, said)
			}
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

// sectionHeading is the heading of one of the four sections, in its own words.
func sectionHeading(t top) *block {
	name := campaign.NarrativeSections[t.name.section]
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
