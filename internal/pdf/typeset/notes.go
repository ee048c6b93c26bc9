package typeset

// Footnotes are set in small type at the foot of the page, under a short rule.
const (
	noteSize  = 10.5
	noteLead  = 16.0
	noteRule  = 12.0 // height of the rule with the space around it
	ruleWidth = 56 * Millimetre
)

// NoteStyle is the type of footnotes.
func NoteStyle(role Role) Style { return Style{Role: role, Size: noteSize} }

func (f *flow) noteLines(n *Note) []*line {
	if n.lines == nil {
		s := f.setter
		gs := s.glyphs(n.Label)
		for i := range gs {
			gs[i].labels = n
		}
		n.lines = s.fill(append(gs, s.glyphs(n.Runs)...), s.Sheet.BlockWidth, 0, false)
	}
	return n.lines
}

// footHeight is the height of n lines of notes with their rule.
func (f *flow) footHeight(n int) float64 {
	if n == 0 {
		return 0
	}
	return noteRule + float64(float64(n)*noteLead)
}

// roomForNotes is what the page's foot grows by when it takes notes in.
func (f *flow) roomForNotes(notes []*Note) float64 {
	n := len(f.foot)
	for i, note := range notes {
		repeated := false
		for _, earlier := range notes[:i] {
			repeated = repeated || earlier == note
		}
		if !note.placed && !repeated {
			n += len(f.noteLines(note))
		}
	}
	return f.footHeight(n) - f.footHeight(len(f.foot))
}

// carry leaves at least the given room on the page: lines of notes that find
// none go on at the foot of the next page.
func (f *flow) carry(room float64) {
	fit := len(f.foot)
	for fit > 0 && f.setter.Sheet.BlockHeight-f.y-f.footHeight(fit)+slack < room {
		fit--
	}
	f.carried = append(f.foot[fit:len(f.foot):len(f.foot)], f.carried...)
	f.foot = f.foot[:fit:fit] // the rest of its array is carried
}

// setNotes puts the gathered lines at the foot of the page.
func (f *flow) setNotes() {
	if len(f.foot) == 0 {
		return
	}
	s, sheet := f.setter, f.upright.Of(f.page)
	y := sheet.Top + sheet.BlockHeight - f.footHeight(len(f.foot))
	f.page.add(Rule{sheet.Left, y + noteRule/2, sheet.Left + ruleWidth, y + noteRule/2, 0.5, Black})
	y += noteRule
	for _, l := range f.foot {
		open := opening{}
		if !l.last {
			open = l.stretch(sheet.BlockWidth)
		}
		s.put(f.page, l, sheet.Left, y, noteLead, open)
		y += noteLead
	}
}
