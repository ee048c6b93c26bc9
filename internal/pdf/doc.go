// Package pdf makes report.pdf: one campaign's report, typeset as an official
// document (GB/T 9704-2012) from what a release.View shows.
//
//	release.View, stats.Book
//	  │   what the report holds, part by part (report.go and the files it names)
//	blocks
//	  │   typeset: lines, tables, footnotes, pages; pure
//	page operations
//	  │   draw: played into gopdf
//	PDF as gopdf writes it
//	  │   finish: bookmarks, Unicode, language, metadata
//	report.pdf
//
// A part of the report is one file here (overview.go, departments.go, cases.go,
// annex.go, gallery.go). All of them write through a [writer], which numbers
// the headings, pictures and charts and knows the look of things; body.go turns
// Markdown into blocks for any of them. A chart comes as the drawing that the
// pages show and is read by package svg (charts.go). The same view gives the
// same bytes.
package pdf
