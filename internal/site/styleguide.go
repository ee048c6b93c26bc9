package site

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	layout "wangjian/layouts"
)

// styleguidePath is where the preview shows what pages are made of.
const styleguidePath = "styleguide/index.html"

// styleguideData shows the stylesheet's tokens and the pieces that pages are
// made of, the latter with the campaign's own contents.
type styleguideData struct {
	Sizes   []styleToken
	Spaces  []styleToken
	Modes   []colourMode
	Figures figureCards
	Table   *formTable
	Charts  []chartFigure
	Task    []taskCard
	Units   []unitCard
	Warning []entry
	Record  []fact
	Files   []download
	Trail   []link
	Pager   pager
	neighbours
}

// styleToken is a custom property with its value as CSS writes it.
type styleToken struct{ Name, Value, Use string }

// colourMode is the colours of a way of reading.
type colourMode struct {
	Name    string
	Colours []colourToken
}

// colourToken is a colour with its contrasts: on the page and on cards.
type colourToken struct {
	styleToken
	OnPaper, OnSurface string
}

// tokenUses says in words what a token is for.
var tokenUses = map[string]string{
	"--t-small": "说明、日期", "--t-body": "正文", "--t-lead": "导语", "--t-3": "三级标题", "--t-2": "二级标题", "--t-1": "页面标题",
	"--t-figure": "数字", "--t-figure-lead": "主要数字",
	"--s-1": "字与图标之间", "--s-2": "同一行的各项之间", "--s-3": "表格单元格", "--s-4": "段落之间", "--s-5": "卡片内边", "--s-6": "小节之间", "--s-7": "章节之间", "--s-8": "页尾之前",
	"--paper": "页面底色", "--surface": "卡片底色", "--sunken": "表头、页脚", "--ink": "正文", "--ink-soft": "说明文字", "--line": "细线", "--line-strong": "边框",
	"--red": "主色：标题、强调", "--red-tint": "主色的浅底", "--band": "页头、按钮", "--on-band": "页头上的字", "--on-band-soft": "页头上的说明",
	"--link": "辅色：链接", "--link-hover": "指着的链接", "--focus": "键盘焦点", "--focus-halo": "焦点外圈", "--good": "已完成", "--warn": "警示", "--warn-tint": "警示的浅底",
	"--bar": "表中横条", "--mark": "搜索到的字", "--chart-1": "图一", "--chart-2": "图二", "--chart-3": "图三",
	"--tint-1": "分档一", "--tint-2": "分档二", "--tint-3": "分档三", "--tint-4": "分档四",
}

// styleguidePages is for the office alone: no public site has it.
func styleguidePages(s *site) []*page {
	if !s.toOffice() {
		return nil
	}
	return []*page{{
		path: styleguidePath, template: "styleguide", title: "样式指南", description: "字号、间距、颜色和页面的各个部件。", unlisted: true,
		data: func(r *rendering) (any, error) { return r.styleguide() },
	}}
}

func (r *rendering) styleguide() (any, error) {
	raw, err := fs.ReadFile(r.layouts, "assets/site.css")
	if err != nil {
		return nil, fmt.Errorf("读取样式表：%w", err)
	}
	var tokens []styleToken
	for _, p := range layout.Properties(raw) {
		tokens = append(tokens, styleToken{"--" + p.Name, p.Value, tokenUses["--"+p.Name]})
	}
	files, err := r.downloads()
	if err != nil {
		return nil, err
	}
	data := styleguideData{
		Sizes: withPrefix(tokens, "--t-"), Spaces: withPrefix(tokens, "--s-"),
		Figures: r.figureCards(),
		Record:  facts("名称", "登记信息的一行", "有效性", inForce),
		Files:   files[:1],
		Trail:   []link{{Text: "首页", Href: r.to("index.html")}, {Text: "样式指南", Href: r.to(styleguidePath), Current: true}},
		Pager: pager{
			Pages: []link{{Text: "1", Href: r.to(styleguidePath), Current: true}, {Text: "2", Href: r.to(styleguidePath)}},
			Next:  &link{Text: "下一页", Href: r.to(styleguidePath)},
		},
		neighbours: neighboursOf([]string{"上一篇的标题", "", "下一篇的标题"}, 1, func(title string) link { return link{Text: title, Href: r.to(styleguidePath)} }),
	}
	for _, mode := range []string{"浅色", "深色", "高对比"} {
		data.Modes = append(data.Modes, colourMode{mode, colours(raw, tokens, mode)})
	}
	c := r.campaign
	if c.Lead != nil {
		data.Table = r.departmentTable(c.Lead)
		card, err := r.unitCard(c.Lead)
		if err != nil {
			return nil, err
		}
		data.Units = append(data.Units, card)
	}
	if len(c.Priorities) > 0 {
		data.Task = append(data.Task, r.taskCard(c.Priorities[0]))
	}
	if items := r.byKind[campaign.Warnings]; len(items) > 0 {
		data.Warning = append(data.Warning, r.entry(items[0]))
	}
	charts, err := r.placeAll(chart.ForDepartments(r.stats, r.campaign), nil)
	data.Charts = charts[:min(1, len(charts))]
	return data, err
}

func withPrefix(tokens []styleToken, prefix string) []styleToken {
	var list []styleToken
	for _, t := range tokens {
		if strings.HasPrefix(t.Name, prefix) {
			list = append(list, t)
		}
	}
	return list
}

// colours lists a mode's colours with their contrasts; 浅色 is none of the
// stylesheet's modes, so it has the plain values.
func colours(css []byte, tokens []styleToken, mode string) []colourToken {
	values, _ := layout.Palette(css, mode)
	contrast := func(a, b string) string { return strconv.FormatFloat(layout.Contrast(a, values[b]), 'f', 1, 64) }
	var list []colourToken
	for _, t := range tokens {
		if t.Value = values[t.Name[2:]]; layout.Luminance(t.Value) >= 0 {
			list = append(list, colourToken{t, contrast(t.Value, "paper"), contrast(t.Value, "surface")})
		}
	}
	return list
}
