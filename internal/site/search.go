package site

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
	"wangjian/internal/release"
)

type searchData struct{ Index, Root, Sitemap string }

func searchPages(s *site) []*page {
	return []*page{{
		path: "search/index.html", template: "search", title: "搜索", description: "在" + s.campaign.Site.Name + "里搜索。", unlisted: true,
		data: func(r *rendering) (any, error) {
			return searchData{r.to("assets/search-index.js"), r.root, r.to("sitemap/index.html")}, nil
		},
	}}
}

// found is a line of the search index: a page or a part of one. The short keys
// keep the file small.
type found struct {
	Path  string `json:"u"`
	Title string `json:"t"`
	Kind  string `json:"k"`
	Date  string `json:"d,omitempty"`
	Text  string `json:"x"`
}

// searchIndex promises the index as a plain script that sets one global, so
// that searching works from a folder, where nothing can be fetched.
func searchIndex(s *site) []release.File {
	return []release.File{s.view.File("assets/search-index.js", func(w io.Writer) error {
		b := bufio.NewWriter(w)
		b.WriteString("window.wangjianIndex=[\n")
		first := true
		err := s.eachFound(func(f found) error {
			line, err := json.Marshal(f) // escapes <, > and &
			if err != nil {
				return err
			}
			if !first {
				b.WriteString(",\n")
			}
			first = false
			_, err = b.Write(line)
			return err
		})
		if err != nil {
			return err
		}
		b.WriteString("\n];\n")
		return b.Flush()
	})}
}

// eachFound visits everything that can be found, one body at a time.
func (s *site) eachFound(visit func(found) error) error {
	for _, p := range s.pages {
		if p.unlisted || p.article != nil && p.template != "department" && p.template != "region" {
			continue
		}
		if err := visit(found{escapePath(p.path), p.title, kindOfPage(p), "", p.description + s.figuresOf(p)}); err != nil {
			return err
		}
	}
	for _, i := range s.campaign.Items {
		text, err := s.plainText(i)
		if err != nil {
			return err
		}
		a := s.addresses[i]
		where := escapePath(a.path)
		if a.anchor != "" {
			where += "#" + a.anchor
		}
		if err := visit(found{where, s.fullTitle(i), i.Kind.Chinese(), i.PublishedAt.Date.String(), text}); err != nil {
			return err
		}
	}
	return nil
}

func kindOfPage(p *page) string {
	if len(p.trail) > 0 {
		return p.trail[0].title
	}
	return "栏目"
}

// figuresOf gives the rows of a department's form, so that they are found.
func (s *site) figuresOf(p *page) string {
	latest := s.book.Latest()
	if p.template != "department" || latest == nil {
		return ""
	}
	var b strings.Builder
	for _, d := range s.campaign.Departments {
		if departmentPath(d) != p.path {
			continue
		}
		for _, row := range s.rowsOf[d] {
			if f := s.book.Figure(latest, row, nil); f != nil {
				b.WriteString(" " + row.Name + "：" + f.Text() + "。")
			}
		}
	}
	return b.String()
}

// fullTitle names a narrative by its author and round.
func (s *site) fullTitle(i *campaign.Item) string {
	if i.Kind != campaign.Narratives {
		return i.Title
	}
	who := i.Department.Short
	if i.Region != nil {
		who = i.Region.Short + who
	}
	return who + "工作总结（" + i.Round.Name + "）"
}

// plainText is what an item says, its record first.
func (s *site) plainText(i *campaign.Item) (string, error) {
	tree, err := s.tree(i)
	if err != nil {
		return "", err
	}
	cite := func(ref *campaign.Reference) string {
		text, _, _ := s.book.Cite(*ref, i)
		return text
	}
	parts := []string{i.Summary, strings.Join(i.Keywords, " ")}
	if c := i.Case; c != nil {
		parts = append(parts, c.DecisionNumber, c.Party, c.Violation, c.Penalty, c.Authority)
	}
	if d := i.Document; d != nil {
		parts = append(parts, d.IndexNumber, d.Number, d.Issuer, d.Topic)
	}
	if g := i.Gallery; g != nil {
		for _, p := range g.Pictures {
			parts = append(parts, p.Caption)
		}
		for _, v := range g.Videos {
			parts = append(parts, v.Caption)
		}
	}
	for _, n := range flat(append(tree.Blocks, tree.Footnotes...)) {
		parts = append(parts, markdown.PlainText([]*markdown.Node{n}, cite))
	}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " "), nil
}

// flat gives the blocks whose words belong together: paragraphs, headings,
// cells.
func flat(blocks []*markdown.Node) []*markdown.Node {
	var list []*markdown.Node
	for _, n := range blocks {
		switch n.Kind {
		case markdown.List, markdown.ListItem, markdown.Quote, markdown.Table, markdown.TableRow, markdown.Footnote:
			list = append(list, flat(n.Children)...)
		default:
			list = append(list, n)
		}
	}
	return list
}
