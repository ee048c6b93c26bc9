package forms

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
)

// editor changes a YAML file in two places at once: its tree, which says what
// is meant, and its text, which keeps what the tree forgets (blank lines, the
// columns of comments, the way numbers are written).
type editor struct {
	text    string
	starts  []int // byte offset of each line
	root    *yaml.Node
	edits   []edit
	changed bool
	unsure  bool // an edit has no place in the text
}

// edit replaces text[from:to].
type edit struct {
	from, to int
	text     string
}

func newEditor(text string, root *yaml.Node) *editor {
	e := &editor{text: text, root: root, starts: []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			e.starts = append(e.starts, i+1)
		}
	}
	return e
}

// offset gives the byte at which a node starts; -1 when it cannot be told.
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

// end gives the byte after a value that starts at from. inFlow says that it
// stands inside { }.
func (e *editor) end(n *yaml.Node, from int, inFlow bool) int {
	if n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle == 0 {
		return e.blockEnd(n)
	}
	var open []byte
	for i := from; i < len(e.text); i++ {
		switch c := e.text[i]; {
		case c == '"' || c == '\'':
			if i > from && len(open) == 0 {
				continue // inside a plain scalar
			}
			i = closingQuote(e.text, i)
			if len(open) == 0 {
				return min(i+1, len(e.text))
			}
		case c == '{' || c == '[':
			open = append(open, c)
		case c == '}' || c == ']':
			if len(open) == 0 {
				return i
			}
			if open = open[:len(open)-1]; len(open) == 0 {
				return i + 1
			}
		case len(open) == 0 && (c == '\n' || c == '#' && i > from && e.text[i-1] == ' ' || inFlow && c == ','):
			return from + len(strings.TrimRight(e.text[from:i], " \t"))
		}
	}
	return from + len(strings.TrimRight(e.text[from:], " \t\n"))
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

// blockEnd gives the end of the last value of a mapping in block style.
func (e *editor) blockEnd(n *yaml.Node) int {
	if len(n.Content) == 0 {
		return -1
	}
	last := n.Content[len(n.Content)-1]
	from := e.offset(last)
	if from < 0 {
		return -1
	}
	return e.end(last, from, false)
}

// replace changes a value.
func (e *editor) replace(old, with *yaml.Node, inFlow bool) {
	e.changed = true
	from, to, space := e.offset(old), -1, ""
	if from >= 0 {
		to = e.end(old, from, inFlow)
	}
	if from >= 0 && old.Kind == yaml.MappingNode && old.Style&yaml.FlowStyle == 0 {
		from, space = len(strings.TrimRight(e.text[:from], " \n")), " " // up to its key
	}
	if to < from || from < 0 {
		e.unsure = true
	} else {
		e.edits = append(e.edits, edit{from, to, space + nodeText(with)})
	}
	with.LineComment, with.FootComment = old.LineComment, old.FootComment
	*old = *with
}

// set changes a line 键: 值 at the top, or adds it.
func (e *editor) set(key, value string, text bool) {
	with := plainNode(value)
	if text {
		with = textNode(value)
	}
	old := lookUp(e.root, key)
	switch {
	case old == nil:
		e.changed, e.unsure = true, true
		e.root.Content = append([]*yaml.Node{textNode(key), with}, e.root.Content...)
	case old.Kind != yaml.ScalarNode || strings.TrimSpace(old.Value) != value:
		e.replace(old, with, e.root.Style&yaml.FlowStyle != 0)
	}
}

// setItems changes the rows of 项目 or 本级. Rows that are not wanted go only
// where the mapping may be without them.
func (e *editor) setItems(form *campaign.Form, key string, d *campaign.Department, items []item, partial bool) {
	mapping := lookUp(e.root, key)
	if mapping == nil || mapping.Kind != yaml.MappingNode || len(mapping.Content) == 0 {
		if len(items) > 0 {
			e.addSection(form, key, mapping, items)
		}
		return
	}
	keys, values := map[*campaign.Row]*yaml.Node{}, map[*campaign.Row]*yaml.Node{}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if rows := form.Find(d, mapping.Content[i].Value); len(rows) == 1 {
			keys[rows[0]], values[rows[0]] = mapping.Content[i], mapping.Content[i+1]
		}
	}
	inFlow := mapping.Style&yaml.FlowStyle != 0
	wanted := map[*campaign.Row]bool{}
	// New rows are put in after the last of those before them, once the
	// others are done: the positions of the tree are those of the old text.
	type addition struct {
		after *yaml.Node // the value after which it goes; nil: in front
		it    item
	}
	var additions []addition
	var last *yaml.Node
	for _, it := range items {
		wanted[it.row] = true
		value := values[it.row]
		if value == nil {
			additions = append(additions, addition{last, it})
			continue
		}
		last = value
		if !it.same(last) {
			e.change(last, it, inFlow)
		}
	}
	for _, a := range additions {
		e.addItem(form, mapping, a.after, a.it)
	}
	if !partial {
		return
	}
	for _, row := range form.RowsOf(d) {
		if key := keys[row]; key != nil && !wanted[row] {
			e.removeItem(mapping, key)
		}
	}
}

// change gives a row its new value: inside {数量, 备注} one by one where the
// keys stay, else as a whole.
func (e *editor) change(old *yaml.Node, it item, inFlow bool) {
	was := *old
	with := it.node(&was)
	if sameKeys(old, with) {
		for i := 1; i < len(with.Content); i += 2 {
			value := old.Content[i]
			same := value.Value == with.Content[i].Value
			if i == 1 {
				same = sameQuantity(value, it.quantity)
			}
			if !same {
				e.replace(value, with.Content[i], old.Style&yaml.FlowStyle != 0)
			}
		}
		return
	}
	e.replace(old, with, inFlow)
	old.Line, old.Column = was.Line, was.Column
}

// sameKeys tells whether two values are mappings with the same keys in the
// same order, the quantity first.
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

// addItem puts a row into a mapping.
func (e *editor) addItem(form *campaign.Form, mapping, after *yaml.Node, it item) {
	e.changed = true
	key, value := textNode(form.Key(it.row)), it.node(nil)
	at := 0
	if after != nil {
		at = slices.Index(mapping.Content, after) + 1
		for at < len(mapping.Content) && mapping.Content[at].Line == 0 {
			at += 2 // those that were put in here already
		}
	}
	first := mapping.Content[0]
	for _, n := range mapping.Content {
		if n.Line > 0 {
			first = n
			break
		}
	}
	line := strings.Repeat(" ", max(first.Column-1, 0)) + scalarText(key.Value) + ": " + nodeText(value)
	switch {
	case first.Line == 0 || mapping.Style&yaml.FlowStyle != 0 || after != nil && after.Line == 0:
		e.unsure = true
	case after == nil:
		start := e.starts[first.Line-1]
		e.edits = append(e.edits, edit{start, start, line + "\n"})
	default:
		if end := e.lineEnd(after); end < 0 {
			e.unsure = true
		} else {
			e.edits = append(e.edits, edit{end, end, "\n" + line})
		}
	}
	mapping.Content = slices.Insert(mapping.Content, at, key, value)
}

// lineEnd gives the end of the line on which a value ends; -1 when that cannot
// be told.
func (e *editor) lineEnd(n *yaml.Node) int {
	end := e.originalEnd(n)
	if end < 0 {
		return -1
	}
	if i := strings.IndexByte(e.text[end:], '\n'); i >= 0 {
		return end + i
	}
	return len(e.text)
}

// originalEnd gives the end of a value in the old text, though its node may
// have been replaced.
func (e *editor) originalEnd(n *yaml.Node) int {
	from := e.offset(n)
	for _, done := range e.edits {
		if done.from <= from && from < done.to {
			return done.to
		}
	}
	if from < 0 {
		return -1
	}
	return e.end(n, from, false)
}

// removeItem takes a row's lines out of a mapping.
func (e *editor) removeItem(mapping, key *yaml.Node) {
	e.changed = true
	i := slices.Index(mapping.Content, key)
	value := mapping.Content[i+1]
	end := e.lineEnd(value)
	if end < 0 || mapping.Style&yaml.FlowStyle != 0 || key.Line < 1 || key.HeadComment != "" {
		e.unsure = true
	} else {
		e.edits = append(e.edits, edit{e.starts[key.Line-1], min(end+1, len(e.text)), ""})
	}
	mapping.Content = slices.Delete(mapping.Content, i, i+2)
}

// addSection adds 项目 or 本级 at the end.
func (e *editor) addSection(form *campaign.Form, key string, empty *yaml.Node, items []item) {
	e.changed = true
	section := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	var b strings.Builder
	b.WriteString("\n")
	if key == keyOwn {
		b.WriteString(ownComment)
	}
	writeItems(&b, form, key, items)
	for _, it := range items {
		section.Content = append(section.Content, textNode(form.Key(it.row)), it.node(nil))
	}
	if empty != nil {
		e.unsure = true
		*empty = *section
		return
	}
	text := b.String()
	if !strings.HasSuffix(e.text, "\n") {
		text = "\n" + text
	}
	if e.root.Style&yaml.FlowStyle != 0 {
		e.unsure = true
	}
	e.edits = append(e.edits, edit{len(e.text), len(e.text), text})
	e.root.Content = append(e.root.Content, textNode(key), section)
}

// spliced gives the changed text, if it parses into the changed tree.
func (e *editor) spliced(want *yaml.Node) (string, bool) {
	if e.unsure {
		return "", false
	}
	slices.SortStableFunc(e.edits, func(a, b edit) int { return a.from - b.from })
	var b strings.Builder
	at := 0
	for _, change := range e.edits {
		if change.from < at {
			return "", false
		}
		b.WriteString(e.text[at:change.from] + change.text)
		at = change.to
	}
	b.WriteString(e.text[at:])
	return b.String(), says(b.String(), want)
}

// encoded gives the tree as text, if it parses into itself.
func (e *editor) encoded(want *yaml.Node) (string, bool) {
	var b strings.Builder
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	if err := encoder.Encode(want); err != nil {
		return "", false
	}
	return b.String(), says(b.String(), want)
}

// says tells whether a text parses into a tree.
func says(text string, want *yaml.Node) bool {
	var got yaml.Node
	return yaml.Unmarshal([]byte(text), &got) == nil && sameTree(&got, want)
}

// sameTree compares what two trees say, not how.
func sameTree(a, b *yaml.Node) bool {
	return a.Kind == b.Kind && a.Value == b.Value && a.ShortTag() == b.ShortTag() && slices.EqualFunc(a.Content, b.Content, sameTree)
}
