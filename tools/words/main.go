// Command words holds the repository to the vocabulary of docs/style.md. It reads
// comments and English prose for the words of some rows, and the names that Go
// files declare for the words of others, there only in the packages that a row is
// about. It prints what it finds as file:line:column, and ends with status 1
// where it finds anything.
//
//	go run ./tools/words [FOLDER]
package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

func main() {
	root := "."
	if len(os.Args) > 1 {
		root = os.Args[1]
	}
	findings, err := check(os.DirFS(root))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if report(os.Stdout, findings) {
		os.Exit(1)
	}
}

// finding is a word that stands where the vocabulary has another.
type finding struct {
	file         string
	line, column int
	word, write  string
}

// report prints the findings and how many there are, and reports whether there
// are any.
func report(w io.Writer, findings []finding) bool {
	for _, f := range findings {
		fmt.Fprintf(w, "%s:%d:%d: “%s”: write %s\n", f.file, f.line, f.column, f.word, f.write)
	}
	if len(findings) > 0 {
		fmt.Fprintf(w, "%d words of the list in docs/style.md are to be replaced\n", len(findings))
	}
	return len(findings) > 0
}

// check reads every file of the repository that is written by hand.
func check(root fs.FS) ([]finding, error) {
	var all []finding
	err := fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			if name != "." && skipped(name) {
				return fs.SkipDir
			}
			return nil
		}
		if name == "docs/style.md" { // it names the words
			return nil
		}
		found, err := prose(root, name)
		if err != nil {
			return err
		}
		all = append(all, found...)
		if path.Ext(name) == ".go" {
			named, err := names(root, name)
			if err != nil {
				return err
			}
			all = append(all, named...)
		}
		return nil
	})
	all = slices.DeleteFunc(all, func(f finding) bool { return exceptions[f.file+": "+f.word] })
	slices.SortStableFunc(all, func(a, b finding) int {
		if by := strings.Compare(a.file, b.file); by != 0 {
			return by
		}
		return a.line - b.line
	})
	return all, err
}

// skipped reports whether a folder holds what is not written here: input, output,
// test data, and what this command itself is made of.
func skipped(dir string) bool {
	switch dir {
	case "content", "data", "public", "dist", "tools/words", "layouts/fonts":
		return true
	}
	base := path.Base(dir)
	return base == "testdata" || strings.HasPrefix(base, ".") && dir != ".ci" && dir != ".github"
}

// reader returns what finds the comments or the prose of a file; nil where it has
// none that is read.
func reader(name string) func(text []byte) (spans [][]int) {
	switch base := path.Base(name); {
	case path.Ext(name) == ".md" && !strings.HasSuffix(name, ".zh-CN.md"):
		return proseOf
	case path.Ext(name) == ".go":
		return commentsOfGo
	case base == "Makefile", path.Ext(name) == ".sh", path.Ext(name) == ".yml", name == ".ci/run":
		return func(text []byte) [][]int { return hashComment.FindAllIndex(text, -1) }
	case path.Ext(name) == ".js" && !strings.HasSuffix(name, ".min.js"), path.Ext(name) == ".css":
		return func(text []byte) [][]int { return starComment.FindAllIndex(text, -1) }
	}
	return nil
}

var (
	hashComment = regexp.MustCompile(`(?m)(?:^|\s)#.*$`)
	starComment = regexp.MustCompile(`(?s)/\*.*?\*/|(?:^|\s)//[^\n]*`)
	codeInProse = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`|\\]\\([^)]*\\)")
)

// proseOf returns the spans of a Markdown text that are not code.
func proseOf(text []byte) (spans [][]int) {
	at := 0
	for _, code := range codeInProse.FindAllIndex(text, -1) {
		spans = append(spans, []int{at, code[0]})
		at = code[1]
	}
	return append(spans, []int{at, len(text)})
}

func commentsOfGo(text []byte) (spans [][]int) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "", text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	for _, group := range file.Comments {
		spans = append(spans, []int{set.Position(group.Pos()).Offset, set.Position(group.End()).Offset})
	}
	return spans
}

// prose finds the words in a file's comments, or in its text where it is prose.
func prose(root fs.FS, name string) (list []finding, err error) {
	spans := reader(name)
	if spans == nil {
		return nil, nil
	}
	text, err := fs.ReadFile(root, name)
	if err != nil {
		return nil, err
	}
	for _, span := range spans(text) {
		for _, row := range inProse {
			for _, m := range row.find.FindAllIndex(text[span[0]:span[1]], -1) {
				from, to := span[0]+m[0], span[0]+m[1]
				start := 1 + bytes.LastIndexByte(text[:from], '\n')
				list = append(list, finding{name, 1 + bytes.Count(text[:from], []byte("\n")), 1 + utf8.RuneCount(text[start:from]), strings.Join(strings.Fields(strings.ReplaceAll(string(text[from:to]), "//", "")), " "), row.write})
			}
		}
	}
	return list, nil
}

// names finds the words among the names that a Go file declares.
func names(root fs.FS, name string) (list []finding, err error) {
	var rows []nameRow
	for _, row := range inNames {
		if slices.Contains(row.packages, path.Dir(name)) {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return nil, nil
	}
	text, err := fs.ReadFile(root, name)
	if err != nil {
		return nil, err
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	declared(file, func(id *ast.Ident, local bool) {
		for _, row := range rows {
			if word := row.in(id.Name, local); word != "" {
				at := set.Position(id.Pos())
				list = append(list, finding{name, at.Line, at.Column, id.Name, fmt.Sprintf("%s, not %s", row.write, word)})
			}
		}
	})
	return list, nil
}

// declared calls a function for every name that a file declares: local ones are
// variables, parameters and results of functions.
func declared(file *ast.File, each func(id *ast.Ident, local bool)) {
	fields := func(list *ast.FieldList, local bool) {
		if list == nil {
			return
		}
		for _, f := range list.List {
			for _, id := range f.Names {
				each(id, local)
			}
		}
	}
	depth := 0 // of functions
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			each(n.Name, false)
			fields(n.Recv, true)
			ast.Inspect(n.Type, visit)
			if n.Body != nil {
				depth++
				ast.Inspect(n.Body, visit)
				depth--
			}
			return false
		case *ast.TypeSpec:
			each(n.Name, depth > 0)
		case *ast.ValueSpec:
			for _, id := range n.Names {
				each(id, depth > 0)
			}
		case *ast.StructType:
			fields(n.Fields, false)
		case *ast.InterfaceType:
			fields(n.Methods, false)
		case *ast.FuncType:
			fields(n.Params, true)
			fields(n.Results, true)
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				for _, e := range n.Lhs {
					if id, ok := e.(*ast.Ident); ok {
						each(id, true)
					}
				}
			}
		case *ast.RangeStmt:
			if n.Tok == token.DEFINE {
				for _, e := range []ast.Expr{n.Key, n.Value} {
					if id, ok := e.(*ast.Ident); ok {
						each(id, true)
					}
				}
			}
		}
		return true
	}
	ast.Inspect(file, visit)
}

// in returns the word of the row that a name has in it; "" where there is none.
func (r nameRow) in(name string, local bool) string {
	text := " " + split(name) + " "
	for _, word := range r.words {
		if local && slices.Contains(r.fineAsLocal, word) {
			continue
		}
		if strings.Contains(text, " "+word+" ") {
			return word
		}
	}
	return ""
}

// split parts a name into its words, in lower case.
func split(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
