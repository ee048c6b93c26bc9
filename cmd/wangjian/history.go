package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/publication"
	"wangjian/internal/publish"
	"wangjian/internal/record"
)

func (a *app) historyCommand() *cobra.Command {
	var on, target string
	cmd := &cobra.Command{
		Use:   "history [内容或数]",
		Short: "哪一天公布着什么：历次发布，一篇内容或一个数的变化，某一天的全部",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, names []string) error {
			var day campaign.Date
			if cmd.Flags().Changed("on") {
				if len(names) > 0 {
					return errors.New("--on 列出那一天的全部，不和内容或数一起写")
				}
				var err error
				if day, err = campaign.ParseDate(on); err != nil {
					return fmt.Errorf("--on %w，写成 2022-09-02", err)
				}
			} else if target != "" {
				return errors.New("-o 要和 --on 一起用")
			}
			result, err := a.read()
			if err != nil {
				return err
			}
			history, err := publication.HistoryOf(result)
			if doubted, ok := errors.AsType[*publication.Doubted](err); ok {
				printFindings(a.Stderr, result.Campaign, doubted.Findings)
			}
			if err != nil {
				return failure{err}
			}
			h := &historian{a.Stdout, history}
			switch {
			case len(h.Events) == 0:
				fmt.Fprintf(a.Stdout, "还没有发布过：%s/ 里没有记录\n", record.Dir)
				return nil
			case !day.IsZero():
				return a.showDay(h, day, target)
			case len(names) > 0:
				return h.about(names[0])
			}
			h.all()
			return nil
		},
	}
	cmd.Flags().StringVar(&on, "on", "", "列出这一天公布着的内容和数，如 2022-09-02")
	cmd.Flags().StringVarP(&target, "output", "o", "", "和 --on 一起：写进这个文件夹，"+strings.Join(publish.DayFiles, " 和 "))
	return cmd
}

// historian writes what the record knows.
type historian struct {
	io.Writer
	*publication.History
}

func (h *historian) printf(format string, args ...any) { fmt.Fprintf(h, format, args...) }

// head names a publication.
func head(e *record.Entry) string {
	text := fmt.Sprintf("第%d次发布  %s", e.Number, e.On)
	if e.Edition > 0 {
		text += fmt.Sprintf("  数据第%d版", e.Edition)
	}
	return text
}

// all writes every publication with what it changed. Of a round that comes new the
// figures are counted.
func (h *historian) all() {
	for _, e := range h.Events {
		h.printf("%s  %s\n", head(e.Entry), e.File())
		for _, x := range e.Changes {
			h.printf("  %s  %s  %s\n", verb(x), x.File(), x.Title())
		}
		var rounds []string
		count := map[string]int{}
		for _, f := range e.Values {
			if f.Was.Kind == campaign.Blank && !f.Late {
				if count[f.Round]++; count[f.Round] == 1 {
					rounds = append(rounds, f.Round)
				}
				continue
			}
			h.printf("  数  %s  %s → %s\n", figureLabel(f.FigureName), before(f.Was), after(f.Is))
		}
		for _, r := range rounds {
			h.printf("  公布  %s的数 %d 个\n", r, count[r])
		}
		if n := len(e.Papers); n > 0 {
			h.printf("  文书  PDF %d 件\n", n)
		}
		for _, s := range e.Settings {
			h.printf("  设置  %s\n", s.File)
		}
	}
}

func verb(x record.ItemChange) string {
	switch {
	case x.Is.File == "":
		return string(x.Why)
	case x.Was.File == "":
		return "公布"
	}
	return "改动"
}

func before(q campaign.Quantity) string {
	if q.Kind == campaign.Blank {
		return campaign.NotReported
	}
	return q.String()
}

func after(q campaign.Quantity) string {
	if q.Kind == campaign.Blank {
		return campaign.Withdrawn
	}
	return q.String()
}

// figureLabel names a figure as references do, with its unit.
func figureLabel(n campaign.FigureName) string {
	department, row := n.Department, n.Row
	if n.Region != "" {
		department += "@" + n.Region
	}
	if n.Parent != "" {
		row = n.Parent + "/" + row
	}
	return fmt.Sprintf("%s:%s/%s（%s）", n.Round, department, row, n.Unit)
}

// about writes the history of an item or a figure.
func (h *historian) about(name string) error {
	told, err := h.About(name)
	if err != nil {
		return failure{err}
	}
	for _, x := range told.Items {
		h.printf("%s  %s  %s  %s\n", head(x.Entry), verb(x.ItemChange), x.File(), x.Title())
		if x.Is.File != "" {
			h.printf("    %s  %s\n", x.Is.Digest, strings.Join(x.Is.Pages, " "))
			h.printf("    %s\n", x.Is.Signed)
		}
	}
	for _, x := range told.Figures {
		h.printf("%s  %s  %s\n", head(x.Entry), figureLabel(x.FigureName), after(x.Is))
	}
	switch isFigure := told.IsFigure; {
	case isFigure && len(told.Figures) == 0:
		h.printf("“%s”从来没有公布过\n", told.Name)
	case isFigure || told.Public:
	case len(told.Items) == 0:
		h.printf("%s 从来没有公布过\n", told.Name)
	default:
		h.printf("现在没有公布\n")
	}
	return nil
}

// showDay writes what was public at the end of a day, to the terminal or into a
// folder.
func (a *app) showDay(h *historian, day campaign.Date, target string) error {
	p := h.Record.On(day)
	if p == nil {
		h.printf("%s 还没有公布任何内容（第一次发布在 %s）\n", day, h.Record.Entries[0].On)
		return nil
	}
	if target != "" {
		return a.writeDay(h, day, p, target)
	}
	h.printf("%s 公布着的（%s 发布", day, p.At.Date)
	if p.Edition > 0 {
		h.printf("，数据第%d版", p.Edition)
	}
	h.printf("）：内容 %d 项，数 %d 个\n", len(p.Items), len(p.Figures))
	for _, file := range slices.Sorted(maps.Keys(p.Items)) {
		h.printf("  %s  %s\n", file, p.Items[file].Title)
	}
	for _, f := range p.Figures {
		h.printf("  %s  %s\n", figureLabel(f.FigureName), f.Quantity)
	}
	return nil
}

// writeDay writes it into a folder.
func (a *app) writeDay(h *historian, day campaign.Date, p *campaign.Published, target string) error {
	if err := h.WriteDay(p, a.under(target), a.dir); err != nil {
		return failure{err}
	}
	h.printf("已写进 %s：%s 公布着的内容 %d 项，数 %d 个\n", target, day, len(p.Items), len(p.Figures))
	return nil
}
