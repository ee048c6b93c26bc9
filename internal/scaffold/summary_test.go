package scaffold

import (
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
)

// TestSummary: a draft has the four sections; below each, of every department the
// first full sentence with its references, after a line that does not show and
// names the department, and says whether it is for the public. Nothing of a 报送部分
// is in it.
func TestSummary(t *testing.T) {
	one := &campaign.Department{Named: campaign.Named{Code: "jia", Name: "甲局", Short: "甲局（一）"}}
	two := &campaign.Department{Named: campaign.Named{Code: "yi", Name: "乙局", Short: "乙局(二)"}}
	none := &campaign.Department{Named: campaign.Named{Code: "bing", Name: "丙局", Short: "丙局"}}
	round, earlier := &campaign.Round{Named: campaign.Named{Code: "q2"}, Index: 1}, &campaign.Round{Named: campaign.Named{Code: "q1"}}
	bodies := map[string]string{
		"content/narratives/q2/jia.md": "## 经验做法\n\n### 小标题\n\n先看如下几条：\n\n- 一条。\n\n先*查*门店[1]_再查仓库。后一句。\n\n## 行动成效\n\n立案{{甲局/立案}}，新增{{甲局/立案|新增}}。又一句。\n\n## 存在问题\n\n机密一句。\n\n## 下一步打算\n\n没有句号\n",
		"content/narratives/q2/yi.md":  "## 经验做法\n\n1.逐户登记。\n\n## 行动成效\n\n{{表:乙局}}\n\n“结案{{乙局/结案}}！”后一句。\n",
		"content/narratives/q1/yi.md":  "## 经验做法\n\n上一期的话。\n",
	}
	c := &campaign.Campaign{Departments: []*campaign.Department{one, two, none}, Rounds: []*campaign.Round{earlier, round}}
	add := func(file string, r *campaign.Round, d *campaign.Department, office ...string) {
		i := &campaign.Item{Kind: campaign.Narratives, File: file, Round: r, Department: d, OfficeOnly: office}
		i.Body.FirstLine = 10
		if i.Disclosure = campaign.Proactive; d == two {
			i.Disclosure = campaign.Withheld
		}
		c.Items = append(c.Items, i)
	}
	add("content/narratives/q2/jia.md", round, one, "存在问题")
	add("content/narratives/q2/yi.md", round, two)
	add("content/narratives/q1/yi.md", earlier, two)
	text, err := Summary(c, round, func(i *campaign.Item) ([]byte, error) { return []byte(bodies[i.File]), nil })
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(text), "\n---\n")
	want := `
## 经验做法

[//]: # (摘自甲局（一）：content/narratives/q2/jia.md:18)

先查门店\[1\]\_再查仓库。

[//]: # (摘自乙局（二）：content/narratives/q2/yi.md:12，公开方式是不予公开)

1\.逐户登记。

## 行动成效

[//]: # (摘自甲局（一）：content/narratives/q2/jia.md:22)

立案{{甲局/立案}}，新增{{甲局/立案|新增}}。

[//]: # (摘自乙局（二）：content/narratives/q2/yi.md:18，公开方式是不予公开)

“结案{{乙局/结案}}！”

## 存在问题

[//]: # (摘自甲局（一）：content/narratives/q2/jia.md，这一节是报送部分，没有摘录)

## 下一步打算
`
	if body != want {
		t.Errorf("the draft is\n%s\nwant\n%s", body, want)
	}
	tree, findings := markdown.Parse([]byte(body), "index.md", 1)
	if len(findings) > 0 {
		t.Errorf("it has %v", findings)
	}
	shown := markdown.PlainText(tree.Blocks, nil)
	if strings.Contains(shown, "摘自") || !strings.Contains(shown, "先查门店[1]_再查仓库。") || !strings.Contains(shown, "1.逐户登记。") {
		t.Errorf("it shows %q", shown)
	}
}
