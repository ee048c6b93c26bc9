package head

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"wangjian/internal/format"
)

// Field is a key of the head as it is filled in.
type Field struct {
	format.Key
	Value string // a list has a word a line, a flag is true or ""
	Rows  []Row  // of a list of keys of their own

	Remark string // the comment at its beginning, of the first field of a row
}

// Row is one of the Objects: its fields.
type Row []Field

// Keep takes over what a row says beside its fields.
func (r Row) Keep(of Row) {
	if len(r) > 0 && len(of) > 0 {
		r[0].Remark = of[0].Remark
	}
}

// Form is a head that was taken apart.
type Form struct {
	Fields []Field
	Body   string // what is below the head

	table *format.Table
	lines []string
	spans map[string][2]int // of a key: its first line and the one behind its last
}

// signed are the keys that others write: the sign-offs with what belongs to them.
var signed = []string{"审核", "退回", "停止公示", "更新日期"}

// ErrUnreadable: the head is no plain list of keys, and has to be mended as text.
var ErrUnreadable = errors.New("开头的信息有写得不对的地方，读不成表格，请照文字改")

// Parse takes apart a text whose head has the keys of a table.
func Parse(t *format.Table, text []byte) (*Form, error) {
	front, body, ok := split(string(text))
	if !ok {
		return nil, ErrUnreadable
	}
	f := &Form{table: t, Body: body, lines: strings.SplitAfter(front, "\n"), spans: map[string][2]int{}}
	f.lines = f.lines[:len(f.lines)-1] // nothing is behind the last line end
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(front), &root); err != nil {
		return nil, ErrUnreadable
	}
	values := map[string]*yaml.Node{}
	if len(root.Content) > 0 {
		if root.Content[0].Kind != yaml.MappingNode || root.Content[0].Style&yaml.FlowStyle != 0 {
			return nil, ErrUnreadable
		}
		if !f.index(root.Content[0], values) {
			return nil, ErrUnreadable
		}
	}
	for _, k := range t.Keys {
		if !k.Misplaced && !slices.Contains(signed, k.Name) {
			f.Fields = append(f.Fields, fieldOf(k, values[k.Name]))
		}
	}
	return f, nil
}

// split cuts a text into the lines between two lines of dashes and what is below.
func split(text string) (front, body string, ok bool) {
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return "", "", false
	}
	at := 0
	for line := range strings.Lines(rest) {
		if strings.TrimRight(line, " \t\n") == "---" {
			return rest[:at], rest[at+len(line):], true
		}
		at += len(line)
	}
	return "", "", false
}

// index notes where the keys of a mapping stand; false where one stands twice.
func (f *Form) index(n *yaml.Node, values map[string]*yaml.Node) bool {
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if _, twice := values[k.Value]; twice || k.Kind != yaml.ScalarNode {
			return false
		}
		end := len(f.lines)
		if i+2 < len(n.Content) {
			end = n.Content[i+2].Line - 1
		}
		for end > k.Line && isRemark(f.lines[end-1]) {
			end-- // it belongs to the next key
		}
		if end < k.Line {
			return false // two keys on a line
		}
		values[k.Value], f.spans[k.Value] = n.Content[i+1], [2]int{k.Line - 1, end}
	}
	return true
}

func isRemark(line string) bool {
	line = strings.TrimSpace(line)
	return line == "" || line[0] == '#'
}

func fieldOf(k format.Key, n *yaml.Node) Field {
	field := Field{Key: k}
	switch {
	case n == nil || n.Tag == "!!null":
	case k.Type == format.Objects && n.Kind == yaml.SequenceNode:
		for _, one := range n.Content {
			field.Rows = append(field.Rows, rowOf(k.Of, one))
		}
	case k.Type == format.Objects && k.Bare:
		field.Rows = []Row{rowOf(k.Of, n)}
	case n.Kind == yaml.SequenceNode:
		var words []string
		for _, one := range n.Content {
			words = append(words, one.Value)
		}
		field.Value = strings.Join(words, "\n")
	case k.Type == format.Flag && (n.Value == "false" || n.Value == "否"):
	case k.Type == format.Flag && n.Value == "是":
		field.Value = "true"
	default:
		field.Value = n.Value
	}
	return field
}

// rowOf returns the fields of one of the Objects. A word alone is the first of them.
func rowOf(t *format.Table, n *yaml.Node) (row Row) {
	for at, k := range t.Keys {
		var value *yaml.Node
		if at == 0 && n.Kind == yaml.ScalarNode {
			value = n
		}
		for i := 0; i+1 < len(n.Content) && n.Kind == yaml.MappingNode; i += 2 {
			if n.Content[i].Value == k.Name {
				value = n.Content[i+1]
			}
		}
		row = append(row, fieldOf(k, value))
	}
	if len(row) > 0 && n.Kind == yaml.MappingNode && len(n.Content) > 0 {
		row[0].Remark = cmp.Or(n.HeadComment, n.Content[0].HeadComment, n.LineComment)
	}
	return row
}

// Field returns a field of the form; nil where it has none of the name.
func (f *Form) Field(name string) *Field {
	if n := slices.IndexFunc(f.Fields, func(x Field) bool { return x.Name == name }); n >= 0 {
		return &f.Fields[n]
	}
	return nil
}

// Write returns the text with the fields and the body as they are filled in now. What
// is filled in as it was keeps its lines.
func (f *Form) Write(fields []Field, body string) []byte {
	was := &Form{}
	*was = *f
	lines := slices.Clone(f.lines)
	// From the last line on, so that the places of those before stay.
	type edit struct {
		from, to int
		with     string
	}
	var edits []edit
	for n, now := range fields {
		old := was.Field(now.Name)
		if old == nil || same(*old, now) {
			continue
		}
		text := now.yaml()
		switch at, there := f.spans[now.Name]; {
		case there && text == "" && !now.Required:
			edits = append(edits, edit{at[0], at[1], ""})
		case there && text == "":
			edits = append(edits, edit{at[0], at[1], now.Name + ":\n"})
		case there:
			edits = append(edits, edit{at[0], at[1], text})
		case text != "":
			from, to := f.place(fields[:n], now.Name)
			edits = append(edits, edit{from, to, text})
		}
	}
	slices.SortStableFunc(edits, func(a, b edit) int { return a.from - b.from })
	for _, e := range slices.Backward(edits) {
		lines = slices.Concat(lines[:e.from], []string{e.with}, lines[e.to:])
	}
	var out bytes.Buffer
	out.WriteString("---\n")
	out.WriteString(strings.Join(lines, ""))
	out.WriteString("---\n")
	out.WriteString(body)
	return out.Bytes()
}

// place is where a key that is not there belongs: in place of the comment that tells
// of it, else behind the one before it.
func (f *Form) place(before []Field, name string) (from, to int) {
	for n, line := range f.lines {
		if rest, ok := strings.CutPrefix(line, "# "+name+":"); ok && strings.Contains(rest, "#") {
			return n, n + 1
		}
	}
	for _, b := range slices.Backward(before) {
		if at, there := f.spans[b.Name]; there {
			return at[1], at[1]
		}
	}
	for _, at := range f.spans {
		to = max(to, at[1])
	}
	if to == 0 {
		to = len(f.lines)
	}
	first := to
	for _, at := range f.spans {
		first = min(first, at[0])
	}
	return first, first
}

func same(a, b Field) bool {
	return clean(a) == clean(b) && slices.EqualFunc(a.Rows, b.Rows, func(x, y Row) bool { return slices.EqualFunc(x, y, same) })
}

// clean is a value without blanks around it, and without empty lines.
func clean(f Field) string {
	var words []string
	for line := range strings.Lines(strings.ReplaceAll(f.Value, "\r\n", "\n")) {
		if line = strings.TrimSpace(line); line != "" {
			words = append(words, line)
		}
	}
	if f.isList() {
		return strings.Join(words, "\n")
	}
	return strings.Join(words, " ")
}

func (f Field) isList() bool {
	return f.Type == format.Words || f.Type == format.List || f.Type == format.FlagOrFiles
}

// yaml returns the lines of a field, "" for one that is not filled in.
func (f Field) yaml() string {
	if f.Type == format.Objects {
		text := ""
		for _, row := range f.Rows {
			switch n := row.node(); {
			case len(n.Content) == 2 && f.Bare && n.Content[0].Value == f.Of.Keys[0].Name:
				text += "  - " + flow(n.Content[1])
			case len(n.Content) > 0 && row[0].Remark != "":
				text += "  - " + strings.ReplaceAll(row[0].Remark, "\n", "\n    ") + "\n"
				for i := 0; i < len(n.Content); i += 2 {
					text += "    " + n.Content[i].Value + ": " + flow(n.Content[i+1])
				}
			case len(n.Content) > 0:
				text += "  - " + flow(n)
			}
		}
		if text == "" {
			return ""
		}
		return f.Name + ":\n" + text
	}
	n := f.node()
	if n == nil {
		return ""
	}
	return f.Name + ": " + flow(n)
}

// node returns the value of a field; nil for none.
func (f Field) node() *yaml.Node {
	value := clean(f)
	switch {
	case value == "":
		return nil
	case f.Type == format.FlagOrFiles && (value == "true" || value == "是"), f.Type == format.Flag:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: "true"}
	case f.isList():
		list := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
		for word := range strings.SplitSeq(value, "\n") {
			list.Content = append(list.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: word})
		}
		return list
	case slices.Contains([]format.Type{format.Date, format.Moment, format.Integer, format.Quantity}, f.Type):
		return &yaml.Node{Kind: yaml.ScalarNode, Value: value}
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
}

// node returns the keys of a row, none where nothing is filled in. A flag that every
// row has says so where it is not set.
func (r Row) node() *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
	if !slices.ContainsFunc(r, func(f Field) bool { return f.node() != nil }) {
		return n
	}
	for _, f := range r {
		value := f.node()
		if value == nil && f.Type == format.Flag && f.Required {
			value = &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: "false"}
		}
		if value != nil {
			n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: f.Name}, value)
		}
	}
	return n
}

// flow writes a value on one line.
func flow(n *yaml.Node) string {
	text, err := yaml.Marshal(n)
	if err != nil {
		return "\n" // a tree of plain words is always written
	}
	return strings.ReplaceAll(strings.TrimRight(string(text), "\n"), "\n", " ") + "\n"
}
