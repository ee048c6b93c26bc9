package manuscript

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // formats that the site and the PDF can show
	_ "image/jpeg"
	_ "image/png"
	"regexp"
	"strings"
	"unicode"

	"wangjian/internal/intake"
	"wangjian/internal/linebreak"
)

const (
	mostPictures  = 200
	mostBytes     = 128 << 20   // of all pictures together
	mostPixels    = 100_000_000 // of one picture, as the PDF takes it
	mostDecoded   = 40_000_000  // of one picture that must be cut or turned
	mostDecodedIn = 200_000_000 // of all such pictures together
)

// choosePictures takes the pictures of a text out of the file, under names that
// begin with a code. One that cannot be shown is left out and said.
func choosePictures(n *narrative, file *archive, code string, said *remarks) []Picture {
	c := &chooser{file: file, said: said, code: code, names: map[drawingKey]string{}}
	var kept []*block
	for _, b := range n.blocks {
		if b.part != picturePart {
			kept = append(kept, b)
			continue
		}
		d := b.pictures[0]
		var err error
		if d.name, err = c.choose(d); err != nil {
			caption := ""
			if d.alt != "" {
				caption = "“" + linebreak.Clip(d.alt, 24) + "”"
			}
			said.problem("manuscript-picture", d.at, "在 Word 里把图片另存为 JPG 或 PNG，重新插入后再导入", "图片%s没有导入：%v", caption, err)
			continue
		}
		kept = append(kept, b)
	}
	n.blocks = kept
	return c.pictures
}

// drawingKey tells pictures that come out the same.
type drawingKey struct {
	part     string
	crop     crop
	quarters int
	flipped  bool
}

type chooser struct {
	file     *archive
	said     *remarks
	code     string
	names    map[drawingKey]string
	pictures []Picture
	bytes    int
	decoded  int
}

// choose returns the name under which a picture is kept.
func (c *chooser) choose(d *drawing) (string, error) {
	key := drawingKey{d.part, d.crop, d.quarters, d.flipped}
	if name := c.names[key]; name != "" {
		return name, nil
	}
	if len(c.pictures) >= mostPictures {
		return "", fmt.Errorf("图片太多，一篇不超过 %d 张", mostPictures)
	}
	raw, err := c.file.ReadWithin(d.part, maxPicture)
	if errors.Is(err, intake.ErrTooBig) {
		return "", fmt.Errorf("文件太大，一张不超过 %d MB", maxPicture>>20)
	}
	if err != nil {
		return "", errors.New("文件已损坏")
	}
	data, format, err := c.develop(raw, d)
	if err != nil {
		return "", err
	}
	if c.bytes += len(data); c.bytes > mostBytes {
		return "", fmt.Errorf("图片合起来太大，一篇不超过 %d MB", mostBytes>>20)
	}
	name := fmt.Sprintf("%s-%d.%s", c.code, len(c.pictures)+1, extensions[format])
	c.pictures = append(c.pictures, Picture{name, data})
	c.names[key] = name
	return name, nil
}

var extensions = map[string]string{"jpeg": "jpg", "png": "png", "gif": "gif"}

// develop returns a picture as Word showed it, and nothing beside it: no parts
// that were cropped away, no record of the camera.
func (c *chooser) develop(raw []byte, d *drawing) (data []byte, format string, err error) {
	config, format, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return nil, "", fmt.Errorf("%s格式不能在网页上显示", kindOf(raw))
	}
	if config.Width <= 0 || config.Height <= 0 || config.Width > mostPixels/config.Height {
		return nil, "", fmt.Errorf("尺寸太大（%d×%d 像素）", config.Width, config.Height)
	}
	if !d.crop.none() || d.quarters != 0 || d.flipped {
		pixels := config.Width * config.Height
		if c.decoded += pixels; pixels > mostDecoded || c.decoded > mostDecodedIn {
			return nil, "", fmt.Errorf("裁剪或旋转过，尺寸太大（%d×%d 像素），裁掉的部分去不掉", config.Width, config.Height)
		}
		data, format, err = cutAndTurn(raw, format, d)
		if err != nil {
			return nil, "", err
		}
		c.said.count("changed-picture", "按 Word 里的样子裁剪或旋转了 %d 张图片，裁掉的部分没有导入", "")
		return data, format, nil
	}
	data, found, err := withoutRecords(raw, format)
	if err != nil {
		return nil, "", errors.New("文件已损坏")
	}
	if found {
		c.said.count("left-camera", "%d 张图片里的拍摄信息（时间、位置、机型等）去掉了", "")
	}
	return data, format, nil
}

// kindOf names a picture's format by how it starts.
func kindOf(raw []byte) string {
	for start, what := range map[string]string{
		"BM": "BMP", "II*\x00": "TIFF", "MM\x00*": "TIFF", "\xd7\xcd\xc6\x9a": "WMF", "\x01\x00\x00\x00": "EMF", "\x01\x00\x09\x00": "WMF",
	} {
		if bytes.HasPrefix(raw, []byte(start)) {
			return what + " "
		}
	}
	return "这种"
}

var (
	pictureCaption = regexp.MustCompile(`^(?:附?图|照片|图片)\s*[0-9０-９一二三四五六七八九十]+(?:[-－.．][0-9０-９]+)?`)
	tableCaption   = regexp.MustCompile(`^附?表\s*[0-9０-９一二三四五六七八九十]`)
)

const longestCaption = 90

// captionPictures makes the captions the pictures' alternative texts: the
// lines below it (图1 …), else the line above.
func captionPictures(blocks []*block, said *remarks) []*block {
	var out []*block
	for i := 0; i < len(blocks); {
		if blocks[i].part != picturePart {
			out = append(out, blocks[i])
			i++
			continue
		}
		var pictures []*drawing
		for ; i < len(blocks) && blocks[i].part == picturePart; i++ {
			pictures = append(pictures, blocks[i].pictures...)
		}
		var captions []string
		for ; i < len(blocks) && len(captions) < len(pictures) && isCaption(blocks[i]); i++ {
			captions = append(captions, captionText(blocks[i].paragraph, said))
		}
		if n := len(out); len(captions) == 0 && n > 0 && isCaption(out[n-1]) {
			captions = []string{captionText(out[n-1].paragraph, said)}
			out = out[:n-1]
		}
		captions = spread(captions, len(pictures))
		for j, d := range pictures {
			d.alt = alternative(d, captions[j], said)
			out = append(out, &block{part: picturePart, pictures: []*drawing{d}})
		}
	}
	return out
}

// captionText returns the words of a caption, all that an alternative text can
// hold.
func captionText(p *paragraph, said *remarks) string {
	tellLostNotes(p, said)
	return oneLine(p.label() + p.text())
}

func isCaption(b *block) bool {
	if b.part != textPart || b.paragraph == nil {
		return false
	}
	text := oneLine(b.paragraph.label() + b.paragraph.text())
	if length(text) > longestCaption || tableCaption.MatchString(text) {
		return false
	}
	return b.paragraph.role == captionRole || pictureCaption.MatchString(text) && !strings.HasSuffix(text, "。")
}

// spread returns the caption of each picture. One caption for several is
// taken apart where it names each, else it stands for all of them.
func spread(captions []string, pictures int) []string {
	out := make([]string, pictures)
	copy(out, captions)
	if len(captions) != 1 || pictures < 2 {
		return out
	}
	if parts := eachCaption(captions[0]); len(parts) == pictures {
		copy(out, parts)
		return out
	}
	for i := range out {
		out[i] = fmt.Sprintf("%s（共 %d 张，第 %d 张）", captions[0], pictures, i+1)
	}
	return out
}

var captionStart = regexp.MustCompile(`(?:附?图|照片|图片)\s*[0-9０-９一二三四五六七八九十]+`)

// eachCaption cuts “图1 检查 图2 宣传” into its captions.
func eachCaption(text string) []string {
	starts := captionStart.FindAllStringIndex(text, -1)
	if len(starts) == 0 || starts[0][0] > 0 {
		return nil
	}
	var parts []string
	for i, s := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		parts = append(parts, strings.TrimSpace(text[s[0]:end]))
	}
	return parts
}

var (
	fileName  = regexp.MustCompile(`(?i)\.(?:jpe?g|png|gif|bmp|webp|heic|tiff?)$|^(?:微信图片|mmexport|IMG|DSC|QQ图片|截图)[_\s0-9]`)
	emptyName = regexp.MustCompile(`^(?:图片|图形|图像|Picture|Image)\s*[0-9]*$`)
)

// alternative returns a picture's alternative text: its caption, else what Word
// holds when a person wrote it.
func alternative(d *drawing, caption string, said *remarks) string {
	if caption != "" {
		return caption
	}
	text := oneLine(d.description)
	han := 0
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			han++
		}
	}
	if han < 2 || fileName.MatchString(text) || emptyName.MatchString(text) || strings.Contains(text, "自动生成") {
		said.problem("manuscript-caption", d.at, "在 Word 里给图片加上题注（如“图1 联合检查现场”），或导入后在方括号里写上说明", "图片没有说明")
		return ""
	}
	return clean(text)
}
