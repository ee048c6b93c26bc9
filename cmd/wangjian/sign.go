package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/disk"
	"wangjian/internal/forms"
	"wangjian/internal/pdf"
	"wangjian/internal/project"
	"wangjian/internal/publish"
	"wangjian/internal/review"
)

// flat: one flag after another, each with what it does not go with.
func (a *app) signCommand() *cobra.Command {
	var as, by, target, reason, on string
	var sheet, replace, restore bool
	cmd := &cobra.Command{
		Use:   "sign 文件… --as 终审 --by 姓名",
		Short: "签初审、复审、终审或保密审查，记下内容的指纹；--sheet 印发布审批表",
		Long:  "签初审、复审、终审或保密审查，记下内容的指纹。文件可以用通配符。\n初审时加 --on，先写好公开方式（主动公开）和发布日期再签，不用手工改；期次还没有 release.yaml 的，写 data/期次/release.yaml，程序新建。\n--as 停止公示 提前撤下，--restore 恢复；--sheet 印发布审批表。",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, names []string) error {
			names = a.expand(names)
			if sheet || restore {
				if as != "" || by != "" || on != "" || replace || sheet && restore {
					return errors.New("--sheet 只印发布审批表，--restore 只恢复公示，不和 --as、--by、--on、--replace 一起用")
				}
				if restore {
					return a.restore(names)
				}
				return a.approvalSheet(names, target)
			}
			stage := campaign.Stage(as)
			if by = strings.TrimSpace(by); as == takedown && by != "" {
				return a.takeDown(names, campaign.Stopped{By: by, Reason: reason})
			}
			if !slices.Contains(campaign.Stages, stage) {
				return fmt.Errorf("--as 只能写%s", campaign.JoinStages(append(campaign.Stages, takedown)))
			}
			if by == "" {
				return errors.New("要用 --by 写签字人的姓名")
			}
			if on != "" {
				if err := a.openOn(names, stage, on); err != nil {
					return err
				}
			}
			return a.sign(names, campaign.Signed{Stage: stage, Signoff: campaign.Signoff{By: by}}, replace)
		},
	}
	cmd.Flags().StringVar(&as, "as", "", "签哪一审："+campaign.JoinStages(campaign.Stages)+"；或签"+takedown)
	cmd.Flags().StringVar(&reason, "reason", "", "停止公示的原因，会公布")
	cmd.Flags().StringVar(&by, "by", "", "签字人的姓名，不会公布")
	cmd.Flags().StringVar(&on, "on", "", "初审时写上主动公开和这个发布日期，如 \"2022-11-30 09:00\"")
	cmd.Flags().BoolVar(&restore, "restore", false, "不签，删去停止公示，恢复公示")
	cmd.Flags().BoolVar(&replace, "replace", false, "这一审已经由别人签了，换成这个人")
	cmd.Flags().BoolVar(&sheet, "sheet", false, "不签，印发布审批表：内容的校验值和签字栏")
	cmd.Flags().StringVarP(&target, "output", "o", "发布审批表.pdf", "发布审批表放到哪个文件")
	return cmd
}

// takedown is what --as says for 停止公示.
const takedown = "停止公示"

// takeDown writes 停止公示 into items. They need not be in order: what has to go
// goes.
func (a *app) takeDown(names []string, by campaign.Stopped) error {
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
	old, text, lines := make([][]byte, len(names)), make([][]byte, len(names)), make([]string, len(names))
	for n, name := range names {
		file := a.signableName(name)
		stopped, err := review.Stop(result.Campaign, file, result.Date, by)
		if err != nil {
			return failure{err}
		}
		if old[n], err = fs.ReadFile(result.Files, file); err != nil {
			return failf("读 %s：%s", file, reason(err))
		}
		if text[n], err = forms.Stop(old[n], stopped); err != nil {
			return failf("%s：%w", file, err)
		}
		lines[n] = fmt.Sprintf("已签停止公示：%s（%s 起，原因：%s）\n", file, stopped.On, stopped.Reason)
	}
	a.commit()
	for n, name := range names {
		if err := disk.ReplaceFile(a.under(a.signableName(name)), old[n], text[n]); err != nil {
			return failure{err}
		}
		fmt.Fprint(a.Stdout, lines[n])
	}
	return nil
}

// signable is a file that can be signed: an item, or a round's release.yaml.
type signable struct {
	file  string
	item  *campaign.Item
	round *campaign.Round
}

func (s signable) record() *campaign.Release {
	if s.item != nil {
		return &s.item.Release
	}
	return s.round.Release
}

// signableName is the name of a file below the campaign's folder.
func (a *app) signableName(name string) string {
	if filepath.IsAbs(name) {
		if base, err := filepath.Abs(a.dir); err == nil {
			if below, err := filepath.Rel(base, name); err == nil {
				name = below
			}
		}
	}
	return filepath.ToSlash(filepath.Clean(name))
}

// signable finds what a file name means; a file that is not in order cannot be
// signed.
func (a *app) signable(result *project.Loaded, name string) (signable, error) {
	file := a.signableName(name)
	var wrong []campaign.Finding
	for _, f := range result.Findings {
		if f.At.File == file && f.Level == campaign.Error && !strings.HasPrefix(f.Rule, "signoff-") && !strings.HasPrefix(f.Rule, "published-") && f.Rule != "update-date" {
			wrong = append(wrong, f)
		}
	}
	if len(wrong) > 0 {
		printFindings(a.Stderr, result.Campaign, wrong)
		return signable{}, failf("%s 有 %s，改好再签", file, counts(wrong))
	}
	found := signable{file: file, item: result.Campaign.ItemAt(file)}
	for _, r := range result.Campaign.Rounds {
		if file == "data/"+r.Code+"/release.yaml" && r.Release != nil {
			found.round = r
		}
	}
	switch {
	case found.item == nil && found.round == nil:
		return signable{}, failf("%s 不是可以签的文件：写 content/ 里的 .md 文件，或 data/期次/release.yaml", name)
	case found.record().Digest == "":
		return signable{}, failf("%s 的附件读不出来，不能签", file)
	}
	return found, nil
}

// signing is a file that is about to be signed.
type signing struct {
	signable
	review.Signing
	old, text []byte
}

// sign checks all files before it writes the first. Nobody else signs or builds
// meanwhile, and what an editor saves meanwhile stays.
func (a *app) sign(names []string, as campaign.Signed, replace bool) error {
	if _, err := a.folder(); err != nil {
		return err
	}
	unlock, err := disk.Lock(a.dir)
	if err != nil {
		return failure{err}
	}
	defer unlock()
	result, list, err := a.signings(names, as, replace)
	if err != nil {
		return err
	}
	return a.writeSignatures(result, list)
}

// signings works out what is to be written.
func (a *app) signings(names []string, as campaign.Signed, replace bool) (*project.Loaded, []*signing, error) {
	files, err := a.folder()
	if err != nil {
		return nil, nil, err
	}
	before := map[string][]byte{} // as they are before anything is checked
	for _, name := range names {
		file := a.signableName(name)
		before[file], _ = fs.ReadFile(files, file) // signable says what is wrong
	}
	result, err := a.read()
	if err != nil {
		return nil, nil, err
	}
	as.On = result.Date
	var list []*signing
	refused := 0
	for _, name := range names {
		what, err := a.signable(result, name)
		if err != nil {
			return nil, nil, err
		}
		if slices.ContainsFunc(list, func(s *signing) bool { return s.file == what.file }) {
			continue
		}
		s := &signing{signable: what, Signing: review.Sign(result.Campaign, what.record(), as, replace), old: before[what.file]}
		list = append(list, s)
		for _, words := range s.Against {
			fmt.Fprintf(a.Stderr, "%s：%s\n", what.file, words)
		}
		if len(s.Against) > 0 {
			refused++
		} else if s.text, err = forms.Sign(s.old, what.item != nil, s.signature()); err != nil {
			return nil, nil, failf("%s：%w", what.file, err)
		}
	}
	if refused > 0 {
		return nil, nil, failf("有 %d 个文件不能签，一个也没有签", refused)
	}
	return result, list, nil
}

func (s *signing) signature() forms.Signature {
	return forms.Signature{
		Signed: s.Signed, Fingerprint: campaign.Fingerprint(s.record().Digest, s.Signed), Removed: s.Removed, Updated: s.Updated,
	}
}

// isSigned reports whether the same signature is there already.
func (s *signing) isSigned() bool {
	was, _ := s.record().Signoffs.Of(s.Stage)
	return was.Standing == campaign.Bound && was.By == s.By && was.On == s.On
}

func (a *app) writeSignatures(result *project.Loaded, list []*signing) error {
	a.commit()
	for _, s := range list {
		if s.isSigned() {
			fmt.Fprintf(a.Stdout, "已经签过%s，没有改动：%s（%s）\n", s.Stage, s.file, s.On)
			continue
		}
		if err := disk.ReplaceFile(a.under(s.file), s.old, s.text); err != nil {
			return failure{err}
		}
		fmt.Fprintf(a.Stdout, "已签%s：%s（%s）\n    指纹 %s\n", s.Stage, s.file, s.On, s.signature().Fingerprint)
		if len(s.Removed) > 0 {
			fmt.Fprintf(a.Stdout, "    原来的%s作废，要重新签\n", campaign.JoinStages(s.Removed))
		}
		if !s.Updated.IsZero() {
			fmt.Fprintf(a.Stdout, "    更新日期 %s\n", s.Updated)
		}
	}
	if !result.Campaign.Fingerprinted {
		a.listUnbound(result, list)
	}
	return nil
}

// listUnbound lists, when a campaign's first 指纹 has been written, what had all its
// signatures and now needs them again.
func (a *app) listUnbound(result *project.Loaded, list []*signing) {
	written := map[*campaign.Release]campaign.Stage{}
	for _, s := range list {
		written[s.record()] = s.Stage
	}
	var lines []string
	for _, r := range result.Campaign.Records() {
		needs := slices.DeleteFunc(r.Signoffs.With(campaign.Unbound), func(s campaign.Stage) bool { return written[r] == s })
		if len(needs) > 0 && r.Complete() && r.Disclosure == campaign.Proactive && (r.Expires.IsZero() || !r.Expires.Before(result.Date)) {
			lines = append(lines, "    "+r.Keys.Start.File+"："+campaign.JoinStages(needs))
		}
	}
	if len(lines) > 0 {
		fmt.Fprintf(a.Stdout, "这是本活动的第一个指纹，从现在起没有指纹的签字不算数。下面 %d 个文件签齐了而没有指纹，核对并重新签好以前不公开：\n%s\n", len(lines), strings.Join(lines, "\n"))
	}
}

// approvalSheet prints the 发布审批表, a page a file.
func (a *app) approvalSheet(names []string, target string) error {
	result, err := a.read()
	if err != nil {
		return err
	}
	var list []pdf.Approval
	for _, name := range names {
		what, err := a.signable(result, name)
		if err != nil {
			return err
		}
		list = append(list, what.approval(result.Campaign))
	}
	var paper bytes.Buffer
	if err := result.Approval(&paper, list); err != nil {
		return failf("排版发布审批表：%w", err)
	}
	if err := a.writeOut(publish.Deliverable{Path: target, Office: "审批表"}, paper.Bytes()); err != nil {
		return err
	}
	fmt.Fprintf(a.Stdout, "已生成 %s：%d 张，签字后存档\n", target, len(list))
	return nil
}

// approval is what the sheet says of a file.
func (s signable) approval(c *campaign.Campaign) pdf.Approval {
	r := s.record()
	a := pdf.Approval{File: s.file, Disclosure: r.Disclosure, Published: r.PublishedAt.String(), Digest: r.Digest}
	if s.round != nil {
		a.Kind, a.Title = "统计数据", s.round.Name+"统计数据"
		a.Covers = fmt.Sprintf("release.yaml、统计表的 %d 个项目及其单位、口径、%d 份报表、%d 条更正、单位名称", len(c.Form.Rows), len(c.ReportsOf(s.round)), len(c.CorrectionsIn(s.round)))
		return a
	}
	a.Kind, a.Title, a.Summary = s.item.Kind.Chinese(), s.item.Title, s.item.Summary
	a.Covers = "文件的位置、开头的信息（审核、停止公示、更新日期以外）、正文、单位名称"
	if files := s.item.Files(); len(files) > 0 {
		a.Covers += fmt.Sprintf("，和 %d 个文件：%s", len(files), strings.Join(files, "、"))
	}
	switch {
	case s.item.Document != nil:
		a.Number = strings.TrimSpace(s.item.Document.IndexNumber + "　" + s.item.Document.Number)
	case s.item.Case != nil:
		a.Number = s.item.Case.DecisionNumber
	case s.item.Warning != nil:
		a.Number = s.item.Warning.Number
	}
	return a
}
