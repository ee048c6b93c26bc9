package manuscript

import (
	"bytes"
	"errors"
	"fmt"
	"path"
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

// archive is a Word file.
type archive struct{ *ooxml.Archive }

// open opens a Word file; what is not a plain .docx is refused.
func open(name string, data []byte) (*archive, *campaign.Finding) {
	if len(data) > maxFile {
		return nil, refusal("manuscript-size", "压缩文档里的图片再导入。Word：图片格式 → 压缩图片；WPS：图片工具 → 压缩图片", "%s 有 %d MB，太大了（不超过 %d MB）", name, len(data)>>20, maxFile>>20)
	}
	if !bytes.HasPrefix(data, []byte("PK")) {
		return nil, refuseForeign(name, data)
	}
	opened, err := ooxml.Open(data, ooxml.Limits{Parts: maxEntries, Directory: maxDirectory, Declared: maxUnpacked, Part: maxPart})
	if err != nil {
		return nil, refusal("manuscript-damaged", saveAgain, "%s 打不开：%v", name, err)
	}
	a := &archive{opened}
	if !a.Has("[Content_Types].xml") {
		return nil, refuseArchive(name, a)
	}
	if len(a.Names(func(part string) bool { return path.Base(part) == "vbaproject.bin" })) > 0 {
		return nil, refuseMacros(name)
	}
	return a, nil
}

// read returns a part's bytes.
func (a *archive) read(part string) ([]byte, error) {
	raw, err := a.Read(part)
	switch {
	case errors.Is(err, ooxml.ErrTooBig):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("%s 已损坏", part)
	case raw == nil:
		return nil, fmt.Errorf("没有 %s", part)
	}
	return raw, nil
}

// relations reads what a part refers to, by id.
func (a *archive) relations(part string) (map[string]ooxml.Relation, error) {
	list, err := a.Relations(part)
	if err != nil {
		return nil, partError(ooxml.RelationsPart(part), err)
	}
	return list, nil
}

// contentType returns a part's type as [Content_Types].xml has it.
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
