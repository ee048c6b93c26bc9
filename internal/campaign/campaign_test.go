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
	for in, want := range map[string]string{ // the hint, and with → the message
		"": "没有发生填 0，无此项填 无，空着不行", "0231": "写成 231", "00": "写成 0", "-1": "核对后写不小于零的数", "+1": "写成 1",
		// Thousands are one slip in all their spellings.
		"1,231": "不要分隔符，写成 1231", "1，231": "不要分隔符，写成 1231", "1 231": "不要分隔符，写成 1231", "1　231": "不要分隔符，写成 1231",
		"12,345,678.90": "不要分隔符，写成 12345678.90", "12,34": "核对是多少，只写数字，不要分隔符", "1 2": "核对是多少，只写数字，不要分隔符",
		"２３１": "改用半角，写成 231", "１．５": "改用半角，写成 1.5", "“231”": "去掉引号，写成 231", "无 ": "没有发生填 0，无此项填 无；数量只写数字",
		"231,": "去掉标点，写成 231", "231；": "去掉标点，写成 231", "231。": "去掉标点，写成 231", "1.5、": "去掉标点，写成 1.5",
		"231件": "按统计表的单位，只写数字", "3.5 万件": "按统计表的单位，只写数字",
		"约231": "核对后写确切的数，不要写“约”", "231余": "核对后写确切的数，不要写“余”", "近300余件": "核对后写确切的数，不要写“近余”", "200多件": "核对后写确切的数，不要写“多”", "300+": "核对后写确切的数，不要写“+”",
		"二百三十一": "改用阿拉伯数字，写成 231", "贰佰叁拾壹": "改用阿拉伯数字，写成 231", "一万零五": "改用阿拉伯数字，写成 10005", "十二": "改用阿拉伯数字，写成 12", "二三一": "改用阿拉伯数字，写成 231", "零": "改用阿拉伯数字，写成 0",
		"/": "没有发生填 0，无此项填 无", "—": "没有发生填 0，无此项填 无", "没有": "没有发生填 0，无此项填 无",
		"0.": "没有发生填 0，无此项填 无；数量只写数字", ".5": "没有发生填 0，无此项填 无；数量只写数字", "0xE7": "没有发生填 0，无此项填 无；数量只写数字",
		"2.31e2": "没有发生填 0，无此项填 无；数量只写数字", ".nan": "没有发生填 0，无此项填 无；数量只写数字", "1_000": "没有发生填 0，无此项填 无；数量只写数字",
		strings.Repeat("9", 31): "只写数字",
	} {
		_, err := ParseQuantity(in)
		if err == nil || HintOf(err, "") != want {
			t.Errorf("%q: %v, hint %q, want %q", in, err, HintOf(err, ""), want)
		}
	}
	row := &Row{Name: "案件", Unit: "件"}
	for in, want := range map[string]string{
		"231件": "不写单位，写成 231", "1,231 件": "不写单位，写成 1231", "231起": "这一行的单位是“件”，按它核对后只写数字", "3.5万件": "这一行的单位是“件”，按它核对后只写数字",
		"1,231": "不要分隔符，写成 1231",
	} {
		if _, err := row.ParseQuantity(in); HintOf(err, "") != want {
			t.Errorf("%q: %v, hint %q, want %q", in, err, HintOf(err, ""), want)
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
	// What can be read in one way only is read, as Word and Excel write it.
	for _, written := range []string{
		"2022-11-02", "2022-11-2", "2022年11月2日", "2022 年 11 月 2 日", "2022.11.2", "2022.11.02", "2022/11/2", "2022/11/02", "20221102",
		"２０２２年１１月２日", "２０２２－１１－２", "2022．11．2", "2022年11月2号", "二〇二二年十一月二日", "二○二二年十一月二日", " 2022-11-02　", "2022-11-02T00:00:00Z", "2022/11/2 0:00",
	} {
		if d, err := ParseDate(written); err != nil || d.String() != "2022-11-02" {
			t.Errorf("%q: %v, %v", written, d, err)
		}
	}
	for bad, want := range map[string]string{
		"2022-02-30": "日历上没有", "2022-13-01": "日历上没有", "0000-00-00": "日历上没有", "2023-02-29": "日历上没有", "2022年13月1日": "日历上没有", "": "没有填",
		"11/2/2022": "看不出哪个是月", "2.11.2022": "看不出哪个是月", "22-11-2": "看不出是哪一年", "22年11月2日": "看不出是哪一年", "11月2日": "没有写年份", "11-2": "没有写年份",
		"2022-11": "没有写到哪一天", "2022年11月": "没有写到哪一天", "昨天": "不是日期", "2022-11-02 09:30": "只写日期", "2022-11-021": "看不出是几点", "2022-11-02至05": "看不出是几点",
	} {
		if d, err := ParseDate(bad); err == nil || !strings.Contains(err.Error(), want) || HintOf(err, "") == "" {
			t.Errorf("%q gave %v, %v", bad, d, err)
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
	for _, written := range []string{
		"2022-11-27 9:30", "2022-11-27T09:30", "2022年11月27日 9:30", "2022年11月27日9：30", "2022年11月27日9时30分", "2022/11/27 09:30", "2022.11.27 9:30:00", "2022-11-27T09:30:00+08:00", "２０２２年１１月２７日　９：３０",
	} {
		if m, err := ParseMoment(written); err != nil || m.String() != "2022-11-27 09:30" {
			t.Errorf("%q: %v, %v", written, m, err)
		}
	}
	for _, bad := range []string{"2022-11-27 24:00", "2022-11-27 09:60", "2022-11-27 9:3", "2022-11-27 下午3:00", "11/2/2022 09:30", "2022-11-27 09:30:75", "2022-11-27T09:30:00Z"} {
		if _, err := ParseMoment(bad); err == nil || HintOf(err, "") == "" {
			t.Errorf("%q was taken: %v", bad, err)
		}
	}
}

// TestInstants: a day counts as its last minute, a minute as itself.
func TestInstants(t *testing.T) {
	for text, want := range map[string]string{
		"2022-11-27": "2022-11-27 23:59", "2022-11-27 09:29": "2022-11-27 09:29", "2022-11-27 00:00": "2022-11-27 00:00",
		"2022-11-31": "", "2022-11-27 24:00": "", "2022-11-27 9:30": "2022-11-27 09:30", "2022-11-27 09": "", "今天": "", "": "",
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

// TestLate: a form is late by the day of its arrival, and by that on which it was
// filled in where nobody knows the other.
func TestLate(t *testing.T) {
	day := func(n int) Date { return Date{2022, 11, n} }
	round := &Round{Deadline: day(26)}
	for _, c := range []struct {
		filed, arrived Date
		late           bool
	}{
		{day(26), Date{}, false}, {day(27), Date{}, true},
		{day(25), day(26), false}, {day(25), day(27), true}, {day(27), day(26), false},
	} {
		r := Report{Round: round, FiledOn: c.filed, ArrivedOn: c.arrived}
		if r.Late() != c.late {
			t.Errorf("filled in %s, arrived %s: late %v", c.filed, c.arrived, r.Late())
		}
	}
}

// TestItemFile: an item is named by its path, with or without content/ and .md.
func TestItemFile(t *testing.T) {
	for name, want := range map[string]string{
		"warnings/x": "content/warnings/x.md", "content/warnings/x.md": "content/warnings/x.md", "warnings/x.md": "content/warnings/x.md",
		"narratives/final/gongan/360702": "content/narratives/final/gongan/360702.md", "narratives/final/index": "content/narratives/final/index.md",
		"x": "", "": "", "warnings": "", "warnings/": "", "data/final/release": "", "warnings/../cases/x": "", "../warnings/x": "", "summary/final": "content/narratives/final/index.md",
	} {
		if got := ItemFile(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
