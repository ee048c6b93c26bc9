package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"wangjian/internal/portal"
	"wangjian/internal/publish"
)

func (a *app) portalCommand() *cobra.Command {
	var target string
	var o portal.Options
	cmd := &cobra.Command{
		Use:   "portal 网站文件夹…",
		Short: "在几个发布好的网站上面做一页：各年、各市放在一起",
		Long: "读几个发布好的网站（wangjian build 或 publish 写的文件夹），做一页：各是什么、最近公布了什么、合在一起的订阅，同一个项目在各年、各市的数放在一起。\n" +
			"次序就是写的次序。代码、单位、口径和期次都相同的数才放在一起，别的写明为什么不能比。",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 2 {
				return fmt.Errorf("要写明两个以上的网站文件夹，如 wangjian portal 2021/public 2022/public")
			}
			if u, err := url.Parse(o.URL); o.URL != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
				return fmt.Errorf("--address 要写成 https://… 的网址")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.URL != "" {
				o.URL = strings.TrimSuffix(o.URL, "/") + "/"
			}
			var sites []*portal.Site
			dirs := a.bundlesNamed(args)
			for _, dir := range dirs {
				site, err := portal.Read(os.DirFS(dir))
				if err != nil {
					return failf("%s：%w", dir, err)
				}
				sites = append(sites, site)
			}
			if err := portal.Distinguish(sites, dirs); err != nil {
				return failure{err}
			}
			a.commit()
			folder := publish.Folder{Target: a.under(target), Campaign: filepath.Dir(a.under(target))}
			result, err := folder.Publish(cmd.Context(), portal.Files(sites, o))
			if err != nil {
				return failf("没有生成 %s：%w", target, err)
			}
			fmt.Fprintf(a.Stdout, "已生成 %s：%d 个网站，%d 个文件\n", target, len(sites), result.Files)
			return nil
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&target, "output", "o", "portal", "写到哪个文件夹")
	flags.StringVar(&o.Title, "title", "专项行动专栏", "这一页的名称")
	flags.StringVar(&o.URL, "address", "", "这一页发布以后的网址，写进订阅")
	return cmd
}
