package source

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"wangjian/internal/campaign"
)

// MaxFile bounds a file that is read as text. A year's narrative has under
// 100 kB.
const MaxFile = 4 << 20

// Decode returns a text file that lies outside of a campaign as its own files are
// read.
func Decode(raw []byte) ([]byte, error) { return decode(raw) }

// decode returns a text file as UTF-8 with \n line ends. Office programs hand in
// UTF-8, UTF-8 with a mark and GB18030; anything else is said to be wrong.
func decode(raw []byte) ([]byte, error) {
	if bytes.HasPrefix(raw, []byte{0xFF, 0xFE}) || bytes.HasPrefix(raw, []byte{0xFE, 0xFF}) {
		return nil, fmt.Errorf("文件是 UTF-16（记事本里叫“Unicode”）编码")
	}
	text := bytes.TrimPrefix(raw, []byte("\ufeff"))
	if !utf8.Valid(text) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(text)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return nil, fmt.Errorf("文件既不是 UTF-8 也不是 GB18030 编码")
		}
		text = decoded
	}
	if bytes.IndexByte(text, '\r') < 0 {
		return text, nil
	}
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(text, []byte("\r"), []byte("\n")), nil
}

// forbidden says what is wrong with a character that no published text may
// hold (GB 18030-2022; the PDF would show a blank box), or "".
func forbidden(r rune) string {
	switch {
	case r >= ' ' && r < 0x7f, r >= 0x3000 && r <= 0x9fff, r == '\t' || r == '\n' || r == '\r':
		return "" // nearly all
	case r == utf8.RuneError:
		return "替换字符 U+FFFD（原来的字已经损坏）"
	case unicode.IsControl(r):
		return fmt.Sprintf("控制字符 U+%04X", r)
	case unicode.Is(unicode.Co, r):
		return fmt.Sprintf("私用区字符 U+%04X", r)
	case r == '\ufeff', r == '\u200b', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\u200e', r == '\u200f':
		return fmt.Sprintf("看不见的字符 U+%04X", r)
	case r >= 0xFDD0 && r <= 0xFDEF, r&0xFFFE == 0xFFFE:
		return fmt.Sprintf("非字符 U+%04X", r)
	}
	return ""
}

// checkCharacters reports every forbidden character of a text, once a line.
func (r *reader) checkCharacters(file string, text []byte) {
	line, column, reported := 1, 1, 0
	for len(text) > 0 {
		c, size := utf8.DecodeRune(text)
		text = text[size:]
		if what := forbidden(c); what != "" && reported != line {
			r.fail("character", campaign.Position{File: file, Line: line, Column: column},
				"这里有"+what, "删去它，或改成国家标准（GB 18030）里的字；生僻字请用正式编码的字")
			reported = line
		}
		column++
		if c == '\n' {
			line, column = line+1, 1
		}
	}
}
