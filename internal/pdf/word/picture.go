package word

import (
	"errors"
	"fmt"
	"math"

	"wangjian/internal/pdf/typeset"
)

// emu is a point in English Metric Units, the measure of drawings.
const emu = 12700

// picture writes a picture in a line of its own, its caption and its note.
func (b *builder) picture(p *typeset.Picture) error {
	if p.Image == nil {
		return errors.New("图形不能写进 Word 文档，要用它的数据表")
	}
	w, h := pictureSize(p)
	file := image{p.Image.PNG, "png"}
	if file.data == nil {
		jpeg, err := p.Image.JPEG(float64(w) / emu)
		if err != nil {
			return err
		}
		file = image{jpeg, "jpg"}
	}
	b.images = append(b.images, file)
	n := len(b.images)
	b.begin("Picture", keepNext)
	end := b.bookmark(p.Anchor)
	alt := escape(p.Alt)
	fmt.Fprintf(&b.body, `<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="图片%d" descr="%s"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>`, w, h, n, n, alt)
	fmt.Fprintf(&b.body, `<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name="image%d" descr="%s"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="%s"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`, n, n, alt, imageID(n), w, h)
	b.body.WriteString(end + "</w:p>")
	if len(p.Caption) > 0 {
		b.plain("Caption", `<w:spacing w:before="20" w:after="60"/>`, p.Caption)
	}
	if len(p.Note) > 0 {
		b.plain("TableNote", "", p.Note)
	}
	return nil
}

// pictureSize fits a picture to the page as the sheets do, in EMU.
func pictureSize(p *typeset.Picture) (w, h int) {
	height := typeset.A4.BlockHeight * 0.8
	if p.Height > 0 {
		height = p.Height
	}
	scale := min(typeset.A4.BlockWidth/float64(p.Image.Width), height/float64(p.Image.Height), 72.0/96)
	return int(math.Round(scale * float64(p.Image.Width) * emu)), int(math.Round(scale * float64(p.Image.Height) * emu))
}

func imageID(n int) string { return fmt.Sprintf("rImage%d", n) }
