package intake

import (
	"bytes"
	"path"
	"slices"
	"strings"
)

// Refused tells of a kind of file that is not published.
type Refused struct{ What, Hint string }

func (r *Refused) Error() string { return r.What }

// kind is a sort of file by its extension.
type kind struct {
	reader string   // how it is read; "opaque" where its words cannot be, "media" where it has none
	magic  []string // how it must start; nil where that is not asked
}

const zipMagic, oleMagic = "PK", CompoundMark

// kinds lists what may be attached. Whatever is not here is refused.
var kinds = map[string]kind{
	".pdf": {"pdf", []string{"%PDF-"}}, ".docx": {"office", []string{zipMagic, oleMagic}}, ".xlsx": {"office", []string{zipMagic, oleMagic}}, ".pptx": {"office", []string{zipMagic, oleMagic}},
	".txt": {"text", nil}, ".csv": {"text", nil}, ".tsv": {"text", nil}, ".json": {"text", nil}, ".vtt": {"text", nil}, ".srt": {"text", nil},
	".doc": {"opaque", []string{oleMagic, "{\\rtf"}}, ".xls": {"opaque", []string{oleMagic}}, ".ppt": {"opaque", []string{oleMagic}}, ".wps": {"office", []string{oleMagic, zipMagic}}, ".et": {"office", []string{oleMagic, zipMagic}}, ".dps": {"office", []string{oleMagic, zipMagic}},
	".ofd": {"office", []string{zipMagic}}, ".odt": {"office", []string{zipMagic}}, ".ods": {"office", []string{zipMagic}}, ".tif": {"opaque", nil}, ".tiff": {"opaque", nil},
	".svg": {"svg", nil},
	".jpg": {"media", nil}, ".jpeg": {"media", nil}, ".png": {"media", nil}, ".gif": {"media", nil}, ".webp": {"media", nil}, ".avif": {"media", nil}, ".bmp": {"media", nil},
	".mp4": {"media", nil}, ".m4v": {"media", nil}, ".webm": {"media", nil}, ".mp3": {"media", nil}, ".m4a": {"media", nil}, ".ogg": {"media", nil}, ".mov": {"media", nil}, ".wav": {"media", nil},
}

// IsMedia reports whether a file of this name is a picture or a recording, which
// has no words to read.
func IsMedia(name string) bool { return kinds[strings.ToLower(path.Ext(name))].reader == "media" }

func kindOf(name string, data []byte) (string, error) {
	ext := strings.ToLower(path.Ext(name))
	k, ok := kinds[ext]
	if !ok {
		switch ext {
		case ".zip", ".rar", ".7z", ".gz", ".tar":
			return "", &Refused{"压缩包不能作为附件", "解开以后逐个作为附件"}
		case ".docm", ".xlsm", ".xlsb", ".pptm":
			return "", &Refused{"带宏的文件不能作为附件", "另存为 docx、xlsx 或 pdf"}
		case ".html", ".htm", ".xhtml", ".mht", ".js", ".xml":
			return "", &Refused{"网页和脚本不能作为附件", "另存为 pdf，或把内容写进正文"}
		case "":
			return "", &Refused{"附件没有扩展名，看不出是什么文件", "给文件名加上扩展名，如 .pdf"}
		}
		return "", &Refused{"“" + ext + "”文件不能作为附件", "换成 pdf、docx、xlsx、csv、txt 或图片"}
	}
	if k.magic != nil && !slices.ContainsFunc(k.magic, func(m string) bool { return bytes.HasPrefix(data, []byte(m)) }) {
		if ext == ".pdf" && bytes.Contains(data[:min(1024, len(data))], []byte("%PDF-")) {
			return k.reader, nil
		}
		if len(data) == 0 {
			return "", &Refused{"附件是空的", "换成正确的文件"}
		}
		return "", &Refused{"附件的内容不是它的扩展名 " + ext + " 所说的那种文件", "换成正确的文件，或改正扩展名"}
	}
	if k.reader == "office" && IsCompound(data) {
		if ext == ".wps" || ext == ".et" || ext == ".dps" {
			return "opaque", nil
		}
		return "", unreadable("文件设了打开密码")
	}
	return k.reader, nil
}
