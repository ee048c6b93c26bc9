package pdf

import (
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/linebreak"
	"wangjian/internal/markdown"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/stats"
)

// whole writes the summary of the whole campaign in the four sections that the
// notice asks for. The program invents no prose: what was done is told in the
// departments' own headings, what came of it in their figures.
func (w *writer) whole() {
	var told []*campaign.Item
	for _, d := range w.campaign.Departments {
		if n := w.newest(d, nil); n != nil {
			told = append(told, n)
		}
	}
	if len(told) == 0 {
		return
	}
	w.part("工作总结")
	w.paragraph("（本部分按部门归纳：做法、问题和打算取自各部门总结的小标题，成效取自统计表；全文见“"+departmentsTitle+"”。）", remark)
	sections := make(map[*campaign.Item]map[string]string, len(told))
	for _, n := range told {
		sections[n] = w.gist(n)
	}
	for _, section := range campaign.NarrativeSections {
		w.heading(2, section, "")
		if section == "行动成效" {
			w.results()
		}
		for _, n := range told {
			if text := sections[n][section]; text != "" {
				w.from(campaign.InFile(n.File))
				w.said(n, text)
			}
		}
		w.from(campaign.Position{})
	}
}

// said adds what a department says, with a link to where it says it in full.
func (w *writer) said(n *campaign.Item, text string) {
	name := n.Department.Short
	if latest := w.view.LatestRound(); n.Round != latest {
		name += "（" + n.Round.Name + "）"
	}
	w.attributed(name, anchorOf(n), text)
}

// attributed adds a text after the name of whose it is.
func (w *writer) attributed(name, link, text string) {
	who := w.run(name+"：", typeset.Style{Role: typeset.Hei, Size: bodySize})
	who.Link = link
	w.add(&typeset.Paragraph{Runs: []typeset.Run{who, w.run(text, body)}, Indent: em2})
}

// gist returns what each section of a narrative is about: its headings, or its
// first sentence where it has none.
func (w *writer) gist(n *campaign.Item) map[string]string {
	tree := w.tree(n)
	if tree == nil {
		return nil
	}
	b := &bodyOf{writer: w, item: n, tree: tree}
	texts := map[string]string{}
	for _, s := range tree.Sections() {
		if s.Heading == nil {
			continue
		}
		var points []string
		opening := ""
		for _, block := range s.Blocks {
			switch {
			case block.Kind == markdown.Heading && block.Level == 3:
				points = append(points, markdown.PlainText(block.Children, b.cite))
			case block.Kind == markdown.Paragraph && opening == "":
				opening = linebreak.FirstSentence(markdown.PlainText(block.Children, b.cite))
			}
		}
		text := opening
		if len(points) > 0 {
			text = strings.Join(points, "；") + "。"
		}
		texts[markdown.PlainText(s.Heading.Children, b.cite)] = text
	}
	return texts
}

// results adds a sentence of figures for every department that has some.
func (w *writer) results() {
	r := w.latest()
	if r == nil {
		return
	}
	figures := w.stats.KeyFigures(r)
	for len(figures) > 0 {
		n := 1
		for n < len(figures) && figures[n].Department == figures[0].Department {
			n++
		}
		w.from(figures[0].At)
		w.attributed(figures[0].Department.Short, "", strings.Join(namesOf(figures[:n], w.figureSentence), "，")+"。")
		figures = figures[n:]
	}
	w.from(campaign.Position{})
}

// figureSentence is a figure in words: 查处网络违法案件497件（较中期新增274件）.
func (w *writer) figureSentence(f *stats.Figure) string {
	text := f.Row.Name + f.Text()
	c, err := w.stats.Change(f)
	if err != nil {
		return text
	}
	with := "较"
	if c.Amount.IsZero() {
		with = "与"
	}
	return text + "（" + join("，", with+c.Previous.Round.Name+c.Words(), c.Scope()) + "）"
}
