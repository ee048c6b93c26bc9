// Package typeset sets Chinese official documents in pages. It is pure: text,
// character widths and page geometry go in, page operations come out, and no
// PDF is needed to look at them.
//
// The way of a text:
//
//	Run      text in one style (inline.go)
//	  │      measured, fonts chosen character by character (setter.go), marks
//	  │      side by side set closer (squeeze.go)
//	glyphs
//	  │      where a line may break ([linebreak]), where it does (lines.go for
//	  │      ragged lines, flush.go for flush ones, phrase.go for titles)
//	line
//	  │      a Block asks a flow for room (paragraph.go, table.go,
//	  │      picture.go; sketch.go for drawings)
//	flow     pages, footnotes, what must stay together (flow.go, notes.go)
//	  │
//	Page     operations in reading order (ops.go), each told which element
//	         of the document's structure it belongs to (structure.go)
//
// A block makes its own element: a paragraph, a heading, a table with its
// cells, a figure. Lists, quotations and sections, which hold several blocks,
// begin with [Open] and end with [Close].
// [Compose] is the whole machine. Nothing here knows what a campaign is.
package typeset
