package site

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"

	"wangjian/internal/picture"
)

// withoutRecord returns a file of the layouts as it may be published: a picture without
// what a camera or a program wrote into it, anything else as it is.
func withoutRecord(content []byte) ([]byte, error) {
	const most = 64 << 20 // pixels
	var out bytes.Buffer
	switch format := picture.Sniff(content[:min(len(content), picture.SniffLength)]); {
	case !format.IsPicture(), format == "SVG":
		return content, nil
	case format == picture.PNG, format == picture.JPEG:
		c, _, err := image.DecodeConfig(bytes.NewReader(content))
		if err != nil || c.Width*c.Height > most {
			return nil, fmt.Errorf("%s 图损坏或太大", format)
		}
		m, _, err := image.Decode(bytes.NewReader(content))
		if err != nil {
			return nil, fmt.Errorf("%s 图损坏", format)
		}
		if format == picture.PNG {
			err = png.Encode(&out, m)
		} else {
			err = jpeg.Encode(&out, m, &jpeg.Options{Quality: 90})
		}
		return out.Bytes(), err
	}
	return nil, errors.New("layouts 里的图片只用 SVG、PNG 和 JPEG")
}
