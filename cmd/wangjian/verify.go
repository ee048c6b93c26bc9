package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/publish"
	"wangjian/internal/sheet"
	"wangjian/internal/source"
)

func (a *app) verifyCommand() *cobra.Command {
	var sumsOnly bool
	cmd := &cobra.Command{
		Use:   "verify [文件夹]",
		Short: "核对发布的网站：与校验值是否相符，与重新生成的是否相同",
		Long:  "核对一个发布过的文件夹（默认 public）：先与它的 SHA256SUMS 核对，再用现在的数据重新生成一遍，逐个文件比较。什么也不写。\n\n重新生成以网站自己记着的日期（data/statistics.json 的“日期”）为今天；用 --date 可以另外指定。",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := "public"
			if len(args) > 0 {
				dir = args[0]
			}
			return a.verify(dir, sumsOnly)
		},
	}
	cmd.Flags().BoolVar(&sumsOnly, "sums", false, "只与 SHA256SUMS 核对，不重新生成")
	return cmd
}

// verify checks a published folder and says for each file what is wrong.
func (a *app) verify(dir string, sumsOnly bool) error {
	folder := a.under(dir)
	count, wrong, err := publish.CheckSums(folder)
	if err != nil {
		return failf("核对 %s：%w", dir, err)
	}
	if len(wrong) > 0 {
		a.printDifferences(wrong)
		return failf("%s 与 %s 不符，有 %d 处", dir, publish.SumsFile, len(wrong))
	}
	fmt.Fprintf(a.Stdout, "%s：%d 个文件与 %s 相符\n", dir, count, publish.SumsFile)
	if sumsOnly {
		return nil
	}
	if err := a.dateOf(dir); err != nil {
		return err
	}
	result, err := a.read()
	if err != nil {
		return err
	}
	if err := a.publishable(result, "不能重新生成来比较"); err != nil {
		return err
	}
	// A rebuild that took the cards of the build would not check them.
	files, err := result.Plan(result.Public, freshDrawer(result.Layouts))
	if err != nil {
		return failf("准备网站：%w", err)
	}
	if wrong, err = publish.Compare(files, folder, 0); err != nil {
		return failf("重新生成：%w", err)
	}
	if len(wrong) > 0 {
		a.printDifferences(wrong)
		return failf("%s 与重新生成的（%s）不同，有 %d 处：发布以后数据、文字、layouts 或程序改过，或网站被换过", dir, a.asOf(result.At), len(wrong))
	}
	fmt.Fprintf(a.Stdout, "%s：与重新生成的逐字节相同（%s）\n", dir, a.asOf(result.At))
	return nil
}

// dateOf takes the time that a published site is of, unless --date says another.
func (a *app) dateOf(dir string) error {
	if a.asked != nil {
		return nil
	}
	at, err := a.timeOf(dir)
	if err != nil {
		return failf("不知道 %s 是哪一天生成的，请用 --date 指定：%w", dir, err)
	}
	a.date, a.asked = at.Brief(), &at
	return nil
}

// timeOf returns the time that a published site says it is of.
func (a *app) timeOf(dir string) (campaign.Moment, error) {
	f, err := os.Open(filepath.Join(a.under(dir), filepath.FromSlash(sheet.JSONPath)))
	if err != nil {
		return campaign.Moment{}, fmt.Errorf("没有 %s", sheet.JSONPath)
	}
	defer f.Close()
	published, err := source.ReadPublished(dir+"/"+sheet.JSONPath, f)
	if err != nil {
		return campaign.Moment{}, err
	}
	return published.At, nil
}

func (a *app) printDifferences(list []publish.Difference) {
	for _, d := range list {
		fmt.Fprintf(a.Stderr, "%s：%s\n", d.Path, d.Words)
	}
}
