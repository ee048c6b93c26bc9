package manuscript

import (
	"strings"
	"testing"
)

// drawn wraps the inside of a graphicData in a drawing.
func drawn(inside string) string {
	return `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x"/><a:graphic><a:graphicData uri="x">` + inside + `</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
}

func TestWhatStaysBehindIsNamed(t *testing.T) {
	box := `<wps:wsp><wps:txbx><w:txbxContent>` + p("框里的话") + `</w:txbxContent></wps:txbx></wps:wsp>`
	begin := `<w:r><w:fldChar w:fldCharType="begin"/></w:r>`
	for name, c := range map[string]struct {
		in      string
		prepare func(*word)
		gone    string // must not be in the Markdown
		says    string
	}{
		"hidden text":                {para("", run("看得见。", ""), run("看不见", "<w:vanish/>"), run("的话", "<w:b/><w:vanish/>")), nil, "看不见", "left-hidden 第 2 段“看得见。”：隐藏文字没有导入：“看不见的话”"},
		"hidden by a style":          {para("", run("看得见。", ""), run("看不见的话", `<w:rStyle w:val="Yin"/>`)), nil, "看不见", "隐藏文字没有导入"},
		"hidden, then not":           {para("", run("看得见。", ""), run("看不见的话", "<w:vanish/>"), run("又看得见", `<w:rStyle w:val="Yin"/><w:vanish w:val="0"/>`)), nil, "看不见", "隐藏文字没有导入"},
		"hidden paragraph":           {p("看得见。") + para("<w:rPr><w:vanish/></w:rPr>", run("看不见的话", "<w:vanish/>")), nil, "看不见", "隐藏文字没有导入"},
		"hidden row":                 {`<w:tbl><w:tr>` + tc("", p("甲")) + tc("", p("乙")) + `</w:tr><w:tr><w:trPr><w:hidden/></w:trPr>` + tc("", p("看不见")) + tc("", p("丁")) + `</w:tr></w:tbl>`, nil, "看不见", "表格里隐藏的一行没有导入"},
		"hidden picture":             {para("", run("看得见。", ""), `<w:r><w:drawing><wp:inline><wp:docPr id="1" hidden="1"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rIdPicture1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`), func(w *word) { w.media["a.png"] = pngOf(4, 4) }, "![", "隐藏的图片没有导入"},
		"comment":                    {para("", `<w:commentRangeStart w:id="1"/>`, run("正文。", ""), `<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>`), func(w *word) { w.comments = []string{p("此处要核实")} }, "核实", "left-comment 第 2 段“正文。”：批注没有导入：“此处要核实”"},
		"text box":                   {para("", run("正文。", ""), drawn(box)), nil, "框里", "文本框没有导入：“框里的话”"},
		"text box, both forms":       {para("", run("正文。", ""), `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>`+box+`</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>`+p("框里的话")+`</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`), nil, "框里", "文本框没有导入：“框里的话”"},
		"text box of WPS":            {para("", run("正文。", ""), `<w:r><w:pict><v:shape><v:textbox><w:txbxContent>`+p("框里的话")+`</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`), nil, "框里", "文本框没有导入：“框里的话”"},
		"shape":                      {para("", run("正文。", ""), drawn(`<wps:wsp/>`)), nil, "![", "1 个图形（线条、色块等）没有导入"},
		"word art":                   {para("", run("正文。", ""), `<w:r><w:pict><v:shape><v:textpath string="艺术字样"/></v:shape></w:pict></w:r>`), nil, "艺术", "艺术字“艺术字样”没有导入"},
		"header":                     {p("正文。"), func(w *word) { w.headers = []string{p("内部资料　注意保存")} }, "内部", "页眉没有导入：“内部资料 注意保存”"},
		"chart":                      {para("", run("正文。", ""), drawn(`<c:chart r:id="x"/>`)), nil, "![", "图表没有导入"},
		"smart art":                  {para("", run("正文。", ""), drawn(`<dgm:relIds r:dm="x"/>`)), nil, "![", "SmartArt 图形没有导入"},
		"embedded object":            {para("", run("正文。", ""), `<w:r><w:object><v:shape><v:imagedata r:id="x"/></v:shape><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>`), nil, "![", "嵌入的对象（表格、附件等）没有导入"},
		"equation":                   {para("", run("正文。", ""), `<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath>`), nil, "x+y", "公式没有导入：“x+y”"},
		"equation by itself":         {p("正文。") + `<w:p><m:oMathPara><m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath></m:oMathPara></w:p>`, nil, "x+y", "公式没有导入：“x+y”"},
		"field equation":             {para("", run("正文。", ""), begin, `<w:r><w:instrText>EQ \o\ac(○,1)</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`), nil, "○", "域公式没有导入"},
		"field without end":          {para("", run("正文。", ""), begin, `<w:r><w:instrText>PAGE</w:instrText></w:r>`), nil, "PAGE", "有域代码没有结束"},
		"contents by style":          {st("TOC1", "一、目录行 1") + p("正文。"), nil, "目录行", "目录没有导入"},
		"contents by field":          {para("", begin, `<w:r><w:instrText> TOC \o "1-3" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`, run("目录行甲", "")) + p("目录行乙") + para("", `<w:r><w:fldChar w:fldCharType="end"/></w:r>`, run("正文。", "")), nil, "目录行", "目录没有导入"},
		"contents in a box":          {`<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + p("目录行") + `</w:sdtContent></w:sdt>` + p("正文。"), nil, "目录行", "目录没有导入"},
		"contents in a box in a box": {`<w:sdt><w:sdtPr/><w:sdtContent><w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + p("目录行") + `</w:sdtContent></w:sdt>` + p("正文。") + `</w:sdtContent></w:sdt>`, nil, "目录行", "目录没有导入"},
		"placeholder":                {para("", run("正文。", ""), `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>`+run("单击此处输入文字", "")+`</w:sdtContent></w:sdt>`), nil, "单击", "没有填写的占位文字没有导入：“单击此处输入文字”"},
		"mail link":                  {para("", run("来信请寄", ""), `<w:hyperlink r:id="rIdLink1">`+run("信箱", "")+`</w:hyperlink>`), func(w *word) { w.links = []string{"mailto:x@example.com"} }, "mailto", "链接“mailto:x@example.com”没有保留"},
		"script link":                {para("", `<w:hyperlink r:id="rIdLink1">`+run("信箱", "")+`</w:hyperlink>`), func(w *word) { w.links = []string{"javascript:alert(1)"} }, "javascript", "没有保留"},
		"other file":                 {p("正文。") + `<w:altChunk r:id="x"/>`, nil, "altChunk", "嵌了另一个文件的内容"},
		"sub-document":               {para("", run("正文。", ""), `<w:subDoc r:id="x"/>`), nil, "subDoc", "链接了另一个文件（子文档）"},
		"control":                    {para("", run("正文。", ""), `<w:r><w:control r:id="x"/></w:r>`), nil, "control", "控件没有导入"},
		"ink":                        {para("", run("正文。", ""), `<w:r><w:contentPart r:id="x"/></w:r>`), nil, "contentPart", "手写墨迹没有导入"},
		"check box":                  {para("", run("正文。", ""), `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox/></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`), nil, "FORM", "复选框没有导入"},
		"ruby":                       {para("", `<w:r><w:ruby><w:rt>`+run("hù", "")+`</w:rt><w:rubyBase>`+run("户", "")+`</w:rubyBase></w:ruby></w:r>`), nil, "hù", "注音没有导入"},
		"something new":              {para("", run("正文。", ""), `<wpsCustomData:thing><w:r><w:t>新东西</w:t></w:r></wpsCustomData:thing>`), nil, "新东西", "有一处内容认不出是什么（thing），没有导入：“新东西”"},
		"underline":                  {para("", run("正", ""), run("文", `<w:u w:val="single"/>`)), nil, "_", "下划线没有保留，共 1 处，如“文”"},
		"highlight":                  {para("", run("待核实", `<w:highlight w:val="yellow"/>`)), nil, "yellow", "突出显示的底色没有保留，共 1 处，如“待核实”"},
		"red":                        {para("", run("待核实", `<w:color w:val="FF0000"/>`)), nil, "FF0000", "文字颜色没有保留，共 1 处，如“待核实”"},
		"symbol":                     {para("", run("正文", ""), `<w:r><w:sym w:font="Webdings" w:char="F041"/></w:r>`), nil, "\uf041", "有一个符号（Webdings 字体的 F041）认不出来"},
		"private character":          {p("李\ue123某"), nil, "\ue123", "有一个字不能发布（U+E123），换成了“〓”"},
		"braces":                     {p("写成{{公安局/查处相关网络违法案件}}。"), nil, "{{公", "按普通文字导入，不当作数据引用"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWord(four(c.in)...)
			if c.prepare != nil {
				c.prepare(w)
			}
			r, problems := imported(t, w)
			if strings.Contains(string(r.Markdown), c.gone) {
				t.Errorf("%q came along:\n%s", c.gone, r.Markdown)
			}
			if !strings.Contains(said(r, problems), c.says) {
				t.Errorf("not said: %s\n%s", c.says, said(r, problems))
			}
			for _, stays := range []string{"正文", "看得见"} {
				if strings.Contains(c.in, stays) && !strings.Contains(string(r.Markdown), stays) {
					t.Errorf("%q was lost:\n%s", stays, r.Markdown)
				}
			}
		})
	}
}

// TestInvisibleWordsAreShownToThePerson: what nobody sees in Word is on the
// page after the import, so a person must look at it.
func TestInvisibleWordsAreShownToThePerson(t *testing.T) {
	white := `<w:color w:val="FFFFFF"/>`
	for name, c := range map[string]struct {
		in    string
		warns bool
	}{
		"white":                {para("", run("白字", white)), true},
		"tiny":                 {para("", run("小字", `<w:sz w:val="2"/>`)), true},
		"white on a ground":    {para("", run("白字", white+`<w:shd w:fill="C00000"/>`)), false},
		"white on a line":      {para(`<w:shd w:val="clear" w:fill="1F4E79"/>`, run("白字", white)), false},
		"white in a dark cell": {`<w:tbl><w:tr>` + tc(`<w:shd w:fill="1F4E79"/>`, para("", run("白字", white))) + tc("", p("乙")) + `</w:tr></w:tbl>`, false},
		"white in a cell":      {`<w:tbl><w:tr>` + tc("", para("", run("白字", white))) + tc("", p("乙")) + `</w:tr></w:tbl>`, true},
	} {
		t.Run(name, func(t *testing.T) {
			r, problems := imported(t, newWord(four(c.in)...))
			if got := strings.Contains(said(r, problems), "manuscript-invisible"); got != c.warns {
				t.Errorf("warned %v, want %v", got, c.warns)
			}
		})
	}
}

func TestWhatSurroundsTheText(t *testing.T) {
	centred := func(text string) string { return para(`<w:jc w:val="center"/>`, run(text, "")) }
	right := func(text string) string { return para(`<w:jc w:val="right"/>`, run(text, "")) }
	for name, c := range map[string]struct {
		before, after []string
		title         string
		lead          string // before the first section
		end           string // the last section
	}{
		"nothing":                {nil, nil, "", "", "打算文字。"},
		"title by style":         {[]string{st("Title", "网剑行动工作总结")}, nil, "网剑行动工作总结", "", "打算文字。"},
		"title over two lines":   {[]string{centred("赣州市公安局"), centred("关于2022网剑行动工作情况的报告")}, nil, "赣州市公安局关于2022网剑行动工作情况的报告", "", "打算文字。"},
		"number, unit and date":  {[]string{centred("赣市公字〔2022〕35号"), centred("网剑行动工作总结"), centred("赣州市公安局"), centred("（2022年11月25日）")}, nil, "网剑行动工作总结", "", "打算文字。"},
		"to whom, and why":       {[]string{centred("网剑行动工作总结"), p("市网络市场监管联席会议办公室："), p("按照通知要求，现将情况报告如下。")}, nil, "网剑行动工作总结", "按照通知要求，现将情况报告如下。", "打算文字。"},
		"plain first line":       {[]string{p("公安局网剑行动工作总结"), p("按照要求，报告如下。")}, nil, "公安局网剑行动工作总结", "按照要求，报告如下。", "打算文字。"},
		"a sentence is no title": {[]string{p("现将工作总结报告如下。")}, nil, "", "现将工作总结报告如下。", "打算文字。"},
		"title in quotes":        {[]string{centred(`“三无”与 "x": 总结`)}, nil, `“三无”与 \"x\": 总结`, "", "打算文字。"},
		"signature":              {nil, []string{right("赣州市公安局"), right("2022年11月25日")}, "", "", "打算文字。"},
		"signature in one line":  {nil, []string{right("赣州市公安局　2022年11月25日")}, "", "", "打算文字。"},
		"date in Han":            {nil, []string{right("市公安局"), right("二〇二二年十一月二十五日")}, "", "", "打算文字。"},
		"contact and note":       {nil, []string{right("赣州市公安局"), right("2022年11月25日"), p("（联系人：张某，电话：0797-0000000）"), p("（此件公开发布）")}, "", "", "打算文字。"},
		"attachments listed":     {nil, []string{p("附件：统计表"), right("赣州市公安局"), right("2022年11月25日")}, "", "", "打算文字。"},
		"attachments follow":     {nil, []string{right("赣州市公安局"), right("2022年11月25日"), p("附件1"), centred("统计表"), tbl([]string{"项目", "数量"}, []string{"甲", "1"})}, "", "", "打算文字。"},
		"a date in the text":     {nil, []string{p("自2022年12月1日起施行。")}, "", "", "打算文字。\n\n自2022年12月1日起施行。"},
		"another's name stays":   {nil, []string{p("赣州市林业局")}, "", "", "打算文字。\n\n赣州市林业局"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWord(c.before...).add(four()...).add(c.after...)
			r, problems := imported(t, w)
			front, _, _ := strings.Cut(string(r.Markdown), "\n---\n")
			title := ""
			for _, l := range strings.Split(front, "\n") {
				if rest, ok := strings.CutPrefix(l, "标题: "); ok {
					title = strings.Trim(rest, `"`)
				}
			}
			if title != c.title {
				t.Errorf("title %q, want %q", title, c.title)
			}
			lead, _, _ := strings.Cut(bodyOf(r), "## 经验做法")
			if got := strings.TrimSpace(lead); got != c.lead {
				t.Errorf("lead %q, want %q", got, c.lead)
			}
			_, end, _ := strings.Cut(bodyOf(r), "## 下一步打算\n")
			if got := strings.TrimSpace(end); got != c.end {
				t.Errorf("end %q, want %q", got, c.end)
			}
			if len(c.after) > 0 && c.end == "打算文字。" && !strings.Contains(said(r, problems), "left-frame") {
				t.Error("left out without a word")
			}
		})
	}
	t.Run("another department's text", func(t *testing.T) {
		_, problems := imported(t, newWord(centred("赣州市林业局网剑行动工作总结")).add(four()...))
		if !strings.Contains(said(nil, problems), "写的是林业局，现在当作公安局的总结导入") {
			t.Errorf("%v", problems)
		}
	})
}
