package prose

import (
	"testing"

	"wangjian/internal/campaign"
)

// TestNumbers: one value in every form, exactly.
func TestNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"250000": "250000", "250,000": "250000", "２５００００": "250000", "２５０，０００": "250000", "25.00万": "250000", "25万": "250000",
		"二十五万": "250000", "贰拾伍万": "250000", "二五〇〇〇〇": "250000",
		"十": "10", "十五": "15", "二十": "20", "一百零五": "105", "一百一十五": "115", "两万五千": "25000", "三万五": "35000", "三万零五": "30005",
		"一亿二千三百万零五十": "123000050", "1亿2000万": "120000000", "3万5千": "35000", "二十五点六万": "256000", "1.2亿": "120000000",
		"叁仟陆佰柒拾元"[:len("叁仟陆佰柒拾")]: "3670", "壹拾贰万叁仟肆佰伍拾陆": "123456", "12345678.90": "12345678.9", "0.07": "0.07",
	} {
		got, ok := ParseNumber(text)
		if !ok || got.String() != want {
			t.Errorf("%s: %s %v, want %s", text, got, ok, want)
		}
	}
	for _, text := range []string{"一十百", "万", "百", "2千克", "三四五十", "元", "1.2.3"} {
		if got, ok := ParseNumber(text); ok {
			t.Errorf("%s is read as %s", text, got)
		}
	}
}

// TestSums: money with its unit; what is rough or another thing is none.
func TestSums(t *testing.T) {
	for text, want := range map[string]string{
		"罚款250000元": "250000", "罚款人民币贰拾伍万元整": "250000", "处二十五万元罚款": "250000", "￥250,000.00": "250000", "人民币25.00万元": "250000",
		"罚款１２３４５元６角７分": "12345.67", "壹万贰仟叁佰肆拾伍元陆角柒分": "12345.67", "罚款 8000 元": "8000", "共计捌仟圆整": "8000", "罚款人民币伍万整": "50000",
		"2023元旦": "", "约5万元": "", "5万余元": "", "20余万元": "", "近百元": "", "5万美元": "", "元月3日": "", "罚款伍仟圆": "5000", "被罚5万。": "50000", "罚款5万，": "50000", "罚款5万件": "",
	} {
		got := ""
		for _, s := range Sums(text) {
			got += s.Value.String()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestDays: every form of a date, and what has none.
func TestDays(t *testing.T) {
	for text, want := range map[string]campaign.Date{
		"2022年11月2日": {Year: 2022, Month: 11, Day: 2}, "二〇二二年十一月二日": {Year: 2022, Month: 11, Day: 2}, "2022-11-02": {Year: 2022, Month: 11, Day: 2},
		"2022.11.2": {Year: 2022, Month: 11, Day: 2}, "2022/11/2": {Year: 2022, Month: 11, Day: 2}, "２０２２年１１月２日": {Year: 2022, Month: 11, Day: 2},
		"11月2日": {Month: 11, Day: 2}, "2022年11月": {Year: 2022, Month: 11}, "2022 年 11 月 2 日": {Year: 2022, Month: 11, Day: 2}, "二〇二二年十二月三十一日": {Year: 2022, Month: 12, Day: 31},
		"三个月": {}, "3月以来": {}, "4.5∶1": {},
	} {
		var got campaign.Date
		for _, d := range Days(text) {
			got = d.Date
		}
		if got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

// TestDocumentNumbers: brackets, 第, leading zeros and words before the number
// make no difference.
func TestDocumentNumbers(t *testing.T) {
	own := DocumentNumbers("兴市监处罚〔2022〕示004号")[0]
	for text, same := range map[string]bool{
		"依据兴市监处罚[2022]示004号": true, "《行政处罚决定书》（兴市监处罚〔2022〕示4号）": true, "兴市监处罚（２０２２）示００４号": true, "兴市监处罚〔2022〕第示004号": true,
		"兴市监处罚〔2022〕示040号": false, "兴市监处罚〔2021〕示004号": false, "会市监处罚〔2022〕示004号": false,
	} {
		list := DocumentNumbers(text)
		if len(list) != 1 || list[0].Is(own) != same {
			t.Errorf("%s: %+v", text, list)
		}
	}
}
