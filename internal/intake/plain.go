package intake

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// readPlain reads text in UTF-8, UTF-16 with a mark, or GB18030.
func readPlain(t *File, data []byte) error {
	text, err := decode(data)
	if err != nil {
		return err
	}
	n := 0
	for line := range strings.Lines(strings.ReplaceAll(text, "\r", "\n")) {
		n++
		t.add(fmt.Sprintf("第 %d 行", n), line)
	}
	return t.err
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

// readSVG reads a drawing's words and refuses one that does anything, or that
// fetches something.
func readSVG(t *File, data []byte) error {
	var text strings.Builder
	err := Scan(data, maxDepth, func(e xml.StartElement) error {
		switch strings.ToLower(e.Name.Local) {
		case "script", "foreignobject", "iframe", "object", "embed", "handler", "listener", "animate", "set", "animatetransform", "animatemotion":
			return &activeError{"SVG 图里有 <" + e.Name.Local + ">"}
		}
		for _, a := range e.Attr {
			name, value := strings.ToLower(a.Name.Local), strings.ToLower(strings.Join(strings.Fields(a.Value), ""))
			switch {
			case strings.HasPrefix(name, "on"):
				return &activeError{"SVG 图里有脚本（" + a.Name.Local + "）"}
			case (name == "href" || name == "src") && !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "data:image/png") && !strings.HasPrefix(value, "data:image/jpeg"):
				return &activeError{"SVG 图引用了别处的内容“" + shorten(a.Value) + "”"}
			case strings.Contains(value, "javascript:"), strings.Contains(value, "url(") && !strings.Contains(value, "url(#") && !strings.Contains(value, "url('#") && !strings.Contains(value, "url(\"#"):
				return &activeError{"SVG 图引用了别处的内容“" + shorten(a.Value) + "”"}
			}
		}
		return nil
	}, func(s string) {
		if text.Len() < maxText {
			text.WriteString(s)
		}
	}, func(name string) error {
		if strings.EqualFold(name, "style") && strings.Contains(text.String(), "@import") {
			return &activeError{"SVG 图引用了别处的样式"}
		}
		line := strings.Join(strings.Fields(text.String()), " ")
		text.Reset()
		t.add("图中文字", line)
		return t.err
	})
	return err
}
