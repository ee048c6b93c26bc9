package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"wangjian/internal/publication"
	"wangjian/internal/publish"
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
			found, err := a.verify(cmd.Context(), what, sumsOnly)
			if found != nil {
				err = a.sayVerified(what, found, err)
			}
			return failed(err)
		},
	}
	cmd.Flags().BoolVar(&sumsOnly, "sums", false, "只与 SHA256SUMS 核对，不重新生成")
	return cmd
}

// verify verifies a folder, a place of 发布, or the site at an address.
func (a *app) verify(ctx context.Context, what string, sumsOnly bool) (*publication.Verification, error) {
	if _, err := a.folder(); err != nil && !sumsOnly {
		return nil, err
	}
	v := publication.Verifier{Project: a.project, At: a.asked, SumsOnly: sumsOnly}
	if strings.HasPrefix(what, "http://") || strings.HasPrefix(what, "https://") {
		line := newProgress(a.Stderr)
		defer line.end()
		return v.Address(ctx, what, func(n, of int) { line.say("正在读回第 %d 个文件，共 %d 个……", n, of) })
	}
	if files, err := a.project.Files(); err == nil {
		if d, err := publication.Choose(files, what); err == nil {
			line := newProgress(a.Stderr)
			defer line.end()
			return v.Place(ctx, &d, a.dir, a.under(d.Folder), func(n, of int) { line.say("正在读回第 %d 个文件，共 %d 个……", n, of) })
		}
	}
	return v.Folder(ctx, what, a.under(what))
}

// sayVerified says for each file what is wrong; why is what stopped the verification.
func (a *app) sayVerified(what string, found *publication.Verification, why error) error {
	for _, note := range found.Notes {
		fmt.Fprintln(a.Stdout, note)
	}
	if len(found.OffSums) > 0 {
		a.printDifferences(found.OffSums)
		return failf("%s 与 %s 不符，有 %d 处", what, publish.SumsFile, len(found.OffSums))
	}
	fmt.Fprintf(a.Stdout, "%s：%d 个文件与 %s 相符\n", what, found.Files, publish.SumsFile)
	if why != nil || found.Again == nil {
		return why
	}
	if err := a.publishable(found.Again, "不能重新生成来比较"); err != nil {
		return err
	}
	if a.asked == nil {
		a.date = found.Again.At.Brief()
	}
	asOf := a.asOf(found.Again.At)
	if len(found.Differs) > 0 {
		a.printDifferences(found.Differs)
		return failf("%s 与重新生成的（%s）不同，有 %d 处：发布以后数据、文字、layouts 或程序改过，或网站被换过", what, asOf, len(found.Differs))
	}
	fmt.Fprintf(a.Stdout, "%s：与重新生成的逐字节相同（%s）\n", what, asOf)
	return nil
}

func (a *app) printDifferences(list []publish.Difference) {
	for _, d := range list {
		fmt.Fprintf(a.Stderr, "%s：%s\n", d.Path, d.Words)
	}
}
