package main

import (
	"strings"
	"testing"

	"wangjian/tools/corpus"
)

func filesOf(t *testing.T, write func(corpus.Write) error) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := write(func(path, text string) error {
		files[path] = text
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Both layouts say the same, or the comparison means nothing.
func TestLayoutsHoldTheSameWords(t *testing.T) {
	c := corpus.Make(corpus.Size{Regions: 2, Cases: 3, Warnings: 3})
	ours := filesOf(t, c.WriteCampaign)
	hugo := filesOf(t, func(write corpus.Write) error { return writeHugo(c, write) })
	for d, department := range corpus.Departments {
		for n, r := range c.Regions {
			a := ours["content/narratives/final/"+department.Code+"/"+r.Code+".md"]
			b := hugo["content/regions/"+r.Code+"/"+department.Code+".md"]
			if words(a) != words(b) {
				t.Errorf("%s %s 的文字不同", r.Code, department.Code)
			}
			f := c.Regions[n].Reports[d].Figures[0].Values[1]
			if !strings.Contains(hugo["data/"+r.Code+"/"+department.Code+".yaml"], f) ||
				!strings.Contains(ours["data/final/"+department.Code+"/"+r.Code+".yaml"], f) {
				t.Errorf("%s %s 的数字不同", r.Code, department.Code)
			}
		}
	}
}

// words is a text without its front matter and without its links' addresses.
func words(text string) string {
	_, body, _ := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---\n")
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(body, "](")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		_, body, _ = strings.Cut(rest, ")")
	}
}
