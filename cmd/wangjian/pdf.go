package main

import (
	"bytes"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"wangjian/internal/publish"
)

func (a *app) pdfCommand() *cobra.Command {
	var target string
	cmd := &cobra.Command{
		Use:   "pdf",
		Short: "只生成总结的 PDF",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			result, err := a.readSound("没有生成 PDF")
			if err != nil {
				return err
			}
			var paper bytes.Buffer
			if err := result.Report(&paper); err != nil {
				return failf("排版 PDF：%w", err)
			}
			if err := a.writeWhole(a.under(target), paper.Bytes()); err != nil {
				return failf("写出 %s：%w", target, err)
			}
			fmt.Fprintf(a.Stdout, "已生成 %s（%s）\n", target, a.asOf(result.At))
			return nil
		},
	}
	cmd.Flags().StringVarP(&target, "output", "o", "report.pdf", "PDF 放到哪个文件")
	return cmd
}

// writeWhole writes a file whole or not at all.
func (a *app) writeWhole(name string, data []byte) error {
	a.commit()
	return publish.WriteFile(name, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}
