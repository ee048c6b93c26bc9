package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/project"
)

// newTexts are the kinds of text that new writes one of, by the word for them.
var newTexts = map[string]campaign.Kind{
	"case": campaign.Cases, "warning": campaign.Warnings, "open": campaign.Documents, "commitment": campaign.Commitments, "gallery": campaign.Galleries, "summary": campaign.Summaries,
}

func (a *app) newCommand() *cobra.Command {
	var sample bool
	var from string
	cmd := &cobra.Command{
		Use:   "new 文件夹 | new case|warning|open|commitment|gallery 文件名 | new summary 期次",
		Short: "新建一个空的活动，或新写一篇内容",
		Long:  "新建一个空的活动：要填的都空着，check 会一一列出；范例/ 里每种文件有一个范例，不会公开。\n--sample 照内置的示例新建；--from 照上一次的活动新建（部门、地区、统计表、用语、版式照旧，数字、内容、签字都不带）。\n\n后面写 case、warning、open、commitment、gallery 和文件名，新写一篇典型案例、消费警示、信息公开文件、信用承诺、影像资料；写 summary 和期次，照各部门这一期的总结起草全市的总结。",
		Args:  cobra.RangeArgs(1, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			kind, isText := newTexts[args[0]]
			switch {
			case len(args) == 2 && !isText:
				return fmt.Errorf("“%s”不是内容的种类，只能写 %s", args[0], strings.Join(slices.Sorted(maps.Keys(newTexts)), "、"))
			case isText && len(args) == 1:
				return fmt.Errorf("new %s 后面要写文件名或期次；新建活动请换一个文件夹名", args[0])
			case isText && (sample || from != ""):
				return errors.New("--sample、--from 只用于新建活动")
			case isText:
				return a.newText(kind, args[1])
			case sample && from != "":
				return errors.New("--sample 和 --from 只能写一个")
			}
			return a.newCampaign(args[0], sample, from)
		},
	}
	cmd.Flags().BoolVar(&sample, "sample", false, "照内置的示例新建，内容是示例数据")
	cmd.Flags().StringVar(&from, "from", "", "照哪个活动的文件夹新建下一次的活动")
	return cmd
}

// newCampaign writes a campaign into a folder that is empty or not there.
func (a *app) newCampaign(name string, sample bool, from string) error {
	dir := a.under(name)
	if err := project.CheckEmpty(dir); err != nil {
		return failf("%s %w", name, err)
	}
	begin, told := project.Beginning{Sample: sample}, "要填的都空着，范例/ 里每种文件有一个范例"
	switch {
	case sample:
		told = "内容是示例数据"
	case from != "":
		begin.From, told = a.under(from), "部门、地区、统计表、用语和版式照 "+from+"，要改的都空着"
	}
	files, err := begin.Files()
	if err != nil {
		return failf("新建 %s：%w", name, err)
	}
	a.commit()
	if err := project.Create(dir, files); err != nil {
		return failf("新建 %s：%w", name, err)
	}
	fmt.Fprintf(a.Stdout, "已新建 %s，%s。\n接下来：\n  1. 填 data/campaign.yaml 和 data/form.yaml\n  2. 用 wangjian -C %s check 看还要填什么\n  3. 用 wangjian -C %s serve 预览\n", name, told, name, name)
	return nil
}

// newText writes a text of a kind with nothing filled in.
func (a *app) newText(kind campaign.Kind, name string) error {
	files, err := a.folder()
	if err != nil {
		return err
	}
	set, file, err := project.NewText(files, kind, name)
	if err != nil {
		return failure{err}
	}
	if _, err := fs.Stat(files, "data"); err != nil {
		return failf("%s 不是活动文件夹：里面没有 data/。用 -C 写明活动文件夹", a.dir)
	}
	a.commit()
	if _, err := set.Apply(a.dir); err != nil {
		return failf("写 %s：%w", file, err)
	}
	fmt.Fprintf(a.Stdout, "已写出 %s：填好冒号后面空着的（公开方式、发布日期在初审时用 --on 写），用 wangjian check 检查，再用 wangjian sign 签字\n", file)
	return nil
}
