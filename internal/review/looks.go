package review

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
	"wangjian/internal/pdf/draw"
	"wangjian/internal/privacy"
	"wangjian/layouts"
)

var looksRules = []Rule{
	{
		Code: "font-unusable", Level: campaign.Error,
		Words: "layouts/fonts/ 里的每个字体文件都是单个的 TrueType 字体，而且许可嵌入 PDF。",
		Check: func(c *Context) {
			for _, f := range draw.Refused(c.Layouts) {
				c.Reportf(campaign.InFile("layouts/"+f.File), "换用许可嵌入的 .ttf 文件，或者删去这个文件（删去后用程序自带的字体）", "字体 %s %s", path.Base(f.File), f.Reason)
			}
		},
	},
	{
		Code: "font-misdrawn", Level: campaign.Warning,
		Words: "layouts/fonts/ 里的字体，每个字都有轮廓，货币和其他符号画的是那个符号；不是的，PDF 里逐字换用别的字体。",
		Check: func(c *Context) {
			for _, d := range draw.Doubts(c.Layouts, layouts.Over(c.Layouts)) {
				at := campaign.InFile("layouts/" + d.File)
				if len(d.Empty) > 0 {
					c.Reportf(at, "不用改：这些字 PDF 里逐字换用别的字体", "字体 %s 里有 %d 个字是空的，印出来是空白：%s", path.Base(d.File), len(d.Empty), firstOf(d.Empty))
				}
				if len(d.Unlike) > 0 {
					c.Reportf(at, "不用改：这些符号 PDF 里逐个换用别的字体；用这个字体在别处排版时请看一眼", "字体 %s 里有 %d 个符号画得不对，或太小看不清：%s", path.Base(d.File), len(d.Unlike), firstOf(d.Unlike))
				}
			}
		},
	},
	unprintable,
	{
		Code: "too-long", Level: campaign.Error,
		Words: "名称、标题和备注印得下：名称 100 字以内，标题、机构名、文号、填报单位、网址 300 字以内，备注 2000 字以内。",
		Check: checkLengths,
	},
	{
		Code: "style-contrast", Level: campaign.Error,
		Words: "layouts/style.yaml 换的颜色在每种显示方式里都够清楚：文字与底色 4.5:1 以上，图形和边框 3:1 以上（WCAG 2.2 AA）。",
		Check: func(c *Context) {
			if len(c.Campaign.Looks.Style) == 0 {
				return
			}
			css, err := fs.ReadFile(layouts.Over(c.Layouts), "assets/site.css")
			if err != nil {
				return // source has said so
			}
			for _, mode := range layouts.ColourModes {
				c.checkContrast(css, mode)
			}
		},
	},
}

// firstOf shows the first of a list of characters.
func firstOf(list []rune) string {
	const most = 20
	if len(list) > most {
		return string(list[:most]) + "…"
	}
	return string(list)
}

// The most characters of a name, of a line such as a title, and of a remark that
// fit on a paper, in a cell and in a QR code.
const (
	mostOfName   = 100
	mostOfLine   = 300
	mostOfRemark = 2000
)

func checkLengths(c *Context) {
	check := func(at campaign.Position, most int, values ...string) {
		for _, v := range values {
			if n := utf8.RuneCountInString(v); n > most {
				c.Reportf(at, fmt.Sprintf("改短到 %d 字以内；长的话写进正文或附注", most), "这里写了 %d 个字，纸上、表里印不下", n)
				return
			}
		}
	}
	s := c.Campaign
	check(s.Keys.Of("名称"), mostOfName, s.Name)
	check(s.Keys.Of("简称"), mostOfName, s.Short)
	for key, value := range map[string]string{"站点.名称": s.Site.Name, "站点.主办单位": s.Site.Host, "站点.投诉热线名称": s.Site.HotlineName, "站点.上级站点.名称": s.Site.PortalName} {
		check(s.Keys.Of(key), mostOfName, value)
	}
	check(s.Keys.Of("站点.网址"), mostOfLine, s.Site.URL)
	for _, n := range named(s) {
		check(n.At, mostOfName, n.Names()...)
	}
	for _, r := range s.Form.Rows {
		check(r.At, mostOfName, r.Name, r.Unit)
	}
	for _, r := range s.Reports {
		check(r.Keys.Of("填报单位"), mostOfLine, r.Unit)
	}
	for _, f := range figures(c) {
		check(f.At, mostOfRemark, f.Remark)
	}
	for _, i := range s.Items {
		check(i.Keys.Of("标题"), mostOfLine, i.Title)
		check(i.Keys.Of("来源"), mostOfLine, i.Source)
		if m := i.Commitment; m != nil {
			check(i.Keys.Of("承诺主体"), mostOfLine, m.Party)
			check(i.Keys.Of("主体类型"), mostOfName, m.Kind)
			check(i.Keys.Of("期限"), mostOfLine, m.Term)
		}
		if d := i.Document; d != nil {
			check(i.Keys.Of("发布机构"), mostOfLine, d.Issuer)
			check(i.Keys.Of("文号"), mostOfLine, d.Number)
		}
		if w := i.Warning; w != nil {
			check(i.Keys.Of("发布机构"), mostOfLine, w.Issuer)
			check(i.Keys.Of("期号"), mostOfLine, w.Number)
		}
	}
}

// named lists the departments, regions, rounds and priorities.
func named(c *campaign.Campaign) (list []campaign.Named) {
	for _, d := range c.Departments {
		list = append(list, d.Named)
	}
	for _, r := range c.Regions {
		list = append(list, r.Named)
	}
	for _, r := range c.Rounds {
		list = append(list, r.Named)
	}
	for _, p := range c.Priorities {
		list = append(list, p.Named)
	}
	return list
}

// What is published as a page shows whatever the reader's computer can show;
// a paper holds its own fonts, and what none of them draws would print as
// nothing.
var unprintable = Rule{
	Code: "unprintable", Level: campaign.Error,
	Words:   "印到纸上的文字（页面和用语表以外的内容和数据），每个字都有字体印得出来。",
	Inspect: inspectPrintable,
}

func inspectPrintable(p *reading) (remarks []campaign.Finding) {
	if !p.onPaper() {
		return nil
	}
	lacking := p.lackingInBody()
	key := ""
	for n, line := range p.lines {
		prints := func(r rune) bool { return lacking[r] }
		switch {
		case p.inFront(n):
			if line = p.prose[n]; !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "-") {
				key, _, _ = strings.Cut(line, ":")
			}
			if slices.Contains(neverPrinted, key) {
				continue
			}
			prints = func(r rune) bool { return !p.draws(r) }
		case len(lacking) == 0:
			return remarks
		default:
			line = targetSpan.ReplaceAllStringFunc(line, func(target string) string { return strings.Repeat(" ", len(target)) })
		}
		var told []rune
		tell := func(text string, at func(offset int) int) {
			for offset, r := range text {
				same := func(other rune) bool { return other == r || draw.Shaped(other) && draw.Shaped(r) }
				if prints(r) && !slices.ContainsFunc(told, same) {
					told = append(told, r)
					remarks = append(remarks, cannotPrint(r, p.at(n, at(offset))))
				}
			}
		}
		tell(line, func(offset int) int { return offset })
		if escape := strings.IndexAny(line, `\&`); escape >= 0 {
			tell(privacy.Unescape(line), func(int) int { return escape })
		}
	}
	return remarks
}

// targetSpan is where a link leads, which is not printed.
var targetSpan = regexp.MustCompile(`\]\([^)]*\)`)

// neverPrinted are the keys whose values stand on no paper.
var neverPrinted = []string{"关键词", "别名", "准予公开", "审核", "审核人", "图片已核", "附件已核", "指纹", "发布", "索引号格式"}

// onPaper reports whether any of a text is printed.
func (r *reading) onPaper() bool {
	if r.Item != nil {
		return r.Item.Kind != campaign.Pages
	}
	return strings.HasPrefix(r.File, "data/") && r.File != "data/wording.yaml" && r.File != "data/synonyms.yaml"
}

// lackingInBody lists what a body prints and no font draws.
func (r *reading) lackingInBody() map[rune]bool {
	lacking := map[rune]bool{}
	if r.Tree == nil {
		return lacking
	}
	r.Tree.Walk(func(n *markdown.Node) bool {
		switch n.Kind {
		case markdown.Text, markdown.Code, markdown.CodeBlock, markdown.Image:
			for _, c := range n.Text {
				if !r.draws(c) {
					lacking[c] = true
				}
			}
		}
		return true
	})
	return lacking
}

// draws reports whether a paper can show a character. Of those that no text may
// hold the rule character tells.
func (r *reading) draws(c rune) bool {
	return r.characters.Draw(c) || c == utf8.RuneError || c&0xfffe == 0xfffe || c >= 0xfdd0 && c <= 0xfdef || unicode.IsControl(c) || unicode.Is(unicode.Co, c)
}

// instead is what can be written for characters that fonts lack.
var instead = strings.NewReplacer("✅", "√", "✔", "√")

func cannotPrint(r rune, at campaign.Position) campaign.Finding {
	if draw.Shaped(r) {
		return finding(at, fmt.Sprintf("“%c”（U+%04X）是藏文、蒙古文、维吾尔文一类要变形连写的文字，PDF 里排不了", r, r), "改用汉字；要公开这种文字的文本，用别的软件排成 PDF 作附件")
	}
	f := finding(at, fmt.Sprintf("“%c”（U+%04X）没有一种字体印得出来，PDF 里会是空白", r, r), "换一个字或写法，或在 layouts/fonts/ 里放入含有这个字的 TrueType 字体")
	if other := instead.Replace(string(r)); other != string(r) {
		f.Hint = "写成“" + other + "”，或在 layouts/fonts/ 里放入含有这个字的 TrueType 字体"
		f.Mend = at.Mend(string(r), other)
	}
	return f
}

// checkContrast reports each colour of the campaign that is too near to one that
// it meets, once a mode, by the worst of them.
func (c *Context) checkContrast(css []byte, mode string) {
	by, values := c.colours(css, mode)
	worst := map[string]lowContrast{}
	var order []string
	for _, pair := range layouts.Pairs {
		blamed := pair.Front
		if by[blamed].Name == "" || layouts.Luminance(values[pair.Front]) >= 0 && layouts.Luminance(values[pair.Back]) < 0 {
			blamed = pair.Back
		}
		got := layouts.Contrast(values[pair.Front], values[pair.Back])
		if by[blamed].Name == "" || got >= pair.Least {
			continue
		}
		before, known := worst[blamed]
		if !known {
			order = append(order, blamed)
		}
		if !known || got/pair.Least < before.got/before.pair.Least {
			worst[blamed] = lowContrast{pair, got}
		}
	}
	for _, name := range order {
		c.reportContrast(worst[name], by[name], values, cmp.Or(mode, "浅色"))
	}
}

// colours returns the campaign's properties of a mode by name, and with them the value
// of every property.
func (c *Context) colours(css []byte, mode string) (by map[string]campaign.StyleProperty, values map[string]string) {
	by = map[string]campaign.StyleProperty{}
	values, own := layouts.Palette(css, mode)
	for _, p := range c.Campaign.Looks.Style {
		if p.Mode == mode || p.Mode == "" && (mode == "" || !own[p.Name]) && by[p.Name].Mode == "" {
			by[p.Name], values[p.Name] = p, p.Value
		}
	}
	return by, values
}

// lowContrast is a pair of colours that are too near to each other.
type lowContrast struct {
	pair layouts.Pair
	got  float64
}

func (c *Context) reportContrast(f lowContrast, blamed campaign.StyleProperty, values map[string]string, mode string) {
	front, back, at := f.pair.Front, f.pair.Back, blamed.At
	switch {
	case layouts.Luminance(values[blamed.Name]) < 0:
		if c.Once("style-contrast " + at.String()) {
			c.Reportf(at, "写成 \"#1d4f91\" 这样的六位十六进制，要加引号", "“%s”的颜色算不出对比度：%s", blamed.Name, values[blamed.Name])
		}
	case blamed.Name == front:
		c.Reportf(at, "把它与底色拉开：浅底上换深一些的颜色，深底上换浅一些的", "%s显示时“%s”（%s）在“%s”（%s）上的对比度只有 %.2f，应不低于 %.1f",
			mode, front, values[front], back, values[back], f.got, f.pair.Least)
	default:
		c.Reportf(at, "换一种底色，或者在同一处把“"+front+"”也换掉", "%s显示时底色“%s”（%s）上“%s”（%s）的对比度只有 %.2f，应不低于 %.1f",
			mode, back, values[back], front, values[front], f.got, f.pair.Least)
	}
}
