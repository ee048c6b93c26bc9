package forms

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"wangjian/internal/campaign"
)

// accept attaches what a cell takes: a formula for custom rules, the words
// shown when it is selected, and those when something else is typed.
func (d *drawing) accept(cell string, v *excelize.DataValidation, title, prompt, refusal string) {
	v.SetSqref(cell)
	v.SetInput(title, prompt)
	v.SetError(excelize.DataValidationErrorStyleStop, "填得不对", refusal)
	d.Note(d.File.AddDataValidation(d.Name, v))
}

// formulaSigns escapes a formula for the sheet's XML.
var formulaSigns = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// validateQuantity lets a cell take a number with the row's decimals, not
// below zero, or one of the words.
func (d *drawing) validateQuantity(cell string, row *campaign.Row, words []string, what string) {
	number, kind := cell+">=0", "数字，可以有小数"
	switch most := row.MaxDecimals(); {
	case most == 0:
		number, kind = fmt.Sprintf("AND(%s>=0,%s=INT(%s))", cell, cell, cell), "整数"
	case most > 0:
		number, kind = fmt.Sprintf("AND(%s>=0,ROUND(%s,%d)=%s)", cell, cell, most, cell), fmt.Sprintf("数字，最多 %d 位小数", most)
	}
	var equals []string
	for _, word := range words {
		equals = append(equals, cell+`="`+word+`"`)
	}
	v := excelize.NewDataValidation(true)
	formula := fmt.Sprintf("IF(ISNUMBER(%s),%s,OR(%s))", cell, number, strings.Join(equals, ","))
	d.Note(v.SetRange(formulaSigns.Replace(formula), "", excelize.DataValidationTypeCustom, excelize.DataValidationOperatorBetween))
	v.Operator = ""
	prompt := "填" + kind + "，以" + row.Unit + "为单位，不写单位。没有发生填 0，无此项填 无。"
	switch {
	case what == headLastYear:
		prompt = "上年同一时期的数，没有可以空着。" + "填" + kind + "，以" + row.Unit + "为单位。"
	case d.own:
		prompt = "填部门自己办的数，不含各地区上报的；没有可以空着。填" + kind + "，以" + row.Unit + "为单位。"
	case len(words) > 1:
		prompt += "由各地区和本级相加的填 汇总。"
	}
	if row.Uncounted {
		prompt += "这一行与其他分项有重叠，不参加相加。"
	}
	d.accept(cell, v, short(row.Name), prompt, "只能填"+kind+"，或"+strings.Join(words, "、")+"。不写单位、逗号和“约”“余”。")
}

// short cuts a text to what the title of a message holds.
func short(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:29]) + "…"
	}
	return s
}

func (d *drawing) validateDay(cell string) {
	v := excelize.NewDataValidation(true)
	deadline := d.round.Deadline
	d.Note(v.SetRange(serialOf(deadline.AddDays(-plausible)), serialOf(deadline.AddDays(plausible)), excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween))
	d.accept(cell, v, metaFiledOn, "填完这张表的日子，写成 "+deadline.String()+"。", "请填日期，写成 "+deadline.String()+"。")
}

func (d *drawing) validateUnit(cell string) {
	v := excelize.NewDataValidation(false)
	d.Note(v.SetRange(1, 100, excelize.DataValidationTypeTextLength, excelize.DataValidationOperatorBetween))
	d.accept(cell, v, metaUnit, "填报单位的全称。", "请填单位全称，不超过 100 个字。")
}

func (d *drawing) validateRemark(cell string) {
	v := excelize.NewDataValidation(true)
	d.Note(v.SetRange(0, maxText, excelize.DataValidationTypeTextLength, excelize.DataValidationOperatorBetween))
	d.accept(cell, v, headRemark, "需要说明的才写，可以空着。这里的话会随数字公布。", fmt.Sprintf("备注不超过 %d 个字。", maxText))
}
