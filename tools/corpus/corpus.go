// Package corpus makes up campaigns of any size for measuring: forms and
// narratives of ten departments in many regions, cases and consumer warnings.
// The same seed makes the same words and figures; [Corpus.WriteCampaign] writes
// them as a campaign, and tools/bench as the content of a Hugo site, so that both
// programs have the same work. Tests use small ones. All of it is invented.
package corpus

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// Size is how much there is of everything.
type Size struct {
	Name                     string
	Regions, Cases, Warnings int
}

// Sizes are those that the project's tables speak of.
var Sizes = []Size{
	{"S", 1, 20, 20},
	{"M", 100, 100, 100},
	{"L", 1000, 1000, 1000},
	{"XL", 3000, 3000, 3000},
}

// Rounds are the names of the two reporting rounds.
var Rounds = []string{"中期", "终期"}

// Corpus is a campaign before it is written anywhere.
type Corpus struct {
	Size     Size
	Regions  []Region
	Cases    []Note
	Warnings []Note
}

// Region is a county with what its ten departments reported.
type Region struct {
	Code, Name string
	Reports    []Report // one a department, in the order of Departments
}

// Report is a department's form and narrative from one region.
type Report struct {
	Filed     time.Time
	Figures   []Figure // one an indicator
	Published time.Time
	Sections  []Section
}

// Figure is one row over both rounds: hundredths, thousandths or whole numbers
// as the indicator says.
type Figure struct {
	Values [2]string // cumulative: the second is not smaller
	Remark string
}

// Section is a part of a text under its heading. Where a link of
// it leads is up to the writer of a layout.
type Section struct {
	Heading string
	Blocks  []Block
}

// Block is a paragraph, list or table; a link may open a paragraph.
type Block struct {
	Heading  string // of level 3, before it
	Markdown string
	LinkText string // "" without one
	LinkKind string // cases, warnings, regions
	LinkTo   int    // from 1
	Before   string // words before the link
}

// Note is a case or a consumer warning.
type Note struct {
	Title     string
	About     string // what it is, without its number
	Number    int
	Region    int // from 1
	Published time.Time
	Sections  []Section
}

// start is the campaign's first day.
var start = time.Date(2022, 9, 1, 0, 0, 0, 0, time.UTC)

// Make makes up a campaign.
func Make(size Size) *Corpus {
	m := maker{rand.New(rand.NewPCG(20220921, uint64(size.Regions))), size}
	c := &Corpus{Size: size}
	for n := 1; n <= size.Regions; n++ {
		c.Regions = append(c.Regions, m.region(n))
	}
	for n := 1; n <= size.Cases; n++ {
		c.Cases = append(c.Cases, m.note(caseKinds, n, n%2 == 0))
	}
	for n := 1; n <= size.Warnings; n++ {
		c.Warnings = append(c.Warnings, m.note(warningKinds, n, false))
	}
	return c
}

// Pages is how many pages of content the corpus has in either layout: the
// home page, a page a region, a page for each of its reports, and the notes.
func (c *Corpus) Pages() int {
	return 1 + len(c.Regions)*(1+len(Departments)) + len(c.Cases) + len(c.Warnings)
}

type maker struct {
	*rand.Rand
	size Size
}

func (m *maker) pick(words []string) string { return words[m.IntN(len(words))] }

func (m *maker) day() time.Time { return start.AddDate(0, 0, m.IntN(86)) }

func (m *maker) region(n int) Region {
	r := Region{Code: fmt.Sprintf("r%04d", n), Name: fmt.Sprintf("第%d地区", n)}
	for _, d := range Departments {
		report := Report{Filed: time.Date(2022, 11, 1+m.IntN(26), 0, 0, 0, 0, time.UTC), Published: m.day()}
		for _, i := range d.Indicators {
			report.Figures = append(report.Figures, m.figure(i))
		}
		report.Sections = m.narrative()
		r.Reports = append(r.Reports, report)
	}
	return r
}

func (m *maker) figure(i Indicator) Figure {
	scale := 1
	for range i.Decimals {
		scale *= 10
	}
	first := m.IntN(i.Most * scale / 2)
	second := first + m.IntN(i.Most*scale/2)
	f := Figure{Values: [2]string{fixed(first, i.Decimals), fixed(second, i.Decimals)}}
	if m.IntN(5) == 0 {
		f.Remark = fmt.Sprintf("含跨地区协办%d件", 1+m.IntN(9))
	}
	return f
}

// fixed writes a number of hundredths and the like as a decimal.
func fixed(n, decimals int) string {
	if decimals == 0 {
		return fmt.Sprint(n)
	}
	scale := 1
	for range decimals {
		scale *= 10
	}
	return fmt.Sprintf("%d.%0*d", n/scale, decimals, n%scale)
}

func (m *maker) narrative() []Section {
	var sections []Section
	for n, heading := range []string{"经验做法", "行动成效", "存在问题", "下一步打算"} {
		s := Section{Heading: heading, Blocks: []Block{m.paragraph(2 + m.IntN(2))}}
		last := m.paragraph(2 + m.IntN(2))
		switch n {
		case 0:
			s.Blocks = append(s.Blocks, m.list(3+m.IntN(2)))
			last.Before, last.LinkText, last.LinkKind, last.LinkTo = "相关情况参见", "典型案例", "cases", 1+m.IntN(m.size.Cases)
		case 1:
			table := m.table(3 + m.IntN(2))
			table.Heading = "分阶段情况"
			s.Blocks = append(s.Blocks, table)
		case 2:
			last.Before, last.LinkText, last.LinkKind, last.LinkTo = "消费提示见", "消费警示", "warnings", 1+m.IntN(m.size.Warnings)
		}
		s.Blocks = append(s.Blocks, last)
		sections = append(sections, s)
	}
	return sections
}

func (m *maker) note(kinds []string, n int, table bool) Note {
	about := m.pick(kinds)
	note := Note{
		Title: fmt.Sprintf("%s（第%d号）", about, n), About: about, Number: n,
		Region: 1 + m.IntN(m.size.Regions), Published: m.day(),
	}
	last := m.paragraph(1 + m.IntN(3))
	last.Before, last.LinkText, last.LinkKind, last.LinkTo = "更多信息见", "地区报告", "regions", 1+m.IntN(m.size.Regions)
	advice := Section{Heading: "处理与提示", Blocks: []Block{m.paragraph(3)}}
	if table {
		advice.Blocks = append(advice.Blocks, m.table(3))
	}
	advice.Blocks = append(advice.Blocks, last)
	note.Sections = []Section{{Heading: "基本情况", Blocks: []Block{m.paragraph(3), m.list(3)}}, advice}
	return note
}
