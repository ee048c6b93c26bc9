package markdown

import (
	"fmt"
	"strings"
	"testing"

	"wangjian/internal/campaign"
)

// outline writes a tree as nested words, so that a test reads like its result.
func outline(nodes []*Node) string {
	names := map[Kind]string{
		Paragraph: "p", Heading: "h", List: "list", ListItem: "li", Quote: "quote", CodeBlock: "pre", Rule: "hr",
		Table: "table", TableRow: "tr", TableCell: "td", Chart: "chart", StatTable: "stat",
		Strong: "b", Emphasis: "i", Strike: "s", Code: "code", Link: "a", Image: "img", Break: "br", Figure: "fig", FootnoteMark: "fn",
	}
	var b strings.Builder
	for _, n := range nodes {
		switch n.Kind {
		case Text:
			b.WriteString(n.Text)
		case Figure, Chart, StatTable:
			fmt.Fprintf(&b, "%s[%s]", names[n.Kind], n.Reference.Raw)
		case Code, CodeBlock:
			fmt.Fprintf(&b, "%s[%s]", names[n.Kind], n.Text)
		case Heading:
			fmt.Fprintf(&b, "h%d#%s[%s]", n.Level, n.Anchor, outline(n.Children))
		case Link, Image:
			fmt.Fprintf(&b, "%s(%s)[%s%s]", names[n.Kind], n.Target, n.Text, outline(n.Children))
		case FootnoteMark:
			fmt.Fprintf(&b, "fn%d", n.Number)
		case List:
			fmt.Fprintf(&b, "list[%s]", items(n))
		default:
			fmt.Fprintf(&b, "%s[%s]", names[n.Kind], outline(n.Children))
		}
	}
	return b.String()
}

// items writes an ordered list's numbers where they do not go on.
func items(list *Node) string {
	var b strings.Builder
	next := 1
	for _, item := range list.Children {
		if list.Ordered && item.Number != next {
			fmt.Fprintf(&b, "%d ", item.Number)
		}
		next = item.Number + 1
		b.WriteString(outline([]*Node{item}))
	}
	return b.String()
}

func TestParse(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"bold beside full-width bracket":       {"查处**案件120件（含移送）**的情况", "p[查处b[案件120件（含移送）]的情况]"},
		"bold in quotes":                       {"落实**“三亮”**工作，推进**“亮照、亮标”**，", "p[落实b[“三亮”]工作，推进b[“亮照、亮标”]，]"},
		"bold with half-width bracket":         {"查处**案件(含移送)**的", "p[查处b[案件(含移送)]的]"},
		"two bolds with colons":                {"**一是：**加强**二是：**规范", "p[b[一是：]加强b[二是：]规范]"},
		"emphasis beside comma":                {"按照*《电子商务法》*，依法", "p[按照i[《电子商务法》]，依法]"},
		"western rule stands":                  {"2 ** 3 ** 4 and a*b", "p[2 ** 3 ** 4 and a*b]"},
		"a star between numbers is a sign":     {"规格60*40*50厘米，3*4*5，长60厘米*宽40厘米*高50厘米", "p[规格60*40*50厘米，3*4*5，长60厘米*宽40厘米*高50厘米]"},
		"stars of powers":                      {"2**3**4，共**120**件", "p[2**3**4，共b[120]件]"},
		"full-width factors":                   {"６０*４０*５０", "p[６０*４０*５０]"},
		"units and brackets beside a star":     {"60cm*40cm*50cm，(60+5)*40*(50-3)，5%*3*2", "p[60cm*40cm*50cm，(60+5)*40*(50-3)，5%*3*2]"},
		"any measure word beside a star":       {"3人*5天*8小时，2株*6根*4", "p[3人*5天*8小时，2株*6根*4]"},
		"names of dimensions beside a star":    {"规格（长*宽*高），直径*高*厚", "p[规格（长*宽*高），直径*高*厚]"},
		"quoted factors":                       {"“60*40”*50，“60”*“40”*5", "p[“60*40”*50，“60”*“40”*5]"},
		"emphasis after a number in a clause":  {"共3件，*特别*是5件", "p[共3件，i[特别]是5件]"},
		"spaces beside a star":                 {"60 *40* 50", "p[60 *40* 50]"},
		"a star within a Western word":         {"a*b*c，3*a*b，a_b_c", "p[a*b*c，3*a*b，a_b_c]"},
		"masked numbers and blanks":            {"138****1234和139****5678，共____件，____户：____，____。", "p[138****1234和139****5678，共____件，____户：____，____。]"},
		"a tilde is a range":                   {"63%~68%，70%~75%；5~10~15", "p[63%~68%，70%~75%；5~10~15]"},
		"two tildes between numbers":           {"5~~10~~15，~~作废（旧）~~的", "p[5~~10~~15，s[作废（旧）]的]"},
		"bold beside a number and its unit":    {"（1）**3起案件**，2022年**3月**", "p[（1）b[3起案件]，2022年b[3月]]"},
		"a year at the start is no list":       {"2022. 全年查处\n\n1986.\n\n12. 项", "p[2022. 全年查处]p[1986.]list[12 li[p[项]]]"},
		"items keep their numbers":             {"1. 甲\n3. 乙\n2022. 丙", "list[li[p[甲]]3 li[p[乙]]2022 li[p[丙]]]"},
		"items written alike are counted":      {"1. 甲\n1. 乙\n1. 丙", "list[li[p[甲]]li[p[乙]]li[p[丙]]]"},
		"a list from zero":                     {"0. 甲\n1. 乙", "list[0 li[p[甲]]li[p[乙]]]"},
		"items within items":                   {"1. 甲\n\n   2. 乙\n   4. 丙", "list[li[p[甲]list[2 li[p[乙]]4 li[p[丙]]]]]"},
		"a definition that no link uses":       {"[1]: 令第45号\n\n[甲][a]\n\n[a]: b.md", "p[[1]: 令第45号]p[a(b.md)[甲]]"},
		"a definition of an address is none":   {"甲\n\n[a]: ../open/b.md", "p[甲]"},
		"signs at the start of a line":         {"+86 010\n-5度\n\n#3号", "p[+86 010 -5度]p[#3号]"},
		"a blank cell more":                    {"|甲|\n|-|\n|1| |", "table[tr[td[甲]]tr[td[1]]]"},
		"nested emphasis":                      {"***重点***内容", "p[i[b[重点]]内容]"},
		"soft break in Chinese":                {"依法查处，\n从严处理", "p[依法查处，从严处理]"},
		"soft break in English":                {"open data\nfor all", "p[open data for all]"},
		"soft break between Chinese and Latin": {"使用\nAPP", "p[使用APP]"},
		"raw html is text":                     {"<script>alert(1)</script> & <b>x</b>", "p[<script>alert(1)</script> & <b>x</b>]"},
		"html block is text":                   {"<div onclick=\"x\">\n内容\n</div>", "p[<div onclick=\"x\">内容</div>]"},
		"figure":                               {"查处{{公安局/查处相关网络违法案件}}。", "p[查处fig[公安局/查处相关网络违法案件]。]"},
		"figure holds no mark-up":              {"{{公安局/a*b*_c_}}", "p[fig[公安局/a*b*_c_]]"},
		"figure in bold":                       {"**共{{公安局/案件|数值}}件**。", "p[b[共fig[公安局/案件|数值]件]。]"},
		"figure in a table":                    {"|项目|数|\n|--|--:|\n|案件|{{公安局/案件|新增}}|", "table[tr[td[项目]td[数]]tr[td[案件]td[fig[公安局/案件|新增]]]]"},
		"escaped pipe in a table figure":       {"|项目|数|\n|--|--:|\n|案件|{{公安局/案件\\|新增}}|", "table[tr[td[项目]td[数]]tr[td[案件]td[fig[公安局/案件|新增]]]]"},
		"reference in code is code":            {"写成 `{{公安局/案件|新增}}` 即可", "p[写成 code[{{公安局/案件|新增}}] 即可]"},
		"escaped braces are text":              {"\\{{不是引用}}", "p[{{不是引用}}]"},
		"chart alone":                          {"前文\n\n{{图:zongti}}\n\n后文", "p[前文]chart[图:zongti]p[后文]"},
		"chart inside a paragraph":             {"前文\n{{图：zongti}}\n后文", "p[前文]chart[图：zongti]p[后文]"},
		"stat table":                           {"{{表:公安局}}", "stat[表:公安局]"},
		"heading anchors":                      {"## 存在 问题！\n\n## 存在-问题", "h2#存在-问题[存在 问题！]h2#存在-问题-2[存在-问题]"},
		"footnote":                             {"说明[^1]。\n\n[^1]: 注文", "p[说明fn1。]"},
		"list":                                 {"1. 甲\n2. 乙", "list[li[p[甲]]li[p[乙]]]"},
		"link and image":                       {"[通知](../open/a.md#标题 \"t\") ![图](x.png)", "p[a(../open/a.md#标题)[通知] img(x.png)[图]]"},
		"entity and escape":                    {"&amp; \\* &#35;", "p[& * #]"},
		"entities are resolved once":           {"&#38;amp; &#92;*甲* \\&amp;", "p[&amp; \\i[甲] &amp;]"},
		"fenced code keeps references":         {"```\n{{a|b}}\n```", "pre[{{a|b}}\n]"},
	} {
		t.Run(name, func(t *testing.T) {
			tree, findings := Parse([]byte(c.in), "x.md", 1)
			if got := outline(tree.Blocks); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if len(findings) > 0 {
				t.Errorf("findings: %v", findings)
			}
		})
	}
}

func TestFindings(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		rule string
		at   string
	}{
		"no closing braces": {"第一段\n\n共{{公安局/案件。\n", "reference-syntax", "x.md:12:2"},
		"no row":            {"共{{公安局}}。", "reference-syntax", "x.md:10:2"},
		"unknown aspect":    {"- 共{{公安局/案件|总数}}。", "reference-syntax", "x.md:10:4"},
		"chart in a cell":   {"|a|b|\n|--|--|\n|x|{{图:zongti}}|", "reference-place", "x.md:12:4"},
		"control character": {"第一段\n\n甲&#7;乙", "character", "x.md:12:1"},
		"unused footnote":   {"甲\n\n[^2]: 共12件", "markup-lost", "x.md:12:1"},
		"a note twice":      {"甲[^2]\n\n[^2]: 共12件\n[^2]: 共13件", "markup-lost", "x.md:13:1"},
		"one cell too many": {"|甲|乙|\n|-|-|\n|1|2| 3 |\n", "markup-lost", "x.md:12:6"},
		"empty reference":   {"{{}}", "reference-syntax", "x.md:10:1"},
	} {
		t.Run(name, func(t *testing.T) {
			tree, findings := Parse([]byte(c.in), "x.md", 10)
			findings = append(findings, tree.Loose...)
			if len(findings) != 1 || findings[0].Rule != c.rule || findings[0].At.String() != c.at || findings[0].Level != campaign.Error {
				t.Errorf("got %+v, want one %s at %s", findings, c.rule, c.at)
			}
		})
	}
}

func TestPositionsAndScan(t *testing.T) {
	body := "开头\n\n## 经验做法\n\n一[甲](a.md)二\n\n## 行动成效\n\n{{中期：公安局@章贡区／案件（件）｜数值}} ![图](b.png)\n"
	tree, findings := Parse([]byte(body), "x.md", 5)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	scan := Scan(tree, 5)
	if scan.Opening != "开头" {
		t.Errorf("opening %q", scan.Opening)
	}
	if got := fmt.Sprint(scan.Headings[0].At, scan.Headings[1].At); got != "x.md:7:1 x.md:11:1" {
		t.Errorf("headings at %s", got)
	}
	if got := scan.Links[0].At.String(); got != "x.md:9:2" {
		t.Errorf("link at %s", got)
	}
	if got := scan.Links[1].At.String(); got != "x.md:13:25" {
		t.Errorf("image at %s", got)
	}
	r := scan.References[0]
	if r.Round != "中期" || r.Department != "公安局" || r.Region != "章贡区" || r.Row != "案件（件）" || r.Aspect != campaign.Value {
		t.Errorf("reference %+v", r)
	}
}
