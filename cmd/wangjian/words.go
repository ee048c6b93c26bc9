package main

import (
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"
	"gopkg.in/yaml.v3"

	"wangjian/internal/source"
	"wangjian/layouts"
)

func (a *app) wordsCommand() *cobra.Command {
	var style bool
	cmd := &cobra.Command{
		Use:   "words",
		Short: "列出界面上可以换的字，写法就是 layouts/words.yaml 的写法",
		Args:  nothing,
		RunE: func(*cobra.Command, []string) error {
			files, err := a.folder()
			if err != nil {
				return err
			}
			looks := layouts.Over(source.Layouts(files))
			if style {
				return printStyle(a.Stdout, looks)
			}
			return printWords(a.Stdout, looks)
		},
	}
	cmd.Flags().BoolVar(&style, "style", false, "改为列出样式属性（颜色、字号、间距），写法就是 layouts/style.yaml 的写法")
	return cmd
}

// printWords lists the words of the interface by the file that says them.
func printWords(w io.Writer, looks fs.FS) error {
	words, err := layouts.Words(looks)
	if err != nil {
		return failf("读取 layouts：%w", err)
	}
	io.WriteString(w, "# 界面上的字，冒号左边是内置的。把要换的行抄进 layouts/words.yaml，改冒号右边，处处都换。\n# 被数据隔开的一句话分成几段，各是一行；%d、%s 代表数和名称，要照样留着。\n")
	where := ""
	for _, word := range words {
		if word.Where[0] != where {
			where = word.Where[0]
			fmt.Fprintf(w, "\n# %s\n", where)
		}
		line, err := yaml.Marshal(map[string]string{word.Text: word.Text})
		if err != nil {
			return failf("写出“%s”：%w", word.Text, err)
		}
		text := strings.TrimSuffix(string(line), "\n")
		if len(word.Where) > 1 {
			text += "  # 还有 " + strings.Join(word.Where[1:], "、")
		}
		fmt.Fprintln(w, text)
	}
	return nil
}

// printStyle lists the stylesheet's custom properties.
func printStyle(w io.Writer, looks fs.FS) error {
	css, err := fs.ReadFile(looks, "assets/site.css")
	if err != nil {
		return failf("读取 layouts：%w", err)
	}
	fmt.Fprintf(w, "# 样式属性。把要换的行抄进 layouts/style.yaml，改冒号右边。\n# 只在一种显示方式里换的，写在“%s: ”下面，缩进两格。\n", strings.Join(layouts.ModeNames(), ": ”“"))
	for _, p := range layouts.Properties(css) {
		line, err := yaml.Marshal(map[string]string{p.Name: p.Value})
		if err != nil {
			return failf("写出“%s”：%w", p.Name, err)
		}
		fmt.Fprint(w, string(line))
	}
	return nil
}
