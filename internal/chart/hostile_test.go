package chart

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
)

type row = campaign.Row

func TestGapsAreNotZeros(t *testing.T) {
	s := newSmall(t, []string{"甲局"}, []string{"东区", "西区", "南区", "北区"}, []string{"上", "下"})
	a, b, c := s.row(0, "案件", "件"), s.row(0, "检查", "件"), s.row(0, "线索", "件")
	s.report(0, 0, -1, map[*row]string{a: "无", b: "0", c: "4"})
	s.report(1, 0, -1, map[*row]string{a: "7", b: "0", c: "无"})
	s.report(1, 0, 0, map[*row]string{a: "0", b: "0", c: "1"})
	s.report(1, 0, 1, map[*row]string{a: "无", b: "0", c: "1"})
	s.report(1, 0, 3, map[*row]string{a: "7", b: "0", c: "2"})
	s.report(0, 0, 0, map[*row]string{a: "无", b: "0", c: "1"}) // the same regions as later
	s.report(0, 0, 1, map[*row]string{a: "无", b: "0", c: "1"})
	s.report(0, 0, 3, map[*row]string{a: "无", b: "0", c: "2"})

	compared := s.find("bm1-bijiao")
	sound(t, compared)
	before, gaps := barsOf(t, compared, "上"), wordsOf(t, compared)
	if !slices.Equal(before, []string{"", "0", "4"}) || !slices.Equal(barsOf(t, compared, "下"), []string{"7", "0", ""}) {
		t.Errorf("bars are %v and %v", before, barsOf(t, compared, "下"))
	}
	if !slices.Equal(gaps, []string{"无", "无"}) {
		t.Errorf("gaps say %v", gaps)
	}
	// A 无 before counts for nothing, a 无 now has no change.
	if got := compared.Rows[0][4]; got != "7" {
		t.Errorf("change from 无 is %q", got)
	}
	if got := compared.Rows[2][4]; got != "—" {
		t.Errorf("change to 无 is %q", got)
	}

	counties := s.find("bm1-diqu")
	sound(t, counties)
	if got := barsOf(t, counties, "下"); !slices.Equal(got, []string{"0", "", "", "7"}) {
		t.Errorf("regions are %v", got)
	}
	if got := wordsOf(t, counties); !slices.Equal(got, []string{"无", "未报"}) {
		t.Errorf("regions' gaps say %v", got)
	}
	if !strings.Contains(counties.Summary, "南区未报") {
		t.Error(counties.Summary)
	}
	sound(t, s.find("bm1-reli"))
}

// barsOf returns the numbers of a round, row by row.
func barsOf(t *testing.T, c *Chart, round string) []string {
	t.Helper()
	b := c.figure.(bars)
	n := slices.Index(b.series, round)
	var values []string
	for _, p := range b.panels {
		for _, l := range p.lines {
			if n >= 0 {
				values = append(values, l.cells[n].number.String())
			}
		}
	}
	return values
}

// wordsOf returns the words that stand in gaps.
func wordsOf(t *testing.T, c *Chart) []string {
	t.Helper()
	var words []string
	for _, p := range c.figure.(bars).panels {
		for _, l := range p.lines {
			for _, c := range l.cells {
				if c.number == "" {
					words = append(words, c.text)
				}
			}
		}
	}
	return words
}

func TestExactNumbers(t *testing.T) {
	s := newSmall(t, []string{"甲局"}, nil, []string{"上", "下"})
	money, huge := s.row(0, "罚没款", "万元"), s.row(0, "信息", "条")
	s.report(0, 0, -1, map[*row]string{money: "0.10", huge: "9007199254740992"})
	s.report(1, 0, -1, map[*row]string{money: "437.50", huge: "9007199254740993"})
	c := s.find("bm1-bijiao")
	sound(t, c)
	if got := barsOf(t, c, "下"); !slices.Equal(got, []string{"437.50", "9007199254740993"}) {
		t.Errorf("the option holds %v", got)
	}
	if got := []string{c.Rows[0][4], c.Rows[1][4]}; !slices.Equal(got, []string{"437.40", "1"}) {
		t.Errorf("changes are %v", got)
	}
}

func TestCampaignsOfAllShapes(t *testing.T) {
	long := strings.Repeat("极长的项目名称带“引号”、顿号（括号）", 4)
	for _, test := range []struct {
		name    string
		make    func(t *testing.T) *small
		codes   []string
		missing []string
	}{
		{"nothing", func(t *testing.T) *small { return newSmall(t, nil, nil, nil) }, nil, []string{"zongti", "zeren", "jindu", "anjian"}},
		{"no reports", func(t *testing.T) *small {
			s := newSmall(t, []string{"甲局"}, []string{"东区", "西区"}, []string{"上"})
			s.row(0, "案件", "件")
			return s
		}, nil, []string{"zongti", "bm1-bijiao", "bm1-diqu"}},
		{"one round, one row, no counties", func(t *testing.T) *small {
			s := newSmall(t, []string{"甲局"}, nil, []string{"上"})
			r := s.row(0, "案件", "件")
			s.report(0, 0, -1, map[*row]string{r: "3"})
			return s
		}, nil, []string{"zongti", "bm1-bijiao", "bm1-diqu", "bm1-reli", "bm1-zucheng"}},
		{"all zero", func(t *testing.T) *small {
			s := newSmall(t, []string{"甲局"}, []string{"东区", "西区"}, []string{"上", "下"})
			a, b := s.row(0, "案件", "件"), s.row(0, "检查", "次")
			for round := range 2 {
				for region := -1; region < 2; region++ {
					s.report(round, 0, region, map[*row]string{a: "0", b: "0"})
				}
			}
			return s
		}, []string{"zongti", "bm1-bijiao", "bm1-diqu", "bm1-reli"}, nil},
		{"all 无", func(t *testing.T) *small {
			s := newSmall(t, []string{"甲局"}, []string{"东区", "西区"}, []string{"上"})
			r := s.row(0, "案件", "件")
			for region := -1; region < 2; region++ {
				s.report(0, 0, region, map[*row]string{r: "无"})
			}
			return s
		}, nil, []string{"zongti", "bm1-bijiao", "bm1-diqu", "bm1-reli"}},
		{"one region", func(t *testing.T) *small {
			s := newSmall(t, []string{"甲局"}, []string{"东区"}, []string{"上"})
			a, b := s.row(0, "案件", "件"), s.row(0, "检查", "件")
			s.report(0, 0, -1, map[*row]string{a: "1", b: "2"})
			s.report(0, 0, 0, map[*row]string{a: "1", b: "2"})
			return s
		}, []string{"bm1-bijiao"}, []string{"bm1-diqu", "bm1-reli"}},
		{"county forms of a department without rows", func(t *testing.T) *small {
			s := newSmall(t, []string{"甲局"}, []string{"东区", "西区"}, []string{"上"})
			s.report(0, 0, 0, nil)
			return s
		}, nil, []string{"bm1-diqu", "bm1-reli"}},
		{"long names everywhere", func(t *testing.T) *small {
			s := newSmall(t, []string{"部门" + long, "乙" + long}, []string{"东" + long, "西" + long}, []string{"上" + long, "下" + long})
			a, b := s.row(0, "甲"+long, "件"), s.row(0, "乙"+long, "很长的计量单位")
			child := s.under(a, "丙"+long)
			s.Priorities = []*campaign.Priority{{Named: named("zd", "丁"+long), Units: s.Departments}}
			s.Phases = []campaignPhase{{Name: "戊" + long, From: campaign.Date{Year: 2023, Month: 1, Day: 5}, To: campaign.Date{Year: 2025, Month: 2, Day: 1}}}
			a.Priority = s.Priorities[0]
			for round := range 2 {
				for region := -1; region < 2; region++ {
					s.report(round, 0, region, map[*row]string{a: "12345678901234567890", b: "0.00001", child: "1"})
				}
			}
			return s
		}, []string{"zongti", "bm1-bijiao", "bm1-zucheng", "bm1-diqu", "bm1-reli", "zhongdian-zd", "zeren", "jindu"}, []string{"anjian"}},
		{"names that are code", func(t *testing.T) *small {
			evil := "</script><b>\"'&{b}{a|$&}\u2028\\n"
			s := newSmall(t, []string{evil, "乙" + evil}, []string{"东" + evil, "西" + evil}, []string{"上" + evil, "下" + evil})
			a, b := s.row(0, "甲"+evil, "件{c}"), s.row(0, "乙"+evil, "件{c}")
			child := s.under(a, "丙"+evil)
			s.Priorities = []*campaign.Priority{{Named: named("zd", "丁"+evil), Units: s.Departments}}
			s.Phases = []campaignPhase{{Name: "戊" + evil, From: campaign.Date{Year: 2023, Month: 1, Day: 5}, To: campaign.Date{Year: 2023, Month: 1, Day: 5}}}
			for round := range 2 {
				for region := -1; region < 2; region++ {
					s.report(round, 0, region, map[*row]string{a: "5", b: "6", child: "2"})
				}
			}
			return s
		}, []string{"zongti", "bm1-bijiao", "bm1-zucheng", "bm1-diqu", "bm1-reli", "zeren", "jindu"}, nil},
		{"a hundred regions", func(t *testing.T) *small {
			var regions []string
			for i := range 100 {
				regions = append(regions, fmt.Sprintf("第%d区", i+1))
			}
			s := newSmall(t, []string{"甲局"}, regions, []string{"上"})
			a, b := s.row(0, "案件", "件"), s.row(0, "检查", "次")
			s.report(0, 0, -1, map[*row]string{a: "4950", b: "100"})
			for i := range 100 {
				s.report(0, 0, i, map[*row]string{a: fmt.Sprint(i), b: "1"})
			}
			return s
		}, []string{"bm1-diqu"}, []string{"bm1-reli"}},
		{"same name, two units, and a name twice", func(t *testing.T) *small {
			s := newSmall(t, []string{"甲局"}, []string{"东区", "西区"}, []string{"上"})
			a, b := s.row(0, "货物", "批次"), s.row(0, "货物", "件")
			c := s.under(b, "假货")
			d := s.row(0, "药品", "件")
			e := s.under(d, "假货")
			for region := -1; region < 2; region++ {
				s.report(0, 0, region, map[*row]string{a: "1", b: "2", c: "1", d: "3", e: "3"})
			}
			return s
		}, []string{"bm1-bijiao", "bm1-zucheng", "bm1-zucheng-2", "bm1-diqu"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := test.make(t)
			for _, code := range test.codes {
				c := s.find(code)
				sound(t, c)
			}
			for _, code := range test.missing {
				s.none(code)
			}
			for _, l := range List(s.book(), s.Campaign) {
				sound(t, s.find(l.Code))
				for _, other := range List(s.book(), s.Campaign) {
					if l.Code != other.Code && l.Title == other.Title {
						t.Errorf("%s and %s are both called %s", l.Code, other.Code, l.Title)
					}
				}
			}
		})
	}
}

type campaignPhase = *campaign.Phase

func TestRoundsThatCannotBeCompared(t *testing.T) {
	fill := func(s *small) *small {
		r, other := s.row(0, "案件", "件"), s.row(0, "检查", "件")
		for round := range s.Rounds {
			s.report(round, 0, -1, map[*row]string{r: fmt.Sprint(8 + 4*round), other: "1"})
		}
		return s
	}
	t.Run("different 口径", func(t *testing.T) {
		s := fill(newSmall(t, []string{"甲局"}, nil, []string{"上", "下"}))
		s.Rounds[1].Basis = campaign.Current
		c := s.find("bm1-bijiao")
		sound(t, c)
		if len(barsOf(t, c, "上")) != 0 || slices.Contains(c.Head, "上") || strings.Contains(c.Title, "上") {
			t.Errorf("%s sets rounds of different 口径 side by side: %v", c.Title, c.Head)
		}
	})
	t.Run("当期 in percent", func(t *testing.T) {
		s := fill(newSmall(t, []string{"甲局"}, nil, []string{"上", "下"}))
		s.Rounds[0].Basis, s.Rounds[1].Basis = campaign.Current, campaign.Current
		c := s.find("bm1-bijiao")
		sound(t, c)
		if c.Head[4] != "较上增幅" || c.Rows[0][4] != "50.0%" || !strings.Contains(c.Title, "较上增长50.0%") {
			t.Errorf("%v %v %s", c.Head, c.Rows, c.Summary)
		}
	})
	t.Run("a decrease", func(t *testing.T) {
		s := newSmall(t, []string{"甲局"}, nil, []string{"上", "下"})
		r := s.row(0, "案件", "件")
		s.report(0, 0, -1, map[*row]string{r: "9"})
		s.report(1, 0, -1, map[*row]string{r: "6"})
		if c := s.find("bm1-bijiao"); !strings.Contains(c.Title, "较上减少3件") || c.Rows[0][4] != "-3" {
			t.Errorf("%v %s", c.Rows, c.Summary)
		}
	})
	t.Run("three rounds are a line, as far back as they can be compared", func(t *testing.T) {
		s := fill(newSmall(t, []string{"甲局"}, nil, []string{"试点", "一季度", "二季度", "三季度"}))
		s.Rounds[0].Basis = campaign.Current
		c := s.find("bm1-bijiao")
		sound(t, c)
		if want := []string{"项目", "单位", "一季度", "二季度", "三季度", "较二季度增加"}; !slices.Equal(c.Head, want) {
			t.Errorf("%s %v", c.Title, c.Head)
		}
		lines, d := 0, c.Draw(640)
		for _, m := range d.Marks {
			if l, ok := m.(Line); ok && l.Width == 2 {
				lines++
			}
		}
		if lines != 2*2 || !strings.Contains(labelsOf(d), "一季度三季度二季度") {
			t.Errorf("%d pieces of lines: %s", lines, labelsOf(d))
		}
	})
	t.Run("a department that missed the last round", func(t *testing.T) {
		s := newSmall(t, []string{"甲局", "乙局"}, nil, []string{"上", "下"})
		a, b := s.row(0, "案件", "件"), s.row(1, "案件", "件")
		s.report(0, 0, -1, map[*row]string{a: "1"})
		s.report(0, 1, -1, map[*row]string{b: "2"})
		s.report(1, 0, -1, map[*row]string{a: "3"})
		c := s.find("zongti")
		sound(t, c)
		if got := c.Rows[1]; !slices.Equal(got, []string{"乙局", "案件", "件", "2", "未报", "—"}) {
			t.Errorf("its row is %v", got)
		}
		if got := barsOf(t, c, "下"); !slices.Equal(got, []string{"3", ""}) {
			t.Errorf("bars are %v", got)
		}
		s.none("bm2-bijiao") // a single number
	})
}

func TestComposition(t *testing.T) {
	s := newSmall(t, []string{"甲局"}, nil, []string{"上"})
	whole := s.row(0, "直播案件", "件")
	price, unfair, moved := s.under(whole, "价格"), s.under(whole, "竞争"), s.under(whole, "移送")
	moved.Uncounted = true
	values := map[*row]string{whole: "8", price: "3", unfair: "无", moved: "11"}
	s.report(0, 0, -1, values)
	c := s.find("bm1-zucheng")
	sound(t, c)
	want := [][]string{
		{"价格", "件", "3", "37.5%"}, {"竞争", "件", "无", "—"}, {"其余", "件", "5", "62.5%"},
		{"直播案件（全部）", "件", "8", "100.0%"}, {"移送（不计入合计）", "件", "11", "—"},
	}
	if !slices.EqualFunc(c.Rows, want, slices.Equal[[]string]) {
		t.Errorf("the table is %v", c.Rows)
	}
	if !strings.Contains(c.Summary, "另有移送11件") {
		t.Error(c.Summary)
	}
	// The track is the whole; what overlaps and exceeds it sets its own scale.
	if panels := c.figure.(bars).panels; panels[0].full().String() != "8" || panels[1].full().String() != "11" {
		t.Errorf("scales are %v and %v", panels[0].full(), panels[1].full())
	}

	values[whole] = "2" // parts beyond their whole: no composition
	s.Reports = nil
	s.report(0, 0, -1, values)
	s.none("bm1-zucheng")
}

func TestTies(t *testing.T) {
	s := newSmall(t, []string{"甲局"}, []string{"东区", "西区", "南区"}, []string{"上"})
	a, b := s.row(0, "案件", "件"), s.row(0, "检查", "次")
	s.report(0, 0, 0, map[*row]string{a: "2", b: "1"})
	s.report(0, 0, 1, map[*row]string{a: "5", b: "1"})
	s.report(0, 0, 2, map[*row]string{a: "5", b: "1"})
	if c := s.find("bm1-diqu"); strings.Contains(c.Title+c.Summary, "最多") || c.Rows[0][0] != "东区" || c.Rows[2][0] != "南区" {
		t.Errorf("in order: %v %s %s", c.Rows, c.Title, c.Summary)
	}
	s.Openness = campaign.Ranked
	if c := s.find("bm1-diqu"); !strings.Contains(c.Title, "西区、南区并列最多，均为5件") || c.Rows[0][0] != "西区" || c.Rows[2][0] != "东区" {
		t.Errorf("ranked: %v %s", c.Rows, c.Title)
	}
	// The heat map: a number that others have too is no 最多.
	s.Regions = append(s.Regions, &campaign.Region{Named: named("dq4", "北区"), Index: 3})
	if c := s.find("bm1-reli"); strings.Contains(c.Summary, "为各地最多") {
		t.Errorf("ties alone: %s", c.Summary)
	}
	most := s.row(0, "线索", "条")
	for region, n := range []string{"1", "2", "3"} {
		s.Reports[region].Entries.Set(most, campaign.Entry{Quantity: campaign.Number(decimal.RequireFromString(n))})
	}
	if c := s.find("bm1-reli"); !strings.Contains(c.Summary, "在已报的3个中，南区有1项为各地最多，另有2项并列最多。") {
		t.Errorf("one alone: %s", c.Summary)
	}
	s.Openness = campaign.InOrder
	if c := s.find("bm1-reli"); strings.Contains(c.Summary, "最多") {
		t.Errorf("in order: %s", c.Summary)
	}
}
