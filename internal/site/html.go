package site

import (
	"fmt"
	"html"
	"html/template"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
)

// body is a Markdown body turned to HTML.
type body struct {
	HTML     template.HTML
	Contents []heading // its two upper levels
}

// heading is an entry of a page's contents.
type heading struct {
	Text, Anchor string
	Advice       string // the first sentence of the section's first list
	Below        []heading
}

// body reads an item's Markdown and turns it to HTML. Ids carry the prefix, for
// pages that hold several bodies; shift moves headings down, so that they fit
// below the page's own.
func (r *rendering) body(i *campaign.Item, prefix string, shift int) (body, error) {
	tree, err := r.tree(i)
	if err != nil {
		return body{}, err
	}
	if prefix != "" {
		prefix += "-"
	}
	w := &htmlRenderer{r: r, item: i, prefix: prefix, shift: shift, marks: map[int]int{}}
	w.out.Grow(8 << 10)
	for _, section := range tree.Sections() {
		w.section(section)
	}
	w.footnotes(tree.Footnotes)
	if w.err != nil {
		return body{}, w.err
	}
	if r.opening == "" {
		r.opening = shorten(w.opening(tree), 120)
	}
	return body{template.HTML(w.out.String()), w.contents}, nil
}

// tree parses an item's body; a fault in it is an error, as review says too.
func (r *rendering) tree(i *campaign.Item) (*markdown.Tree, error) {
	text, err := r.view.Body(i)
	if err != nil {
		return nil, err
	}
	tree, findings := markdown.Parse(text, i.File, i.Body.FirstLine)
	for _, f := range findings {
		if f.Level == campaign.Error {
			return nil, fmt.Errorf("%s：%s", f.At, f.Message)
		}
	}
	return tree, nil
}

// htmlRenderer turns a Markdown tree to HTML: the only place that does. Every text is
// escaped, only safe links become links, and the first thing that cannot be
// resolved ends it.
type htmlRenderer struct {
	r        *rendering
	item     *campaign.Item
	prefix   string
	shift    int
	out      strings.Builder
	contents []heading
	marks    map[int]int // how often a footnote was marked
	err      error
}

func (w *htmlRenderer) put(parts ...string) {
	for _, p := range parts {
		w.out.WriteString(p)
	}
}

func (w *htmlRenderer) text(s string) { w.out.WriteString(html.EscapeString(s)) }

func (w *htmlRenderer) fail(at campaign.Position, err error) {
	if w.err == nil {
		w.err = fmt.Errorf("%s：%w", at, err)
	}
}

// section wraps a level-2 heading with what stands under it, so that a style
// can lay sections out.
func (w *htmlRenderer) section(s markdown.Section) {
	if s.Heading == nil {
		w.blocks(s.Blocks)
		return
	}
	w.put(`<section class="part">`, "\n")
	w.heading(s.Heading)
	w.contents[len(w.contents)-1].Advice = w.advice(s.Blocks)
	w.blocks(s.Blocks)
	w.put("</section>\n")
}

// advice is how the first list among blocks begins, as plain text.
func (w *htmlRenderer) advice(blocks []*markdown.Node) string {
	for _, n := range blocks {
		if n.Kind != markdown.List || len(n.Children[0].Children) == 0 {
			continue
		}
		text := markdown.PlainText(n.Children[0].Children[0].Children, w.cited)
		first, _, more := strings.Cut(text, "。")
		if more {
			first += "。"
		}
		return first
	}
	return ""
}

func (w *htmlRenderer) blocks(nodes []*markdown.Node) {
	for _, n := range nodes {
		w.block(n)
	}
}

func (w *htmlRenderer) block(n *markdown.Node) {
	switch n.Kind {
	case markdown.Paragraph:
		w.put("<p", w.r.tells(n.At), ">")
		w.inlines(n.Children)
		w.put("</p>\n")
	case markdown.Heading:
		w.heading(n)
	case markdown.List:
		w.list(n)
	case markdown.Quote:
		w.put("<blockquote", w.r.tells(n.At), ">\n")
		w.blocks(n.Children)
		w.put("</blockquote>\n")
	case markdown.CodeBlock:
		w.put(`<pre tabindex="0"`, w.r.tells(n.At), `><code>`)
		w.text(n.Text)
		w.put("</code></pre>\n")
	case markdown.Rule:
		w.put("<hr>\n")
	case markdown.Table:
		w.table(n)
	case markdown.Chart:
		w.chart(n)
	case markdown.StatTable:
		w.statTable(n)
	}
}

func (w *htmlRenderer) heading(n *markdown.Node) {
	level := strconv.Itoa(min(6, max(2, n.Level)+w.shift))
	id := w.prefix + n.Anchor
	w.put("<h", level, ` id="`, html.EscapeString(id), `"`, w.r.tells(n.At), `>`)
	w.inlines(n.Children)
	w.put("</h", level, ">\n")
	h := heading{Text: markdown.PlainText(n.Children, w.cited), Anchor: id}
	switch {
	case n.Level <= 2:
		w.contents = append(w.contents, h)
	case n.Level == 3 && len(w.contents) > 0:
		last := &w.contents[len(w.contents)-1]
		last.Below = append(last.Below, h)
	}
}

// firstNumber says where a list starts, if not with 1.
func firstNumber(list *markdown.Node) string {
	if !list.Ordered || list.Children[0].Number == 1 {
		return ""
	}
	return ` start="` + strconv.Itoa(list.Children[0].Number) + `"`
}

// itemNumber says an item's number where it does not go on from the one before.
func itemNumber(list *markdown.Node, i int) string {
	if !list.Ordered || i == 0 || list.Children[i].Number == list.Children[i-1].Number+1 {
		return ""
	}
	return ` value="` + strconv.Itoa(list.Children[i].Number) + `"`
}

func (w *htmlRenderer) list(n *markdown.Node) {
	tag := "ul"
	if n.Ordered {
		tag = "ol"
	}
	w.put("<", tag, firstNumber(n), ">\n")
	for i, item := range n.Children {
		w.put("<li", itemNumber(n, i), w.r.tells(item.At), ">")
		if len(item.Children) > 0 && item.Children[0].Kind == markdown.Paragraph {
			w.inlines(item.Children[0].Children)
			if len(item.Children) > 1 {
				w.put("\n")
				w.blocks(item.Children[1:])
			}
		} else {
			w.blocks(item.Children)
		}
		w.put("</li>\n")
	}
	w.put("</", tag, ">\n")
}

// table writes a table, in parts that begin with the same column where it is too
// broad for a sheet of paper.
func (w *htmlRenderer) table(n *markdown.Node) {
	b := make(breadths, len(n.Children[0].Children))
	for _, row := range n.Children {
		for column := range min(len(row.Children), len(b)) {
			b.add(column, markdown.PlainText(row.Children[column].Children, w.cited))
		}
	}
	for _, columns := range b.cut() {
		w.tablePart(n, columns, b.part(columns).small())
	}
}

func (w *htmlRenderer) tablePart(n *markdown.Node, columns [2]int, small bool) {
	class := ""
	if small {
		class = " table-small"
	}
	w.put(`<div class="table-scroll`, class, `" tabindex="0" role="group" aria-label="`, html.EscapeString(w.r.say("表格，可左右滚动")), `"><table>`, "\n")
	for i, row := range n.Children {
		switch i {
		case 0:
			w.put("<thead>\n")
		case 1:
			w.put("<tbody>\n")
		}
		w.put("<tr", w.r.tells(row.At), ">")
		for column, cell := range row.Children {
			if column == 0 || column >= columns[0] && column < columns[1] {
				w.cell(cell)
			}
		}
		w.put("</tr>\n")
		if i == 0 {
			w.put("</thead>\n")
		}
	}
	if len(n.Children) > 1 {
		w.put("</tbody>\n")
	}
	w.put("</table></div>\n")
}

func (w *htmlRenderer) cell(n *markdown.Node) {
	tag, scope := "td", ""
	if n.Head {
		tag, scope = "th", ` scope="col"`
	}
	class := map[markdown.Align]string{markdown.AlignCenter: ` class="centre"`, markdown.AlignRight: ` class="right"`}[n.Align]
	w.put("<", tag, scope, class, ">")
	w.inlines(n.Children)
	w.put("</", tag, ">")
}

func (w *htmlRenderer) chart(n *markdown.Node) {
	c, err := w.r.chart(n.Reference.Chart)
	if err == nil {
		err = w.r.templates.ExecuteTemplate(&w.out, "figure.html", c)
	}
	if err != nil {
		w.fail(n.At, err)
	}
}

func (w *htmlRenderer) statTable(n *markdown.Node) {
	t, err := w.r.citedTable(*n.Reference, w.item)
	if err == nil {
		err = w.r.templates.ExecuteTemplate(&w.out, "form-table.html", t)
	}
	if err != nil {
		w.fail(n.At, err)
	}
}

func (w *htmlRenderer) inlines(nodes []*markdown.Node) {
	for _, n := range nodes {
		w.inline(n)
	}
}

var inlineTags = map[markdown.Kind]string{
	markdown.Strong: "strong", markdown.Emphasis: "em", markdown.Strike: "del",
}

func (w *htmlRenderer) inline(n *markdown.Node) {
	switch n.Kind {
	case markdown.Text:
		w.text(n.Text)
	case markdown.Strong, markdown.Emphasis, markdown.Strike:
		tag := inlineTags[n.Kind]
		w.put("<", tag, ">")
		w.inlines(n.Children)
		w.put("</", tag, ">")
	case markdown.Code:
		w.put("<code>")
		w.text(n.Text)
		w.put("</code>")
	case markdown.Break:
		w.put("<br>\n")
	case markdown.Link:
		w.link(n)
	case markdown.Image:
		w.image(n)
	case markdown.Figure:
		w.figure(n)
	case markdown.FootnoteMark:
		w.footnoteMark(n.Number)
	}
}

func (w *htmlRenderer) link(n *markdown.Node) {
	href, outside, err := w.r.follow(w.item, n.Target)
	if err != nil {
		w.fail(n.At, err)
		return
	}
	if href == "" {
		w.inlines(n.Children)
		return
	}
	w.put(`<a href="`, html.EscapeString(href), `"`)
	if outside != "" {
		w.put(` rel="external noopener" data-address="`, html.EscapeString(outside), `"`)
	}
	w.put(">")
	w.inlines(n.Children)
	w.put("</a>")
}

// image shows a picture of the site's own; one from elsewhere would be a
// request that leaves the site.
func (w *htmlRenderer) image(n *markdown.Node) {
	href, outside, err := w.r.follow(w.item, n.Target)
	if err == nil && (href == "" || outside != "") {
		err = fmt.Errorf("图片“%s”不在本站：请把它放在文件旁边再引用", n.Target)
	}
	if err != nil {
		w.fail(n.At, err)
		return
	}
	to, _ := w.item.LinkTo(n.Target)
	img, ok := w.r.show(w.item, to.File, n.Text, proseSizes)
	if !ok {
		w.fail(n.At, fmt.Errorf("“%s”不是图片，不能这样放进正文", n.Target))
		return
	}
	if err := w.r.templates.ExecuteTemplate(&w.out, "picture", img); err != nil {
		w.fail(n.At, err)
	}
}

func (w *htmlRenderer) figure(n *markdown.Node) {
	cited, err := w.r.stats.Cite(*n.Reference, w.item)
	if err != nil {
		w.fail(n.At, err)
		return
	}
	w.put(`<a class="figure-link" href="`, html.EscapeString(w.r.toSource(cited.Figure)), `"><data class="figure" value="`, html.EscapeString(cited.Value), `">`)
	w.text(cited.Text)
	w.put("</data></a>")
}

// cited returns a figure as plain text; a fault is reported where the figure
// itself is written.
func (w *htmlRenderer) cited(ref *campaign.Reference) string {
	cited, _ := w.r.stats.Cite(*ref, w.item)
	return cited.Text
}

// opening is the first paragraph as plain text.
func (w *htmlRenderer) opening(t *markdown.Tree) string {
	for _, n := range t.Blocks {
		if n.Kind == markdown.Paragraph {
			return markdown.PlainText(n.Children, w.cited)
		}
	}
	return ""
}

// The ids of footnotes hold an underscore, which no heading's id does.

func (w *htmlRenderer) footnoteMark(number int) {
	n := strconv.Itoa(number)
	w.marks[number]++
	w.put(`<sup><a href="#`, w.prefix, "_note-", n, `"`)
	if w.marks[number] == 1 {
		w.put(` id="`, w.prefix, "_mark-", n, `"`)
	}
	w.put(` role="doc-noteref" aria-label="`, html.EscapeString(w.r.say("注")), n, `">[`, n, "]</a></sup>")
}

func (w *htmlRenderer) footnotes(notes []*markdown.Node) {
	if len(notes) == 0 {
		return
	}
	w.put(`<section class="footnotes" role="doc-endnotes" aria-label="`, html.EscapeString(w.r.say("注释")), `"><ol>`, "\n")
	for _, n := range notes {
		number := strconv.Itoa(n.Number)
		w.put(`<li id="`, w.prefix, "_note-", number, `">`)
		w.blocks(n.Children)
		w.put(`<a class="note-back" href="#`, w.prefix, "_mark-", number, `" role="doc-backlink">`, html.EscapeString(w.r.say("回到正文")), `</a></li>`, "\n")
	}
	w.put("</ol></section>\n")
}
