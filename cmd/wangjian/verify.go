package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/publish"
	"wangjian/internal/sheet"
	"wangjian/internal/source"
)

func (a *app) verifyCommand() *cobra.Command {
	var sumsOnly bool
	cmd := &cobra.Command{
		Use:   "verify [文件夹 | 目标 | 网址]",
		Short: "核对发布的网站：与校验值是否相符，与重新生成的是否相同",
		Long:  "核对一个发布过的文件夹（默认 public）、campaign.yaml 的“发布”里的一处，或公众看到的网站（http:// 或 https:// 开头的网址，逐个文件读回来）：先与它的 SHA256SUMS 核对，再用现在的数据重新生成一遍，逐个文件比较。什么也不写。\n\n重新生成以网站自己记着的日期（data/statistics.json 的“日期”）为今天；用 --date 可以另外指定。",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			what := "public"
			if len(args) > 0 {
				what = args[0]
			}
			if strings.HasPrefix(what, "http://") || strings.HasPrefix(what, "https://") {
				return a.verifyAddress(cmd.Context(), what, sumsOnly)
			}
			if files, err := a.project.Files(); err == nil {
				for _, d := range source.Destinations(files) {
					if d.Name == what {
						return a.verify(what, a.under(d.Folder), sumsOnly)
					}
				}
			}
			return a.verify(what, a.under(what), sumsOnly)
		},
	}
	cmd.Flags().BoolVar(&sumsOnly, "sums", false, "只与 SHA256SUMS 核对，不重新生成")
	return cmd
}

// verifyAddress reads a site back as citizens see it, and checks that.
func (a *app) verifyAddress(ctx context.Context, address string, sumsOnly bool) error {
	folder, err := os.MkdirTemp("", "wangjian-verify-")
	if err != nil {
		return failf("建立临时文件夹：%w", err)
	}
	defer os.RemoveAll(folder)
	line := newProgress(a.Stderr)
	defer line.end()
	err = publish.Fetch(ctx, address, folder, func(n, of int) { line.say("正在读回第 %d 个文件，共 %d 个……", n, of) })
	line.end()
	if err != nil {
		return failf("核对 %s：%w", address, err)
	}
	return a.verify(address, folder, sumsOnly)
}

// verify checks a published folder and says for each file what is wrong.
func (a *app) verify(what, folder string, sumsOnly bool) error {
	count, wrong, err := publish.CheckSums(folder)
	if err != nil {
		return failf("核对 %s：%w", what, err)
	}
	if len(wrong) > 0 {
		a.printDifferences(wrong)
		return failf("%s 与 %s 不符，有 %d 处", what, publish.SumsFile, len(wrong))
	}
	fmt.Fprintf(a.Stdout, "%s：%d 个文件与 %s 相符\n", what, count, publish.SumsFile)
	if sumsOnly {
		return nil
	}
	if err := a.dateOf(what, folder); err != nil {
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
		return failf("%s 与重新生成的（%s）不同，有 %d 处：发布以后数据、文字、layouts 或程序改过，或网站被换过", what, a.asOf(result.At), len(wrong))
	}
	fmt.Fprintf(a.Stdout, "%s：与重新生成的逐字节相同（%s）\n", what, a.asOf(result.At))
	return nil
}

// dateOf takes the time that a published site is of, unless --date says another.
func (a *app) dateOf(what, folder string) error {
	if a.asked != nil {
		return nil
	}
	published, err := siteIn(what, folder)
	if err != nil {
		return failf("不知道 %s 是哪一天生成的，请用 --date 指定：%w", what, err)
	}
	a.date, a.asked = published.At.Brief(), &published.At
	return nil
}

// siteIn returns what a published site says of itself.
func siteIn(what, folder string) (*campaign.Published, error) {
	f, err := os.Open(filepath.Join(folder, filepath.FromSlash(sheet.JSONPath)))
	if err != nil {
		return nil, fmt.Errorf("没有 %s", sheet.JSONPath)
	}
	defer f.Close()
	return source.ReadPublished(what+"/"+sheet.JSONPath, f)
}

func (a *app) printDifferences(list []publish.Difference) {
	for _, d := range list {
		fmt.Fprintf(a.Stderr, "%s：%s\n", d.Path, d.Words)
	}
}
