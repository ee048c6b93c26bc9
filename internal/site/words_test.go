package site

import (
	"fmt"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf"
	"wangjian/internal/stats"
)

// notInterface are Chinese strings of this package that no campaign replaces:
// units, forms of dates, values of the data.
var notInterface = []string{"万元", "有效", "%d月", "%s至%d月%d日", "至"}

// withoutWords are files whose words are not on pages: what is pasted elsewhere has
// the names that its platform has, machines read the linked data, a fault
// is the clerk's to read, and the style guide the designer's.
var withoutWords = []string{"paste.go", "linked.go", "fault.go", "styleguide.go"}

// TestEveryWordGoesThroughSay: every word of the interface in this package goes through
// say, and the list that ships is complete.
func TestEveryWordGoesThroughSay(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var list strings.Builder
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || slices.Contains(withoutWords, file) {
			continue
		}
		words := wordsIn(t, file)
		for _, name := range namesShown(file) {
			if name != "" && !slices.Contains(words, name) {
				words = append(words, name)
			}
		}
		for _, word := range words {
			fmt.Fprintf(&list, "%s\t%s\n", file, word)
		}
	}
	const golden = "../../layouts/pagewords.go"
	want := "package layouts\n\n// pageWords are the words in the Go code of the pages, each line the file and\n// the word; a test of package site writes them.\nconst pageWords = `\n" + list.String() + "`\n"
	if *update {
		if err := os.WriteFile(golden, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if have, _ := os.ReadFile(golden); string(have) != want {
		t.Errorf("layouts/pagewords.go 旧了：go test ./internal/site -run EveryWord -update")
	}
}

// namesShown are the words that a page takes from a list of fields or columns.
func namesShown(file string) (names []string) {
	switch file {
	case "case.go":
		for _, f := range campaign.CaseFields {
			names = append(names, f.Page)
		}
	case "statistics.go":
		for _, c := range stats.AnnexFields {
			names = append(names, c.Name)
		}
		for _, k := range pdf.Kinds {
			names = append(names, k.Name, k.Use)
		}
	case "home.go":
		names = append(names, pdf.Kinds[0].Name)
	}
	return names
}

// wordsIn returns the words that a file says, and tells of those that it only
// writes.
func wordsIn(t *testing.T, file string) []string {
	set := gotoken.NewFileSet()
	parsed, err := parser.ParseFile(set, file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[*ast.BasicLit]bool{}
	var words []string
	say := func(e ast.Expr) {
		if l, ok := e.(*ast.BasicLit); ok && l.Kind == gotoken.STRING {
			seen[l] = true
			if w, _ := strconv.Unquote(l.Value); isWord(w) && !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
	}
	leave := func(n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok {
				seen[l] = true
			}
			return true
		})
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			if n.Names[0].Name == "sampleNote" {
				say(n.Values[0])
			}
		case *ast.KeyValueExpr: // the head's tags hold terms of the standard
			if k, ok := n.Key.(*ast.Ident); ok && (k.Name == "kind" || k.Name == "keywords") && !isCall(n.Value) {
				leave(n.Value)
			}
		case *ast.CompositeLit:
			if k, ok := n.Type.(*ast.Ident); ok && k.Name == "column" && len(n.Elts) == 2 {
				leave(n.Elts[1])
			}
		case *ast.CallExpr:
			switch called(n) {
			case "say", "sayf", "add":
				if len(n.Args) > 0 { // share.go has a say of its own
					say(n.Args[0])
				}
			case "facts":
				for i := 0; i < len(n.Args); i += 2 {
					say(n.Args[i])
				}
			case "Errorf", "New":
				leave(n)
			case "append": // keywords
				if len(n.Args) > 0 {
					if c, ok := n.Args[0].(*ast.CompositeLit); ok {
						leave(c)
					}
				}
			}
		}
		return true
	})
	ast.Inspect(parsed, func(n ast.Node) bool {
		l, ok := n.(*ast.BasicLit)
		if !ok || l.Kind != gotoken.STRING || seen[l] {
			return true
		}
		if w, _ := strconv.Unquote(l.Value); isWord(w) && !slices.Contains(notInterface, w) {
			t.Errorf("%s：%s 是界面上的字，写成 say(%s) 才能由 words.yaml 替换", set.Position(l.Pos()), l.Value, l.Value)
		}
		return true
	})
	return words
}

func isCall(e ast.Expr) bool {
	c, ok := e.(*ast.CallExpr)
	return ok && called(c) == "say"
}

func called(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.SelectorExpr:
		return f.Sel.Name
	case *ast.Ident:
		return f.Name
	}
	return ""
}

// isWord reports whether a text has a Chinese character, as words have.
func isWord(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
