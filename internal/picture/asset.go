package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image/jpeg"
	"image/png"
	"io"
	"path"
)

// Asset returns a file of the layouts as it may be published: a picture without
// what a camera or a program wrote into it, a video or a recording likewise, anything
// else as it is. Its errors are in Chinese.
func Asset(name string, content []byte) ([]byte, error) {
	format := Sniff(content)
	switch {
	case !format.Fits(name):
		return nil, fmt.Errorf("内容不是 %s 文件", path.Ext(name))
	case format == "SVG", format == Other:
		return content, nil
	case format.IsVideo(), format.IsSound():
		clean, err := Clean(bytes.NewReader(content), format)
		if err != nil {
			return nil, err
		}
		return io.ReadAll(clean)
	case format != PNG && format != JPEG:
		return nil, errors.New("layouts 里的图片只用 SVG、PNG 和 JPEG")
	}
	m, _, err := Decode(content)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if format == PNG {
		err = png.Encode(&out, m)
	} else {
		err = jpeg.Encode(&out, m, &jpeg.Options{Quality: 90})
	}
	return out.Bytes(), err
}
