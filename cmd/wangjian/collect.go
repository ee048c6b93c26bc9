package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/collect"
	"wangjian/internal/source"
)

// collecting is what the flags of collect say.
type collecting struct {
	region           string
	pairs, texts     []string
	on               string
	confirm, replace bool
	dry              bool
}

func (a *app) collectCommand() *cobra.Command {
	var asked collecting
	cmd := &cobra.Command{
		Use:   "collect 报送材料.zip…",
		Short: "把下级活动的报送材料汇集成一个地区的报表",
		Long: "核对下级用 wangjian bundle 生成的报送材料，把各部门的数写成那个地区的报表，并在 data/collected.yaml 里记下来源、版次和校验值。\n" +
			"代号相同的直接对应；不同的列成对照表，加 --confirm 确认一次，以后照它。后编成的替换先编成的，早的不收。",
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return fmt.Errorf("要写明报送材料，如 wangjian collect 章贡区.zip")
			case len(args) > 1 && (asked.region != "" || len(asked.pairs)+len(asked.texts) > 0):
				return fmt.Errorf("--region、--map、--take 一次只用于一份报送材料")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			var on campaign.Date
			if asked.on != "" {
				var err error
				if on, err = campaign.ParseDate(asked.on); err != nil {
					return fmt.Errorf("--arrived %w，写成 2022-11-25", err)
				}
			}
			refused := 0
			bundles := a.bundlesNamed(args)
			for _, file := range bundles {
				if err := a.collect(file, on, asked); err != nil {
					if len(bundles) == 1 {
						return err
					}
					refused++
					fmt.Fprintf(a.Stderr, "错误：%s\n", failure{err}.Error())
				}
			}
			if refused > 0 {
				return failf("%d 份里有 %d 份没有汇集，原因见上", len(bundles), refused)
			}
			return nil
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&asked.region, "region", "", "是哪个地区报来的（区划代码看不出来时）")
	flags.StringArrayVar(&asked.pairs, "map", nil, "怎样对应，可以写几次：下级的名称=本活动的名称，不要的写 下级的名称=不取")
	flags.BoolVar(&asked.confirm, "confirm", false, "对照表看过了，照它对应")
	flags.StringSliceVar(&asked.texts, "take", nil, "取用哪几篇，如 cases/zhibo")
	flags.BoolVar(&asked.replace, "replace", false, "另外报来的、改过的报表和已有的文章，换成报送材料里的")
	flags.StringVar(&asked.on, "arrived", "", "收到的日子，如 2022-11-25；不写时用今天")
	flags.BoolVar(&asked.dry, "dry-run", false, "只看会怎样，不写")
	return cmd
}

// bundlesNamed lists the files that arguments name; not every shell expands wildcards.
func (a *app) bundlesNamed(args []string) (list []string) {
	for _, arg := range args {
		matches, _ := filepath.Glob(a.under(arg))
		if !strings.ContainsAny(arg, "*?[") || len(matches) == 0 {
			matches = []string{a.under(arg)}
		}
		list = append(list, matches...)
	}
	return list
}

// collect enters one bundle.
func (a *app) collect(file string, on campaign.Date, asked collecting) error {
	result, err := a.read() // with what came of the bundle before
	if err != nil {
		return err
	}
	c := result.Campaign
	if c.SettingsUnread() {
		return failf("data/campaign.yaml 或 data/form.yaml 读不出，先用 wangjian check 看")
	}
	if on.After(result.Date) && on.After(a.clock().Date) {
		return failf("--arrived %s 还没有到", on)
	}
	raw, err := os.Open(file)
	if err != nil {
		return failf("读不出 %s：%s", file, reason(err))
	}
	defer raw.Close()
	info, err := raw.Stat()
	switch {
	case err != nil:
		return failf("读不出 %s：%s", file, reason(err))
	case !info.Mode().IsRegular():
		return failf("%s 不是文件：写明是哪一份报送材料", file)
	}
	bundle, err := collect.Open(filepath.Base(file), raw, info.Size())
	if err != nil {
		return failure{err}
	}
	told := collect.Told{Confirmed: asked.confirm, Replace: asked.replace, Texts: asked.texts, On: cmp.Or(on, result.Date)}
	if asked.region != "" {
		if told.Region = c.FindRegion(asked.region); told.Region == nil {
			return failf("没有叫“%s”的地区：%s", asked.region, strings.Join(campaign.NamesOf(c.Regions), "、"))
		}
	}
	for _, text := range asked.pairs {
		pair, err := collect.ParsePair(c, bundle.Data, text)
		if err != nil {
			return failf("--map %w", err)
		}
		told.Pairs = append(told.Pairs, pair)
	}
	plan, err := collect.New(result.Files, c, bundle, told)
	if err != nil {
		return failure{err}
	}
	return a.enter(plan, asked)
}

// enter tells what becomes of a bundle and writes it.
func (a *app) enter(p *collect.Plan, asked collecting) error {
	name := p.Bundle.Name
	fmt.Fprintf(a.Stdout, "%s：%s\n", name, p.Bundle.Words())
	if len(p.Asks) > 0 {
		fmt.Fprintf(a.Stdout, "代号不同的，照下面对应：\n")
		for _, one := range p.Asks {
			fmt.Fprintf(a.Stdout, "  %s\n", one)
		}
	}
	for _, note := range p.Notes {
		fmt.Fprintln(a.Stderr, "提醒："+note)
	}
	switch {
	case p.Refused != nil:
		return failf("没有汇集 %s：%w", name, p.Refused)
	case len(p.Asks) > 0:
		return failf("没有汇集 %s：对照表有 %d 项要确认；看过以后加 --confirm 再来一遍，要改的用 --map 写明", name, len(p.Asks))
	}
	set := p.Set()
	for _, f := range set.Files() {
		switch {
		case f.Name == source.CollectedFile: // the program's own, full of digests
			fmt.Fprintf(a.Stdout, "%s：记下来源、版次和校验值\n", f.Name)
		case !strings.HasPrefix(f.Name, "收件/"):
			a.tellChange(f)
		}
	}
	if set.IsEmpty() {
		fmt.Fprintf(a.Stdout, "%s 已经汇集过，没有变化\n", name)
	} else if !asked.dry {
		if err := a.apply(set); err != nil {
			return failure{err}
		}
		fmt.Fprintf(a.Stdout, "已汇集%s的报送材料。部门的报表里写“汇总”的行会把它算进去；用 wangjian check 看\n", p.Region.Short)
	}
	if left := slices.DeleteFunc(p.Texts(), p.IsTaken); len(left) > 0 {
		fmt.Fprintf(a.Stdout, "可以取用（--take）：%s\n", strings.Join(left, "、"))
	}
	return nil
}

// tellChange tells what becomes of a file, with the lines that change where it was
// there.
func (a *app) tellChange(f *change.File) {
	switch {
	case !f.Stays:
		fmt.Fprintf(a.Stdout, "%s：删去\n", f.Name)
	case !f.There:
		fmt.Fprintf(a.Stdout, "%s：新建\n", f.Name)
	default:
		fmt.Fprintf(a.Stdout, "%s：改写\n", f.Name)
		for _, l := range f.Lines() {
			if l.Sign == "+" || l.Sign == "-" {
				fmt.Fprintf(a.Stdout, "    %s %s\n", l.Sign, l.Text)
			}
		}
	}
}
