package intake

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"image"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"wangjian/internal/linebreak"
	"wangjian/internal/picture"
)

const (
	maxSheets   = 5000
	maxEmbedded = 50 // files within a file that are read
	maxNested   = 3  // files within files within files
)

// office reads an office document: every part by what it is, whatever its name.
type office struct {
	*Archive
	file    *File
	seen    map[string]bool   // asides and what the cells say: each is kept once
	sheets  map[string]string // names of sheets, by part
	shared  []string
	formats []string
	book    Workbook
	files   int // within it, read so far

	thumbnail string // the part that the package declares as its thumbnail
	showsIt   bool   // another part refers to it
}

// readOffice reads all parts of a document, its main part first.
func readOffice(t *File, data []byte) error {
	a, err := OpenArchive(data)
	if err != nil {
		return err
	}
	o := &office{Archive: a, file: t, seen: map[string]bool{}, sheets: map[string]string{}}
	if err := o.openWorkbook(); err != nil {
		return err
	}
	o.thumbnail = o.declaredThumbnail()
	parts := a.Names(func(string) bool { return true })
	main := strings.ToLower(a.sole("officeDocument", "word/document.xml"))
	if n := slices.Index(parts, main); n > 0 {
		parts = slices.Insert(slices.Delete(parts, n, n+1), 0, main)
	}
	for _, name := range parts {
		if err := o.part(name); err != nil {
			return err
		}
	}
	for _, text := range o.shared {
		if !o.seen[text] {
			t.keep(Piece{Where: "没有用到的单元格文字", Text: text, Aside: true})
		}
	}
	for n, p := range t.Pictures {
		t.Pictures[n].Thumbnail = p.Thumbnail && !(p.Name == o.thumbnail && o.showsIt)
	}
	if t.err == nil && !slices.ContainsFunc(t.Pieces, func(p Piece) bool { return !p.Aside }) {
		if t.HasPictures() {
			return unreadable("文件里只有图片，没有文字")
		}
		return unreadable("文件里没有读出文字")
	}
	return t.err
}

// declaredThumbnail returns the part that a package declares as its small picture of
// itself: by a relationship of its own, or at the place that OpenDocument has for it.
func (o *office) declaredThumbnail() string {
	relations, err := o.Relations("")
	if err != nil {
		return "" // the part is told as damaged where it is read
	}
	for _, id := range slices.Sorted(maps.Keys(relations)) {
		if r := relations[id]; r.Kind == "thumbnail" && !r.External {
			return strings.ToLower(r.Target)
		}
	}
	if o.Has("META-INF/manifest.xml") {
		return "thumbnails/thumbnail.png"
	}
	return ""
}

// inventories are parts that list what a package has, and show nothing.
var inventories = []string{"_rels/.rels", "[content_types].xml", "meta-inf/manifest.xml"}

// namesThumbnail reports whether a part that is no inventory names the thumbnail.
func (o *office) namesThumbnail(name, text string) bool {
	return o.thumbnail != "" && !slices.Contains(inventories, name) && strings.Contains(strings.ToLower(text), path.Base(o.thumbnail))
}

// isSmall reports whether a picture is as small as a thumbnail.
func isSmall(data []byte) bool {
	const most = 256
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	return err == nil && config.Width <= most && config.Height <= most
}

// openWorkbook reads what the cells of a workbook need, where it is one.
func (o *office) openWorkbook() (err error) {
	if o.shared, err = o.SharedStrings(maxPieces); err != nil {
		return err
	}
	if o.formats, err = o.CellFormats(); err != nil {
		return err
	}
	if o.book, err = o.Workbook(maxSheets); err != nil {
		return err
	}
	for _, s := range o.book.Sheets {
		o.sheets[strings.ToLower(s.Part)] = shorten(s.Name)
		o.file.add("工作表的名称", shorten(s.Name))
	}
	return nil
}

// part reads a part by its bytes: XML, text, a picture, a font, a document; what is
// none of them is unread. An error ends the reading of the file.
func (o *office) part(name string) error {
	if word := activeIn(name); word != "" {
		o.file.does("文件里有宏、控件或加载项（%s）", word)
	}
	data, err := o.ReadWithin(name, MaxFile)
	if err != nil {
		return err
	}
	base, ext := path.Base(name), path.Ext(name)
	text, isText := asText(data)
	o.showsIt = o.showsIt || o.namesThumbnail(name, text)
	switch {
	case len(data) == 0:
	case isPicture(data, ext):
		o.file.Pictures = append(o.file.Pictures, Embedded{Name: name, Data: data, Thumbnail: name == o.thumbnail && isSmall(data)})
	case isFont(data, ext), isPrinterSetting(data), name == "layout-cache":
	case isText && strings.HasPrefix(strings.TrimLeft(text, " \t\r\n"), "<"):
		err = o.markup(name, text)
	case isText:
		for line := range strings.Lines(text) {
			o.aside("部件 "+base, strings.TrimSpace(line))
		}
	case bytes.HasPrefix(data, []byte(zipMagic)):
		o.embedded(base, data)
	case strings.Contains(name, "/signs/") && o.signature(name, data, 0):
	default:
		o.file.misses("文件里嵌着另一个文件 %s", base)
	}
	return cmp.Or(err, o.file.err)
}

// embedded reads a document within the document.
func (o *office) embedded(name string, data []byte) {
	if o.files++; o.files > maxEmbedded || o.file.depth >= maxNested {
		o.file.misses("文件里嵌着另一个文件 %s", name)
		return
	}
	inner, err := read(name, data, o.file.depth+1)
	if err != nil {
		o.file.misses("文件里嵌着另一个文件 %s：%s", name, err)
		return
	}
	tables := o.file.tables
	for _, p := range inner.Pieces {
		p.Where = name + " 的" + p.Where
		if p.Table > 0 {
			p.Table += tables
		}
		o.file.keep(p)
	}
	o.file.tables += inner.tables
	for _, p := range inner.Metadata {
		o.file.describe(p)
	}
	o.file.Pictures = append(o.file.Pictures, inner.Pictures...)
	for _, what := range inner.Active {
		o.file.does("%s：%s", name, what)
	}
	for _, what := range inner.Unread {
		o.file.misses("%s：%s", name, what)
	}
}

// aside keeps what does not show in its place, once a file.
func (o *office) aside(where, text string) {
	if text = strings.TrimSpace(text); text == "" || o.seen[text] {
		return
	}
	o.seen[text] = true
	o.file.keep(Piece{Where: where, Text: text, Aside: true})
}

// activeWords stand in the names, types or content types of what runs.
var activeWords = []string{"vbaproject", "vbadata", "macrosheet", "macroenabled", "activex", "afchunk", "webextension", "attachedtoolbars", "customui"}

// activeIn returns which of the active words a name or type has.
func activeIn(name string) string {
	name = strings.ToLower(name)
	for _, word := range activeWords {
		if strings.Contains(name, word) {
			return word
		}
	}
	return ""
}

// isPicture knows what Word draws by itself, too: EMF, WMF, packed ones and JPEG XR.
func isPicture(data []byte, ext string) bool {
	head := data[:min(len(data), 64)]
	starts := func(mark string) bool { return bytes.HasPrefix(head, []byte(mark)) }
	return picture.Sniff(head).IsPicture() && !bytes.HasPrefix(head, []byte("<")) || starts("\xd7\xcd\xc6\x9a") || starts("\x01\x00\x09\x00\x00\x03") ||
		(ext == ".emz" || ext == ".wmz") && starts("\x1f\x8b") || starts("II\xbc") || len(head) > 44 && string(head[40:44]) == " EMF"
}

// isFont knows Word's scrambled fonts by their names: nothing in them is shown but
// the letters.
func isFont(data []byte, ext string) bool {
	return ext == ".odttf" || ext == ".fntdata" || slices.ContainsFunc([]string{"\x00\x01\x00\x00", "OTTO", "true", "ttcf", "wOFF", "wOF2"}, func(mark string) bool {
		return bytes.HasPrefix(data, []byte(mark))
	})
}

// isPrinterSetting knows what Windows writes about a printer, which many workbooks
// have: behind the printer's name stand a version and the size of the structure.
func isPrinterSetting(data []byte) bool {
	return len(data) >= 220 && string(data[64:66]) == "\x01\x04" && string(data[68:70]) == "\xdc\x00"
}

// asText returns a part as text in UTF-8 without a declaration of its encoding;
// false where it is none. GB18030 is taken for text in XML alone, which says so.
func asText(data []byte) (string, bool) {
	isMarked := slices.ContainsFunc(marks, func(m mark) bool { return bytes.HasPrefix(data, []byte(m.mark)) })
	if !utf8.Valid(data) && !isMarked && !bytes.HasPrefix(data, []byte("<?xml")) {
		return "", false
	}
	text, err := Decode(data)
	return withoutDeclaration(string(text)), err == nil && bytes.IndexByte(text, 0) < 0
}

// withoutDeclaration cuts <?xml … ?> off.
func withoutDeclaration(text string) string {
	trimmed := strings.TrimLeft(text, " \t\r\n")
	if _, rest, ok := strings.Cut(trimmed, "?>"); ok && strings.HasPrefix(trimmed, "<?xml") {
		return rest
	}
	return text
}

// packError puts what is wrong with an archive into words.
func packError(err error) error {
	var named *NameError
	switch {
	case errors.As(err, &named) && named.Err == ErrUnsafe:
		return &activeError{"文件里有指向文件夹以外的文件名“" + shorten(named.Name) + "”"}
	case errors.Is(err, ErrDoctype):
		return &activeError{"文件的 XML 里有 DOCTYPE"}
	case errors.Is(err, ErrTwice):
		return unreadable("文件里有两个同名的部件")
	case errors.Is(err, ErrEncrypted):
		return unreadable("文件加了密码")
	case errors.Is(err, ErrDamaged):
		return unreadable("文件已经损坏，读不出来")
	case errors.Is(err, ErrTooBig), errors.Is(err, ErrParts), errors.Is(err, ErrTooMany):
		return errBounds
	}
	return err
}

func shorten(s string) string { return linebreak.Clip(s, 40) }

// cells reads a sheet: a row is a line.
func (o *office) cells(part string) error {
	sheet := cmp.Or(o.sheets[part], strings.TrimSuffix(path.Base(part), ".xml"))
	o.file.tables++
	row := Piece{Table: o.file.tables}
	number := 0
	flush := func() error {
		row.Where = fmt.Sprintf("表“%s”第 %d 行", sheet, number)
		o.file.keepRow(row)
		row.Cells = nil
		return o.file.err
	}
	err := o.Cells(part, o.shared, o.formats, func(c *Cell) error {
		if c.Row != number {
			if err := flush(); err != nil {
				return err
			}
			number = c.Row
		}
		const aligned = 64 // cells farther right follow each other
		for c.Column <= aligned && len(row.Cells) < c.Column-1 {
			row.Cells = append(row.Cells, "")
		}
		text := c.displayed(o.book.Date1904)
		if c.Kind == TextCell {
			o.seen[text] = true
		}
		row.Cells = append(row.Cells, text)
		if len(row.Cells) > 1<<15 {
			return errBounds
		}
		return nil
	}, func(Area) error { return nil })
	if err != nil {
		return err
	}
	return flush()
}
