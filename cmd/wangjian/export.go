package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/card"
	"wangjian/internal/publish"
	"wangjian/internal/release"
	web "wangjian/internal/site"
	"wangjian/internal/stats"
)

func (a *app) exportCommand() *cobra.Command {
	var platform, target string
	var whole bool
	cmd := &cobra.Command{
		Use:   "export --for wechat|cms open/notice",
		Short: "把一篇内容做成能粘贴到公众号或门户网站编辑器里的网页",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if platform != string(web.WeChat) && platform != string(web.CMS) {
				return fmt.Errorf("--for 要写 wechat（公众号）或 cms（门户网站编辑器）")
			}
			result, err := a.readSound("没有导出")
			if err != nil {
				return err
			}
			file := "content/" + strings.TrimSuffix(strings.TrimPrefix(strings.Trim(args[0], "/"), "content/"), ".md") + ".md"
			view := result.Public
			if whole {
				view = result.Whole
			}
			item := view.Campaign().ItemAt(file)
			if item == nil {
				return notExported(file, result.Public, result.Campaign)
			}
			var drawer web.Drawer
			if platform == string(web.WeChat) {
				drawer = card.NewPainter(result.Layouts, cache.NewMemory())
			}
			done, err := web.Paste(view, stats.Of(view), result.Layouts, drawer, item, web.Platform(platform))
			if err != nil {
				return failf("没有导出 %s：%w", file, err)
			}
			if target == "" {
				fmt.Fprint(a.Stdout, done.HTML)
				return nil
			}
			office := ""
			if whole {
				office = "内部审看的网页"
			}
			if err := a.writeOut(publish.Deliverable{Path: target, Office: office}, []byte(done.HTML)); err != nil {
				return err
			}
			fmt.Fprintf(a.Stdout, "已写出 %s：用浏览器打开，复制正文，粘贴到编辑器里\n", target)
			for _, f := range append(done.Pictures, done.Files...) {
				fmt.Fprintf(a.Stdout, "    另外上传 %s\n", f)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&platform, "for", "", "给谁用：wechat（公众号）或 cms（门户网站编辑器）")
	cmd.Flags().StringVarP(&target, "output", "o", "", "写到哪个文件（不写时打印出来）")
	cmd.Flags().BoolVar(&whole, "whole", false, "没有公开的也导出，只供内部审看")
	return cmd
}

// notExported says why an item cannot be had: it is held back, or not there.
func notExported(file string, public *release.View, c *campaign.Campaign) error {
	for _, h := range public.Held() {
		if h.Item != nil && h.Item.File == file {
			return failf("没有导出：%s 没有公开（%s）。内部审看时加 --whole", file, strings.Join(h.Reasons, "；"))
		}
	}
	folder := strings.Split(strings.TrimPrefix(file, "content/"), "/")[0]
	var names []string
	for _, i := range c.Items {
		if name := strings.TrimSuffix(strings.TrimPrefix(i.File, "content/"), ".md"); strings.HasPrefix(name, folder+"/") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if len(names) == 0 {
		return failf("没有导出：没有 %s。写成“种类/文件名”，如 open/notice；种类是 cases、warnings、open、gallery、pages、narratives", file)
	}
	return failf("没有导出：没有 %s。现有的是 %s", file, strings.Join(names, "、"))
}
