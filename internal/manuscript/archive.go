package manuscript

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/ooxml"
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
type archive struct{ *ooxml.Archive }

// errLimit tells that a part is bigger than it may be.
var errLimit = ooxml.ErrTooBig

// open opens a Word file; what is not a plain .docx is refused.
func open(name string, data []byte) (*archive, *campaign.Finding) {
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
	if len(a.Names(func(part string) bool { return path.Base(part) == "vbaproject.bin" })) > 0 {
		return nil, refuseMacros(name)
	}
	return a, nil
}

// unpack lists the archive's files and refuses one that is made to harm.
func unpack(data []byte) (*archive, error) {
	a, err := ooxml.Open(data, ooxml.Limits{Parts: maxEntries, Directory: maxDirectory, Declared: maxUnpacked})
	if err != nil {
		return nil, err
	}
	return &archive{a}, nil
}

func (a *archive) has(part string) bool { return a.Has(part) }

// read gives a part's bytes. It never unpacks more than limit, whatever the
// archive declares.
func (a *archive) read(part string, limit int64) ([]byte, error) {
	raw, err := a.ReadWithin(part, limit)
	switch {
	case errors.Is(err, errLimit):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("%s 已损坏", part)
	case raw == nil:
		return nil, fmt.Errorf("没有 %s", part)
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
