package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/project"
	"wangjian/tools/corpus"
)

// Both typesetters must get the same text, and ours a campaign without faults.
func TestChaptersAreTheSame(t *testing.T) {
	dir := t.TempDir()
	if err := corpus.Make(corpus.Size{Regions: 1, Cases: chapters, Warnings: 1}).WriteCampaign(withChapters(below(dir))); err != nil {
		t.Fatal(err)
	}
	day, err := campaign.ParseDate(corpus.Today)
	if err != nil {
		t.Fatal(err)
	}
	result := project.Read(os.DirFS(dir), func(*campaign.Campaign) campaign.Moment { return day.Last() })
	if campaign.HasErrors(result.Findings) {
		t.Fatal(result.Findings)
	}
	if n := len(result.Public.Campaign().Items); n != chapters {
		t.Fatalf("%d chapters, want %d", n, chapters)
	}
	files, err := filepath.Glob(filepath.Join(dir, "content/cases/*.md"))
	if err != nil {
		t.Fatal(err)
	}
	theirs := typstText()
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(string(text), "## 案情\n\n")
		if !strings.Contains(theirs, "== 案情\n\n"+body) {
			t.Errorf("%s is not in Typst's text", filepath.Base(file))
		}
	}
}

func TestFigure(t *testing.T) {
	cases := []struct {
		name, ours, theirs string
		same               bool
	}{
		{"a zero that a number loses", "中期,局,县,案件,,件,3.50,备注,县局,2022-11-01,data/a.yaml:4", "中期,局,县,案件,,件,3.5,备注,县局,2022-11-01", true},
		{"a whole number keeps its zeros", "中期,局,县,案件,,件,100,,县局,2022-11-01,data/a.yaml:4", "中期,局,县,案件,,件,1,,县局,2022-11-01", false},
		{"another figure", "中期,局,县,案件,,件,3.51,,县局,2022-11-01,data/a.yaml:4", "中期,局,县,案件,,件,3.5,,县局,2022-11-01", false},
		{"another day", "中期,局,县,案件,,件,3.5,,县局,2022-11-02,data/a.yaml:4", "中期,局,县,案件,,件,3.5,,县局,2022-11-01", false},
		{"another remark", "中期,局,县,案件,,件,3.5,甲,县局,2022-11-01,data/a.yaml:4", "中期,局,县,案件,,件,3.5,,县局,2022-11-01", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if (figure(c.ours) == figure(c.theirs)) != c.same {
				t.Errorf("%s and %s", figure(c.ours), figure(c.theirs))
			}
		})
	}
}

// The template of the fair peer exists beside the plain one, with all that
// a Hugo site needs.
func TestHugoSites(t *testing.T) {
	for _, peer := range peers {
		dir := t.TempDir()
		if err := writeHugoSite(corpus.Make(corpus.Size{Regions: 1, Cases: 1, Warnings: 1}), peer, dir); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"hugo.toml", "layouts/baseof.html", "layouts/regions/section.html", "content/search.md", "content/regions/r0001/_index.md", "data/r0001/shijian.yaml"} {
			if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
				t.Errorf("%s: %v", peer, err)
			}
		}
	}
}
