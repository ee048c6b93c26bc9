package campaign

import "unicode/utf8"

// Body is what the first pass keeps of a Markdown body; the second pass reads
// the text again and refuses it when Hash no longer fits.
type Body struct {
	Hash       [32]byte // of the whole file
	FirstLine  int      // line of the file at which the body starts
	Headings   []Heading
	Links      []Link
	References []Reference
	Opening    string     // the first paragraph as plain text, for lists
	Sentences  []Sentence // those with a number
	Cited      []Citation
}

// Citation is a document that a body cites with its number: 《…》（…号，…印发）.
type Citation struct {
	Title, Number, Rest string
	At                  Position
}

// Sentence is a sentence of a body, or a row of a table, as plain text. A
// reference stands in it as U+FFFC.
type Sentence struct {
	Text string
	Runs []Run // in their order
	// Of a row of a table: where its cells begin, and the heads of its columns.
	Cells []int
	Head  []string
}

// Run is where a stretch of a sentence begins in the file; of a reference, what
// it refers to.
type Run struct {
	Offset    int // bytes of the sentence
	At        Position
	Reference *Reference
}

// Place returns where a byte of the sentence stands in the file.
func (s *Sentence) Place(offset int) Position {
	var at Position
	from := 0
	for _, r := range s.Runs {
		if r.Offset > offset {
			break
		}
		at, from = r.At, r.Offset
	}
	at.Column += utf8.RuneCountInString(s.Text[from:offset])
	return at
}

// Heading is a heading of a body.
type Heading struct {
	Level  int
	Text   string
	Anchor string
	At     Position
}

// Link is a link or picture of a body, as written and as source resolved it.
type Link struct {
	Target string
	Image  bool
	Text   string // link text or alt text
	At     Position
	Address
}
