package site

import (
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

// desk returns a rendering of the small campaign's public site on a day.
func desk(t testing.TB, day campaign.Date) (*rendering, *campaign.Campaign) {
	t.Helper()
	return deskWith(t, day, func(*campaign.Campaign) {})
}

// openLedger is the setting under which everybody may know who has not reported.
func openLedger(c *campaign.Campaign) { c.LedgerPublic = true }

func deskWith(t testing.TB, day campaign.Date, set func(*campaign.Campaign)) (*rendering, *campaign.Campaign) {
	t.Helper()
	c, contents := read(t, smallDir)
	set(c)
	if day.IsZero() {
		day = c.ReferenceDate
	}
	v := release.Public(c, day, contents)
	s, err := newSite(v, stats.Of(v), layouts.Over(nil), drawer(t))
	if err != nil {
		t.Fatal(err)
	}
	return &rendering{site: s, view: s.view, page: &page{}, placed: map[string]int{}}, v.Campaign()
}

func TestDepartmentTable(t *testing.T) {
	r, c := desk(t, campaign.Date{})
	table := r.departmentTable(c.FindDepartment("农业农村局"))
	if len(table.Rounds) != 2 || table.Rounds[0].Change != "" || table.Rounds[1].Change != "较一季度增幅" {
		t.Fatalf("期次不对：%+v", table.Rounds)
	}
	for n, want := range []struct{ name, first, second, change, bar string }{
		{"立案", "8", "10", "25.0%", "100"},
		{"检查门店", "25", "40", "60.0%", "100"},
		{"查处案件", "6", "9", "50.0%", "90"},
		{"种子案件", "4", "5", "25.0%", "50"},
		{"移送案件", "无", "1", "", "10"},
	} {
		line := table.Lines[n]
		if line.Name != want.name || line.Cells[0].Text != want.first || line.Cells[1].Text != want.second ||
			line.Cells[1].Change != want.change || line.Cells[1].Bar != want.bar {
			t.Errorf("第 %d 行是 %+v，应为 %+v", n+1, line, want)
		}
	}
	if last := table.Lines[4]; !last.Within || !last.Uncounted || last.Cells[1].Reason == "" || last.Cells[0].Bar != "" {
		t.Errorf("移送案件：%+v", last)
	}
}

func TestAbsentIsNeitherZeroNorNone(t *testing.T) {
	r, c := desk(t, campaign.Date{})
	if table := r.departmentTable(c.FindDepartment("公安局")); len(table.Rounds) != 1 || table.Rounds[0].Name != "二季度" || table.Rounds[0].Change != "" {
		t.Errorf("台账没有公开，公安局的表有 %+v", table.Rounds)
	}
	if text := r.annex(c.Rounds[0]).Groups[1].Lines[0].Shown; text != "—" {
		t.Errorf("台账没有公开，公安局一季度是“%s”", text)
	}
	r, c = deskWith(t, campaign.Date{}, openLedger)
	table := r.departmentTable(c.FindDepartment("公安局"))
	cells := table.Lines[0].Cells
	if cells[0].Text != "未报" || !cells[0].Absent || cells[1].Text != "12.50" || cells[1].Absent {
		t.Errorf("公安局一季度没有报：%+v", cells)
	}
	if cells[1].Bar != "" {
		t.Error("同一单位只有一个数，没有可比的，不该画横条")
	}
	if r.departmentTable(c.FindDepartment("供销社")) != nil {
		t.Error("没有统计项目的部门不该有表")
	}
}

func TestCountyBesideTheWhole(t *testing.T) {
	r, c := desk(t, campaign.Date{})
	d, region := c.FindDepartment("农业农村局"), c.FindRegion("东城区")
	table := r.countyTable(d, region)
	for n, want := range []struct{ whole, share string }{{"10", "40.0%"}, {"40", "82.5%"}, {"9", "33.3%"}, {"5", "20.0%"}, {"1", "0.0%"}} {
		if got := table.Lines[n]; got.Whole != want.whole || got.Share != want.share {
			t.Errorf("%s 合计 %s 占 %s，应为 %+v", got.Name, got.Whole, got.Share, want)
		}
	}
	if form := r.regionForm(d, c.FindRegion("西城区")); form.Absent != "" {
		t.Errorf("台账没有公开，西城区：%+v", form)
	}
	r, c = deskWith(t, campaign.Date{}, openLedger)
	form := r.regionForm(c.FindDepartment("农业农村局"), c.FindRegion("西城区"))
	if form.Table != nil || form.Absent != "一季度、二季度" {
		t.Errorf("西城区两期都没有报：%+v", form)
	}
}

func TestRollupNamesTheMissing(t *testing.T) {
	r, c := desk(t, campaign.Date{})
	if closed := r.rollup(c.FindDepartment("农业农村局"), c.Rounds[1]); closed.Missing != "" || closed.Without != "未含1个县（市、区）" || closed.Lines[1].Cells[0].Text != "—" {
		t.Errorf("台账没有公开：%+v", closed)
	}
	r, c = deskWith(t, campaign.Date{}, openLedger)
	table := r.rollup(c.FindDepartment("农业农村局"), c.Rounds[1])
	if table.Missing != "西城区" || !table.Lines[1].Absent || table.Lines[0].Cells[1].Text != "33" || table.Own[1].Text != "7" || table.Own[0].Text != "" || table.Whole[1].Text != "40" {
		t.Errorf("%+v", table)
	}
	if r.rollup(c.FindDepartment("公安局"), c.Rounds[1]) != nil {
		t.Error("没有地区填报的部门不该有这张表")
	}
}

func TestChangeIsNamedByBasis(t *testing.T) {
	first := &campaign.Round{Named: campaign.Named{Name: "中期"}, Basis: campaign.Cumulative}
	for _, test := range []struct {
		name  string
		round campaign.Round
		want  string
	}{
		{"累计", campaign.Round{Basis: campaign.Cumulative, Previous: first}, "较中期增加"},
		{"口径不同", campaign.Round{Basis: campaign.Current, Previous: first}, "与中期相比"},
		{"第一期", *first, ""},
	} {
		if got := (&site{campaign: &campaign.Campaign{}}).changeHeading(test.round.Previous, &test.round); got != test.want {
			t.Errorf("%s：%s，应为 %s", test.name, got, test.want)
		}
	}
}

func TestAnnexAsPrinted(t *testing.T) {
	r, c := deskWith(t, campaign.Date{}, openLedger)
	a := r.annex(c.Rounds[1])
	if len(a.Groups) != 2 || a.Groups[0].Span != 4 || len(a.Groups[0].Heading) != 1 || a.Groups[0].Heading[0].Shown != "10" {
		t.Fatalf("%+v", a.Groups)
	}
	lines := a.Groups[0].Lines
	if lines[1].Within != 0 || lines[2].Within != 2 || !lines[2].IsWithin || lines[3].Within != 0 || !lines[3].IsWithin {
		t.Errorf("其中的合并不对：%+v", lines)
	}
	if a.Groups[1].Lines[0].Shown != "12.50" || r.annex(c.Rounds[0]).Groups[1].Lines[0].Shown != "未报" {
		t.Error("公安局的数不对")
	}
}

func TestTimeline(t *testing.T) {
	for _, test := range []struct {
		day, state, today string
		classes           [2]string
	}{
		{"2024-02-01", "行动尚未开始", "", [2]string{"coming", "coming"}},
		{"2024-03-01", "正处于排查阶段", "0", [2]string{"current", "coming"}},
		{"2024-04-30", "正处于排查阶段", "39.22", [2]string{"current", "coming"}},
		{"2024-07-31", "正处于整治阶段", "99.35", [2]string{"past", "current"}},
		{"2024-08-01", "各阶段均已结束", "", [2]string{"past", "past"}},
	} {
		t.Run(test.day, func(t *testing.T) {
			day, err := campaign.ParseDate(test.day)
			if err != nil {
				t.Fatal(err)
			}
			r, _ := desk(t, day)
			line := r.timeline()
			if line.State != test.state || line.Today != test.today || line.Phases[0].Class != test.classes[0] || line.Phases[1].Class != test.classes[1] {
				t.Errorf("%s %s %s %s", line.State, line.Today, line.Phases[0].Class, line.Phases[1].Class)
			}
			if line.Phases[0].Left != "0" || line.Phases[0].Width != "39.87" || line.Phases[1].Left != "39.87" {
				t.Errorf("位置不对：%+v", line.Phases)
			}
		})
	}
}

func TestKeyFiguresWithoutLead(t *testing.T) {
	r, c := desk(t, campaign.Date{})
	cards := r.figureCards()
	if len(cards.Lead) != 2 || cards.Lead[0].Value != "10" || cards.Lead[0].Change != "25.0%" || cards.Lead[1].Change != "" {
		t.Errorf("%+v", cards)
	}
	other := *c
	other.Lead = c.FindDepartment("供销社")
	r.site.campaign = &other
	if cards = r.figureCards(); len(cards.Lead) != 2 {
		t.Errorf("牵头部门没有数字时，头两个数字作大卡片：%+v", cards)
	}
}

func TestSizes(t *testing.T) {
	for bytes, want := range map[int64]string{0: "0\u00a0KB", 1: "1\u00a0KB", 1024: "1\u00a0KB", 1025: "2\u00a0KB", 1 << 20: "1.0\u00a0MB", 1<<20 + 1: "1.1\u00a0MB", 5 << 20: "5.0\u00a0MB"} {
		if got := sizeText(bytes); got != want {
			t.Errorf("%d 字节写成 %s，应为 %s", bytes, got, want)
		}
	}
}
