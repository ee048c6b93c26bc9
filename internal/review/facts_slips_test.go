package review

import (
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
)

// TestSlips writes one fact of a clean item otherwise: the item's own file has
// an error that shows what was written.
func TestSlips(t *testing.T) {
	for _, x := range []struct{ archive, right, wrong, shown string }{
		{"case-multiplied", "二倍的罚款3万元", "二倍的罚款4万元", "4万元"},
		{"case-paid-after", "2026年4月9日决定", "2026年3月9日决定", "3月9日"},
		{"case-paid-after", "2. 罚款20万元", "2. 罚款12.5万元", "12.5万元"},
		{"case-upstream", "3.罚款15000元", "3.罚款1500元", "1500元"},
		{"case-bracketed", "，罚款96000元，当日", "，罚款69000元，当日", "69000元"},
		{"case-bracketed", "罚没款: 10.24", "罚没款: 10.42", "10.42"},
		{"case-joint-bodies", "市场监管部门罚款15万元", "市场监管部门罚款16万元", "16万元"},
		{"case-joint-bodies", "没收白酒1126瓶，处罚款15万元整", "没收白酒1126瓶，处罚款51万元整", "51万元"},
		{"case-unfiled", "没收化妆品58盒、违法所得3888.5元", "没收化妆品58盒、违法所得3888.05元", "3888.05元"},
		{"warning-whole-issue", "2026年第12期（总第45期）", "2025年第12期（总第45期）", "2025年第12期"},
		{"warning-whole-issue", "提醒消费者（第12期）", "提醒消费者（第13期）", "第13期"},
		{"warning-whole-issue", "标题: 第12期", "标题: 第11期", "第11期"},
		{"open-itself", "等三部门研究", "等四部门研究", "四部门"},
		{"narrative-brackets", "45家，比", "54家，比", "54家"},
		{"narrative-brackets", "检查学校食堂45家，比", "截至4月30日，检查学校食堂54家，比", "54家"},
		{"narrative-brackets", "（40家）", "（41家）", "41家"},
		{"narrative-brackets", "增加5家", "增加6家", "6家"},
		{"narrative-brackets", "增加5家", "减少5家", "减少5家"},
	} {
		files, archive := clean(t, "testdata/clean/"+x.archive+".txtar")
		item := archive.Files[0]
		text := strings.Replace(string(item.Data), x.right, x.wrong, 1)
		if text == string(item.Data) {
			t.Errorf("%s: no %q", x.archive, x.right)
			continue
		}
		files[item.Name] = &fstest.MapFile{Data: []byte(text)}
		found := false
		for _, f := range contradictions(Read(files, onDay).Findings) {
			found = found || f.Level == campaign.Error && f.At.File == item.Name && strings.Contains(f.Message, x.shown)
		}
		if !found {
			t.Errorf("%s: %q is not found", x.archive, x.wrong)
		}
	}
}

// TestDecreeCells: a party in the cell beside its label, and a fine of somebody
// whom 处罚内容 fines too.
func TestDecreeCells(t *testing.T) {
	for wrong, shown := range map[string]string{"": "", "清河市某超市|清河市某药房": "清河市某药房", "王某罚款1000元|王某罚款2000元": "2000元"} {
		files := base(t)
		files[oneCase] = &fstest.MapFile{Data: []byte(strings.Replace(strings.Replace(string(files[oneCase].Data),
			"罚款5000元\n", "罚款5000元；对店长王某罚款1000元\n", 1), "罚没款: 0.5", "罚没款: 0.6", 1))}
		text := "行政处罚决定书\n清市监处罚〔2026〕7号\n当事人名称\n清河市某超市\n决定处罚如下：\n没收过期面包，罚款5000元；对店长王某罚款1000元。\n2026年4月20日\n"
		if right, other, ok := strings.Cut(wrong, "|"); ok {
			text = strings.Replace(text, right, other, 1)
		}
		files["content/cases/guoqi-mianbao.txt"] = &fstest.MapFile{Data: []byte(text)}
		found := contradictions(Read(files, onDay).Findings)
		if shown == "" != (len(found) == 0) || shown != "" && !strings.Contains(found[0].Message, shown) {
			t.Errorf("%q: %v", wrong, found)
		}
	}
}

// TestSameRegion: an office goes by any name of its region.
func TestSameRegion(t *testing.T) {
	region := &campaign.Region{}
	region.Name, region.Short, region.Aliases = "清河经济技术开发区", "清河经开区", []string{"经开区"}
	c := &campaign.Campaign{Regions: []*campaign.Region{region}}
	own := officeOf("清河经济技术开发区市场监督管理局")
	for name, want := range map[string]bool{"经开区市场监督管理局": true, "清河经开区市监局": true, "东城区市场监督管理局": false} {
		if got := own.agrees(c, officeOf(name)); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestSeveralParties: a name is compared with the parties of its kind.
func TestSeveralParties(t *testing.T) {
	const parties = "清河市某电子商务有限公司、刘某"
	for name, want := range map[string]bool{"某电子商务公司": true, "刘某": true, parties: true, "清河市某服装有限公司": false, "王某": false} {
		if got := partyAgrees(parties, name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
