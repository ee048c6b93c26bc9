package manuscript

import (
	"strings"
	"testing"

	"wangjian/internal/campaign"
)

func TestPaste(t *testing.T) {
	for _, test := range []struct{ name, html, want string }{
		{"words of Word", `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{color:red}</style><title>不要</title></head><body lang=ZH-CN><!--StartFragment--><p class=MsoNormal style='text-indent:32.0pt'><span style='font-size:16.0pt;font-family:仿宋_GB2312'>全市开展<b>专项</b>行动，<o:p></o:p></span></p>
<p class=MsoNormal><span>查处案件
一批。</span></p><!--EndFragment--></body></html>`, "全市开展**专项**行动，\n\n查处案件一批。\n"},
		{"headings begin at the third level", `<h1>一、做法</h1><p>文字</p><h4>（一）<b>小</b></h4>`, "### 一、做法\n\n文字\n\n#### （一）小\n"},
		{"lists", `<ul><li>甲<ul><li>乙</li></ul></li><li><p>丙</p></li></ul><ol start=3><li>丁</li></ol>`, "- 甲\n  - 乙\n- 丙\n\n3. 丁\n"},
		{"a list of Word's", `<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>甲</p><p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>乙</p><p>丙</p>`, "- 甲\n- 乙\n\n丙\n"},
		{"a table of a sheet's", `<table><tr><td>项目</td><td>数量</td></tr><tr><td>查处案件</td><td align=right>1|2</td></tr><tr><td>合计</td><td align=right>3</td></tr></table>`, "| 项目 | 数量 |\n| --- | ---: |\n| 查处案件 | 1\\|2 |\n| 合计 | 3 |\n"},
		{"merged cells", `<table><tr><th rowspan=2>部门</th><th>件</th></tr><tr><td>5</td></tr><tr><td colspan=2>合计</td></tr></table>`, "| 部门 | 件 |\n| --- | --- |\n| 部门 | 5 |\n| 合计 |  |\n"},
		{"nothing unsafe", `<script>alert(1)</script><p onclick="x()">看<a href="javascript:alert(1)">这里</a>和<a href="https://example.invalid/a">那里</a><iframe src=x>框</iframe><svg><script>y</script></svg></p><img src="file:///c:/x.png" onerror=z><span style="display:none">暗字</span>`, "看这里和[那里](https://example.invalid/a)\n"},
		{"marks stay what they are", `<p># 不是标题</p><p>1. 只有一条</p><p>*星* _线_ {{不是引用}} &lt;b&gt;</p>`, "\\# 不是标题\n\n1\\. 只有一条\n\n\\*星\\* \\_线\\_ \\{\\{不是引用}} \\<b>\n"},
		{"styles of the clipboard", `<b style="font-weight:normal"><p><span style="font-weight:700">粗</span>细<span style="text-decoration:line-through">删</span></p></b>`, "**粗**细~~删~~\n"},
		{"line ends", `<p>甲<br>乙</p>`, "甲\\\n乙\n"},
		{"no words at all", `<p>&nbsp;</p>`, ""},
	} {
		got, _, err := Paste([]byte(test.html), Options{})
		if err != nil || string(got) != test.want {
			t.Errorf("%s:\n%q, want\n%q %v", test.name, got, test.want, err)
		}
	}
}

// TestPasteTells: what does not come along is said.
func TestPasteTells(t *testing.T) {
	_, notes, _ := Paste([]byte(`<p>甲</p><img src=a><img src=b>`), Options{})
	if len(notes) != 1 || !strings.Contains(notes[0].Message, "2 张图片") || notes[0].Level != campaign.Warning {
		t.Error(notes)
	}
	deep := strings.Repeat("<div>", 5000) + "深" + strings.Repeat("</div>", 5000)
	if _, notes, err := Paste([]byte(deep), Options{}); err == nil && len(notes) == 0 {
		t.Error("nothing is said of what lies too deep")
	}
	if _, _, err := Paste(make([]byte, maxPasted+1), Options{}); err == nil {
		t.Error("too much was taken")
	}
}
