package manuscript

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/intake"
	"wangjian/internal/linebreak"
)

// Limits of what is read.
const (
	maxFile    = 64 << 20 // the Word file
	maxPicture = 24 << 20 // one picture, unpacked
)

// archive is a Word file.
type archive struct{ *intake.Archive }

// open opens a Word file; what is not a plain .docx is refused.
func open(name string, data []byte) (*archive, *campaign.Finding) {
	if len(data) > maxFile {
		return nil, refusal("manuscript-size", "压缩文档里的图片再导入。Word：图片格式 → 压缩图片；WPS：图片工具 → 压缩图片", "%s 有 %d MB，太大了（不超过 %d MB）", name, len(data)>>20, maxFile>>20)
	}
	if !bytes.HasPrefix(data, []byte("PK")) {
		return nil, refuseForeign(name, intake.Sniff(data))
	}
	opened, err := intake.OpenArchive(data)
	if err != nil {
		return nil, refusal("manuscript-damaged", saveAgain, "%s 打不开：%v", name, err)
	}
	a := &archive{opened}
	if !a.Has("[Content_Types].xml") {
		return nil, refuseForeign(name, a.Kind())
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

// refuseForeign says what a file is that has no Word text in it.
func refuseForeign(name string, kind intake.Kind) *campaign.Finding {
	what := string(kind)
	if what[0] < utf8.RuneSelf {
		what = " " + what
	}
	switch kind {
	case intake.Empty:
		return refusal("manuscript-empty", "向报送单位重新要一份", "%s 是空文件", name)
	case intake.Encrypted:
		return refusal("manuscript-encrypted", takeOffLock, "%s 设了打开密码", name)
	case intake.OldDocument:
		if strings.EqualFold(path.Ext(name), ".wps") {
			return refusal("manuscript-old", saveAgain, "%s 是 WPS 文字的旧格式（.wps）", name)
		}
		return refusal("manuscript-old", saveAgain, "%s 是旧版 Word 格式（.doc）", name)
	case intake.OldWorkbook, intake.OldPresentation:
		return refuseTables(name)
	case intake.WordXML, intake.OpenText:
		return refusal("manuscript-kind", saveAgain, "%s 是%s，不是 .docx", name, what)
	case intake.OFD:
		return refusal("manuscript-kind", "请报送单位提供 Word 原稿（.docx）", "%s 是 OFD 版式文件，不是 Word 文件", name)
	case intake.Unknown:
		return refusal("manuscript-damaged", saveAgain+"；打不开的，可能是下载不完整，或被文档安全软件加密了", "%s 不是 .docx 文件，或已经损坏", name)
	case intake.Packed, intake.WordDocument:
		return refusal("manuscript-kind", saveAgain, "%s 里没有 Word 的正文", name)
	}
	return refusal("manuscript-kind", saveAgain, "%s 的内容是%s，不是 Word 文件", name, what)
}

func refuseTables(name string) *campaign.Finding {
	return refusal("manuscript-kind", "总结要用 Word 文件报送", "%s 是表格或演示文稿，不是 Word 文件", name)
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
		return refuseTables(name)
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
