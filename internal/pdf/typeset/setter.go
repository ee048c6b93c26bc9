package typeset

import (
	"fmt"
	"unicode"

	"wangjian/internal/linebreak"
)

// faultAt is an error that names where the text comes from, where that is known.
func faultAt(source, format string, values ...any) error {
	if source != "" {
		source += "："
	}
	return fmt.Errorf("%s%w", source, fmt.Errorf(format, values...))
}

// Setter measures the text of one document. It is not safe for concurrent
// use; the fonts are.
type Setter struct {
	Sheet  Sheet
	fonts  Fonts
	units  linebreak.Units
	chosen [Roles]map[rune]*measured
	owner  map[ownedGlyph]rune
	err    error
}

// measured is how a character of a role is drawn.
type measured struct {
	font    Font
	advance int
	shared  bool      // its glyph stands for another character
	half    *measured // in half of its square; nil where it does not stand there
}

// unseen is that of a forced break and of a picture.
var unseen = &measured{}

type ownedGlyph struct {
	font Font
	id   uint
}

// NewSetter makes a setter. units are the units of measure that must not be
// torn off their number, beside the usual ones.
func NewSetter(sheet Sheet, fonts Fonts, units []string) *Setter {
	s := &Setter{Sheet: sheet, fonts: fonts, units: linebreak.NewUnits(units), owner: map[ownedGlyph]rune{}}
	for role := range s.chosen {
		s.chosen[role] = map[rune]*measured{}
	}
	return s
}

// Err is the first thing that went wrong: a character that no font has.
func (s *Setter) Err() error { return s.err }

// measure chooses a font for a character. A glyph stands for one character
// only, since a PDF maps it back to but one: where a font draws · and • alike,
// the second comes from the next font.
func (s *Setter) measure(role Role, r rune, source string) *measured {
	if m, ok := s.chosen[role][r]; ok {
		return m
	}
	var shared *measured
	for _, font := range s.fonts.For(role) {
		id, advance, ok := font.Glyph(r)
		if !ok {
			continue
		}
		m := &measured{font: font, advance: advance}
		key := ownedGlyph{font, id}
		if owner, taken := s.owner[key]; taken && owner != r {
			if shared == nil {
				m.shared = true
				shared = m
			}
			continue
		}
		s.owner[key] = r
		if side(r) != neither {
			if half := font.Half(r); half != nil {
				m.half = &measured{font: half}
			}
		}
		s.chosen[role][r] = m
		return m
	}
	if shared == nil {
		if s.err == nil {
			s.err = faultAt(source, "没有一种字体能印出字符“%c”（U+%04X），请换用其他写法，或在 layouts/fonts 里放入含有该字的 TrueType 字体", r, r)
		}
		shared = &measured{font: s.fonts.For(role)[0], advance: 1000}
	}
	s.chosen[role][r] = shared
	return shared
}

// Invisible reports whether a character guides layout or shaping and has no
// glyph of its own.
func Invisible(r rune) bool {
	switch {
	case r == '\u00ad', r == '\ufeff', r >= '\u200b' && r <= '\u200f', r >= '\u2060' && r <= '\u2064':
		return true
	}
	return unicode.Is(unicode.Variation_Selector, r)
}

// Blank reports whether a character has no ink by its nature: spaces, what guides
// layout, and the fillers of Korean and Braille.
func Blank(r rune) bool {
	switch r {
	case '\u115f', '\u1160', '\u3164', '\uffa0', '\u2800':
		return true
	}
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
}

// glyphs measures runs. A forced break is a glyph of no width.
func (s *Setter) glyphs(runs []Run) []glyph {
	n := 0
	for i := range runs {
		n += len(runs[i].Text)
	}
	out := make([]glyph, 0, n/3+4)
	for i := range runs {
		run := &runs[i]
		if run.Image != nil {
			out = append(out, s.picture(run))
			continue
		}
		for _, r := range run.Text {
			switch {
			case r == '\n':
				out = append(out, glyph{r: r, measured: unseen, style: &run.Style, run: run})
				continue
			case r == '\t' || r == '\u00a0':
				r = ' '
			case Invisible(r):
				continue
			}
			m := s.measure(run.Style.Role, r, run.Source)
			out = append(out, glyph{
				r: r, measured: m, width: float64(m.advance) * run.Style.Size / 1000,
				style: &run.Style, run: run, tight: linebreak.IsWord(r),
			})
		}
	}
	squeeze(out)
	return out
}

// mostInline is how high a picture in a line may be.
const mostInline = 100 * Millimetre

// picture is a picture that stands in a line.
func (s *Setter) picture(run *Run) glyph {
	w, h := fit(float64(run.Image.Width), float64(run.Image.Height), s.Sheet.BlockWidth, mostInline)
	return glyph{r: '\ufffc', measured: unseen, width: w, high: h, style: &run.Style, run: run}
}

// Width measures a text in one line.
func (s *Setter) Width(text string, style Style) float64 {
	return s.single([]Run{{Text: text, Style: style}}, false).natural
}

// Lines sets a text that is ragged at the right outside the flow, in lines of at
// most the given width: its left edge at x and the baseline of its last line at
// y. It is decoration, and what is beyond the given number of lines is cut off.
func (s *Setter) Lines(text string, style Style, x, y, width, lead float64, most int) []Op {
	var p Page
	lines := s.byPhrase(s.glyphs([]Run{{Text: text, Style: style}}), width, linebreak.EvenTitle)
	if len(lines) > most {
		last := lines[most-1]
		lines = append(lines[:most-1], s.fill(append(last.glyphs[:len(last.glyphs)-1:len(last.glyphs)-1], s.glyphs([]Run{{Text: "…", Style: style}})...), width, 0, false)...)
	}
	for i, l := range lines {
		s.set(&p, l, x, y-float64(float64(len(lines)-1-i)*lead), opening{})
	}
	return p.Ops
}

// Line sets a text in one line outside the flow: its baseline at y, and its
// left edge, middle or right edge at x. It is decoration, as running heads and
// page numbers are.
func (s *Setter) Line(text string, style Style, x, y float64, align Align) []Op {
	l := s.single([]Run{{Text: text, Style: style}}, false)
	var p Page
	s.set(&p, l, x-align.shift(l.natural), y, opening{})
	return p.Ops
}
