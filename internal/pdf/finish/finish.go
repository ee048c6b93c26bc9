// Package finish mends the bytes that gopdf writes and adds what it cannot
// write: nested bookmarks, a right map back to Unicode, the structure tree,
// language, metadata, page labels, an output intent, an identifier. The result
// is PDF/A-1b (ISO 19005-1, GB/T 23286.1), which archives take, and where the pages
// have a structure, PDF/UA-1 (ISO 14289-1), which is read aloud as it is meant.
//
// What gopdf says twice is said once, and nothing that PDF does not need is written
// (content.go, syntax.go): structure and contents are most of what a file holds beside
// its fonts and pictures, and PDF/A-1 lets neither objects nor references be compressed.
//
// The pass is read ([read]) → change objects ([Finish]) → write ([objects.write]).
// What else a reader or an archive asks of the file is one more step in
// [Finish]. Content streams come and stay uncompressed until the last step, so
// that a step can still change them.
package finish

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"wangjian/internal/pdf/draw"
	"wangjian/internal/pdf/typeset"
)

// Document is what a file says about itself.
type Document struct {
	Title, Author, Subject string
	Keyword                string
	Language               string    // zh-CN
	Creator                string    // the program that set the text
	Published, Changed     time.Time // of the contents, zero where unknown; never the clock's
	Outline                []typeset.Bookmark
	Labels                 []Label
}

// Label numbers the pages from From on, as readers show them.
type Label struct {
	From   int    // page, from 0
	Style  string // D: 1, 2, 3; r: i, ii, iii; "" for none
	Prefix string
}

// These objects have these numbers in every file of gopdf.
const (
	catalog     = 1
	pageTree    = 2
	outlineRoot = 3
)

// Finish mends a file of gopdf.
func Finish(file *draw.File, d Document) ([]byte, error) {
	finished, err := finish(file, d)
	if err != nil {
		return nil, fmt.Errorf("整理 PDF：%w", err)
	}
	return finished, nil
}

func finish(file *draw.File, d Document) ([]byte, error) {
	o, err := read(file.Bytes)
	if err != nil {
		return nil, err
	}
	pages, err := o.pages()
	if err != nil {
		return nil, err
	}
	if err := o.fontFiles(file.Fonts); err != nil {
		return nil, err
	}
	if err := o.mendFonts(); err != nil {
		return nil, err
	}
	o.mendLinks()
	if err := o.share(pages); err != nil {
		return nil, err
	}
	structure, err := o.structure(file, pages)
	if err != nil {
		return nil, err
	}
	entries := []string{
		"/Type /Catalog", fmt.Sprintf("/Pages %d 0 R", pageTree),
		fmt.Sprintf("/Lang (%s)", d.Language),
		"/ViewerPreferences << /DisplayDocTitle true >>",
	}
	if len(d.Outline) > 0 {
		o.outline(bookmarksOf(file, d.Outline), pages)
		entries = append(entries, "/PageMode /UseOutlines", fmt.Sprintf("/Outlines %d 0 R", outlineRoot))
	}
	if len(d.Labels) > 0 {
		entries = append(entries, pageLabels(d.Labels))
	}
	if structure != 0 {
		entries = append(entries, "/MarkInfo << /Marked true >>", fmt.Sprintf("/StructTreeRoot %d 0 R", structure))
	}
	entries = append(entries, fmt.Sprintf("/OutputIntents [%d 0 R]", o.outputIntent()))
	metadata := o.add(string(stream("/Type /Metadata /Subtype /XML ", xmp(d, structure != 0))))
	entries = append(entries, fmt.Sprintf("/Metadata %d 0 R", metadata))
	o[catalog] = []byte("<< " + strings.Join(entries, " ") + " >>\n")
	info := o.add(infoDictionary(d))
	o.deflate()
	return o.write(catalog, info), nil
}

var reference = regexp.MustCompile(`(\d+) 0 R`)

// pages returns the numbers of the page objects, in order.
func (o objects) pages() ([]int, error) {
	if len(o) <= outlineRoot {
		return nil, errForeign
	}
	_, kids, ok := bytes.Cut(o[pageTree], []byte("/Kids"))
	if !ok {
		return nil, errForeign
	}
	list := o.references(kids, reference)
	if len(list) == 0 {
		return nil, errForeign
	}
	return list, nil
}

// references lists the objects that a pattern finds by their numbers, nil where
// one of them is not there.
func (o objects) references(text []byte, pattern *regexp.Regexp) []int {
	var list []int
	for _, m := range pattern.FindAllSubmatch(text, -1) {
		n, err := strconv.Atoi(string(m[1]))
		if err != nil || n >= len(o) {
			return nil
		}
		list = append(list, n)
	}
	return list
}

// mendLinks lets links be printed, as archives ask.
func (o objects) mendLinks() {
	for i, object := range o {
		if bytes.HasPrefix(object, []byte("<</Type /Annot")) {
			o[i] = bytes.Replace(object, []byte("/Subtype /Link"), []byte("/Subtype /Link /F 4"), 1)
		}
	}
}

var resourcesOf = regexp.MustCompile(`/Resources (\d+) 0 R`)

// share says once for all pages what they have: gopdf's resources, and what running
// heads and feet are.
func (o objects) share(pages []int) error {
	all := resourcesOf.Find(o[pages[0]])
	list := o.references(all, resourcesOf)
	if len(list) != 1 {
		return errForeign
	}
	for _, page := range pages {
		if !bytes.Contains(o[page], all) {
			return errForeign
		}
		o[page] = bytes.Replace(o[page], all, nil, 1)
	}
	o.insert(pageTree, string(all))
	o.insert(list[0], "/Properties << /Head << /Type /Pagination /Subtype /Header >> /Foot << /Type /Pagination /Subtype /Footer >> >>")
	return nil
}

func pageLabels(labels []Label) string {
	var b strings.Builder
	b.WriteString("/PageLabels << /Nums [")
	for _, l := range labels {
		fmt.Fprintf(&b, " %d <<", l.From)
		if l.Style != "" {
			fmt.Fprintf(&b, " /S /%s", l.Style)
		}
		if l.Prefix != "" {
			fmt.Fprintf(&b, " /P %s", textString(l.Prefix))
		}
		b.WriteString(" >>")
	}
	b.WriteString(" ] >>")
	return b.String()
}
