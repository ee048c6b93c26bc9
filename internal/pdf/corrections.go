package pdf

import (
	"fmt"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
)

// edition names a paper that is no longer as it was first published: 第2版, with
// the day of the last correction; "" for the first.
func edition(c *campaign.Campaign) string {
	days := c.CorrectionDays()
	if len(days) == 0 {
		return ""
	}
	return fmt.Sprintf("第%d版（%s更正）", c.Edition(), days[len(days)-1].Chinese())
}

// corrections adds a sheet that says, before all else, which published figures
// have changed, the latest first.
func (w *writer) corrections() {
	list := w.campaign.Corrections
	if len(list) == 0 {
		return
	}
	w.add(typeset.Break{})
	w.add(&typeset.Paragraph{
		Runs:  w.runs("更正说明", typeset.Style{Role: typeset.Song, Size: titleSize}),
		Align: typeset.Center, Lead: 2 * typeset.A4.Lead(), KeepWithNext: true,
	})
	w.paragraph(fmt.Sprintf("本报告为第%d版。以下数据公布后有更正，报告中的数字、图表和文字均已按更正后的数据编写。", w.campaign.Edition()), body)
	var rows []typeset.Row
	for _, x := range slices.Backward(list) {
		rows = append(rows, w.rowOf(x.Keys.Start, x.On.String(), x.Round.Name, x.Whose(), x.What(), x.OldText(), x.NewText(), x.Reason))
	}
	w.add(w.table(columns("ccllrrl"), w.headRow("日期", "期次", "部门（地区）", "项目（单位）", "原值", "现值", "原因"), rows), gap)
}
