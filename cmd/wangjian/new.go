package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"wangjian/content"
	"wangjian/data"
	"wangjian/internal/campaign"
	"wangjian/internal/schema"
	"wangjian/internal/source"
)

func (a *app) newCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "new 文件夹",
		Short: "照内置的示例新建一个活动",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := a.under(args[0])
			if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
				return failf("%s 里已经有文件，没有动它；请换一个空文件夹", args[0])
			} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return failf("打不开 %s：%v", args[0], reason(err))
			}
			a.commit()
			for name, files := range map[string]fs.FS{"data": data.Files, "content": content.Files} {
				if err := copyTree(filepath.Join(dir, name), files); err != nil {
					return failf("新建 %s：%w", args[0], err)
				}
			}
			c, _ := source.Load(os.DirFS(dir))
			if _, err := a.writeSchemas(c, func(name string, text []byte) error {
				return a.writeIn(filepath.Join(args[0], schema.Folder), name, text)
			}); err != nil {
				return failf("新建 %s：%w", args[0], err)
			}
			fmt.Fprintf(a.Stdout, "已新建 %s，内容是示例数据。\n接下来：\n  1. 改 data/campaign.yaml 和 data/form.yaml\n  2. 用 wangjian -C %s check 检查\n  3. 用 wangjian -C %s serve 预览\n", args[0], args[0], args[0])
			return nil
		},
	}
}

// copyTree writes an embedded tree to disk, without the Go file that embeds it,
// and tells in every text what it is.
func copyTree(dir string, files fs.FS) error {
	return fs.WalkDir(files, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := filepath.Join(dir, filepath.FromSlash(name))
		if e.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		if strings.HasSuffix(path.Base(name), ".go") {
			return nil
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		if folder, _, _ := strings.Cut(name, "/"); path.Ext(name) == ".md" {
			text = noted(campaign.Kind(folder), text)
		}
		return os.WriteFile(target, text, 0o644)
	})
}
