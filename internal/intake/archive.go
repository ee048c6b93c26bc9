package intake

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

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

// Archive is the zip file that an office document is. Parts are named without
// regard to case, as the format asks, and without a slash in front.
type Archive struct {
	parts  map[string]*zip.File
	limits Limits
	read   int64 // bytes unpacked so far
}

// OpenArchive lists an archive's parts. Its error is one of this package's.
func OpenArchive(data []byte, limits Limits) (*Archive, error) {
	if limits.Directory > 0 && directorySize(data) > limits.Directory {
		return nil, ErrParts
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, ErrDamaged
	}
	if limits.Parts > 0 && len(z.File) > limits.Parts {
		return nil, ErrParts
	}
	a := &Archive{parts: map[string]*zip.File{}, limits: limits}
	var declared uint64
	for _, f := range z.File {
		name := f.Name
		if limits.Backslashes {
			name = strings.ReplaceAll(name, `\`, "/")
		}
		if slices.Contains(strings.Split(name, "/"), "..") || strings.ContainsAny(name, "\\:\x00") || !utf8.ValidString(name) || !limits.Rooted && strings.HasPrefix(name, "/") {
			return nil, &NameError{ErrUnsafe, f.Name}
		}
		if strings.HasSuffix(name, "/") {
			continue
		}
		key := strings.ToLower(partName(name))
		if a.parts[key] != nil {
			return nil, &NameError{ErrTwice, f.Name}
		}
		if f.Flags&1 != 0 {
			return nil, ErrEncrypted
		}
		declared += min(f.UncompressedSize64, 1<<60)
		if limits.Declared > 0 && (f.UncompressedSize64 > limits.Declared || declared > limits.Declared) {
			return nil, ErrTooBig
		}
		a.parts[key] = f
	}
	return a, nil
}

// directorySize reads how long the archive's list of parts is, before anything
// is allocated for it; 0 where it cannot be told.
func directorySize(data []byte) uint32 {
	const record = 22
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

// Read unpacks a part; nil without an error where it is not there.
func (a *Archive) Read(name string) ([]byte, error) { return a.ReadWithin(name, a.limits.Part) }

// ReadWithin is Read with another bound for this part.
func (a *Archive) ReadWithin(name string, most int64) ([]byte, error) {
	f := a.part(name)
	if f == nil {
		return nil, nil
	}
	if most <= 0 {
		most = 1 << 60
	}
	if a.limits.Total > 0 {
		most = min(most, a.limits.Total-a.read)
	}
	if f.UncompressedSize64 > uint64(most) {
		return nil, ErrTooBig
	}
	r, err := f.Open()
	if err != nil {
		return nil, ErrDamaged
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	a.read += int64(len(data))
	const small = 1 << 20
	switch {
	case int64(len(data)) > most, a.limits.Ratio > 0 && len(data) > small && uint64(len(data)) > a.limits.Ratio*max(f.CompressedSize64, 1):
		return nil, ErrTooBig
	case err != nil:
		return nil, ErrDamaged
	}
	if data == nil {
		data = []byte{}
	}
	return data, nil
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

// CompoundMark is what an OLE compound file begins with: Office's format before
// 2007, and the wrapping of an encrypted one.
const CompoundMark = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// IsCompound reports whether a file is an OLE compound file.
func IsCompound(data []byte) bool { return bytes.HasPrefix(data, []byte(CompoundMark)) }

// HasStream reports whether a compound file has a stream of that name, which is
// ASCII.
func HasStream(data []byte, name string) bool {
	return bytes.Contains(data, []byte(strings.Join(strings.Split(name, ""), "\x00")+"\x00"))
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
