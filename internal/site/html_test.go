package site

import (
	"path"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
	"wangjian/internal/release"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

// written turns a body to HTML as the small campaign's case would have it.
func written(t *testing.T, text string) (string, error) {
	t.Helper()
	c, contents := read(t, smallDir)
	v := release.Whole(c, c.ReferenceDate, oneBody{contents, text})
	i := c.ItemAt("content/cases/jia-zhongzi.md")
	tree, _ := markdown.Parse([]byte(text), i.File, 1)
	scan(i, tree)
	s, err := newSite(v, stats.Of(v), layouts.Over(nil), drawer(t))
	if err != nil {
		t.Fatal(err)
	}
	r := &rendering{site: s, view: s.view, page: &page{}, root: "../../", placed: map[string]int{}}
	b, err := r.body(i, "p", 0)
	return string(b.HTML), err
}

// scan returns an item the body of a tree, with the addresses of its links as
// source finds them where every file is there.
func scan(i *campaign.Item, tree *markdown.Tree) {
	i.Body = markdown.Scan(tree, 1)
	for n, l := range i.Body.Links {
		scheme, name, anchor := campaign.ParseLink(l.Target)
		to := campaign.Address{Scheme: scheme, File: i.File, Anchor: anchor}
		if name != "" {
			to.File = path.Join(path.Dir(i.File), name)
		}
		i.Body.Links[n].Address = to
	}
}

// oneBody returns every item the same body.
type oneBody struct {
	release.Contents
	text string
}

func (o oneBody) Body(*campaign.Item) ([]byte, error) { return []byte(o.text), nil }

func TestMarkdownToHTML(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"文字转义", `a < b & "c" <img src=x onerror=alert(1)>`, `<p>a &lt; b &amp; &#34;c&#34; &lt;img src=x onerror=alert(1)&gt;</p>`},
		{"代码转义", "`<b>`", `<code>&lt;b&gt;</code>`},
		{"代码块", "```\n<i>\n```", "<pre tabindex=\"0\"><code>&lt;i&gt;\n</code></pre>"},
		{"加粗和强调", "**案件（含移送）**的*重点*~~旧~~", `<p><strong>案件（含移送）</strong>的<em>重点</em><del>旧</del></p>`},
		{"标题带前缀", "### 做法 <一>", `<h3 id="p-做法-一">做法 &lt;一&gt;</h3>`},
		{"一级标题降一级", "# 大", `<h2 id="p-大">大</h2>`},
		{"二级标题分节", "## 甲\n\n文。\n\n## 乙", "<section class=\"part\">\n<h2 id=\"p-甲\">甲</h2>\n<p>文。</p>\n</section>\n<section class=\"part\">\n<h2 id=\"p-乙\">乙</h2>\n</section>"},
		{"列表", "3. 三\n4. 四", "<ol start=\"3\">\n<li>三</li>\n<li>四</li>\n</ol>"},
		{"列表里有段", "- 一\n\n  二", "<li>一\n<p>二</p>\n</li>"},
		{"表格在滚动框里", "| 甲 | 乙 |\n|---|--:|\n| 一 | 2 |", `<tr><th scope="col">甲</th><th scope="col" class="right">乙</th></tr>`},
		{"表格的格里有数", "| 甲 |\n|---|\n| {{公安局/涉案金额|数值}} |", `<td class="right"><a class="figure-link" href="../../departments/gongan/index.html#_laiyuan-gongan-5-q2"><data class="figure" value="12.50">12.50</data></a></td>`},
		{"数", "{{农业农村局/立案}}", `<data class="figure" value="10">10件</data>`},
		{"增幅", "{{农业农村局/立案|增幅}}", `<data class="figure" value="25.0">25.0%</data>`},
		{"无", "{{一季度:农业农村局/移送案件}}", `<data class="figure" value="无">无</data>`},
		{"地区的数", "{{农业农村局@东城区/检查门店}}", `<data class="figure" value="33">33个次</data>`},
		{"链到别的内容", "[通知](../open/tongzhi.md)", `<a href="../../open/tongzhi/index.html">通知</a>`},
		{"链到总结的标题", "[做法](../narratives/q2/nongye.md#经验做法)", `<a href="../../departments/nongye/index.html#q2-%E7%BB%8F%E9%AA%8C%E5%81%9A%E6%B3%95">做法</a>`},
		{"链到本页标题", "## 甲 乙\n\n[上文](#甲 乙)", "[上文](#甲 乙)"},
		{"链到自己的附件", "[决定书](<决定书 1.txt>)", `<a href="../../cases/jia-zhongzi/%E5%86%B3%E5%AE%9A%E4%B9%A6%201.txt">决定书</a>`},
		{"电话", "[打](tel:12316)", `<a href="tel:12316">打</a>`},
		{"脚本链接只剩文字", "[打](javascript:alert(1))", "<p>打</p>"},
		{"大小写混写的脚本链接", "[打](JaVaScRiPt:alert(1))", "<p>打</p>"},
		{"data 链接", "[打](data:text/html,x)", "<p>打</p>"},
		{"省掉协议的链接", "[打](//evil.example/x)", "<p>打</p>"},
		{"政府网站", "[国](https://www.gov.cn/a)", `<a href="https://www.gov.cn/a" rel="external noopener"`},
		{"像政府网站", "[骗](https://www.gov.cn.example.com/a)", `<a href="../../leave/`},
		{"后缀像政府网站", "[骗](https://notgov.cn/a)", `<a href="../../leave/`},
		{"本站", "[站](https://linjiang.example/x)", `<a href="https://linjiang.example/x"`},
		{"引用", "> 话", "<blockquote>\n<p>话</p>\n</blockquote>"},
		{"换行", "甲\\\n乙", "甲<br>\n乙"},
		{"脚注", "文[^a]\n\n[^a]: 注", `<li id="p-_note-1"><p>注</p>`},
		{"部门的表", "{{表:公安局}}", `<caption>公安局<wbr>统计表<wbr>（二季度）</caption>`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := written(t, test.text)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(got, test.want) {
				t.Errorf("得到\n%s\n其中应有\n%s", got, test.want)
			}
		})
	}
}

func TestMarkdownFaultsAreNamed(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"不存在的内容", "甲\n\n[乙](../open/meiyou.md)", "content/cases/jia-zhongzi.md:3:"},
		{"外站的图片", "![图](https://x.example/a.png)", "不在本站"},
		{"没报的数", "{{农业农村局@西城区/立案}}", "西城区"},
		{"没有的图表", "{{图:meiyou}}", "meiyou"},
		{"没有项目的部门的表", "{{表:供销社}}", "供销社"},
		{"没有配对的花括号", "{{公安局", "content/cases/jia-zhongzi.md:1:1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := written(t, test.text)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("应当报错并写明“%s”：%v\n%s", test.want, err, got)
			}
		})
	}
}

// TestOneChartTwice: ids stay apart when a page shows a chart again.
func TestOneChartTwice(t *testing.T) {
	got, err := written(t, "{{图:nongye-bijiao}}\n\n{{图:nongye-bijiao}}")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(got, `id="tu-nongye-bijiao"`) != 1 || strings.Count(got, `id="tu-nongye-bijiao-2"`) != 1 {
		t.Error("同一张图放两次，id 应当不同")
	}
}
