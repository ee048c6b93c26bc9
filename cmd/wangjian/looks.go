package main

import (
	"bytes"
	"io/fs"

	"wangjian/internal/campaign"
	"wangjian/internal/review"
	pages "wangjian/internal/site"
	"wangjian/layouts"
)

// hasOwnTemplates tells whether a template is not the built-in one.
func hasOwnTemplates(looks fs.FS) bool {
	entries, _ := fs.ReadDir(looks, "templates")
	for _, e := range entries {
		own, _ := fs.ReadFile(looks, "templates/"+e.Name())
		builtin, err := fs.ReadFile(layouts.Over(nil), "templates/"+e.Name())
		if err != nil || !bytes.Equal(own, builtin) {
			return true
		}
	}
	return false
}

// tryTemplates makes every page of a campaign that has templates of its own,
// and adds what is wrong with them to the findings.
func (a *app) tryTemplates(result *review.Result, looks fs.FS) {
	if campaign.HasErrors(result.Findings) || !hasOwnTemplates(looks) {
		return
	}
	found := pages.Try(result.Whole, result.Book, looks)
	if fsys, _, err := a.folder(); err == nil {
		quoteLines(fsys, found)
	}
	result.Findings = campaign.SortFindings(append(result.Findings, found...))
}
