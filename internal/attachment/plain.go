package attachment

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// readPlain reads text in UTF-8, UTF-16 with a mark, or GB18030.
func readPlain(t *Text, data []byte) error {
	text, err := decode(data)
	if err != nil {
		return err
	}
	n := 0
	for line := range strings.Lines(strings.ReplaceAll(text, "\r", "\n")) {
		n++
		if err := t.add(fmt.Sprintf("第 %d 行", n), line); err != nil {
			return err
		}
	}
	return nil
}

func decode(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		text := utf16Text(data[2:], data[0] == 0xfe)
		if strings.ContainsRune(text, 0) { // UTF-32 begins with the same mark
			return "", unreadable("文件不是文本")
		}
		return text, nil
	case utf8.Valid(data):
		text := string(bytes.TrimPrefix(data, []byte("\ufeff")))
		if strings.ContainsRune(text, 0) {
			return "", unreadable("文件不是文本")
		}
		return strings.ReplaceAll(text, "\r\n", "\n"), nil
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) || bytes.IndexByte(text, 0) >= 0 {
		return "", unreadable("文件既不是 UTF-8 也不是 GB18030 编码的文本")
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n"), nil
}

func utf16Text(data []byte, bigEndian bool) string {
	units := make([]uint16, 0, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		u := uint16(data[i]) | uint16(data[i+1])<<8
		if bigEndian {
			u = uint16(data[i])<<8 | uint16(data[i+1])
		}
		units = append(units, u)
	}
	return string(utf16.Decode(units))
}
