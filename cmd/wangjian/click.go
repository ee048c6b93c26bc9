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

// clicked runs a program that Explorer started, by a double click or with a
// folder dropped on it: the preview of that campaign, or of the one that the
// program lies in. The window ends with the program, so it stays open until the
// person has read it.
func clicked(ctx context.Context, args []string, sys system) (status int) {
	switch {
	case len(args) == 0 && isCampaign("."):
		args = []string{"serve"}
	case len(args) == 1 && isCampaign(args[0]):
		args = []string{"-C", args[0], "serve"}
	}
	if len(args) == 0 {
		fmt.Fprint(sys.Stdout, "网剑要知道是哪一个活动。任选一种：\n"+
			"  把活动文件夹（里面有 data 和 content）拖到 wangjian.exe 上：打开它的预览\n"+
			"  把 wangjian.exe 放进活动文件夹里再双击：也是预览\n"+
			"  在放 wangjian.exe 的文件夹里，点地址栏，输入 cmd 回车，再输入命令，如 wangjian new 我的行动\n")
		status = 2
	} else {
		if slices.Contains(args, "serve") {
			fmt.Fprintln(sys.Stdout, "正在打开预览；出现网址以后，在浏览器里打开它。关掉这个窗口，预览就结束。")
		}
		status = run(ctx, args, sys)
	}
	fmt.Fprint(sys.Stdout, "按回车键关闭这个窗口。")
	_, _ = bufio.NewReader(sys.Stdin).ReadString('\n')
	return status
}

func isCampaign(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "data", "campaign.yaml"))
	return err == nil
}
