package source

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
)

// withLink is the small campaign with a line in the body of the warning.
func withLink(t *testing.T, line string) fstest.MapFS {
	t.Helper()
	files := folder(t)
	const item = "content/warnings/xiaolingshi.md"
	files[item].Data = append(files[item].Data, "\n"+line+"\n"...)
	files["content/warnings/fujian.csv"] = &fstest.MapFile{Data: []byte("单位,数量\n某店,1\n")}
	files["content/warnings/Tu 1.png"] = &fstest.MapFile{Data: []byte("\x89PNG\r\n\x1a\n")}
	files["content/warnings/100%#1.txt"] = &fstest.MapFile{Data: []byte("甲\n")}
	files["content/liuyan.md"] = &fstest.MapFile{Data: files["content/open/buyu.md"].Data}
	files["content/warnings/ziliao/biao.txt"] = &fstest.MapFile{Data: []byte("乙\n")}
	return files
}

func rulesAt(findings []campaign.Finding, file string) (rules []string) {
	for _, f := range findings {
		if f.At.File == file && f.Level == campaign.Error {
			rules = append(rules, f.Rule)
		}
	}
	return rules
}

// TestResolve: however a link is written, it means one file, by the name on the
// disk; what is no file to be published is an error at the link.
func TestResolve(t *testing.T) {
	const item = "content/warnings/xiaolingshi.md"
	for link, want := range map[string]string{
		"[a](fujian.csv)":                             "content/warnings/fujian.csv",
		"[a](./fujian.csv?v:1)":                       "content/warnings/fujian.csv",
		"[a](fujian.csv?v:1)":                         "content/warnings/fujian.csv",
		"[a](FUJIAN.csv)":                             "content/warnings/fujian.csv",
		"[a](../Warnings/%66ujian.CSV#x?y)":           "content/warnings/fujian.csv",
		"[a](../../content/warnings/x/../fujian.csv)": "content/warnings/fujian.csv",
		"[a](<tu 1.png>)":                             "content/warnings/Tu 1.png",
		"![a](tu%201.PNG?v)":                          "content/warnings/Tu 1.png",
		"[a](100%25%231.txt)":                         "content/warnings/100%#1.txt",
		"[a](ziliao/biao.txt)":                        "content/warnings/ziliao/biao.txt",
		"[a](xiaolingshi.md)":                         item,
		"[a](#怎么买)":                                   item,
		"[a](?x)":                                     item,
		"[a](WEILAI.md#甲)":                            "content/warnings/weilai.md",
		"[a](../pages/about.md)":                      "content/pages/about.md",
		"[a](https://www.gov.cn/x)":                   "",
		"[a](meiyou.csv)":                             "link-target",
		"[a](ziliao)":                                 "link-target",
		"[a](../liuyan.md)":                           "link-target", // read by nobody
		"[a](.)":                                      "link-target",
		"[a](../..)":                                  "link-target",
		"[a](../../data/q3/jiaoyu.yaml)":              "link-target",
		"[a](../../layouts/x.css)":                    "link-target",
		"[a](../../.wangjian/x)":                      "link-target",
		"[a](../../../x)":                             "link-target",
		"[a](%2e%2e/%2e%2e/data/form.yaml)":           "link-target",
		"[a](%252e%252e/open/buyu.md)":                "link-target",
		"[a](fujian.csv%3Fv)":                         "link-target", // an encoded ? is part of the name
		"[a](fujian.csv.)":                            "link-target", // Windows cuts the dot off
		"[a](<fujian.csv >)":                          "link-target",
		"[a](fujian.csv%00.png)":                      "link-target",
		"![a](../open/buyu.md)":                       "attachment-source",
		"![a](../open/BUYU.md?v)":                     "attachment-source",
	} {
		t.Run(link, func(t *testing.T) {
			c, findings := Load(withLink(t, link))
			links := c.ItemAt(item).Body.Links
			rules := slices.DeleteFunc(rulesAt(findings, item), func(rule string) bool { return rule == "picture-unchecked" })
			switch got := links[len(links)-1].Address; {
			case !strings.Contains(want, "/") && want != "":
				if got.File != "" || !slices.Equal(rules, []string{want}) {
					t.Errorf("it is %+v, found %v", got, rules)
				}
			case got.File != want || len(rules) > 0:
				t.Errorf("it is %+v, found %v", got, findings)
			}
		})
	}
}

// TestQueryHidesNothing: the digest covers a file, and a picture has to be looked
// at, however the link to it is written.
func TestQueryHidesNothing(t *testing.T) {
	const item, file = "content/warnings/xiaolingshi.md", "content/warnings/fujian.csv"
	for _, link := range []string{"fujian.csv", "./fujian.csv?v:1", "fujian.csv?v:1", "fujian.csv?", "fujian.csv#a:b", "%66ujian.csv?v", "FUJIAN.CSV", "../warnings/fujian.csv?v#x"} {
		t.Run(link, func(t *testing.T) {
			var digests []string
			for _, text := range []string{"甲,1\n", "乙,2\n"} {
				files := withLink(t, "[表]("+link+")")
				files[file].Data = []byte(text)
				c, _ := Load(files)
				digests = append(digests, c.ItemAt(item).Digest)
			}
			if digests[0] == digests[1] {
				t.Error("the digest does not cover the file")
			}
			files := withLink(t, "![现场]("+link+")")
			files[file].Data = []byte("\x89PNG\r\n\x1a\n")
			_, findings := Load(files)
			if got := rulesAt(findings, item); !slices.Equal(got, []string{"picture-unchecked"}) {
				t.Errorf("the picture: %v", findings)
			}
		})
	}
}

// TestNamesInFrontMatter go by the same resolver, with a file's own name first.
func TestNamesInFrontMatter(t *testing.T) {
	const item = "content/open/fangan.md"
	for name, want := range map[string]string{
		"qingdan.csv": "content/open/qingdan.csv", "./Qingdan.CSV": "content/open/qingdan.csv", "qingdan.csv?v:1": "content/open/qingdan.csv",
		"表#1（50%）.csv": "content/open/表#1（50%）.csv", "表%231（50%25）.csv": "content/open/表#1（50%）.csv",
		"buyu.md": "attachment-source", "BUYU.md": "attachment-source", "./x/../buyu.md?v": "attachment-source", "%62uyu.md": "attachment-source",
		"../open/Fangan.md": "attachment-source", "beifen.MD": "attachment-source", "lingcun.txt": "attachment-source",
		"../../data/q3/jiaoyu.yaml": "missing-file", "../../DATA/form.yaml": "missing-file", "../../layouts/a.css": "missing-file", "..": "missing-file",
		"?v": "attachment-source", "#a": "attachment-source", "https://x.gov.cn/a.csv": "missing-file", "/etc/passwd": "missing-file", `..\open\qingdan.csv`: "missing-file", "meiyou.csv": "missing-file",
		".yincang/a.csv": "missing-file", "a.csv.bak": "missing-file", "~$qingdan.csv": "missing-file",
	} {
		t.Run(name, func(t *testing.T) {
			files := folder(t)
			files[item].Data = []byte(replaceOnce(t, string(files[item].Data), "附件: [qingdan.csv]", "附件: ['"+name+"']"))
			for _, f := range []string{"表#1（50%）.csv", ".yincang/a.csv", "a.csv.bak", "~$qingdan.csv"} {
				files["content/open/"+f] = &fstest.MapFile{Data: []byte("甲,1\n")}
			}
			for _, f := range []string{"beifen.MD", "lingcun.txt"} {
				files["content/open/"+f] = &fstest.MapFile{Data: files["content/open/buyu.md"].Data}
			}
			c, findings := Load(files)
			attached := c.ItemAt(item).Document.Attachments
			if strings.Contains(want, "/") {
				if !slices.Equal(attached, []campaign.Attachment{{File: want}}) || len(rulesAt(findings, item)) > 0 {
					t.Errorf("attached %v, found %v", attached, findings)
				}
				return
			}
			if len(attached) > 0 || !slices.Equal(rulesAt(findings, item), []string{want}) {
				t.Errorf("attached %v, found %v", attached, findings)
			}
			for _, f := range findings {
				if f.At.File == item && (f.At.Line != 9 || f.At.Column != 6 || f.Hint == "") {
					t.Errorf("%s %s（%s）", f.At, f.Message, f.Hint)
				}
			}
		})
	}
}

// TestSymbolicLinks: what counts is where a chain of links ends.
func TestSymbolicLinks(t *testing.T) {
	const item = "content/open/fangan.md"
	for name, c := range map[string]struct {
		links map[string]string // a link and where it leads
		named string
		want  string // the file, or the rule broken
	}{
		"to a file":               {map[string]string{"content/open/a.csv": "qingdan.csv"}, "a.csv", "content/open/qingdan.csv"},
		"to a file elsewhere":     {map[string]string{"content/open/a.txt": "../cases/guoqi-mianbao.txt"}, "a.txt", "content/cases/guoqi-mianbao.txt"},
		"to an item":              {map[string]string{"content/open/a.csv": "buyu.md"}, "a.csv", "attachment-source"},
		"a chain to an item":      {map[string]string{"content/open/a.csv": "../pages/b.csv", "content/pages/b.csv": "../cases/./c", "content/cases/c": "../open/buyu.md"}, "a.csv", "attachment-source"},
		"to a round's report":     {map[string]string{"content/open/a.csv": "../../data/q3/jiaoyu.yaml"}, "a.csv", "missing-file"},
		"a chain to a report":     {map[string]string{"content/open/a.csv": "b.csv", "content/open/b.csv": "../../data/q3/jiaoyu.yaml"}, "a.csv", "missing-file"},
		"to a folder of reports":  {map[string]string{"content/open/ziliao": "../../data/q3"}, "ziliao/jiaoyu.yaml", "missing-file"},
		"to a folder of items":    {map[string]string{"content/open/ziliao": "../open"}, "ziliao/buyu.md", "missing-file"},
		"to a hidden folder":      {map[string]string{"content/open/a.csv": "../../.wangjian/a.csv"}, "a.csv", "missing-file"},
		"to the layouts":          {map[string]string{"content/open/a.csv": "../../layouts/a.csv"}, "a.csv", "missing-file"},
		"through a hidden folder": {map[string]string{"content/open/a.csv": ".x/b.csv", "content/open/.x": "../../data/q3"}, "a.csv", "missing-file"},
		"out and back":            {map[string]string{"content/open/a.csv": "../../content/open/qingdan.csv"}, "a.csv", "content/open/qingdan.csv"},
		"out of the folder":       {map[string]string{"content/open/a.csv": "../../../a.csv"}, "a.csv", "missing-file"},
		"in a circle":             {map[string]string{"content/open/a.csv": "b.csv", "content/open/b.csv": "a.csv"}, "a.csv", "missing-file"},
		"up from a linked folder": {map[string]string{"content/open/a.csv": "../../y/../q3/jiaoyu.yaml", "y": "data/q1"}, "a.csv", "missing-file"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			files := folder(t)
			files[item].Data = []byte(replaceOnce(t, string(files[item].Data), "附件: [qingdan.csv]", "附件: ["+c.named+"]"))
			for _, f := range []string{".wangjian/a.csv", "layouts/a.csv"} {
				files[f] = &fstest.MapFile{Data: []byte("甲,1\n")}
			}
			if err := os.CopyFS(dir, files); err != nil {
				t.Fatal(err)
			}
			for link, to := range c.links {
				if err := os.Symlink(filepath.FromSlash(to), filepath.Join(dir, filepath.FromSlash(link))); err != nil {
					t.Fatal(err)
				}
			}
			root, err := os.OpenRoot(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer root.Close()
			for of, fsys := range map[string]fs.FS{"a root": InRoot(root), "a folder": os.DirFS(dir)} {
				read, findings := Load(fsys)
				attached, rules := read.ItemAt(item).Document.Attachments, rulesAt(findings, item)
				if strings.Contains(c.want, "/") && !slices.Equal(attached, []campaign.Attachment{{File: c.want}}) || !strings.Contains(c.want, "/") && (len(attached) > 0 || !slices.Equal(rules, []string{c.want})) {
					t.Errorf("%s: attached %v, found %v", of, attached, findings)
				}
			}
		})
	}
}

// TestContentsOpenOnlyWhatMayGoOut: even when asked for by name, the second pass
// opens no item, nothing outside content/ and no source, in whatever spelling.
func TestContentsOpenOnlyWhatMayGoOut(t *testing.T) {
	files := folder(t)
	files["content/open/lingcun.txt"] = &fstest.MapFile{Data: files["content/open/buyu.md"].Data}
	files["content/open/.x/a.csv"] = &fstest.MapFile{Data: []byte("甲\n")}
	files["layouts/assets/a.txt"] = &fstest.MapFile{Data: files["content/open/buyu.md"].Data}
	files["layouts/assets/b.txt"] = &fstest.MapFile{Data: []byte("说明\n")}
	files["layouts/assets/.c.txt"] = &fstest.MapFile{Data: []byte("说明\n")}
	files["content/open/qingdan2.csv"] = &fstest.MapFile{Data: []byte("qingdan.csv"), Mode: fs.ModeSymlink}
	files["layouts/assets/d.txt"] = &fstest.MapFile{Data: []byte("../../data/q3/jiaoyu.yaml"), Mode: fs.ModeSymlink}
	for name, opens := range map[string]bool{
		"content/open/qingdan.csv": true, "content/cases/guoqi-mianbao.txt": true,
		"content/open/buyu.md": false, "content/open/fangan.md": false, "content/open/lingcun.txt": false, "content/open/.x/a.csv": false,
		"content/open/qingdan2.csv": false, // read by its own name, or not at all
		"data/q3/jiaoyu.yaml":       false, "content/open/../../data/form.yaml": false, "layouts/assets/b.txt": false, "data/campaign.yaml": false,
	} {
		f, err := Contents(files).Open(name)
		if (err == nil) != opens {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			f.Close()
		}
	}
	own := Layouts(files)
	for name, opens := range map[string]bool{"assets/a.txt": false, "assets/b.txt": true, "assets/.c.txt": false, "assets/d.txt": false} {
		if _, err := fs.ReadFile(own, name); (err == nil) != opens {
			t.Errorf("layouts/%s: %v", name, err)
		}
	}
	if entries, err := fs.ReadDir(own, "assets"); err != nil || len(entries) != 3 {
		t.Errorf("%v, %v", entries, err) // without the hidden one
	}
}

// TestMemoryOfNames: what a name means depends on the other files, of which no
// mark tells: with a memory it is what it is without one.
func TestMemoryOfNames(t *testing.T) {
	dir := t.TempDir()
	files := withLink(t, "[a](../open/xin.csv)、[b](../open/Xin2.md)")
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	settle := func() *cache.Snapshot {
		for {
			now := cache.Look(dir)
			if _, sure := now.Mark("content/warnings/xiaolingshi.md"); sure {
				return now
			}
			time.Sleep(5 * time.Millisecond)
		}
	}
	m := new(Memory)
	for step, change := range []func() error{
		func() error { return nil },
		func() error {
			return os.WriteFile(filepath.Join(dir, "content/open/xin.csv"), []byte("甲,1\n"), 0o644)
		},
		func() error {
			return os.WriteFile(filepath.Join(dir, "content/open/xin2.md"), files["content/open/buyu.md"].Data, 0o644)
		},
		func() error { return os.Remove(filepath.Join(dir, "content/open/xin.csv")) },
		func() error {
			return os.WriteFile(filepath.Join(dir, "content/open/xin.csv"), files["content/open/buyu.md"].Data, 0o644)
		},
		func() error { return os.Remove(filepath.Join(dir, "content/open/xin2.md")) },
	} {
		if err := change(); err != nil {
			t.Fatal(err)
		}
		got, gotFindings := m.Load(os.DirFS(dir), settle())
		want, wantFindings := Load(os.DirFS(dir))
		const item = "content/warnings/xiaolingshi.md"
		if !slices.Equal(got.ItemAt(item).Body.Links, want.ItemAt(item).Body.Links) || !slices.Equal(rulesAt(gotFindings, item), rulesAt(wantFindings, item)) {
			t.Errorf("step %d: %v %v, want %v %v", step, got.ItemAt(item).Body.Links, gotFindings, want.ItemAt(item).Body.Links, wantFindings)
		}
	}
}

// FuzzResolve: no spelling makes a name mean anything but a file that may go out,
// or, in a link, an item's page.
func FuzzResolve(f *testing.F) {
	for _, name := range []string{"qingdan.csv", "BUYU.md?v#a", "../../data/q3/jiaoyu.yaml", "%2e%2e/%2e%2e/data/form.yaml", "lian.csv", "https://x", ".x/a.csv", "a/../buyu.md", "\\x", "", "%"} {
		f.Add(name)
	}
	files := folder(f)
	files["content/open/beifen.MD"] = &fstest.MapFile{Data: files["content/open/buyu.md"].Data}
	files["content/open/lian.csv"] = &fstest.MapFile{Data: []byte("buyu.md"), Mode: fs.ModeSymlink}
	files["content/open/.x/a.csv"] = &fstest.MapFile{}
	r := newReader(files, nil)
	for _, dir := range []string{"content", "content/open", "content/cases", "content/pages"} {
		r.entries(dir)
	}
	out := []string{"content/open/qingdan.csv", "content/cases/guoqi-mianbao.txt"}
	f.Fuzz(func(t *testing.T, name string) {
		for _, as := range []use{asFile, asLink, asPicture} {
			to, wrong := r.names.resolve("content/open/fangan.md", name, as)
			if wrong != nil && (to != campaign.Address{} || wrong.hint == "" || wrong.message == "") {
				t.Errorf("%q: %+v with %+v", name, to, wrong)
			}
			_, there := files[to.File]
			if to.File != "" && !slices.Contains(out, to.File) && (as != asLink || !there || !strings.HasSuffix(to.File, ".md")) {
				t.Errorf("%q means %s", name, to.File)
			}
		}
	})
}
