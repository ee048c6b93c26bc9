package svg

import (
	"fmt"
	"strings"

	"wangjian/internal/pdf/typeset"
)

// drop is how far below its middle the baseline of Chinese type lies, in ems.
const drop = 0.37

// text adds a line of words.
func (r *reader) text(e *element, s scene) error {
	m := s.matrix
	if m[1] != 0 || m[2] != 0 || m[0] != m[3] || m[0] <= 0 {
		return fmt.Errorf("文字“%s”转了方向或变了形", strings.TrimSpace(e.text))
	}
	if len(e.children) > 0 {
		return fmt.Errorf("文字里有不认识的元素 <%s>", e.children[0].name)
	}
	words := strings.Join(strings.Fields(e.text), " ")
	ink, err := e.ink("fill", "", "fill-opacity", s.opacity)
	if err != nil || words == "" || ink.cover == 0 {
		return err
	}
	v, err := e.all("x", "y", "font-size")
	if err != nil {
		return err
	}
	size := v[2]
	if size <= 0 {
		return fmt.Errorf("文字“%s”没有字号", words)
	}
	align, ok := anchors[e.attributes["text-anchor"]]
	if !ok {
		return fmt.Errorf("不认识的 text-anchor=“%s”", e.attributes["text-anchor"])
	}
	below, ok := baselines[e.attributes["dominant-baseline"]]
	if !ok {
		return fmt.Errorf("不认识的 dominant-baseline=“%s”", e.attributes["dominant-baseline"])
	}
	at := m.at(typeset.Point{X: v[0], Y: v[1] + below*size})
	r.out.Marks = append(r.out.Marks, typeset.Label{
		Text: words, Size: snap(size * m[0]), Color: ink.onPaper(), X: at.X, Y: at.Y, Align: align,
	})
	return nil
}

var anchors = map[string]typeset.Align{"": typeset.Left, "start": typeset.Left, "middle": typeset.Center, "end": typeset.Right}

// baselines gives how far below its y the baseline of a text lies, in ems.
var baselines = map[string]float64{"": 0, "auto": 0, "alphabetic": 0, "central": drop, "middle": drop}
