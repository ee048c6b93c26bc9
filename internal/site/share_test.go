package site

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/card"
	"wangjian/internal/release"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

// TestCards: a warning's card has advice and the hotline, an announcement's the
// figures that its text has, a case's what was punished and how.
func TestCards(t *testing.T) {
	c, contents := read(t, sampleDir)
	v := release.Public(c, c.ReferenceDate, contents)
	s, err := newSite(v, stats.Of(v), layouts.Over(nil), nil)
	if err != nil {
		t.Fatal(err)
	}
	of := func(file string) card.Card {
		made, err := s.cardOf(v, v.Campaign().ItemAt(file))
		if err != nil || made.Address == "" {
			t.Errorf("%s: %v, leads to %q", file, err, made.Address)
		}
		return made
	}
	warning := of("content/warnings/shuangshiyi.md")
	if len(warning.Points) < 3 || warning.Points[0] != (card.Fact{Name: "定金和订金，一字之差", Value: "付款前看清是哪一种，截图留下。"}) || warning.Hotline.Value != "12315" {
		t.Errorf("%+v", warning)
	}
	lead := s.stats.KeyFigures(s.stats.Latest())
	at := slices.IndexFunc(lead, func(f *stats.Figure) bool { return f.Row.Name == "查处网络违法案件" })
	announced := of("content/open/zongjie-baogao.md")
	if len(announced.Figures) != cardFigures || announced.Figures[0] != (card.Fact{Name: "查处网络违法案件", Value: lead[at].Quantity.String() + "件"}) {
		t.Errorf("%+v", announced.Figures)
	}
	punished := of("content/cases/dingjin-butui.md")
	if !slices.Contains(punished.Record, card.Fact{Name: "行政处罚内容", Value: "责令改正，警告，罚款8000元"}) {
		t.Errorf("%+v", punished.Record)
	}
	plain := of("content/open/tongzhi.md")
	if len(plain.Figures) > 0 || !slices.Contains(plain.Record, card.Fact{Name: "文号", Value: "赣州市市监联字〔2022〕19号"}) {
		t.Errorf("%+v", plain)
	}
	for _, i := range v.Campaign().ItemsOf(campaign.Commitments) {
		if s.hasCard(i) {
			t.Errorf("%s has a card", i.File)
		}
	}
}

// filePath is where the campaign's own files lie.
var filePath = regexp.MustCompile(`\b(?:data|content)/[\w/.-]+\.(?:yaml|md)\b`)

// TestPagesShowNoFilePaths: where a figure comes from is told in words.
func TestPagesShowNoFilePaths(t *testing.T) {
	for name, page := range renderPublic(t, sampleDir) {
		if strings.HasSuffix(name, ".html") {
			if found := filePath.FindString(page); found != "" {
				t.Errorf("%s shows %s", name, found)
			}
		}
	}
}
