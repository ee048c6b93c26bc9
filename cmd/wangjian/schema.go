package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/publish"
	"wangjian/internal/schema"
)

func (a *app) schemaCommand() *cobra.Command {
	var target string
	cmd := &cobra.Command{
		Use:   "schema",
		Short: "写出 JSON Schema，让编辑器在输入时补全和检查",
		Args:  nothing,
		RunE: func(*cobra.Command, []string) error {
			result, err := a.read()
			if err != nil {
				return err
			}
			n, err := a.writeSchemas(result.Campaign, func(name string, text []byte) error {
				if filepath.Clean(target) == filepath.FromSlash(schema.Folder) {
					return a.writeIn(schema.Folder, name, text)
				}
				return a.writeOut(publish.Deliverable{Path: filepath.Join(target, name), Folder: true}, text)
			})
			if err != nil {
				return err
			}
			fmt.Fprintf(a.Stdout, "已写出 %s：%d 个文件。在 YAML 文件里加一行注释，编辑器就会用它，如：\n%s\n", target, n, schema.Modeline("data/form.yaml", "form.json"))
			return nil
		},
	}
	cmd.Flags().StringVarP(&target, "output", "o", schema.Folder, "放到哪个文件夹")
	return cmd
}

// writeSchemas writes the campaign's schemas and counts them.
func (a *app) writeSchemas(c *campaign.Campaign, write func(name string, text []byte) error) (int, error) {
	files, err := schema.Files(c)
	if err != nil {
		return 0, failf("写 Schema：%w", err)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := write(name, files[name]); err != nil {
			return 0, err
		}
	}
	return len(files), nil
}
