package manuscript

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"wangjian/internal/intake"
	"wangjian/internal/linebreak"
)

// field is a field of Word (a link, a page number, a table of contents) whose
// end has not come yet.
type field struct {
	code   strings.Builder
	result bool // what follows is the result, which Word shows
	silent bool // the result is not part of the text
	link   string
}

// inlines reads elements that stand where words do.
func (r *reader) inlines(list []*element, base runStyle, link string) {
	for _, e := range list {
		switch {
		case e.space == wordSpace:
			r.wordInline(e, base, link)
		case e.space == compatSpace && e.name == "AlternateContent":
			r.inlines(choose(e), base, link)
		case e.space == mathSpace && (e.name == "oMath" || e.name == "oMathPara"):
			r.leftOut("公式", e)
		default:
			r.unknown(e)
		}
	}
}

func (r *reader) wordInline(e *element, base runStyle, link string) {
	switch e.name {
	case "r":
		r.run(e, base, link)
	case "hyperlink":
		r.inlines(e.children, base, r.address(e))
	case "fldSimple":
		f := &field{result: true}
		f.code.WriteString(e.attr("instr"))
		r.begin(f)
		r.inlines(e.children, base, link)
		r.fields = r.fields[:len(r.fields)-1]
	case "sdt":
		if content := r.control(e); content != nil {
			r.inlines(content.children, base, link)
		}
	case "smartTag", "customXml", "dir", "bdo", "ins", "moveTo":
		r.inlines(e.children, base, link)
	case "pPr", "del", "moveFrom":
	case "subDoc":
		r.said.problem("manuscript-chunk", r.current, "在 Word 里把子文档的内容复制进来，另存后再导入", "文档里链接了另一个文件（子文档），没有导入")
	default:
		r.unknown(e)
	}
}

// address returns where a link leads when the site can keep it: the web. Links
// inside the document, to files and to mail boxes are words only.
func (r *reader) address(e *element) string {
	id := e.relation("id")
	if id == "" {
		return ""
	}
	return r.keepLink(r.relations[id].Target)
}

func (r *reader) keepLink(target string) string {
	u, err := url.Parse(target)
	if err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.ContainsAny(target, " <>\\\n\r\t") && target == clean(target) {
		return target
	}
	r.said.note("left-link", r.current, "链接“%s”没有保留，只留下文字", linebreak.Clip(target, 30))
	return ""
}

var fieldLink = regexp.MustCompile(`^\s*HYPERLINK\s+"([^"]+)"`)

// begin enters the result of a field.
func (r *reader) begin(f *field) {
	f.result = true
	code := f.code.String()
	name := strings.ToUpper(strings.TrimSpace(code))
	if i := strings.IndexFunc(name, unicode.IsSpace); i > 0 {
		name = name[:i]
	}
	switch name {
	case "TOC":
		f.silent = true
		r.said.count("left-contents", leftContents, "")
	case "PAGE", "NUMPAGES", "SECTIONPAGES":
		f.silent = true
	case "HYPERLINK":
		if m := fieldLink.FindStringSubmatch(code); m != nil {
			f.link = r.keepLink(m[1])
		}
	}
	r.fields = append(r.fields, f)
}

// silent reports whether a field keeps the words at hand out of the text.
func (r *reader) silent() bool {
	if r.excess {
		return true
	}
	for _, f := range r.fields {
		if !f.result || f.silent {
			return true
		}
	}
	return false
}

// run reads a w:r.
func (r *reader) run(e *element, base runStyle, link string) {
	own := readRunStyle(e.child("rPr"))
	l := base
	if p := e.child("rPr"); p != nil {
		if id := p.val("rStyle"); id != "" && r.styles.byID[id] != nil {
			l = r.styles.of(id).run.above(base)
		}
	}
	l = own.over(l).over(r.styles.base)
	for _, f := range r.fields {
		if f.link != "" {
			link = f.link
		}
	}
	for _, c := range e.children {
		switch {
		case c.space == wordSpace:
			r.runChild(c, l, base, link)
		case c.space == compatSpace && c.name == "AlternateContent":
			for _, d := range choose(c) {
				if d.space == wordSpace {
					r.runChild(d, l, base, link)
				} else {
					r.unknown(d)
				}
			}
		case c.space == mathSpace:
			r.leftOut("公式", c)
		default:
			r.unknown(c)
		}
	}
}

var (
	// unshown elements of a run show nothing of their own.
	unshown = map[string]bool{
		"rPr": true, "delText": true, "delInstrText": true, "lastRenderedPageBreak": true, "annotationRef": true, "footnoteRef": true,
		"endnoteRef": true, "separator": true, "continuationSeparator": true, "softHyphen": true,
	}
	// literals are elements that stand for a character.
	literals = map[string]string{"tab": " ", "ptab": " ", "noBreakHyphen": "-"}
	// objects cannot be in a narrative.
	objects = map[string]string{"object": "嵌入的对象（表格、附件等）", "control": "控件", "contentPart": "手写墨迹"}
)

func (r *reader) runChild(c *element, l, base runStyle, link string) {
	shown := !r.silent() && l.vanish != on
	switch {
	case unshown[c.name]:
	case literals[c.name] != "":
		r.words(literals[c.name], l, link)
	case objects[c.name] != "":
		r.leftOut(objects[c.name], c)
	case c.name == "t":
		text := c.text.String()
		if c.attr("space") != "preserve" {
			text = strings.Trim(text, " \t\r\n")
		}
		r.words(text, l, link)
	case c.name == "br", c.name == "cr":
		if kind := c.attr("type"); shown && kind != "page" && kind != "column" {
			r.current.spans = append(r.current.spans, span{kind: breakSpan})
		}
	case c.name == "drawing", c.name == "pict":
		r.graphic(c, l.vanish == on)
	case c.name == "ruby":
		r.ruby(c, base, link)
	default:
		r.runMark(c, l, link, shown)
	}
}

// runMark reads what is no text itself: marks of fields, notes and comments, and
// symbols.
func (r *reader) runMark(c *element, l runStyle, link string, shown bool) {
	switch c.name {
	case "sym":
		r.symbol(c, l, link)
	case "fldChar":
		r.fieldMark(c)
	case "instrText":
		if n := len(r.fields); n > 0 && !r.fields[n-1].result {
			r.fields[n-1].code.WriteString(c.text.String())
		}
	case "footnoteReference", "endnoteReference":
		if !shown {
			return
		}
		if n := r.footnote(strings.TrimSuffix(c.name, "Reference")+"s", c.attr("id")); n > 0 {
			r.current.spans = append(r.current.spans, span{kind: noteSpan, note: n})
		}
	case "commentReference":
		r.said.note("left-comment", r.current, "批注没有导入：“%s”", linebreak.Clip(r.comments[c.attr("id")], 24))
	default:
		r.unknown(c)
	}
}

// ruby reads words with their reading above.
func (r *reader) ruby(c *element, base runStyle, link string) {
	if text := c.child("rt"); text != nil {
		r.said.note("left-ruby", r.current, "注音没有导入：“%s”", linebreak.Clip(text.words(), 12))
	}
	if below := c.child("rubyBase"); below != nil {
		r.inlines(below.children, base, link)
	}
}

func (r *reader) fieldMark(c *element) {
	switch c.attr("fldCharType") {
	case "begin":
		f := &field{}
		if data := c.child("ffData"); data != nil && data.child("checkBox") != nil {
			r.said.note("left-object", r.current, "复选框没有导入")
		}
		if r.excess = r.excess || len(r.fields) == maxFields; !r.excess {
			r.fields = append(r.fields, f)
		}
	case "separate":
		if n := len(r.fields); n > 0 && !r.fields[n-1].result {
			f := r.fields[n-1]
			r.fields = r.fields[:n-1]
			r.begin(f)
		}
	case "end":
		n := len(r.fields)
		if n == 0 {
			return
		}
		f := r.fields[n-1]
		r.fields = r.fields[:n-1]
		if code := strings.TrimSpace(f.code.String()); !f.result && strings.HasPrefix(strings.ToUpper(code), "EQ") {
			r.said.note("left-object", r.current, "域公式没有导入：“%s”", linebreak.Clip(code, 24))
		}
	}
}

// words adds text of a style to the paragraph. Hidden text stays behind.
func (r *reader) words(text string, l runStyle, link string) {
	r.size += len(text)
	if r.excess = r.excess || r.size > maxWords; r.excess || text == "" || r.silent() {
		return
	}
	if l.vanish == on {
		r.hidden += text
		return
	}
	text = r.permitted(text)
	if strings.TrimSpace(text) != "" {
		r.remarkOnStyle(text, l, link)
	}
	if l.caps == on {
		text = strings.ToUpper(text)
	}
	if l.raised == "superscript" || l.raised == "subscript" {
		text = r.raise(text, l.raised)
	}
	r.current.spans = append(r.current.spans, span{kind: wordSpan, text: text, format: formatOf(l), face: faceOf(l.font), link: link})
}

func formatOf(l runStyle) format {
	var f format
	if l.bold == on {
		f |= boldFormat
	}
	if l.italic == on {
		f |= italicFormat
	}
	if l.strike == on {
		f |= strikeFormat
	}
	return f
}

// remarkOnStyle names what a style says that Markdown cannot keep, and words
// that nobody can see.
func (r *reader) remarkOnStyle(text string, l runStyle, link string) {
	color := strings.ToUpper(l.color)
	if l.size > 0 && l.size <= 4 || color == "FFFFFF" && !l.shaded && l.highlight == "" && !r.shaded {
		r.said.problem("manuscript-invisible", r.current, "核对这些字该不该公开；不该的，在 Word 里删去后再导入", "有白色或极小的字，在 Word 里看不见，导入后看得见：“%s”", linebreak.Clip(text, 20))
		return
	}
	if strings.Contains(text, "{{") {
		r.said.count("changed-braces", "“{{”按普通文字导入，不当作数据引用，共 %d 处", linebreak.Clip(text, 16))
	}
	if link != "" || r.current.level > 0 || r.current.role != bodyRole {
		return // links and headings are blue or underlined by habit
	}
	if isDark(color) {
		color = ""
	}
	for _, lost := range []struct {
		rule, words, value string
		plain              []string // values that show nothing
	}{
		{"left-underline", "下划线没有保留，共 %d 处", l.underline, []string{"", "none"}},
		{"left-highlight", "突出显示的底色没有保留，共 %d 处", l.highlight, []string{"", "none"}},
		{"left-colour", "文字颜色没有保留，共 %d 处", color, []string{"", "AUTO", "FFFFFF"}},
	} {
		if !slices.Contains(lost.plain, lost.value) {
			r.said.count(lost.rule, lost.words, linebreak.Clip(text, 12))
		}
	}
}

// isDark tells a colour that reads as black.
func isDark(hex string) bool {
	var red, green, blue int
	if n, err := fmt.Sscanf(hex, "%02X%02X%02X", &red, &green, &blue); n != 3 || err != nil {
		return false
	}
	return max(red, green, blue) < 0x50
}

const (
	raisedFrom  = "0123456789+-=()n"
	raisedTo    = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"
	loweredFrom = "0123456789+-=()"
	loweredTo   = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"
)

// raise writes superscript and subscript with the characters that there are
// for it, so that m² does not become m2.
func (r *reader) raise(text, how string) string {
	from, to := raisedFrom, []rune(raisedTo)
	if how == "subscript" {
		from, to = loweredFrom, []rune(loweredTo)
	}
	var b strings.Builder
	for _, c := range text {
		at := strings.IndexRune(from, c)
		if at < 0 {
			r.said.note("changed-raised", r.current, "上下标“%s”写成了普通文字", linebreak.Clip(text, 12))
			return text
		}
		b.WriteRune(to[at])
	}
	return b.String()
}

// missing stands for a character that cannot be published, as printers mark a
// missing type.
const missing = '〓'

// permitted takes out of a text what no published text may hold.
func (r *reader) permitted(text string) string {
	if text == clean(text) {
		return text
	}
	var b strings.Builder
	for _, c := range text {
		switch {
		case unicode.IsSpace(c) && c != '　':
			b.WriteByte(' ')
		case intake.IsUnpublishable(c):
			r.said.problem("manuscript-character", r.current, "改成国家标准（GB 18030）里的字；生僻字请用正式编码的字", "有一个字不能发布（U+%04X），换成了“〓”", c)
			b.WriteRune(missing)
		case intake.IsInvisible(c):
			r.said.count("left-invisible", "看不见的控制字符删去了，共 %d 处", "")
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

// clean folds blanks and drops forbidden characters, without a word.
func clean(text string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case unicode.IsSpace(c) && c != '　':
			return ' '
		case intake.IsUnpublishable(c), intake.IsInvisible(c):
			return -1
		}
		return c
	}, text)
}

// symbols are the characters of the picture fonts that official texts use.
var symbols = map[string]map[string]string{
	"wingdings": {
		"F0FC": "✓", "F0FB": "✗", "F0FE": "☑", "F0A8": "□", "F06F": "□", "F0FD": "☒", "F0E0": "→", "F0E8": "⇒",
		"F06C": "●", "F06E": "■", "F0D8": "▶", "F0B2": "☆", "F0AB": "★", "F075": "◆", "F0A7": "▪",
	},
	"wingdings 2": {"F052": "☑", "F0A3": "□", "F050": "✓", "F04F": "✗", "F054": "☒"},
	"symbol":      {"F0B7": "•", "F0B4": "×", "F0B1": "±", "F0A3": "≤", "F0B3": "≥", "F0AE": "→", "F0B0": "°", "F06D": "μ"},
}

func (r *reader) symbol(c *element, l runStyle, link string) {
	text := symbols[strings.ToLower(c.attr("font"))][strings.ToUpper(c.attr("char"))]
	if text == "" {
		r.said.problem("manuscript-character", r.current, "在 Word 里换成普通字符后再导入", "有一个符号（%s 字体的 %s）认不出来，换成了“〓”", c.attr("font"), c.attr("char"))
		text = string(missing)
	}
	r.words(text, l, link)
}
