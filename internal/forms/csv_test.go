package forms

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// filledCSV is the filled form as a spreadsheet saves it.
const filledCSV = `校园食品安全专项行动统计表,,,,,,
（第三次）,,,,,,
期次：第三次（当期，2026年5月31日截止）,,,部门：清河市市场监督管理局,,,
填报单位：,,清河市市场监督管理局,填报日期：,2026年5月28日,,
部门,项目,,单位,数量,备注,行标识
市场监管局,栏头,检查食品经营单位,户次,120,,r1
,立案,,件,9,,r2
,其中,无证经营,件,4,,r3
,,经营过期食品,件,5,,r4
,,移送公安机关,件,0,,r5
,罚没款,,万元,1.5,,r6
,销毁问题食品,,千克,20.5,,r7
注：各项只填本次检查期内的数量。,,,,,,
`

func TestCSV(t *testing.T) {
	c := load(t, small(t))
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(filledCSV)
	if err != nil {
		t.Fatal(err)
	}
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(filledCSV)
	if err != nil {
		t.Fatal(err)
	}
	edit := func(pairs ...string) string {
		for i := 0; i < len(pairs); i += 2 {
			if !strings.Contains(filledCSV, pairs[i]) {
				t.Fatalf("no %q", pairs[i])
			}
		}
		return strings.NewReplacer(pairs...).Replace(filledCSV)
	}
	told := ImportOptions{Round: c.FindRound("q3"), Department: c.FindDepartment("shichang")}
	bare := "项目,数量\n检查食品经营单位,120\n立案,9\n无证经营,4\n经营过期食品,5\n移送公安机关,0\n罚没款,1.5\n销毁问题食品,20.5\n填报单位：清河市市场监督管理局\n填报日期：2026/5/28\n"
	noted := strings.ReplaceAll(bare, "项目,数量", "项目,数量,备注")
	const labels = "期次,第三次\n部门,市场监管局\n填报单位,清河市市场监督管理局\n填报日期,2026/5/28\n"
	for _, test := range []struct {
		name, text string
		options    ImportOptions
		want       string
	}{
		{"UTF-8", filledCSV, ImportOptions{}, ""},
		{"with a mark", mark + filledCSV, ImportOptions{}, ""},
		{"GB18030", gb, ImportOptions{}, ""},
		{"UTF-16, which Office calls Unicode", "\xff\xfe" + wide, ImportOptions{}, ""},
		{"Windows line ends", strings.ReplaceAll(filledCSV, "\n", "\r\n"), ImportOptions{}, ""},
		{"old Mac line ends", strings.ReplaceAll(filledCSV, "\n", "\r"), ImportOptions{}, ""},
		{"tabs", strings.ReplaceAll(filledCSV, ",", "\t"), ImportOptions{}, ""},
		{"semicolons", strings.ReplaceAll(filledCSV, ",", ";"), ImportOptions{}, ""},
		{"quoted thousands", edit(",120,", `,"120",`), ImportOptions{}, ""},
		{"serial day", edit("2026年5月28日", "46170"), ImportOptions{}, "市场监管局.csv!E4 import-date 看不出"},
		{"typed by hand", bare, told, ""},
		{"labels without colons", labels + bare, ImportOptions{}, ""},
		{"label after label", strings.Replace(labels, "清河市市场监督管理局\n填报日期", ",填报日期", 1) + bare, ImportOptions{}, "市场监管局.csv!B3 import-blank 没有填“填报单位”"},
		{"typed by hand, with units", strings.NewReplacer(",120", ",120户次", ",1.5", ",1.5万元").Replace(bare), told, ""},
		{"typed by hand, nobody says whose", bare, ImportOptions{}, "市场监管局.csv import-owner 哪一期\n市场监管局.csv import-owner 哪个部门"},
		{"remark over two lines", edit("件,9,,r2", "件,9,\"一\n二\",r2", "万元,1.5,,", "万元,约1.5,,"), ImportOptions{}, "市场监管局.csv!E11 import-quantity 约1.5"},
		{"blank lines", edit("\n,罚没款", "\n\n\n,罚没款", "万元,1.5", "万元,－"), ImportOptions{}, "市场监管局.csv!E13 import-quantity 看不出"},
		{"formula", edit(",120,", ",=60+60,"), ImportOptions{}, "市场监管局.csv!E6 import-formula"},
		{"broken quotes", edit(",20.5,", `,"20.5,`), ImportOptions{}, "市场监管局.csv!E12 import-quantity 不是确切的数字"},
		{"thousands without quotes", edit(",120,,r1", ",1,200,,r1"), ImportOptions{}, "市场监管局.csv!H6 import-table 比表头多 1 格 3,600 写成 3600"},
		{"thousands and an empty cell", strings.Replace(noted, "单位,120", "单位,3,600,", 1), told, "市场监管局.csv!D2 import-table 比表头多 1 格"},
		{"thousands in the remark", strings.Replace(noted, "单位,120", "单位,3,600", 1), told, "市场监管局.csv!C2 import-table 把 3,600 拆成了两格"},
		{"thousands with decimals", strings.Replace(noted, "罚没款,1.5", "罚没款,12,345.50", 1), told, "市场监管局.csv!C7 import-table 把 12,345.50 拆成了两格"},
		{"thousands with their unit", edit("件,9,,r2", "件,3,600件,r2"), ImportOptions{}, "市场监管局.csv!F7 import-table 把 3,600件 拆成了两格"},
		{"thousands with a remark", edit("件,9,,r2", "件,3,600（含移送）,r2"), ImportOptions{}, "市场监管局.csv!F7 import-table 拆成了两格"},
		{"a remark with a comma", edit("件,9,,r2", "件,9,含移送, 不含撤案,r2"), ImportOptions{}, "市场监管局.csv!H7 import-table 给整格加上英文双引号"},
		{"another round", filledCSV, ImportOptions{Round: c.FindRound("q1")}, "市场监管局.csv!A3 import-round 第三次 第一次"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, got := Import(c, "市场监管局.csv", []byte(test.text), test.options)
			expect(t, got, test.want)
			if test.want == "" && (r == nil || string(r.New) != filledYAML) {
				t.Errorf("got %v", r)
			}
		})
	}
}

// A remark may begin with three digits after a small quantity: it is the rest of
// the number only where the unit, a bracket or nothing follows.
func TestRemarkBesideFewDigits(t *testing.T) {
	for _, remark := range []string{"110指挥中心转来", "120急救协查2件"} {
		text := strings.Replace(filledCSV, "件,9,,r2", "件,9,"+remark+",r2", 1)
		r, got := Import(load(t, small(t)), "市场监管局.csv", []byte(text), ImportOptions{})
		expect(t, got, "")
		if r == nil || !strings.Contains(string(r.New), remark) {
			t.Errorf("%s: got %v", remark, r)
		}
	}
}
