package forms

import (
	"bytes"
	"fmt"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/pdf/word"
	"wangjian/internal/xlsx"
)

// Cover writes the covering letter with which a round's forms go to a unit, as a Word
// file. Enclosed are the files' names.
func Cover(c *campaign.Campaign, round *campaign.Round, d *campaign.Department, region *campaign.Region, enclosed []string, day campaign.Date) (Letter, error) {
	unit, wants := UnitName(c, d, region), missingForm
	signed := c.Lead
	if region != nil || signed == nil {
		signed = d // a county reports to its own department
	}
	var advice []string
	if len(c.Form.RowsOf(d)) > 0 {
		advice = append(advice, "统计表在所附的 Excel 文件里填写，不要改动表格的行和列。请逐项填写：没有发生的填 0，无此项的填 无，不要空着。")
	}
	if region == nil {
		advice = append(advice, "工作总结在所附的 Word 文件里撰写，"+strings.Join(campaign.NarrativeSections, "、")+"几个部分的标题不要改动。")
		wants = "工作总结"
		if len(c.Form.RowsOf(d)) > 0 {
			wants = missingForm + "和工作总结"
		}
	}
	l := letter{title: fmt.Sprintf("关于报送%s%s%s的通知", c.Short, round.Name, wants), to: unit + "：", signed: signed.Name, day: day}
	if c.Sample {
		l.mark = xlsx.SampleMark
	}
	reason := "按照" + c.Name + "有关要求"
	if c.DocumentNumber != "" {
		reason += "（" + c.DocumentNumber + "）"
	}
	l.body = append(l.body, fmt.Sprintf("%s，请于%s前报送%s%s。", reason, round.Deadline.Chinese(), round.Name, wants))
	l.body = append(l.body, advice...)
	l.body = append(l.body, "填好以后照原来的文件名用邮件发回即可。")
	if phone := c.Site.Phone; phone != "" {
		l.body = append(l.body, "联系电话："+phone)
	}
	l.body = append(l.body, "附件："+strings.Join(enclosed, "、"))
	name := coverName(round, d, region)
	var data bytes.Buffer
	if err := l.word(&data); err != nil {
		return Letter{}, fmt.Errorf("写 %s：%w", name, err)
	}
	return Letter{name, data.Bytes(), day}, nil
}

func coverName(round *campaign.Round, d *campaign.Department, region *campaign.Region) string {
	return strings.TrimSuffix(fileName(round, d, region), ".xlsx") + "_通知.docx"
}

// Outline writes the Word file in which a department writes its narrative: title and
// sections, nothing below them.
func Outline(c *campaign.Campaign, round *campaign.Round, d *campaign.Department, day campaign.Date) (Letter, error) {
	name := strings.TrimSuffix(fileName(round, d, nil), ".xlsx") + "_" + PathName(round.Name) + "_工作总结.docx"
	body := typeset.Style{Role: typeset.Fang, Size: 16}
	title := d.Name + c.Short + round.Name + "工作总结"
	blocks := []typeset.Block{&typeset.Paragraph{Runs: []typeset.Run{{Text: title, Style: typeset.Style{Role: typeset.Song, Size: 22}}}, Align: typeset.Center}}
	for n, section := range campaign.NarrativeSections {
		heading := string([]rune("一二三四五六七八九")[n]) + "、" + section
		blocks = append(blocks,
			&typeset.Paragraph{
				Runs: []typeset.Run{{Text: heading, Style: typeset.Style{Role: typeset.Hei, Size: 16}}}, Align: typeset.Left, Indent: 2 * typeset.A4.Pitch(),
				Heading: &typeset.Bookmark{Level: 1, Title: heading},
			},
			&typeset.Paragraph{Runs: []typeset.Run{{Text: "　", Style: body}}, Indent: 2 * typeset.A4.Pitch()})
	}
	document := word.Document{Title: title, Author: d.Name, Published: day.Midnight(), Changed: day.Midnight()}
	if c.Sample {
		document.Mark = xlsx.SampleMark
	}
	var data bytes.Buffer
	if err := word.Write(&data, document, blocks); err != nil {
		return Letter{}, fmt.Errorf("写 %s：%w", name, err)
	}
	return Letter{name, data.Bytes(), day}, nil
}
