package forms

import (
	"bytes"
	"errors"
	"path"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/intake"
)

// The bounds within which a stranger's workbook is read. A department's form has
// some hundred cells and 15 kB; these leave room for a workbook that has been
// through years of copying.
const (
	MaxInput   = 8 << 20 // bytes of the file
	maxSheets  = 40
	maxCells   = 20000
	maxMerged  = 2000
	maxStrings = 200000
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

// foreign are the words for files that are no workbook, and what to do.
var foreign = map[intake.Kind]struct{ message, hint string }{
	intake.Empty:          {"文件是空的", "请对方重新发送"},
	intake.Encrypted:      {"文件设了打开密码，读不出来", "打开后在“文件→信息→保护工作簿”里去掉打开密码，另存后再导入"},
	intake.OldWorkbook:    {"这是旧的二进制格式（.xls、.et），不是 xlsx", saveAgain},
	intake.PDF:            {"这是 PDF，不是工作簿", "请对方发来 xlsx 原件"},
	intake.WebPage:        {"这是改了扩展名的网页，不是 xlsx", saveAgain},
	intake.WordDocument:   {"这是 Word 文档，不是工作簿", "表格请填在用 form export 导出的工作簿里；总结用 text import 导入"},
	intake.BinaryWorkbook: {"这是二进制工作簿（.xlsb），不是 xlsx", saveAgain},
	intake.OpenTable:      {"这是 OpenDocument 格式（.ods），不是 xlsx", saveAgain},
	intake.Unknown:        {"文件不是 xlsx 工作簿，或已经损坏", saveAgain},
	intake.Packed:         {"压缩包里没有工作簿", saveAgain},
}

func refuseForeign(kind intake.Kind) *campaign.Finding {
	if words, ok := foreign[kind]; ok {
		return problemf("import-kind", words.hint, "%s", words.message)
	}
	return problemf("import-kind", saveAgain, "这是%s，不是 xlsx 工作簿", kind)
}

// openArchive refuses what is no workbook, in the words for what it is.
func openArchive(data []byte) (*intake.Archive, *campaign.Finding) {
	if p := checkSize(data); p != nil {
		return nil, p
	}
	if !bytes.HasPrefix(data, []byte("PK")) {
		return nil, refuseForeign(intake.Sniff(data))
	}
	a, err := intake.OpenArchive(data)
	var named *intake.NameError
	switch {
	case errors.Is(err, intake.ErrParts), errors.Is(err, intake.ErrTooBig):
		return nil, problemf("import-size", exportAnew, "文件里的部件太多或太大，不像一张报表")
	case errors.As(err, &named) && named.Err == intake.ErrTwice:
		return nil, problemf("import-kind", exportAnew, "文件里有两个同名的部件 %s", clip(named.Name))
	case errors.As(err, &named):
		return nil, problemf("import-kind", exportAnew, "文件里有指到外面的部件名 %s", clip(named.Name))
	case errors.Is(err, intake.ErrEncrypted):
		return nil, problemf("import-kind", saveAgain, "文件加了密码，读不出来")
	case err != nil:
		return nil, problemf("import-kind", "请对方重新发送", "文件已经损坏，打不开")
	}
	if p := checkParts(a); p != nil {
		return nil, p
	}
	if kind := a.Kind(); kind != intake.ExcelWorkbook {
		return nil, refuseForeign(kind)
	}
	return a, nil
}

// checkParts refuses workbooks that do something.
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
	return nil
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
