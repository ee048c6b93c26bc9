package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/project"
	"wangjian/internal/publish"
	"wangjian/internal/record"
	"wangjian/internal/sheet"
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
			result, err := a.readRecord()
			if err != nil {
				return err
			}
			h := &historian{a.Stdout, result}
			switch {
			case len(result.Record.Entries) == 0:
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

// readRecord reads the campaign, and fails where its record cannot be trusted.
func (a *app) readRecord() (*project.Loaded, error) {
	result, err := a.read()
	if err != nil {
		return nil, err
	}
	wrong := slices.DeleteFunc(slices.Clone(result.Findings), func(f campaign.Finding) bool { return !strings.HasPrefix(f.Rule, "record-") })
	if len(wrong) > 0 {
		printFindings(a.Stderr, result.Campaign, wrong)
		return nil, failf("发布记录不可信，先恢复它")
	}
	return result, nil
}

// historian writes what the record knows.
type historian struct {
	io.Writer
	*project.Loaded
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
	for _, e := range h.Record.Events() {
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
	if files := h.files(name); len(files) > 0 {
		h.item(files)
		return nil
	}
	ref, err := campaign.ParseReference(name)
	if err != nil || ref.Kind != campaign.FigureReference || campaign.ItemFile(name) != "" || strings.HasSuffix(name, ".md") {
		return failf("没有叫“%s”的内容%s。内容写成 warnings/x，数写成 公安局/查处相关网络违法案件", name, h.nearest(name))
	}
	return h.figure(ref)
}

// files returns the file that a name means, and those of its former names.
func (h *historian) files(name string) (files []string) {
	name = strings.TrimPrefix(filepath.ToSlash(name), "./")
	file := campaign.ItemFile(name)
	summary, isSummary := strings.CutPrefix(name, string(campaign.Summaries)+"/")
	if r := h.Campaign.FindRound(name); r != nil {
		file = campaign.ReleaseFile(r)
	} else if r := h.Campaign.FindRound(summary); r != nil && isSummary {
		file = campaign.SummaryFile(r)
	} else if file == "" {
		file = name
	}
	i := h.Campaign.ItemAt(file)
	if i != nil {
		for _, alias := range i.Aliases {
			files = append(files, path.Dir(file)+"/"+alias+".md")
		}
	} else if !slices.Contains(h.known(), file) {
		return nil
	}
	return append(files, file)
}

// known lists every file that was ever public.
func (h *historian) known() []string {
	all := map[string]bool{}
	for _, e := range h.Record.Entries {
		for _, i := range e.Items {
			all[i.File] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

func (h *historian) nearest(name string) string {
	var names []string
	for _, file := range h.known() {
		names = append(names, strings.TrimSuffix(strings.TrimPrefix(file, "content/"), ".md"))
	}
	if near := campaign.Nearest(name, names); near != "" {
		return "（是不是 " + near + "）"
	}
	return ""
}

func (h *historian) item(files []string) {
	shown := 0
	for _, e := range h.Record.Events() {
		for _, x := range e.Changes {
			if !slices.Contains(files, x.File()) {
				continue
			}
			shown++
			h.printf("%s  %s  %s  %s\n", head(e.Entry), verb(x), x.File(), x.Title())
			if x.Is.File != "" {
				h.printf("    %s  %s\n", x.Is.Digest, strings.Join(x.Is.Pages, " "))
				h.printf("    %s\n", x.Is.Signed)
			}
		}
	}
	last := h.Record.Last()
	if public := slices.ContainsFunc(files, func(f string) bool { return last.Items[f].File != "" }); shown == 0 {
		h.printf("%s 从来没有公布过\n", files[len(files)-1])
	} else if !public {
		h.printf("现在没有公布\n")
	}
}

// namesOf returns which published names are those of a reference; unknown says why
// the campaign does not know it now.
func (h *historian) namesOf(ref campaign.Reference) (is func(campaign.FigureName) bool, unknown error) {
	own := ref.Region == "本级"
	if own {
		ref.Region = ""
	}
	want, unknown := h.Campaign.Resolve(ref, nil)
	return func(n campaign.FigureName) bool {
		at, itsOwn, ok := h.Campaign.FindPublished(campaign.PublishedFigure{FigureName: n})
		if unknown != nil || !ok || at.Row == nil { // by the names of its time
			region := ref.Region
			if own {
				region = "本级"
			}
			return (ref.Round == "" || n.Round == ref.Round) && n.Department == ref.Department && n.Region == region && n.Row == ref.Row
		}
		return (want.Round == nil || at.Round == want.Round) && at.Row == want.Row && at.Region == want.Region && itsOwn == own
	}, unknown
}

func (h *historian) figure(ref campaign.Reference) error {
	is, unknown := h.namesOf(ref)
	shown := 0
	for _, e := range h.Record.Events() {
		for _, f := range e.Values {
			if is(f.FigureName) {
				shown++
				h.printf("%s  %s  %s\n", head(e.Entry), figureLabel(f.FigureName), after(f.Is))
			}
		}
	}
	if shown == 0 && unknown != nil {
		return failf("没有公布过“%s”：%w", ref.Raw, unknown)
	} else if shown == 0 {
		h.printf("“%s”从来没有公布过\n", ref.Raw)
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

// writeDay writes it into a folder, where it replaces only what it would write for
// some day itself.
func (a *app) writeDay(h *historian, day campaign.Date, p *campaign.Published, target string) error {
	contents := func(p *campaign.Published) [][]byte {
		var figures, items bytes.Buffer
		_ = sheet.WriteEarlier(&figures, p.Figures) // into memory
		_ = sheet.WriteItems(&items, p.Items)
		return [][]byte{figures.Bytes(), items.Bytes()}
	}
	earlier := func() (all [][][]byte) {
		for _, e := range h.Record.Entries {
			all = append(all, contents(h.Record.On(e.On)))
		}
		return all
	}
	if err := publish.WriteDay(a.under(target), a.dir, contents(p), earlier); err != nil {
		return failure{err}
	}
	h.printf("已写进 %s：%s 公布着的内容 %d 项，数 %d 个\n", target, day, len(p.Items), len(p.Figures))
	return nil
}
