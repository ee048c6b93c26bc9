package pdf

import (
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
)

// issuer is who signs the report.
func issuer(c *campaign.Campaign) string {
	if c.Site.Host == "" && c.Lead != nil {
		return c.Lead.Name
	}
	return c.Site.Host
}

func (w *writer) titlePage() {
	c := w.campaign
	lead := typeset.A4.Lead()
	w.redHead(issuer(c), "")
	w.documentTitle(w.paper.Title)
	if e := edition(c); e != "" {
		w.centred(e, body)
	}
	w.add(typeset.Space{By: lead, To: typeset.A4.BlockHeight * 0.52})
	for _, line := range w.imprint() {
		w.imprintLine(line[0], line[1])
	}
	w.add(typeset.Space{By: lead / 2, To: typeset.A4.BlockHeight - float64(3*lead)})
	if day := w.paper.Edition.Changed.Chinese(); day != "" {
		w.centred(day, body)
	}
	if w.view.Audience() == release.ForOffice {
		w.centred("（内部资料：含尚未公开的内容）", typeset.Style{Role: typeset.Kai, Size: contentSize, Color: typeset.Red})
	}
	if c.Sample {
		w.centred("示例数据：本报告中的数字、案例和材料均为虚构，仅作演示。", typeset.Style{Role: typeset.Kai, Size: contentSize, Color: typeset.Red})
	}
}

func (w *writer) centred(text string, style typeset.Style) {
	w.add(&typeset.Paragraph{Runs: w.runs(text, style), Align: typeset.Center, Lead: typeset.A4.Lead()})
}

func (w *writer) imprintLine(label, text string) {
	if text == "" {
		return
	}
	w.add(&typeset.Paragraph{
		Runs: w.runs(text, typeset.Style{Role: typeset.Fang, Size: contentSize}), Align: typeset.Left, Lead: contentLead,
		Marker: w.runs(label, typeset.Style{Role: typeset.Hei, Size: contentSize}), Hang: 5 * contentSize,
		Left: typeset.A4.Pitch(),
	})
}

// imprint says what the report stands on: the document that started the
// campaign, the figures, the units.
func (w *writer) imprint() [][2]string {
	c := w.campaign
	var lead string
	var units []string
	for _, d := range c.Departments {
		if d == c.Lead {
			lead = d.Name
		} else {
			units = append(units, d.Name)
		}
	}
	basis := c.DocumentNumber
	if basis != "" && !c.IssuedOn.IsZero() {
		basis += "（" + c.IssuedOn.Chinese() + "印发）"
	}
	return [][2]string{
		{"部署文件：", basis},
		{"数据期次：", w.roundLine(w.latest())},
		{"牵头部门：", lead},
		{"参加部门：", strings.Join(units, "、")},
	}
}

// roundLine is a round with its day and basis.
func (w *writer) roundLine(r *campaign.Round) string {
	if r == nil {
		return ""
	}
	return fmt.Sprintf("%s（截至%s，%s数据）", r.Name, r.Deadline.Chinese(), r.Basis)
}

// latest is the newest round of which there are figures, nil when there is
// none.
func (w *writer) latest() *campaign.Round {
	if len(w.campaign.Reports) == 0 {
		return nil
	}
	return w.view.LatestRound()
}

// contentLevels is how many levels of headings the contents list.
const contentLevels = 2

// contentLead is the height of a line of the contents.
const contentLead = 24.0

// leadOfContents is less where a few lines would stand alone on the last page.
func leadOfContents(lines int) float64 {
	const fewest = 4
	sheet := typeset.A4
	for lead := contentLead; lead >= contentLead-2; lead-- {
		first, page := int((sheet.BlockHeight-2*sheet.Lead())/lead), int(sheet.BlockHeight/lead)
		if over := lines - first; over <= 0 || over%page == 0 || over%page >= fewest {
			return lead
		}
	}
	return contentLead
}

// frontTitle adds the title of a sheet before page 1.
func (w *writer) frontTitle(text string) {
	w.add(&typeset.Paragraph{
		Runs:  w.runs(text, typeset.Style{Role: typeset.Song, Size: titleSize}),
		Align: typeset.Center, Lead: 2 * typeset.A4.Lead(), KeepWithNext: true, Tag: typeset.HeadingTag(1),
	})
}

func (w *writer) contents(bookmarks []typeset.Bookmark) {
	dots := typeset.Style{Role: typeset.Fang, Size: smallSize}
	w.frontTitle("目录")
	listed := slices.DeleteFunc(slices.Clone(bookmarks), func(b typeset.Bookmark) bool { return b.Level > contentLevels })
	lead := leadOfContents(len(listed))
	for _, b := range listed {
		style, hang := dots, 3*smallSize
		if b.Level == 1 {
			style, hang = typeset.Style{Role: typeset.Hei, Size: contentSize}, 2*contentSize
		}
		w.add(&typeset.Leader{
			Runs: w.runs(b.Title, style), Level: b.Level, Number: fmt.Sprint(b.Page + 1), Dots: dots,
			Indent: float64(b.Level-1) * contentSize, Hang: hang, Lead: lead, Anchor: b.Anchor,
		})
	}
}

// edition names a paper that is no longer as it was first published: 第2版, with
// the day of the last correction; "" for the first.
func edition(c *campaign.Campaign) string {
	days := c.CorrectionDays()
	if len(days) == 0 {
		return ""
	}
	return fmt.Sprintf("第%d版（%s更正）", c.Edition(), days[len(days)-1].Chinese())
}

// corrections adds a sheet that says, before all else, which published figures
// have changed, the latest first.
func (w *writer) corrections() {
	list := w.campaign.Corrections
	if len(list) == 0 {
		return
	}
	w.add(typeset.Break{})
	w.frontTitle("更正说明")
	w.paragraph(fmt.Sprintf("本报告为第%d版。以下数据公布后有更正，报告中的数字、图表和文字均已按更正后的数据编写。", w.campaign.Edition()), body)
	var rows []typeset.Row
	for _, x := range slices.Backward(list) {
		rows = append(rows, w.rowOf(x.Keys.Start, x.On.String(), x.Round.Name, x.Whose(), x.What(), x.OldText(), x.NewText(), x.Reason))
	}
	w.add(w.table(columns("ccllrrl"), w.headRow("日期", "期次", "部门（地区）", "项目（单位）", "原值", "现值", "原因"), rows), gap)
}

// itemEdition is the edition of a paper that holds one item.
func itemEdition(v *release.View, i *campaign.Item) release.Edition {
	return v.Edition([]*campaign.Item{i}, nil, nil)
}

// publication says when something was published, and when changed; updated is
// zero where it was not.
func publication(published campaign.Date, updated string) string {
	if published.IsZero() {
		return ""
	}
	text := published.Chinese() + "发布"
	if updated != "" {
		text += "，" + updated + "更新"
	}
	return text
}

// updatedOn lists the days on which something public changed; "" for what has not.
func (w *writer) updatedOn(r *campaign.Release) string {
	return w.campaign.History.UpdatedOn(r, campaign.Date.Chinese)
}

// publicationOf is the same of an edition.
func publicationOf(e release.Edition) string {
	updated := ""
	if e.Changed.Date.After(e.Published.Date) {
		updated = e.Changed.Date.Chinese()
	}
	return publication(e.Published.Date, updated)
}
