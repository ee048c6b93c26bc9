package sheet

import (
	"bytes"
	"slices"
	"strings"
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
			DecidedOn: day.AddDays(-20), CreditCode: "91350100M000100Y43",
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
		return []string{"甲处罚〔2030〕1号", party, "虚假宣传", "罚款1元", "甲局", decided, "91350100M000100Y43"}
	}
	const head = "\uFEFF行政处罚决定书文号,行政相对人名称,违法行为类型,行政处罚内容,作出行政处罚决定的行政机关名称,作出行政处罚决定的日期,统一社会信用代码\r\n"
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

// TestCommitments: the published commitments, and no others.
func TestCommitments(t *testing.T) {
	c := small(t)
	for n, party := range []string{"某平台", "+某网店", "某快递"} {
		i := &campaign.Item{
			Kind: campaign.Commitments, File: "content/commitments/" + party + ".md", Title: party + "信用承诺书", Release: *released(),
			Commitment: &campaign.Commitment{Party: party, Kind: "平台内经营者", On: day.AddDays(-3), Term: "长期"},
		}
		if n == 2 {
			i.Disclosure = campaign.OnRequest
		}
		c.Items = append(c.Items, i)
	}
	published, made := released().PublishedAt.Date.String(), day.AddDays(-3).String()
	want := [][]string{
		{"承诺主体", "统一社会信用代码", "主体类型", "承诺名称", "承诺日期", "期限", "公开日期"},
		{"某平台", "", "平台内经营者", "某平台信用承诺书", made, "长期", published},
		{"'+某网店", "", "平台内经营者", "'+某网店信用承诺书", made, "长期", published},
	}
	file := render(t, public(c), CommitmentsPath)
	head, _, _ := bytes.Cut(file, []byte("\r\n"))
	got := append([][]string{strings.Split(strings.TrimPrefix(string(head), "\uFEFF"), ",")}, csvRows(t, file)...)
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%v, want %v", got, want)
	}
}
