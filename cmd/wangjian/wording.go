package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/disk"
	"wangjian/internal/forms"
	"wangjian/internal/source"
	"wangjian/internal/wording"
)

func (a *app) wordingCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "wording",
		Short: "用语表（data/wording.yaml）",
		Args:  nothing,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.wordingImportCommand())
	return cmd
}

const wordingFile = "data/wording.yaml"

func (a *app) wordingImportCommand() *cobra.Command {
	var level string
	var replace, dry bool
	cmd := &cobra.Command{
		Use:   "import 文件.xlsx|文件.txt",
		Short: "把单位的错敏词表并入 data/wording.yaml，已有的不动",
		Long: `把单位的错敏词表并入 data/wording.yaml，显示改了哪些，已有的不动。

词表可以是 xlsx（有“错误表述”“正确表述”这样的表头，或第一列错、第二列对），
也可以是 txt、csv：每行一个词，或“错→对”，或用制表符、逗号隔开。`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			strict := campaign.Warning
			switch level {
			case "错误":
				strict = campaign.Error
			case "提醒":
			default:
				return fmt.Errorf("--level 只能写 错误 或 提醒，不能写“%s”", level)
			}
			rows, err := readWordList(a.under(args[0]))
			if errors.Is(err, fs.ErrNotExist) {
				return failf("没有文件 %s", args[0])
			}
			if err != nil {
				return failf("读不出 %s：%v", args[0], reason(err))
			}
			entries, faults := wording.ReadList(rows)
			for _, f := range faults {
				fmt.Fprintf(a.Stderr, "%s %s\n", args[0], f)
			}
			if len(entries) == 0 {
				return failf("%s 里没有读出词；每行写一个词，或“错→对”，xlsx 的表头写“错误表述”“正确表述”", args[0])
			}
			return a.mergeWording(args[0], entries, strict, replace, dry)
		},
	}
	cmd.Flags().StringVar(&level, "level", "提醒", "词表没有写级别的，算 错误 还是 提醒")
	cmd.Flags().BoolVar(&replace, "replace", false, "与已有的不同时，照词表改写")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "只显示会改什么，不写")
	return cmd
}

// mergeWording adds a list to data/wording.yaml and shows what that changes.
func (a *app) mergeWording(from string, entries []wording.Entry, level campaign.Level, replace, dry bool) error {
	name := a.under(filepath.FromSlash(wordingFile))
	raw, err := disk.ReadBounded(name, source.MaxFile)
	if err != nil && !os.IsNotExist(err) {
		return failf("读不出 %s：%v", wordingFile, reason(err))
	}
	old, err := source.Decode(raw)
	if err != nil {
		return failf("读不出 %s：%w；另存为 UTF-8 编码", wordingFile, err)
	}
	if len(raw) > source.MaxFile {
		return failf("%s 超过 4 MB，太大了", wordingFile)
	}
	if err := a.soundWording(len(old) > 0); err != nil {
		return err
	}
	merged, err := wording.Merge(old, entries, level, replace)
	if err != nil {
		return failf("没有改 %s：%w", wordingFile, err)
	}
	if len(merged.Text) > source.MaxFile {
		return failf("加进去以后 %s 超过 4 MB，没有改；只导入用得着的词", wordingFile)
	}
	for _, d := range merged.Different {
		fmt.Fprintf(a.Stderr, "%s %s，没有改；要照词表改就加 --replace\n", from, d)
	}
	_, changes, _ := strings.Cut(string(diff.Diff(wordingFile, old, wordingFile, merged.Text)), "\n")
	fmt.Fprint(a.Stdout, changes)
	done := "已写好"
	switch {
	case merged.Added+merged.Replaced == 0:
		done = "没有要改的"
	case dry:
		done = "只看不写"
	default:
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return failf("写 %s：%w", wordingFile, err)
		}
		if err := a.writeWhole(name, merged.Text); err != nil {
			return failf("写 %s：%w", wordingFile, err)
		}
	}
	fmt.Fprintf(a.Stdout, "%s → %s：新增 %d 条，改写 %d 条，已有相同的 %d 条，不同而没有动的 %d 条；%s\n", from, wordingFile, merged.Added, merged.Replaced, merged.Same, len(merged.Different), done)
	return nil
}

// soundWording fails where the file that is there is not in order.
func (a *app) soundWording(there bool) error {
	if !there {
		return nil
	}
	result, err := a.read()
	if err != nil {
		return err
	}
	return a.soundFiles(result, wordingFile)
}

// maxWordList bounds an office's list.
const maxWordList = 8 << 20

// readWordList reads a list's rows, by what the file is.
func readWordList(name string) ([]wording.Row, error) {
	data, err := disk.ReadBounded(name, maxWordList)
	if err != nil {
		return nil, err
	}
	if len(data) > maxWordList {
		return nil, fmt.Errorf("文件超过 8 MB，太大了")
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".txt", ".csv", ".tsv", ".md":
		return textRows(data)
	}
	sheets, err := forms.ReadSheets(data)
	if err != nil {
		return nil, err
	}
	var rows []wording.Row
	for _, s := range sheets {
		for _, r := range s.Rows {
			rows = append(rows, wording.Row{Place: fmt.Sprintf("表“%s”第 %d 行", s.Name, r.Number), Cells: r.Cells})
		}
	}
	return rows, nil
}

// textRows cuts a text into lines, and these at tabs.
func textRows(data []byte) ([]wording.Row, error) {
	text, err := source.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("%w；另存为 UTF-8 编码", err)
	}
	if strings.ContainsRune(string(text), 0) {
		return nil, fmt.Errorf("这不是文本文件")
	}
	var rows []wording.Row
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if commas := strings.Split(strings.TrimSpace(line), ","); len(cells) == 1 && len(commas) > 1 {
			cells = commas
		}
		if strings.TrimSpace(line) != "" {
			rows = append(rows, wording.Row{Place: fmt.Sprintf("第 %d 行", n), Cells: cells})
		}
	}
	return rows, nil
}
