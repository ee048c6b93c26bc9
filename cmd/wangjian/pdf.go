package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"wangjian/internal/disk"
	"wangjian/internal/pdf"
	"wangjian/internal/publish"
)

func (a *app) pdfCommand() *cobra.Command {
	var target, format string
	cmd := &cobra.Command{
		Use:   "pdf",
		Short: "只生成总结的 PDF（或 OFD）",
		Args:  nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			written, ok := pdf.FormatNamed(format)
			if !ok {
				return fmt.Errorf("选项 --format 写 pdf 或 ofd，不认“%s”", format)
			}
			if !cmd.Flags().Changed("output") {
				target = written.Named(target)
			}
			a.project.ForPaper()
			result, err := a.readSound("没有生成 PDF")
			if err != nil {
				return err
			}
			var paper bytes.Buffer
			if err := result.Report(&paper, written); err != nil {
				return failf("排版 PDF：%w", err)
			}
			if err := a.writeOut(publish.Deliverable{Path: target}, paper.Bytes()); err != nil {
				return err
			}
			fmt.Fprintf(a.Stdout, "已生成 %s（%s）\n", target, a.asOf(result.At))
			return nil
		},
	}
	cmd.Flags().StringVarP(&target, "output", "o", "report.pdf", "放到哪个文件；不写 -o 时扩展名跟着 --format")
	cmd.Flags().StringVar(&format, "format", pdf.PDF.Name, "文件格式：pdf 或 ofd（GB/T 33190 版式文件）")
	return cmd
}

// writeWhole writes a file whole or not at all.
func (a *app) writeWhole(name string, data []byte) error {
	a.commit()
	return disk.WriteFile(name, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// writeOut writes a file for a person, named from below -C.
func (a *app) writeOut(d publish.Deliverable, data []byte) error {
	a.commit()
	name := d.Path
	d.Path, d.Campaign = a.under(name), a.dir
	err := d.Write(func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
	if err != nil {
		return failf("没有写出 %s：%w", name, err)
	}
	return nil
}

// writeIn writes a file, named with slashes, in a folder below -C that is made
// where it is not there.
func (a *app) writeIn(folder, name string, data []byte) error {
	full := filepath.Join(a.under(folder), filepath.FromSlash(name))
	err := os.MkdirAll(filepath.Dir(full), 0o755)
	if err == nil {
		err = a.writeWhole(full, data)
	}
	if err != nil {
		return failf("写 %s：%w", name, err)
	}
	return nil
}
