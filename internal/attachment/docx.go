package attachment

import (
	"fmt"
	"slices"
	"strings"
)

// readDocx reads a Word file: its text, headers, notes and comments.
func readDocx(t *Text, data []byte) error {
	p, err := openPack(data)
	if err != nil {
		return err
	}
	if !p.Has("word/document.xml") {
		return unreadable("文件里没有 Word 的正文")
	}
	if err := p.paragraphs(t, "word/document.xml", func(n int) string { return fmt.Sprintf("第 %d 段", n) }, "p"); err != nil {
		return err
	}
	for _, name := range p.under(".xml", "word/") {
		for prefix, what := range map[string]string{"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注", "comments.": "批注"} {
			if !strings.HasPrefix(name, "word/"+prefix) {
				continue
			}
			if err := p.paragraphs(t, name, func(int) string { return what }, "p"); err != nil {
				return err
			}
		}
	}
	return p.pictured(t, "word/media/")
}

// under lists the parts whose names begin in one of some ways and end in one.
func (p *pack) under(suffix string, prefixes ...string) []string {
	return p.Names(func(name string) bool {
		return strings.HasSuffix(name, suffix) && slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
	})
}

// pictured reads the metadata, and says so of a document that holds nothing
// but pictures.
func (p *pack) pictured(t *Text, media string) error {
	if len(t.Pieces) == 0 && len(p.Names(func(name string) bool { return strings.HasPrefix(name, media) })) > 0 {
		return unreadable("文件里只有图片，没有文字")
	}
	return p.metadata(t)
}

// readPptx reads slides and their notes.
func readPptx(t *Text, data []byte) error {
	p, err := openPack(data)
	if err != nil {
		return err
	}
	slides := p.under(".xml", "ppt/slides/slide", "ppt/notesslides/notesslide")
	if len(slides) == 0 {
		return unreadable("文件里没有幻灯片")
	}
	for _, name := range slides {
		number := strings.TrimSuffix(strings.TrimLeft(name, "abcdefghijklmnopqrstuvwxyz/"), ".xml")
		if err := p.paragraphs(t, name, func(int) string { return "第 " + number + " 张幻灯片" }, "p"); err != nil {
			return err
		}
	}
	return p.pictured(t, "ppt/media/")
}
