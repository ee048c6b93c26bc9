package intake

import (
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"strings"
)

// readPlain reads text.
func readPlain(t *File, data []byte) error {
	text, err := Decode(data)
	if err != nil {
		return unreadable("%s", err)
	}
	n := 0
	for line := range strings.Lines(text) {
		n++
		t.add(fmt.Sprintf("第 %d 行", n), line)
	}
	return t.err
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
			case (name == "href" || name == "src") && strings.HasPrefix(value, "data:image/"):
				t.inlinePicture(strings.Join(strings.Fields(a.Value), ""))
			case strings.HasPrefix(name, "on"):
				return &activeError{"SVG 图里有脚本（" + a.Name.Local + "）"}
			case (name == "href" || name == "src") && !strings.HasPrefix(value, "#"):
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

// inlinePicture keeps a picture that stands in a drawing as base64; another than PNG
// and JPEG may be a drawing itself, and is not looked into.
func (t *File) inlinePicture(value string) {
	head, encoded, _ := strings.Cut(value, ",")
	data, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || !isPicture(data, "") || !strings.Contains(head, ";base64") {
		t.misses("图里嵌着另一个文件")
		return
	}
	t.Pictures = append(t.Pictures, Embedded{Name: fmt.Sprintf("图里的第 %d 张图片", len(t.Pictures)+1), Data: data})
}
