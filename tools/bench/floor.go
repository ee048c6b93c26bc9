package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"gopkg.in/yaml.v3"
)

// writeFloor writes the files of a finished site again, the same bytes, and
// nothing else: what the disk takes whoever asks it. It prints the seconds of
// the writing alone.
func writeFloor(args []string) error {
	flags := flag.NewFlagSet("write", flag.ExitOnError)
	target := flags.String("o", "", "the folder to write")
	flags.Parse(args)
	from := flags.Arg(0)
	names, err := filesBelow(from, "")
	if err != nil {
		return err
	}
	contents := make([][]byte, len(names))
	for n, name := range names {
		if contents[n], err = os.ReadFile(filepath.Join(from, name)); err != nil {
			return err
		}
	}
	begin := time.Now()
	var made sync.Map
	err = each(len(names), func(n int) error {
		name := filepath.Join(*target, names[n])
		folder := filepath.Dir(name)
		if _, ok := made.Load(folder); !ok {
			if err := os.MkdirAll(folder, 0o755); err != nil {
				return err
			}
			made.Store(folder, true)
		}
		return os.WriteFile(name, contents[n], 0o644)
	})
	fmt.Printf("%.4f\n", time.Since(begin).Seconds())
	return err
}

// convertFloor reads a campaign's YAML with yaml.v3 and its Markdown with
// goldmark, as they come, and keeps nothing.
func convertFloor(args []string) error {
	flags := flag.NewFlagSet("convert", flag.ExitOnError)
	flags.Parse(args)
	dir := flags.Arg(0)
	begin := time.Now()
	names, err := filesBelow(dir, ".md", ".yaml")
	if err != nil {
		return err
	}
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote))
	err = each(len(names), func(n int) error {
		text, err := os.ReadFile(filepath.Join(dir, names[n]))
		if err != nil {
			return err
		}
		data, body := text, []byte(nil)
		if strings.HasSuffix(names[n], ".md") {
			data, body, _ = bytes.Cut(bytes.TrimPrefix(text, []byte("---\n")), []byte("\n---\n"))
		}
		var tree yaml.Node
		if err := yaml.Unmarshal(data, &tree); err != nil {
			return err
		}
		var out bytes.Buffer
		return md.Convert(body, &out)
	})
	fmt.Printf("%.4f\n", time.Since(begin).Seconds())
	return err
}

// filesBelow lists the files of a folder that have one of the endings.
func filesBelow(dir string, endings ...string) ([]string, error) {
	var names []string
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		for _, ending := range endings {
			if strings.HasSuffix(name, ending) {
				rel, err := filepath.Rel(dir, name)
				names = append(names, rel)
				return err
			}
		}
		return nil
	})
	return names, err
}

// each does something n times, as many at once as there are processors, and
// returns one of the errors.
func each(n int, do func(int) error) error {
	var next atomic.Int64
	var failed atomic.Pointer[error]
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n || failed.Load() != nil {
					return
				}
				if err := do(i); err != nil {
					failed.Store(&err)
				}
			}
		})
	}
	workers.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}
