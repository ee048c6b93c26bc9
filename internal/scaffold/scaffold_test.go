package scaffold

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
)

// tree is a campaign's files as a file system.
func tree(f Files) fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range f {
		if !strings.HasSuffix(name, "/") {
			files[name] = &fstest.MapFile{Data: text}
		}
	}
	return files
}

// values lists the scalars of a YAML file, but the version's.
func values(n *yaml.Node) (list []string) {
	switch n.Kind {
	case yaml.MappingNode:
		for at := 0; at+1 < len(n.Content); at += 2 {
			if n.Content[at].Value != "版本" {
				list = append(list, values(n.Content[at+1])...)
			}
		}
	case yaml.ScalarNode:
		if n.Value != "" {
			list = append(list, n.Value)
		}
	default:
		for _, c := range n.Content {
			list = append(list, values(c)...)
		}
	}
	return list
}

// TestEmptyHasNoValues: nothing in an empty campaign can be taken for a value,
// and every key that must be there is.
func TestEmptyHasNoValues(t *testing.T) {
	f, err := Empty()
	if err != nil {
		t.Fatal(err)
	}
	for name, table := range map[string]*format.Table{"data/campaign.yaml": format.Campaign, "data/form.yaml": format.Form} {
		var doc yaml.Node
		if err := yaml.Unmarshal(f[name], &doc); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, f[name])
		}
		if got := values(&doc); len(got) > 0 {
			t.Errorf("%s has values %q", name, got)
		}
		for _, key := range table.Names(func(k format.Key) bool { return k.Required }) {
			if !slices.ContainsFunc(doc.Content[0].Content, func(n *yaml.Node) bool { return n.Value == key }) {
				t.Errorf("%s lacks %s", name, key)
			}
		}
		// With the marks of comment taken off, it is still such a file.
		open := strings.ReplaceAll("\n"+string(f[name]), "\n# ", "\n")
		for _, key := range table.Names(func(format.Key) bool { return true }) {
			if !strings.Contains(open, "\n"+key+":") {
				t.Errorf("%s does not name %s", name, key)
			}
		}
	}
	for name := range f {
		if top, _, _ := strings.Cut(name, "/"); top != "data" && top != "content" && top != Examples {
			t.Errorf("%s is out of place", name)
		}
	}
}

// TestTextNamesEveryKey: a new text of each kind is front matter with all keys,
// none of which has a value, but for what only the program writes.
func TestTextNamesEveryKey(t *testing.T) {
	for _, kind := range campaign.Kinds {
		parts := strings.SplitN(string(Text(kind, "")), "---\n", 3)
		if len(parts) != 3 || parts[0] != "" {
			t.Fatalf("%s: %s", kind, Text(kind, ""))
		}
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(parts[1]), &doc); err != nil {
			t.Fatalf("%s: %v\n%s", kind, err, parts[1])
		}
		if got := values(&doc); len(got) > 0 {
			t.Errorf("%s has values %q", kind, got)
		}
		for _, key := range format.Front(kind).Names(func(k format.Key) bool { return !k.ByProgram }) {
			if !strings.Contains(parts[1], "\n"+key+":") && !strings.Contains(parts[1], "\n# "+key+":") {
				t.Errorf("%s does not name %s", kind, key)
			}
		}
	}
}

// TestFrom: next year's campaign has the structure of the sample, and nothing
// that was said or counted this year.
func TestFrom(t *testing.T) {
	old, err := Sample()
	if err != nil {
		t.Fatal(err)
	}
	old["layouts/words.yaml"] = []byte("主要成效: 工作成效\n")
	old["data/发布记录/0001-2022-11-30.yaml"] = []byte("x")
	old["data/corrections.yaml"] = []byte("x")
	old["收件/a.xlsx"] = []byte("x")
	f, err := From(tree(old))
	if err != nil {
		t.Fatal(err)
	}
	for name := range f {
		top := strings.SplitN(name, "/", 2)[0]
		if top != Examples && !strings.HasSuffix(name, "/") && !slices.Contains([]string{"data/campaign.yaml", "data/form.yaml", "layouts/words.yaml"}, name) {
			t.Errorf("%s came along", name)
		}
	}
	settings := string(f["data/campaign.yaml"])
	for _, want := range []string{"代号: gongan", "代号: \"360702\"", "责任单位:", "牵头部门: shijian", "口径: 累计", "# 顺序与通知的版头一致"} {
		if !strings.Contains(settings, want) {
			t.Errorf("campaign.yaml lost %s\n%s", want, settings)
		}
	}
	for _, gone := range []string{"2022-", "〔2022〕", "示例:", "基准日"} {
		for _, line := range strings.Split(settings, "\n") {
			if strings.Contains(strings.SplitN(line, "#", 2)[0], gone) {
				t.Errorf("campaign.yaml still has %s: %s", gone, line)
			}
		}
	}
	if form := string(f["data/form.yaml"]); !strings.HasPrefix(form[strings.Index(form, "名称:"):], "名称:\n") || strings.Count(form, "\n") != strings.Count(string(old["data/form.yaml"]), "\n") {
		t.Errorf("form.yaml: %s", form)
	}
}

// TestSampleIsKnown: every text, picture and form of the sample is known for one,
// and none that differs in a byte.
func TestSampleIsKnown(t *testing.T) {
	for folder, files := range sample {
		f, err := Sample()
		if err != nil {
			t.Fatal(err)
		}
		for name := range f {
			below, ok := strings.CutPrefix(name, folder+"/")
			if !ok || path.Dir(below) == "." {
				continue
			}
			raw, err := fs.ReadFile(files, below)
			if err != nil {
				t.Fatal(err)
			}
			known := func(b []byte) bool {
				return SampleFile(int64(len(b)), func() ([]byte, error) { return b, nil })
			}
			if !known(raw) {
				t.Errorf("%s is not known", name)
			}
			other := slices.Clone(raw)
			other[len(other)/2] ^= 1
			if known(other) {
				t.Errorf("%s is known when it is another", name)
			}
			if _, body, is := strings.Cut(string(raw), "\n---\n"); is && path.Ext(name) == ".md" && strings.TrimSpace(body) != "" {
				if !SampleBody([]byte("\n" + body + "\n")) {
					t.Errorf("the body of %s is not known", name)
				}
			}
		}
	}
	if SampleBody(nil) || SampleBody([]byte("自己写的正文")) {
		t.Error("a body of one's own is the sample's")
	}
}
