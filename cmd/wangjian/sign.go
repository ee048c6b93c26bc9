package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/disk"
	"wangjian/internal/project"
	"wangjian/internal/publish"
	"wangjian/internal/signing"
)

// flat: one flag after another, each with what it does not go with.
func (a *app) signCommand() *cobra.Command {
	var as, by, target, reason, on, back string
	var sheet, replace, restore bool
	cmd := &cobra.Command{
		Use:   "sign [文件…] --as 终审 --by 姓名",
		Short: "签初审、复审、终审或保密审查，记下内容的指纹；--sheet 印发布审批表",
		Long:  "签初审、复审、终审或保密审查，记下内容的指纹。文件可以用通配符；不写文件，签这一审现在等着签的全部，不能签的列出原因。\n--reject 意见 不签，退回去改：意见写在文件开头，不公布，改好重签就没有了。\n初审时加 --on，先写好公开方式（主动公开）和发布日期再签，不用手工改；期次还没有 release.yaml 的，写 data/期次/release.yaml，程序新建。\n--as 停止公示 提前撤下，--restore 恢复；--sheet 印发布审批表。",
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, names []string) error {
			names = a.expand(names)
			if len(names) == 0 && (sheet || restore || as == takedown || back != "" || as == "") {
				return cobra.MinimumNArgs(1)(cmd, names)
			}
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
			if back != "" {
				if on != "" || replace {
					return errors.New("--reject 只退回，不和 --on、--replace 一起用")
				}
				return a.reject(names, campaign.Returned{Stage: stage, By: by, Remark: back})
			}
			if on != "" {
				at, err := openOn(names, stage, on)
				if err != nil {
					return err
				}
				if err := a.open(names, at); err != nil {
					return err
				}
			}
			return a.sign(names, stage, by, replace)
		},
	}
	cmd.Flags().StringVar(&as, "as", "", "签哪一审："+campaign.JoinStages(campaign.Stages)+"；或签"+takedown)
	cmd.Flags().StringVar(&reason, "reason", "", "停止公示的原因，会公布")
	cmd.Flags().StringVar(&by, "by", "", "签字人的姓名，不会公布")
	cmd.Flags().StringVar(&on, "on", "", "初审时写上主动公开和这个发布日期，如 \"2022-11-30 09:00\"")
	cmd.Flags().StringVar(&back, "reject", "", "不签，退回去改，写上意见；不会公布")
	cmd.Flags().BoolVar(&restore, "restore", false, "不签，删去停止公示，恢复公示")
	cmd.Flags().BoolVar(&replace, "replace", false, "这一审已经由别人签了，换成这个人")
	cmd.Flags().BoolVar(&sheet, "sheet", false, "不签，印发布审批表：内容的校验值和签字栏")
	cmd.Flags().StringVarP(&target, "output", "o", "发布审批表.pdf", "发布审批表放到哪个文件")
	return cmd
}

// openOn reads --on, which only the first sign-off may have.
func openOn(names []string, stage campaign.Stage, on string) (campaign.Moment, error) {
	at, err := campaign.ParseMoment(on)
	switch {
	case err != nil:
		return at, fmt.Errorf("--on %w，写成 2022-12-01 或 \"2022-12-01 09:30\"", err)
	case stage != campaign.FirstReview:
		return at, errors.New("--on 只和 --as 初审 一起用：发布日期变了，前面签的就不算了")
	case len(names) == 0:
		return at, errors.New("--on 要写明文件：没有定公开方式的也许不该公开")
	}
	return at, nil
}

// takedown is what --as says for 停止公示.
const takedown = "停止公示"

// takeDown writes 停止公示 into items.
func (a *app) takeDown(names []string, by campaign.Stopped) error {
	return a.underLock(names, func(l *project.Loaded, set *change.Set, files []string) (string, error) {
		list, err := signing.Stop(set, l, files, by)
		var done strings.Builder
		for n, s := range list {
			fmt.Fprintf(&done, "已签停止公示：%s（%s 起，原因：%s）\n", files[n], s.On, s.Reason)
		}
		return done.String(), err
	})
}

// restore takes 停止公示 out of items.
func (a *app) restore(names []string) error {
	return a.underLock(names, func(l *project.Loaded, set *change.Set, files []string) (string, error) {
		var done strings.Builder
		for _, file := range files {
			fmt.Fprintf(&done, "已恢复公示：%s。停止以后没有改过的不用重签；接下来用 wangjian publish 发布\n", file)
		}
		return done.String(), signing.Restore(set, l, files)
	})
}

// open writes 公开方式 and 发布日期 into files that are to be signed for their
// first publication.
func (a *app) open(names []string, on campaign.Moment) error {
	return a.underLock(names, func(l *project.Loaded, set *change.Set, files []string) (string, error) {
		var done strings.Builder
		for _, file := range files {
			fmt.Fprintf(&done, "已写 %s：公开方式 %s，发布日期 %s\n", file, campaign.Proactive, signing.DayText(on))
		}
		return done.String(), signing.Open(set, l, files, on)
	})
}

// reject writes 退回 into files.
func (a *app) reject(names []string, back campaign.Returned) error {
	return a.underLock(names, func(l *project.Loaded, set *change.Set, files []string) (string, error) {
		var done strings.Builder
		for _, file := range files {
			fmt.Fprintf(&done, "已退回：%s（%s，%s）\n", file, back.Stage, back.By)
		}
		return done.String(), signing.Return(set, l, files, back)
	})
}

// underLock works out a change of files and writes it, and then prints what was done.
// Nobody else signs or builds meanwhile, and what an editor saves meanwhile stays.
func (a *app) underLock(names []string, work func(*project.Loaded, *change.Set, []string) (done string, err error)) error {
	campaignFiles, err := a.folder()
	if err != nil {
		return err
	}
	unlock, err := disk.Lock(a.dir)
	if err != nil {
		return failure{err}
	}
	defer unlock()
	files := make([]string, len(names))
	for n, name := range names {
		files[n] = a.signableName(name)
	}
	set := change.Of(campaignFiles)
	_ = set.Hold(files...) // what is wrong with a name is said below
	result, err := a.read()
	if err != nil {
		return err
	}
	done, err := work(result, set, files)
	if err != nil {
		return a.tellUnsigned(result, err)
	}
	a.commit()
	if _, err := set.Apply(a.dir); err != nil {
		return failure{err}
	}
	fmt.Fprint(a.Stdout, done)
	return nil
}

// tellUnsigned prints why files cannot be signed, and returns the error that ends
// the command.
func (a *app) tellUnsigned(result *project.Loaded, err error) error {
	var faults *signing.Faults
	var refused *signing.Refused
	switch {
	case errors.As(err, &faults):
		printFindings(a.Stderr, result.Campaign, faults.List)
	case errors.As(err, &refused):
		for _, r := range refused.List {
			for _, words := range r.Against {
				fmt.Fprintf(a.Stderr, "%s：%s\n", r.File, words)
			}
		}
	}
	return failure{err}
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

// sign signs all files or none; without files, all that wait for the stage and that
// this person can sign.
func (a *app) sign(names []string, stage campaign.Stage, by string, replace bool) error {
	keep := func() {}
	err := a.underLock(names, func(l *project.Loaded, set *change.Set, files []string) (string, error) {
		if len(names) == 0 {
			if files = a.waiting(l, stage, by); len(files) == 0 {
				return fmt.Sprintf("没有等“%s”签%s的\n", by, stage), nil
			}
			if err := set.Hold(files...); err != nil {
				return "", err
			}
		}
		list, err := signing.Sign(set, l, files, stage, by, replace)
		if err != nil {
			return "", err
		}
		keep = func() {
			for _, s := range list {
				signing.TextsOf(a.dir).KeepOne(l, s.Signable, stage)
			}
		}
		return tellSigned(l, list), nil
	})
	if err == nil {
		keep()
	}
	return err
}

// waiting lists what a person can sign now, and tells what waits and they cannot.
func (a *app) waiting(l *project.Loaded, stage campaign.Stage, by string) (files []string) {
	for _, p := range signing.Waiting(l, stage, by) {
		if len(p.Faults)+len(p.Against) == 0 {
			files = append(files, p.File)
			continue
		}
		printFindings(a.Stderr, l.Campaign, p.Faults)
		fmt.Fprintf(a.Stderr, "没有签 %s：%s\n", p.File, cmp.Or(strings.Join(p.Against, "；"), "有 "+counts(p.Faults)+"，改好再签"))
	}
	return files
}

// tellSigned says what was signed.
func tellSigned(l *project.Loaded, list []signing.Signature) string {
	var w strings.Builder
	for _, s := range list {
		if s.There {
			fmt.Fprintf(&w, "已经签过%s，没有改动：%s（%s）\n", s.Stage, s.File, s.On)
			continue
		}
		fmt.Fprintf(&w, "已签%s：%s（%s）\n    指纹 %s\n", s.Stage, s.File, s.On, s.Fingerprint)
		if len(s.Removed) > 0 {
			fmt.Fprintf(&w, "    原来的%s作废，要重新签\n", campaign.JoinStages(s.Removed))
		}
		if !s.Updated.IsZero() {
			fmt.Fprintf(&w, "    更新日期 %s\n", s.Updated)
		}
	}
	if lines := signing.Unbound(l, list); len(lines) > 0 {
		fmt.Fprintf(&w, "这是本活动的第一个指纹，从现在起没有指纹的签字不算数。下面 %d 个文件签齐了而没有指纹，核对并重新签好以前不公开：\n    %s\n", len(lines), strings.Join(lines, "\n    "))
	}
	return w.String()
}

// approvalSheet prints the 发布审批表, a page a file.
func (a *app) approvalSheet(names []string, target string) error {
	result, err := a.read()
	if err != nil {
		return err
	}
	files := make([]string, len(names))
	for n, name := range names {
		files[n] = a.signableName(name)
	}
	list, err := signing.Approvals(result, files, false)
	if err != nil {
		return a.tellUnsigned(result, err)
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
