package intake

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"wangjian/internal/picture"
)

// readPDF reads the words of every page of every revision that the file keeps, and
// all strings of its other objects. The file is not trusted: a page counts as read
// only where its words are known (pdfPage.verdict).
func readPDF(t *File, data []byte) error {
	data = data[max(0, bytes.Index(data, []byte("%PDF-"))):]
	f := &pdfFile{
		data: data, left: maxUnpacked, work: 16*len(data) + 32<<20, paid: map[*pdfStream]bool{},
		at: map[int]*pdfObject{}, within: map[int]map[int]*pdfObject{}, pictured: map[*pdfStream]bool{},
	}
	if err := f.scan(); err != nil {
		return err
	}
	if slices.ContainsFunc(f.trailers, func(d pdfDict) bool { return d["Encrypt"] != nil }) {
		return unreadable("PDF 加了密码或限制")
	}
	revisions, err := f.revisions()
	if err != nil {
		return err
	}
	pages, err := f.readPages(t, revisions)
	if err != nil {
		return err
	}
	f.pdfRevision = revisions[0]
	s := &pdfStrings{pdfFile: f, to: t, infos: map[int]bool{}, told: map[string]bool{}}
	if err := s.read(); err != nil {
		return err
	}
	if pages == 0 {
		return unreadable("PDF 已经损坏，读不出页面")
	}
	if f.damaged {
		t.misses("PDF 里有读不出的对象")
	}
	return nil
}

// pdfPageRead is a page as it was read: the objects that it took.
type pdfPageRead map[int]*pdfObject

// readPages reads the pages of all revisions, one that an older one shows alike
// once, and returns how many there are.
func (f *pdfFile) readPages(t *File, revisions []pdfRevision) (int, error) {
	var blank []string
	read := map[*pdfObject][]pdfPageRead{}
	count := 0
	for age, revision := range revisions {
		f.pdfRevision, f.fonts = revision, map[pdfRef]*pdfFont{}
		for n, page := range f.pages() {
			count++
			where := fmt.Sprintf("第 %d 页", n+1)
			if age > 0 {
				where += "（修改以前的）"
			}
			ref, _ := page.(pdfRef)
			object := f.table[int(ref)]
			if object != nil && slices.ContainsFunc(read[object], func(took pdfPageRead) bool {
				for number, o := range took {
					if f.table[number] != o {
						return false
					}
				}
				return true
			}) {
				continue
			}
			f.used = map[int]*pdfObject{}
			clear(f.fonts)
			p, before := &pdfPage{file: f, to: t, where: where}, len(t.Pictures)
			if err := p.read(f.dict(page)); err != nil {
				return 0, err
			}
			read[object] = append(read[object], maps.Clone(f.used))
			f.used = nil
			if why := p.unread(); why != "" {
				blank = append(blank, where+why)
				// Somebody looks at the page itself; but not at what a photo keeps.
				t.Pictures = append(t.Pictures[:before], slices.DeleteFunc(t.Pictures[before:], func(e Embedded) bool { return !picture.HasPlace(e.Data) })...)
			}
			if p.tell(); t.err != nil {
				return 0, t.err
			}
		}
	}
	if more := len(blank) - 5; more > 0 {
		blank = append(blank[:5], fmt.Sprintf("另有 %d 页也读不出", more))
	}
	if len(blank) > 0 {
		t.misses("PDF %s", strings.Join(blank, "，"))
	}
	return count, nil
}

// pages lists the page objects in reading order.
func (f *pdfFile) pages() []any {
	var list []any
	seen := map[pdfRef]bool{}
	var walk func(v any, depth int)
	walk = func(v any, depth int) {
		ref, indirect := v.(pdfRef)
		d := f.dict(v)
		if d == nil || depth > maxDepth || indirect && seen[ref] {
			return
		}
		seen[ref] = true
		if d["Type"] == pdfName("Page") || d["Kids"] == nil {
			list = append(list, v)
			return
		}
		for _, k := range f.list(d["Kids"]) {
			walk(k, depth+1)
		}
	}
	walk(f.dict(f.root)["Pages"], 0)
	if len(list) > 0 {
		return list
	}
	for _, o := range f.objects { // a file without its tree
		if d, ok := o.value.(pdfDict); ok && d["Type"] == pdfName("Page") && f.table[o.number] == o {
			list = append(list, pdfRef(o.number))
		}
	}
	return list
}

// inherited returns a page's entry, or its parent's.
func (f *pdfFile) inherited(page pdfDict, key pdfName) any {
	for range 20 {
		if v := f.get(page[key]); v != nil {
			return v
		}
		if page = f.dict(page["Parent"]); page == nil {
			return nil
		}
	}
	return nil
}

// photo returns a picture as a camera wrote it; nil for one that is packed otherwise,
// or that was taken before.
func (f *pdfFile) photo(x *pdfStream) []byte {
	if f.pictured[x] {
		return nil
	}
	f.pictured[x] = true
	filters := f.list(x.dict["Filter"])
	if len(filters) == 0 || !slices.Contains([]any{pdfName("DCTDecode"), pdfName("DCT"), pdfName("JPXDecode")}, f.get(filters[len(filters)-1])) {
		return nil
	}
	if data, _, err := f.unpack(x); err == nil {
		return bytes.Clone(data)
	}
	return nil
}
