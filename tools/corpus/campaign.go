package corpus

import (
	"fmt"
	"strings"
	"time"
)

// Write takes one file of a layout.
type Write func(path, text string) error

// Today is the day that a corpus is built as of.
const Today = "2022-12-01"

// WriteCampaign writes the corpus as a campaign of ours.
func (c *Corpus) WriteCampaign(write Write) error {
	w := &writer{write: write}
	w.settings(c)
	w.form()
	for n, name := range []string{"midterm", "final"} {
		w.file("data/"+name+"/release.yaml", "公开方式: 主动公开\n发布日期: 2022-11-30 09:00\n"+signoffs(time.Date(2022, 11, 29, 0, 0, 0, 0, time.UTC)))
		for d, department := range Departments {
			w.sums(name, department)
			for _, r := range c.Regions {
				w.report(name, n, department, r, r.Reports[d])
			}
		}
	}
	for d, department := range Departments {
		for _, r := range c.Regions {
			report := r.Reports[d]
			var b strings.Builder
			fmt.Fprintf(&b, "---\n标题: %s%s专项行动报告\n%s来源: %s%s\n", r.Name, department.Name, record(report.Published), r.Name, department.Name)
			fmt.Fprintf(&b, "摘要: %s%s开展网络市场监管专项行动的经验做法、行动成效、存在问题和下一步打算\n---\n\n", r.Name, department.Name)
			Body(&b, report.Sections, func(kind string, n int) string { return target("../../../", c, kind, n) })
			w.file(fmt.Sprintf("content/narratives/final/%s/%s.md", department.Code, r.Code), b.String())
		}
	}
	for _, note := range c.Cases {
		var b strings.Builder
		fmt.Fprintf(&b, "---\n标题: %s\n%s有效期至: %s\n", note.Title, record(note.Published), note.Published.AddDate(1, 0, 0).Format(time.DateOnly))
		fmt.Fprintf(&b, "案件类型: zhongdian\n办案机关: 第%d地区市场监督管理局\n决定书文号: 示市监处罚〔2022〕%d号\n决定日期: %s\n当事人: 某网店\n违法行为类型: %s\n处罚内容: 责令改正，罚款\n摘要: %s有关情况通报\n---\n\n",
			note.Region, note.Number, note.Published.AddDate(0, 0, -9).Format(time.DateOnly), note.About, note.About)
		Body(&b, note.Sections, func(kind string, n int) string { return target("../", c, kind, n) })
		w.file(fmt.Sprintf("content/cases/c%05d.md", note.Number), b.String())
	}
	for _, note := range c.Warnings {
		var b strings.Builder
		fmt.Fprintf(&b, "---\n标题: %s\n%s发布机构: 第%d地区市场监督管理局\n摘要: %s有关情况通报\n---\n\n", note.Title, record(note.Published), note.Region, note.About)
		Body(&b, note.Sections, func(kind string, n int) string { return target("../", c, kind, n) })
		w.file(fmt.Sprintf("content/warnings/w%05d.md", note.Number), b.String())
	}
	return w.err
}

// target is the Markdown file that a link leads to: a region's is a narrative
// that its page holds.
func target(up string, c *Corpus, kind string, n int) string {
	switch kind {
	case "cases":
		return fmt.Sprintf("%scases/c%05d.md", up, n)
	case "warnings":
		return fmt.Sprintf("%swarnings/w%05d.md", up, n)
	}
	return fmt.Sprintf("%snarratives/final/%s/%s.md", up, Departments[0].Code, c.Regions[n-1].Code)
}

// writer keeps the first error, so that the rest reads plainly.
type writer struct {
	write Write
	err   error
}

func (w *writer) file(path, text string) {
	if w.err == nil {
		w.err = w.write(path, text)
	}
}

func (w *writer) settings(c *Corpus) {
	var b strings.Builder
	b.WriteString("版本: 1\n名称: 专项行动测速数据\n简称: 测速\n牵头部门: shijian\n示例: true\n基准日: " + Today + "\n站点:\n" +
		"  名称: 专项行动报告站\n  域名: report.example\n  标识码: \"0000000000\"\n  主办单位: 示例单位\n  联系电话: \"12315\"\n部门:\n")
	for _, d := range Departments {
		fmt.Fprintf(&b, "  - {代号: %s, 名称: %s}\n", d.Code, d.Name)
	}
	b.WriteString("地区:\n")
	for _, r := range c.Regions {
		fmt.Fprintf(&b, "  - {代号: %s, 名称: %s}\n", r.Code, r.Name)
	}
	b.WriteString("工作重点:\n  - {代号: zhongdian, 名称: 网络交易监管, 责任单位: [shijian], 摘要: 测速用的工作重点}\n期次:\n" +
		"  - {代号: midterm, 名称: " + Rounds[0] + ", 截止: 2022-11-27, 口径: 累计}\n  - {代号: final, 名称: " + Rounds[1] + ", 截止: 2022-11-28, 口径: 累计}\n")
	w.file("data/campaign.yaml", b.String())
}

func (w *writer) form() {
	var b strings.Builder
	b.WriteString("名称: 专项行动统计表\n项目:\n")
	for _, d := range Departments {
		for _, i := range d.Indicators {
			fmt.Fprintf(&b, "  - {部门: %s, 名称: %s, 单位: %s}\n", d.Code, i.Name, i.Unit)
		}
	}
	w.file("data/form.yaml", b.String())
}

// key is a row's key in a form; two rows of a name differ by unit.
func key(d Department, i Indicator) string {
	for _, other := range d.Indicators {
		if other.Name == i.Name && other.Unit != i.Unit {
			return i.Name + "（" + i.Unit + "）"
		}
	}
	return i.Name
}

func (w *writer) sums(round string, d Department) {
	var b strings.Builder
	fmt.Fprintf(&b, "填报单位: %s\n填报日期: 2022-11-26\n项目:\n", d.Name)
	for _, i := range d.Indicators {
		fmt.Fprintf(&b, "  %s: 汇总\n", key(d, i))
	}
	w.file("data/"+round+"/"+d.Code+".yaml", b.String())
}

func (w *writer) report(round string, n int, d Department, r Region, report Report) {
	var b strings.Builder
	fmt.Fprintf(&b, "填报单位: %s%s\n填报日期: %s\n项目:\n", r.Name, d.Name, report.Filed.Format(time.DateOnly))
	for at, i := range d.Indicators {
		f := report.Figures[at]
		if f.Remark == "" {
			fmt.Fprintf(&b, "  %s: %s\n", key(d, i), f.Values[n])
		} else {
			fmt.Fprintf(&b, "  %s: {数量: %s, 备注: %s}\n", key(d, i), f.Values[n], f.Remark)
		}
	}
	w.file(fmt.Sprintf("data/%s/%s/%s.yaml", round, d.Code, r.Code), b.String())
}

// record is what lets an item go public.
func record(published time.Time) string {
	return "公开方式: 主动公开\n发布日期: " + published.Format(time.DateOnly) + "\n" + signoffs(published.AddDate(0, 0, -1))
}

func signoffs(day time.Time) string {
	d := day.Format(time.DateOnly)
	return "审核:\n  初审: {人: 初审员甲, 日期: " + d + "}\n  复审: {人: 复审员乙, 日期: " + d + "}\n  终审: {人: 终审员丙, 日期: " + d + "}\n  保密审查: {人: 保密员丁, 日期: " + d + "}\n"
}

// Body writes a text as Markdown; link returns the address for a link of it.
func Body(b *strings.Builder, sections []Section, link func(kind string, n int) string) {
	for _, s := range sections {
		fmt.Fprintf(b, "## %s\n\n", s.Heading)
		for _, block := range s.Blocks {
			if block.Heading != "" {
				fmt.Fprintf(b, "### %s\n\n", block.Heading)
			}
			if block.LinkText != "" {
				fmt.Fprintf(b, "%s[%s](%s)。", block.Before, block.LinkText, link(block.LinkKind, block.LinkTo))
			}
			b.WriteString(block.Markdown)
		}
	}
}
