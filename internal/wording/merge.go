package wording

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
)

// Merged is data/wording.yaml with a list added.
type Merged struct {
	Text      []byte
	Added     int
	Replaced  int
	Same      int      // that are there already
	Different []string // that are there otherwise, and were left
}

const listHead = "# 本行动的用语表，写法见说明书“检查”一节。\n"

// Merge adds entries to the text of data/wording.yaml, nil where there is none.
// What is there stays as it is, word for word; an entry for the same wrong form is
// changed only with replace.
func Merge(old []byte, entries []Entry, level campaign.Level, replace bool) (*Merged, error) {
	m := &Merged{}
	lines := strings.SplitAfter(string(old), "\n")
	if last := len(lines) - 1; lines[last] != "" {
		lines[last] += "\n"
	}
	list, err := listOf(old)
	if err != nil {
		return nil, err
	}
	if len(old) == 0 {
		lines = []string{listHead}
	}
	var added []string
	indent := "  "
	if list.first > 0 {
		indent = strings.Repeat(" ", list.first-1)
	}
	for _, e := range entries {
		if e.Level == "" {
			e.Level = level
		}
		was := list.entries[e.Wrong]
		switch {
		case was == nil:
			m.Added++
			added = append(added, indent+"- "+e.line(nil))
		case was.right == e.Right:
			m.Same++
		case !replace:
			m.Different = append(m.Different, fmt.Sprintf("%s：“%s”在 data/wording.yaml 第 %d 行已有，改成“%s”；这里是“%s”", e.Place, e.Wrong, was.from, was.right, e.Right))
		default:
			m.Replaced++
			line := indent + "- " + e.line(was.except)
			for n := was.from - 1; n < min(was.to, len(lines)); n++ {
				lines[n], line = line, ""
			}
		}
	}
	at := min(list.end, len(lines)) // the line before which entries are added, from 0
	if list.first == 0 {
		at = len(lines)
		if len(added) > 0 {
			added = slices.Insert(added, 0, "用语:\n")
		}
	}
	m.Text = []byte(strings.Join(slices.Concat(lines[:at], added, lines[at:]), ""))
	return m, yaml.Unmarshal(m.Text, new(yaml.Node))
}

// existing is the list that a file has.
type existing struct {
	first   int // the column of its entries, 0 for no list
	end     int // the line after its last entry, from 0
	entries map[string]*existingEntry
}

type existingEntry struct {
	right    string
	except   []string
	from, to int // lines, from 1, the last one included
}

var errFlow = errors.New("data/wording.yaml 的“用语”不是每条一行，程序加不进去；把它改成每条一行、以“- ”开头，再导入")

func listOf(text []byte) (*existing, error) {
	x := &existing{entries: map[string]*existingEntry{}}
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil || len(document.Content) == 0 {
		return x, err
	}
	top := document.Content[0]
	lines := strings.Split(string(text), "\n")
	for i := 0; top.Kind == yaml.MappingNode && i+1 < len(top.Content); i += 2 {
		list := top.Content[i+1]
		if top.Content[i].Value != "用语" {
			continue
		}
		if list.Kind != yaml.SequenceNode || list.Style&yaml.FlowStyle != 0 || len(list.Content) == 0 {
			return nil, errFlow
		}
		x.first = max(1, list.Content[0].Column-2)
		for _, n := range list.Content {
			e := &existingEntry{from: n.Line, to: lastLine(n)}
			for e.to < len(lines) && continues(lines[e.to], x.first) {
				e.to++
			}
			x.entries[e.read(n)] = e
			x.end = e.to
		}
	}
	return x, nil
}

// read takes what an entry says, and returns its wrong form.
func (e *existingEntry) read(n *yaml.Node) (wrong string) {
	for k := 0; k+1 < len(n.Content); k += 2 {
		switch v := n.Content[k+1]; n.Content[k].Value {
		case "误":
			wrong = v.Value
		case "正":
			e.right = v.Value
		case "除外":
			for _, w := range v.Content {
				e.except = append(e.except, w.Value)
			}
		}
	}
	return wrong
}

// continues reports whether a line goes on with an entry whose dash stands in a
// column.
func continues(line string, dash int) bool {
	bare := strings.TrimLeft(line, " ")
	return bare != "" && bare[0] != '#' && len(line)-len(bare) >= dash
}

func lastLine(n *yaml.Node) int {
	line := n.Line
	for _, c := range n.Content {
		line = max(line, lastLine(c))
	}
	return line
}

// line writes an entry.
func (e Entry) line(except []string) string {
	parts := []string{"误: " + scalar(e.Wrong)}
	if e.Right != "" {
		parts = append(parts, "正: "+scalar(e.Right))
	}
	if e.Level == campaign.Error {
		parts = append(parts, "级别: 错误")
	}
	if e.Why != "" {
		parts = append(parts, "说明: "+scalar(e.Why))
	}
	if len(except) > 0 {
		for n, w := range except {
			except[n] = scalar(w)
		}
		parts = append(parts, "除外: ["+strings.Join(except, ", ")+"]")
	}
	return "{" + strings.Join(parts, ", ") + "}\n"
}

// scalar writes a text of YAML within braces, quoted where it has to be.
func scalar(s string) string {
	var n yaml.Node
	if err := yaml.Unmarshal([]byte("["+s+"]"), &n); err == nil && len(n.Content) == 1 {
		if list := n.Content[0]; len(list.Content) == 1 && list.Content[0].Tag == "!!str" && list.Content[0].Style == 0 && list.Content[0].Value == s {
			return s
		}
	}
	var b bytes.Buffer
	to := json.NewEncoder(&b)
	to.SetEscapeHTML(false)
	if to.Encode(s) != nil {
		return `""` // a string always encodes
	}
	return strings.TrimSuffix(b.String(), "\n")
}
