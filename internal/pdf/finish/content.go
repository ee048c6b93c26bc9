package finish

import (
	"bytes"
	"encoding/hex"
	"strconv"

	"wangjian/internal/pdf/draw"
)

// gopdf says everything anew for every piece of text and every shape, and knows no
// marked content. Its operators are written again here: those that change nothing are
// left out, and the marks of draw become the operators that they stand for. What a
// page shows stays the same to the last digit.

// pen is what the operators before have set, each as it was written.
type pen struct{ font, spacing, fill, stroke, width string }

// point is a place on a page, in units of its smallest digit.
type point struct{ x, y int }

// content is a content stream on its way into a file.
type content struct {
	data  []byte  // what is still to be read
	nodes []*node // of the page's marked contents, by their numbers
	out   []byte

	operator string
	operands [][]byte // of the operator that was read last

	pen    pen
	saved  []pen
	next   point   // where the next text begins
	open   bool    // a text object is
	line   point   // where its line begins
	around bool    // the text object goes on around marked contents
	shown  []byte  // by a text
	path   []point // corners
}

// rewrite writes a page's content stream anew; nodes are what its marks stand for.
func rewrite(data []byte, nodes []*node) ([]byte, error) {
	c := &content{
		data: data, nodes: nodes, out: make([]byte, 0, len(data)),
		pen: pen{spacing: "0 Tc\n", fill: "0 g\n", stroke: "0 G\n", width: "1 w\n"},
	}
	for c.read() {
		if err := c.write(); err != nil {
			return nil, err
		}
	}
	c.close()
	return c.out, nil
}

// read reads an operator (ISO 32000-1, annex A) and the operands before it; false at the
// end.
func (c *content) read() bool {
	c.operands = c.operands[:0]
	for {
		var word []byte
		if word, c.data = token(c.data); len(word) == 0 {
			return false
		}
		if letter := word[0] | 0x20; letter >= 'a' && letter <= 'z' {
			c.operator = string(word)
			return true
		}
		c.operands = append(c.operands, word)
	}
}

// write writes what was read last.
func (c *content) write() (err error) {
	switch c.operator {
	case "BT", "ET": // text objects begin and end where they have to
	case "TD":
		c.next, err = pointOf(c.operands)
	case "Tf":
		err = c.set(&c.pen.font)
	case "Tc":
		err = c.set(&c.pen.spacing)
	case "rg":
		c.greyOf("g")
		err = c.set(&c.pen.fill)
	case "RG":
		c.greyOf("G")
		err = c.set(&c.pen.stroke)
	case "w":
		err = c.set(&c.pen.width)
	case "TJ":
		err = c.text()
	case "d":
		err = c.mark()
	case "q":
		c.close()
		if c.shape() {
			return nil
		}
		c.saved = append(c.saved, c.pen)
		err = c.add()
	case "Q":
		c.close()
		if len(c.saved) == 0 {
			return errForeign
		}
		c.pen, c.saved = c.saved[len(c.saved)-1], c.saved[:len(c.saved)-1]
		err = c.add()
	default:
		c.close()
		err = c.add()
	}
	return err
}

// add appends what was read last.
func (c *content) add() error {
	for _, operand := range c.operands {
		n, ok := numberOf(operand)
		switch {
		case ok:
			c.number(n)
		case operand[0] == '/':
			c.out = append(append(c.out, operand...), ' ')
		default:
			return errForeign
		}
	}
	c.out = append(append(c.out, c.operator...), '\n')
	return nil
}

// set appends what was read last unless the pen holds it already.
func (c *content) set(held *string) error {
	start := len(c.out)
	if err := c.add(); err != nil {
		return err
	}
	if string(c.out[start:]) == *held {
		c.out = c.out[:start]
	} else {
		*held = string(c.out[start:])
	}
	return nil
}

// greyOf makes a colour that is a grey one of the operator for it, for which one number
// is enough.
func (c *content) greyOf(operator string) {
	if o := c.operands; len(o) == 3 && bytes.Equal(o[0], o[1]) && bytes.Equal(o[1], o[2]) {
		c.operator, c.operands = operator, o[:1]
	}
}

// text appends a piece of text, placed from the one before it.
func (c *content) text() (err error) {
	if len(c.operands) != 3 { // brackets around one string
		return errForeign
	}
	if c.shown, err = hex.AppendDecode(c.shown[:0], bytes.Trim(c.operands[1], "<>")); err != nil {
		return errForeign
	}
	c.begin()
	c.number(c.next.x - c.line.x)
	c.number(c.next.y - c.line.y)
	c.line = c.next
	c.out = append(appendString(append(c.out, "Td\n"...), c.shown), "Tj\n"...)
	return nil
}

// begin begins a text object where none is open.
func (c *content) begin() {
	if !c.open {
		c.out = append(c.out, "BT\n"...)
		c.open, c.line = true, point{}
	}
}

// close ends the text object that is open.
func (c *content) close() {
	if c.open {
		c.out = append(c.out, "ET\n"...)
	}
	c.open, c.around = false, false
}

// mark begins or ends marked content where draw has put a mark. Marked content and text
// objects may lie within each other, but not overlap.
func (c *content) mark() error {
	if len(c.operands) != 3 {
		return errForeign
	}
	what, ok := numberOf(c.operands[2])
	if what /= whole; !ok || what < 0 || what-draw.MarkContent >= len(c.nodes) {
		return errForeign
	}
	if what == draw.MarkEnd {
		if !c.around {
			c.close()
		}
		c.out = append(c.out, "EMC\n"...)
		return nil
	}
	if c.textOnly() {
		c.begin()
		c.around = true
	} else {
		c.close()
	}
	switch what {
	case draw.MarkDecoration:
		c.out = append(c.out, "/Artifact BMC\n"...)
	case draw.MarkHead:
		c.out = append(c.out, "/Artifact/Head BDC\n"...)
	case draw.MarkFoot:
		c.out = append(c.out, "/Artifact/Foot BDC\n"...)
	default:
		id := what - draw.MarkContent
		c.out = append(c.out, "/"+string(c.nodes[id].Tag)+"<</MCID "+strconv.Itoa(id)+">>BDC\n"...)
	}
	return nil
}

// textOnly reports whether there is nothing but text before the next mark: gopdf puts
// everything else between q and Q.
func (c *content) textOnly() bool {
	marked, _, _ := bytes.Cut(c.data, []byte("\n[] "))
	return !bytes.Contains(marked, []byte("\nq\n"))
}

// shape reads and appends a path that gopdf has put between q and Q; false where something
// else follows, of which nothing is read.
func (c *content) shape() bool {
	start := c.data
	c.path = c.path[:0]
	for c.read() && (c.operator == "m" || c.operator == "l") {
		p, err := pointOf(c.operands)
		if err != nil {
			break
		}
		c.path = append(c.path, p)
	}
	paint := c.operator
	if len(c.path) == 0 || len(c.operands) > 0 || !c.read() || c.operator != "Q" {
		c.data, c.operator, c.operands = start, "q", c.operands[:0]
		return false
	}
	c.draw(paint)
	return true
}

// draw appends a path: a box as one, a line as it is, and what has more corners from
// its first, so that marks of one shape are the same bytes wherever they stand.
func (c *content) draw(paint string) {
	const few = 5
	line, start := c.path, c.path[0]
	switch {
	case paint == "f" && isBox(line):
		for _, n := range []int{start.x, start.y, line[2].x - start.x, line[2].y - start.y} {
			c.number(n)
		}
		c.out = append(c.out, "re f\n"...)
		return
	case len(line) > few:
		c.out = append(c.out, "q 1 0 0 1 "...)
		c.number(start.x)
		c.number(start.y)
		c.out = append(c.out, "cm\n"...)
		defer func() { c.out = append(c.out, "Q\n"...) }()
	default:
		start = point{}
	}
	to := "m "
	for _, p := range line {
		c.number(p.x - start.x)
		c.number(p.y - start.y)
		c.out, to = append(c.out, to...), "l "
	}
	c.out = append(c.out, paint+"\n"...)
}

// isBox reports whether a path goes around a box along the lines of the page.
func isBox(line []point) bool {
	return len(line) == 4 && line[0].y == line[1].y && line[1].x == line[2].x && line[2].y == line[3].y && line[3].x == line[0].x
}

// whole is 1 in units of the smallest digit that gopdf writes, which is the fifth.
const (
	digits = 5
	whole  = 100000
)

func pointOf(operands [][]byte) (point, error) {
	if len(operands) != 2 {
		return point{}, errForeign
	}
	x, ok := numberOf(operands[0])
	y, also := numberOf(operands[1])
	if !ok || !also {
		return point{}, errForeign
	}
	return point{x, y}, nil
}

// numberOf reads a number, in units of its smallest digit.
func numberOf(text []byte) (int, bool) {
	text, negative := bytes.CutPrefix(text, []byte("-"))
	before, after, _ := bytes.Cut(text, []byte("."))
	if len(before) > 9 || len(after) > digits || len(before)+len(after) == 0 {
		return 0, false
	}
	n := 0
	for _, part := range [][]byte{before, after} {
		for _, c := range part {
			if c < '0' || c > '9' {
				return 0, false
			}
			n = 10*n + int(c-'0')
		}
	}
	for range digits - len(after) {
		n *= 10
	}
	if negative {
		n = -n
	}
	return n, true
}

// number appends a number in as few digits as it has, and a blank.
func (c *content) number(n int) {
	if n < 0 {
		c.out = append(c.out, '-')
		n = -n
	}
	if n >= whole || n == 0 {
		c.out = strconv.AppendInt(c.out, int64(n/whole), 10)
	}
	if n %= whole; n > 0 {
		c.out = append(c.out, '.')
		for unit := whole / 10; n > 0; n, unit = n%unit, unit/10 {
			c.out = append(c.out, byte('0'+n/unit))
		}
	}
	c.out = append(c.out, ' ')
}
