// Package intake opens every file that comes from outside: what offices send in
// (forms, manuscripts, photographs) and what items publish beside them. [Read]
// returns what a file holds: its words with their places, its metadata, the
// files within it, what it does or refers to outside of itself, and what of it
// could not be read. What is not understood is unread, never empty.
//
// A kind of file is a Go file (pdf.go, office.go, plain.go), and kinds.go lists
// which kinds may be published at all. Of an office file every part is read by what
// it is, whatever its name (office.go, markup.go); [Unpack] opens archives and mails
// that bring files in; [Decode] is the one decoder of texts. [OpenArchive] and its methods read the
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
	"slices"
	"strings"
	"time"

	"wangjian/internal/picture"
	"wangjian/internal/privacy"
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
	// Aside tells what does not show in its place (an attribute, a field, a formula):
	// it is looked at for what is personal, and is no sentence of the document.
	Aside bool
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
	// Thumbnail is the small picture of the file itself that its package declares: it
	// shows nowhere.
	Thumbnail bool

	Data   []byte
	Placed bool // of a picture: it says where it was taken
	// Of a file that was unpacked: when the mail that brought it was sent, and why
	// it cannot be read.
	Sent time.Time
	Err  error
}

// File is what a file holds.
type File struct {
	Pieces   []Piece
	Metadata []Property
	Pictures []Embedded // photographs and drawings in it
	Active   []string   // what it does when it is opened, and what outside of itself it takes in; sentences
	Unread   []string   // what of it could not be read; sentences
	size     int
	tables   int
	depth    int // of files within files
	isText   bool
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
	t, err := read(name, data, 0)
	if err != nil {
		return nil, err
	}
	for n := range t.Pictures {
		t.Pictures[n].Placed = picture.HasPlace(t.Pictures[n].Data)
	}
	if what := SourceIn([]byte(t.join("\n"))); what != "" && !t.isText { // a text is looked at as it is
		return nil, &Refused{"里面是" + what + "，不能作附件", "只留下要公开的内容，审核签字等开头的信息不要放进附件"}
	}
	return t, nil
}

// read is Read for a file at a depth within others.
func read(name string, data []byte, depth int) (*File, error) {
	kind, err := kindOf(name, data)
	t := &File{depth: depth, isText: kind == "text"}
	if err == nil {
		err = packError(t.readKind(kind, name, data))
	}
	if refused := t.note(err); refused != nil {
		return nil, refused
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

// readKind reads a file of a kind that has words.
func (t *File) readKind(kind, name string, data []byte) error {
	switch ext := path.Ext(name); {
	case kind == "pdf":
		return readPDF(t, data)
	case kind == "office" && !IsCompound(data):
		return readOffice(t, data)
	case kind == "office" && strings.HasSuffix(strings.ToLower(ext), "x"):
		if what := Sniff(data); what != Encrypted {
			return unreadable("文件的内容是%s，程序读不了", what)
		}
		return unreadable("文件设了打开密码")
	case kind == "text":
		return readPlain(t, data)
	case kind == "svg":
		return readSVG(t, data)
	case kind == "office", kind == "opaque":
		return unreadable("%s 文件里的文字程序读不了", strings.TrimPrefix(ext, "."))
	}
	return nil // a picture or a recording
}

// does adds what a file does, once.
func (t *File) does(format string, args ...any) { t.Active = addOnce(t.Active, format, args) }

// misses adds what of a file could not be read, once.
func (t *File) misses(format string, args ...any) { t.Unread = addOnce(t.Unread, format, args) }

func addOnce(list []string, format string, args []any) []string {
	if s := fmt.Sprintf(format, args...); len(list) < 100 && !slices.Contains(list, s) {
		list = append(list, s)
	}
	return list
}

// add keeps a line of words.
func (t *File) add(where, text string) { t.keep(Piece{Where: where, Text: text}) }

// keepRow keeps a row of a table, unless it is empty.
func (t *File) keepRow(row Piece) {
	for n, cell := range row.Cells {
		row.Cells[n] = privacy.Ordinary(strings.ReplaceAll(cell, "\x00", ""))
	}
	t.size += len(row.Cells)
	row.Text = strings.Trim(strings.Join(row.Cells, "\t"), "\t")
	t.keep(row)
}

func (t *File) keep(p Piece) {
	p.Text = privacy.Ordinary(strings.Trim(strings.ReplaceAll(p.Text, "\x00", ""), " \r\n"))
	if p.Text == "" || t.err != nil {
		return
	}
	if t.size += len(p.Text); t.size > maxText || len(t.Pieces) >= maxPieces {
		t.err = errBounds
		return
	}
	t.Pieces = append(t.Pieces, p)
}

func (t *File) property(name, value string) { t.describe(Property{name, value, isAuthor(name)}) }

// describe keeps a piece of metadata, once.
func (t *File) describe(p Property) {
	if r := []rune(strings.TrimSpace(p.Value)); len(r) > 500 {
		p.Value = string(r[:500])
	} else {
		p.Value = string(r)
	}
	switch {
	case p.Value == "" || slices.Contains(t.Metadata, p):
	case len(t.Metadata) == 1000:
		t.err = errBounds
	default:
		t.Metadata = append(t.Metadata, p)
	}
}

func isAuthor(property string) bool {
	return slices.ContainsFunc([]string{"者", "人", "经理", "姓名"}, func(end string) bool { return strings.HasSuffix(property, end) })
}

// IsWhole reports whether all of the file was read, and nothing in it is active.
func (t *File) IsWhole() bool { return len(t.Active)+len(t.Unread) == 0 }

// HasPictures reports whether there are pictures that show.
func (t *File) HasPictures() bool {
	return slices.ContainsFunc(t.Pictures, func(p Embedded) bool { return !p.Thumbnail })
}

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
