package manuscript

import (
	"strings"
	"testing"
)

func TestTables(t *testing.T) {
	row := func(cells ...string) string { return "<w:tr>" + strings.Join(cells, "") + "</w:tr>" }
	grid := func(rows ...string) string { return "<w:tbl>" + strings.Join(rows, "") + "</w:tbl>" }
	cell := func(text string) string { return tc("", p(text)) }
	across := func(n, text string) string { return tc(`<w:gridSpan w:val="`+n+`"/>`, p(text)) }
	top := func(text string) string { return tc(`<w:vMerge w:val="restart"/>`, p(text)) }
	below := tc(`<w:vMerge/>`, "<w:p/>")
	right := func(text string) string { return tc("", para(`<w:jc w:val="right"/>`, run(text, ""))) }
	for name, c := range map[string]struct {
		in, want, says string
	}{
		"plain":           {tbl([]string{"措施", "时限"}, []string{"核查", "3日"}), "| 措施 | 时限 |\n| --- | --- |\n| 核查 | 3日 |", ""},
		"marks":           {tbl([]string{"a|b", "`c`"}, []string{"*d*", "{{e|f}}"}), "| a\\|b | \\`c\\` |\n| --- | --- |\n| \\*d\\* | \\{\\{e\\|f}} |", ""},
		"bold head":       {grid(row(tc("", para("", run("措施", strg))), cell("时限")), row(tc("", para("", run("核查", strg))), cell("3日"))), "| 措施 | 时限 |\n| --- | --- |\n| **核查** | 3日 |", ""},
		"numbers right":   {grid(row(cell("项目"), right("数量")), row(cell("甲"), right("12")), row(cell("乙"), right("3"))), "| 项目 | 数量 |\n| --- | ---: |\n| 甲 | 12 |\n| 乙 | 3 |", ""},
		"two paragraphs":  {grid(row(cell("措施"), cell("时限")), row(tc("", p("核查"), p("处置")), cell("3日"))), "| 措施 | 时限 |\n| --- | --- |\n| 核查 处置 | 3日 |", ""},
		"empty cells":     {tbl([]string{"措施", ""}, []string{"", "3日"}), "| 措施 |  |\n| --- | --- |\n|  | 3日 |", ""},
		"merged across":   {grid(row(cell("单位"), across("2", "件数")), row(cell("甲"), cell("1"), cell("2"))), "| 单位 | 件数 |  |\n| --- | --- | --- |\n| 甲 | 1 | 2 |", "1 处横向合并的单元格拆开了，内容留在第一格"},
		"merged down":     {grid(row(cell("类别"), cell("项目"), cell("数量")), row(top("直播"), cell("甲"), top("12件")), row(below, cell("乙"), below)), "| 类别 | 项目 | 数量 |\n| --- | --- | --- |\n| 直播 | 甲 | 12件 |\n| 直播 | 乙 |  |", "2 处纵向合并的单元格拆开了，文字在每一行重复，数字只留在第一行"},
		"title row":       {grid(row(across("2", "表1 任务分工")), row(cell("措施"), cell("时限")), row(cell("核查"), cell("3日"))), "表1 任务分工\n\n| 措施 | 时限 |\n| --- | --- |\n| 核查 | 3日 |", ""},
		"rows differ":     {grid(row(cell("甲"), cell("乙"), cell("丙")), row(cell("丁"))), "| 甲 | 乙 | 丙 |\n| --- | --- | --- |\n| 丁 |  |  |", ""},
		"grid before":     {grid(row(cell("甲"), cell("乙")), `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>`+cell("丙")+"</w:tr>"), "| 甲 | 乙 |\n| --- | --- |\n|  | 丙 |", ""},
		"one cell":        {grid(row(tc("", p("框起来的话。"), p("第二段。")))), "框起来的话。\n\n第二段。", "只有一格的表格改成了普通段落"},
		"table in a cell": {grid(row(cell("甲"), cell("乙")), row(tc("", tbl([]string{"内一", "内二"}), "<w:p/>"), cell("丁"))), "| 甲 | 乙 |\n| --- | --- |\n| 内一 内二 | 丁 |", "表格里套的表格改成了文字"},
		"points in cells": {grid(row(cell("甲"), cell("乙")), row(tc("", li(1, 0, "子甲"), li(2, 0, "子乙")), cell("丁"))), "| 甲 | 乙 |\n| --- | --- |\n| • 子甲 1.子乙 | 丁 |", ""},
		"wrapped rows":    {`<w:tbl><w:sdt><w:sdtContent>` + row(cell("甲"), `<w:sdt><w:sdtContent>`+cell("乙")+`</w:sdtContent></w:sdt>`) + `</w:sdtContent></w:sdt>` + row(cell("丙"), cell("丁")) + `</w:tbl>`, "| 甲 | 乙 |\n| --- | --- |\n| 丙 | 丁 |", ""},
		"no rows":         {p("前文。") + "<w:tbl/>" + p("后文。"), "前文。\n\n后文。", ""},
		"one row":         {tbl([]string{"甲", "乙"}), "| 甲 | 乙 |\n| --- | --- |", ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWord(four(c.in)...)
			w.numbering = wordLists
			r, problems := imported(t, w)
			if got := firstSection(t, r); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			if !strings.Contains(said(r, problems), c.says) {
				t.Errorf("not said: %s\n%s", c.says, said(r, problems))
			}
		})
	}
}
