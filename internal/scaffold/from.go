package scaffold

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// kept are the files that next year's campaign has from this year's, as they are:
// the form and the words.
var kept = []string{"data/form.yaml", "data/wording.yaml", "data/synonyms.yaml"}

// ofTheYear are the keys of campaign.yaml whose values are this year's: they are
// emptied, in the file and in each of its lists.
var ofTheYear = []string{"名称", "简称", "文号", "印发日期", "归档日期"}

// ofTheTerm are the keys of 阶段 and 期次 that are emptied.
var ofTheTerm = []string{"起", "止", "截止"}

// titleOfTheYear is the form's title where it names a year.
var titleOfTheYear = regexp.MustCompile(`(?m)^名称:.*20\d\d.*$`)

// From returns next year's campaign: departments, counties, priorities, rounds,
// forms, words and layouts of this one, and none of its figures, texts,
// signatures and records.
func From(last fs.FS) (Files, error) {
	settings, err := fs.ReadFile(last, "data/campaign.yaml")
	if err != nil {
		return nil, fmt.Errorf("那里没有 data/campaign.yaml")
	}
	f := Files{}
	if f["data/campaign.yaml"], err = nextYear(settings); err != nil {
		return nil, err
	}
	for _, name := range kept {
		if text, err := fs.ReadFile(last, name); err == nil {
			f[name] = text
		}
	}
	f["data/form.yaml"] = titleOfTheYear.ReplaceAll(f["data/form.yaml"], []byte("名称:"))
	if err := f.addTree(last, "layouts"); err != nil {
		return nil, err
	}
	f.addFolders()
	return f, f.addExamples()
}

// addTree adds all files below a folder, where there is one.
func (f Files) addTree(files fs.FS, folder string) error {
	if _, err := fs.Stat(files, folder); err != nil {
		return nil
	}
	return fs.WalkDir(files, folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasPrefix(e.Name(), ".") || path.Ext(name) == ".go" {
			return err
		}
		f[name], err = fs.ReadFile(files, name)
		return err
	})
}

// nextYear empties in campaign.yaml what is this year's.
func nextYear(settings []byte) ([]byte, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(settings, &doc); err != nil || len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, fmt.Errorf("那里的 data/campaign.yaml 读不出来")
	}
	root := doc.Content[0]
	for n := 0; n+1 < len(root.Content); n += 2 {
		key, value := root.Content[n].Value, root.Content[n+1]
		switch {
		case slices.Contains(ofTheYear, key):
			empty(value)
		case key == "站点":
			emptyKeys(value, []string{"名称", "网址", "归档日期"})
		case key == "阶段" || key == "期次":
			for _, one := range value.Content {
				emptyKeys(one, ofTheTerm)
			}
		}
	}
	remove(root, "示例", "基准日", "发布预告")
	doc.HeadComment = "# 行动的基本情况，照上一次行动写成。冒号后面空着的要填，其余的核对"
	root.HeadComment = ""
	var b bytes.Buffer
	w := yaml.NewEncoder(&b)
	w.SetIndent(2)
	if err := w.Encode(&doc); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func empty(n *yaml.Node) {
	*n = yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", LineComment: n.LineComment, HeadComment: n.HeadComment, FootComment: n.FootComment}
}

func emptyKeys(n *yaml.Node, keys []string) {
	for at := 0; at+1 < len(n.Content); at += 2 {
		if slices.Contains(keys, n.Content[at].Value) {
			empty(n.Content[at+1])
		}
	}
}

// remove takes keys out of a mapping.
func remove(n *yaml.Node, keys ...string) {
	for at := 0; at+1 < len(n.Content); at += 2 {
		if slices.Contains(keys, n.Content[at].Value) {
			n.Content = slices.Delete(n.Content, at, at+2)
			at -= 2
		}
	}
}
