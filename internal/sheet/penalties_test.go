package sheet

import (
	"bytes"
	"slices"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// TestPenalties: the summaries of the published cases, in the order of
// 总局令第45号, under the names that the province has for them; one that is taken
// down is in neither file, the office's included; no cell is a formula.
func TestPenalties(t *testing.T) {
	c := small(t)
	add := func(party string, stopped *campaign.Stopped) {
		i := &campaign.Item{Kind: campaign.Cases, File: "content/cases/" + party + ".md", Release: *released(), Stopped: stopped, Case: &campaign.Case{
			DecisionNumber: "甲处罚〔2030〕1号", Party: party, Violation: "虚假宣传", Penalty: "罚款1元", Authority: "甲局",
			DecidedOn: day.AddDays(-20),
		}}
		i.Expires = day.AddDays(300)
		c.Items = append(c.Items, i)
	}
	add("某店", nil)
	add("=某店", nil)
	add("某厂", &campaign.Stopped{On: day, Reason: "撤销"})
	add("某行", &campaign.Stopped{On: day.AddDays(1), Reason: "撤销"})
	c.Publicity.Columns = map[string]string{"当事人基本情况": "行政相对人名称"}
	decided := day.AddDays(-20).String()
	line := func(party string) []string {
		return []string{"甲处罚〔2030〕1号", party, "虚假宣传", "罚款1元", "甲局", decided}
	}
	const head = "\uFEFF行政处罚决定书文号,行政相对人名称,违法行为类型,行政处罚内容,作出行政处罚决定的行政机关名称,作出行政处罚决定的日期\r\n"
	want := [][]string{
		line("某店"), line("'=某店"), line("某行"),
	}
	for name, v := range map[string]*release.View{"public": public(c), "office": release.Whole(c, day, nil)} {
		file := render(t, v, PenaltiesPath)
		if !bytes.HasPrefix(file, []byte(head)) {
			t.Errorf("%s: the head is not %s: %s", name, head, file)
		}
		if got := csvRows(t, file); !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
