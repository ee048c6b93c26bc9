package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

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
			result, looks, err := a.readSound("没有生成 PDF")
			if err != nil {
				return err
			}
			drawer, err := a.drawer(looks)
			if err != nil {
				return err
			}
			var paper bytes.Buffer
			if err := publish.Report(&paper, result.Public, looks, drawer); err != nil {
				return failf("排版 PDF：%w", err)
			}
			if err := writeWhole(a.under(target), paper.Bytes()); err != nil {
				return failf("写出 %s：%w", target, err)
			}
			fmt.Fprintf(a.Stdout, "已生成 %s（%s）\n", target, a.asOf(result.At))
			return nil
		},
	}
	cmd.Flags().StringVarP(&target, "output", "o", "report.pdf", "PDF 放到哪个文件")
	return cmd
}

// writeWhole writes a file beside its place and moves it there, so that a full
// disk leaves the old one.
func writeWhole(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".wangjian-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	if err := f.Chmod(0o644); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
