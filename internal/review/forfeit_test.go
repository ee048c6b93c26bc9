package review

import (
	"regexp"
	"slices"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
)

// TestForfeitAddsUp: 罚没款 equals the fines plus the confiscated sums; where
// something is confiscated without its sum it is not less.
func TestForfeitAddsUp(t *testing.T) {
	for penalty, want := range map[string]struct{ right, wrong []string }{
		"没收违法所得3万元、罚款5万元":                           {[]string{"8", "8.0"}, []string{"5", "3", "8.1"}},
		"没收违法所得，罚款5万元":                              {[]string{"5", "6.2"}, []string{"4.9"}},
		"没收违法所得和工具，并处罚款50000元":                      {[]string{"5.3"}, []string{"0.5"}},
		"罚款人民币5万元（大写：伍万元整）":                         {[]string{"5"}, []string{"10"}},
		"警告；罚款1000元；没收违法所得200元、违法经营工具一批":            {[]string{"0.12"}, []string{"0.1"}},
		"没收违法所得20,000元并处以三倍罚款60,000元":               {[]string{"8"}, []string{"6"}},
		"没收违法所得1.5万元、价值2万元的货品；罚款3万元":                {[]string{"4.5"}, []string{"6.5"}},
		"没收违法所得1.5万元，处以违法所得1.5万元二倍的罚款3万元":           {[]string{"4.5"}, []string{"6", "3"}},
		"罚没款合计8万元（没收违法所得3万元、罚款5万元）":                 {[]string{"8"}, []string{"16"}},
		"1.没收违法所得8736元；2.罚款50000元":                  {[]string{"5.8736"}, []string{"5"}},
		"罚款：50000元；没收违法所得：8736元":                    {[]string{"5.8736"}, []string{"5.8763"}},
		"责令改正，没收过期面包":                               {[]string{"0", "0.5"}, nil},
		"没收违法所得捌仟柒佰叁拾陆元，罚款伍万元整":                     {[]string{"5.8736"}, []string{"5.87"}},
		"对甲罚款2万元，对法定代表人罚款1万元":                       {[]string{"3"}, []string{"2"}},
		"没收侵权商品300件，罚款１２０００元":                       {[]string{"1.2"}, []string{"12"}},
		"没收违法所得17.6万元，罚款28万元，罚没合计45.6万元":            {[]string{"45.6"}, []string{"91.2"}},
		"处违法经营额25000元60%的罚款15000元":                  {[]string{"1.5"}, []string{"2.5"}},
		"吊销食品经营许可证，处货值金额十倍罚款计12万元，没收违法所得0.8万元和原料一批": {[]string{"12.8"}, []string{"12"}},
	} {
		check := func(forfeit string) bool {
			files := base(t)
			text := regexp.MustCompile(`(?m)^处罚内容: .*\n罚没款: .*\n`).ReplaceAll(files[oneCase].Data, []byte("处罚内容: '"+penalty+"'\n罚没款: "+forfeit+"\n"))
			text = regexp.MustCompile(`罚款5000元。`).ReplaceAll(text, []byte("依法处罚。"))
			files[oneCase] = &fstest.MapFile{Data: text}
			delete(files, "content/cases/guoqi-mianbao.txt")
			return slices.ContainsFunc(Read(files, onDay).Findings, func(f campaign.Finding) bool { return f.Rule == "fact-amount" })
		}
		for _, f := range want.right {
			if check(f) {
				t.Errorf("%s: 罚没款 %s is refused", penalty, f)
			}
		}
		for _, f := range want.wrong {
			if !check(f) {
				t.Errorf("%s: 罚没款 %s is let pass", penalty, f)
			}
		}
	}
}
