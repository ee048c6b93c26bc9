package chart

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
)

// sample is the campaign in the repository, as the public sees it.
func sample(t *testing.T) (*stats.Table, *campaign.Campaign) {
	t.Helper()
	fsys := os.DirFS("../../")
	c, findings := source.Load(fsys)
	if campaign.HasErrors(findings) {
		t.Fatalf("the sample does not load: %v", findings)
	}
	v := release.Public(c, c.ReferenceDate, source.Contents(fsys))
	return stats.Of(v), v.Campaign()
}

func TestSampleCharts(t *testing.T) {
	b, c := sample(t)
	list := List(b, c)
	if len(list) < 15 {
		t.Fatalf("only %d charts", len(list))
	}
	seen := map[string]bool{}
	for _, l := range list {
		if seen[l.Code] {
			t.Errorf("the code %s repeats", l.Code)
		}
		seen[l.Code] = true
		t.Run(l.Code, func(t *testing.T) {
			drawn, err := Find(b, c, l.Code)
			if err != nil {
				t.Fatal(err)
			}
			if drawn.Code != l.Code || drawn.Title != l.Title {
				t.Errorf("listed as %v, drawn as %s %s", l, drawn.Code, drawn.Title)
			}
			sound(t, drawn)
		})
	}
	for _, code := range []string{"zongti", "anjian", "zeren", "jindu", "shijian-bijiao", "gongan-bijiao", "shijian-diqu", "shijian-zucheng", "shijian-reli"} {
		if !seen[code] {
			t.Errorf("no chart %s", code)
		}
	}
	for _, code := range []string{"shangwu-bijiao", "haiguan-diqu", "gongan-zucheng", "linye-reli"} {
		if seen[code] {
			t.Errorf("%s is drawn of no data", code)
		}
	}
}

func TestSameBytes(t *testing.T) {
	b, c := sample(t)
	again, cAgain := sample(t)
	for _, l := range List(b, c) {
		one, _ := Find(b, c, l.Code)
		two, err := Find(again, cAgain, l.Code)
		if err != nil || !bytes.Equal(one.Option(), two.Option()) || one.Summary != two.Summary {
			t.Errorf("%s differs from one reading to the next", l.Code)
		}
	}
}

func TestFindNamesTheNearest(t *testing.T) {
	b, c := sample(t)
	_, err := Find(b, c, "shijian-bijao")
	if err == nil || !strings.Contains(err.Error(), "“shijian-bijiao”") {
		t.Errorf("error %v does not name shijian-bijiao", err)
	}
	if _, err := Find(b, c, "完全不相干的一个很长的代号"); err == nil || strings.Contains(err.Error(), "最接近") {
		t.Errorf("error %v names something near", err)
	}
}

func TestPages(t *testing.T) {
	b, c := sample(t)
	codes := func(charts []*Chart) []string {
		var list []string
		for _, chart := range charts {
			list = append(list, chart.Code)
		}
		return list
	}
	lead, police := c.FindDepartment("shijian"), c.FindDepartment("gongan")
	for _, test := range []struct {
		page      string
		got, want []string
	}{
		{"departments", codes(ForDepartments(b, c)), []string{"zongti"}},
		{"lead", codes(ForDepartment(b, c, lead)), []string{"shijian-diqu"}},
		{"police", codes(ForDepartment(b, c, police)), []string{"gongan-diqu"}},
		{"no rows", codes(ForDepartment(b, c, c.FindDepartment("shangwu"))), nil},
		{"tasks", codes(ForTasks(b, c)), []string{"anjian", "zeren"}},
		{"task", codes(ForTask(b, c, campaign.Find(c.Priorities, "sanwu-waimai"))), []string{"zhongdian-sanwu-waimai"}},
		{"task without rows", codes(ForTask(b, c, campaign.Find(c.Priorities, "cuxiao"))), nil},
	} {
		if !slices.Equal(test.got, test.want) {
			t.Errorf("%s: %v, want %v", test.page, test.got, test.want)
		}
	}
	if m := MapOf(b, c); m == nil || m.Code != "shijian-diqu" || len(m.Regions) != len(c.Regions) {
		t.Errorf("the map is %v", m)
	}
	for _, code := range codes(ForStatistics(b, c)) {
		if strings.Contains(code, "-diqu") || strings.Contains(code, "-reli") {
			t.Errorf("statistics shows %s", code)
		}
	}
}

var figureForm = regexp.MustCompile(`\d+(?:\.\d+)?`)

// TestTitlesFollowTheTables: every figure with a unit or a % in a title or a
// summary stands in the chart's table, and a title states one. Of figures that
// only add up no summary says that they went up.
func TestTitlesFollowTheTables(t *testing.T) {
	b, c := sample(t)
	for _, l := range List(b, c) {
		if l.Code == "zeren" || l.Code == "jindu" {
			continue // they have no figures
		}
		drawn, _ := Find(b, c, l.Code)
		cells := map[string]bool{}
		var units []string
		for _, row := range drawn.Rows {
			for _, cell := range row {
				cells[cell] = true
			}
		}
		for _, row := range c.Form.Rows {
			units = append(units, row.Unit)
		}
		if strings.Contains(drawn.Summary, "项都") || strings.Contains(drawn.Summary, "有新增") {
			t.Errorf("%s: %s", l.Code, drawn.Summary)
		}
		checked, said := 0, drawn.Title+"。"+drawn.Summary
		for _, at := range figureForm.FindAllStringIndex(said, -1) {
			number, rest := said[at[0]:at[1]], said[at[1]:]
			if strings.HasPrefix(rest, "%") {
				number += "%"
			} else if !slices.ContainsFunc(units, func(u string) bool { return strings.HasPrefix(rest, u) }) ||
				strings.HasPrefix(rest, "个"+campaign.City.LowerUnits()) || strings.HasPrefix(rest, "个已报") || strings.HasPrefix(rest, "个，") {
				continue // 15项, 20个地区: counts of what is shown
			}
			if at[0] < len(drawn.Title) {
				checked++
			}
			if !cells[number] {
				t.Errorf("%s: %s is not in the table: %s", l.Code, number, said)
			}
		}
		if checked == 0 && !strings.HasSuffix(l.Code, heatSuffix) {
			t.Errorf("%s: no figure in the title: %s", l.Code, drawn.Title)
		}
	}
}
