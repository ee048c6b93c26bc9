package forms

import (
	"testing"

	"github.com/shopspring/decimal"
)

func TestFormats(t *testing.T) {
	for _, test := range []struct{ format, number, shows string }{
		{"", "12.5", "12.5"},
		{"General", "12.5", "12.5"},
		{"G/通用格式", "12.5", "12.5"},
		{"@", "12.5", "12.5"},
		{"0", "12.5", "13"},
		{"0", "0", "0"},
		{"0.00", "12.5", "12.50"},
		{"0.0##", "12.5", "12.5"},
		{"0.00######", "3.5", "3.50"},
		{"0.00######", "3.561", "3.561"},
		{"#,##0.00", "1234.5", "1234.50"},
		{"#", "0", ""},
		{"#.##", "0.5", "0.5"},
		{"0_ ", "5", "5"},
		{"[Red]0", "5", "5"},
		{"0;-0;0.0", "0", "0.0"},
		{`"约"0`, "5", "5 约"},
		{`0\件`, "5", "5 件"},
		{`[$¥-804]#,##0`, "5", "5 ¥"},
		{"0%", "0.5", "百分比格式"},
		{"0.00E+00", "5", "科学计数格式"},
		{"# ?/?", "0.5", "分数格式"},
		{"0,", "5000", "按千缩小的格式"},
		{"0,.0", "5000", "按千缩小的格式"},
		{"#,##0,", "5000", "按千缩小的格式"},
		{`0"万";;`, "0", "隐藏数字的格式"},
		{"[<5]0;0.0", "3", "带条件的格式"},
		{"[DBNum2]0", "3", "中文数字格式"},
		{"0.0.0", "3", "看不懂的格式"},
		{"yyyy/m/d", "46170", "日期"},
		{`yyyy"年"m"月"d"日"`, "46170", "日期"},
		{"[h]:mm", "1.5", "日期"},
		{"e/m/d", "46170", "日期"},
		{`"unclosed`, "5", ""},
		{"0[", "5", "5"},
		{"\\", "5", ""},
	} {
		d := decimal.RequireFromString(test.number)
		l := lookOf(test.format, d.IsZero())
		got := l.show(d)
		switch {
		case l.date:
			got = "日期"
		case l.odd != "":
			got = l.odd
		case l.literal != "" && l.digits:
			got += " " + l.literal
		}
		if got != test.shows {
			t.Errorf("%s of %s shows %q, want %q", test.format, test.number, got, test.shows)
		}
	}
}

func TestShortest(t *testing.T) {
	for _, test := range []struct {
		text, want string
		digits     int
	}{
		{"231", "231", 3}, {"231.0", "231", 3}, {"1.1000000000000001", "1.1", 2}, {"0.30000000000000004", "0.30000000000000004", 17},
		{"437.55999999999995", "437.55999999999995", 17}, {"1.04283E5", "104283", 6}, {"0", "0", 1}, {"-5", "-5", 1},
	} {
		d, digits, ok := shortest(test.text)
		if !ok || d.String() != test.want || digits != test.digits {
			t.Errorf("%s: %s with %d digits, %v", test.text, d, digits, ok)
		}
	}
	for _, text := range []string{"", "abc", "NaN", "Inf", "0x10", "1_000", "1e9999", "1e999"} {
		if _, _, ok := shortest(text); ok {
			t.Errorf("%q is a number", text)
		}
	}
}
