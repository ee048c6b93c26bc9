// Package attachment reads what an attachment says, for review only: its
// words, page by page or cell by cell, and what its metadata tell of people.
// [Read] is all of it; a sort of file is a Go file (pdf.go, office.go,
// plain.go), and kinds.go lists which kinds may be published at all.
//
// Files come from outside. Everything is read within bounds (bytes unpacked,
// objects, elements, depth), no name in a file reaches the disk, nothing
// panics, and a file that cannot be read says so: it is never taken for an
// empty one.
//
// [SourceIn] tells a copy of one of the campaign's own sources, which is never
// published whatever it is called (source.go).
package attachment

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

// Piece is a stretch of words with its place in the file.
type Piece struct {
	Where string // 第 2 页, 表“名单”B7, 第 3 段
	Text  string // one line
}

// Property is a piece of metadata.
type Property struct{ Name, Value string }

// Text is what a file says.
type Text struct {
	Pieces   []Piece
	Metadata []Property
	size     int
	err      error // the first; nothing is read behind it
}

// Unreadable tells why a file's words cannot be told.
type Unreadable struct{ Why string }

func (u *Unreadable) Error() string { return u.Why }

// Active tells of a file that does something when it is opened.
type Active struct{ What string }

func (a *Active) Error() string { return a.What }

func unreadable(format string, args ...any) error { return &Unreadable{fmt.Sprintf(format, args...)} }

var errBounds = errors.New("展开以后太大，不像一份附件")

// Read returns what a file says; with an error, what could be read of it. The error is an *Unreadable, an *Active or a
// *Refused; pictures and recordings have no words and return an empty Text.
func Read(name string, data []byte) (text *Text, err error) {
	kind, err := kindOf(name, data)
	if err != nil {
		return nil, err
	}
	t := &Text{}
	if read := readers[kind]; read != nil {
		err = packError(read(t, data))
	} else if kind == "opaque" {
		err = unreadable("%s 文件里的文字程序读不了", strings.TrimPrefix(path.Ext(name), "."))
	}
	switch {
	case err == nil:
		if what := SourceIn([]byte(t.join("\n"))); what != "" && kind != "text" { // a text is looked at as it is
			err = &Refused{"里面是" + what + "，不能作附件", "只留下要公开的内容，审核签字等开头的信息不要放进附件"}
		}
	case errors.As(err, new(*Unreadable)), errors.As(err, new(*Active)), errors.As(err, new(*Refused)):
	default:
		err = unreadable("%v", err)
	}
	return t, err
}

// readers read the kinds that have words.
var readers = map[string]func(*Text, []byte) error{
	"pdf": readPDF, "docx": readDocx, "xlsx": readXlsx, "pptx": readPptx, "text": readPlain, "svg": readSVG,
}

// add keeps a line of words.
func (t *Text) add(where, text string) {
	text = ordinary(strings.Trim(strings.ReplaceAll(text, "\x00", ""), " \r\n"))
	if text == "" || t.err != nil {
		return
	}
	if t.size += len(text); t.size > maxText || len(t.Pieces) >= maxPieces {
		t.err = errBounds
		return
	}
	t.Pieces = append(t.Pieces, Piece{where, text})
}

func (t *Text) property(name, value string) {
	if value = strings.TrimSpace(value); value != "" && len(t.Metadata) < 200 {
		if r := []rune(value); len(r) > 500 {
			value = string(r[:500])
		}
		t.Metadata = append(t.Metadata, Property{name, value})
	}
}

// String returns all the words, in which a name is searched for.
func (t *Text) String() string { return t.join("") }

// join returns all the words, each piece ended as is said.
func (t *Text) join(end string) string {
	var b strings.Builder
	for _, p := range t.Pieces {
		b.WriteString(p.Text + end)
	}
	return b.String()
}
