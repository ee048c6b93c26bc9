package search

import (
	"bytes"
	"io/fs"
	"strconv"
	"testing"

	"github.com/dop251/goja"

	"wangjian/layouts"
)

// reader is the reader's side: search-engine.js over an index in memory, with
// what it has loaded.
type reader struct {
	vm     *goja.Runtime
	files  map[string]string
	loaded []string
	bytes  int
}

// written returns the files of an index by name.
func written(t testing.TB, x *Index) map[string]string {
	t.Helper()
	files := map[string]string{"split.js": script(t, "search-split.js"), "readings.js": script(t, "search-readings.js")}
	for _, f := range append(x.Files(), (&Words{Mistaken: []string{"诉拆"}}).Files()...) {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		files[f.Name] = b.String()
	}
	return files
}

func engineSource(t testing.TB) string { return script(t, "search-engine.js") }

func script(t testing.TB, name string) string {
	t.Helper()
	source, err := fs.ReadFile(layouts.Over(nil), "assets/"+name)
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

func newReader(t testing.TB, files map[string]string) *reader {
	t.Helper()
	r := &reader{vm: goja.New(), files: files, bytes: len(engineSource(t))}
	r.run(t, engineSource(t))
	r.vm.Set("load", func(name string) {
		file, ok := files[name+".js"]
		if !ok {
			t.Errorf("asks for %s, which is not there", name)
		}
		r.loaded = append(r.loaded, name)
		r.bytes += len(file)
		r.run(t, file)
	})
	r.run(t, `var search = wangjianSearch.engine(load);`)
	return r
}

func (r *reader) run(t testing.TB, script string) goja.Value {
	t.Helper()
	v, err := r.vm.RunString(script)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// result is what a query finds, as far as it was paged through.
type result struct {
	Total int
	Exact bool
	More  bool
	Any   bool
	Notes [][]any
	Pages []struct {
		Path, Anchor, Heading string
		Title                 [][]any
		Excerpts              [][][]any
	}
	Kinds, Departments map[string]int
}

func (r result) has(path string) bool {
	for _, p := range r.Pages {
		if p.Path == path {
			return true
		}
	}
	return false
}

// find asks for the first ten pages of a query, and for more until one has come.
func (r *reader) find(t testing.TB, query, filter, until string) result {
	t.Helper()
	v := r.run(t, `(function () {
		var out = {pages: []};
		search.find(`+strconv.Quote(query)+`, `+filter+`, function (found) {
			out.total = found.total; out.notes = found.notes; out.any = found.any; out.exact = found.exact; out.kinds = found.kinds; out.departments = found.departments;
			(function next() {
				found.next(10, function (pages, more) {
					out.pages = out.pages.concat(pages); out.more = more;
					if (more && `+strconv.Quote(until)+` && !pages.some(function (p) { return p.path === `+strconv.Quote(until)+`; })) next();
				});
			})();
		});
		return out;
	})()`)
	r.vm.SetFieldNameMapper(goja.UncapFieldNameMapper())
	var found result
	if err := r.vm.ExportTo(v, &found); err != nil {
		t.Fatal(err)
	}
	return found
}
