package site

import (
	"bytes"
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/linebreak"
	"wangjian/internal/markdown"
	layout "wangjian/layouts"
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
	w := newPageRenderer(r, i, prefix, shift)
	defer buffers.Put(w.out)
	w.tree(tree)
	if w.err != nil {
		return body{}, w.err
	}
	if r.opening == "" {
		r.opening = linebreak.Shorten(w.opening(tree), 120)
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
	if i.Kind.InSections() {
		tree.FillSections(r.view.Unwritten())
	}
	return tree, nil
}

// htmlRenderer turns a Markdown tree to HTML, for a page of the site or for
// the editor that a text is pasted into (paste.go). Every text is escaped, only
// safe links become links, and the first thing that cannot be resolved ends it.
type htmlRenderer struct {
	r      *rendering
	item   *campaign.Item
	target htmlTarget
	units  linebreak.Units // which a line does not part from their numbers
	gap    string          // after the first paragraph of a list item that goes on
	out    *bytes.Buffer
	err    error
	signed bool // the signature of a document in full is written
	titles bool // texts are titles, and broken by their sense
}

// htmlTarget is what differs between pages and editors.
type htmlTarget interface {
	// attributes of an element that is written for a node.
	attributes(tag string, n *markdown.Node) string
	ownBlock(*markdown.Node) error
	ownInline(*markdown.Node) error
}

func (w *htmlRenderer) put(parts ...string) {
	for _, p := range parts {
		w.out.WriteString(p)
	}
}

func (w *htmlRenderer) text(s string) { w.out.WriteString(html.EscapeString(s)) }

// codes are numbers of letters and digits that are too long for a narrow line (索引号).
var codes = regexp.MustCompile(`^[0-9A-Z/-]{16,}$`)

// coded writes such a number, which a line parts after its stroke only.
func coded(number string) template.HTML {
	parts := strings.SplitAfter(number, "/")
	for n, part := range parts {
		parts[n] = `<span class="code">` + html.EscapeString(part) + "</span>"
	}
	return template.HTML(strings.Join(parts, "<wbr>"))
}

// check ends the rendering where something at a node cannot be resolved.
func (w *htmlRenderer) check(n *markdown.Node, err error) {
	if w.err == nil && err != nil {
		w.err = fmt.Errorf("%s：%w", n.At, err)
	}
}

// open writes the tag that opens an element for a node, with an attribute that
// the element has for every target.
func (w *htmlRenderer) open(tag, attribute string, n *markdown.Node) {
	w.put("<", tag, attribute, w.target.attributes(tag, n), ">")
}

// element writes an element of inlines.
func (w *htmlRenderer) element(tag string, n *markdown.Node) {
	w.open(tag, "", n)
	w.inlines(n.Children)
	w.put("</", tag, ">")
}

func (w *htmlRenderer) blocks(nodes []*markdown.Node) {
	for _, n := range nodes {
		w.block(n)
	}
}

func (w *htmlRenderer) block(n *markdown.Node) {
	switch n.Kind {
	case markdown.Paragraph:
		w.element("p", n)
		w.put("\n")
	case markdown.List:
		w.list(n)
	case markdown.Quote:
		w.open("blockquote", "", n)
		w.put("\n")
		w.blocks(n.Children)
		w.put("</blockquote>\n")
	case markdown.Rule:
		w.open("hr", "", n)
		w.put("\n")
	default:
		w.check(n, w.target.ownBlock(n))
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
	w.open(tag, firstNumber(n), n)
	w.put("\n")
	for i, item := range n.Children {
		w.open("li", itemNumber(n, i), item)
		below := item.Children
		if len(below) > 0 && below[0].Kind == markdown.Paragraph {
			w.inlines(below[0].Children)
			if below = below[1:]; len(below) > 0 {
				w.put(w.gap)
			}
		}
		w.blocks(below)
		w.put("</li>\n")
	}
	w.put("</", tag, ">\n")
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
		if w.titles {
			w.put(string(layout.Phrased(n.Text, w.units)))
		} else {
			w.put(string(layout.Whole(n.Text, w.units)))
		}
	case markdown.Strong, markdown.Emphasis, markdown.Strike:
		tag := inlineTags[n.Kind]
		w.put("<", tag, ">")
		w.inlines(n.Children)
		w.put("</", tag, ">")
	case markdown.Code:
		w.put("<code>")
		w.text(n.Text)
		w.put("</code>")
	default:
		w.check(n, w.target.ownInline(n))
	}
}

// pageRenderer writes a body for a page of the site.
type pageRenderer struct {
	htmlRenderer
	prefix   string
	shift    int
	contents []heading
	marks    map[int]int // how often a footnote was marked
}

func newPageRenderer(r *rendering, i *campaign.Item, prefix string, shift int) *pageRenderer {
	w := &pageRenderer{htmlRenderer: htmlRenderer{r: r, item: i, units: r.units, gap: "\n", out: buffer()}, prefix: prefix, shift: shift, marks: map[int]int{}}
	w.target = w
	return w
}

func (w *pageRenderer) tree(t *markdown.Tree) {
	w.addressee()
	for _, section := range t.Sections() {
		w.section(section)
	}
	w.signature()
	w.footnotes(t.Footnotes)
}

func (w *pageRenderer) attributes(tag string, n *markdown.Node) string {
	switch tag {
	case "p", "blockquote", "li":
		return w.r.sourceAttribute(n.At)
	case "signature":
		return ` class="signature"`
	}
	return ""
}

func (w *pageRenderer) ownBlock(n *markdown.Node) error {
	switch n.Kind {
	case markdown.Heading:
		w.heading(n)
	case markdown.CodeBlock:
		w.put(`<pre tabindex="0"`, w.r.sourceAttribute(n.At), `><code>`)
		w.text(n.Text)
		w.put("</code></pre>\n")
	case markdown.Table:
		w.table(n)
	case markdown.Chart:
		c, err := w.r.chart(n.Reference.Chart)
		return w.template("figure.html", c, err)
	case markdown.StatTable:
		t, err := w.r.citedTable(*n.Reference, w.item)
		if t.OnPage {
			w.put(`<p class="table-link"><a href="#_data">`)
			w.text(t.Caption)
			w.put("</a></p>\n")
			return nil
		}
		return w.template("form-table.html", t, err)
	}
	return nil
}

// template writes what a template makes of data, if it could be had.
func (w *pageRenderer) template(name string, data any, err error) error {
	if err != nil {
		return err
	}
	return w.r.templates.ExecuteTemplate(w.out, name, data)
}

func (w *pageRenderer) ownInline(n *markdown.Node) error {
	switch n.Kind {
	case markdown.Break:
		w.put("<br>\n")
	case markdown.Link:
		return w.link(n)
	case markdown.Image:
		return w.image(n)
	case markdown.Figure:
		return w.figure(n)
	case markdown.FootnoteMark:
		w.footnoteMark(n.Number)
	}
	return nil
}

// section wraps a level-2 heading with what stands under it, so that a style
// can lay sections out.
func (w *pageRenderer) section(s markdown.Section) {
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
func (w *pageRenderer) advice(blocks []*markdown.Node) string {
	for _, n := range blocks {
		if n.Kind != markdown.List || len(n.Children[0].Children) == 0 {
			continue
		}
		return linebreak.FirstSentence(markdown.PlainText(n.Children[0].Children[0].Children, w.cited))
	}
	return ""
}

// title writes inlines that a line ends in only by their sense.
func (w *pageRenderer) title(nodes []*markdown.Node) {
	w.titles = true
	w.inlines(nodes)
	w.titles = false
}

func (w *pageRenderer) heading(n *markdown.Node) {
	if n.Level == 1 {
		w.signature()
	}
	level := strconv.Itoa(min(6, max(2, n.Level)+w.shift))
	id := w.prefix + n.Anchor
	w.put("<h", level, ` id="`, html.EscapeString(id), `"`, w.r.sourceAttribute(n.At), `>`)
	w.title(n.Children)
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

// table writes a table, in parts that begin with the same column where it is too
// broad for a sheet of paper.
func (w *pageRenderer) table(n *markdown.Node) {
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

func (w *pageRenderer) tablePart(n *markdown.Node, columns [2]int, small bool) {
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
		w.put("<tr", w.r.sourceAttribute(row.At), ">")
		for column, cell := range row.Children {
			if column == 0 || column >= columns[0] && column < columns[1] {
				w.cell(cell, column == 0)
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

// cell writes a cell; the heads and the first of a row name what the others say.
func (w *pageRenderer) cell(n *markdown.Node, first bool) {
	tag, scope := "td", ""
	if n.Head {
		tag, scope = "th", ` scope="col"`
	}
	class := map[markdown.Align]string{markdown.AlignCenter: ` class="centre"`, markdown.AlignRight: ` class="right"`}[n.Align]
	w.put("<", tag, scope, class, ">")
	if n.Head || first {
		w.title(n.Children)
	} else {
		w.inlines(n.Children)
	}
	w.put("</", tag, ">")
}

func (w *pageRenderer) link(n *markdown.Node) error {
	href, outside, err := w.r.follow(w.item, n.Target)
	if err != nil {
		return err
	}
	if href == "" {
		w.inlines(n.Children)
		return nil
	}
	w.put(`<a href="`, html.EscapeString(href), `"`)
	if outside != "" {
		w.put(` rel="external noopener" data-address="`, html.EscapeString(outside), `"`)
	}
	w.put(">")
	w.inlines(n.Children)
	w.put("</a>")
	return nil
}

// image shows a picture of the site's own; one from elsewhere would be a
// request that leaves the site.
func (w *pageRenderer) image(n *markdown.Node) error {
	href, outside, err := w.r.follow(w.item, n.Target)
	if err != nil {
		return err
	}
	if href == "" || outside != "" {
		return fmt.Errorf("图片“%s”不在本站：请把它放在文件旁边再引用", n.Target)
	}
	to, _ := w.item.LinkTo(n.Target)
	img, ok := w.r.show(w.item, to.File, n.Text, proseSizes)
	if !ok {
		return fmt.Errorf("“%s”不是图片，不能这样放进正文", n.Target)
	}
	return w.template("picture", img, nil)
}

func (w *pageRenderer) figure(n *markdown.Node) error {
	cited, err := w.r.stats.Cite(*n.Reference, w.item)
	if err != nil {
		return err
	}
	w.put(`<a class="figure-link" href="`, html.EscapeString(w.r.toSource(cited.Figure)), `"><data class="figure" value="`, html.EscapeString(cited.Value), `">`)
	w.text(cited.Text)
	w.put("</data></a>")
	return nil
}

// cited returns a figure as plain text; a fault is reported where the figure
// itself is written.
func (w *pageRenderer) cited(ref *campaign.Reference) string {
	cited, _ := w.r.stats.Cite(*ref, w.item)
	return cited.Text
}

// opening is the first paragraph as plain text.
func (w *pageRenderer) opening(t *markdown.Tree) string {
	for _, n := range t.Blocks {
		if n.Kind == markdown.Paragraph {
			return markdown.PlainText(n.Children, w.cited)
		}
	}
	return ""
}

// The ids of footnotes hold an underscore, which no heading's id does.

func (w *pageRenderer) footnoteMark(number int) {
	n := strconv.Itoa(number)
	w.marks[number]++
	w.put(`<sup><a href="#`, w.prefix, "_note-", n, `"`)
	if w.marks[number] == 1 {
		w.put(` id="`, w.prefix, "_mark-", n, `"`)
	}
	w.put(` role="doc-noteref" aria-label="`, html.EscapeString(w.r.say("注")), n, `">[`, n, "]</a></sup>")
}

func (w *pageRenderer) footnotes(notes []*markdown.Node) {
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
