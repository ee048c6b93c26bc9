package main

import (
	"io/fs"
	"os"
	"path/filepath"

	"wangjian/internal/campaign"
	"wangjian/internal/review"
	pages "wangjian/internal/site"
	"wangjian/internal/stats"
)

// tryTemplates makes every page of a campaign that has templates of its own,
// and adds what is wrong with them to the findings.
func (a *app) tryTemplates(result *review.Result, looks fs.FS) {
	if info, err := os.Stat(filepath.Join(a.dir, "layouts", "templates")); err != nil || !info.IsDir() || campaign.HasErrors(result.Findings) {
		return
	}
	found := pages.Try(result.Whole, stats.Of(result.Whole), looks)
	if fsys, _, err := a.folder(); err == nil {
		quoteLines(fsys, found)
	}
	result.Findings = campaign.SortFindings(append(result.Findings, found...))
}
