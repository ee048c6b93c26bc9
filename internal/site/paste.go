package site

import (
	"fmt"
	"html"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/markdown"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// Platform is an editor that an item is pasted into.
type Platform string

// The platforms. A 公众号 keeps no styles but inline ones and no links that
// leave it; a CMS has styles of its own and wants plain HTML.
const (
	WeChat Platform = "wechat"
	CMS    Platform = "cms"
)

// Pasted is an item made ready to paste.
type Pasted struct {
	HTML     string   // a page: the record's fields, then what to paste
	Pictures []string // campaign files to upload by hand, in the order of the text
	Files    []string // attachments, likewise
}

// Paste makes an item ready for a platform's editor. The result depends on the
// view alone, and links are full addresses where the site knows its own.
func Paste(v *release.View, b *stats.Table, layouts fs.FS, i *campaign.Item, to Platform) (Pasted, error) {
	s, err := newSite(v, b, layouts, nil)
	if err != nil {
		return Pasted{}, err
	}
	r := &rendering{site: s, view: v, page: &page{path: s.addresses[i].path}, root: s.base}
	tree, err := r.tree(i)
	if err != nil {
		return Pasted{}, err
	}
	p := &paster{r: r, item: i, look: looks[to]}
	p.blocks(tree.Blocks)
	p.footnotes(tree.Footnotes)
	if p.err != nil {
		return Pasted{}, p.err
	}
	body := p.out.String()
	p.out.Reset()
	done := Pasted{Pictures: p.pictures}
	for _, f := range i.Files() {
		if !slices.Contains(p.pictures, f) {
			done.Files = append(done.Files, f)
		}
	}
	done.HTML = p.sheet(body, done)
	return done, p.err
}

// look is how a platform wants each element: its style attribute, "" for none.
type look struct {
	name                          string
	wrap, heading, smaller        string
	text, list, quote, code, rule string
	table, head, cell, caption    string
	links                         bool // keeps links
}

var looks = map[Platform]look{
	WeChat: {
		name: "公众号", wrap: "font-size:16px;line-height:1.8;color:#1e1a17;",
		heading: "margin:32px 0 12px;padding-left:10px;border-left:4px solid #951b1e;font-size:18px;font-weight:bold;color:#951b1e;",
		smaller: "margin:24px 0 8px;font-size:16px;font-weight:bold;",
		text:    "margin:0 0 16px;", list: "margin:0 0 16px;padding-left:24px;",
		quote: "margin:0 0 16px;padding:12px 16px;background-color:#f5f2ed;", code: "white-space:pre-wrap;background-color:#f5f2ed;",
		rule:  "margin:24px 0;border:0;border-top:1px solid #ddd6cc;",
		table: "width:100%;margin:0 0 16px;border-collapse:collapse;font-size:14px;line-height:1.6;",
		head:  "padding:6px 8px;border:1px solid #8f857a;background-color:#f5f2ed;text-align:left;",
		cell:  "padding:6px 8px;border:1px solid #8f857a;text-align:left;", caption: "margin:0 0 8px;font-size:14px;font-weight:bold;",
	},
	CMS: {name: "门户网站编辑器", table: "border-collapse:collapse;", head: "border:1px solid #888;padding:4px 8px;", cell: "border:1px solid #888;padding:4px 8px;", links: true},
}

// paster turns a Markdown tree to HTML that an editor takes: no classes, ids or
// scripts.
type paster struct {
	r        *rendering
	item     *campaign.Item
	look     look
	out      strings.Builder
	pictures []string
	err      error
}

func (p *paster) fail(at campaign.Position, err error) {
	if p.err == nil {
		p.err = fmt.Errorf("%s：%w", at, err)
	}
}

// open writes a tag with its style.
func (p *paster) open(tag, style string) {
	p.out.WriteString("<" + tag)
	if style != "" {
		p.out.WriteString(` style="` + style + `"`)
	}
	p.out.WriteString(">")
}

func (p *paster) close(tag string) { p.out.WriteString("</" + tag + ">") }

func (p *paster) text(s string) { p.out.WriteString(html.EscapeString(s)) }

// wrapped writes an element around inlines, on a line of its own.
func (p *paster) wrapped(tag, style string, nodes []*markdown.Node) {
	p.open(tag, style)
	p.inlines(nodes)
	p.close(tag)
	p.out.WriteByte('\n')
}

func (p *paster) blocks(nodes []*markdown.Node) {
	for _, n := range nodes {
		p.block(n)
	}
}

func (p *paster) block(n *markdown.Node) {
	switch n.Kind {
	case markdown.Paragraph:
		p.wrapped("p", p.look.text, n.Children)
	case markdown.Heading:
		level, style := min(6, max(2, n.Level)), p.look.heading
		if level > 2 {
			style = p.look.smaller
		}
		p.wrapped("h"+strconv.Itoa(level), style, n.Children)
	case markdown.List:
		p.list(n)
	case markdown.Quote:
		p.open("blockquote", p.look.quote)
		p.out.WriteByte('\n')
		p.blocks(n.Children)
		p.close("blockquote")
		p.out.WriteByte('\n')
	case markdown.CodeBlock:
		p.open("pre", p.look.code)
		p.text(n.Text)
		p.close("pre")
		p.out.WriteByte('\n')
	case markdown.Rule:
		p.open("hr", p.look.rule)
		p.out.WriteByte('\n')
	case markdown.Table:
		var rows [][]func()
		for _, row := range n.Children {
			var cells []func()
			for _, cell := range row.Children {
				cells = append(cells, func() { p.inlines(cell.Children) })
			}
			rows = append(rows, cells)
		}
		p.table("", rows)
	case markdown.Chart:
		p.chart(n)
	case markdown.StatTable:
		p.statTable(n)
	}
}

func (p *paster) list(n *markdown.Node) {
	tag := "ul"
	if n.Ordered {
		tag = "ol"
	}
	p.open(tag+firstNumber(n), p.look.list)
	p.out.WriteByte('\n')
	for i, item := range n.Children {
		p.out.WriteString("<li" + itemNumber(n, i) + ">")
		for k, c := range item.Children {
			if k == 0 && c.Kind == markdown.Paragraph {
				p.inlines(c.Children)
			} else {
				p.block(c)
			}
		}
		p.close("li")
		p.out.WriteByte('\n')
	}
	p.close(tag)
	p.out.WriteByte('\n')
}

// table writes rows, the first of which is the head.
func (p *paster) table(caption string, rows [][]func()) {
	if caption != "" {
		p.open("p", p.look.caption)
		p.text(caption)
		p.close("p")
		p.out.WriteByte('\n')
	}
	p.open("table", p.look.table)
	p.out.WriteString("<tbody>\n")
	for n, row := range rows {
		tag, style := "td", p.look.cell
		if n == 0 {
			tag, style = "th", p.look.head
		}
		p.open("tr", "")
		for _, cell := range row {
			p.open(tag, style)
			cell()
			p.close(tag)
		}
		p.close("tr")
		p.out.WriteByte('\n')
	}
	p.out.WriteString("</tbody></table>\n")
}

func (p *paster) words(rows [][]string) [][]func() {
	var list [][]func()
	for _, row := range rows {
		var cells []func()
		for _, cell := range row {
			cells = append(cells, func() { p.text(cell) })
		}
		list = append(list, cells)
	}
	return list
}

// chart returns a chart's summary and its table: editors take no vector drawing.
func (p *paster) chart(n *markdown.Node) {
	c, err := chart.Find(p.r.stats, p.r.campaign, n.Reference.Chart)
	if err != nil {
		p.fail(n.At, err)
		return
	}
	title := c.Title
	if c.Unit != "" {
		title += "（单位：" + c.Unit + "）"
	}
	p.open("p", p.look.text)
	p.text(c.Summary)
	p.close("p")
	p.out.WriteByte('\n')
	p.table(title, p.words(append([][]string{c.Head}, c.Rows...)))
}

func (p *paster) statTable(n *markdown.Node) {
	t, err := p.r.citedTable(*n.Reference, p.item)
	if err != nil {
		p.fail(n.At, err)
		return
	}
	rows := [][]string{{"项目", "单位"}}
	for _, round := range t.Rounds {
		rows[0] = append(rows[0], round.Name)
	}
	for _, l := range t.Lines {
		name := l.Name
		if l.Within {
			name = "其中：" + name
		}
		row := []string{name, l.Unit}
		for _, c := range l.Cells {
			row = append(row, c.Text)
		}
		rows = append(rows, row)
	}
	p.table(t.Caption, p.words(rows))
}

func (p *paster) inlines(nodes []*markdown.Node) {
	for _, n := range nodes {
		p.inline(n)
	}
}

func (p *paster) inline(n *markdown.Node) {
	switch n.Kind {
	case markdown.Text:
		p.text(n.Text)
	case markdown.Strong, markdown.Emphasis, markdown.Strike:
		p.open(inlineTags[n.Kind], "")
		p.inlines(n.Children)
		p.close(inlineTags[n.Kind])
	case markdown.Code:
		p.open("code", "")
		p.text(n.Text)
		p.close("code")
	case markdown.Break:
		p.out.WriteString("<br>")
	case markdown.Link:
		p.link(n)
	case markdown.Image:
		p.image(n)
	case markdown.Figure:
		cited, err := p.r.stats.Cite(*n.Reference, p.item)
		if err != nil {
			p.fail(n.At, err)
		}
		p.text(cited.Text)
	case markdown.FootnoteMark:
		p.text("[" + strconv.Itoa(n.Number) + "]")
	}
}

// link keeps a link where the platform does, else writes the address behind
// its words. An address that nobody outside knows is left off.
func (p *paster) link(n *markdown.Node) {
	href, outside, err := p.r.follow(p.item, n.Target)
	if err != nil {
		p.fail(n.At, err)
		return
	}
	if outside != "" {
		href = outside // the page that says one is leaving belongs to the site
	}
	words := markdown.PlainText(n.Children, nil)
	full := outside != "" || p.r.base != "" && strings.HasPrefix(href, p.r.base)
	switch {
	case !full && !strings.HasPrefix(href, "tel:") || href == "":
		p.inlines(n.Children)
	case p.look.links:
		p.out.WriteString(`<a href="` + html.EscapeString(href) + `">`)
		p.inlines(n.Children)
		p.close("a")
	default:
		p.inlines(n.Children)
		if full && words != href {
			p.text("（" + href + "）")
		}
	}
}

// image leaves a place for a picture that is uploaded by hand.
func (p *paster) image(n *markdown.Node) {
	to, _ := p.item.LinkTo(n.Target)
	file := to.Attached()
	if file == "" {
		p.fail(n.At, fmt.Errorf("图片“%s”不在本站", n.Target))
		return
	}
	if !slices.Contains(p.pictures, file) {
		p.pictures = append(p.pictures, file)
	}
	p.text(fmt.Sprintf("【图%d：%s，请上传 %s】", slices.Index(p.pictures, file)+1, n.Text, path.Base(file)))
}

func (p *paster) footnotes(notes []*markdown.Node) {
	for _, n := range notes {
		p.open("p", p.look.text)
		p.text("[" + strconv.Itoa(n.Number) + "] ")
		for _, c := range n.Children {
			p.inlines(c.Children)
		}
		p.close("p")
		p.out.WriteByte('\n')
	}
}

// recordOf is what a platform's form asks for beside the text.
func (r *rendering) recordOf(i *campaign.Item) []fact {
	record := facts("标题", r.fullTitle(i))
	switch {
	case i.Document != nil:
		d := i.Document
		record = append(record, facts("索引号", d.IndexNumber, "文号", d.Number, "发布机构", d.Issuer, "成文日期", d.WrittenOn.String(),
			"主题分类", d.Topic, "体裁", d.Genre, "有效性", d.Validity)...)
	case i.Warning != nil:
		record = append(record, facts("发布机构", i.Warning.Issuer, "期号", i.Warning.Number)...)
	case i.Case != nil:
		c := i.Case
		record = append(record, facts("行政处罚决定书文号", c.DecisionNumber, "当事人", c.Party, "违法行为类型", c.Violation, "行政处罚内容", c.Penalty,
			"作出处罚决定的机关", c.Authority, "决定日期", c.DecidedOn.String(), "公示期限", r.period(i))...)
	}
	record = append(record, facts("发布日期", i.PublishedAt.String(), "更新日期", i.UpdatedOn.String(), "来源", sourceOf(i), "公开方式", i.Disclosure,
		"关键词", strings.Join(i.Keywords, " "), "摘要", summaryOf(i))...)
	if r.base != "" {
		record = append(record, fact{"原文网址", r.addressUnder(r.base, r.addresses[i])})
	}
	return record
}

// sheet is the page that a clerk opens to copy from.
func (p *paster) sheet(body string, done Pasted) string {
	const th, td = "padding:4px 12px 4px 0;text-align:left;vertical-align:top;white-space:nowrap;", "padding:4px 0;"
	title := p.r.fullTitle(p.item)
	p.out.WriteString("<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + html.EscapeString(title) + "（" + p.look.name + "）</title>\n</head>\n")
	p.open("body", "max-width:680px;margin:24px auto;padding:0 16px;font-family:sans-serif;")
	p.out.WriteString("\n")
	if reasons := p.r.mark(p.item); reasons != nil {
		p.open("p", "padding:8px 12px;background-color:#fbefed;color:#a01d20;")
		p.text("未公开：" + strings.Join(reasons, "；") + "。请勿发布。")
		p.out.WriteString("</p>\n")
	}
	p.out.WriteString("<table><tbody>\n")
	for _, f := range p.r.recordOf(p.item) {
		p.open("tr", "")
		p.open("th", th)
		p.text(f.Name)
		p.close("th")
		p.open("td", td)
		p.text(f.Value)
		p.out.WriteString("</td></tr>\n")
	}
	for _, f := range [][]string{append([]string{"要上传的图片"}, done.Pictures...), append([]string{"要上传的附件"}, done.Files...)} {
		if len(f) > 1 {
			p.open("tr", "")
			p.open("th", th)
			p.text(f[0])
			p.close("th")
			p.open("td", td)
			p.text(strings.Join(f[1:], "、"))
			p.out.WriteString("</td></tr>\n")
		}
	}
	p.out.WriteString("</tbody></table>\n<hr>\n<!-- 从这里开始复制 -->\n")
	p.open("section", p.look.wrap)
	if p.r.campaign.Sample { // goes where the text goes
		p.out.WriteByte('\n')
		p.open("p", "padding:8px 12px;background-color:#fdf3dd;color:#7d4b00;")
		p.text(sampleNote)
		p.close("p")
	}
	p.out.WriteString("\n" + body + "</section>\n<!-- 复制到这里为止 -->\n</body>\n</html>\n")
	return p.out.String()
}
