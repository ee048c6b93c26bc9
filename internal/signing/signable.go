package signing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf"
	"wangjian/internal/project"
	"wangjian/internal/stats"
)

// Signable is a file that can be signed: an item, or a round's release.yaml.
type Signable struct {
	File  string
	Item  *campaign.Item
	Round *campaign.Round
}

// Record is what is signed of it.
func (s Signable) Record() *campaign.Release {
	if s.Item != nil {
		return &s.Item.Release
	}
	return s.Round.Release
}

// Title names it as a person would.
func (s Signable) Title() string {
	switch {
	case s.Round != nil:
		return s.Round.Name + "统计数据"
	case s.Item.Title != "":
		return s.Item.Title
	}
	return s.File
}

// Kind is what it is, in Chinese.
func (s Signable) Kind() string {
	if s.Round != nil {
		return "统计数据"
	}
	return s.Item.Kind.Chinese()
}

// Faults: a file that is not in order cannot be signed.
type Faults struct {
	File string
	List []campaign.Finding // errors
}

// Findings returns them.
func (f *Faults) Findings() []campaign.Finding { return f.List }

func (f *Faults) Error() string {
	return fmt.Sprintf("%s 有 %d 处错误，改好再签", f.File, len(f.List))
}

// Find finds what the name of a file below the campaign's folder means. Its error
// is a *[Faults] where the file is not in order.
func Find(l *project.Loaded, file string) (Signable, error) {
	var wrong []campaign.Finding
	for _, f := range l.Findings {
		if f.At.File == file && f.Level == campaign.Error && !mendedBySigning(f.Rule) {
			wrong = append(wrong, f)
		}
	}
	if len(wrong) > 0 {
		return Signable{}, &Faults{file, wrong}
	}
	found := Signable{File: file, Item: l.Campaign.ItemAt(file)}
	if round := roundOf(l.Campaign, file); round != nil && round.Release != nil {
		found.Round = round
	}
	switch {
	case found.Item == nil && found.Round == nil:
		return Signable{}, notSignable(file)
	case found.Record().Digest == "":
		return Signable{}, fmt.Errorf("%s 的附件读不出来，不能签", file)
	}
	return found, nil
}

// mendedBySigning reports whether a rule is on what a signature writes.
func mendedBySigning(rule string) bool {
	return strings.HasPrefix(rule, "signoff-") || strings.HasPrefix(rule, "published-") || rule == "update-date"
}

func notSignable(file string) error {
	return fmt.Errorf("%s 不是可以签的文件：写 content/ 里的 .md 文件，或 data/期次/release.yaml", file)
}

// roundOf returns the round whose figures a file releases; nil for any other file.
func roundOf(c *campaign.Campaign, file string) *campaign.Round {
	n := slices.IndexFunc(c.Rounds, func(r *campaign.Round) bool { return file == campaign.ReleaseFile(r) })
	if n < 0 {
		return nil
	}
	return c.Rounds[n]
}

// Approvals are what the 发布审批表 says of some files; figures adds those of a round,
// which can take pages.
func Approvals(l *project.Loaded, files []string, figures bool) (list []pdf.Approval, err error) {
	for _, file := range files {
		what, err := Find(l, file)
		if err != nil {
			return nil, err
		}
		list = append(list, what.approval(l, figures))
	}
	return list, nil
}

// Figures lists the figures of a round that those who sign look at: the departments'.
func Figures(l *project.Loaded, round *campaign.Round) (list []*stats.Figure) {
	for _, f := range l.Book.Figures() {
		if f.Round == round && f.Region == nil && !f.Own {
			list = append(list, f)
		}
	}
	return list
}

func (s Signable) approval(l *project.Loaded, figures bool) pdf.Approval {
	c, r := l.Campaign, s.Record()
	a := pdf.Approval{File: s.File, Kind: c.Tier.Say(s.Kind()), Disclosure: r.Disclosure, Published: r.PublishedAt.String(), Digest: r.Digest}
	if s.Round != nil {
		a.Title = s.Title()
		a.Covers = fmt.Sprintf("release.yaml、统计表的 %d 个项目及其单位、口径、%d 份报表、%d 条更正、单位名称", len(c.Form.Rows), len(c.ReportsOf(s.Round)), len(c.CorrectionsIn(s.Round)))
		if !figures {
			return a
		}
		for _, f := range Figures(l, s.Round) {
			a.Figures = append(a.Figures, []string{f.Department.Short, f.Row.Name, cmp.Or(f.Quantity.String(), string(stats.NotFiled)), f.Row.Unit})
		}
		return a
	}
	a.Title, a.Summary = s.Item.Title, s.Item.Summary
	a.Covers = "文件的位置、开头的信息（审核、停止公示、更新日期以外）、正文、单位名称"
	if files := s.Item.Files(); len(files) > 0 {
		a.Covers += fmt.Sprintf("，和 %d 个文件：%s", len(files), strings.Join(files, "、"))
	}
	switch {
	case s.Item.Document != nil:
		a.Number = strings.TrimSpace(s.Item.Document.IndexNumber + "\n" + s.Item.Document.Number)
	case s.Item.Case != nil:
		a.Number = s.Item.Case.DecisionNumber
	case s.Item.Warning != nil:
		a.Number = s.Item.Warning.Number
	}
	return a
}
