package intake

import (
	"bytes"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	utf "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// marks are the marks that a text in Unicode may begin with; the longer first.
var marks = []struct {
	mark     string
	encoding encoding.Encoding
}{
	{"\xff\xfe\x00\x00", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)}, {"\x00\x00\xfe\xff", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
	{"\xff\xfe", utf.UTF16(utf.LittleEndian, utf.IgnoreBOM)}, {"\xfe\xff", utf.UTF16(utf.BigEndian, utf.IgnoreBOM)},
	{"\xef\xbb\xbf", encoding.Nop},
}

var (
	errBinary   = errors.New("文件不是文本")
	errEncoding = errors.New("文件既不是 UTF-8 也不是 GB18030 编码")
)

// Decode returns a text as UTF-8 without a mark and with \n line ends: Unicode by its
// mark, UTF-8, or GB18030, which is what office programs on a Chinese system write.
func Decode(data []byte) (string, error) {
	from := encoding.Encoding(encoding.Nop)
	if !utf8.Valid(data) {
		from = simplifiedchinese.GB18030
	}
	for _, m := range marks {
		if rest, ok := bytes.CutPrefix(data, []byte(m.mark)); ok {
			data, from = rest, m.encoding
			break
		}
	}
	raw, err := from.NewDecoder().Bytes(data)
	switch {
	case err != nil || !utf8.Valid(raw) || from != encoding.Nop && bytes.ContainsRune(raw, utf8.RuneError):
		return "", errEncoding
	case bytes.IndexByte(raw, 0) >= 0:
		return "", errBinary
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(raw)), nil
}

// IsInvisible reports whether a character shows nothing and is no blank: controls,
// marks of direction, joiners and soft hyphens.
func IsInvisible(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return false
	case r < 0x7f:
		return r < ' '
	case r >= 0x3000 && r <= 0x9fff:
		return false
	}
	return unicode.IsControl(r) || r == '\u00ad' || r == '\ufeff' || r >= '\u200b' && r <= '\u200f' || r >= '\u202a' && r <= '\u202e' || r >= '\u2060' && r <= '\u206f'
}

// IsUnpublishable reports whether a character has no agreed shape: one that stands
// for a damaged one, of private use, or no character at all.
func IsUnpublishable(r rune) bool {
	return r == utf8.RuneError || unicode.Is(unicode.Co, r) || r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE
}

// utf16Text decodes UTF-16 without a mark.
func utf16Text(data []byte, bigEndian bool) string {
	order := utf.LittleEndian
	if bigEndian {
		order = utf.BigEndian
	}
	text, _ := utf.UTF16(order, utf.IgnoreBOM).NewDecoder().Bytes(data) // what is damaged becomes U+FFFD
	return string(text)
}
