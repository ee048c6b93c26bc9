package site

import (
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf"
	"wangjian/internal/release"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

// TestPapersOfOneDigest: two papers of one digest would share a page; that is an error.
func TestPapersOfOneDigest(t *testing.T) {
	c, contents := read(t, smallDir)
	v := release.Public(c, c.ReferenceDate, contents)
	b := stats.Of(v)
	is := pdf.Papers(v, b)[0].Published(v, b)
	record := func(path string) {
		was := is
		was.Path = path
		v.Campaign().History = &campaign.History{Papers: []campaign.PaperChange{{PublishedPaper: was, Edition: 1}}}
	}
	record(is.Path)
	if _, err := Files(v, b, layouts.Over(nil), drawer(t)); err != nil {
		t.Errorf("a paper that was published before: %v", err)
	}
	record("other.pdf")
	if _, err := Files(v, b, layouts.Over(nil), drawer(t)); err == nil || !strings.Contains(err.Error(), campaign.PaperPage(is.Digest)) {
		t.Errorf("two papers of one digest: %v", err)
	}
}
