package publication

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/project"
	"wangjian/internal/publish"
	"wangjian/internal/record"
	"wangjian/internal/sheet"
)

// Doubted: the record of publications cannot be trusted.
type Doubted struct{ Findings []campaign.Finding }

func (*Doubted) Error() string { return "发布记录不可信，先恢复它" }

// History answers what was public when.
type History struct {
	*project.Loaded
	Events []record.Event
}

// HistoryOf is the history of a campaign that was read; its error is a [Doubted].
func HistoryOf(l *project.Loaded) (*History, error) {
	wrong := slices.DeleteFunc(slices.Clone(l.Findings), func(f campaign.Finding) bool { return !strings.HasPrefix(f.Rule, "record-") })
	if len(wrong) > 0 {
		return nil, &Doubted{wrong}
	}
	return &History{l, l.Record.Events()}, nil
}

// Told is what publications changed of one item or one figure.
type Told struct {
	Items    []ItemTold
	Figures  []FigureTold
	Name     string // the item's file, or the figure as it was asked for
	IsFigure bool
	Public   bool // the item is public now
}

// ItemTold is what a publication changed of an item.
type ItemTold struct {
	record.ItemChange
	Entry *record.Entry
}

// FigureTold is what a publication changed of a figure.
type FigureTold struct {
	record.FigureChange
	Entry *record.Entry
}

// About returns the history of an item or a figure, as a person names it.
func (h *History) About(name string) (*Told, error) {
	if files := h.files(name); len(files) > 0 {
		return h.item(files), nil
	}
	ref, err := campaign.ParseReference(name)
	if err != nil || ref.Kind != campaign.FigureReference || campaign.ItemFile(name) != "" || strings.HasSuffix(name, ".md") {
		return nil, fmt.Errorf("没有叫“%s”的内容%s。内容写成 warnings/x，数写成 公安局/查处相关网络违法案件", name, h.nearest(name))
	}
	return h.figure(ref)
}

// files returns the file that a name means, and those of its former names.
func (h *History) files(name string) (files []string) {
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
func (h *History) known() []string {
	all := map[string]bool{}
	for _, e := range h.Record.Entries {
		for _, i := range e.Items {
			all[i.File] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

func (h *History) nearest(name string) string {
	var names []string
	for _, file := range h.known() {
		names = append(names, strings.TrimSuffix(strings.TrimPrefix(file, "content/"), ".md"))
	}
	if near := campaign.Nearest(name, names); near != "" {
		return "（是不是 " + near + "）"
	}
	return ""
}

func (h *History) item(files []string) *Told {
	t := &Told{Name: files[len(files)-1]}
	for _, e := range h.Events {
		for _, x := range e.Changes {
			if slices.Contains(files, x.File()) {
				t.Items = append(t.Items, ItemTold{x, e.Entry})
			}
		}
	}
	last := h.Record.Last()
	t.Public = slices.ContainsFunc(files, func(f string) bool { return last.Items[f].File != "" })
	return t
}

// namesOf returns which published names are those of a reference; unknown says why
// the campaign does not know it now.
func (h *History) namesOf(ref campaign.Reference) (is func(campaign.FigureName) bool, unknown error) {
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

func (h *History) figure(ref campaign.Reference) (*Told, error) {
	is, unknown := h.namesOf(ref)
	t := &Told{Name: ref.Raw, IsFigure: true}
	for _, e := range h.Events {
		for _, f := range e.Values {
			if is(f.FigureName) {
				t.Figures = append(t.Figures, FigureTold{f, e.Entry})
			}
		}
	}
	if len(t.Figures) == 0 && unknown != nil {
		return nil, fmt.Errorf("没有公布过“%s”：%w", ref.Raw, unknown)
	}
	return t, nil
}

// DayFiles are the contents of [publish.DayFiles] for what was public.
func DayFiles(p *campaign.Published) [][]byte {
	var figures, items bytes.Buffer
	_ = sheet.WriteEarlier(&figures, p.Figures) // into memory
	_ = sheet.WriteItems(&items, p.Items)
	return [][]byte{figures.Bytes(), items.Bytes()}
}

// WriteDay writes what was public on a day into a folder, where it replaces only
// what it would write for some day itself.
func (h *History) WriteDay(p *campaign.Published, folder, campaignFolder string) error {
	return publish.WriteDay(folder, campaignFolder, DayFiles(p), func() (all [][][]byte) {
		for _, e := range h.Record.Entries {
			all = append(all, DayFiles(h.Record.On(e.On)))
		}
		return all
	})
}
