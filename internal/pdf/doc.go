// Package pdf makes the papers of a campaign, typeset as official documents
// (GB/T 9704-2012) from what a release.View shows.
//
//	release.View, stats.Table
//	  │   what a paper holds (paper.go)
//	blocks
//	  │   typeset: lines, tables, footnotes, pages; pure
//	page operations
//	  │   a writer for each format (format.go). PDF:
//	  │   draw: played into gopdf
//	  │   finish: structure, bookmarks, Unicode, metadata; PDF/A-1b
//	  │   OFD: ofd
//	the paper
//
// A kind of paper is a function that returns a [Paper]; [Papers] calls those that
// are published: of the whole campaign ([Kinds]: report.go, brief.go), of a department
// (departments.go), of an item that is a document of its own (document.go), one
// that is printed as it was issued (official.go). The report's parts have a
// file each (overview.go, whole.go, departments.go, cases.go, annex.go,
// pictures.go, method.go). All of them write through a [writer], which numbers
// the headings, pictures and charts and sets their styles; body.go turns Markdown
// into blocks for any of them, and links.go says where links lead; status.go puts on a sheet where the paper can be
// looked up, and works out by what. A chart comes as the marks of the drawing that the
// pages show (charts.go). The same view yields the same bytes.
package pdf
