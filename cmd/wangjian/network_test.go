package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestNothingIsFetched: the program asks nothing of any other machine but in publish,
// which sends a site to the server that is named, and in verify, which reads one back,
// and starts no other
// program but the office that bundle --reseal prints a document with. Else only the
// preview speaks with the network, and it only answers. What draws the sample and
// measures speed is no part of the program.
func TestNothingIsFetched(t *testing.T) {
	speaks := map[string]bool{
		"golang.org/x/crypto/ssh": true, "github.com/pkg/sftp": true, "github.com/minio/minio-go/v7": true, "github.com/zalando/go-keyring": true,
		"net": true, "net/http": true, "net/smtp": true, "net/rpc": true, "crypto/tls": true, "os/exec": true,
	}
	asks := map[string]bool{
		"http.Get": true, "http.Head": true, "http.Post": true, "http.PostForm": true, "http.NewRequest": true, "http.NewRequestWithContext": true,
		"http.Client": true, "http.DefaultClient": true, "http.Transport": true, "http.DefaultTransport": true,
		"exec.Command": true, "exec.CommandContext": true, "exec.Cmd": true,
		"net.Dial": true, "net.DialTimeout": true, "net.Dialer": true, "net.LookupHost": true, "net.LookupAddr": true, "net.Resolver": true,
	}
	// may lists what a file or folder of internal imports and uses all the same.
	may := map[string][]string{
		"preview":           {"net", "net/http"},
		"desk":              {"net", "net/http"},
		"cause/cause.go":    {"net", "os/exec"}, // the types of their errors
		"publish/fetch.go":  {"net/http", "http.NewRequestWithContext", "http.Client", "http.Transport", "http.DefaultTransport"},
		"publish/office.go": {"os/exec", "exec.CommandContext"},
		"remote/hostkey.go": {"net", "golang.org/x/crypto/ssh"},
		"remote/sftp.go":    {"net", "net.Dialer", "golang.org/x/crypto/ssh", "github.com/pkg/sftp"},
		"remote/s3.go":      {"net/http", "http.Transport", "http.DefaultTransport", "github.com/minio/minio-go/v7"},
		"remote/plain.go":   {"net/http", "http.NewRequestWithContext", "http.Client"},
		"remote/secret.go":  {"github.com/zalando/go-keyring"},
		"remote/remotetest": {"net", "net/http", "net.Dial", "http.Transport", "os/exec", "exec.Command", "golang.org/x/crypto/ssh"}, // no part of the program
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
			below := strings.TrimPrefix(filepath.ToSlash(name), "../../internal/")
			allowed := slices.Concat(may[below], may[path.Dir(below)])
			for _, i := range file.Imports {
				imported, _ := strconv.Unquote(i.Path.Value)
				if speaks[imported] && !slices.Contains(allowed, imported) {
					t.Errorf("%s imports %s", name, imported)
				}
				if imported == "net/http" {
					answers++
				}
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok {
					if x, ok := s.X.(*ast.Ident); ok && asks[x.Name+"."+s.Sel.Name] && !slices.Contains(allowed, x.Name+"."+s.Sel.Name) {
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
