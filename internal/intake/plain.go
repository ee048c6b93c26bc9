package intake

import (
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
