package settings

import (
	"bytes"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"wangjian/internal/format"
	"wangjian/internal/head"
)

// Form is the single values of a file, or of a mapping in it.
type Form struct {
	Fields []head.Field
	form   *head.Form // nil where the values are in a mapping of this one
	in     *Form

	lines  []string // of this mapping
	key    string   // under which in stands
	there  bool
	from   int // the line of the key, and the one behind its last
	to     int
	text   string // of in, as it was
	lead   string // the line of the key, as it is written where in changes
	indent string
}

// ReadForm takes the single values out of a file that has the keys of a table; those
// of the mapping to which a path of keys leads where one is named. It need not be there.
func ReadForm(t *format.Table, raw []byte, path ...string) (*Form, error) {
	if len(path) == 0 {
		form, err := head.Parse(t, fenced(string(raw)))
		if err != nil || form.Body != "" {
			return nil, ErrUnreadable
		}
		return &Form{form: form, Fields: slices.DeleteFunc(slices.Clone(form.Fields), func(x head.Field) bool {
			return x.Type == format.Object || x.Type == format.Objects || x.Type == format.Cells
		})}, nil
	}
	root, err := mapping(raw)
	if err != nil {
		return nil, err
	}
	f := &Form{lines: splitLines(string(raw)), key: path[0], indent: "  ", lead: strings.TrimSuffix(inline(text(path[0])), "\n") + ":\n"}
	f.from, f.to = len(f.lines), len(f.lines)
	for n := 0; root != nil && n+1 < len(root.Content); n += 2 {
		if root.Content[n].Value == f.key {
			f.there, f.from, f.to = true, root.Content[n].Line-1, endOf(f.lines, root, n)
			if f.text, err = f.within(root.Content[n], root.Content[n+1]); err != nil {
				return nil, err
			}
		}
	}
	k, _ := t.Key(f.key)
	if f.in, err = ReadForm(k.Of, []byte(f.text), path[1:]...); err != nil {
		return nil, err
	}
	f.Fields = f.in.Fields
	return f, nil
}

func fenced(text string) []byte {
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return []byte("---\n" + text + "---\n")
}

// within returns the mapping under a key as if it stood on its own, one key a line.
func (f *Form) within(key, value *yaml.Node) (string, error) {
	switch {
	case value.Tag == "!!null" && value.Value == "":
		f.lead = f.lines[f.from]
		return "", nil
	case value.Tag == "!!null", value.Kind == yaml.MappingNode && len(value.Content) == 0:
		return "", nil
	case value.Kind != yaml.MappingNode || value.Anchor != "":
		return "", ErrUnreadable
	case value.Style&yaml.FlowStyle != 0: // between braces
		if remark := value.LineComment; remark != "" {
			f.lead = strings.TrimSuffix(f.lead, "\n") + " " + remark + "\n"
		}
		block := *value
		block.Style, block.HeadComment, block.LineComment, block.FootComment = 0, "", "", ""
		var b bytes.Buffer
		w := yaml.NewEncoder(&b)
		w.SetIndent(2)
		err := w.Encode(&block)
		return b.String(), err
	case value.Line == key.Line:
		return "", ErrUnreadable
	}
	f.lead = f.lines[f.from]
	lines := f.lines[f.from+1 : f.to]
	least := -1
	for _, l := range lines {
		if trimmed := strings.TrimLeft(l, " "); strings.TrimSpace(trimmed) != "" && (least < 0 || len(l)-len(trimmed) < least) {
			least = len(l) - len(trimmed)
		}
	}
	if least > 0 {
		f.indent = strings.Repeat(" ", least)
	}
	var b strings.Builder
	for _, l := range lines {
		if strings.TrimSpace(l) != "" {
			l = strings.TrimPrefix(l, f.indent)
		}
		b.WriteString(l)
	}
	return b.String(), nil
}

// Write returns the file with the values as they are filled in now.
func (f *Form) Write(fields []head.Field) []byte {
	if f.form == nil {
		return f.put(string(f.in.Write(fields)), f.there)
	}
	all := slices.Clone(f.form.Fields)
	for _, now := range fields {
		for n := range all {
			if all[n].Name == now.Name {
				all[n] = now
			}
		}
	}
	inner := f.form.Write(all, "")
	return bytes.TrimSuffix(bytes.TrimPrefix(inner, []byte("---\n")), []byte("---\n"))
}

// Without returns the file without the mapping, and without those that it was all of.
func (f *Form) Without() []byte {
	if f.form != nil {
		return nil
	}
	return f.put(string(f.in.Without()), false)
}

// put returns the lines with another mapping under the key. One that is empty leaves the
// key where it stays.
func (f *Form) put(inner string, stays bool) []byte {
	if inner == f.text && f.there == stays {
		return []byte(strings.Join(f.lines, ""))
	}
	var b strings.Builder
	b.WriteString(strings.Join(f.lines[:f.from], ""))
	if inner != "" || stays {
		b.WriteString(f.lead)
	}
	for l := range strings.Lines(inner) {
		if strings.TrimSpace(l) != "" {
			l = f.indent + l
		}
		b.WriteString(l)
	}
	b.WriteString(strings.Join(f.lines[f.to:], ""))
	return []byte(b.String())
}
