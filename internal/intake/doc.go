// Package intake opens every file that comes from outside: what offices send in
// (forms, manuscripts, photographs) and what items publish beside them. [Read]
// returns what a file holds: its words with their places, its metadata, the
// files within it, what it does or refers to outside of itself, and what of it
// could not be read. What is not understood is unread, never empty.
//
// A kind of file is a Go file (pdf.go, office.go, plain.go), and kinds.go lists
// which kinds may be published at all. [OpenArchive] and its methods read the
// parts of office archives for those who take a document apart (forms,
// manuscript). [SourceIn] tells a copy of one of the campaign's own sources,
// which is never published whatever it is called (source.go).
//
// Everything is read within bounds (bytes unpacked, objects, elements, depth), no
// name in a file reaches the disk, and nothing panics.
package intake

import (
	"errors"
	"fmt"
	"path"
	"strings"
)

// Bounds.
const (
	MaxFile     = 64 << 20 // bytes of a file that is read for its words
	maxUnpacked = 96 << 20 // bytes unpacked of one file
	maxText     = 8 << 20  // bytes of words kept
	maxPieces   = 200_000
	maxDepth    = 200 // of XML elements and of PDF objects
)

// Piece is a stretch of words with its place in the file: a paragraph, or a row of
// a table.
type Piece struct {
	Where string   // 第 2 页, 表“名单”第 7 行, 第 3 段
	Text  string   // one line; the cells of a row with tabs between them
	Table int      // which table of the file a row is of, from 1; 0 for no row
	Cells []string // of a row, "" for an empty one; the first row of a table may be its header
}

// Property is a piece of metadata. Author reports that its value names a person
// where it is a person's name.
type Property struct {
	Name, Value string
	Author      bool
}

// Embedded is a file within a file.
type Embedded struct {
	Name string // its path in the file, or its place: 第 2 页的图片
	Data []byte
}

// File is what a file holds.
type File struct {
	Pieces   []Piece
	Metadata []Property
	Pictures []Embedded // photographs and drawings in it
	Active   []string   // what it does when it is opened, and what outside of itself it takes in; sentences
	Unread   []string   // what of it could not be read; sentences
	size     int
	err      error // the first; nothing is read behind it
}

var errBounds = errors.New("展开以后太大，不像一份附件")

// unreadable and active end the reading of a file; packError and Read put them into
// the file's lists.
type (
	unreadableError struct{ why string }
	activeError     struct{ what string }
)

func (u *unreadableError) Error() string { return u.why }
func (a *activeError) Error() string     { return a.what }

func unreadable(format string, args ...any) error {
	return &unreadableError{fmt.Sprintf(format, args...)}
}

// Read returns what a file holds. Its error is a *Refused: a kind of file that is not
// published. Pictures and recordings have no words.
func Read(name string, data []byte) (*File, error) {
	kind, err := kindOf(name, data)
	t := &File{}
	if read := readers[kind]; err == nil && read != nil {
		err = packError(read(t, data))
	} else if err == nil && kind == "opaque" {
		err = unreadable("%s 文件里的文字程序读不了", strings.TrimPrefix(path.Ext(name), "."))
	}
	if refused := t.note(err); refused != nil {
		return nil, refused
	}
	if what := SourceIn([]byte(t.join("\n"))); what != "" && kind != "text" { // a text is looked at as it is
		return nil, &Refused{"里面是" + what + "，不能作附件", "只留下要公开的内容，审核签字等开头的信息不要放进附件"}
	}
	return t, nil
}

// note puts an error of a reader into the lists; what is refused is returned.
func (t *File) note(err error) *Refused {
	if refused, ok := errors.AsType[*Refused](err); ok {
		return refused
	}
	if active, ok := errors.AsType[*activeError](err); ok {
		t.Active = append(t.Active, active.what)
	} else if err != nil {
		t.Unread = append(t.Unread, err.Error())
	}
	return nil
}

// readers read the kinds that have words.
var readers = map[string]func(*File, []byte) error{
	"pdf": readPDF, "docx": readDocx, "xlsx": readXlsx, "pptx": readPptx, "text": readPlain, "svg": readSVG,
}

// add keeps a line of words.
func (t *File) add(where, text string) {
	text = ordinary(strings.Trim(strings.ReplaceAll(text, "\x00", ""), " \r\n"))
	if text == "" || t.err != nil {
		return
	}
	if t.size += len(text); t.size > maxText || len(t.Pieces) >= maxPieces {
		t.err = errBounds
		return
	}
	t.Pieces = append(t.Pieces, Piece{Where: where, Text: text})
}

// addRow keeps a row of a table.
func (t *File) addRow(where string, table int, cells []string) {
	before := len(t.Pieces)
	t.add(where, strings.Join(cells, "\t"))
	if len(t.Pieces) > before {
		for n, c := range cells {
			cells[n] = ordinary(strings.TrimSpace(c))
		}
		t.Pieces[before].Table, t.Pieces[before].Cells = table, cells
	}
}

func (t *File) property(name, value string) {
	if value = strings.TrimSpace(value); value != "" && len(t.Metadata) < 200 {
		if r := []rune(value); len(r) > 500 {
			value = string(r[:500])
		}
		t.Metadata = append(t.Metadata, Property{name, value, isAuthor(name)})
	}
}

func isAuthor(property string) bool {
	return strings.Contains(property, "作者") || strings.Contains(property, "修改者") || property == "经理"
}

// IsWhole reports whether all of the file was read, and nothing in it is active.
func (t *File) IsWhole() bool { return len(t.Active)+len(t.Unread) == 0 }

// String returns all the words, in which a name is searched for.
func (t *File) String() string { return t.join("") }

// join returns all the words, each piece ended as is said.
func (t *File) join(end string) string {
	var b strings.Builder
	for _, p := range t.Pieces {
		b.WriteString(p.Text + end)
	}
	return b.String()
}
