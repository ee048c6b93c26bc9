package campaign

import "testing"

// TestLineOf finds the department to whose line an office belongs.
func TestLineOf(t *testing.T) {
	c := &Campaign{}
	for _, names := range [][2]string{
		{"赣州市市场监督管理局", "市场监管局"}, {"赣州市公安局", "公安局"}, {"国家税务总局赣州市税务局", "税务局"},
		{"中华人民共和国赣州海关", "赣州海关"}, {"赣州市邮政管理局", "邮政局"}, {"赣州市商务局", "商务局"},
	} {
		c.Departments = append(c.Departments, &Department{Named: Named{Code: names[1], Name: names[0], Short: names[1]}})
	}
	for office, want := range map[string]string{
		"兴国县市场监督管理局": "市场监管局", "龙南市市场监督管理局": "市场监管局", "赣州市市场监督管理局": "市场监管局", "赣州经开区市场监管局": "市场监管局",
		"信丰县公安局": "公安局", "赣州市公安局章贡分局": "公安局", "国家税务总局兴国县税务局": "税务局", "赣州海关": "赣州海关",
		"章贡区邮政管理局": "邮政局", "商务局": "商务局",
		"章贡区城市管理局": "", "南昌海关": "", "兴国县人民法院": "", "": "",
	} {
		have := ""
		if d := c.LineOf(office); d != nil {
			have = d.Short
		}
		if have != want {
			t.Errorf("%s belongs to %q, want %q", office, have, want)
		}
	}
}
