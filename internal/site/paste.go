package site

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"fmt"
	"html"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"rsc.io/qr"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/markdown"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// Platform is an editor that an item is pasted into.
type Platform string

// The platforms. A 公众号 keeps no styles but inline ones and no links that
// leave it, takes pictures that come with the text, and its readers have phones; a
// CMS has styles of its own and wants plain HTML.
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
// view alone, and links are full addresses where the site knows its own. drawer
// draws the charts of a 公众号; nil for other editors, which get tables.
func Paste(v *release.View, b *stats.Table, layouts fs.FS, drawer Drawer, i *campaign.Item, to Platform) (Pasted, error) {
	s, err := newSite(v, b, layouts, drawer)
	if err != nil {
		return Pasted{}, err
	}
	r := &rendering{site: s, view: v, page: &page{path: s.addresses[i].path}, root: s.base}
	tree, err := r.tree(i)
	if err != nil {
		return Pasted{}, err
	}
	p := &paster{htmlRenderer: htmlRenderer{r: r, item: i, out: &bytes.Buffer{}}, editor: editors[to]}
	p.target = p
	p.addressee()
	p.blocks(tree.Blocks)
	p.signature()
	p.footnotes(tree.Footnotes)
	if to == WeChat {
		p.ending()
	}
	if p.err != nil {
		return Pasted{}, p.err
	}
	done := Pasted{Pictures: p.pictures}
	for _, f := range i.Files() {
		if !slices.Contains(p.pictures, f) {
			done.Files = append(done.Files, f)
		}
	}
	done.HTML, err = p.sheet(done)
	return done, err
}

// editor is how a platform wants a text.
type editor struct {
	name   string
	styles map[string]string // style attributes by tag
	links  bool              // keeps links
}

const (
	weChatSmaller = "margin:24px 0 8px;font-size:16px;font-weight:bold;"
	weChatList    = "margin:0 0 16px;padding-left:24px;"
)

var editors = map[Platform]editor{
	WeChat: {name: "公众号", styles: map[string]string{
		"section": "font-size:16px;line-height:1.8;color:#1e1a17;",
		"h2":      "margin:32px 0 12px;padding-left:10px;border-left:4px solid #951b1e;font-size:18px;font-weight:bold;color:#951b1e;",
		"h3":      weChatSmaller, "h4": weChatSmaller, "h5": weChatSmaller, "h6": weChatSmaller,
		"p": "margin:0 0 16px;", "signature": "text-align:right;", "ul": weChatList, "ol": weChatList,
		"blockquote": "margin:0 0 16px;padding:12px 16px;background-color:#f5f2ed;", "pre": "white-space:pre-wrap;background-color:#f5f2ed;",
		"img":   "display:block;max-width:100%;margin:0 auto 16px;",
		"hr":    "margin:24px 0;border:0;border-top:1px solid #ddd6cc;",
		"table": "width:100%;margin:0 0 16px;border-collapse:collapse;font-size:14px;line-height:1.6;",
		"th":    "padding:6px 8px;border:1px solid #8f857a;background-color:#f5f2ed;text-align:left;",
		"td":    "padding:6px 8px;border:1px solid #8f857a;text-align:left;", "caption": "margin:0 0 8px;font-size:14px;font-weight:bold;",
	}},
	CMS: {name: "门户网站编辑器", links: true, styles: map[string]string{
		"signature": "text-align:right;",
		"table":     "border-collapse:collapse;", "th": "border:1px solid #888;padding:4px 8px;", "td": "border:1px solid #888;padding:4px 8px;",
	}},
}

// paster writes a text for an editor: no classes, ids or scripts.
type paster struct {
	htmlRenderer
	editor   editor
	pictures []string
}

func (p *paster) attributes(tag string, _ *markdown.Node) string {
	if style := p.editor.styles[tag]; style != "" {
		return ` style="` + style + `"`
	}
	return ""
}

// line writes an element of text on a line of its own; as is the tag whose
// style it has.
func (p *paster) line(tag, as, text string) {
	p.put("<", tag, p.attributes(as, nil), ">")
	p.text(text)
	p.put("</", tag, ">\n")
}

func (p *paster) ownBlock(n *markdown.Node) error {
	switch n.Kind {
	case markdown.Heading:
		if n.Level == 1 {
			p.signature()
		}
		p.element("h"+strconv.Itoa(min(6, max(2, n.Level))), n)
		p.put("\n")
	case markdown.CodeBlock:
		p.line("pre", "pre", n.Text)
	case markdown.Table:
		p.table(n.Children)
	case markdown.Chart:
		return p.chart(n)
	case markdown.StatTable:
		return p.statTable(n)
	}
	return nil
}

// table writes rows, the first of which is the head.
func (p *paster) table(rows []*markdown.Node) {
	p.open("table", "", nil)
	p.put("<tbody>\n")
	tag := "th"
	for _, row := range rows {
		p.put("<tr>")
		for _, cell := range row.Children {
			p.element(tag, cell)
		}
		p.put("</tr>\n")
		tag = "td"
	}
	p.put("</tbody></table>\n")
}

func (p *paster) textTable(caption string, rows [][]string) {
	p.line("p", "caption", caption)
	var nodes []*markdown.Node
	for _, row := range rows {
		var cells []*markdown.Node
		for _, text := range row {
			cells = append(cells, &markdown.Node{Children: []*markdown.Node{{Kind: markdown.Text, Text: text}}})
		}
		nodes = append(nodes, &markdown.Node{Children: cells})
	}
	p.table(nodes)
}

// pastedWidth is how wide a chart is laid out for a phone, in px.
const pastedWidth = 335

// inset writes a picture that comes with the text.
func (p *paster) inset(raw []byte, alt string) {
	p.put("<p", p.attributes("p", nil), `><img src="data:image/png;base64,`, base64.StdEncoding.EncodeToString(raw), `" alt="`, html.EscapeString(alt), `"`, p.attributes("img", nil), "></p>\n")
}

// ending tells a 公众号's readers where to complain and where the page is.
func (p *paster) ending() {
	site := p.r.campaign.Site
	if site.Hotline != "" {
		p.line("p", "caption", cmp.Or(site.HotlineName, "投诉举报热线")+"："+site.Hotline)
	}
	if p.r.base == "" {
		return
	}
	code, err := qr.Encode(p.r.addressUnder(p.r.base, p.r.addresses[p.item]), qr.M)
	if err != nil {
		p.err = fmt.Errorf("网址做不成二维码：%w", err)
		return
	}
	p.inset(code.PNG(), "扫码查看原文的二维码")
	p.line("p", "caption", "扫码查看原文")
}

// chart writes a chart as a picture, or, for an editor of links and tables, its
// table; either with its summary.
func (p *paster) chart(n *markdown.Node) error {
	c, err := chart.Find(p.r.stats, p.r.campaign, n.Reference.Chart)
	if err != nil {
		return err
	}
	p.line("p", "p", c.Summary)
	if p.r.drawer != nil {
		raw, err := p.r.drawer.Drawing(c.Draw(pastedWidth))
		if err != nil {
			return err
		}
		p.line("p", "caption", c.Title)
		p.inset(raw, c.Title)
		return nil
	}
	p.textTable(c.Title, append([][]string{c.Head}, c.Rows...))
	return nil
}

func (p *paster) statTable(n *markdown.Node) error {
	t, err := p.r.citedTable(*n.Reference, p.item)
	if err != nil {
		return err
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
	p.textTable(t.Caption, rows)
	return nil
}

func (p *paster) ownInline(n *markdown.Node) error {
	switch n.Kind {
	case markdown.Break:
		p.put("<br>")
	case markdown.Link:
		return p.link(n)
	case markdown.Image:
		return p.image(n)
	case markdown.Figure:
		cited, err := p.r.stats.Cite(*n.Reference, p.item)
		p.text(cited.Text)
		return err
	case markdown.FootnoteMark:
		p.text("[" + strconv.Itoa(n.Number) + "]")
	}
	return nil
}

// link keeps a link where the platform does. An address that nobody outside knows
// is left off.
func (p *paster) link(n *markdown.Node) error {
	href, outside, err := p.r.follow(p.item, n.Target)
	if err != nil {
		return err
	}
	if outside != "" {
		href = outside // the page that says one is leaving belongs to the site
	}
	full := outside != "" || p.r.base != "" && strings.HasPrefix(href, p.r.base)
	link := p.editor.links && href != "" && (full || strings.HasPrefix(href, "tel:"))
	if link {
		p.put(`<a href="`, html.EscapeString(href), `">`)
	}
	p.inlines(n.Children)
	if link {
		p.put("</a>")
	}
	return nil
}

// image leaves a place for a picture that is uploaded by hand.
func (p *paster) image(n *markdown.Node) error {
	to, _ := p.item.LinkTo(n.Target)
	file := to.Attached()
	if file == "" {
		return fmt.Errorf("图片“%s”不在本站", n.Target)
	}
	if !slices.Contains(p.pictures, file) {
		p.pictures = append(p.pictures, file)
	}
	p.text(fmt.Sprintf("【图%d：%s，请上传 %s】", slices.Index(p.pictures, file)+1, n.Text, path.Base(file)))
	return nil
}

func (p *paster) footnotes(notes []*markdown.Node) {
	for _, n := range notes {
		p.open("p", "", nil)
		p.text("[" + strconv.Itoa(n.Number) + "] ")
		for _, c := range n.Children {
			p.inlines(c.Children)
		}
		p.put("</p>\n")
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
	case i.Commitment != nil:
		m := i.Commitment
		record = append(record, facts("承诺主体", m.Party, "主体类型", m.Kind, "统一社会信用代码", m.CreditCode, "承诺日期", m.On.String(), "期限", m.Term)...)
	case i.Case != nil:
		for _, f := range campaign.SummaryFields() {
			record = append(record, facts(f.Page, f.Plain(i.Case))...)
		}
		record = append(record, facts("公示期限", r.period(i))...)
	}
	record = append(record, facts("发布日期", i.PublishedAt.String(), "更新日期", r.updatedOn(&i.Release), "来源", sourceOf(i), "公开方式", i.Disclosure,
		"关键词", strings.Join(i.Keywords, " "), "摘要", summaryOf(i))...)
	if r.base != "" {
		record = append(record, fact{"原文网址", r.addressUnder(r.base, r.addresses[i])})
	}
	return record
}

// sheet is the page that a clerk opens to copy from.
var sheet = template.Must(template.New("sheet").Parse(`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{{html .Title}}（{{.Editor}}）</title>
</head>
<body style="max-width:680px;margin:24px auto;padding:0 16px;font-family:sans-serif;">
{{with .Held}}<p style="padding:8px 12px;background-color:#fbefed;color:#a01d20;">未公开：{{html .}}。请勿发布。</p>
{{end}}<table><tbody>
{{range .Record}}<tr><th style="padding:4px 12px 4px 0;text-align:left;vertical-align:top;white-space:nowrap;">{{html .Name}}</th><td style="padding:4px 0;">{{html .Value}}</td></tr>
{{end}}</tbody></table>
<hr>
<!-- 从这里开始复制 -->
<section{{.Style}}>
{{with .Sample}}<p style="padding:8px 12px;background-color:#fdf3dd;color:#7d4b00;">{{.}}</p>
{{end}}{{.Body}}</section>
<!-- 复制到这里为止 -->
</body>
</html>
`))

func (p *paster) sheet(done Pasted) (string, error) {
	record := append(p.r.recordOf(p.item), facts("要上传的图片", strings.Join(done.Pictures, "、"), "要上传的附件", strings.Join(done.Files, "、"))...)
	var out strings.Builder
	err := sheet.Execute(&out, map[string]any{
		"Title": p.r.fullTitle(p.item), "Editor": p.editor.name, "Held": strings.Join(p.r.mark(p.item), "；"), "Record": record,
		"Style": p.attributes("section", nil), "Sample": p.r.cardNote(), "Body": p.out.String(),
	})
	return out.String(), err
}
