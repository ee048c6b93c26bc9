package source

import (
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/simplifiedchinese"

	"wangjian/internal/campaign"
)

const small = "../review/testdata/campaign"

func folder(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	root := os.DirFS(small)
	err := fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestEncodings: office programs hand in UTF-8 with and without a mark and
// GB18030, with both line ends; positions and values are the same in all.
func TestEncodings(t *testing.T) {
	want, findings := Load(folder(t))
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	const data, item = "data/q2/jiaoyu.yaml", "content/warnings/xiaolingshi.md"
	for name, encode := range map[string]func(string) string{
		"with a mark": func(s string) string { return "\ufeff" + s },
		"crlf":        func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		"gb18030": func(s string) string {
			out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
			if err != nil {
				t.Fatal(err)
			}
			return out
		},
	} {
		t.Run(name, func(t *testing.T) {
			files := folder(t)
			for _, f := range []string{data, item} {
				files[f] = &fstest.MapFile{Data: []byte(encode(string(files[f].Data)))}
			}
			got, findings := Load(files)
			if len(findings) > 0 {
				t.Fatal(findings)
			}
			for _, e := range want.Report(want.Rounds[1], want.Departments[1], nil).Entries {
				row := e.Row
				g, _ := got.Report(got.Rounds[1], got.Departments[1], nil).Entries.Of(got.Form.Rows[row.Index])
				if !g.Quantity.Equal(e.Quantity) || !g.LastYear.Equal(e.LastYear) || g.Remark != e.Remark || g.At != e.At {
					t.Errorf("%s: got %+v, want %+v", row.Name, g, e)
				}
			}
			a, b := want.ItemAt(item), got.ItemAt(item)
			if a.Title != b.Title || a.Body.FirstLine != b.Body.FirstLine || a.Body.Headings[0] != b.Body.Headings[0] {
				t.Errorf("item differs: %+v", b.Body)
			}
			body, err := Contents(files).Body(b)
			if err != nil || !strings.Contains(string(body), "看生产日期，看配料表。\n") {
				t.Errorf("body %q %v", body, err)
			}
		})
	}
	t.Run("utf-16 is refused with a hint", func(t *testing.T) {
		files := folder(t)
		files[data] = &fstest.MapFile{Data: []byte("\xff\xfe\x00a")}
		_, findings := Load(files)
		if len(findings) != 1 || findings[0].Rule != "encoding" || findings[0].At.String() != data+":1:1" {
			t.Errorf("got %v", findings)
		}
	})
}

// TestChangedBody: what is rendered must be what was checked.
func TestChangedBody(t *testing.T) {
	files := folder(t)
	c, _ := Load(files)
	item := c.ItemAt("content/pages/about.md")
	files[item.File] = &fstest.MapFile{Data: append(files[item.File].Data, "改动\n"...)}
	if _, err := Contents(files).Body(item); err == nil || !strings.Contains(err.Error(), "被改动") {
		t.Errorf("a changed file was taken: %v", err)
	}
}

func TestWithoutCampaign(t *testing.T) {
	c, findings := Load(fstest.MapFS{})
	if c == nil || len(findings) != 1 || findings[0].Rule != "missing-file" || findings[0].At.File != "data/campaign.yaml" {
		t.Errorf("got %v", findings)
	}
}

// TestEditorsLeftovers: what editors and systems leave behind is nobody's
// input.
func TestEditorsLeftovers(t *testing.T) {
	files := folder(t)
	for _, name := range []string{
		"data/.DS_Store", "data/q2/.jiaoyu.yaml.swp", "data/q2/jiaoyu.yaml~", "data/q2/~$表.xlsx", "data/embed.go",
		"content/Thumbs.db", "content/pages/#about.md#", "content/cases/guoqi.md.bak",
	} {
		files[name] = &fstest.MapFile{Data: []byte("x")}
	}
	if _, findings := Load(files); len(findings) > 0 {
		t.Errorf("got %v", findings)
	}
}

// FuzzYAML: whatever stands in a form, reading it ends with findings at lines
// that exist, never with a panic.
func FuzzYAML(f *testing.F) {
	files := folder(f)
	for _, name := range []string{"data/campaign.yaml", "data/form.yaml", "data/q2/shichang.yaml", "data/q2/release.yaml"} {
		f.Add(string(files[name].Data))
	}
	for _, seed := range []string{"a: &x [*x]\n", "? [a]\n: b\n", "项目: {查: !!binary x}\n", "- - - -\n", "项目:\n  立案: |\n    3\n", "\"\\u0007\": 1\n", "a: 'x\n", "{", "---\n---\n", "用语:\n  - {误: 帐号, 正: 账号, 级别: 错误, 除外: [老帐号]}\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range []string{"data/campaign.yaml", "data/form.yaml", "data/wording.yaml", "data/q2/shichang.yaml"} {
			fsys := fstest.MapFS{}
			for _, keep := range []string{"data/campaign.yaml", "data/form.yaml", "data/q2/shichang/dongcheng.yaml"} {
				fsys[keep] = files[keep]
			}
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
			_, findings := Load(fsys)
			lines := strings.Count(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\n") + 1
			for _, x := range findings {
				if x.At.Line < 1 || x.At.Column < 1 || x.At.File == name && x.At.Line > lines+1 {
					t.Errorf("finding out of the file (%d lines): %+v", lines, x)
				}
			}
		}
	})
}

// FuzzItem does the same for front matter and Markdown.
func FuzzItem(f *testing.F) {
	files := folder(f)
	for name, file := range files {
		if strings.HasSuffix(name, ".md") {
			f.Add(string(file.Data))
		}
	}
	for _, seed := range []string{"---\n---\n", "---\na: 1\n---\n{{", "---\n标题: x\n---\n|a|{{b/c|d}}|\n|-|-|\n|{{|}}|", "---\nx: y\n---\n[^1]\n\n[^1]: **（a**）"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		fsys := fstest.MapFS{
			"data/campaign.yaml": files["data/campaign.yaml"], "data/form.yaml": files["data/form.yaml"],
			"content/cases/x.md": {Data: []byte(text)}, "content/narratives/q1/jiaoyu.md": {Data: []byte(text)},
		}
		c, findings := Load(fsys)
		for _, x := range findings {
			if x.At.Line < 1 || x.At.Column < 1 {
				t.Errorf("finding out of the file: %+v", x)
			}
		}
		for _, i := range c.Items {
			if _, err := Contents(fsys).Body(i); err != nil {
				t.Errorf("body of a read item: %v", err)
			}
		}
	})
}

func TestOpenFile(t *testing.T) {
	f, err := Contents(folder(t)).Open("content/open/qingdan.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if data, err := io.ReadAll(f); err != nil || !strings.Contains(string(data), "示范小学食堂") {
		t.Errorf("%q %v", data, err)
	}
}

// TestUnreadable: what cannot be read as text is one finding, and the rest is
// read all the same.
func TestUnreadable(t *testing.T) {
	const name = "content/pages/about.md"
	for rule, file := range map[string]*fstest.MapFile{
		"file-size":  {Data: make([]byte, MaxFile+1)},
		"unreadable": {Mode: fs.ModeDir},
		"encoding":   {Data: []byte("---\n\xff\x00\n---\n")},
	} {
		t.Run(rule, func(t *testing.T) {
			files := folder(t)
			files[name] = file
			if rule == "unreadable" {
				files[name] = &fstest.MapFile{Data: []byte("x")}
				_, findings := Load(refusing{files, name})
				check(t, findings, rule, name)
				return
			}
			c, findings := Load(files)
			check(t, findings, rule, name)
			if c.ItemAt("content/warnings/xiaolingshi.md") == nil {
				t.Error("one bad file kept the others from being read")
			}
		})
	}
}

func check(t *testing.T, findings []campaign.Finding, rule, name string) {
	t.Helper()
	if len(findings) != 1 || findings[0].Rule != rule || findings[0].At.String() != name+":1:1" {
		t.Errorf("got %v", findings)
	}
}

// refusing is a disk that refuses one file.
type refusing struct {
	fstest.MapFS
	name string
}

func (r refusing) Open(name string) (fs.File, error) {
	if name == r.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return r.MapFS.Open(name)
}

func (r refusing) ReadFile(name string) ([]byte, error) {
	if name == r.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return r.MapFS.ReadFile(name)
}
