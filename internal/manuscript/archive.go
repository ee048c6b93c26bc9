package manuscript

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
)

// Limits of what is read. A narrative with photographs has some ten megabytes,
// its text a few hundred kilobytes.
const (
	maxFile      = 64 << 20  // the Word file
	maxPart      = 16 << 20  // one XML part, unpacked
	maxPicture   = 24 << 20  // one picture, unpacked
	maxUnpacked  = 512 << 20 // everything, as the archive declares it
	maxEntries   = 5000
	maxDirectory = 2 << 20 // the archive's list of files
)

// archive is the zip file that a .docx is. Part names are compared without
// regard to case, as the format asks.
type archive struct {
	files map[string]*zip.File
}

// errLimit tells that a part is bigger than it may be.
var errLimit = errors.New("超过了允许的大小")

// open opens a Word file; what is not a plain .docx is refused.
func open(name string, data []byte) (*archive, *Problem) {
	if len(data) > maxFile {
		return nil, refusal("manuscript-size", "压缩文档里的图片再导入。Word：图片格式 → 压缩图片；WPS：图片工具 → 压缩图片", "%s 有 %d MB，太大了（不超过 %d MB）", name, len(data)>>20, maxFile>>20)
	}
	if !bytes.HasPrefix(data, []byte("PK")) {
		return nil, refuseForeign(name, data)
	}
	a, err := unpack(data)
	if err != nil {
		return nil, refusal("manuscript-damaged", saveAgain, "%s 打不开：%v", name, err)
	}
	if !a.has("[Content_Types].xml") {
		return nil, refuseArchive(name, a)
	}
	for part := range a.files {
		if path.Base(part) == "vbaproject.bin" {
			return nil, refuseMacros(name)
		}
	}
	return a, nil
}

// unpack lists the archive's files and refuses one that is made to harm.
func unpack(data []byte) (*archive, error) {
	if directorySize(data) > maxDirectory {
		return nil, errors.New("压缩包里的文件太多")
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errors.New("压缩包损坏或不完整")
	}
	if len(z.File) > maxEntries {
		return nil, errors.New("压缩包里的文件太多")
	}
	a := &archive{map[string]*zip.File{}}
	var total uint64
	for _, f := range z.File {
		plain := strings.TrimSuffix(f.Name, "/")
		if !fs.ValidPath(plain) || strings.ContainsAny(f.Name, "\\:\x00") {
			return nil, errors.New("压缩包里有不安全的文件名")
		}
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		key := strings.ToLower(f.Name)
		if a.files[key] != nil {
			return nil, errors.New("压缩包里有重名的文件")
		}
		if f.Flags&1 != 0 {
			return nil, errors.New("压缩包加了密码")
		}
		if total += f.UncompressedSize64; f.UncompressedSize64 > maxUnpacked || total > maxUnpacked {
			return nil, errors.New("解开以后大得不正常")
		}
		a.files[key] = f
	}
	return a, nil
}

// directorySize reads how long the archive's list of files is, before anything
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

func (a *archive) has(part string) bool { return a.files[strings.ToLower(part)] != nil }

// read gives a part's bytes. It never unpacks more than limit, whatever the
// archive declares.
func (a *archive) read(part string, limit int64) ([]byte, error) {
	f := a.files[strings.ToLower(part)]
	if f == nil {
		return nil, fmt.Errorf("没有 %s", part)
	}
	if f.UncompressedSize64 > uint64(limit) {
		return nil, errLimit
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s 打不开", part)
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s 已损坏", part)
	case int64(len(raw)) > limit:
		return nil, errLimit
	}
	return raw, nil
}

// relation is one line of a part's relationships.
type relation struct {
	kind     string // the last word of its type, such as image
	target   string // a part's name, or an address
	external bool
}

// relations reads what a part refers to, by id. The types of the strict and
// the transitional format differ in all but their last word.
func (a *archive) relations(part string) (map[string]relation, error) {
	list := map[string]relation{}
	name := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	if part == "" { // the archive itself
		name = "_rels/.rels"
	}
	if !a.has(name) {
		return list, nil
	}
	root, err := a.tree(name)
	if err != nil {
		return nil, err
	}
	for _, e := range root.children {
		if e.name != "Relationship" {
			continue
		}
		r := relation{kind: path.Base(e.attr("Type")), target: e.attr("Target"), external: e.attr("TargetMode") == "External"}
		if !r.external {
			r.target = partName(part, r.target)
		}
		list[e.attr("Id")] = r
	}
	return list, nil
}

// partName resolves a relationship's target against the part that it is of.
func partName(from, target string) string {
	if u, err := url.PathUnescape(target); err == nil {
		target = u
	}
	if rest, ok := strings.CutPrefix(target, "/"); ok {
		return path.Clean(rest)
	}
	return path.Join(path.Dir(from), target)
}

// contentType gives a part's type as [Content_Types].xml has it.
func (a *archive) contentType(part string) (string, error) {
	root, err := a.tree("[Content_Types].xml")
	if err != nil {
		return "", err
	}
	byExtension := ""
	for _, e := range root.children {
		switch {
		case e.name == "Override" && strings.EqualFold(e.attr("PartName"), "/"+part):
			return e.attr("ContentType"), nil
		case e.name == "Default" && strings.EqualFold(e.attr("Extension"), strings.TrimPrefix(path.Ext(part), ".")):
			byExtension = e.attr("ContentType")
		}
	}
	return byExtension, nil
}

// tree reads a small part whole.
func (a *archive) tree(part string) (*element, error) {
	x, err := a.parse(part)
	if err != nil {
		return nil, err
	}
	start, err := x.start()
	if err != nil {
		return nil, err
	}
	return x.element(start)
}

// sortedKeys gives a map's keys in order, so that the same file gives the same
// result every time.
func sortedKeys[T any](m map[string]T) []string {
	return slices.Sorted(maps.Keys(m))
}
