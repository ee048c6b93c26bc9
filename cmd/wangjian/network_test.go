package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestNothingIsFetched: the program asks nothing of any other machine and starts
// no other program, but for verify, which reads a site back from the address that
// it is given. Else only the preview speaks with the network, and it only answers.
// What draws the sample and measures speed is no part of the program.
func TestNothingIsFetched(t *testing.T) {
	speaks := map[string]bool{"net": true, "net/http": true, "net/smtp": true, "net/rpc": true, "crypto/tls": true, "os/exec": true}
	asks := map[string]bool{
		"http.Get": true, "http.Head": true, "http.Post": true, "http.PostForm": true, "http.NewRequest": true, "http.NewRequestWithContext": true,
		"http.Client": true, "http.DefaultClient": true, "http.Transport": true, "http.DefaultTransport": true,
		"net.Dial": true, "net.DialTimeout": true, "net.Dialer": true, "net.LookupHost": true, "net.LookupAddr": true, "net.Resolver": true,
	}
	files, answers := 0, 0
	for _, root := range []string{".", "../../internal", "../../layouts"} {
		err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
			switch base := e.Name(); {
			case err != nil:
				return err
			case e.IsDir() && (base == "bench" || base == "sample" || base == "testdata"):
				return filepath.SkipDir
			case e.IsDir() || filepath.Ext(base) != ".go" || strings.HasSuffix(base, "_test.go"):
				return nil
			}
			files++
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				return err
			}
			preview := filepath.Base(filepath.Dir(name)) == "preview"
			if filepath.ToSlash(name) == "../../internal/publish/fetch.go" {
				return nil
			}
			for _, i := range file.Imports {
				path, _ := strconv.Unquote(i.Path.Value)
				if speaks[path] && (!preview || path == "os/exec") {
					t.Errorf("%s imports %s", name, path)
				}
				if path == "net/http" {
					answers++
				}
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok {
					if x, ok := s.X.(*ast.Ident); ok && asks[x.Name+"."+s.Sel.Name] {
						t.Errorf("%s uses %s.%s", name, x.Name, s.Sel.Name)
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 200 || answers == 0 {
		t.Errorf("%d files were looked at, %d of them answer requests", files, answers)
	}
}
