package still

import (
	"regexp"
	"strconv"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// metrics are the advances of a font, for all engines.
type metrics struct {
	font *sfnt.Font
	em   float64

	mu       sync.Mutex
	buffer   sfnt.Buffer
	advances map[rune]float64 // in em
}

func newMetrics(data []byte) (*metrics, error) {
	f, err := sfnt.Parse(data)
	if err != nil {
		return nil, err
	}
	return &metrics{font: f, em: float64(f.UnitsPerEm()), advances: map[rune]float64{}}, nil
}

var pixels = regexp.MustCompile(`([\d.]+)px`)

// ruler measures a text in a CSS font; of the font only the size counts.
func (m *metrics) ruler() func(text, css string) float64 {
	sizes := map[string]float64{}
	return func(text, css string) float64 {
		size, ok := sizes[css]
		if !ok {
			size = 12
			if found := pixels.FindStringSubmatch(css); found != nil {
				size, _ = strconv.ParseFloat(found[1], 64)
			}
			sizes[css] = size
		}
		return m.width(text) * size
	}
}

// width gives the width of a text in em. A character that the font does not
// have takes one: another font will show it, and it is most likely a rare 汉字.
func (m *metrics) width(text string) float64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	total := 0.0
	for _, r := range text {
		advance, ok := m.advances[r]
		if !ok {
			advance = 1
			if glyph, err := m.font.GlyphIndex(&m.buffer, r); err == nil && glyph != 0 {
				if a, err := m.font.GlyphAdvance(&m.buffer, glyph, fixed.I(int(m.em)), font.HintingNone); err == nil {
					advance = float64(a) / 64 / m.em
				}
			}
			m.advances[r] = advance
		}
		total += advance
	}
	return total
}
