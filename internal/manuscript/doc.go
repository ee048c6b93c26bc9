// Package manuscript turns the Word file that a department hands in into the
// Markdown of its narrative. [Import] is all of it, in five steps:
//
//   - the file is opened and, where it is no plain .docx, refused with the way
//     to save it again (archive.go);
//   - its XML is read into paragraphs, tables and pictures (xml.go, styles.go,
//     numbering.go, read.go, runs.go, drawing.go, tables.go);
//   - the four sections, lower headings, lists and captions are recognised, and
//     what surrounds a text, such as its title and its signature, is set apart
//     (shape and what it calls: unfold.go, sections.go with vocabulary.go,
//     frame.go, headings.go, pictures.go, lists.go);
//   - literal figures that equal the department's form become references, those
//     that differ are listed (figures.go);
//   - the Markdown is written, and read back to make sure that it says what the
//     Word file said (escape.go, write.go, proof.go).
//
// [Paste] does the same for what a person pastes: HTML of the clipboard (paste.go).
//
// Every change and omission is reported: whatever was changed or left out is a
// finding of level note, whatever a person must decide is a warning. A file
// with tracked changes is refused; hidden text and comments stay behind.
//
// Files come from outside. Every part is read through a limit, no name in the
// file reaches the disk, and XML with a DOCTYPE is refused.
package manuscript
