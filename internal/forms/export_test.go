package forms

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"wangjian/internal/campaign"
	"wangjian/internal/xlsx"
)

func TestWorkbookLooksLikeTheAnnex(t *testing.T) {
	c := load(t, small(t))
	w := export(t, c, "q2", "shichang", "")
	if w.Name != "第二次/市场监管局.xlsx" {
		t.Errorf("name %s", w.Name)
	}
	f := open(t, w.Data)
	if got, want := f.GetSheetList(), []string{mainSheet, ownSheet, hiddenSheet}; !slices.Equal(got, want) {
		t.Fatalf("sheets %q, want %q", got, want)
	}
	want := map[string][]string{
		mainSheet: {
			"校园食品安全专项行动统计表",
			"（第二次）",
			"期次：第二次（当期，2026年4月30日截止）|||部门：清河市市场监督管理局",
			"填报单位：||清河市市场监督管理局|填报日期：|2026年5月2日",
			"部门|项目||单位|数量|备注|行标识",
			"市场监管局|栏头|检查食品经营单位|户次|汇总||r1",
			"|立案||件|8||r2",
			"|其中|无证经营|件|汇总||r3",
			"||经营过期食品|件|汇总||r4",
			"||移送公安机关|件|汇总||r5",
			"|罚没款||万元|1.55||r6",
			"|销毁问题食品||千克|汇总||r7",
			"注：各项只填本次检查期内的数量。",
			"填表说明：只填浅黄色的格子。数量只写数字，不写单位，不写“约”“余”；没有发生填 0，无此项填 无，空着的表不能导入。",
			"数量填 汇总 的，由程序把各地区上报的数和“本级”工作表里的数相加；填了数字的，必须等于它们之和。",
		},
		ownSheet: {
			"校园食品安全专项行动统计表",
			"（第二次）",
			"期次：第二次（当期，2026年4月30日截止）|||部门：清河市市场监督管理局",
			"表别：本级",
			"部门|项目||单位|数量|备注|行标识",
			"市场监管局|栏头|检查食品经营单位|户次|20||r1",
			"|立案||件|1||r2",
			"|其中|无证经营|件|0||r3",
			"||经营过期食品|件|1||r4",
			"||移送公安机关|件|1||r5",
			"|罚没款||万元|0.25||r6",
			"|销毁问题食品||千克|1.5||r7",
			"注：各项只填本次检查期内的数量。",
			"填表说明：这里填部门自己办的、不含各地区上报的数量，没有的可以空着。统计表里填 汇总 的行，等于各地区之和加本级。",
		},
		hiddenSheet: {
			"wangjian-form|1",
			"活动|清河市2026年春季校园食品安全专项行动|清食安办〔2026〕3号",
			"期次|q2|第二次",
			"部门|shichang|清河市市场监督管理局",
			"行|r1|检查食品经营单位|户次",
			"行|r2|立案|件",
			"行|r3|无证经营|件|立案（件）",
			"行|r4|经营过期食品|件|立案（件）",
			"行|r5|移送公安机关|件|立案（件）",
			"行|r6|罚没款|万元",
			"行|r7|销毁问题食品|千克",
		},
	}
	for sheet, lines := range want {
		got := rowsOf(t, f, sheet)
		if slices.Equal(got, lines) {
			continue
		}
		t.Errorf("%s: got\n%s\nwant\n%s", sheet, strings.Join(got, "\n"), strings.Join(lines, "\n"))
	}
	merged, err := f.GetMergeCells(mainSheet)
	if err != nil {
		t.Fatal(err)
	}
	var areas []string
	for _, m := range merged {
		areas = append(areas, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	for _, area := range []string{"A1:F1", "E4:F4", "B5:C5", "A6:A12", "B7:C7", "B8:B10"} {
		if !slices.Contains(areas, area) {
			t.Errorf("%s is not merged; merged are %s", area, areas)
		}
	}
}

func TestOnlyCellsToFillInAreOpen(t *testing.T) {
	f := open(t, export(t, load(t, small(t)), "q2", "shichang", "").Data)
	for _, sheet := range []string{mainSheet, ownSheet} {
		p, err := f.GetSheetProtection(sheet)
		if err != nil || p.FormatCells || p.InsertRows || p.DeleteRows || !p.SelectUnlockedCells || p.Password != "" {
			t.Errorf("%s: protection %+v, %v", sheet, p, err)
		}
	}
	open := map[string]bool{"C4": true, "E4": true, "F4": true}
	for row := 6; row <= 12; row++ {
		open["E"+strconv.Itoa(row)], open["F"+strconv.Itoa(row)] = true, true
	}
	for row := 1; row <= 15; row++ {
		for column := 1; column <= 7; column++ {
			cell := xlsx.Cell(column, row)
			id, err := f.GetCellStyle(mainSheet, cell)
			if err != nil {
				t.Fatal(err)
			}
			style, err := f.GetStyle(id)
			if err != nil {
				t.Fatal(err)
			}
			if unlocked := style.Protection != nil && !style.Protection.Locked; unlocked != open[cell] {
				t.Errorf("%s: unlocked %v, want %v", cell, unlocked, open[cell])
			}
		}
	}
	if visible, _ := f.GetSheetVisible(hiddenSheet); visible {
		t.Error("the hidden sheet shows")
	}
	if list := part(t, export(t, load(t, small(t)), "q2", "shichang", "").Data, "xl/workbook.xml"); !strings.Contains(list, `state="veryHidden"`) {
		t.Errorf("the hidden sheet can be shown from the menu: %s", list)
	}
	if shown, _ := f.GetColVisible(mainSheet, "G"); shown {
		t.Error("the ids show")
	}
	if layout, err := f.GetPageLayout(mainSheet); err != nil || layout.Size == nil || *layout.Size != 9 {
		t.Errorf("not set up for A4: %+v, %v", layout, err)
	}
}

func TestCellsTakeWhatTheirRowTakes(t *testing.T) {
	f := open(t, export(t, load(t, small(t)), "q2", "shichang", "").Data)
	want := map[string]map[string]string{
		mainSheet: {
			"C4":  "1",
			"E4":  "45742",
			"E6":  `IF(ISNUMBER(E6),AND(E6>=0,E6=INT(E6)),OR(E6="无",E6="汇总"))`,
			"E11": `IF(ISNUMBER(E11),E11>=0,OR(E11="无",E11="汇总"))`,
			"E12": `IF(ISNUMBER(E12),AND(E12>=0,ROUND(E12,1)=E12),OR(E12="无",E12="汇总"))`,
			"F12": "0",
		},
		ownSheet: {"E6": `IF(ISNUMBER(E6),AND(E6>=0,E6=INT(E6)),OR(E6="无"))`},
	}
	for sheet, cells := range want {
		list, err := f.GetDataValidations(sheet)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]*excelize.DataValidation{}
		for _, v := range list {
			got[v.Sqref] = v
		}
		for cell, formula := range cells {
			v := got[cell]
			if v == nil {
				t.Errorf("%s!%s takes anything", sheet, cell)
				continue
			}
			if v.Formula1 != formula {
				t.Errorf("%s!%s takes %s, want %s", sheet, cell, v.Formula1, formula)
			}
			for _, words := range []*string{v.Prompt, v.PromptTitle, v.Error, v.ErrorTitle} {
				if words == nil || !strings.ContainsFunc(*words, func(r rune) bool { return r >= '一' && r <= '龥' }) || len([]rune(*words)) > 255 {
					t.Errorf("%s!%s says %v", sheet, cell, words)
				}
			}
		}
	}
	county := open(t, export(t, load(t, small(t)), "q2", "shichang", "dongcheng").Data)
	list, err := county.GetDataValidations(mainSheet)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range list {
		if strings.Contains(v.Formula1, "汇总") {
			t.Errorf("a county's %s takes 汇总", v.Sqref)
		}
	}
}

func TestCountyWorkbook(t *testing.T) {
	c := load(t, small(t))
	w := export(t, c, "q2", "shichang", "nanshan")
	if w.Name != "第二次/市场监管局_南山镇.xlsx" {
		t.Errorf("name %s", w.Name)
	}
	f := open(t, w.Data)
	if got := f.GetSheetList(); !slices.Equal(got, []string{mainSheet, hiddenSheet}) {
		t.Errorf("sheets %q", got)
	}
	rows := rowsOf(t, f, mainSheet)
	if rows[3] != "地区：南山镇" || rows[4] != "填报单位：||南山镇市场监管局|填报日期：" {
		t.Errorf("top %q", rows[3:5])
	}
	if rows[6] != "市场监管局|栏头|检查食品经营单位|户次|||r1" {
		t.Errorf("first row %q: a form that nobody has filled in is empty", rows[6])
	}
}

func TestLastYearIsAColumnWhereItIsGiven(t *testing.T) {
	c := load(t, small(t))
	f := open(t, export(t, c, "q2", "jiaoyu", "").Data)
	rows := rowsOf(t, f, mainSheet)
	if rows[4] != "部门|项目||单位|数量|上年同期|备注|行标识" || rows[5] != "教体局|检查学校食堂||家|45|30|含幼儿园|r1" {
		t.Errorf("rows %q", rows[4:6])
	}
	if f := open(t, export(t, c, "q1", "jiaoyu", "").Data); strings.Contains(rowsOf(t, f, mainSheet)[4], headLastYear) {
		t.Error("asked for where nobody gives it")
	}
	asked, err := Export(c, c.FindRound("q1"), c.FindDepartment("jiaoyu"), nil, ExportOptions{LastYear: true})
	if err != nil {
		t.Fatal(err)
	}
	if f := open(t, asked.Data); !strings.Contains(rowsOf(t, f, mainSheet)[4], headLastYear) {
		t.Error("not there when it is asked for")
	}
}

func TestNumbersShowAsTheyAreWritten(t *testing.T) {
	fsys := with(t, small(t), "data/q1/shichang.yaml", "罚没款: 1.50", "罚没款: 123456789012345678.90")
	f := open(t, export(t, load(t, fsys), "q1", "shichang", "").Data)
	if got := rowsOf(t, f, mainSheet)[10]; got != "|罚没款||万元|123456789012345678.90||r6" {
		t.Errorf("more digits than a spreadsheet's number holds: %q", got)
	}
	f = open(t, export(t, load(t, small(t)), "q1", "shichang", "").Data)
	if got := rowsOf(t, f, mainSheet)[10]; got != "|罚没款||万元|1.50||r6" {
		t.Errorf("1.50 shows as %q", got)
	}
}

func TestSampleIsMarked(t *testing.T) {
	c := load(t, sample(t))
	f := open(t, export(t, c, "final", "shijian", "").Data)
	for _, sheet := range []string{mainSheet, ownSheet} {
		if row := rowsOf(t, f, sheet)[2]; !strings.Contains(row, xlsx.SampleMark) {
			t.Errorf("%s: third line %q", sheet, row)
		}
		if footer, _ := f.GetHeaderFooter(sheet); footer == nil || !strings.Contains(footer.OddFooter, xlsx.SampleMark) {
			t.Errorf("%s is printed without the mark", sheet)
		}
	}
}

func TestExportAll(t *testing.T) {
	c := load(t, small(t))
	list, err := ExportAll(c, nil, nil, ExportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, w := range list {
		names = append(names, w.Name)
		again := export(t, c, w.Round.Code, w.Department.Code, codeOf(w.Region))
		if !bytes.Equal(w.Data, again.Data) {
			t.Errorf("%s: two exports differ", w.Name)
		}
	}
	want := "第一次/市场监管局.xlsx 第一次/市场监管局_东城街道.xlsx 第一次/市场监管局_西城街道.xlsx 第一次/市场监管局_南山镇.xlsx 第一次/教体局.xlsx " +
		"第二次/市场监管局.xlsx 第二次/市场监管局_东城街道.xlsx 第二次/市场监管局_西城街道.xlsx 第二次/市场监管局_南山镇.xlsx 第二次/教体局.xlsx " +
		"第三次/市场监管局.xlsx 第三次/市场监管局_东城街道.xlsx 第三次/市场监管局_西城街道.xlsx 第三次/市场监管局_南山镇.xlsx 第三次/教体局.xlsx"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	asked := ExportOptions{Counties: []*campaign.Department{c.FindDepartment("jiaoyu")}}
	if list, err = ExportAll(c, c.Rounds[:1], c.Departments[1:2], asked); err != nil || len(list) != 4 {
		t.Errorf("%d workbooks when counties are asked for, %v", len(list), err)
	}
	if _, err := Export(c, c.Rounds[0], c.FindDepartment("chengguan"), nil, ExportOptions{}); err == nil {
		t.Error("a form for a department without rows")
	}
}

func codeOf(r *campaign.Region) string {
	if r == nil {
		return ""
	}
	return r.Code
}

func TestFileNames(t *testing.T) {
	named := func(short, code string) *Workbook {
		d := &campaign.Department{Named: campaign.Named{Code: code, Short: short}}
		return &Workbook{Name: fileName(&campaign.Round{Named: campaign.Named{Name: "1/2"}}, d, nil), Department: d}
	}
	list := []*Workbook{named("甲:乙", "a"), named("甲：乙", "b")}
	if err := distinct(list); err != nil {
		t.Fatal(err)
	}
	if list[0].Name != "1／2/甲：乙.xlsx" || list[1].Name != "1／2/甲：乙（b）.xlsx" {
		t.Errorf("%s, %s", list[0].Name, list[1].Name)
	}
}
