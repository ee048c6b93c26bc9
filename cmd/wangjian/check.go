package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/inbox"
)

func (a *app) checkCommand() *cobra.Command {
	var asJSON, rules, links bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: "检查全部数据和文字，一次列出所有问题",
		Args:  nothing,
		RunE: func(*cobra.Command, []string) error {
			if rules {
				printRules(a.Stdout)
				return nil
			}
			a.site = "public"
			result, err := a.read()
			if err != nil {
				return err
			}
			result.TryTemplates()
			result.Findings = campaign.SortFindings(append(result.Findings, inbox.Check(result.Files)...))
			if links {
				printOutside(a.Stdout, result.Campaign)
				return nil
			}
			if asJSON {
				if err := printJSON(a.Stdout, result.Findings); err != nil {
					return failf("写出结果：%w", err)
				}
			} else {
				printFindings(a.Stdout, result.Campaign, result.Findings)
				printLedger(a.Stdout, result)
				fmt.Fprintf(a.Stdout, "检查完毕（%s）：%s\n", a.asOf(result.At), counts(result.Findings))
			}
			if campaign.HasErrors(result.Findings) {
				return errFindings
			}
			return nil
		},
	}
	a.compare(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "以 JSON 输出")
	cmd.Flags().BoolVar(&links, "links", false, "列出所有指到站外的链接，供人工点开核对（程序不联网）")
	cmd.Flags().BoolVar(&rules, "rules", false, "列出所有规则")
	return cmd
}
