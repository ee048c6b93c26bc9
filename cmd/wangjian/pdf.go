package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"wangjian/internal/disk"
	"wangjian/internal/pdf"
	"wangjian/internal/publish"
)

func (a *app) pdfCommand() *cobra.Command {
	var target, format string
	asked := map[string]*bool{} // by flag
	cmd := &cobra.Command{
		Use:   "pdf",
		Short: "只生成一份 PDF（或 OFD）：" + papersNamed(),
		Args:  nothing,
		RunE: func(*cobra.Command, []string) error {
			kind := pdf.Kinds[0]
			for _, k := range pdf.Kinds {
				if wanted := asked[k.Flag]; wanted != nil && *wanted {
					kind = k
				}
			}
			written, ok := pdf.FormatNamed(format)
			if !ok {
				return fmt.Errorf("选项 --format 写 pdf 或 ofd，不认“%s”", format)
			}
			target = cmp.Or(target, written.Named(kind.Path))
			if kind.Pictures {
				a.project.PapersAhead()
			}
			result, err := a.readSound("没有生成 PDF")
			if err != nil {
				return err
			}
			var paper bytes.Buffer
			if err := result.Paper(&paper, kind, written); err != nil {
				return failf("排版 PDF：%w", err)
			}
			if err := a.writeOut(publish.Deliverable{Path: target}, paper.Bytes()); err != nil {
				return err
			}
			fmt.Fprintf(a.Stdout, "已生成 %s（%s）\n", target, a.asOf(result.At))
			return nil
		},
	}
	cmd.Flags().StringVarP(&target, "output", "o", "", "放到哪个文件；不写时在当前文件夹，照网站上的名字")
	cmd.Flags().StringVar(&format, "format", pdf.PDF.Name, "文件格式：pdf 或 ofd（GB/T 33190 版式文件）")
	var flags []string
	for _, k := range pdf.Kinds {
		if k.Flag != "" {
			asked[k.Flag] = cmd.Flags().Bool(k.Flag, false, k.Name+"："+k.Use)
			flags = append(flags, k.Flag)
		}
	}
	cmd.MarkFlagsMutuallyExclusive(flags...)
	return cmd
}

// papersNamed lists the papers of the whole campaign.
func papersNamed() string {
	var names []string
	for _, k := range pdf.Kinds {
		names = append(names, k.Name)
	}
	return strings.Join(names, "、")
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
