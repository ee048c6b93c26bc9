package source

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"wangjian/internal/attachment"
	"wangjian/internal/campaign"
)

const (
	maxDrawing = 64 << 10  // bytes of a logo that is SVG
	maxPixels  = 256 << 10 // of one that is PNG
	logoHeight = 48        // px at which it is shown
	logoWidth  = 192       // at the most
)

// readLogo looks at the campaign's own mark: small, with a known shape, and a
// drawing that does nothing and fetches nothing.
func (r *reader) readLogo(file string) {
	if r.failSource(file) {
		return
	}
	at := campaign.InFile(file)
	data, err := fs.ReadFile(r.fsys, file)
	if err != nil {
		r.fail("unreadable", at, "文件读不出来："+reason(err), "检查文件是否被别的程序占用，或权限是否正确")
		return
	}
	most, shape := maxPixels, pixels
	if path.Ext(file) == ".svg" {
		most, shape = maxDrawing, drawing
	}
	if len(data) > most {
		r.fail("logo", at, fmt.Sprintf("标志有 %d KB，每一页都要读它，太大了", (len(data)+1023)/1024), fmt.Sprintf("缩到 %d KB 以内", most>>10))
		return
	}
	width, height, err := shape(file, data)
	if err != nil {
		r.fail("logo", at, "标志不能用："+err.Error(), "换成没有脚本和外部内容、写有 viewBox 的 SVG，或者 PNG")
		return
	}
	if path.Ext(file) == ".svg" {
		r.inspectPassage(Passage{File: file, Text: data})
	}
	shown := campaign.Logo{File: path.Base(file), Width: int(width*logoHeight/height + 0.5), Height: logoHeight}
	if shown.Width > logoWidth {
		shown.Width, shown.Height = logoWidth, max(1, int(height*logoWidth/width+0.5))
	}
	shown.Width = max(1, shown.Width)
	r.c.Looks.Logo = shown
}

func pixels(_ string, data []byte) (width, height float64, err error) {
	c, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return 0, 0, errors.New("不是 PNG 图")
	}
	if _, err := png.Decode(bytes.NewReader(data)); c.Width > 2048 || c.Height > 2048 || err != nil {
		return 0, 0, errors.New("PNG 图损坏，或长宽超过 2048 像素")
	}
	return float64(c.Width), float64(c.Height), nil
}

// drawing returns the shape that a drawing's viewBox tells.
func drawing(file string, data []byte) (width, height float64, err error) {
	if _, err := attachment.Read(file, data); err != nil {
		return 0, 0, err
	}
	var svg struct {
		XMLName xml.Name `xml:"svg"`
		ViewBox *string  `xml:"viewBox,attr"`
	}
	switch err := xml.Unmarshal(data, &svg); {
	case err != nil:
		return 0, 0, errors.New("不是 SVG 图")
	case svg.ViewBox == nil:
		return 0, 0, errors.New("SVG 图没有写 viewBox")
	}
	parts := strings.FieldsFunc(*svg.ViewBox, func(c rune) bool { return c == ' ' || c == ',' })
	if len(parts) == 4 {
		w, errW := strconv.ParseFloat(parts[2], 64)
		h, errH := strconv.ParseFloat(parts[3], 64)
		if errW == nil && errH == nil && w > 0 && h > 0 && w < 1e5 && h < 1e5 {
			return w, h, nil
		}
	}
	return 0, 0, errors.New("viewBox 写得不对")
}
