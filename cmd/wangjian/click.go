package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
)

// cobra ends a program that Explorer started, with this text, in English.
func init() { cobra.MousetrapHelpText = "" }

// clicked runs a program that Explorer started, by a double click or with a folder
// dropped on it: the desk, with that campaign, or the one that the program lies in,
// or the one that was open last. The window ends with the program, so it stays open
// until the person has read it.
func clicked(ctx context.Context, args []string, sys system) (status int) {
	switch {
	case len(args) == 0:
		args = []string{"desk"}
	case len(args) == 1 && isCampaign(args[0]):
		args = []string{"desk", args[0]}
	}
	if slices.Contains(args, "desk") {
		fmt.Fprintln(sys.Stdout, "网剑：把专项行动的统计表和总结做成信息公开网站和 PDF。\n"+
			"工作台正在浏览器里打开，收件、检查、发布都在那里做。浏览器关掉了，在这个窗口按回车再打开；关掉这个窗口，工作台就结束。")
	}
	status = run(ctx, args, sys)
	fmt.Fprint(sys.Stdout, "按回车键关闭这个窗口。")
	_, _ = bufio.NewReader(sys.Stdin).ReadString('\n')
	return status
}

func isCampaign(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "data", "campaign.yaml"))
	return err == nil
}
