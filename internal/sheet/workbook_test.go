package sheet

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"wangjian/internal/campaign"
)

func open(t *testing.T, raw []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func rowsOf(t *testing.T, f *excelize.File, sheet string) [][]string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestWorkbookHasASheetForEachUse(t *testing.T) {
	f := open(t, render(t, public(small(t)), XLSXPath))
	want := []string{"首期统计表", "末期统计表", "乙局", "甲局", "乙局各地"}
	if got := f.GetSheetList(); !slices.Equal(got, want) {
		t.Errorf("sheets %q, want %q", got, want)
	}
	for _, name := range f.GetSheetList() {
		if rows := rowsOf(t, f, name); rows[1][0] != sampleMark {
			t.Errorf("%s: second line is %q, not the mark of invented figures", name, rows[1])
		}
		if footer, _ := f.GetHeaderFooter(name); footer == nil || !strings.Contains(footer.OddFooter, "示例数据") {
			t.Errorf("%s: printed without the mark", name)
		}
	}
}

func TestAnnexIsThePrintedForm(t *testing.T) {
	f := open(t, render(t, public(small(t)), XLSXPath))
	var got []string
	for _, row := range rowsOf(t, f, "末期统计表") {
		got = append(got, strings.Join(row, "|"))
	}
	want := []string{
		"甲市统计表", sampleMark, "末期（累计，报送截止 2030年6月25日）",
		"项目|||数量|备注",
		"乙局\n罚没款4.25万元。|案件（件）||9",
		"|其中|移送（件）|无",
		"||退回（件）|2",
		"甲局|货值（万元）||12345678901234568.90|=HYPERLINK(\"x\")",
		"注：一案计一次。",
		"乙局“罚没款”备注：含滞纳金",
		"乙局的数字未含1个县（市、区）",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	merged, err := f.GetMergeCells("末期统计表")
	if err != nil {
		t.Fatal(err)
	}
	var areas []string
	for _, m := range merged {
		areas = append(areas, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	for _, area := range []string{"A4:C4", "A5:A7", "B5:C5", "B6:B7", "B8:C8"} {
		if !slices.Contains(areas, area) {
			t.Errorf("%s is not merged; merged are %s", area, areas)
		}
	}
	if formula, _ := f.GetCellFormula("末期统计表", "E8"); formula != "" {
		t.Errorf("a remark became the formula %q", formula)
	}
}

func TestNumbersShowEveryDigitAsWritten(t *testing.T) {
	for _, tc := range []struct {
		text   string
		number bool
	}{
		{"0", true}, {"231", true}, {"3.50", true}, {"0.00", true}, {"0.000000000000001", true},
		{"123456789012345", true}, {"1234567890123.45", true}, {"0.1", true},
		{"12345678901234567.89", false}, {"1234567890123456", false}, {"0.12345678901234567", false},
	} {
		t.Run(tc.text, func(t *testing.T) {
			c := small(t)
			c.Reports[0].Entries.Set(c.Form.Rows[4], campaign.Entry{Quantity: quantity(t, tc.text)})
			raw := render(t, public(c), XLSXPath)
			f := open(t, raw)
			shown, err := f.GetCellValue("首期统计表", "D8")
			if err != nil {
				t.Fatal(err)
			}
			if shown != tc.text {
				t.Errorf("shows %s", shown)
			}
			if tc.number && !bytes.Contains(parts(t, raw), []byte("<v>"+tc.text+"</v>")) {
				t.Error("the file does not hold it as written")
			}
			kind, _ := f.GetCellType("首期统计表", "D8")
			if isNumber := kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber; isNumber != tc.number {
				t.Errorf("cell type %v, want a number: %v", kind, tc.number)
			}
		})
	}
}

// full is the small campaign without the region that has not reported.
func full(t *testing.T) *campaign.Campaign {
	c := small(t)
	c.Regions = c.Regions[:2]
	return c
}

// TestUnlikeRoundsAreNotCompared: a sum without one region's form is not set
// against a whole of which no region is told apart; the sheet says what is
// missing, and does not name it.
func TestUnlikeRoundsAreNotCompared(t *testing.T) {
	rows := rowsOf(t, open(t, render(t, public(small(t)), XLSXPath)), "乙局")
	if got := rows[2][0]; got != "乙局的末期数未含1个县（市、区）" {
		t.Errorf("the note is %q", got)
	}
	if got := strings.Join(rows[5], "|"); got != "案件|件|7|9|—" {
		t.Errorf("cases: %s", got)
	}
}

func TestDepartmentSheetComparesRounds(t *testing.T) {
	f := open(t, render(t, public(full(t)), XLSXPath))
	var got []string
	for _, row := range rowsOf(t, f, "乙局")[2:] {
		got = append(got, strings.Join(row, "|"))
	}
	want := []string{
		"项目|单位|首期|末期|末期较首期新增|首期备注|末期备注",
		"罚没款|万元|3.50|4.25|0.75||含滞纳金",
		"案件|件|7|9|2",
		"其中：移送|件|无|无|—",
		"其中：退回|件|1|2|1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestGrowthBetweenCurrentRounds(t *testing.T) {
	c := full(t)
	for _, r := range c.Rounds {
		r.Basis = campaign.Current
	}
	f := open(t, render(t, public(c), XLSXPath))
	rows := rowsOf(t, f, "乙局")
	if got := strings.Join(rows[2], "|"); !strings.Contains(got, "末期较首期增幅") {
		t.Errorf("head %s", got)
	}
	if got := rows[3][4]; got != "21.4%" {
		t.Errorf("growth of 3.50 to 4.25 shows %s", got)
	}
	if raw, _ := f.GetCellValue("乙局", "E4", excelize.Options{RawCellValue: true}); raw != "0.214" {
		t.Errorf("growth holds %s", raw)
	}
}

func TestCountySheetSetsRegionsBesideEachOther(t *testing.T) {
	f := open(t, render(t, public(small(t)), XLSXPath))
	var got []string
	for _, row := range rowsOf(t, f, "乙局各地")[3:] {
		got = append(got, strings.Join(row, "|"))
	}
	want := []string{
		"期次|地区|罚没款（万元）|案件（件）|其中：移送（件）|其中：退回（件）",
		"末期|合计|4.25|9|无|2",
		"末期|本级|—|1|—|—",
		"末期|东区人民政府|4.25|5|无|2",
		"末期|西区人民政府|—|3|无|—",
		"末期|北区人民政府|—|—|—|—",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
