package manuscript

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

var (
	pictureCaption = regexp.MustCompile(`^(?:附?图|照片|图片)\s*[0-9０-９一二三四五六七八九十]+(?:[-－.．][0-9０-９]+)?`)
	tableCaption   = regexp.MustCompile(`^附?表\s*[0-9０-９一二三四五六七八九十]`)
)

const longestCaption = 90

// captionPictures returns every picture its caption as alternative text: the
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
			out = append(out, &block{part: picturePart, pictures: []*drawing{d}, alts: []string{alternative(d, captions[j], said)}})
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

// isCaption tells the caption of a picture.
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

// spread returns each of some pictures its caption. One caption for several is
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
