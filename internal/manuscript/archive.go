package manuscript

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/intake"
	"wangjian/internal/linebreak"
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
type archive struct{ *intake.Archive }

// open opens a Word file; what is not a plain .docx is refused.
func open(name string, data []byte) (*archive, *campaign.Finding) {
	if len(data) > maxFile {
		return nil, refusal("manuscript-size", "压缩文档里的图片再导入。Word：图片格式 → 压缩图片；WPS：图片工具 → 压缩图片", "%s 有 %d MB，太大了（不超过 %d MB）", name, len(data)>>20, maxFile>>20)
	}
	if !bytes.HasPrefix(data, []byte("PK")) {
		return nil, refuseForeign(name, data)
	}
	opened, err := intake.OpenArchive(data, intake.Limits{Parts: maxEntries, Directory: maxDirectory, Declared: maxUnpacked, Part: maxPart})
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

func (a *archive) read(part string) ([]byte, error) {
	raw, err := a.Read(part)
	switch {
	case errors.Is(err, intake.ErrTooBig):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("%s 已损坏", part)
	case raw == nil:
		return nil, fmt.Errorf("没有 %s", part)
	}
	return raw, nil
}

func (a *archive) relations(part string) (map[string]intake.Relation, error) {
	list, err := a.Relations(part)
	if err != nil {
		return nil, partError(intake.RelationsPart(part), err)
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

// How to hand the file in again, as the menus of Word and WPS have it.
const (
	saveAgain     = "打开它另存一次再导入。Word：文件 → 另存为 → 保存类型选“Word 文档 (*.docx)”；WPS：文件 → 另存为 → 文件类型选“Microsoft Word 文件 (*.docx)”"
	takeOffLock   = "去掉密码再导入。Word：文件 → 信息 → 保护文档 → 用密码进行加密，把密码清空后保存；WPS：文件 → 文档加密 → 密码加密，清空后保存。用单位的文档安全软件加密的，先在软件里解密"
	acceptChanges = "先定稿再导入。Word：审阅 → 接受 → 接受所有更改并停止修订；WPS：审阅 → 接受 → 接受对文档所做的所有修订，再点一下“修订”停止修订。逐处看过以后保存"
)

func refusal(rule, hint, format string, args ...any) *campaign.Finding {
	return &campaign.Finding{Level: campaign.Error, Rule: rule, At: placeOf(nil), Message: fmt.Sprintf(format, args...), Hint: hint}
}

// signatures tell files that are no zip archive by how they start.
var signatures = []struct {
	start, what string
}{
	{"%PDF", " PDF"}, {`{\rtf`, " RTF"}, {"%!PS", " PostScript"}, {"\x89PNG", "图片"}, {"\xff\xd8\xff", "图片"},
	{"MIME-Version", "网页（.mht）"}, {"Rar!", " RAR 压缩包"}, {"7z\xbc\xaf", " 7z 压缩包"}, {"\x1f\x8b", "压缩包"},
}

// refuseForeign says why a file that is no zip archive cannot be read.
func refuseForeign(name string, data []byte) *campaign.Finding {
	if len(bytes.TrimSpace(data)) == 0 {
		return refusal("manuscript-empty", "向报送单位重新要一份", "%s 是空文件", name)
	}
	if intake.IsCompound(data) {
		return refuseCompound(name, data)
	}
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \t\r\n")
	for _, s := range signatures {
		if bytes.HasPrefix(trimmed, []byte(s.start)) {
			return refusal("manuscript-kind", saveAgain, "%s 的内容是%s，不是 Word 文件", name, s.what)
		}
	}
	head := bytes.ToLower(trimmed[:min(len(trimmed), 1024)])
	switch {
	case bytes.HasPrefix(head, []byte("<?xml")) && bytes.Contains(head, []byte("word")):
		return refusal("manuscript-kind", saveAgain, "%s 是 Word 的 XML 格式，不是 .docx", name)
	case bytes.HasPrefix(head, []byte("<")):
		return refusal("manuscript-kind", saveAgain, "%s 的内容是网页，不是 Word 文件", name)
	}
	return refusal("manuscript-damaged", saveAgain+"；打不开的，可能是下载不完整，或被文档安全软件加密了", "%s 不是 .docx 文件，或已经损坏", name)
}

// refuseCompound tells what an OLE compound file is: Office's format before
// 2007, and the wrapping of an encrypted one.
func refuseCompound(name string, data []byte) *campaign.Finding {
	has := func(stream string) bool { return intake.HasStream(data, stream) }
	switch ext := strings.ToLower(path.Ext(name)); {
	case has("EncryptedPackage"):
		return refusal("manuscript-encrypted", takeOffLock, "%s 设了打开密码", name)
	case ext == ".wps":
		return refusal("manuscript-old", saveAgain, "%s 是 WPS 文字的旧格式（.wps）", name)
	case has("Workbook"), has("PowerPoint Document"):
		return refusal("manuscript-kind", "总结要用 Word 文件报送", "%s 是表格或演示文稿，不是 Word 文件", name)
	}
	return refusal("manuscript-old", saveAgain, "%s 是旧版 Word 格式（.doc）", name)
}

// refuseArchive says what a zip archive without a Word text in it is.
func refuseArchive(name string, a *archive) *campaign.Finding {
	mime, _ := a.ReadWithin("mimetype", 200)
	switch {
	case bytes.Contains(mime, []byte("opendocument.text")):
		return refusal("manuscript-kind", saveAgain, "%s 是 OpenDocument 文字（.odt），不是 .docx", name)
	case a.Has("OFD.xml"):
		return refusal("manuscript-kind", "请报送单位提供 Word 原稿（.docx）", "%s 是 OFD 版式文件，不是 Word 文件", name)
	}
	return refusal("manuscript-kind", saveAgain, "%s 里没有 Word 的正文", name)
}

const mainText = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

// refuseType says why a part of this content type is not a narrative's text;
// nil for a plain Word document.
func refuseType(name, contentType string) *campaign.Finding {
	switch {
	case strings.EqualFold(contentType, mainText):
		return nil
	case strings.Contains(strings.ToLower(contentType), "macroenabled"):
		return refuseMacros(name)
	case strings.Contains(contentType, "spreadsheetml"), strings.Contains(contentType, "presentationml"):
		return refusal("manuscript-kind", "总结要用 Word 文件报送", "%s 是表格或演示文稿，不是 Word 文件", name)
	case strings.Contains(contentType, "template"):
		return refusal("manuscript-kind", saveAgain, "%s 是 Word 模板，不是文档", name)
	}
	return refusal("manuscript-kind", saveAgain, "%s 不是 Word 文档", name)
}

func refuseMacros(name string) *campaign.Finding {
	return refusal("manuscript-macro", saveAgain+"（不带宏的格式）", "%s 带有宏程序", name)
}

// refuseRevisions says which tracked changes stand in the way.
func refuseRevisions(name string, list []revision) *campaign.Finding {
	var examples string
	for _, v := range list {
		if words := linebreak.Clip(v.text, 16); words != "" {
			examples = "，如" + v.what + "“" + words + "”"
			break
		}
	}
	return refusal("manuscript-revisions", acceptChanges, "%s 里有 %d 处修订没有定稿%s", name, len(list), examples)
}
