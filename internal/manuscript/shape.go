package manuscript

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
	for b := range gone {
		if b.paragraph != nil {
			tellLostNotes(b.paragraph, said)
		}
	}
	blocks = layHeadings(blocks, tops, manners, m, gone, said)
	blocks = captionPictures(blocks, said)
	layLists(blocks, said)
	n.blocks = blocks
	return n
}

// tellLostNotes names footnotes whose marks stand in what is no text.
func tellLostNotes(p *paragraph, said *remarks) {
	for _, s := range p.spans {
		if s.kind == noteSpan {
			said.count("left-footnote", "题目、图题、落款等处的脚注没有导入，共 %d 条", "")
		}
	}
}
