package finish

import (
	"bytes"
	"encoding/hex"
	"slices"
	"strconv"

	"wangjian/internal/pdf/draw"
)

// gopdf says everything anew for every piece of text and every shape, and knows no
// marked content. Its operators are written again here: those that change nothing are
// left out, and the marks of draw become the operators that they stand for. What a
// page shows stays the same to the last digit.

// command is an operator of a content stream (ISO 32000-1, annex A) after its operands.
type command struct {
	operator string
	operands [][]byte
}

// commandsOf takes a content stream apart.
func commandsOf(data []byte) []command {
	list := make([]command, 0, len(data)/16)
	operands := make([][]byte, 0, len(data)/8) // of all of them, one after another
	start := 0
	for {
		var word []byte
		if word, data = token(data); len(word) == 0 {
			return list
		}
		if c := word[0] | 0x20; c < 'a' || c > 'z' {
			operands = append(operands, word)
			continue
		}
		list = append(list, command{string(word), operands[start:]})
		start = len(operands)
	}
}

// pen is what the operators before have set, each as it was written.
type pen struct{ font, spacing, fill, stroke, width string }

// point is a place on a page, in units of its smallest digit.
type point struct{ x, y int }

// content is a content stream on its way into a file.
type content struct {
	out   []byte
	nodes []*node // of the page's marked contents, by their numbers

	pen    pen
	saved  []pen
	next   point // where the next text begins
	open   bool  // a text object is
	line   point // where its line begins
	around bool  // the text object goes on around marked contents
}

// rewrite writes a page's content stream anew; nodes are what its marks stand for.
func rewrite(data []byte, nodes []*node) ([]byte, error) {
	c := &content{out: make([]byte, 0, len(data)), nodes: nodes, pen: pen{spacing: "0 Tc\n", fill: "0 g\n", stroke: "0 G\n", width: "1 w\n"}}
	for commands := commandsOf(data); len(commands) > 0; {
		n, err := c.take(commands)
		if err != nil {
			return nil, err
		}
		commands = commands[n:]
	}
	c.close()
	return c.out, nil
}

// take writes the first of the commands, and says how many it has written.
func (c *content) take(commands []command) (n int, err error) {
	first := commands[0]
	switch first.operator {
	case "BT", "ET":
		return 1, nil // text objects begin and end where they have to
	case "TD":
		c.next, err = pointOf(first.operands)
	case "Tf":
		err = c.set(&c.pen.font, first)
	case "Tc":
		err = c.set(&c.pen.spacing, first)
	case "rg":
		err = c.set(&c.pen.fill, greyOf(first, "g"))
	case "RG":
		err = c.set(&c.pen.stroke, greyOf(first, "G"))
	case "w":
		err = c.set(&c.pen.width, first)
	case "TJ":
		err = c.text(first)
	case "d":
		err = c.mark(first, commands[1:])
	case "q":
		c.close()
		if line, paint := pathOf(commands); line != nil {
			c.path(line, paint)
			return len(line) + 3, nil
		}
		c.saved = append(c.saved, c.pen)
		err = c.add(first)
	case "Q":
		c.close()
		if len(c.saved) == 0 {
			return 0, errForeign
		}
		c.pen, c.saved = c.saved[len(c.saved)-1], c.saved[:len(c.saved)-1]
		err = c.add(first)
	default:
		c.close()
		err = c.add(first)
	}
	return 1, err
}

// add appends a command.
func (c *content) add(a command) error {
	for _, operand := range a.operands {
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
	c.out = append(append(c.out, a.operator...), '\n')
	return nil
}

// set appends a command unless it says what the pen holds already.
func (c *content) set(held *string, a command) error {
	start := len(c.out)
	if err := c.add(a); err != nil {
		return err
	}
	if said := string(c.out[start:]); said != *held {
		*held = said
	} else {
		c.out = c.out[:start]
	}
	return nil
}

// greyOf sets a grey as one, for which one number is enough.
func greyOf(color command, operator string) command {
	if o := color.operands; len(o) == 3 && bytes.Equal(o[0], o[1]) && bytes.Equal(o[1], o[2]) {
		return command{operator, o[:1]}
	}
	return color
}

// text appends a piece of text, placed from the one before it.
func (c *content) text(a command) error {
	if len(a.operands) != 3 { // brackets around one string
		return errForeign
	}
	code := bytes.Trim(a.operands[1], "<>")
	shown := make([]byte, hex.DecodedLen(len(code)))
	if _, err := hex.Decode(shown, code); err != nil {
		return errForeign
	}
	c.begin()
	c.number(c.next.x - c.line.x)
	c.number(c.next.y - c.line.y)
	c.line = c.next
	c.out = append(c.out, "Td\n"+stringOf(string(shown))+"Tj\n"...)
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

// mark begins or ends marked content where draw has put a mark; after are the
// commands that follow it. Marked content and text objects may lie within each other,
// but not overlap.
func (c *content) mark(a command, after []command) error {
	if len(a.operands) != 3 {
		return errForeign
	}
	what, ok := numberOf(a.operands[2])
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
	if textOnly(after) {
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

// textOnly reports whether marked content has nothing but text.
func textOnly(commands []command) bool {
	end := slices.IndexFunc(commands, func(a command) bool { return a.operator == "d" })
	return !slices.ContainsFunc(commands[:max(end, 0)], func(a command) bool {
		switch a.operator {
		case "BT", "ET", "TD", "Tf", "Tc", "TJ", "rg", "RG", "w":
			return false
		}
		return true
	})
}

// pathOf returns the corners of a path that gopdf has put between q and Q, and the
// operator that paints it; nil where something else follows.
func pathOf(commands []command) (line []point, paint string) {
	for i, a := range commands[1:] {
		if a.operator == "m" || a.operator == "l" {
			p, err := pointOf(a.operands)
			if err != nil {
				return nil, ""
			}
			line = append(line, p)
			continue
		}
		if ends := len(commands) > i+2 && commands[i+2].operator == "Q"; !ends || len(a.operands) > 0 || len(line) == 0 {
			return nil, ""
		}
		return line, a.operator
	}
	return nil, ""
}

// path appends a path: a box as one, a line as it is, and what has more corners from
// its first, so that marks of one shape are the same bytes wherever they stand.
func (c *content) path(line []point, paint string) {
	const few = 5
	start := line[0]
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
