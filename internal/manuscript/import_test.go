package manuscript

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares a result and all that is said of it with a file.
func golden(t *testing.T, name string, r *Result, problems []campaign.Finding) {
	t.Helper()
	var names []string
	for _, p := range r.Pictures {
		names = append(names, p.Name)
	}
	got := r.File + "\n" + strings.Join(names, " ") + "\n" + string(r.Markdown) + "\n" + said(r, problems)
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
	}
}

// official is a summary as an office writes it: title, addressee, numbers by
// hand, 黑体 and 楷体, signature. No styles at all.
func official() *word {
	body := func(text string) string {
		return para(`<w:ind w:firstLine="640"/>`, run(text, `<w:rFonts w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/>`))
	}
	w := newWord(
		para(`<w:jc w:val="center"/>`, run("赣州市公安局", `<w:rFonts w:eastAsia="方正小标宋简体"/><w:sz w:val="44"/>`)),
		para(`<w:jc w:val="center"/>`, run("关于2022网剑行动工作情况的总结", `<w:rFonts w:eastAsia="方正小标宋简体"/><w:sz w:val="44"/>`)),
		body("市网络市场监管部门联席会议办公室："),
		body("按照《赣州2022网络市场监管专项行动（网剑行动）方案》要求，现将我局工作情况总结如下。"),
		para("", run("一、主要经验做法", hei)),
		para("", run("（一）同一案件两条线并查。", kai), run("办案单位同时查清谁实施了违法犯罪、哪家网站没有尽到管理义务，", ""), run("两条线互相印证（互附检查记录）", strg), run("，责任分清。", "")),
		para("", run("（二）研判专班跟着案件走", kai)),
		body("专班根据案件类型组合，研判报告写明依据和疑点。"),
		body("1.涉药案件，请人讲解票据和追溯码；"),
		body("2.刷单案件，请市场监管部门提供交易规则；"),
		body("3.涉通讯设备案件，请通信企业解释线路特征。"),
		para("", run("二、工作成效", hei)),
		body("行动期间，全市公安机关共查处相关网络违法案件231件，比中期新增9999件；督促互联网企业关停违法违规账号1,234个，清理网上违法有害信息10383条。"),
		tbl([]string{"项目", "单位", "数量"}, []string{"查处相关网络违法案件", "件", "231"}, []string{"督促互联网企业关停违法违规账号", "个", "1234"}),
		para(`<w:jc w:val="center"/>`, pic(1, "", "")),
		para(`<w:jc w:val="center"/>`, run("图1  联合检查现场", "")),
		para("", run("三、存在的问题", hei)),
		body("一是手法向小众渠道转移。二是数字证据的审查负担重。"),
		para("", run("四、下一步工作打算", hei)),
		para("", run("（一）落实新法", kai)),
		para("", run("《反电信网络诈骗法》自2022年12月1日起施行", ""), `<w:r><w:footnoteReference w:id="1"/></w:r>`, run("。", "")),
		para(`<w:jc w:val="right"/>`, run("赣州市公安局", "")),
		para(`<w:jc w:val="right"/>`, run("2022年11月25日", "")),
	)
	w.notes = []string{p("2022年9月2日通过。")}
	w.media["image1.png"] = pngOf(8, 4)
	return w
}

// ofWPS is a summary as WPS writes it: styles with numbers for ids, headings
// numbered by a list, its own namespace, VML beside DrawingML.
func ofWPS() *word {
	w := newWord(
		st("8", "公安局网剑行动总结"),
		st("2", "经验做法"), st("3", "强化组织"), p("成立专班，统一调度。"),
		li(5, 0, "线上发现；"), li(5, 0, "线下核查。"),
		st("2", "工作成效"), para(`<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>`, `<w:bookmarkStart w:id="0" w:name="_GoBack"/>`, run("查处网络违法案件", `<w:rFonts w:hint="eastAsia"/>`), run("231", `<w:rFonts w:hint="default"/>`), run("件", `<w:rFonts w:hint="eastAsia"/>`), run("。", ""), `<w:bookmarkEnd w:id="0"/>`),
		para("", `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent>`+p("框里的话")+`</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>`+p("框里的话")+`</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`, run("整改到位。", "")),
		st("2", "存在问题"), p("力量不足。"),
		st("2", "下一步打算"), li(1, 0, "开展培训；"), li(1, 0, "统一格式。"),
	)
	w.numbering = wordLists
	w.styles = `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="宋体"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="1"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/><w:basedOn w:val="1"/><w:next w:val="1"/><w:pPr><w:keepNext/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="3"><w:name w:val="heading 2"/><w:basedOn w:val="1"/><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="8"><w:name w:val="标题"/><w:basedOn w:val="1"/></w:style>`
	return w
}

func TestGolden(t *testing.T) {
	for name, w := range map[string]*word{"official": official(), "wps": ofWPS()} {
		t.Run(name, func(t *testing.T) {
			r, problems := imported(t, w)
			golden(t, name, r, problems)
			w.strict = true // the strict format says the same
			again, problems := imported(t, w)
			golden(t, name, again, problems)
		})
	}
}

// below is a campaign's folder with some files laid over it.
type below struct {
	fs.FS
	files fstest.MapFS
}

func (b below) Open(name string) (fs.File, error) {
	if _, ok := b.files[name]; ok {
		return b.files.Open(name)
	}
	return b.FS.Open(name)
}

func (b below) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(b.FS, name)
	own, _ := fs.ReadDir(b.files, name)
	for _, e := range own {
		if !slices.ContainsFunc(entries, func(o fs.DirEntry) bool { return o.Name() == e.Name() }) {
			entries = append(entries, e)
		}
	}
	return entries, err
}

// TestSourceReadsAndHoldsBack reads what was imported with the reader of the
// campaign: its picture is still to be looked at, nothing else is found, and it
// is not public on any day.
func TestSourceReadsAndHoldsBack(t *testing.T) {
	r, problems := imported(t, official())
	files := fstest.MapFS{r.File: {Data: r.Markdown}}
	sample := os.DirFS("../..")
	if _, err := fs.Stat(sample, r.File); err != nil {
		t.Fatalf("%s is not where the sample has its narrative", r.File)
	}
	for _, p := range r.Pictures {
		files["content/narratives/final/"+p.Name] = &fstest.MapFile{Data: p.Data}
	}
	c, findings := source.Load(below{sample, files})
	if len(findings) != 1 || findings[0].Rule != "picture-unchecked" || findings[0].At.File != r.File {
		t.Errorf("%v\n%s", findings, r.Markdown)
	}
	item := c.ItemAt(r.File)
	if item == nil {
		t.Fatal("not read")
	}
	if item.Title != "赣州市公安局关于2022网剑行动工作情况的总结" || item.Disclosure != campaign.Withheld || item.Complete() {
		t.Errorf("%+v", item)
	}
	for _, day := range []campaign.Date{{Year: 2022, Month: 12, Day: 1}, {Year: 9999, Month: 12, Day: 30}} {
		if v := release.Public(c, day, nil); v.Campaign().ItemAt(r.File) != nil {
			t.Errorf("public on %v", day)
		}
	}
	// Even with everything else filled in, the day has not come.
	signed := strings.NewReplacer("不予公开", "主动公开", "审核: {}", "图片已核: true\n审核: {初审: {人: 甲, 日期: 2022-11-26}, 复审: {人: 乙, 日期: 2022-11-26}, 终审: {人: 丙, 日期: 2022-11-26}, 保密审查: {人: 丁, 日期: 2022-11-26}}").Replace(string(r.Markdown))
	files[r.File] = &fstest.MapFile{Data: []byte(signed)}
	c, findings = source.Load(below{sample, files})
	if len(findings) > 0 {
		t.Error(findings)
	}
	if v := release.Public(c, campaign.Date{Year: 2022, Month: 12, Day: 1}, nil); v.Campaign().ItemAt(r.File) != nil {
		t.Error("public without a publication date")
	}
	book := stats.Of(release.Whole(c, c.ReferenceDate, source.Contents(below{sample, files})))
	for _, ref := range c.ItemAt(r.File).Body.References {
		if _, err := book.Cite(ref, c.ItemAt(r.File)); err != nil {
			t.Errorf("{{%s}}: %v", ref.Raw, err)
		}
	}
	if len(problems) == 0 {
		t.Error("the fixture has two figures that differ")
	}
}

// TestSampleComesBack writes every narrative of the sample as a Word file and
// imports it: the words, block by block, are the same.
func TestSampleComesBack(t *testing.T) {
	c, book := sampleOnce()
	contents := source.Contents(os.DirFS("../.."))
	references := 0
	for _, item := range c.ItemsOf(campaign.Narratives) {
		t.Run(item.Round.Code+" "+item.Slug, func(t *testing.T) {
			body, err := contents.Body(item)
			if err != nil {
				t.Fatal(err)
			}
			tree, findings := markdown.Parse(body, item.File, 1)
			if len(findings) > 0 {
				t.Fatal(findings)
			}
			cite := func(ref *campaign.Reference) string {
				cited, err := book.Cite(*ref, item)
				if err != nil {
					t.Fatal(err)
				}
				return cited.Text
			}
			o := Options{Campaign: c, Book: book, Round: item.Round, Department: item.Department, Region: item.Region}
			w := wordOf(tree, cite)
			r, problems := importedFor(t, w, o)
			if len(problems) > 0 {
				t.Error(problems)
			}
			if r.File != item.File {
				t.Errorf("belongs at %s, want %s", r.File, item.File)
			}
			back, findings := markdown.Parse([]byte(bodyOf(r)), r.File, 1)
			if len(findings) > 0 {
				t.Fatal(findings)
			}
			got, want := plain(back.Blocks, cite), plain(tree.Blocks, cite)
			got, want = append(got, plain(back.Footnotes, cite)...), append(want, plain(tree.Footnotes, cite)...)
			for i := range max(len(got), len(want)) {
				if i >= len(got) || i >= len(want) || got[i] != want[i] {
					t.Fatalf("block %d is\n%v\nwant\n%v", i, at(got, i), at(want, i))
				}
			}
			references += strings.Count(bodyOf(r), "{{")
		})
	}
	if references < 60 {
		t.Errorf("%d figures became references, the sample has more", references)
	}
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return "(nothing)"
}

// plain lists a tree's blocks as words with the looks that a Word file keeps;
// charts and tables of the form cannot come back.
func plain(nodes []*markdown.Node, cite func(*campaign.Reference) string) []string {
	var lines []string
	var add func([]*markdown.Node, string)
	add = func(nodes []*markdown.Node, where string) {
		for _, n := range nodes {
			switch n.Kind {
			case markdown.Chart, markdown.StatTable:
			case markdown.Paragraph, markdown.Heading, markdown.TableCell:
				kind := map[markdown.Kind]string{markdown.Paragraph: "p", markdown.Heading: "h" + strconv.Itoa(n.Level), markdown.TableCell: "td"}[n.Kind]
				lines = append(lines, where+kind+" "+marked(n.Children, cite))
			case markdown.List:
				for _, item := range n.Children {
					mark := "- "
					if n.Ordered {
						mark = strconv.Itoa(item.Number) + ". "
					}
					add(item.Children, where+mark)
				}
			case markdown.Quote:
				add(n.Children, where+"> ")
			default:
				add(n.Children, where)
			}
		}
	}
	add(nodes, "")
	return lines
}

// marked writes inlines with their bold and italics, figures as their text.
func marked(nodes []*markdown.Node, cite func(*campaign.Reference) string) string {
	var b strings.Builder
	for _, n := range nodes {
		switch n.Kind {
		case markdown.Figure:
			b.WriteString(cite(n.Reference))
		case markdown.Strong:
			b.WriteString("<b>" + marked(n.Children, cite) + "</b>")
		case markdown.Emphasis:
			b.WriteString("<i>" + marked(n.Children, cite) + "</i>")
		case markdown.FootnoteMark:
			b.WriteString("[注]")
		case markdown.Break:
			b.WriteString("[换行]")
		case markdown.Link:
			b.WriteString(marked(n.Children, cite))
		default:
			b.WriteString(n.Text)
		}
	}
	return b.String()
}

// wordOf writes a tree as a Word file.
func wordOf(tree *markdown.Tree, cite func(*campaign.Reference) string) *word {
	w := newWord()
	w.numbering = wordLists
	var inlines func([]*markdown.Node, string) string
	inlines = func(nodes []*markdown.Node, style string) string {
		var b strings.Builder
		for _, n := range nodes {
			switch n.Kind {
			case markdown.Text:
				b.WriteString(run(n.Text, style))
			case markdown.Figure:
				b.WriteString(run(cite(n.Reference), style))
			case markdown.Strong:
				b.WriteString(inlines(n.Children, style+"<w:b/>"))
			case markdown.Emphasis:
				b.WriteString(inlines(n.Children, style+"<w:i/>"))
			case markdown.Break:
				b.WriteString("<w:r><w:br/></w:r>")
			case markdown.FootnoteMark:
				b.WriteString(`<w:r><w:footnoteReference w:id="` + strconv.Itoa(n.Number) + `"/></w:r>`)
			default:
				b.WriteString(inlines(n.Children, style))
			}
		}
		return b.String()
	}
	var blocks func([]*markdown.Node, string)
	blocks = func(nodes []*markdown.Node, properties string) {
		for _, n := range nodes {
			switch n.Kind {
			case markdown.Heading:
				w.add(para(`<w:pStyle w:val="`+strconv.Itoa(n.Level-1)+`"/>`, inlines(n.Children, "")))
			case markdown.Paragraph:
				w.add(para(properties, inlines(n.Children, "")))
			case markdown.Quote:
				blocks(n.Children, `<w:pStyle w:val="Yinyong"/>`)
			case markdown.List:
				id := "1"
				if n.Ordered {
					// Every list starts anew, as Word has it.
					id = strconv.Itoa(100 + len(w.body))
					w.numbering += `<w:num w:numId="` + id + `"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="` + strconv.Itoa(n.Children[0].Number) + `"/></w:lvlOverride></w:num>`
				}
				for _, item := range n.Children {
					blocks(item.Children, `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="`+id+`"/></w:numPr>`)
				}
			case markdown.Table:
				var b strings.Builder
				for _, row := range n.Children {
					b.WriteString("<w:tr>")
					for _, c := range row.Children {
						b.WriteString(tc("", para("", inlines(c.Children, ""))))
					}
					b.WriteString("</w:tr>")
				}
				w.add("<w:tbl>" + b.String() + "</w:tbl>")
			}
		}
	}
	blocks(tree.Blocks, "")
	for _, f := range tree.Footnotes {
		var b strings.Builder
		for _, n := range f.Children {
			b.WriteString(para("", inlines(n.Children, "")))
		}
		w.notes = append(w.notes, b.String())
	}
	return w
}

// TestEveryRunGivesTheSame: no order of a map shows.
func TestEveryRunGivesTheSame(t *testing.T) {
	w := official()
	w.headers = []string{p("甲"), p("乙"), p("丙")}
	w.extra["docProps/app.xml"] = "<x/>"
	first, problems := imported(t, w)
	told := said(first, problems)
	for range 20 {
		again, problems := imported(t, w)
		if !slices.Equal(again.Markdown, first.Markdown) || said(again, problems) != told {
			t.Fatal("two runs differ")
		}
	}
}

func TestSenderOf(t *testing.T) {
	c, _ := sampleOnce()
	for name, want := range map[string][3]string{
		"公安局总结.docx":            {"gongan", "", ""},
		"赣州市公安局2022网剑行动总结.docx": {"gongan", "", ""},
		"市市场监管局（终期）.docx":       {"shijian", "", "final"},
		"gongan.docx":           {"gongan", "", ""},
		"gongan-midterm.docx":   {"gongan", "", "midterm"},
		"mygongan2.docx":        {"", "", ""},
		"章贡区市场监管局中期总结.docx":     {"shijian", "360702", "midterm"},
		"经开区公安局总结.docx":         {"gongan", "gzjkq", ""},
		"报送/林业办公室总结.docx":       {"linye", "", ""},
		`D:\报送\邮政局.docx`:        {"youzheng", "", ""},
		"总结.docx":               {"", "", ""},
		"公安局、林业局总结.docx":        {"", "", ""},
		"公安局（中期、终期）.docx":       {"gongan", "", ""},
		"国家税务总局赣州市税务局终期总结.docx": {"shuiwu", "", "final"},
	} {
		s := c.SenderOf(name)
		got := [3]string{}
		if s.Department != nil {
			got[0] = s.Department.Code
		}
		if s.Region != nil {
			got[1] = s.Region.Code
		}
		if s.Round != nil {
			got[2] = s.Round.Code
		}
		if got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
