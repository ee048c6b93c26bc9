// Package ooxml reads the archives that office documents are (docx, xlsx,
// pptx), which come from outside, within bounds: [Open] lists the parts and
// refuses a file that is made to harm, [Archive.Read] unpacks one part and never
// more than the [Limits] allow, whatever the archive declares, and [Scan] walks
// its XML without following an entity. [Archive.Workbook] and
// [Archive.SharedStrings] read what every reader of a workbook needs first.
//
// No name in a file reaches the disk. What a document means is for its reader:
// attachment (what is published), forms (figures) and manuscript (narratives).
package ooxml

import "errors"

// Limits bound the reading of one archive; a limit of 0 is none.
type Limits struct {
	Parts     int    // parts listed
	Directory uint32 // bytes of the archive's list of parts
	Declared  uint64 // bytes of all parts together, as the archive declares them
	Part      int64  // bytes of one part, unpacked
	Total     int64  // bytes of all parts that are read, unpacked
	Ratio     uint64 // of a part over 1 MB to its packed size
	// Backslashes takes a name with backslashes for one with slashes, as some
	// programs write them.
	Backslashes bool
	// Rooted takes a name with a slash in front for one without.
	Rooted bool
}

// What is wrong with an archive.
var (
	ErrDamaged   = errors.New("压缩包损坏或不完整")
	ErrParts     = errors.New("压缩包里的文件太多")
	ErrUnsafe    = errors.New("压缩包里有不安全的文件名")
	ErrTwice     = errors.New("压缩包里有重名的文件")
	ErrEncrypted = errors.New("压缩包加了密码")
	ErrTooBig    = errors.New("解开以后大得不正常")
	ErrTooMany   = errors.New("内容多得不正常")
	ErrDoctype   = errors.New("XML 里有不允许的 DOCTYPE")
)

// NameError tells which name is unsafe or twice there.
type NameError struct {
	Err  error // ErrUnsafe or ErrTwice
	Name string
}

func (e *NameError) Error() string { return e.Err.Error() }
func (e *NameError) Unwrap() error { return e.Err }
