package settings

import (
	"bytes"
	"slices"
	"strings"

	"wangjian/internal/format"
	"wangjian/internal/head"
)

// Form is the single values of a file, or of a mapping in it.
type Form struct {
	Fields []head.Field
	form   *head.Form
	lines  []string // of the file
	key    string   // of the mapping, "" for the file itself
	from   int
	to     int
	indent string
}

// ReadForm takes the single values out of a file that has the keys of a table; those
// of the mapping under a key where one is named.
func ReadForm(t *format.Table, raw []byte, key string) (*Form, error) {
	root, err := mapping(raw)
	if err != nil {
		return nil, err
	}
	f := &Form{lines: splitLines(string(raw)), key: key, indent: "  "}
	inner := string(raw)
	if key != "" {
		f.from, f.to, inner = len(f.lines), len(f.lines), ""
		for n := 0; root != nil && n+1 < len(root.Content); n += 2 {
			if root.Content[n].Value == key {
				f.from, f.to = root.Content[n].Line-1, endOf(f.lines, root, n)
				if inner, err = f.within(); err != nil {
					return nil, err
				}
			}
		}
		k, _ := t.Key(key)
		t = k.Of
	}
	if f.form, err = head.Parse(t, fenced(inner)); err != nil || f.form.Body != "" {
		return nil, ErrUnreadable
	}
	f.Fields = slices.DeleteFunc(slices.Clone(f.form.Fields), func(x head.Field) bool {
		return x.Type == format.Object || x.Type == format.Objects || x.Type == format.Cells
	})
	return f, nil
}

func fenced(text string) []byte {
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return []byte("---\n" + text + "---\n")
}

// within returns the lines of the mapping as if they stood on their own.
func (f *Form) within() (string, error) {
	first := strings.TrimSpace(strings.TrimPrefix(f.lines[f.from], f.key+":"))
	if first != "" && first[0] != '#' && first != "{}" && first != "null" {
		return "", ErrUnreadable // between braces, on one line
	}
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
	all := slices.Clone(f.form.Fields)
	for _, now := range fields {
		for n := range all {
			if all[n].Name == now.Name {
				all[n] = now
			}
		}
	}
	inner := f.form.Write(all, "")
	inner = bytes.TrimSuffix(bytes.TrimPrefix(inner, []byte("---\n")), []byte("---\n"))
	if f.key == "" {
		return inner
	}
	var b strings.Builder
	b.WriteString(strings.Join(f.lines[:f.from], ""))
	lead := f.key + ":\n"
	if f.from < f.to {
		if first := f.lines[f.from]; !strings.Contains(first, "{}") && !strings.Contains(first, "null") {
			lead = first
		}
	}
	if len(inner) > 0 {
		b.WriteString(lead)
	} else if f.from < f.to {
		b.WriteString(f.lines[f.from])
	}
	for l := range strings.Lines(string(inner)) {
		if strings.TrimSpace(l) != "" {
			l = f.indent + l
		}
		b.WriteString(l)
	}
	b.WriteString(strings.Join(f.lines[f.to:], ""))
	return []byte(b.String())
}
