package chart

import (
	"os"
	"testing"

	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
)

func BenchmarkSample(b *testing.B) {
	fsys := os.DirFS("../../")
	c, _ := source.Load(fsys)
	v := release.Public(c, c.ReferenceDate, source.Contents(fsys))
	book := stats.Of(v)
	b.Run("List", func(b *testing.B) {
		for b.Loop() {
			List(book, v.Campaign())
		}
	})
	for _, code := range []string{"zongti", "shijian-bijiao", "shijian-diqu", "shijian-reli", "zeren", "jindu"} {
		b.Run(code, func(b *testing.B) {
			for b.Loop() {
				if _, err := Find(book, v.Campaign(), code); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(code+"/SVG", func(b *testing.B) {
			c, err := Find(book, v.Campaign(), code)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := c.SVG(720, "k", nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
