package card

import (
	"testing"

	"wangjian/internal/pdf/draw"
	"wangjian/internal/pdf/typeset"
	"wangjian/layouts"
)

// TestCardsDrawWhatPapersDraw: what check says can be printed stops no card.
func TestCardsDrawWhatPapersDraw(t *testing.T) {
	f, err := openFonts(layouts.Over(nil))
	if err != nil {
		t.Fatal(err)
	}
	printed := draw.CharactersOf(layouts.Over(nil))
	for r := rune(' '); r < 0x30000; r++ {
		if !printed.Draw(r) || typeset.Blank(r) || typeset.Invisible(r) {
			continue
		}
		if _, err := f.of(r, false); err != nil {
			t.Fatal(err)
		}
	}
}
