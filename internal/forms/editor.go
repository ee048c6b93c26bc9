package forms

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
)

// editor changes a YAML file one value at a time, each time in two places: in
// its tree, which says what is meant, and in its text, which keeps what the tree
// forgets (blank lines, the columns of comments, the way numbers are written).
// Only when the changed text parses into the changed tree is it used; else the
// tree is written out, which keeps the comments but not the blank lines.
type editor struct {
	text    string
	starts  []int // byte offset of each line
	doc     yaml.Node
	strict  bool // a change that has no place in the text is an error
	changed bool
	failed  bool
}

// newEditor reads a text; what names it in errors.
func newEditor(what, text string) (*editor, error) {
	e := &editor{text: text}
	if !e.parse() || e.root().Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%s不是“键: 值”的 YAML，改不了", what)
	}
	if usesAliases(&e.doc) {
		return nil, fmt.Errorf("%s用了 YAML 的引用（& 或 *），本格式不用", what)
	}
	return e, nil
}

func (e *editor) parse() bool {
	e.doc, e.starts = yaml.Node{}, []int{0}
	for i := range len(e.text) {
		if e.text[i] == '\n' {
			e.starts = append(e.starts, i+1)
		}
	}
	return yaml.Unmarshal([]byte(e.text), &e.doc) == nil && len(e.doc.Content) > 0
}

func (e *editor) root() *yaml.Node { return e.doc.Content[0] }

// commit takes over the tree, which has been changed, and the text with
// text[from:to] changed likewise. A from of -1 says that the change has no place
// in the text.
func (e *editor) commit(from, to int, with string) {
	e.changed = true
	text := ""
	if from >= 0 && to >= from {
		text = e.text[:from] + with + e.text[to:]
	}
	if from < 0 || to < from || !says(text, &e.doc) {
		var b strings.Builder
		encoder := yaml.NewEncoder(&b)
		encoder.SetIndent(2)
		err := encoder.Encode(&e.doc)
		text = b.String()
		e.failed = e.failed || e.strict || err != nil || !says(text, &e.doc)
	}
	if e.failed {
		return
	}
	e.text = text
	e.parse()
}

// offset returns the byte at which a node starts; -1 when it cannot be told.
func (e *editor) offset(n *yaml.Node) int {
	if n.Line < 1 || n.Line > len(e.starts) || n.Column < 1 {
		return -1
	}
	at := e.starts[n.Line-1]
	for range n.Column - 1 {
		_, size := utf8.DecodeRuneInString(e.text[at:])
		at += size
	}
	return min(at, len(e.text))
}

// end returns the byte after a value; -1 when it cannot be told. inFlow says
// that the value stands inside { }.
func (e *editor) end(n *yaml.Node, inFlow bool) int {
	if n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle == 0 {
		if len(n.Content) == 0 {
			return -1
		}
		return e.end(n.Content[len(n.Content)-1], false)
	}
	from := e.offset(n)
	if from < 0 {
		return -1
	}
	if from < len(e.text) && strings.IndexByte("\"'{[", e.text[from]) >= 0 {
		return closing(e.text, from)
	}
	for i := from; i < len(e.text); i++ { // a plain scalar
		switch c := e.text[i]; {
		case c == '}', c == ']':
			return i
		case c == '{', c == '[':
			return closing(e.text, i)
		case c == '\n', c == '#' && i > from && e.text[i-1] == ' ', inFlow && c == ',':
			return from + len(strings.TrimRight(e.text[from:i], " \t"))
		}
	}
	return from + len(strings.TrimRight(e.text[from:], " \t\n"))
}

// closing returns the byte after what a quote or bracket opens.
func closing(text string, at int) int {
	depth := 0
	for i := at; i < len(text); i++ {
		switch text[i] {
		case '"', '\'':
			i = closingQuote(text, i)
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		if depth == 0 {
			return min(i+1, len(text))
		}
	}
	return at + len(strings.TrimRight(text[at:], " \t\n"))
}

func closingQuote(text string, at int) int {
	quote := text[at]
	for i := at + 1; i < len(text); i++ {
		switch {
		case quote == '"' && text[i] == '\\':
			i++
		case quote == '\'' && text[i] == '\'' && i+1 < len(text) && text[i+1] == '\'':
			i++
		case text[i] == quote:
			return i
		}
	}
	return len(text)
}

// lineEnd returns the end of the line that a byte is on; -1 for -1.
func (e *editor) lineEnd(at int) int {
	if at < 0 {
		return -1
	}
	if i := strings.IndexByte(e.text[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(e.text)
}

func (e *editor) replace(old, with *yaml.Node, inFlow bool) {
	if isEmpty(old) {
		e.fill(old, with)
		return
	}
	from, to, text := e.offset(old), e.end(old, inFlow), nodeText(with)
	if from >= 0 && old.Kind == yaml.MappingNode && old.Style&yaml.FlowStyle == 0 {
		from, text = len(strings.TrimRight(e.text[:from], " \n")), " "+text // up to its key
	}
	with.LineComment, with.FootComment = old.LineComment, old.FootComment
	*old = *with
	e.commit(from, to, text)
}

// fill puts a value behind a key that has none; a comment stays.
func (e *editor) fill(old, with *yaml.Node) {
	from := e.offset(keyOf(&e.doc, old))
	at := strings.IndexByte(e.text[max(from, 0):], ':')
	if from >= 0 && at >= 0 {
		from += at + 1
	}
	*old = *with
	e.commit(from, from, " "+nodeText(with))
}

// keyOf returns the key of a value below a node.
func keyOf(n, value *yaml.Node) *yaml.Node {
	for i, c := range n.Content {
		if c == value && i > 0 {
			return n.Content[i-1]
		}
		if key := keyOf(c, value); key != nil {
			return key
		}
	}
	return nil
}

// insert puts a key into a mapping behind another; in front of all behind "".
func (e *editor) insert(m *yaml.Node, after, key string, with *yaml.Node) {
	at := 0
	for i := 0; after != "" && i < len(m.Content); i += 2 {
		if m.Content[i].Value == after {
			at = i + 2
		}
	}
	line, indent := scalarText(key)+": "+nodeText(with), ""
	inFlow, empty := m.Style&yaml.FlowStyle != 0, len(m.Content) == 0
	if !empty {
		indent = strings.Repeat(" ", max(m.Content[0].Column-1, 0))
	}
	from := -1
	switch {
	case inFlow && at > 0:
		from, line = e.end(m.Content[at-1], true), ", "+line
	case inFlow && empty:
		from = e.offset(m) + 1
	case inFlow:
		from, line = e.offset(m)+1, line+", "
	case at > 0:
		from, line = e.lineEnd(e.end(m.Content[at-1], false)), "\n"+indent+line
	case !empty:
		from, line = e.starts[m.Content[0].Line-1], indent+line+"\n"
	}
	m.Content = slices.Insert(m.Content, at, textNode(key), with)
	e.commit(from, from, line)
}

// add puts a key into the mapping under a key of the root, behind another. Where
// there is no such mapping it comes at the end, below head.
func (e *editor) add(section, head, after, key string, with *yaml.Node) {
	root := e.root()
	m := lookUp(root, section)
	line := "  " + scalarText(key) + ": " + nodeText(with)
	made := yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{textNode(key), with}}
	switch {
	case m == nil:
		end := len(e.text)
		if root.Style&yaml.FlowStyle != 0 {
			end = -1
		}
		if e.text != "" && !strings.HasSuffix(e.text, "\n") {
			head = "\n" + head
		}
		root.Content = append(root.Content, textNode(section), &made)
		e.commit(end, end, head+section+":\n"+line+"\n")
	case m.Kind == yaml.MappingNode:
		e.insert(m, after, key, with)
	default:
		end := -1
		if isEmpty(m) { // “审核:” with nothing: on the next line
			end = e.lineEnd(e.starts[root.Content[slices.Index(root.Content, m)-1].Line-1])
		}
		*m = made
		e.commit(end, end, "\n"+line)
	}
}

// isEmpty reports whether nothing stands behind a key.
func isEmpty(n *yaml.Node) bool { return n.ShortTag() == "!!null" && n.Value == "" }

// set changes a line 键: 值 at the top, or adds it behind another.
func (e *editor) set(key, after string, with *yaml.Node) {
	root := e.root()
	switch old := lookUp(root, key); {
	case old == nil:
		e.insert(root, after, key, with)
	case old.Kind != yaml.ScalarNode || strings.TrimSpace(old.Value) != with.Value:
		e.replace(old, with, root.Style&yaml.FlowStyle != 0)
	}
}

// rowKeys returns how the rows are written in 项目 or 本级, as far as they are there.
func (e *editor) rowKeys(form *campaign.Form, section string, d *campaign.Department) map[*campaign.Row]string {
	keys := map[*campaign.Row]string{}
	if m := lookUp(e.root(), section); m != nil && m.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(m.Content); i += 2 {
			if rows := form.Find(d, m.Content[i].Value); len(rows) == 1 {
				keys[rows[0]] = m.Content[i].Value
			}
		}
	}
	return keys
}

// setItems changes the rows of 项目 or 本级, in their order. Rows that are not
// wanted go only where the mapping may be without them.
func (e *editor) setItems(form *campaign.Form, section, head string, d *campaign.Department, items []item, partial bool) {
	keys := e.rowKeys(form, section, d)
	wanted := map[*campaign.Row]bool{}
	last := ""
	for _, it := range items {
		wanted[it.row] = true
		if key, there := keys[it.row]; there {
			last = key
			e.change(section, key, it)
		} else {
			e.add(section, head, last, form.Key(it.row), it.node(nil))
			last = form.Key(it.row)
		}
	}
	for _, row := range form.RowsOf(d) {
		if key, there := keys[row]; there && partial && !wanted[row] {
			e.remove(lookUp(e.root(), section), key)
		}
	}
}

// change sets a row's new value: inside {数量, 备注} one by one where the
// keys stay, else as a whole.
func (e *editor) change(section, key string, it item) {
	old := lookUp(lookUp(e.root(), section), key)
	if it.same(old) {
		return
	}
	with := it.node(old)
	if !sameKeys(old, with) {
		e.replace(old, with, lookUp(e.root(), section).Style&yaml.FlowStyle != 0)
		return
	}
	for i := 1; i < len(with.Content); i += 2 {
		cell := lookUp(lookUp(e.root(), section), key)
		value := cell.Content[i]
		if same := value.Value == with.Content[i].Value; same && i > 1 || i == 1 && it.sameNumber(value, it.quantity) {
			continue
		}
		e.replace(value, with.Content[i], cell.Style&yaml.FlowStyle != 0)
	}
}

// sameKeys reports whether two values are mappings with the same keys in the
// same order.
func sameKeys(a, b *yaml.Node) bool {
	if a.Kind != yaml.MappingNode || b.Kind != yaml.MappingNode || len(a.Content) != len(b.Content) {
		return false
	}
	for i := 0; i < len(a.Content); i += 2 {
		if a.Content[i].Value != b.Content[i].Value {
			return false
		}
	}
	return true
}

// remove takes a key's lines out of a mapping, or the key out of a line of several.
func (e *editor) remove(m *yaml.Node, key string) {
	i := 0
	for m.Content[i].Value != key {
		i += 2
	}
	name := m.Content[i]
	from, to := -1, min(e.lineEnd(e.end(m.Content[i+1], false))+1, len(e.text))
	switch {
	case m.Style&yaml.FlowStyle != 0 && i > 0:
		from, to = e.end(m.Content[i-1], true), e.end(m.Content[i+1], true)
	case m.Style&yaml.FlowStyle != 0 && i+2 < len(m.Content):
		from, to = e.offset(name), e.offset(m.Content[i+2])
	case m.Style&yaml.FlowStyle == 0 && name.Line > 0 && (e.strict || name.HeadComment == ""):
		from = e.starts[name.Line-1]
	}
	m.Content = slices.Delete(m.Content, i, i+2)
	e.commit(from, to, "")
}

// says reports whether a text parses into a tree.
func says(text string, want *yaml.Node) bool {
	var got yaml.Node
	return yaml.Unmarshal([]byte(text), &got) == nil && sameTree(&got, want)
}

// sameTree compares what two trees say, not how.
func sameTree(a, b *yaml.Node) bool {
	return a.Kind == b.Kind && a.Value == b.Value && a.ShortTag() == b.ShortTag() && slices.EqualFunc(a.Content, b.Content, sameTree)
}
