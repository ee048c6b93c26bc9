package site

import (
	"io"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

// BenchmarkSample measures a cold build of the sample's pages.
func BenchmarkSample(b *testing.B) {
	c, contents := read(b, sampleDir)
	v := release.Public(c, c.ReferenceDate, contents)
	for b.Loop() {
		list, err := Files(v, stats.Of(v), layouts.Over(nil), drawer(b))
		if err != nil {
			b.Fatal(err)
		}
		for _, f := range list {
			if err := f.Write(io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkPlan measures the step before anything is rendered, over ten
// thousand items.
func BenchmarkPlan(b *testing.B) {
	c := many(10000)
	v := release.Whole(c, campaign.Date{Year: 2060, Month: 1, Day: 1}, noContents{"正文。"})
	book := stats.Of(v)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Files(v, book, layouts.Over(nil), drawer(b)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkArticle measures one article page, templates warm.
func BenchmarkArticle(b *testing.B) {
	c := many(10000)
	v := release.Whole(c, campaign.Date{Year: 2060, Month: 1, Day: 1}, noContents{"## 甲\n\n正文**要点**。\n\n- 一\n- 二\n"})
	list, err := Files(v, stats.Of(v), layouts.Over(nil), drawer(b))
	if err != nil {
		b.Fatal(err)
	}
	var page release.File
	for _, f := range list {
		if f.Path == "warnings/w5000/index.html" {
			page = f
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := page.Write(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
