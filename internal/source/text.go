package source

import (
	"bytes"
	"fmt"
	"regexp"
	"unicode"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/intake"
	"wangjian/internal/privacy"
)

// MaxFile bounds a file that is read as text. A year's narrative has under
// 100 kB.
const MaxFile = 4 << 20

// Decode returns a text file as UTF-8 with \n line ends. Office programs hand in
// UTF-8, UTF-8 with a mark and GB18030; anything else is said to be wrong.
func Decode(raw []byte) ([]byte, error) {
	if bytes.HasPrefix(raw, []byte{0xFF, 0xFE}) || bytes.HasPrefix(raw, []byte{0xFE, 0xFF}) {
		return nil, fmt.Errorf("文件是 UTF-16（记事本里叫“Unicode”）编码")
	}
	return intake.Decode(raw)
}

// EncodeAs returns a text as UTF-8 with the line ends and the mark of the file that
// it was decoded from.
func EncodeAs(raw, text []byte) []byte {
	if bytes.Contains(raw, []byte("\r\n")) {
		text = bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
	}
	if mark := []byte("\ufeff"); bytes.HasPrefix(raw, mark) {
		text = append(mark, text...)
	}
	return text
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
	case privacy.IsInvisible(r) && !unicode.Is(unicode.Variation_Selector, r):
		return fmt.Sprintf("看不见的字符 U+%04X", r)
	case r >= 0xFDD0 && r <= 0xFDEF, r&0xFFFE == 0xFFFE:
		return fmt.Sprintf("非字符 U+%04X", r)
	}
	return ""
}

// privateKey matches the head of a private key as programs write it.
var privateKey = regexp.MustCompile(`(?m)^[ \t]*-----BEGIN [A-Z ]*PRIVATE KEY-----`)

// checkCharacters reports every forbidden character of a text, once a line, and a
// private key.
func (r *reader) checkCharacters(file string, text []byte) {
	if at := privateKey.FindIndex(text); at != nil {
		line := 1 + bytes.Count(text[:at[0]], []byte("\n"))
		r.fail("secret-written", campaign.Position{File: file, Line: line, Column: 1}, "这里是一把私钥：资料会存进版本库、拷给别人", "删去它，这把钥匙作废，换一把；私钥文件放在自己的文件夹里，在“发布”的“私钥”里写路径")
	}
	line, column, reported := 1, 1, 0
	for len(text) > 0 {
		c, size := utf8.DecodeRune(text)
		text = text[size:]
		if what := forbidden(c); what != "" && reported != line {
			at := campaign.Position{File: file, Line: line, Column: column}
			f := r.fail("character", at, "这里有"+what, "删去它，或改成国家标准（GB 18030）里的字；生僻字请用正式编码的字")
			if unicode.IsControl(c) || privacy.IsInvisible(c) { // nobody sees it go
				f.Mend = at.Mend(string(c), "")
			}
			reported = line
		}
		column++
		if c == '\n' {
			line, column = line+1, 1
		}
	}
}
