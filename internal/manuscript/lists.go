package manuscript

// layLists marks the items of lists: those that Word numbers or points, and
// runs of at least two paragraphs that someone numbered by hand from 1.
func layLists(blocks []*block, said *remarks) {
	for i := 0; i < len(blocks); i++ {
		b := blocks[i]
		if b.part != textPart || b.paragraph == nil {
			continue
		}
		p := b.paragraph
		if p.mark != nil {
			markItem(b, said)
			continue
		}
		n := typedRun(blocks[i:])
		for j := range n {
			p := blocks[i+j].paragraph
			number := numbered(p.text())
			if number.typed != "" && number.typed[len(number.typed)-1] != '.' {
				said.count("changed-list", "手打的编号改成了列表的“1.”样式，共 %d 处", number.typed)
			}
			_, p.spans = cut(p.spans, number.size)
			p.spans = tidy(p.spans)
			blocks[i+j].part, blocks[i+j].ordered, blocks[i+j].value = itemPart, true, number.value
		}
		i += max(n-1, 0)
	}
	levelItems(blocks)
	for _, b := range blocks {
		if b.part == textPart && b.paragraph != nil && b.paragraph.role == quoteRole {
			b.part = quotePart
		}
	}
}

// markItem turns a paragraph of a Word list into an item, or writes the list's
// mark before it where Markdown has no such mark.
func markItem(b *block, said *remarks) {
	p := b.paragraph
	label := numbered(p.label())
	switch {
	case p.mark.bullet:
		b.part, b.level = itemPart, p.mark.depth
	case label.class == arabic && label.size == len(p.label()):
		b.part, b.level, b.ordered, b.value = itemPart, p.mark.depth, true, label.value
	default:
		said.count("changed-mark", "自动编号写成了文字，共 %d 处", p.label())
		p.spans = append([]span{{kind: wordSpan, text: p.label()}}, p.spans...)
		p.spans = tidy(p.spans)
	}
	p.mark = nil
}

// typedRun counts the paragraphs at the start of blocks that are numbered 1,
// 2, 3 … by hand; 0 where there are fewer than two.
func typedRun(blocks []*block) int {
	n := 0
	for _, b := range blocks {
		if b.part != textPart || b.paragraph == nil || b.paragraph.mark != nil || b.paragraph.role == captionRole {
			break
		}
		number := numbered(b.paragraph.text())
		if number.class != arabic || number.value != n+1 || number.size == len(b.paragraph.text()) {
			break
		}
		n++
	}
	if n < 2 {
		return 0
	}
	return n
}

// levelItems moves every list to the left margin and keeps an item at most one
// level below the one before it.
func levelItems(blocks []*block) {
	for i := 0; i < len(blocks); i++ {
		if blocks[i].part != itemPart {
			continue
		}
		end := i
		least := blocks[i].level
		for end < len(blocks) && blocks[end].part == itemPart {
			least = min(least, blocks[end].level)
			end++
		}
		before := -1
		for ; i < end; i++ {
			blocks[i].level = min(blocks[i].level-least, before+1)
			before = blocks[i].level
		}
	}
}
