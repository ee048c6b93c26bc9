package project

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/scaffold"
	"wangjian/internal/source"
)

// NewText adds a text of a kind with nothing filled in. Its name is what it is called
// below its kind's folder; that of a summary is its round's, for which it is drafted of
// what the departments have written.
func NewText(files fs.FS, kind campaign.Kind, name string) (set *change.Set, file string, err error) {
	if !slices.Contains(campaign.Kinds, kind) {
		return nil, "", fmt.Errorf("没有“%s”这一种内容", kind)
	}
	name = strings.TrimSuffix(name, ".md")
	file, text := kind.Folder()+"/"+name+".md", scaffold.Text(kind, "")
	switch {
	case kind == campaign.Summaries:
		c, _ := source.Load(files)
		round := c.FindRound(name)
		if round == nil {
			return nil, "", fmt.Errorf("没有“%s”这一期，期次在 data/campaign.yaml 里", name)
		}
		file = campaign.SummaryFile(round)
		if text, err = scaffold.Summary(c, round, source.Contents(files).Body); err != nil {
			return nil, "", fmt.Errorf("写 %s：%w", file, err)
		}
	case kind == campaign.Narratives:
		text = scaffold.Text(kind, "## "+strings.Join(campaign.NarrativeSections, "\n\n\n## ")+"\n\n")
	case !campaign.IsSlug(name):
		return nil, "", fmt.Errorf("文件名“%s”不能用作网址：用字母、数字和短横，如 zhibo-xujia；不能叫 index 或 page-…", name)
	}
	if _, err := fs.Lstat(files, file); !errors.Is(err, fs.ErrNotExist) {
		return nil, "", fmt.Errorf("%s 已经有了，没有动它", file)
	}
	set = change.Of(files)
	return set, file, set.Replace(file, nil, text)
}
