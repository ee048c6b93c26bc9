package typeset

import (
	"math"
	"strings"
	"testing"
)

// widthsOf tells the widths of a line's glyphs in halves of an em.
func widthsOf(l *line) string {
	var b strings.Builder
	for _, g := range l.glyphs {
		b.WriteRune(rune('0' + int(math.Round(g.width/g.style.Size*2))))
	}
	return b.String()
}

// Side by side, marks lose the blank between them but for half a square; letters and
// what has no blank half lose nothing, and a break parts what stands beside it.
func TestMarksSideBySide(t *testing.T) {
	for text, want := range map[string]string{
		"甲，乙":      "222",
		"甲。”乙":     "2122",
		"甲”，“乙":    "21122",
		"“《甲》”乙":   "212122",
		"（一）、（二）。": "22112212",
		"甲：“乙？”——": "21221222",
		"甲》《乙":     "2122",
		"a，”b":     "1121",
		"甲……”乙":    "22222",
		"甲，\n“乙":   "22022",
	} {
		s := newFake()
		if got := widthsOf(s.single(runsOf(text), false)); got != want {
			t.Errorf("%q 的宽是 %s，应为 %s", text, got, want)
		}
	}
}

// An opening mark at a line's start has no blank before it, but for that of a
// paragraph; a closing one at its end loses its blank where the line is too long
// otherwise.
func TestMarksAtTheEdgesOfLines(t *testing.T) {
	s := newFake()
	set := func(flush bool, text string) (widths, texts []string) {
		gs := s.glyphs(runsOf(text))
		lines := s.fill(gs, 10*bodyStyle.Size, 0, false)
		if flush {
			lines = s.fillFlush(gs, 10*bodyStyle.Size, 0, false)
		}
		for _, l := range lines {
			if room := 10*bodyStyle.Size - l.natural; room < -rounding-float64(10*bodyStyle.Size*tightest) {
				t.Errorf("%q 宽出 %.2f 磅", l.String(), -room)
			}
			widths, texts = append(widths, widthsOf(l)), append(texts, l.String())
		}
		return widths, texts
	}
	for _, flush := range []bool{false, true} {
		for _, c := range []struct{ text, widths, texts string }{
			{"“一二三四五六七八九“十一二三四五六七八“九", "2222222222 1222222222 12", "“一二三四五六七八九 “十一二三四五六七八 “九"},
			{"一二三四五六七八九，十一二三", "2222222222 2222", "一二三四五六七八九， 十一二三"},
		} {
			widths, texts := set(flush, c.text)
			if got := strings.Join(texts, " "); !flush && got != c.texts {
				t.Errorf("分行为 %s，应为 %s", got, c.texts)
			} else if got := strings.Join(widths, " "); !flush && got != c.widths {
				t.Errorf("%s 的宽是 %s，应为 %s", c.text, got, c.widths)
			}
			for i, line := range texts {
				if strings.HasPrefix(line, "“") && (widths[i][0] == '1') != (i > 0) {
					t.Errorf("第 %d 行 %s 的宽是 %s", i+1, line, widths[i])
				}
			}
		}
		widths, texts := set(flush, "一二三四五六七八九。”")
		if len(texts) != 1 || widths[0] != "22222222211" {
			t.Errorf("分行为 %q，宽是 %q", texts, widths)
		}
	}
	// The glyphs stay as they are for whoever sets them again in other lines.
	gs := s.glyphs(runsOf("一二三四五六七八九十“二"))
	s.fill(gs, 10*bodyStyle.Size, 0, false)
	if got := widthsOf(s.line(gs, false)); got != "222222222222" {
		t.Errorf("排过一次以后宽是 %s", got)
	}
}

// What is set is what was written, each mark in the font of its width.
func TestSqueezedTextComesBack(t *testing.T) {
	const text = "他说：“（一）‘订金’与‘定金’不同。”《条例》、《办法》（试行），“都适用”。"
	l := compose(t, &Paragraph{Runs: runsOf(strings.Repeat(text, 4)), Indent: 32})
	got, half := "", 0
	for _, p := range l.Pages {
		for _, op := range p.Ops {
			if x, ok := op.(Text); ok {
				got += x.Text
				if strings.HasSuffix(x.Font.Name(), "-half") {
					half += len([]rune(x.Text))
				}
			}
		}
	}
	if got != strings.Repeat(text, 4) || half < 4*6 {
		t.Errorf("取出 %q，其中 %d 个半字", got, half)
	}
}
