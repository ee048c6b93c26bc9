package source

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"wangjian/tools/corpus"
)

// comparePlain compares the two readers of YAML on a text, where both read it:
// what they find, and where. It reports whether the plain one did.
func comparePlain(t *testing.T, name string, text []byte) (plain bool) {
	t.Helper()
	got := plainYAML(text, 1, new([]yaml.Node))
	if got == nil {
		return false
	}
	var doc yaml.Node
	decoder := yaml.NewDecoder(strings.NewReader(string(text)))
	if err := decoder.Decode(&doc); err != nil || len(doc.Content) != 1 {
		t.Errorf("%s: yaml.v3 refuses it: %v\n%s", name, err, text)
		return true
	}
	if decoder.Decode(new(yaml.Node)) == nil {
		t.Errorf("%s: yaml.v3 finds a second document\n%s", name, text)
	}
	sameNodes(t, name, got, doc.Content[0])
	return true
}

func sameNodes(t *testing.T, name string, got, want *yaml.Node) {
	t.Helper()
	if got.Kind != want.Kind || got.Tag != want.Tag || got.Style != want.Style || got.Value != want.Value || got.Line != want.Line || got.Column != want.Column || len(got.Content) != len(want.Content) {
		t.Errorf("%s:%d:%d: %d %s %d %q at %d:%d with %d, want %d %s %d %q with %d", name, want.Line, want.Column,
			got.Kind, got.Tag, got.Style, got.Value, got.Line, got.Column, len(got.Content), want.Kind, want.Tag, want.Style, want.Value, len(want.Content))
		return
	}
	for n := range got.Content {
		sameNodes(t, name, got.Content[n], want.Content[n])
	}
}

// yamlIn returns the YAML of a file; nil where there is none.
func yamlIn(name string, raw []byte) []byte {
	text, err := Decode(raw)
	if err != nil {
		return nil
	}
	switch path.Ext(name) {
	case ".yaml", ".yml":
		return text
	case ".md":
		front, _, _, _ := splitFront(text)
		return front
	}
	return nil
}

// TestPlainYAML reads every file of YAML of the repository with both readers, good
// and broken ones, and those of the made-up campaign: the plain one must read
// nearly all of those that campaigns are made of.
func TestPlainYAML(t *testing.T) {
	all, plain := 0, 0
	err := fs.WalkDir(os.DirFS("../.."), ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && name != "." && strings.HasPrefix(e.Name(), "."), e.Name() == "node_modules":
			return fs.SkipDir
		case e.IsDir() || path.Ext(name) != ".yaml" && path.Ext(name) != ".yml" && path.Ext(name) != ".md":
			return nil
		}
		raw, err := os.ReadFile("../../" + name)
		if text := yamlIn(name, raw); text != nil {
			read := comparePlain(t, name, text)
			if strings.HasPrefix(name, "data/") || strings.HasPrefix(name, "content/") {
				all++
				if read {
					plain++
				} else {
					t.Log(name)
				}
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if all < 60 || plain*10 < all*9 {
		t.Errorf("of the %d files of the sample %d are read as plain", all, plain)
	}
	err = corpus.Make(corpus.Sizes[0]).WriteCampaign(func(name, text string) error {
		// The settings are one file, with brackets within one another.
		if front := yamlIn(name, []byte(text)); front != nil && !comparePlain(t, name, front) && name != settingsFile {
			t.Errorf("%s is not read as plain", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func FuzzPlainYAML(f *testing.F) {
	for _, text := range []string{
		"标题: 甲\n审核:\n  初审: {人: 张某, 日期: 2022-11-07}\n", "a: [1, 0x1F, 1e3, '甲', \"b\"]\nc: 2022-1-2 10:30\n", "- a: 1\n  b:\n    - x\n    - {y: [z]}\n",
		"a: ~\nb: null\nc: 'it''s'\nd: \"\\u4e00\"\n", "a: b # c\n# d\n\n  e: f\n", "a: b\n  c\n", "a:\n- b\n", "a: |\n  b\n", "a: {b: c}: d\n", "? a\n: b\n", "---\na: b\n...\n", "a: &x b\nc: *x\n", "a: b: c\n", "<<: {a: b}\n", "a: [b, ]\n", "a: {b}\n", "a: - b\n", "a: 2022-02-28\nb: 0000-01-01\nc: 2022-13-01\nd: 2022-02-29\ne: 2022-00-10\n", "a :b\n", "a:  b \n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) { comparePlain(t, "fuzz", text) })
}
