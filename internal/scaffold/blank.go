package scaffold

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
)

// writer writes a file of a kind with nothing filled in but the values, by key.
type writer struct {
	bytes.Buffer
	values map[string]string // as they stand in YAML
}

// comment writes lines of comment.
func (w *writer) comment(indent, text string) {
	for line := range strings.SplitSeq(text, "\n") {
		fmt.Fprintf(w, "%s# %s\n", indent, line)
	}
}

// commentColumn is where comments behind keys begin, in columns of a Latin letter.
const commentColumn = 24

// key writes a key with what it is for; one that is not required is a comment.
func (w *writer) key(indent string, k format.Key, value string) {
	line := k.Name + ":"
	if value != "" {
		line += " " + value
	}
	mark := ""
	if !k.Required {
		mark = "# "
	}
	width := len(mark) + (len(line)+utf8.RuneCountInString(line))/2 // Chinese takes two columns
	if text := about(k); text != "" {
		line += strings.Repeat(" ", max(1, commentColumn-width)) + "# " + text
	}
	fmt.Fprintf(w, "%s%s%s\n", indent, mark, line)
}

// about says what a key is for and what may stand there.
func about(k format.Key) string {
	text := k.Doc
	if len(k.Choices) > 0 && k.Type == format.Choice {
		text = strings.Join(k.Choices, "、") + "；" + text
	}
	switch k.Type {
	case format.Date:
		text += "，如 2022-09-21"
	case format.Moment:
		text += "，如 2022-11-27 09:30"
	case format.Flag:
		text += "：true"
	}
	return text
}

// keys writes the keys of a table.
func (w *writer) keys(indent string, t *format.Table) {
	for _, k := range t.Keys {
		switch {
		case k.Misplaced, k.ByProgram:
		case k.Name == "审核":
			k.Doc = "由 wangjian sign 写"
			w.key(indent, k, "{}")
		case k.Name == "版本":
			k.Required = true
			w.key(indent, k, "1")
		case k.Type == format.Object && k.Required:
			fmt.Fprintf(w, "%s%s:\n", indent, k.Name)
			w.keys(indent+"  ", k.Of)
		case k.Type == format.Objects && w.values[k.Name] != "":
			k.Required = true
			w.key(indent, k, "")
			w.WriteString(w.values[k.Name])
		case k.Type == format.Objects:
			w.key(indent, k, "")
			w.comment(indent, "  - {"+blanks(k.Of)+"}")
		case k.Type == format.Object:
			w.key(indent, k, "{"+blanks(k.Of)+"}")
		default:
			value := w.values[k.Name]
			k.Required = k.Required || value != ""
			w.key(indent, k, value)
		}
	}
}

// blanks lists the keys that a mapping must have, else those that it may have.
func blanks(t *format.Table) string {
	var list []string
	names := t.Names(func(k format.Key) bool { return k.Required })
	if len(names) == 0 {
		names = t.Names(func(format.Key) bool { return true })
	}
	for _, name := range names {
		list = append(list, name+": ")
	}
	return strings.Join(list, ", ")
}

// file returns a YAML file of a kind with nothing filled in.
func file(t *format.Table, head string) []byte {
	w := &writer{}
	w.comment("", head)
	w.keys("", t)
	return w.Bytes()
}

// Empty returns a campaign with nothing in it, and the examples.
func Empty() (Files, error) {
	f := Files{
		"data/campaign.yaml": file(format.Campaign, "行动的基本情况。冒号后面空着的要填；行首有 # 的可以不写，要写就删去 #\n每一项怎样写，看 范例/data/campaign.yaml"),
		"data/form.yaml":     file(format.Form, "统计表，照通知附件的次序一行一条。部门先在 campaign.yaml 里写好\n怎样写，看 范例/data/form.yaml"),
	}
	f.addFolders()
	return f, f.addExamples()
}

// addFolders adds the folders of content.
func (f Files) addFolders() {
	for _, kind := range campaign.Kinds {
		f[kind.Folder()+"/"] = nil
	}
}

// Text returns a text of a kind with nothing filled in but its body.
func Text(kind campaign.Kind, body string) []byte {
	return append(Front(kind, "", nil), body...)
}

// Front returns the head of a text of a kind, with the values that are known, as
// they stand in YAML, and a first comment, "" for none.
func Front(kind campaign.Kind, first string, values map[string]string) []byte {
	t := format.Front(kind)
	w := &writer{values: values}
	w.WriteString("---\n")
	if first != "" {
		w.comment("", first)
	}
	w.comment("", t.Note)
	w.keys("", t)
	w.WriteString("---\n\n")
	return w.Bytes()
}

// noted adds what a kind of text wants thought for, and the keys that it may
// have beside those that are there, to a text's head as its last lines, each a
// comment.
func noted(kind campaign.Kind, text []byte) []byte {
	table := format.Front(kind)
	head, body, whole := bytes.Cut(text, []byte("\n---\n"))
	if table == nil || !whole {
		return text
	}
	more := table.Names(func(k format.Key) bool {
		return !k.Required && !k.ByProgram && !bytes.Contains(head, []byte("\n"+k.Name+":"))
	})
	w := &writer{}
	w.comment("", table.Note+"\n还可以写："+strings.Join(more, "、"))
	return bytes.Join([][]byte{head, []byte("\n"), w.Bytes(), []byte("---\n"), body}, nil)
}
