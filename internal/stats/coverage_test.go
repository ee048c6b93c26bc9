package stats_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
)

// TestChangeIsBetweenEquals: a change of a sum whose regions are not the same
// in both rounds is of those that are in both, with the own parts, and says so;
// where there are none, or one of the sums tells no regions apart, there is no
// change. A reference prints the same number.
func TestChangeIsBetweenEquals(t *testing.T) {
	const sum = "汇总"
	for name, test := range map[string]struct {
		basis       string
		before, now [2]string // whole, own
		first, then map[string]string
		want, scope string
		fault       string
	}{
		"one less": {"累计", [2]string{sum, "5"}, [2]string{sum, "6"},
			map[string]string{"r1": "10", "r2": "20", "r3": "30"}, map[string]string{"r1": "15", "r2": "26"},
			"12", "按两期都报的2个县（市、区）计", ""},
		"one more": {"累计", [2]string{sum, ""}, [2]string{sum, ""},
			map[string]string{"r1": "10", "r2": "20"}, map[string]string{"r1": "15", "r2": "26", "r3": "100"},
			"11", "按两期都报的2个县（市、区）计", ""},
		"others": {"累计", [2]string{sum, ""}, [2]string{sum, ""},
			map[string]string{"r1": "10", "r2": "20"}, map[string]string{"r1": "15", "r3": "100"},
			"5", "按两期都报的1个县（市、区）计", ""},
		"written, not summed": {"累计", [2]string{"65", "5"}, [2]string{"47", "6"},
			map[string]string{"r1": "10", "r2": "20", "r3": "30"}, map[string]string{"r1": "15", "r2": "26"},
			"12", "按两期都报的2个县（市、区）计", ""},
		"growth": {"当期", [2]string{sum, "5"}, [2]string{sum, "6"},
			map[string]string{"r1": "10", "r2": "20", "r3": "30"}, map[string]string{"r1": "15", "r2": "26"},
			"34.3%", "按两期都报的2个县（市、区）计", ""},
		"the same, not all": {"累计", [2]string{sum, ""}, [2]string{sum, ""},
			map[string]string{"r1": "10", "r2": "20"}, map[string]string{"r1": "15", "r2": "26"}, "11", "", ""},
		"all": {"累计", [2]string{sum, ""}, [2]string{sum, ""},
			map[string]string{"r1": "1", "r2": "2", "r3": "3"}, map[string]string{"r1": "2", "r2": "3", "r3": "4"}, "3", "", ""},
		"none in common": {"累计", [2]string{sum, ""}, [2]string{sum, ""},
			map[string]string{"r1": "10"}, map[string]string{"r2": "26"}, "", "", "一期和二期报的不是同样的县（市、区），不能相比"},
		"regions in one round only, and not all": {"累计", [2]string{"30", ""}, [2]string{sum, ""},
			nil, map[string]string{"r1": "15", "r2": "26"}, "", "", "一期没有分县（市、区）的数"},
		"regions in one round only, all of them": {"累计", [2]string{"30", ""}, [2]string{sum, ""},
			nil, map[string]string{"r1": "15", "r2": "26", "r3": "1"}, "12", "", ""},
		"own parts alone against regions": {"累计", [2]string{sum, "3"}, [2]string{sum, "4"},
			nil, map[string]string{"r1": "15", "r2": "26", "r3": "1"}, "", "", "不能相比"},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"data/p1/a.yaml": report(test.before[0], test.before[1]), "data/p2/a.yaml": report(test.now[0], test.now[1])}
			for round, counties := range map[string]map[string]string{"p1": test.first, "p2": test.then} {
				for code, q := range counties {
					files["data/"+round+"/a/"+code+".yaml"] = report(q, "")
				}
			}
			c, table := open(t, test.basis, files)
			change, err := table.Change(table.Figure(c.Rounds[1], c.Form.Rows[0], nil))
			aspect := campaign.Increase
			if test.basis == "当期" {
				aspect = campaign.Growth
			}
			cited, faulty := table.Cite(campaign.Reference{Round: "p2", Department: "a", Row: "款", Aspect: aspect}, nil)
			if test.fault != "" {
				if err == nil || !strings.Contains(err.Error(), test.fault) || faulty == nil {
					t.Errorf("got %v %v and %v, want …%s…", change, err, faulty, test.fault)
				}
				return
			}
			if err != nil || change.Text() != test.want || change.Scope() != test.scope {
				t.Errorf("got %s %q %v, want %s %q", change.Text(), change.Scope(), err, test.want, test.scope)
			}
			moved, err := table.Cite(campaign.Reference{Round: "p2", Department: "a", Row: "款", Aspect: campaign.Movement}, nil)
			if err != nil || test.basis == "累计" && moved.Text != "增加"+test.want+"万元" {
				t.Errorf("变化 prints %s %v", moved.Text, err)
			}
			if strings.TrimSuffix(cited.Text, "万元") != test.want {
				t.Errorf("the reference prints %s", cited.Text)
			}
		})
	}
}

// TestNamesAreForThoseWhoMayKnow: in a public table nothing names the region that
// is missing, and the ledger is empty, unless the campaign says 台账公开; with
// 只公布合计 the sums and changes are the same and single regions are gone.
func TestNamesAreForThoseWhoMayKnow(t *testing.T) {
	const released = "公开方式: 主动公开\n发布日期: 2026-04-30\n审核: {初审: {人: 甲, 日期: 2026-04-28}, 复审: {人: 乙, 日期: 2026-04-28}, 终审: {人: 丙, 日期: 2026-04-28}, 保密审查: {人: 丁, 日期: 2026-04-28}}\n"
	public := func(set string) (*campaign.Campaign, *stats.Table) {
		fsys := fstest.MapFS{}
		for name, text := range map[string]string{
			"data/campaign.yaml": set + strings.ReplaceAll(settings, "BASIS", "累计"), "data/form.yaml": form,
			"data/p1/release.yaml": released, "data/p2/release.yaml": released,
			"data/p1/a.yaml": report("汇总", "5"), "data/p2/a.yaml": report("汇总", "6"),
			"data/p1/a/r1.yaml": report("10", ""), "data/p1/a/r2.yaml": report("20", ""), "data/p1/a/r3.yaml": report("30", ""),
			"data/p2/a/r1.yaml": report("15", ""), "data/p2/a/r2.yaml": report("26", ""),
		} {
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
		c, findings := source.Load(fsys)
		if len(findings) > 0 {
			t.Fatal(findings)
		}
		v := release.Public(c, campaign.Date{Year: 2026, Month: 5, Day: 1}, source.Contents(fsys))
		return v.Campaign(), stats.Of(v)
	}
	for set, want := range map[string]struct {
		lacks, absent string
		ledger        int
		counties      int
	}{
		"":              {"未含1个县（市、区）", "—", 0, 2},
		"地区公开: 排序\n":    {"未含1个县（市、区）", "—", 0, 2},
		"地区公开: 只公布合计\n": {"未含1个县（市、区）", "—", 0, 0},
		"台账公开: true\n":  {"未含三县", "未报", 1, 2},
		"台账公开: true\n地区公开: 只公布合计\n": {"未含三县", "未报", 1, 0},
	} {
		c, table := public(set)
		f := table.Figure(c.Rounds[1], c.Form.Rows[0], nil)
		change, err := table.Change(f)
		if f.Text() != "47万元" || !f.Computed || err != nil || change.Text() != "12" || change.Regions != 2 {
			t.Errorf("%q: %s, %s over %d, %v", set, f.Text(), change.Text(), change.Regions, err)
		}
		if got := stats.Lacks(f.Coverage); got != want.lacks || table.Absent() != want.absent {
			t.Errorf("%q: %s, %s", set, got, table.Absent())
		}
		if got := table.WithoutNotes(f, f); len(got) != 1 || got[0] != "甲局的二期数"+want.lacks {
			t.Errorf("%q: %v", set, got)
		}
		if got := len(table.Ledger(c.Rounds[1], campaign.Date{Year: 2026, Month: 5, Day: 1})); got != want.ledger {
			t.Errorf("%q: the ledger has %d lines", set, got)
		}
		if got := len(table.Counties(c.Rounds[1], c.Form.Rows[0])); got != want.counties {
			t.Errorf("%q: %d counties' figures", set, got)
		}
		if own := table.Own(c.Rounds[1], c.Form.Rows[0]); (own != nil) != (want.counties > 0) {
			t.Errorf("%q: the own part is %v", set, own)
		}
	}
}
