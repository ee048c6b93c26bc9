package intake

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"wangjian/internal/linebreak"
)

// pack is an office document whose words are read.
type pack struct{ *Archive }

// openPack lists a document's parts and refuses one that is made to harm.
func openPack(data []byte) (*pack, error) {
	p, err := OpenArchive(data)
	if err != nil {
		return nil, packError(err)
	}
	for _, name := range p.Names(func(string) bool { return true }) {
		switch {
		case strings.HasPrefix(path.Base(name), "vbaproject"), strings.Contains(name, "/macrosheets/"), strings.Contains(name, "/activex/"):
			return nil, &activeError{"文件里有宏或控件"}
		case strings.Contains(name, "/embeddings/"), strings.Contains(name, "oleobject"):
			return nil, unreadable("文件里嵌着另一个文件")
		}
	}
	return &pack{p}, nil
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

// properties are those that are read, by their elements.
var properties = map[string]string{
	"creator": "作者", "lastModifiedBy": "上次修改者", "Manager": "经理", "Author": "作者",
	"title": "标题", "subject": "主题", "description": "备注", "keywords": "关键词", "Company": "单位", "category": "", "lpwstr": "",
}

func (p *pack) metadata(t *File) error {
	for _, name := range []string{"docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"} {
		data, err := p.Read(name)
		if err != nil {
			return err
		}
		var value strings.Builder
		err = Scan(data, maxDepth, func(xml.StartElement) error { value.Reset(); return nil }, func(s string) { value.WriteString(s) }, func(name string) error {
			if what, ok := properties[name]; ok {
				t.property(what, value.String())
			}
			value.Reset()
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// paragraphs reads the words of a part: one piece a paragraph.
func (p *pack) paragraphs(t *File, part string, where func(int) string, block string) {
	if t.err != nil {
		return
	}
	data, err := p.Read(part)
	if err != nil {
		t.err = err
		return
	}
	var lines []*strings.Builder // open paragraphs, one within another in text boxes
	n, in := 0, false
	t.err = Scan(data, maxDepth, func(e xml.StartElement) error {
		switch e.Name.Local {
		case block:
			lines = append(lines, &strings.Builder{})
		case "t", "delText", "instrText":
			in = true
		case "tab":
			if len(lines) > 0 {
				lines[len(lines)-1].WriteByte('\t')
			}
		case "br", "cr":
			if len(lines) > 0 {
				lines[len(lines)-1].WriteByte(' ')
			}
		}
		if author := Attribute(e, "author"); author != "" && (e.Name.Local == "comment" || e.Name.Local == "ins" || e.Name.Local == "del") {
			t.property("批注、修订的作者", author)
		}
		return nil
	}, func(s string) {
		if in && len(lines) > 0 {
			lines[len(lines)-1].WriteString(s)
		}
	}, func(name string) error {
		switch name {
		case "t", "delText", "instrText":
			in = false
		case block:
			line := lines[len(lines)-1]
			lines = lines[:len(lines)-1]
			if strings.TrimSpace(line.String()) != "" {
				n++
				t.add(where(n), line.String())
				return t.err
			}
		}
		return nil
	})
}

// readDocx reads a Word file: its text, headers, notes and comments.
func readDocx(t *File, data []byte) error {
	p, err := openPack(data)
	if err != nil {
		return err
	}
	if !p.Has("word/document.xml") {
		return unreadable("文件里没有 Word 的正文")
	}
	p.paragraphs(t, "word/document.xml", func(n int) string { return fmt.Sprintf("第 %d 段", n) }, "p")
	for _, name := range p.under(".xml", "word/") {
		for prefix, what := range map[string]string{"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注", "comments.": "批注"} {
			if !strings.HasPrefix(name, "word/"+prefix) {
				continue
			}
			p.paragraphs(t, name, func(int) string { return what }, "p")
		}
	}
	return p.pictured(t, "word/media/")
}

// under lists the parts whose names begin in one of some ways and end in one.
func (p *pack) under(suffix string, prefixes ...string) []string {
	return p.Names(func(name string) bool {
		return strings.HasSuffix(name, suffix) && slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
	})
}

// pictured reads the metadata, and says so of a document that holds nothing
// but pictures.
func (p *pack) pictured(t *File, media string) error {
	if t.err != nil {
		return t.err
	}
	if len(t.Pieces) == 0 && len(p.Names(func(name string) bool { return strings.HasPrefix(name, media) })) > 0 {
		return unreadable("文件里只有图片，没有文字")
	}
	return p.metadata(t)
}

func readPptx(t *File, data []byte) error {
	p, err := openPack(data)
	if err != nil {
		return err
	}
	slides := p.under(".xml", "ppt/slides/slide", "ppt/notesslides/notesslide")
	if len(slides) == 0 {
		return unreadable("文件里没有幻灯片")
	}
	for _, name := range slides {
		number := strings.TrimSuffix(strings.TrimLeft(name, "abcdefghijklmnopqrstuvwxyz/"), ".xml")
		p.paragraphs(t, name, func(int) string { return "第 " + number + " 张幻灯片" }, "p")
	}
	return p.pictured(t, "ppt/media/")
}

const maxSheets = 5000

// readXlsx reads a workbook's cells, also of hidden sheets, its comments and
// the names of its sheets.
func readXlsx(t *File, data []byte) error {
	p, err := openPack(data)
	if err != nil {
		return err
	}
	if !p.Has(WorkbookPart) {
		return unreadable("文件里没有工作簿")
	}
	shared, err := p.SharedStrings(maxPieces)
	if err != nil {
		return err
	}
	book, err := p.Workbook(maxSheets)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, s := range book.Sheets {
		names[strings.ToLower(s.Part)] = shorten(s.Name)
		t.add("工作表的名称", shorten(s.Name))
	}
	for _, part := range p.under(".xml", "xl/worksheets/") {
		name := names[part]
		if name == "" {
			name = strings.TrimSuffix(path.Base(part), ".xml")
		}
		if err := p.cells(t, part, name, shared); err != nil {
			return err
		}
	}
	for _, part := range p.under("", "xl/comments", "xl/threadedcomments/", "xl/drawings/drawing") {
		block := "comment"
		if strings.HasPrefix(part, "xl/drawings/") {
			block = "p"
		}
		p.paragraphs(t, part, func(int) string { return "批注或文本框" }, block)
	}
	return p.pictured(t, "xl/media/")
}

// cells reads a sheet: a row is a line, so that a cue word in one cell counts
// for the next.
func (p *pack) cells(t *File, part, sheet string, shared []string) error {
	var line strings.Builder
	row := 0
	flush := func() error {
		t.add(fmt.Sprintf("表“%s”第 %d 行", sheet, row), strings.Trim(line.String(), "\t"))
		line.Reset()
		return t.err
	}
	err := p.Cells(part, shared, nil, func(c *Cell) error {
		if c.Row != row {
			if err := flush(); err != nil {
				return err
			}
			row = c.Row
		}
		text := cmp.Or(c.Text, c.Inline)
		if f, err := strconv.ParseFloat(text, 64); err == nil && c.Kind == NumberCell && strings.ContainsAny(text, "eE") && f == float64(int64(f)) {
			text = strconv.FormatInt(int64(f), 10) // 1.3800001234E10 is a number in full
		}
		if line.Len() > 0 {
			line.WriteByte('\t')
		}
		line.WriteString(text)
		if line.Len() > maxText {
			return errBounds
		}
		return nil
	}, func(Area) error { return nil })
	if err != nil {
		return err
	}
	return flush()
}
