// Package word writes blocks as a Word document (ECMA-376, transitional) that
// people go on editing: headings, captions, lists, tables and footnotes are
// Word's own, on the page of GB/T 9704-2012.
//
// It is the sister of typeset and draw: the same blocks, but Word breaks the
// lines and pages. [Write] is all of it: document.go walks the blocks,
// paragraph.go, heading.go, contents.go, table.go and picture.go write them, parts.go puts them into the
// files of parts/, which hold the styles and the page. A block that Word has nothing for is
// an error, never left out.
package word

import (
	"archive/zip"
	"fmt"
	"io"
	"time"

	"wangjian/internal/pdf/typeset"
)

// Document is what the file says about itself.
type Document struct {
	Title, Author, Subject string
	Published, Changed     time.Time       // of the contents, in the file's properties; zero where unknown
	Mark                   string          // in the head of every page, or ""
	Units                  []string        // that stay with the numbers before them
	Front                  []typeset.Block // the pages before page 1: title and contents
}

// Write writes the blocks. The same blocks yield the same bytes.
func Write(w io.Writer, d Document, blocks []typeset.Block) error {
	b := newBuilder(blocks)
	for _, block := range d.Front {
		if err := b.block(block); err != nil {
			return err
		}
	}
	if len(d.Front) > 0 {
		b.section()
	}
	for _, block := range blocks {
		if err := b.block(block); err != nil {
			return err
		}
	}
	parts, err := b.parts(d)
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	for _, p := range parts {
		to, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: d.Changed})
		if err != nil {
			return fmt.Errorf("写 %s：%w", p.name, err)
		}
		if _, err := to.Write(p.data); err != nil {
			return fmt.Errorf("写 %s：%w", p.name, err)
		}
	}
	return z.Close()
}
