// Package correction writes entries into data/corrections.yaml, and lists what
// else changes with the figures that they are about.
//
// Which entries are needed package review knows: [review.Propose].
package correction

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf"
	"wangjian/internal/release"
	"wangjian/internal/review"
)

// File is where corrections are.
const File = "data/corrections.yaml"

const (
	key  = "更正"
	head = "# 公布过的数改了、撤下了或者补报了，一处一条，会公布在“数据更正”页。\n" + key + ":\n"
)

// Add returns the text of data/corrections.yaml with entries behind those that are
// there; "" is a file that is not there yet. All else stays as it is written.
func Add(text string, entries []string) (string, error) {
	for _, with := range candidates(text, entries) {
		if adds(text, with, entries) {
			return with, nil
		}
	}
	return "", fmt.Errorf("%s 不是“%s:”下面一条一行的样子，加不进去；请手工加上：\n%s", File, key, strings.Join(entries, "\n"))
}

// candidates returns the text with the entries in the places where they may belong,
// the most likely first.
func candidates(text string, entries []string) []string {
	end := "\n"
	if strings.Contains(text, "\r\n") {
		end = "\r\n"
	}
	if strings.TrimSpace(text) == "" {
		return []string{text + head + lines(entries, "  ", "\n")}
	}
	if !strings.HasSuffix(text, end) {
		text += end
	}
	var doc yaml.Node
	if yaml.Unmarshal([]byte(text), &doc) != nil || len(doc.Content) == 0 {
		return []string{text + key + ":" + end + lines(entries, "  ", end)} // comments alone, or what adds refuses
	}
	list := valueOf(doc.Content[0])
	switch {
	case list == nil:
		return []string{text + key + ":" + end + lines(entries, "  ", end)}
	case list.Kind == yaml.SequenceNode && list.Style&yaml.FlowStyle != 0:
		at := strings.LastIndexByte(text, ']')
		if at < 0 {
			return nil
		}
		var inFlow []string
		for _, e := range entries {
			inFlow = append(inFlow, strings.TrimPrefix(e, "- "))
		}
		more := strings.Join(inFlow, ", ")
		return []string{text[:at] + ", " + more + text[at:], text[:at] + more + text[at:]}
	}
	indent := "  "
	if len(list.Content) > 0 {
		indent = strings.Repeat(" ", list.Column-1)
	}
	more := lines(entries, indent, end)
	at := lastLine(text)
	return []string{text[:at] + more + text[at:], text + more}
}

// valueOf returns the list of entries; nil where the key is not there.
func valueOf(root *yaml.Node) *yaml.Node {
	for n := 0; n+1 < len(root.Content); n += 2 {
		if root.Content[n].Value == key {
			return root.Content[n+1]
		}
	}
	return nil
}

func lines(entries []string, indent, end string) string {
	var b strings.Builder
	for _, e := range entries {
		b.WriteString(indent + e + end)
	}
	return b.String()
}

// lastLine returns the byte after the last line that is neither empty nor a
// comment.
func lastLine(text string) int {
	at := len(text)
	for at > 0 {
		from := strings.LastIndexByte(text[:at-1], '\n') + 1
		if line := strings.TrimSpace(text[from:at]); line != "" && line[0] != '#' {
			break
		}
		at = from
	}
	return at
}

// adds reports whether a text has the entries of another and the new ones, and
// nothing else is another.
func adds(old, with string, entries []string) bool {
	var was, is map[string]any
	var more []any
	if yaml.Unmarshal([]byte(old), &was) != nil || yaml.Unmarshal([]byte(with), &is) != nil || yaml.Unmarshal([]byte(strings.Join(entries, "\n")), &more) != nil {
		return false
	}
	before, ok := was[key].([]any)
	if !ok && was[key] != nil {
		return false
	}
	if was == nil {
		was = map[string]any{}
	}
	was[key] = append(slices.Clone(before), more...)
	return reflect.DeepEqual(was, is)
}

// Affected lists what shows one of the figures and will be published changed:
// pages, those of the campaign's papers and data files, and the texts that cite it.
func Affected(c *campaign.Campaign, v *release.View, papers []campaign.PublishedPaper, entries []review.Entry) (list []string) {
	add := func(format string, args ...any) {
		if line := fmt.Sprintf(format, args...); !slices.Contains(list, line) {
			list = append(list, line)
		}
	}
	add("statistics/index.html、statistics/corrections/index.html、data/statistics.*")
	for _, e := range entries {
		if d := e.At.Department; d != nil {
			add("departments/%s/index.html（%s）", d.Code, d.Short)
		}
		if r := e.At.Region; r != nil {
			add("regions/%s/index.html（%s）", r.Code, r.Short)
		}
		if row := e.At.Row; row != nil && row.Priority != nil {
			add("tasks/%s/index.html（%s）", row.Priority.Code, row.Priority.Name)
		}
	}
	for _, p := range papers {
		if slices.ContainsFunc(entries, func(e review.Entry) bool { return c.ShowsCorrected(p.Figures, e.Correction()) }) {
			for _, f := range pdf.FormatsOf(c) {
				add("%s", f.Named(p.Path))
			}
		}
	}
	for _, i := range c.Items {
		for _, ref := range i.Body.References {
			at, err := c.Resolve(ref, release.DefaultRound(i, v.LatestRound()))
			if err == nil && ref.Kind != campaign.ChartReference && slices.ContainsFunc(entries, func(e review.Entry) bool { return cites(at, ref, e.At) }) {
				add("%s（“%s”引用了它）", i.File, i.Title)
			}
		}
	}
	return list
}

// cites reports whether a reference shows a figure, or compares it with the round
// after.
func cites(at campaign.Target, ref campaign.Reference, figure campaign.Target) bool {
	if at.Department != figure.Department || at.Region != figure.Region || ref.Kind != campaign.TableReference && at.Row != figure.Row {
		return false
	}
	return at.Round == figure.Round || at.Round != nil && ref.Aspect.Compares() && at.Round.Previous == figure.Round
}
