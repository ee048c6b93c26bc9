package typeset

// Role is a typeface by its part in an official document.
type Role int

// The typefaces of GB/T 9704.
const (
	Fang  Role = iota // 仿宋: body
	Song              // 小标宋: titles
	Hei               // 黑体: first-level headings, table heads, bold
	Kai               // 楷体: second-level headings, quotations
	Plain             // 宋体: page numbers

	Roles // how many there are
)

// Style is how a run looks.
type Style struct {
	Role   Role
	Size   float64
	Color  Color
	Rise   float64 // of the baseline, for marks of footnotes
	Strike bool
}

// Run is text in one style. A "\n" in it is a forced line break.
type Run struct {
	Text   string
	Style  Style
	Link   string // anchor to jump to
	URI    string // address to open, where there is no anchor
	Note   *Note  // the footnote that this run marks
	Image  *Image // stands in the line in place of the text, which says what it shows
	Source string // file:line, for the message about a missing glyph

	element *Element // of a link or a mark of a footnote
}

// leads reports whether the run is a link.
func (r *Run) leads() bool { return r.Link != "" || r.URI != "" }

// Note is a footnote; it is set at the foot of the page of its first mark. Label
// is that mark as it stands before the text.
type Note struct {
	Label, Runs []Run
	// lines are filled when the note is first needed.
	lines   []*line
	placed  bool
	element *Element
	label   *Element
}

// Font is a typeface as the layout sees it.
type Font interface {
	// Name tells fonts apart.
	Name() string
	// Glyph is a character's glyph and its advance in thousandths of an em;
	// ok is false where the font lacks the character.
	Glyph(r rune) (id uint, advance int, ok bool)
	// Half is the font in which a mark of punctuation stands in half of its square,
	// without the blank half; nil where there is none.
	Half(r rune) Font
}

// Fonts returns the fonts to try for a role, the best first.
type Fonts interface {
	For(Role) []Font
}

// glyph is one measured character. Papers have hundreds of thousands of them.
type glyph struct {
	r     rune
	tight bool // no tracking and no stretching between it and a tight next one
	*measured
	width  float64
	style  *Style
	run    *Run
	high   float64 // of a picture
	labels *Note   // the note whose label it is of
}
