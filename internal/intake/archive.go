package intake

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// The bounds of every archive. A narrative with photographs has some ten
// megabytes, its text a few hundred kilobytes.
const (
	MaxParts     = 5000      // parts listed
	MaxPart      = 16 << 20  // bytes of one part, unpacked
	MaxDeclared  = 512 << 20 // bytes of all parts together, as the archive declares them
	maxDirectory = 2 << 20   // bytes of the archive's list of parts
	maxRatio     = 200       // of XML over 1 MB to its packed size
)

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

// Archive is the zip file that an office document is. Parts are named without
// regard to case, as the format asks, and without a slash in front.
type Archive struct {
	parts map[string]*zip.File
	left  int64 // bytes that may still be unpacked
}

// OpenArchive lists an archive's parts. A name may have backslashes for slashes,
// as some programs write them, and a slash in front; one that leads out of the
// archive refuses it. Its error is one of this package's.
func OpenArchive(data []byte) (*Archive, error) {
	return openArchive(bytes.NewReader(data), int64(len(data)), MaxDeclared, maxUnpacked)
}

// OpenLarge is OpenArchive for one that is read where it is, of which so many bytes may
// be unpacked.
func OpenLarge(from io.ReaderAt, size, most int64) (*Archive, error) {
	return openArchive(from, size, most, most)
}

func openArchive(from io.ReaderAt, size, mostDeclared, most int64) (*Archive, error) {
	if directorySize(from, size) > maxDirectory {
		return nil, ErrParts
	}
	z, err := zip.NewReader(from, size)
	if err != nil {
		return nil, ErrDamaged
	}
	if len(z.File) > MaxParts {
		return nil, ErrParts
	}
	a := &Archive{parts: map[string]*zip.File{}, left: most}
	var declared uint64
	for _, f := range z.File {
		if declared += min(f.UncompressedSize64, 2*uint64(mostDeclared)); declared > uint64(mostDeclared) {
			return nil, ErrTooBig
		}
		if err := a.list(f); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// list adds a part, which may be a folder's entry.
func (a *Archive) list(f *zip.File) error {
	name := strings.ReplaceAll(f.Name, `\`, "/")
	if slices.Contains(strings.Split(name, "/"), "..") || strings.ContainsAny(name, ":\x00") || !utf8.ValidString(name) {
		return &NameError{ErrUnsafe, f.Name}
	}
	key := strings.ToLower(partName(name))
	switch {
	case strings.HasSuffix(name, "/"):
		return nil
	case a.parts[key] != nil:
		return &NameError{ErrTwice, f.Name}
	case f.Flags&1 != 0:
		return ErrEncrypted
	case f.Mode()&(fs.ModeSymlink|fs.ModeDevice|fs.ModeNamedPipe|fs.ModeSocket) != 0:
		return &NameError{ErrUnsafe, f.Name}
	}
	a.parts[key] = f
	return nil
}

// directorySize reads how long the archive's list of parts is, before anything
// is allocated for it; 0 where it cannot be told.
func directorySize(from io.ReaderAt, size int64) uint32 {
	const record = 22
	from = io.NewSectionReader(from, 0, size)
	data := make([]byte, min(size, record+0xFFFF))
	if _, err := from.ReadAt(data, size-int64(len(data))); err != nil && err != io.EOF {
		return 0 // the same error comes again
	}
	for i := len(data) - record; i >= 0 && i >= len(data)-record-0xFFFF; i-- {
		if bytes.HasPrefix(data[i:], []byte("PK\x05\x06")) {
			if i+record+int(binary.LittleEndian.Uint16(data[i+20:])) <= len(data) {
				return binary.LittleEndian.Uint32(data[i+12:])
			}
		}
	}
	return 0
}

// partName is a part's name as the archive's map has it but for its case:
// slashes, and none in front.
func partName(name string) string {
	return strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/")
}

func (a *Archive) part(name string) *zip.File { return a.parts[strings.ToLower(partName(name))] }

// Has reports whether a part is there.
func (a *Archive) Has(name string) bool { return a.part(name) != nil }

// Names lists the parts that fit, in lower case: by their length first, so that
// sheet2 comes before sheet10.
func (a *Archive) Names(fits func(string) bool) []string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(a.parts)) {
		if fits(name) {
			list = append(list, name)
		}
	}
	slices.SortStableFunc(list, func(x, y string) int { return len(x) - len(y) })
	return list
}

// Read unpacks a part that is XML or small; nil without an error where it is not
// there.
func (a *Archive) Read(name string) ([]byte, error) {
	data, err := a.ReadWithin(name, MaxPart)
	const small = 1 << 20
	if len(data) > small && uint64(len(data)) > maxRatio*max(a.part(name).CompressedSize64, 1) {
		return nil, ErrTooBig
	}
	return data, err
}

// ReadWithin is Read with a bound of its own, for a picture.
func (a *Archive) ReadWithin(name string, most int64) ([]byte, error) {
	if !a.Has(name) {
		return nil, nil
	}
	var data bytes.Buffer
	if err := a.Copy(&data, name, most); err != nil {
		return nil, err
	}
	return data.Bytes(), nil
}

// Copy unpacks a part, which is there, within a bound. Its error is one of this package's
// or that of the writer.
func (a *Archive) Copy(to io.Writer, name string, most int64) error {
	f := a.part(name)
	most = min(most, a.left)
	if f.UncompressedSize64 > uint64(most) {
		return ErrTooBig
	}
	r, err := f.Open()
	if err != nil {
		return ErrDamaged
	}
	defer r.Close()
	out := &written{to: to}
	n, err := io.Copy(out, io.LimitReader(r, most+1))
	a.left = max(a.left-n, 0)
	switch {
	case out.err != nil:
		return out.err
	case n > most:
		return ErrTooBig
	case err != nil:
		return ErrDamaged
	}
	return nil
}

// written keeps the error of a writer apart from that of a reader.
type written struct {
	to  io.Writer
	err error
}

func (w *written) Write(p []byte) (n int, err error) {
	n, w.err = w.to.Write(p)
	return n, w.err
}

// Relation is one line of a part's relationships.
type Relation struct {
	Kind     string // the last word of its type, such as image
	Target   string // a part's name, or an address
	External bool
}

// RelationsPart is the part that has the relationships of a part; "" stands for
// the archive itself.
func RelationsPart(part string) string {
	return path.Join(path.Dir(part), "_rels", strings.TrimPrefix(path.Base(part), ".")+".rels")
}

// Relations reads what a part refers to, by id. The types of the strict and the
// transitional format differ in all but their last word.
func (a *Archive) Relations(part string) (map[string]Relation, error) {
	data, err := a.Read(RelationsPart(part))
	if err != nil || data == nil {
		return nil, err
	}
	list := map[string]Relation{}
	return list, Scan(data, maxDepth, func(e xml.StartElement) error {
		if e.Name.Local != "Relationship" {
			return nil
		}
		r := Relation{Kind: path.Base(Attribute(e, "Type")), Target: Attribute(e, "Target"), External: Attribute(e, "TargetMode") == "External"}
		if !r.External {
			if u, err := url.PathUnescape(r.Target); err == nil {
				r.Target = u
			}
			if !strings.HasPrefix(r.Target, "/") {
				r.Target = path.Join(path.Dir(part), r.Target)
			}
			r.Target = partName(r.Target)
		}
		list[Attribute(e, "Id")] = r
		return nil
	}, silent, nothing)
}

// sole returns the part that the first relationship of a kind names, whatever part
// has it; the usual one where there is none.
func (a *Archive) sole(kind, usual string) string {
	for _, name := range a.Names(func(name string) bool { return strings.HasSuffix(name, ".rels") }) {
		part := path.Join(path.Dir(path.Dir(name)), strings.TrimSuffix(path.Base(name), ".rels"))
		relations, err := a.Relations(strings.TrimPrefix(part, "."))
		if err != nil {
			continue // the part is told as damaged where it is read
		}
		for _, id := range slices.Sorted(maps.Keys(relations)) {
			if r := relations[id]; r.Kind == kind && !r.External && a.Has(r.Target) {
				return r.Target
			}
		}
	}
	return usual
}

// decoder reads a part's XML, which is UTF-8.
func decoder(data []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		if strings.EqualFold(label, "utf-8") || strings.EqualFold(label, "utf8") {
			return in, nil
		}
		return nil, fmt.Errorf("编码是 %s", label)
	}
	return d
}

// Scan walks the elements of an XML part: start and end see each, text what
// stands between tags. An error of theirs ends it; it returns ErrTooBig for more
// than depth levels, ErrDoctype, and ErrDamaged.
func Scan(data []byte, depth int, start func(xml.StartElement) error, text func(string), end func(name string) error) error {
	d := decoder(data)
	for level := 0; ; {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return ErrDamaged
		}
		switch e := token.(type) {
		case xml.StartElement:
			if level++; level > depth {
				return ErrTooBig
			}
			err = start(e)
		case xml.EndElement:
			level--
			err = end(e.Name.Local)
		case xml.CharData:
			text(string(e))
		case xml.Directive:
			// No office program writes one, and entities are defined in it.
			return ErrDoctype
		}
		if err != nil {
			return err
		}
	}
}

// Attribute returns an attribute by its name alone; "" where it is not there.
func Attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
