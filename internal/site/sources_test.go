package site

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
	"wangjian/tools/corpus"
)

// gridRow is a row of a table's body as it is read: a cell that spans rows or
// columns is in each.
type gridRow struct {
	id    string
	texts []string
	cells []*html.Node
}

func grid(table *html.Node) (rows []gridRow) {
	type place struct{ row, column int }
	taken := map[place]*html.Node{}
	for tr := range named(table, "tr") {
		if tr.Parent.Data != "tbody" {
			continue
		}
		row, column := len(rows), 0
		for cell := range tr.ChildNodes() {
			if cell.Type != html.ElementNode {
				continue
			}
			for taken[place{row, column}] != nil {
				column++
			}
			for across := range spanOf(cell, "colspan") {
				for down := range spanOf(cell, "rowspan") {
					taken[place{row + down, column + across}] = cell
				}
			}
		}
		r := gridRow{}
		r.id, _ = attribute(tr, "id")
		for n := 0; taken[place{row, n}] != nil; n++ {
			r.cells = append(r.cells, taken[place{row, n}])
			r.texts = append(r.texts, textIn(r.cells[n]))
		}
		rows = append(rows, r)
	}
	return rows
}

func spanOf(cell *html.Node, name string) int {
	value, _ := attribute(cell, name)
	n, _ := strconv.Atoi(value)
	return max(n, 1)
}

func named(in *html.Node, name string) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		for n := range in.Descendants() {
			if n.Type == html.ElementNode && n.Data == name && !yield(n) {
				return
			}
		}
	}
}

func textIn(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// tables returns the rows of a page's tables of a class.
func tables(page *html.Node, class string) (rows []gridRow) {
	for table := range named(page, "table") {
		if value, _ := attribute(table, "class"); slices.Contains(strings.Fields(value), class) {
			rows = append(rows, grid(table)...)
		}
	}
	return rows
}

// sourceLines are what a reader finds where the figures of a page lead, by id.
func sourceLines(page *html.Node) map[string]string {
	lines := map[string]string{}
	report := ""
	for _, row := range tables(page, "source-table") {
		if row.id == "" {
			report = row.texts[0]
			continue
		}
		lines[row.id] = strings.Join(row.texts, "|") + "|" + report
	}
	return lines
}

// formLinks tells where the figures of a page's forms lead, by row and figure.
func formLinks(page *html.Node) map[string]string {
	links := map[string]string{}
	for _, row := range tables(page, "form-table") {
		name := strings.TrimSuffix(strings.TrimPrefix(row.texts[0], "其中"), "不计入合计")
		for _, cell := range row.cells[1:] {
			for a := range named(cell, "a") {
				if href, _ := attribute(a, "href"); strings.HasPrefix(href, "#") {
					links[name+" "+textIn(a)] = href[1:]
				}
			}
		}
	}
	return links
}

// TestEveryFigureLeadsToItsSource: each figure of a form is on its page as it
// was reported, and a link leads from it to a line with its round, who reported
// it, when, on what basis, and how it was arrived at.
func TestEveryFigureLeadsToItsSource(t *testing.T) {
	c, contents := read(t, smallDir)
	view := release.Public(c, c.ReferenceDate, contents)
	book, site := stats.Of(view), render(t, view)
	seen := 0
	for _, d := range c.Departments {
		for _, region := range append([]*campaign.Region{nil}, c.Regions...) {
			path := departmentPath(d)
			if region != nil {
				path = regionPath(region)
			}
			if site[path] == "" {
				continue
			}
			page, err := html.Parse(strings.NewReader(site[path]))
			if err != nil {
				t.Fatal(err)
			}
			lines, links := sourceLines(page), formLinks(page)
			for _, row := range c.Form.Rows {
				for _, round := range c.Rounds {
					f := book.Figure(round, row, region)
					if row.Department != d || f == nil {
						continue
					}
					seen++
					id := links[row.Label()+" "+f.Quantity.String()]
					line := lines[id]
					basis := map[campaign.Basis]string{campaign.Current: "当期：上一期截止以后", campaign.Cumulative: "累计：行动开始以来"}[round.Basis]
					for _, want := range []string{round.Name + "填报单位", f.Report.Unit, f.Report.FiledOn.String(), basis} {
						if want == "" || !strings.Contains(line, want) {
							t.Errorf("%s：%s的%s“%s”指到 %q，那里是 %q，没有“%s”", path, round.Name, row.Label(), f.Text(), id, line, want)
						}
					}
					if f.Computed && !strings.Contains(line, "由程序") || !strings.Contains(line, "填报数") && !f.Computed {
						t.Errorf("%s：%s的%s没有说计算方法：%q", path, round.Name, row.Label(), line)
					}
					if !strings.Contains(line, row.Label()+"|"+f.Text()) {
						t.Errorf("%s：%s的%s没有自己的一行：%q", path, round.Name, row.Label(), line)
					}
				}
			}
		}
	}
	if seen < 10 {
		t.Errorf("只看到 %d 个数", seen)
	}
}

// TestWeightOfACounty: the page of a county that reports to ten departments in
// two rounds, with its ten narratives and a line for where each figure comes from,
// is about 43 kB.
func TestWeightOfACounty(t *testing.T) {
	const path = "regions/r0001/index.html"
	page := renderCorpus(t, corpus.Size{Regions: 2, Cases: 2, Warnings: 2}, func(p string) bool { return p == path })[path]
	if len(page) > 43_500 {
		t.Errorf("%s 有 %d 字节", path, len(page))
	}
	tree, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	figures := 0
	for _, d := range corpus.Departments {
		figures += len(d.Indicators) * len(corpus.Rounds)
	}
	lines, links := sourceLines(tree), 0
	for _, row := range tables(tree, "form-table") {
		for _, cell := range row.cells[1:] {
			for a := range named(cell, "a") {
				href, _ := attribute(a, "href")
				if d := lines[strings.TrimPrefix(href, "#")]; strings.Contains(d, "|填报数|") {
					links++
				}
			}
		}
	}
	if len(lines) != figures || links != figures {
		t.Errorf("%d 行来源，%d 个数指到那里，应当各是 %d", len(lines), links, figures)
	}
}
