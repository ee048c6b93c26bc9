package site

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/release"
)

// The long picture of the campaign, 一图读懂, of the latest round. It lies beside
// the page of the figures, which has the same in words.
const posterPath = "statistics/picture"

// posterFigure is what the page says beside the picture.
type posterFigure struct {
	SVG, PNG      string
	Width, Height int
	Figures       []fact
	Findings      []string // what its charts show
}

// poster is what the picture shows; ok is false before any figures are published.
func (s *site) poster() (p chart.Poster, ok bool) {
	latest := s.stats.Latest()
	if latest == nil {
		return p, false
	}
	c := s.campaign
	p = chart.Poster{Title: c.Name, Lede: s.lede(), Basis: latest.Name + s.say("数据"), Charts: chart.ForPicture(s.stats, c)}
	if latest.Basis == campaign.Cumulative {
		p.Basis += s.say("，行动开始以来累计")
	}
	for _, f := range s.stats.KeyFigures(latest) {
		value := f.Quantity.String()
		if f.Quantity.IsNumber() {
			value += f.Row.Unit
		}
		p.Figures = append(p.Figures, chart.PosterFigure{Name: f.Row.Name, Value: value})
	}
	if m := chart.MapOf(s.stats, c); m != nil {
		p.Charts = append([]*chart.Chart{m}, p.Charts...)
	}
	if c.Site.Hotline != "" {
		p.Hotline = chart.PosterFigure{Name: cmp.Or(c.Site.HotlineName, s.say("投诉举报热线")), Value: c.Site.Hotline}
	}
	p.Notes = []string{s.credit()}
	if s.base != "" {
		p.Notes = append(p.Notes, s.absolute("index.html"))
	}
	if note := s.cardNote(); note != "" {
		p.Notes = append(p.Notes, note)
	}
	return p, true
}

// posters promises the picture, as a drawing and as dots.
func posters(s *site) []release.File {
	p, ok := s.poster()
	if !ok {
		return nil
	}
	return []release.File{
		s.view.File(posterPath+".svg", func(w io.Writer) error {
			svg, err := p.SVG(s.say("一图读懂"))
			if err == nil {
				_, err = io.WriteString(w, svg)
			}
			return err
		}),
		s.view.File(posterPath+".png", func(w io.Writer) error {
			raw, err := s.drawer.Drawing(p.Draw())
			if err != nil {
				return fmt.Errorf("%s：%w", posterPath, err)
			}
			_, err = w.Write(raw)
			return err
		}),
	}
}

// posterFigure is the picture as the page of the figures has it.
func (r *rendering) posterFigure() *posterFigure {
	p, ok := r.poster()
	if !ok {
		return nil
	}
	d := p.Draw()
	f := &posterFigure{SVG: r.to(posterPath + ".svg"), PNG: r.to(posterPath + ".png"), Width: d.Width, Height: d.Height}
	for _, n := range p.Figures {
		f.Figures = append(f.Figures, fact{n.Name, n.Value})
	}
	for _, c := range p.Charts {
		f.Findings = append(f.Findings, strings.TrimSuffix(c.Title, "。")+"。"+c.Summary)
	}
	return f
}

// toPoster links to the picture; nil where there is none.
func (r *rendering) toPoster() *link {
	if r.stats.Latest() == nil {
		return nil
	}
	return &link{Text: r.say("一图读懂"), Href: r.to("statistics/index.html") + "#_picture"}
}
