package pdf

import (
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// Path is where the report is published.
const Path = "report.pdf"

// reportPapers gives the report of the whole campaign: what the notice asks
// for, in its order, between the key figures and how they were counted.
func reportPapers(v *release.View, b *stats.Table) []*Paper { return []*Paper{Report(v, b)} }

// Report is the report of a view.
func Report(v *release.View, _ *stats.Table) *Paper {
	c := v.Campaign()
	return &Paper{
		Path: Path, Title: reportTitle(c), Head: shortTitle(c),
		author: issuer(c), subject: c.Short, pictures: galleryPictures(c),
		edition: v.ReportEdition(),
		front:   titleAndContents,
		body: func(w *writer) {
			w.overview()
			w.whole()
			w.departments()
			w.cases()
			w.annex()
			w.gallery()
			w.warnings()
			w.method()
			w.ledger()
		},
	}
}
