package pdf

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// Brief is the 简报, a sheet for those who have a minute: three sentences, the key
// figures and the map of the counties. Every figure comes from the table, none from
// the text.
func Brief(v *release.View, _ *stats.Table) *Paper {
	c := v.Campaign()
	p := ofCampaign(c, cmp.Or(c.Short, c.Name)+"简报", releaseEdition(v), (*writer).brief)
	p.sheets = 1
	p.narrow, p.figures = true, briefFigures
	return p
}

// briefFigures are the figures that the brief shows or compares with.
func briefFigures(v *release.View, b *stats.Table) []*stats.Figure {
	list := chart.MapFigures(b, v.Campaign())
	r := v.LatestRound()
	if r == nil {
		return list
	}
	for _, f := range b.KeyFigures(r) {
		list = append(list, f)
		if before := b.Before(r); before != nil {
			list = append(list, b.Figure(before, f.Row, nil))
		}
	}
	return list
}

// Press is the 新闻通稿: the same in more words, for editors. It is a text to edit and
// has no place on the site; what is not public does not belong in it.
func Press(v *release.View, _ *stats.Table) *Paper {
	c := v.Campaign()
	title := cmp.Or(c.Short, c.Name) + "进展情况"
	if r := v.LatestRound(); r != nil && len(c.Reports) > 0 {
		title = cmp.Or(c.Short, c.Name) + r.Name + "数据公布"
	}
	return ofCampaign(c, title, releaseEdition(v), (*writer).press)
}

// releaseEdition is the edition of what brief and press release tell.
func releaseEdition(v *release.View) release.Edition {
	return v.Edition(slices.Concat(CasesInOrder(v), v.ItemsOf(campaign.Warnings)), v.Reported(), v.Campaign().Corrections)
}

// The type of the brief, which is smaller than that of a report.
const (
	briefTitle  = 30.0
	briefLead   = 20.5
	briefTight  = 18.0 // the same in Word, which takes more lines
	briefPad    = 2.0
	briefMap    = 90 * typeset.Millimetre // the most that the map is high
	briefDrawn  = 480                     // px that the map is drawn wide
	briefMost   = 12                      // figures in its table
	briefSaid   = 4                       // figures in its second sentence
	briefLength = 16                      // characters of a name there
)

var briefBody = typeset.Style{Role: typeset.Fang, Size: contentSize}

// brief writes the sheet. Where it is too long for one, first the map is left out,
// then ever more of the table, and at last all but the first sentences.
func (w *writer) brief() {
	lead := briefLead
	if w.editable {
		lead = briefTight
	}
	w.from(campaign.InFile("data/campaign.yaml"))
	w.add(&typeset.Paragraph{
		Runs:  w.runs(w.paper.Title, typeset.Style{Role: typeset.Song, Size: briefTitle, Color: typeset.Red}),
		Align: typeset.Center, Lead: 1.3 * briefTitle, ByPhrase: true, KeepWithNext: true, Tag: typeset.TagTitle,
	})
	w.add(&typeset.Paragraph{
		Runs:  w.runs(join("　　", issuer(w.campaign), w.paper.Edition.Changed.Chinese()), briefBody),
		Align: typeset.Center, Lead: lead, KeepWithNext: true,
	})
	w.add(typeset.Stroke{Width: redWidth, Height: lead / 2, Color: typeset.Red})
	figures := w.latestFigures()
	said := headline(figures)
	sentences := []string{w.whoAndWhen(), w.upTo(said, nameAndFigure), w.madePublic()}
	for _, text := range sentences[:min(len(sentences), mostSteps-w.step)] {
		if text != "" {
			w.add(&typeset.Paragraph{Runs: w.linked(text, briefBody), Indent: 2 * contentSize, Lead: lead})
		}
	}
	w.briefTable(figures[:min(len(figures), briefMost>>max(0, w.step-1))], said)
	if w.step == 0 {
		w.briefMap()
	}
	w.from(campaign.Position{})
}

// latestFigures are the key figures of the newest round.
func (w *writer) latestFigures() []*stats.Figure {
	r := w.latest()
	if r == nil {
		return nil
	}
	return w.stats.KeyFigures(r)
}

// whoAndWhen says in a sentence who runs the campaign, and when.
func (w *writer) whoAndWhen() string {
	c := w.campaign
	text := c.Name
	if c.Lead != nil {
		text += "由" + c.Lead.Name + "牵头"
	}
	if n := len(c.Departments); n > 1 {
		text += fmt.Sprintf("，%d个部门共同开展", n)
	}
	if from, to := c.Term(); !from.IsZero() {
		text += "，自" + from.Chinese() + "起，至" + to.Chinese() + "止"
	}
	return text + "。"
}

// headline picks the figures that a sentence tells.
func headline(figures []*stats.Figure) []*stats.Figure {
	short := slices.DeleteFunc(slices.Clone(figures), func(f *stats.Figure) bool {
		return !f.Quantity.IsNumber() || len([]rune(f.Row.Name)) > briefLength
	})
	return short[:min(len(short), briefSaid)]
}

func nameAndFigure(f *stats.Figure) string { return f.Row.Name + f.Text() }

// upTo joins what there is to say of figures, department by department, behind the day
// up to which they count.
func (w *writer) upTo(figures []*stats.Figure, say func(*stats.Figure) string) string {
	if len(figures) == 0 {
		return ""
	}
	r := figures[0].Round
	var parts []string
	for n, f := range figures {
		text := say(f)
		switch {
		case n == 0 || figures[n-1].Department != f.Department:
			parts = append(parts, f.Department.Short+text)
		default:
			parts[len(parts)-1] += "，" + text
		}
	}
	since := "行动开始以来"
	if r.Basis == campaign.Current {
		since = "上一期截止以后"
		if w.stats.Before(r) == nil {
			since = "本期"
		}
	}
	return "截至" + r.Deadline.Chinese() + "，" + since + "，" + strings.Join(parts, "；") + "。"
}

// published are those of some items that the public sees.
func (w *writer) published(items []*campaign.Item) []*campaign.Item {
	return slices.DeleteFunc(slices.Clone(items), func(i *campaign.Item) bool { return len(w.view.Mark(i)) > 0 })
}

// madePublic says in a sentence what can be read, and where.
func (w *writer) madePublic() string {
	var parts []string
	for _, k := range []struct {
		kind campaign.Kind
		name string
	}{{campaign.Cases, "典型案例%d件"}, {campaign.Warnings, "消费警示%d期"}, {campaign.Documents, "信息公开文件%d件"}} {
		if n := len(w.published(w.view.ItemsOf(k.kind))); n > 0 {
			parts = append(parts, fmt.Sprintf(k.name, n))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	text := "已公开" + strings.Join(parts, "、")
	if base := w.campaign.Site.Base(); base != "" {
		text += "，全部数据和全文见" + base
	}
	return text + "。"
}

// briefTable adds figures in small type, and what there is to say of them and of those
// that a sentence tells.
func (w *writer) briefTable(figures, said []*stats.Figure) {
	if len(figures) == 0 {
		return
	}
	r := figures[0].Round
	letters, titles, texts := w.keyTable(r, figures)
	var rows []typeset.Row
	for n, f := range figures {
		row := w.rowOf(f.At, texts[n]...)
		for i := range row {
			row[i].Runs[0].Style = annexText
		}
		rows = append(rows, row)
	}
	head := w.headRow(titles...)
	for i := range head[0] {
		head[0][i].Runs[0].Style = annexHead
	}
	t := w.annexStyle(w.table(columns(letters), head, rows))
	t.Space, t.Pad, t.Form = 2, briefPad, true
	w.add(&typeset.Paragraph{
		Runs:  w.runs(keyCaption(r), annexHead),
		Align: typeset.Center, Lead: annexLead + 3, Space: tableSpace, KeepWithNext: true, Tag: typeset.TagCaption,
	})
	if notes := slices.Concat(w.stats.WithoutNotes(slices.Concat(figures, said)...), w.stats.ScopeNotes(figures...)); len(notes) > 0 {
		t.Note = &typeset.Paragraph{Runs: w.runs("注："+strings.Join(notes, "。")+"。", annexText), Lead: annexLead, Space: 3}
	}
	w.add(t, gap)
}

// briefMap adds the map of the counties, if its words can be read at that size.
func (w *writer) briefMap() {
	if w.charts == nil || w.charts.Draw == nil || w.charts.Map == "" {
		return
	}
	k, err := w.charts.Find(w.charts.Map)
	if err != nil {
		w.fail(err)
		return
	}
	drawing := w.charts.Draw(k, briefDrawn)
	sketch := sketchOf(drawing)
	smallest := smallestType(sketch, briefMap)
	if smallest < smallestLabel {
		return
	}
	shrunk, height := min(1, smallestLabel/smallest), briefMap
	if w.editable { // nothing makes it smaller where the page is full
		height *= shrunk
	}
	w.add(&typeset.Picture{
		Sketch: sketch, Image: w.painted(drawing), Alt: join("：", k.Title, k.Summary), Caption: w.runs(k.Title, annexText),
		Height: height, Space: tableSpace, Lead: annexLead, Floats: true, Smallest: shrunk,
	})
}

// press writes the text for editors.
func (w *writer) press() {
	c := w.campaign
	w.from(campaign.InFile("data/campaign.yaml"))
	w.documentTitle(w.paper.Title)
	w.centred(join("　", issuer(c), w.paper.Edition.Changed.Chinese()), remark)
	say := func(text string) {
		if text != "" {
			w.paragraph(text, body)
		}
	}
	say(w.whoAndWhen())
	figures := w.latestFigures()
	told := w.upTo(figures, func(f *stats.Figure) string {
		text := nameAndFigure(f)
		if change, err := w.stats.Change(f); err == nil && change.Regions == 0 {
			text += "，较" + change.Previous.Round.Name + change.Words()
		}
		return text
	})
	for _, note := range w.stats.WithoutNotes(figures...) {
		told += note + "。"
	}
	say(told)
	if n := len(c.Priorities); n > 0 {
		say(fmt.Sprintf("行动突出%d项工作重点：%s。", n, strings.Join(namesOf(c.Priorities, func(p *campaign.Priority) string { return p.Name }), "、")))
	}
	say(w.titled("同时公布的典型案例", CasesInOrder(w.view)))
	say(w.titled("提醒消费者的消费警示", w.view.ItemsOf(campaign.Warnings)))
	where := ""
	if base := c.Site.Base(); base != "" {
		where = "统计数据、案例和全部材料见" + c.Site.Name + "（" + base + "）。"
	}
	say(where + cmp.Or(c.Site.HotlineName, "投诉举报热线") + "：" + cmp.Or(c.Site.Hotline, "12315") + "。")
	if c.Site.Phone != "" {
		say("（联系单位：" + cmp.Or(c.Site.Operator, issuer(c)) + "，电话：" + c.Site.Phone + "）")
	}
	w.from(campaign.Position{})
}

// titled names the first of what is public of some items.
func (w *writer) titled(lead string, items []*campaign.Item) string {
	items = w.published(items)
	if len(items) == 0 {
		return ""
	}
	const most = 3
	titles := strings.Join(namesOf(items[:min(len(items), most)], func(i *campaign.Item) string { return "《" + i.Title + "》" }), "")
	if len(items) > most {
		titles += "等"
	}
	return fmt.Sprintf("%s有%d件：%s。", lead, len(items), titles)
}
