package manuscript

import (
	"strings"
	"testing"

	"wangjian/internal/markdown"
)

func TestWordsAndStyles(t *testing.T) {
	br := "<w:r><w:br/></w:r>"
	for name, c := range map[string]struct{ in, want string }{
		"plain":                   {p("各地认真落实。"), "各地认真落实。"},
		"indented by blanks":      {p("　　各地认真落实。 "), "各地认真落实。"},
		"bold":                    {para("", run("查处", ""), run("案件（含移送）", strg), run("的情况", "")), "查处**案件（含移送）**的情况"},
		"bold through runs":       {para("", run("坚持", ""), run("“亮照、", strg), run("亮标”", strg), run("。", "")), "坚持**“亮照、亮标”**。"},
		"bold blanks are nothing": {para("", run("坚持", ""), run(" ", strg), run("落实", "")), "坚持 落实"},
		"bold takes no blanks":    {para("", run("坚持", ""), run(" 重点 ", strg), run("落实", "")), "坚持 **重点** 落实"},
		"blank inside bold":       {para("", run("open", strg), run(" ", strg), run("data", strg), run("平台", "")), "**open data**平台"},
		"bold switched off":       {para(`<w:pStyle w:val="Quote"/>`, run("引文", `<w:i w:val="0"/>`)), "> 引文"},
		"italics by style":        {para(`<w:pStyle w:val="Slanted"/>`, run("斜体", "")), "*斜体*"},
		"a quotation's own look":  {para(`<w:pStyle w:val="Quote"/>`, run("引文", "")), "> 引文"},
		"two italics cancel out":  {para(`<w:pStyle w:val="Slanted"/>`, run("引", ""), run("文", `<w:rStyle w:val="Emphasis"/>`)), "*引*文"},
		"character style":         {para("", run("坚持", ""), run("重点", `<w:rStyle w:val="Strong"/>`), run("突破", "")), "坚持**重点**突破"},
		"italic":                  {para("", run("按照", ""), run("《电子商务法》", "<w:i/>"), run("，依法", "")), "按照*《电子商务法》*，依法"},
		"bold and italic":         {para("", run("坚持", ""), run("重点", "<w:b/><w:i/>"), run("突破", "")), "坚持***重点***突破"},
		"bold goes on":            {para("", run("甲", "<w:b/>"), run("乙", "<w:b/><w:i/>"), run("丙", "<w:b/>"), run("丁", "")), "**甲*乙*丙**丁"},
		"strike":                  {para("", run("原定", ""), run("三次", "<w:strike/>"), run("检查", "")), "原定~~三次~~检查"},
		"bold in western words":   {para("", run("APP", ""), run("(x)", strg), run("y", "")), "APP(x)y"},
		"capitals":                {para("", run("app", "<w:caps/>")), "APP"},
		"square metres":           {para("", run("面积200m", ""), run("2", `<w:vertAlign w:val="superscript"/>`)), "面积200m²"},
		"raised words":            {para("", run("见", ""), run("注甲", `<w:vertAlign w:val="superscript"/>`)), "见注甲"},
		"line break":              {para("", run("第一行", ""), br, run("第二行", "")), "第一行\\\n第二行"},
		"break before a list":     {para("", run("如下：", ""), br, run("- 甲", ""), br, run("1. 乙", ""), br, run("# 丙", ""), br, run("===", "")), "如下：\\\n\\- 甲\\\n1\\. 乙\\\n\\# 丙\\\n\\==="},
		"break at the end":        {para("", run("第一行", ""), br), "第一行"},
		"page break":              {para("", run("前", ""), `<w:r><w:br w:type="page"/></w:r>`, run("后", "")), "前后"},
		"tab":                     {para("", run("前", ""), "<w:r><w:tab/></w:r>", run("后", "")), "前 后"},
		"hyphens":                 {para("", run("0797", ""), "<w:r><w:noBreakHyphen/></w:r>", run("12", ""), "<w:r><w:softHyphen/></w:r>", run("315", "")), "0797-12315"},
		"no preserve":             {`<w:p><w:r><w:t> 前 </w:t></w:r><w:r><w:t>后</w:t></w:r></w:p>`, "前后"},
		"symbol":                  {para("", `<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>`, run("已办", "")), "✓已办"},
		"smart tag, control, direction": {para("", `<w:smartTag w:element="x"><w:r><w:t>甲</w:t></w:r></w:smartTag>`,
			`<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>乙</w:t></w:r></w:sdtContent></w:sdt>`, `<w:bdo w:val="ltr"><w:r><w:t>丙</w:t></w:r></w:bdo>`), "甲乙丙"},
		"ruby":         {para("", `<w:r><w:ruby><w:rt><w:r><w:t>hù</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>户</w:t></w:r></w:rubyBase></w:ruby></w:r>`), "户"},
		"simple field": {para("", run("见", ""), `<w:fldSimple w:instr=" REF tu1 \h "><w:r><w:t>图1</w:t></w:r></w:fldSimple>`), "见图1"},
		"page field":   {para("", run("第", ""), `<w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple>`, run("页", "")), "第页"},
		"complex field": {para("", `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> SEQ 图 \* ARABIC </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`,
			run("3", ""), `<w:r><w:fldChar w:fldCharType="end"/></w:r>`, run("项工作", "")), "3项工作"},
		"field in a field": {para("", `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`,
			run("不该出现", ""), `<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`, run("结果", ""), `<w:r><w:fldChar w:fldCharType="end"/></w:r>`), "结果"},
		"field link": {para("", `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://www.gov.cn/a_b?x=1&amp;y=2" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`,
			run("中国政府网", ""), `<w:r><w:fldChar w:fldCharType="end"/></w:r>`), "[中国政府网](https://www.gov.cn/a_b?x=1&y=2)"},
		"drop cap":         {para(`<w:framePr w:dropCap="drop"/>`, run("各", "")) + p("地认真落实。"), "各地认真落实。"},
		"choice":           {para("", `<w:r><mc:AlternateContent><mc:Choice Requires="x"><w:t>新</w:t></mc:Choice><mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent></w:r>`), "新"},
		"empty paragraphs": {p("甲。") + "<w:p/>" + p("　") + p("乙。"), "甲。\n\n乙。"},
		"content control":  {`<w:sdt><w:sdtPr/><w:sdtContent>` + p("甲。") + p("乙。") + `</w:sdtContent></w:sdt>`, "甲。\n\n乙。"},
		"invisible":        {p("甲\u200b乙\u00ad丙\u00a0丁"), "甲乙丙 丁"},
	} {
		t.Run(name, func(t *testing.T) {
			r, problems := imported(t, newWord(four(c.in)...))
			if got := firstSection(t, r); got != c.want {
				t.Errorf("got  %s\nwant %s\n%s", got, c.want, said(r, problems))
			}
		})
	}
}

// TestMarkdownShowsWhatWordShowed sets every mark of Markdown in places where
// it could mean something, and reads the result back.
func TestMarkdownShowsWhatWordShowed(t *testing.T) {
	for _, text := range []string{
		"*星号*和**双星号**", "_下划_线_", "a_b_c", "`代码`", "[链接](x.md)", "![图](x.png)", "<b>粗</b>", "<script>alert(1)</script>", "<https://x.example>",
		"# 井号", "#话题#", "## 两个", "- 横线", "-5℃", "+ 加号", "> 大于", "1. 数字", "1) 括号", "2022.9.1", "1.", "10. ", "=", "---", "***", "___", "===", ": --",
		"a|b|c", "|a|b|", "| --- |", "~~删除~~", "~一个~", "{{公安局/查处相关网络违法案件}}", "{{", "}}", "{{{{a|b}}}}", "{{a|b}} {{", "\\*", "\\", "a\\", "\\\\", "[^1]", "[^1]: 注",
		"&amp;", "&lt;b&gt;", "&#42;", "&copy;&nbsp;", "&", "a&b;", "R&D", "$x$", "\"引号\"", "a  b", "结尾#", "结尾 #", "http://x.example/a_b_c", "*", "**", "_", "[", "]", "!", "![", "[]()", "[a]: http://x.example",
		"　　全角缩进", "\t制表", "100%", "①②", "“引”‘号’", "…—·", "Ａ１", "😀", "𬭎㛃", "a*b*c", "*a*b", "2*3*4", "**a**b", "a<b>c", "4 < 5 > 3", "~~~", "```", "    四个空格",
		"规格60*40*50厘米", "5~~10~~15", "63%~68%，70%~75%", "2022. 全年", "1986.", "0123. 甲", "138****1234和139****5678", "共____件，____户", "[1]: 令第45号", "2**3**4", "长60厘米*宽40厘米",
	} {
		for _, where := range []string{"paragraph", "bold", "item", "cell", "quote", "heading", "note", "after a break"} {
			t.Run(where+" "+text, func(t *testing.T) {
				var in string
				w := newWord()
				w.numbering = wordLists
				switch where {
				case "paragraph":
					in = p(text)
				case "bold":
					in = para("", run("甲", ""), run(text, strg), run("乙", ""))
				case "item":
					in = li(1, 0, text) + li(2, 0, text)
				case "cell":
					in = tbl([]string{text, "乙"}, []string{"甲", text})
				case "quote":
					in = st("Quote", text)
				case "heading":
					in = st("2", text)
				case "note":
					w.notes = []string{p(text)}
					in = para("", run("甲", ""), `<w:r><w:footnoteReference w:id="1"/></w:r>`)
				case "after a break":
					in = para("", run("甲", ""), "<w:r><w:br/></w:r>", run(text, ""))
				}
				r, problems := imported(t, w.add(four(in)...)) // the proof reads it back
				words := oneLine(strings.ReplaceAll(clean(text), "　", " "))
				tree, findings := markdown.Parse([]byte(bodyOf(r)), "x.md", 1)
				if len(findings) > 0 {
					t.Fatalf("%v\n%s", findings, r.Markdown)
				}
				var shown strings.Builder
				tree.Walk(func(n *markdown.Node) bool {
					shown.WriteString(n.Text)
					return true
				})
				if !strings.Contains(oneLine(strings.ReplaceAll(shown.String(), "　", " ")), words) && where != "heading" {
					t.Errorf("%q is not shown:\n%s\n%s", text, r.Markdown, said(r, problems))
				}
			})
		}
	}
}

func TestLists(t *testing.T) {
	for name, c := range map[string]struct {
		in   []string
		want string
	}{
		"points":                 {[]string{li(1, 0, "甲；"), li(1, 0, "乙。")}, "- 甲；\n- 乙。"},
		"nested":                 {[]string{li(1, 0, "甲"), li(1, 1, "子甲"), li(1, 1, "子乙"), li(1, 0, "乙")}, "- 甲\n  - 子甲\n  - 子乙\n- 乙"},
		"starts deep":            {[]string{li(1, 1, "甲"), li(1, 1, "乙")}, "- 甲\n- 乙"},
		"numbers":                {[]string{li(2, 0, "甲；"), li(2, 0, "乙。")}, "1. 甲；\n2. 乙。"},
		"numbers go on":          {[]string{li(2, 0, "甲；"), p("插进来的一段。"), li(2, 0, "乙。")}, "1. 甲；\n\n插进来的一段。\n\n2. 乙。"},
		"numbers start anew":     {[]string{li(2, 0, "甲；"), li(2, 0, "乙。"), li(6, 0, "丙；"), li(6, 0, "丁。")}, "1. 甲；\n2. 乙。\n\n1) 丙；\n2) 丁。"},
		"numbers in points":      {[]string{li(1, 0, "甲"), li(2, 1, "子甲"), li(2, 1, "子乙"), li(1, 0, "乙")}, "- 甲\n  1. 子甲\n  2. 子乙\n- 乙"},
		"points then numbers":    {[]string{li(1, 0, "甲；"), li(2, 0, "乙；")}, "- 甲；\n\n1. 乙；"},
		"（1） is written out":     {[]string{li(5, 0, "甲；"), li(5, 0, "乙。")}, "（1）甲；\n\n（2）乙。"},
		"1.1.1 is written out":   {[]string{li(2, 0, "甲；"), li(2, 2, "乙。")}, "1. 甲；\n\n1.1.1乙。"},
		"no list":                {[]string{para(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>`, run("甲。", ""))}, "甲。"},
		"list that is not there": {[]string{li(77, 0, "甲。")}, "甲。"},
		"typed 1、":               {[]string{p("1、甲；"), p("2、乙；"), p("3、丙。")}, "1. 甲；\n2. 乙；\n3. 丙。"},
		"typed, not from 1":      {[]string{p("2. 甲；"), p("3. 乙。")}, "2\\. 甲；\n\n3\\. 乙。"},
		"break in an item":       {[]string{para(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`, run("甲", ""), "<w:r><w:br/></w:r>", run("乙", ""))}, "- 甲\\\n  乙"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWord(four(c.in...)...)
			w.numbering = wordLists
			r, problems := imported(t, w)
			if got := firstSection(t, r); got != c.want {
				t.Errorf("got\n%s\nwant\n%s\n%s", got, c.want, said(r, problems))
			}
		})
	}
}

func TestFootnotes(t *testing.T) {
	mark := func(kind string, id string) string {
		return "<w:r><w:" + kind + `Reference w:id="` + id + `"/></w:r>`
	}
	w := newWord(four(
		para("", run("甲", ""), mark("footnote", "1"), run("，乙", ""), mark("endnote", "1"), run("，丙", ""), mark("footnote", "2"), run("。", "")),
		tbl([]string{"项目", "说明"}, []string{"丁", "戊"}),
	)...)
	w.notes = []string{p("注一*号*。") + p("注一的第二段。"), para("", run("见", ""), run("附表", strg), run("。", ""))}
	w.endnotes = []string{p("尾注。")}
	r, problems := imported(t, w)
	body := bodyOf(r)
	for _, want := range []string{"甲[^1]，乙[^2]，丙[^3]。", "\n[^1]: 注一\\*号\\*。\n\n    注一的第二段。\n", "\n[^2]: 尾注。\n", "\n[^3]: 见**附表**。\n"} {
		if !strings.Contains(body, want) {
			t.Errorf("missing %q in\n%s", want, body)
		}
	}
	if !strings.Contains(said(r, problems), "尾注改成了脚注") {
		t.Error("an endnote became a footnote without a word")
	}
}

// tbl writes a table of one paragraph a cell.
func tbl(rows ...[]string) string {
	var b strings.Builder
	b.WriteString("<w:tbl><w:tblPr/>")
	for _, row := range rows {
		b.WriteString("<w:tr>")
		for _, c := range row {
			b.WriteString(tc("", p(c)))
		}
		b.WriteString("</w:tr>")
	}
	return b.String() + "</w:tbl>"
}

// tc is a cell; properties is the inside of its w:tcPr.
func tc(properties string, inside ...string) string {
	return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + strings.Join(inside, "") + "</w:tc>"
}
