package site

import (
	"bytes"
	"errors"
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
	case format == picture.PNG:
		c, err := png.DecodeConfig(bytes.NewReader(content))
		if err != nil || c.Width*c.Height > most {
			return nil, errors.New("PNG 图损坏或太大")
		}
		m, err := png.Decode(bytes.NewReader(content))
		if err != nil {
			return nil, errors.New("PNG 图损坏")
		}
		if err := png.Encode(&out, m); err != nil {
			return nil, err
		}
	case format == picture.JPEG:
		c, err := jpeg.DecodeConfig(bytes.NewReader(content))
		if err != nil || c.Width*c.Height > most {
			return nil, errors.New("JPEG 图损坏或太大")
		}
		m, err := jpeg.Decode(bytes.NewReader(content))
		if err != nil {
			return nil, errors.New("JPEG 图损坏")
		}
		if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: 90}); err != nil {
			return nil, err
		}
	default:
		return nil, errors.New("layouts 里的图片只用 SVG、PNG 和 JPEG")
	}
	return out.Bytes(), nil
}
