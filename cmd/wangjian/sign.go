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
	"wangjian/internal/forms"
	"wangjian/internal/pdf"
	"wangjian/internal/project"
	"wangjian/internal/publish"
	"wangjian/internal/review"
	"wangjian/internal/source"
)

func (a *app) signCommand() *cobra.Command {
	var as, by, target string
	var sheet bool
	cmd := &cobra.Command{
		Use:   "sign 文件… --as 终审 --by 姓名",
		Short: "签初审、复审、终审或保密审查；终审记下内容的指纹；--sheet 印发布审批表",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, names []string) error {
			if sheet {
				if as != "" || by != "" {
					return errors.New("--sheet 只印发布审批表，不和 --as、--by 一起用")
				}
				return a.approvalSheet(names, target)
			}
			stage := campaign.Stage(as)
			if !slices.Contains(campaign.Stages, stage) {
				return fmt.Errorf("--as 只能写%s", stageWords())
			}
			if by = strings.TrimSpace(by); by == "" {
				return errors.New("要用 --by 写签字人的姓名")
			}
			result, err := a.read()
			if err != nil {
				return err
			}
			return a.sign(result, names, stage, by)
		},
	}
	cmd.Flags().StringVar(&as, "as", "", "签哪一审："+stageWords())
	cmd.Flags().StringVar(&by, "by", "", "签字人的姓名，不会公布")
	cmd.Flags().BoolVar(&sheet, "sheet", false, "不签，印发布审批表：内容的校验值和签字栏")
	cmd.Flags().StringVarP(&target, "output", "o", "发布审批表.pdf", "发布审批表放到哪个文件")
	return cmd
}

func stageWords() string {
	var words []string
	for _, s := range campaign.Stages {
		words = append(words, string(s))
	}
	return strings.Join(words, "、")
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

func (s signable) fingerprint(fsys fs.FS) (string, error) {
	if s.item != nil {
		return source.ItemFingerprint(fsys, s.item)
	}
	return source.RoundFingerprint(fsys, s.round)
}

// signable finds what a file name means; a file that is not in order cannot be
// signed.
func (a *app) signable(result *project.Loaded, name string) (signable, error) {
	file := filepath.ToSlash(filepath.Clean(name))
	if filepath.IsAbs(name) {
		if base, err := filepath.Abs(a.dir); err == nil {
			if below, err := filepath.Rel(base, name); err == nil {
				file = filepath.ToSlash(below)
			}
		}
	}
	var wrong []campaign.Finding
	for _, f := range result.Findings {
		if f.At.File == file && f.Level == campaign.Error && !strings.HasPrefix(f.Rule, "signoff-") {
			wrong = append(wrong, f)
		}
	}
	if len(wrong) > 0 {
		printFindings(a.Stderr, result.Campaign, wrong)
		return signable{}, failf("%s 有 %s，改好再签", file, counts(wrong))
	}
	if i := result.Campaign.ItemAt(file); i != nil {
		return signable{file: file, item: i}, nil
	}
	for _, r := range result.Campaign.Rounds {
		if file == "data/"+r.Code+"/release.yaml" && r.Release != nil {
			return signable{file: file, round: r}, nil
		}
	}
	return signable{}, failf("%s 不是可以签的文件：写 content/ 里的 .md 文件，或 data/期次/release.yaml", name)
}

// sign checks all files before it writes the first.
func (a *app) sign(result *project.Loaded, names []string, stage campaign.Stage, by string) error {
	type change struct {
		what signable
		sign campaign.Signoff
		text []byte
	}
	var changes []change
	refused := 0
	seen := map[string]bool{}
	for _, name := range names {
		what, err := a.signable(result, name)
		if err != nil {
			return err
		}
		if seen[what.file] {
			continue
		}
		seen[what.file] = true
		s := campaign.Signoff{By: by, On: result.Date}
		if stage == campaign.FinalReview {
			if s.Fingerprint, err = what.fingerprint(result.Files); err != nil {
				return failf("%w", err)
			}
		}
		if against := review.Sign(result.Campaign, what.record(), stage, s); len(against) > 0 {
			for _, words := range against {
				fmt.Fprintf(a.Stderr, "%s：%s\n", what.file, words)
			}
			refused++
			continue
		}
		old, err := fs.ReadFile(result.Files, what.file)
		if err != nil {
			return failf("读不出 %s：%v", what.file, reason(err))
		}
		text, err := forms.Sign(old, what.item != nil, stage, s)
		if err != nil {
			return failf("%s：%w", what.file, err)
		}
		changes = append(changes, change{what, s, text})
	}
	if refused > 0 {
		return failf("有 %d 个文件不能签，一个也没有签", refused)
	}
	for _, c := range changes {
		if err := a.writeWhole(a.under(c.what.file), c.text); err != nil {
			return failf("写 %s：%w", c.what.file, err)
		}
		fmt.Fprintf(a.Stdout, "已签%s：%s（%s）\n", stage, c.what.file, c.sign.On)
		if c.sign.Fingerprint != "" {
			fmt.Fprintf(a.Stdout, "    指纹 %s\n", c.sign.Fingerprint)
		}
	}
	return nil
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
		hash, err := what.fingerprint(result.Files)
		if err != nil {
			return failf("%w", err)
		}
		list = append(list, what.approval(hash))
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
func (s signable) approval(hash string) pdf.Approval {
	r := s.record()
	a := pdf.Approval{File: s.file, Disclosure: r.Disclosure, Published: r.PublishedAt.String(), Fingerprint: hash}
	if s.round != nil {
		a.Kind, a.Title = "统计数据", s.round.Name+"统计数据"
		return a
	}
	a.Kind, a.Title, a.Summary = s.item.Kind.Chinese(), s.item.Title, s.item.Summary
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
