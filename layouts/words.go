package layouts

import (
	"html/template"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"
)

// A word of the interface is what a page says of its own accord, not out of the
// data: a heading, a button, a part of a sentence between two values. Its key
// is the built-in word itself, so whoever sees a word on a page knows what to
// write in words.yaml to replace it, and templates stay readable.

// Word is one of them with the files that say it.
type Word struct {
	Text  string
	Where []string
}

// Words lists every word of the interface that layouts hold, and those of the
// program, by the file that says it first.
func Words(layouts fs.FS) ([]Word, error) {
	var list []Word
	at := map[string]int{}
	add := func(where, text string) {
		n, known := at[text]
		if !known {
			n, at[text] = len(list), len(list)
			list = append(list, Word{Text: text})
		}
		if !slices.Contains(list[n].Where, where) {
			list[n].Where = append(list[n].Where, where)
		}
	}
	entries, err := fs.ReadDir(layouts, "templates")
	if err != nil {
		return nil, err
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	for _, e := range entries {
		source, err := fs.ReadFile(layouts, "templates/"+e.Name())
		if err != nil {
			return nil, err
		}
		// A template that cannot be parsed is told where it is checked.
		parsed, err := New(e.Name()).Parse(string(source))
		if err != nil {
			continue
		}
		for _, text := range texts(parsed) {
			eachRun(string(text.Text), func(run string) { add(e.Name(), run) })
		}
	}
	for line := range strings.Lines(pageWords) {
		if where, text, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t"); ok {
			add(where, text)
		}
	}
	scripts, err := fs.ReadDir(layouts, "assets")
	if err != nil {
		return nil, err
	}
	for _, e := range scripts {
		if !HasWords(e.Name()) {
			continue
		}
		source, err := fs.ReadFile(layouts, "assets/"+e.Name())
		if err != nil {
			return nil, err
		}
		for _, m := range scriptWord.FindAllSubmatch(source, -1) {
			add(e.Name(), string(m[1]))
		}
	}
	return list, nil
}

// texts returns the pieces of text of a set of templates in the order of their
// files.
func texts(set *template.Template) []*parse.TextNode {
	var found []*parse.TextNode
	for _, t := range set.Templates() {
		if t.Tree != nil {
			walk(t.Tree.Root, func(n parse.Node) {
				if text, ok := n.(*parse.TextNode); ok {
					found = append(found, text)
				}
			})
		}
	}
	slices.SortFunc(found, func(a, b *parse.TextNode) int { return int(a.Position()) - int(b.Position()) })
	return found
}

// walk visits the nodes of a template.
func walk(n parse.Node, visit func(parse.Node)) {
	branch := func(b *parse.BranchNode) {
		walk(b.List, visit)
		if b.ElseList != nil {
			walk(b.ElseList, visit)
		}
	}
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, child := range n.Nodes {
			walk(child, visit)
		}
		return
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	}
	visit(n)
}

// Calls returns the places where a parsed template calls another.
func Calls(t *template.Template) []*parse.TemplateNode {
	var calls []*parse.TemplateNode
	walk(t.Tree.Root, func(n parse.Node) {
		if call, ok := n.(*parse.TemplateNode); ok {
			calls = append(calls, call)
		}
	})
	return calls
}

// Reword puts a campaign's own words into parsed templates; they must not have
// been executed yet.
func Reword(set *template.Template, words map[string]string) {
	if len(words) == 0 {
		return
	}
	for _, text := range texts(set) {
		text.Text = []byte(replaceRuns(string(text.Text), func(run string) string {
			if own, ok := words[run]; ok {
				return template.HTMLEscapeString(own)
			}
			return run
		}))
	}
}

// run is words between marks of HTML.
var run = regexp.MustCompile(`[^<>"\n]*\p{Han}[^<>"\n]*`)

func eachRun(text string, do func(string)) {
	for _, m := range run.FindAllString(text, -1) {
		do(strings.TrimSpace(m))
	}
}

func replaceRuns(text string, with func(string) string) string {
	return run.ReplaceAllStringFunc(text, func(m string) string {
		word := strings.TrimSpace(m)
		before, after, _ := strings.Cut(m, word)
		return before + with(word) + after
	})
}

// scriptWord is a string of a script with a word in it. Our scripts quote with
// the single mark.
var scriptWord = regexp.MustCompile(`'([^'\\\n]*\p{Han}[^'\\\n]*)'`)

// HasWords reports whether a file of assets/ may say words of the interface: the
// scripts that are ours.
func HasWords(name string) bool {
	return path.Ext(name) == ".js" && !strings.HasSuffix(name, ".min.js")
}

// RewordScript puts a campaign's own words into a script.
func RewordScript(source []byte, words map[string]string) []byte {
	if len(words) == 0 {
		return source
	}
	return scriptWord.ReplaceAllFunc(source, func(m []byte) []byte {
		if own, ok := words[string(m[1:len(m)-1])]; ok {
			return []byte("'" + template.JSEscapeString(own) + "'")
		}
		return m
	})
}

// SameValues reports whether two words have the same places for values, in the
// same order: %d, %s.
func SameValues(a, b string) bool {
	return slices.Equal(verb.FindAllString(a, -1), verb.FindAllString(b, -1))
}

var verb = regexp.MustCompile(`%[a-z%]`)
