// Package pdf makes the papers of a campaign, typeset as official documents
// (GB/T 9704-2012) from what a release.View shows.
//
//	release.View, stats.Table
//	  │   what a paper holds (paper.go, and a file a kind)
//	blocks
//	  │   typeset: lines, tables, footnotes, pages; pure
//	page operations
//	  │   draw: played into gopdf
//	PDF as gopdf writes it
//	  │   finish: structure, bookmarks, Unicode, metadata; PDF/A-1b
//	the paper
//
// A kind of paper is one file that gives its [Paper]s and is named in kinds:
// report.go, summary.go, document.go, notice.go. The report's parts have a file each (overview.go, departments.go,
// cases.go, annex.go, gallery.go). All of them write through a [writer], which
// numbers the headings, pictures and charts and knows the look of things;
// body.go turns Markdown into blocks for any of them. A chart comes as the
// marks of the drawing that the pages show (sketch.go). The same view gives the
// same bytes.
package pdf
