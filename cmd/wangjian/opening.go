package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/disk"
	"wangjian/internal/forms"
)

// openOn reads --on, which only the first sign-off may have.
func (a *app) openOn(names []string, stage campaign.Stage, on string) error {
	at, err := campaign.ParseMoment(on)
	switch {
	case err != nil:
		return fmt.Errorf("--on %w，写成 2022-12-01 或 \"2022-12-01 09:30\"", err)
	case stage != campaign.FirstReview:
		return errors.New("--on 只和 --as 初审 一起用：发布日期变了，前面签的就不算了")
	}
	return a.open(names, at)
}

// open writes 公开方式 and 发布日期 into files that are to be signed for their
// first publication. The release.yaml of a round that is not there is made.
func (a *app) open(names []string, on campaign.Moment) error {
	if _, err := a.folder(); err != nil {
		return err
	}
	unlock, err := disk.Lock(a.dir)
	if err != nil {
		return failure{err}
	}
	defer unlock()
	result, err := a.read()
	if err != nil {
		return err
	}
	day := strings.TrimSuffix(on.String(), " 00:00")
	a.commit()
	for _, name := range names {
		file := a.signableName(name)
		if campaign.ItemFile(file) != file && !isReleaseOf(result.Campaign, file) {
			return failf("%s 不是可以签的文件：写 content/ 里的 .md 文件，或 data/期次/release.yaml", name)
		}
		if first, ok := result.Campaign.FirstPublished(file); ok {
			return failf("%s 在 %s 已经公布，发布日期不再改：不写 --on，直接签", file, first)
		}
		old, err := fs.ReadFile(result.Files, file)
		isNew := errors.Is(err, fs.ErrNotExist) && isReleaseOf(result.Campaign, file)
		if err != nil && !isNew {
			return failf("读 %s：%s", file, reason(err))
		}
		text, err := forms.Open(old, strings.HasSuffix(file, ".md"), day)
		switch {
		case err != nil:
			return failf("%s：%w", file, err)
		case isNew:
			err = a.writeIn("", file, text)
		default:
			err = disk.ReplaceFile(a.under(file), old, text)
		}
		if err != nil {
			return failure{err}
		}
		fmt.Fprintf(a.Stdout, "已写 %s：公开方式 %s，发布日期 %s\n", file, campaign.Proactive, day)
	}
	return nil
}

// isReleaseOf reports whether a file releases a round's figures.
func isReleaseOf(c *campaign.Campaign, file string) bool {
	for _, r := range c.Rounds {
		if file == "data/"+r.Code+"/release.yaml" {
			return true
		}
	}
	return false
}

// restore takes 停止公示 out of items. What was not changed since needs no new
// signature.
func (a *app) restore(names []string) error {
	if _, err := a.folder(); err != nil {
		return err
	}
	unlock, err := disk.Lock(a.dir)
	if err != nil {
		return failure{err}
	}
	defer unlock()
	result, err := a.read()
	if err != nil {
		return err
	}
	for _, name := range names {
		file := a.signableName(name)
		if i := result.Campaign.ItemAt(file); i == nil || i.Stopped == nil {
			return failf("%s 没有停止公示，不用恢复（在 data/corrections.yaml 里撤下的，改好以后重新签）", file)
		}
		old, err := fs.ReadFile(result.Files, file)
		if err != nil {
			return failf("读 %s：%s", file, reason(err))
		}
		text, err := forms.Restore(old)
		if err != nil {
			return failf("%s：%w", file, err)
		}
		a.commit()
		if err := disk.ReplaceFile(a.under(file), old, text); err != nil {
			return failure{err}
		}
		fmt.Fprintf(a.Stdout, "已恢复公示：%s。停止以后没有改过的不用重签；接下来用 wangjian publish 发布\n", file)
	}
	return nil
}

// expand lists the files that wildcards stand for: cmd.exe expands none.
func (a *app) expand(names []string) (list []string) {
	for _, name := range names {
		matches, _ := filepath.Glob(a.under(name)) // a wrong pattern matches nothing
		if !strings.ContainsAny(name, "*?[") || len(matches) == 0 {
			list = append(list, name)
			continue
		}
		for _, match := range matches {
			below, err := filepath.Rel(a.dir, match)
			if filepath.IsAbs(name) || err != nil {
				below = match
			}
			list = append(list, below)
		}
	}
	return list
}
