package campaign

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

func TestParseQuantity(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "231": "231", "12.23": "12.23", "3.50": "3.50", "0.10": "0.10", "无": "无", "汇总": "汇总",
		"123456789012345678901234.01": "123456789012345678901234.01",
	} {
		q, err := ParseQuantity(in)
		if err != nil || q.String() != want {
			t.Errorf("%s: got %s, %v", in, q, err)
		}
	}
	for in, hint := range map[string]string{
		"": "没有填", "0231": "写成 231", "00": "写成 0", "0.": "不是数量", ".5": "不是数量", "0xE7": "不是数量", "2.31e2": "不是数量", ".nan": "不是数量",
		"-1": "负数", "+1": "加号", "1,234": "写成 1234", "１２": "写成 12", "1 2": "不是数量", "12件": "不是数量", "1_000": "不是数量", "无 ": "不是数量",
		strings.Repeat("9", 31): "太长",
	} {
		if _, err := ParseQuantity(in); err == nil || !strings.Contains(err.Error(), hint) {
			t.Errorf("%q: error %v, want …%s…", in, err, hint)
		}
	}
}

func quantity(t *testing.T, s string) Quantity {
	t.Helper()
	q, err := ParseQuantity(s)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestAdd(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"0.1", "0.2", "0.3"}, {"1.50", "2", "3.50"}, {"无", "无", "无"}, {"无", "3", "3"}, {"0", "无", "0"},
		{"99999999999999999.99", "0.01", "100000000000000000.00"},
	} {
		if got := quantity(t, c.a).Add(quantity(t, c.b)).String(); got != c.want {
			t.Errorf("%s + %s = %s, want %s", c.a, c.b, got, c.want)
		}
	}
	if !quantity(t, "3.50").Equal(Number(decimal.RequireFromString("3.5"))) || quantity(t, "0").Equal(quantity(t, "无")) {
		t.Error("3.50 equals 3.5; 0 does not equal 无")
	}
}

func TestDates(t *testing.T) {
	for _, bad := range []string{"2022-02-30", "2022-13-01", "2022-9-1", "2022/09/01", "0000-00-00", "", "2023-02-29"} {
		if d, err := ParseDate(bad); err == nil {
			t.Errorf("%q gave %v", bad, d)
		}
	}
	d, err := ParseDate("2024-02-29")
	if err != nil || d.Chinese() != "2024年2月29日" || d.String() != "2024-02-29" {
		t.Errorf("%v %v", d, err)
	}
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{{"2022-11-30", 3, "2023-02-28"}, {"2024-02-29", 36, "2027-02-28"}, {"2022-11-28", 3, "2023-02-28"}, {"2022-08-31", 6, "2023-02-28"}, {"2022-10-01", 3, "2023-01-01"}} {
		from, _ := ParseDate(c.from)
		if got := from.AddMonths(c.months).String(); got != c.want {
			t.Errorf("%s + %d months = %s, want %s", c.from, c.months, got, c.want)
		}
	}
	m, err := ParseMoment("2022-11-27 09:30")
	if err != nil || m.String() != "2022-11-27 09:30" || m.RFC3339() != "2022-11-27T09:30:00+08:00" {
		t.Errorf("%v %v", m, err)
	}
	if m, err := ParseMoment("2022-11-27"); err != nil || m.String() != "2022-11-27 00:00" {
		t.Errorf("%v %v", m, err)
	}
	for _, bad := range []string{"2022-11-27 24:00", "2022-11-27 09:60", "2022-11-27 9:30"} {
		if _, err := ParseMoment(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

// TestInstants: a day counts as its last minute, a minute as itself.
func TestInstants(t *testing.T) {
	for text, want := range map[string]string{
		"2022-11-27": "2022-11-27 23:59", "2022-11-27 09:29": "2022-11-27 09:29", "2022-11-27 00:00": "2022-11-27 00:00",
		"2022-11-31": "", "2022-11-27 24:00": "", "2022-11-27 9:30": "", "2022-11-27 09": "", "今天": "", "": "",
	} {
		got, err := ParseInstant(text)
		if (err == nil) != (want != "") || err == nil && got.String() != want {
			t.Errorf("%q: %s, %v; want %s", text, got, err, want)
		}
	}
}

func TestFindRow(t *testing.T) {
	d := &Department{Named: Named{Code: "a", Short: "甲"}}
	form := &Form{}
	add := func(name, unit string, parent *Row) *Row {
		r := &Row{Department: d, Name: name, Unit: unit, Parent: parent, Decimals: -1, Index: len(form.Rows)}
		form.Rows = append(form.Rows, r)
		return r
	}
	batches, pieces := add("查获", "批次", nil), add("查获", "件", nil)
	live, shop := add("直播案件", "件", nil), add("外卖案件", "件", nil)
	liveOther, shopOther := add("其他案件", "件", live), add("其他案件", "件", shop)
	for key, want := range map[string][]*Row{
		"查获（批次）": {batches}, "查获(件)": {pieces}, "查获": {batches, pieces}, "直播案件": {live},
		"其他案件": {liveOther, shopOther}, "直播案件/其他案件": {liveOther}, "外卖案件（件）/其他案件（件）": {shopOther}, "没有": nil,
	} {
		got := form.Find(d, key)
		if len(got) != len(want) || len(got) > 0 && got[0] != want[0] {
			t.Errorf("%s: %d rows, want %d", key, len(got), len(want))
		}
	}
	for row, want := range map[*Row]string{batches: "查获（批次）", live: "直播案件", liveOther: "直播案件/其他案件"} {
		if got := form.Key(row); got != want {
			t.Errorf("key %s, want %s", got, want)
		}
	}
}

func TestMaxDecimals(t *testing.T) {
	for unit, want := range map[string]int{"件": 0, "个次": 0, "户": 0, "人次": 0, "万条": -1, "万元": -1, "吨": -1, "亿元": -1} {
		if got := (&Row{Unit: unit, Decimals: -1}).MaxDecimals(); got != want {
			t.Errorf("%s: %d, want %d", unit, got, want)
		}
	}
	if got := (&Row{Unit: "件", Decimals: 2}).MaxDecimals(); got != 2 {
		t.Errorf("小数: 2 gave %d", got)
	}
}

func TestParseReference(t *testing.T) {
	for raw, want := range map[string]Reference{
		"公安局/案件": {Department: "公安局", Row: "案件"},
		" 中期 : 公安局 @ 章贡区 / 案件 | 新增 ": {Round: "中期", Department: "公安局", Region: "章贡区", Row: "案件", Aspect: Increase},
		"终期：海关／查获（件）｜数值":             {Round: "终期", Department: "海关", Row: "查获（件）", Aspect: Value},
		"市监局/直播案件/其他案件":              {Department: "市监局", Row: "直播案件/其他案件"},
		"市监局/名称：有冒号":                 {Department: "市监局", Row: "名称：有冒号"},
		"图:zongti":                   {Kind: ChartReference, Chart: "zongti"},
		"表：公安局":                      {Kind: TableReference, Department: "公安局"},
	} {
		got, err := ParseReference(raw)
		want.Raw = raw
		if err != nil || got != want {
			t.Errorf("%q: got %+v %v", raw, got, err)
		}
	}
	for _, bad := range []string{"", "公安局", "/案件", "公安局/", "公安局/案件|总数", ":公安局/案件", "公安局@/案件", "图:", "公安局/案件|"} {
		if r, err := ParseReference(bad); err == nil {
			t.Errorf("%q gave %+v", bad, r)
		}
	}
}

func TestNearest(t *testing.T) {
	names := []string{"公安局", "林业局", "市场监管局", "gongan"}
	for in, want := range map[string]string{"公按局": "公安局", "市监管局": "市场监管局", "gonggan": "gongan", "完全不同的名字": ""} {
		if got := Nearest(in, names); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
