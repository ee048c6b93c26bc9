package svg

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"wangjian/internal/pdf/typeset"
)

// matrix is an affine map as SVG writes it: a b c d e f.
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// times gives the map that applies n, then m.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[2]*n[1], m[1]*n[0] + m[3]*n[1],
		m[0]*n[2] + m[2]*n[3], m[1]*n[2] + m[3]*n[3],
		m[0]*n[4] + m[2]*n[5] + m[4], m[1]*n[4] + m[3]*n[5] + m[5],
	}
}

// at gives where a point comes to lie, to the thousandth.
func (m matrix) at(p typeset.Point) typeset.Point {
	return typeset.Point{X: snap(m[0]*p.X + m[2]*p.Y + m[4]), Y: snap(m[1]*p.X + m[3]*p.Y + m[5])}
}

// size is how much the map enlarges.
func (m matrix) size() float64 { return math.Sqrt(math.Abs(m[0]*m[3] - m[1]*m[2])) }

// inverse undoes the map.
func (m matrix) inverse() (matrix, bool) {
	d := m[0]*m[3] - m[1]*m[2]
	if math.Abs(d) < 1e-12 {
		return identity, false
	}
	return matrix{
		m[3] / d, -m[1] / d, -m[2] / d, m[0] / d,
		(m[2]*m[5] - m[3]*m[4]) / d, (m[1]*m[4] - m[0]*m[5]) / d,
	}, true
}

// snap rounds to thousandths. Processors may differ in the last bits of a sum;
// the little that is added keeps halves from going either way.
func snap(v float64) float64 {
	const tie = 1e-5
	return math.Round(v*1000+tie) / 1000
}

// transform reads a list of translate, rotate, scale and matrix.
func transform(text string) (matrix, error) {
	m := identity
	for rest := strings.TrimSpace(text); rest != ""; {
		name, more, ok := strings.Cut(rest, "(")
		list, after, closed := strings.Cut(more, ")")
		args, err := numbers(list)
		if !ok || !closed || err != nil {
			return m, fmt.Errorf("transform=“%s”读不懂", text)
		}
		name = strings.Trim(name, " ,\t\n")
		step, ok := stepOf(name, args)
		if !ok {
			return m, fmt.Errorf("transform=“%s”里有不认识的变换 %s", text, name)
		}
		m = m.times(step)
		rest = strings.TrimSpace(after)
	}
	return m, nil
}

func stepOf(name string, args []float64) (matrix, bool) {
	switch n := len(args); {
	case name == "translate" && n == 1:
		return matrix{1, 0, 0, 1, args[0], 0}, true
	case name == "translate" && n == 2:
		return matrix{1, 0, 0, 1, args[0], args[1]}, true
	case name == "scale" && n == 1:
		return matrix{args[0], 0, 0, args[0], 0, 0}, true
	case name == "scale" && n == 2:
		return matrix{args[0], 0, 0, args[1], 0, 0}, true
	case name == "matrix" && n == 6:
		return matrix(args), true
	case name == "rotate" && n == 1:
		sin, cos := math.Sincos(args[0] * math.Pi / 180)
		return matrix{cos, sin, -sin, cos, 0, 0}, true
	case name == "rotate" && n == 3:
		turn, _ := stepOf("rotate", args[:1])
		there, back := matrix{1, 0, 0, 1, args[1], args[2]}, matrix{1, 0, 0, 1, -args[1], -args[2]}
		return there.times(turn).times(back), true
	}
	return identity, false
}

// numbers reads a list of numbers with commas or spaces between them.
func numbers(text string) ([]float64, error) {
	var list []float64
	for _, field := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,\t\n\r", r) }) {
		v, err := plain(field)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

// farthest bounds the numbers of a drawing: beyond it lengths lose their
// meaning, and loops over them their end.
const farthest = 1e6

// plain reads one number.
func plain(text string) (float64, error) {
	v, err := strconv.ParseFloat(text, 64)
	if err == nil && !(math.Abs(v) <= farthest) {
		err = fmt.Errorf("%s 太大", text)
	}
	return v, err
}
