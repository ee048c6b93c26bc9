package intake

import (
	"bytes"
	"slices"
	"strings"
)

// Kind is what a file is by its content, whatever it is called; its value is its
// name.
type Kind string

// The kinds of files that come instead of others.
const (
	Empty           Kind = "空文件"
	Encrypted       Kind = "设了打开密码的文件"
	OldWorkbook     Kind = "旧版表格（.xls、.et）"
	OldPresentation Kind = "旧版演示文稿（.ppt、.dps）"
	OldDocument     Kind = "旧版文档（.doc、.wps）"
	PDF             Kind = "PDF"
	RTF             Kind = "RTF"
	PostScript      Kind = "PostScript"
	Image           Kind = "图片"
	MHT             Kind = "网页（.mht）"
	WebPage         Kind = "网页"
	WordXML         Kind = "Word 的 XML 格式"
	RAR             Kind = "RAR 压缩包"
	SevenZip        Kind = "7z 压缩包"
	Packed          Kind = "压缩包"
	WordDocument    Kind = "Word 文档"
	ExcelWorkbook   Kind = "工作簿"
	BinaryWorkbook  Kind = "二进制工作簿（.xlsb）"
	Presentation    Kind = "演示文稿"
	OpenText        Kind = "OpenDocument 文字（.odt）"
	OpenTable       Kind = "OpenDocument 表格（.ods）"
	OFD             Kind = "OFD 版式文件"
	Unknown         Kind = "认不出的文件"
)

// signatures are how files of a kind start, behind blanks.
var signatures = []struct {
	start string
	kind  Kind
}{
	{"%PDF", PDF}, {`{\rtf`, RTF}, {"%!PS", PostScript}, {"\x89PNG", Image}, {"\xff\xd8\xff", Image}, {"GIF8", Image},
	{"MIME-Version", MHT}, {"Rar!", RAR}, {"7z\xbc\xaf", SevenZip}, {"\x1f\x8b", Packed},
}

// archiveKinds are told by a part that they have; the first counts.
var archiveKinds = []struct {
	part string // the start of its name
	kind Kind
}{
	{"xl/workbook.bin", BinaryWorkbook}, {"xl/workbook", ExcelWorkbook}, {"word/document", WordDocument},
	{"ppt/presentation", Presentation}, {"ofd.xml", OFD}, {"content.xml", OpenTable},
}

// Sniff returns what a file is. A zip file that cannot be opened is Packed.
func Sniff(data []byte) Kind {
	text := bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	head := bytes.ToLower(text[:min(len(text), 4096)])
	switch {
	case len(text) == 0:
		return Empty
	case IsCompound(data):
		return compoundKind(data)
	case bytes.HasPrefix(data, []byte("PK")):
		if a, err := OpenArchive(data); err == nil {
			return a.Kind()
		}
		return Packed
	}
	for _, s := range signatures {
		if bytes.HasPrefix(text, []byte(s.start)) {
			return s.kind
		}
	}
	switch {
	case bytes.HasPrefix(head, []byte("<?xml")) && bytes.Contains(head[:min(len(head), 1024)], []byte("word")):
		return WordXML
	case bytes.HasPrefix(head, []byte("<")), bytes.Contains(head, []byte("<html")), bytes.Contains(head, []byte("<table")):
		return WebPage
	}
	return Unknown
}

// Kind returns which sort of document the archive is; Packed for none.
func (a *Archive) Kind() Kind {
	if mime, _ := a.ReadWithin("mimetype", 200); bytes.Contains(mime, []byte("opendocument.text")) {
		return OpenText
	}
	names := a.Names(func(string) bool { return true })
	for _, k := range archiveKinds {
		if slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(name, k.part) }) {
			return k.kind
		}
	}
	return Packed
}

// CompoundMark is what an OLE compound file begins with: Office's format before
// 2007, and the wrapping of an encrypted one.
const CompoundMark = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// IsCompound reports whether a file is an OLE compound file.
func IsCompound(data []byte) bool { return bytes.HasPrefix(data, []byte(CompoundMark)) }

// hasStream reports whether a compound file has a stream of that name, which is
// ASCII.
func hasStream(data []byte, name string) bool {
	return bytes.Contains(data, []byte(strings.Join(strings.Split(name, ""), "\x00")+"\x00"))
}

// compoundKind tells what an OLE compound file is by its streams.
func compoundKind(data []byte) Kind {
	switch {
	case hasStream(data, "EncryptedPackage"):
		return Encrypted
	case hasStream(data, "Workbook"):
		return OldWorkbook
	case hasStream(data, "PowerPoint Document"):
		return OldPresentation
	}
	return OldDocument
}
