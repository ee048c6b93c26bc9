// Package journal remembers what a build read and what it wrote, so that the
// next one does only what has changed.
//
// A [Basis] is everything that a build depends on: the files of the campaign,
// the program itself, the time. A [Record] is a basis together with what was
// made from it. While both are as the record says, building again would give
// the same bytes, and is not needed.
//
// A file is told from a changed one by its [Mark], without reading it: size,
// times, inode. Two writings within one tick of the disk's clock leave the same
// mark; so a file whose mark is as young as the record itself is remembered
// with the hash of its content, and compared by it (git does the same with its
// index). Whatever is doubtful counts as changed: a record can be lost, never
// wrong.
//
// Where something has changed, [Record.Since] tells which files of the site are
// still what they would be made to again: see package publish, reuse.go.
//
//	mark.go      how a file is told from a changed one
//	tree.go      what stands in a folder, and whether it still does
//	since.go     which inputs and outputs are still what they were
//	record.go    a build's basis and what it gave, kept under .wangjian/builds
package journal
