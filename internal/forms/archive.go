package forms

import (
	"bytes"
	"errors"
	"path"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/intake"
)

// The bounds within which a stranger's file is read. A department's form has
// some hundred cells and 15 kB; these leave room for a workbook that has been
// through years of copying.
const (
	MaxInput   = 8 << 20  // bytes of the file
	maxPart    = 8 << 20  // bytes of one part, unpacked
	maxTotal   = 24 << 20 // bytes of all parts that are read, unpacked
	maxRatio   = 200      // of a part over bombFloor to its packed size
	maxParts   = 2000
	maxSheets  = 40
	maxCells   = 20000
	maxMerged  = 2000
	maxStrings = 200000
	maxDepth   = 64 // of XML elements
)

// The hints for files that a program has to save again.
const (
	saveAgain  = "用 Excel、WPS 或 LibreOffice 打开，另存为“Excel 工作簿（*.xlsx）”后再导入"
	exportAnew = "请对方在用 form export 导出的表里填写后重报"
)

func checkSize(data []byte) *campaign.Finding {
	switch {
	case len(data) == 0:
		return problemf("import-kind", "请对方重新发送", "文件是空的")
	case len(data) > MaxInput:
		return problemf("import-size", "检查是不是发错了文件；报表不超过 8 MB", "文件有 %d 字节，太大了", len(data))
	}
	return nil
}

// checkKind refuses what is no workbook, in the words for what it is.
func checkKind(data []byte) *campaign.Finding {
	if p := checkSize(data); p != nil {
		return p
	}
	head := data[:min(len(data), 4096)]
	switch {
	case intake.IsCompound(data):
		if intake.HasStream(data, "EncryptedPackage") {
			return problemf("import-kind", "打开后在“文件→信息→保护工作簿”里去掉打开密码，另存后再导入", "文件设了打开密码，读不出来")
		}
		return problemf("import-kind", saveAgain, "这是旧的二进制格式（.xls、.et），不是 xlsx")
	case bytes.HasPrefix(data, []byte("%PDF")):
		return problemf("import-kind", "请对方发来 xlsx 原件", "这是 PDF，不是工作簿")
	case !bytes.HasPrefix(data, []byte("PK")):
		if lower := bytes.ToLower(head); bytes.Contains(lower, []byte("<html")) || bytes.Contains(lower, []byte("<table")) {
			return problemf("import-kind", saveAgain, "这是改了扩展名的网页，不是 xlsx")
		}
		return problemf("import-kind", saveAgain, "文件不是 xlsx 工作簿，或已经损坏")
	}
	return nil
}

func openArchive(data []byte) (*intake.Archive, *campaign.Finding) {
	if p := checkKind(data); p != nil {
		return nil, p
	}
	a, err := intake.OpenArchive(data, intake.Limits{Parts: maxParts, Part: maxPart, Total: maxTotal, Ratio: maxRatio, Backslashes: true, Rooted: true})
	var named *intake.NameError
	switch {
	case errors.Is(err, intake.ErrParts):
		return nil, problemf("import-size", exportAnew, "文件里的部件太多，不像一张报表")
	case errors.As(err, &named) && named.Err == intake.ErrTwice:
		return nil, problemf("import-kind", exportAnew, "文件里有两个同名的部件 %s", clip(named.Name))
	case errors.As(err, &named):
		return nil, problemf("import-kind", exportAnew, "文件里有指到外面的部件名 %s", clip(named.Name))
	case errors.Is(err, intake.ErrEncrypted):
		return nil, problemf("import-kind", saveAgain, "文件加了密码，读不出来")
	case err != nil:
		return nil, problemf("import-kind", "请对方重新发送", "文件已经损坏，打不开")
	}
	return a, checkParts(a)
}

// checkParts refuses other documents, and workbooks that do something.
func checkParts(a *intake.Archive) *campaign.Finding {
	names := a.Names(func(string) bool { return true })
	for _, name := range names {
		if path.Base(name) == "vbaproject.bin" || strings.HasPrefix(name, "xl/macrosheets/") {
			return problemf("import-active", "另存为“Excel 工作簿（*.xlsx）”（不启用宏）后再导入", "工作簿带有宏")
		}
	}
	for _, name := range names {
		switch {
		case strings.HasPrefix(name, "xl/externallinks/"):
			return problemf("import-active", "在“数据→编辑链接”里断开链接，或把值选择性粘贴到原表后再导入", "工作簿链接到别的文件")
		case name == "xl/connections.xml" || strings.HasPrefix(name, "xl/querytables/"):
			return problemf("import-active", "在“数据→查询和连接”里删去连接后再导入", "工作簿带有数据连接")
		}
	}
	switch {
	case a.Has("xl/workbook.xml"):
		return nil
	case a.Has("xl/workbook.bin"):
		return problemf("import-kind", saveAgain, "这是二进制工作簿（.xlsb），不是 xlsx")
	case a.Has("word/document.xml"):
		return problemf("import-kind", "表格请填在用 form export 导出的工作簿里；总结用 text import 导入", "这是 Word 文档，不是工作簿")
	case a.Has("content.xml") && a.Has("mimetype"):
		return problemf("import-kind", saveAgain, "这是 OpenDocument 格式（.ods），不是 xlsx")
	}
	return problemf("import-kind", saveAgain, "压缩包里没有工作簿")
}

func readError(err error) *campaign.Finding {
	switch {
	case errors.Is(err, intake.ErrTooBig):
		return problemf("import-size", exportAnew, "工作簿展开以后大得不像一张报表")
	case errors.Is(err, intake.ErrTooMany):
		return problemf("import-size", "删去多余的行、列和工作表，或"+exportAnew, "工作簿里的格子太多，不像一张报表")
	}
	return problemf("import-kind", saveAgain, "工作簿的内容已经损坏，读不出来")
}
