package still

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"wangjian/internal/chart"
)

// allowed lists the elements that a drawing may hold, and their attributes.
// None of them runs, loads or styles anything; text has no markup inside.
var allowed = map[string][]string{
	"svg":            {"xmlns", "viewBox"},
	"g":              {"transform", "opacity", "clip-path"},
	"defs":           {},
	"pattern":        {"id", "x", "y", "width", "height", "patternUnits", "patternTransform"},
	"clipPath":       {"id"},
	"linearGradient": {"id", "x1", "y1", "x2", "y2", "gradientUnits"},
	"radialGradient": {"id", "cx", "cy", "r", "gradientUnits"},
	"stop":           {"offset", "stop-color", "stop-opacity"},
	"path":           append([]string{"d"}, painted...),
	"rect":           append([]string{"x", "y", "width", "height", "rx", "ry"}, painted...),
	"circle":         append([]string{"cx", "cy", "r"}, painted...),
	"ellipse":        append([]string{"cx", "cy", "rx", "ry"}, painted...),
	"line":           append([]string{"x1", "y1", "x2", "y2"}, painted...),
	"polyline":       append([]string{"points"}, painted...),
	"polygon":        append([]string{"points"}, painted...),
	"text": append([]string{
		"x", "y", "text-anchor", "dominant-baseline", "font-size", "font-weight", "font-style", "xml:space",
	}, painted...),
}

var painted = []string{
	"transform", "clip-path", "opacity", "fill", "fill-opacity", "fill-rule",
	"stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap",
	"stroke-linejoin", "stroke-miterlimit", "paint-order",
}

// shapes are the elements that show something by themselves.
var shapes = []string{"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text"}

// dropped are the library's notes to itself and to old editors.
func dropped(name string) bool {
	switch name {
	case "pointer-events", "version", "baseProfile", "xmlns:xlink":
		return true
	}
	return strings.HasPrefix(name, "ecmeta_")
}

// forbidden tells the characters that XML cannot hold.
func forbidden(r rune) bool {
	return r == unicode.ReplacementChar || r == 0xFFFE || r == 0xFFFF || unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r'
}

// plain makes the library's SVG into a drawing: only what is in allowed, ids
// numbered in the order in which they come, styles as attributes, a font left
// to the page, classes for the palette's colours, nothing unseen. It refuses whatever it does not know, text that
// XML cannot hold, and a drawing that shows no data.
func plain(raw string) (string, error) {
	c := cleaner{decoder: xml.NewDecoder(strings.NewReader(raw)), ids: map[string]string{}}
	for {
		token, err := c.decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = c.take(token)
		}
		if err != nil {
			return "", fmt.Errorf("画出来的不是合格的 SVG：%w", err)
		}
	}
	if c.marks == 0 || c.shown == 0 {
		return "", errors.New("画出来是空的")
	}
	return c.out.String(), nil
}

type cleaner struct {
	decoder *xml.Decoder
	out     strings.Builder
	open    []string          // elements that are open
	ids     map[string]string // the library's ids → ours
	marks   int               // elements that stand for data
	shown   int               // shapes that are left
}

func (c *cleaner) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return c.start(t)
	case xml.EndElement:
		c.open = c.open[:len(c.open)-1]
		c.out.WriteString("</" + t.Name.Local + ">")
	case xml.CharData:
		if len(c.open) == 0 || c.open[len(c.open)-1] != "text" {
			if strings.TrimSpace(string(t)) != "" {
				return errors.New("图形之间有文字")
			}
			return nil
		}
		if strings.ContainsFunc(string(t), forbidden) {
			return errors.New("文字里有不能显示的字符")
		}
		c.out.WriteString(html.EscapeString(string(t)))
	default:
		return fmt.Errorf("有不认识的内容 %T", t)
	}
	return nil
}

// attribute is a name and a value, in the library's order.
type attribute struct{ name, value string }

func (c *cleaner) start(e xml.StartElement) error {
	name := e.Name.Local
	names, ok := allowed[name]
	if !ok || (name == "svg") != (len(c.open) == 0) {
		return fmt.Errorf("有不认识的元素 %s", name)
	}
	var list []attribute
	for _, a := range e.Attr {
		full := fullName(a.Name)
		switch {
		case full == "ecmeta_series_index":
			c.marks++
		case dropped(full), name == "svg" && (full == "width" || full == "height"):
		case full == "style":
			styles, err := styleAttributes(a.Value)
			if err != nil {
				return err
			}
			list = append(list, styles...)
		default:
			list = append(list, attribute{full, a.Value})
		}
	}
	list = tidy(list)
	if name == "text" {
		list = placed(list)
	}
	if slices.Contains(shapes, name) && !slices.Contains(c.open, "clipPath") {
		if !visible(list) {
			return c.decoder.Skip()
		}
		if !slices.Contains(c.open, "pattern") {
			c.shown++
		}
	}
	c.out.WriteString("<" + name)
	if classes := classesOf(list); classes != "" {
		c.out.WriteString(` class="` + classes + `"`)
	}
	for _, a := range list {
		if !slices.Contains(names, a.name) {
			return fmt.Errorf("%s 有不认识的属性 %s", name, a.name)
		}
		value, err := c.value(a)
		if err != nil {
			return err
		}
		c.out.WriteString(" " + a.name + `="` + html.EscapeString(value) + `"`)
	}
	if name == "svg" {
		c.out.WriteString(` role="img"`)
	}
	if slices.Contains(shapes, name) && name != "text" {
		c.out.WriteString("/>")
		return c.decoder.Skip()
	}
	c.out.WriteString(">")
	c.open = append(c.open, name)
	return nil
}

func fullName(n xml.Name) string {
	switch n.Space {
	case "":
		return n.Local
	case "http://www.w3.org/XML/1998/namespace":
		return "xml:" + n.Local
	}
	return n.Space + ":" + n.Local
}

// styleAttributes makes a style into presentation attributes: the pages'
// security policy forbids the former. The font is the page's own.
func styleAttributes(style string) ([]attribute, error) {
	var list []attribute
	for declaration := range strings.SplitSeq(style, ";") {
		name, value, ok := strings.Cut(declaration, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		switch {
		case name == "" || name == "font-family":
		case !ok || !slices.Contains([]string{"font-size", "font-weight", "font-style", "paint-order"}, name):
			return nil, fmt.Errorf("有不认识的样式 %s", name)
		default:
			list = append(list, attribute{name, strings.TrimSuffix(value, "px")})
		}
	}
	return list, nil
}

// classesOf names the palette's colours of an element, fill-chart-1 or
// stroke-line, so that the page's stylesheet can put its own in their place.
func classesOf(list []attribute) string {
	var classes []string
	for _, a := range list {
		if a.name == "fill" || a.name == "stroke" {
			if token := chart.Token(a.value); token != "" {
				classes = append(classes, a.name+"-"+token)
			}
		}
	}
	return strings.Join(classes, " ")
}

func get(list []attribute, name string) string {
	for _, a := range list {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// tidy leaves out a stroke that has no width or no opacity, and what goes with
// it.
func tidy(list []attribute) []attribute {
	stroke := get(list, "stroke")
	if stroke != "" && stroke != "none" && get(list, "stroke-width") != "0" && get(list, "stroke-opacity") != "0" {
		return list
	}
	return slices.DeleteFunc(list, func(a attribute) bool {
		return a.name == "stroke" || strings.HasPrefix(a.name, "stroke-")
	})
}

// visible tells whether a shape shows, after tidy.
func visible(list []attribute) bool {
	if get(list, "opacity") == "0" {
		return false
	}
	filled := get(list, "fill") != "none" && get(list, "fill-opacity") != "0"
	return filled || get(list, "stroke") != ""
}

var translation = regexp.MustCompile(`^translate\(([-\d.]+)[ ,]([-\d.]+)\)$`)

// placed puts a text that is only moved at its place by x and y.
func placed(list []attribute) []attribute {
	moved := translation.FindStringSubmatch(get(list, "transform"))
	if moved == nil {
		return list
	}
	at := []attribute{{"x", moved[1]}, {"y", moved[2]}}
	for i, a := range at {
		by, _ := strconv.ParseFloat(a.value, 64)
		own, _ := strconv.ParseFloat(get(list, a.name), 64) // 0 where there is none
		at[i].value = short(own + by)
	}
	list = slices.DeleteFunc(list, func(a attribute) bool { return a.name == "transform" || a.name == "x" || a.name == "y" })
	return append(at, list...)
}

var (
	reference = regexp.MustCompile(`^url\(#([^)]+)\)$`)
	long      = regexp.MustCompile(`-?\d+\.\d{5,}(?:e-?\d+)?`)
	channels  = regexp.MustCompile(`^rgb\((\d+),(\d+),(\d+)\)$`)
)

// value gives an attribute's value: ids numbered, colours as #rrggbb, numbers
// with four decimals at the most (the last digits of a sine are not the same on
// every processor).
func (c *cleaner) value(a attribute) (string, error) {
	if strings.ContainsFunc(a.value, forbidden) {
		return "", fmt.Errorf("属性 %s 里有不能显示的字符", a.name)
	}
	if a.name == "id" {
		return c.number(a.value), nil
	}
	if found := reference.FindStringSubmatch(a.value); found != nil {
		return "url(#" + c.number(found[1]) + ")", nil
	}
	if strings.Contains(a.value, "url(") || strings.Contains(a.value, "var(") {
		return "", fmt.Errorf("属性 %s 指向别处", a.name)
	}
	switch a.name {
	case "fill", "stroke", "stop-color":
		if found := channels.FindStringSubmatch(a.value); found != nil {
			return hexColour(found[1:]), nil
		}
		return a.value, nil
	}
	return long.ReplaceAllStringFunc(a.value, shorten), nil
}

func (c *cleaner) number(id string) string {
	own, ok := c.ids[id]
	if !ok {
		own = neutral + strconv.Itoa(len(c.ids)+1)
		c.ids[id] = own
	}
	return own
}

func shorten(number string) string {
	v, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return number
	}
	return short(v)
}

func short(v float64) string {
	if v = math.Round(v*1e4) / 1e4; v == 0 {
		return "0" // never -0
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func hexColour(channels []string) string {
	colour := "#"
	for _, c := range channels {
		n, _ := strconv.Atoi(c)
		colour += fmt.Sprintf("%02x", n)
	}
	return colour
}

// neutral begins the ids of a kept drawing.
const neutral = "still-"

// withIDs gives a drawing's ids another beginning. A quotation mark is never
// bare in a drawing but around a value, so that text cannot be meant.
func withIDs(drawing, id string) string {
	return strings.NewReplacer(
		` id="`+neutral, ` id="`+id+"-",
		`="url(#`+neutral, `="url(#`+id+"-",
	).Replace(drawing)
}
