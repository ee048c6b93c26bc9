package attachment

import (
	"encoding/xml"
	"errors"
	"path"
	"strings"

	"wangjian/internal/linebreak"
	"wangjian/internal/ooxml"
)

// pack is an office document whose words are read.
type pack struct{ *ooxml.Archive }

// openPack lists a document's parts and refuses one that is made to harm.
func openPack(data []byte) (*pack, error) {
	p, err := ooxml.Open(data, ooxml.Limits{Parts: 5000, Total: maxUnpacked, Rooted: true})
	if err != nil {
		return nil, packError(err)
	}
	for _, name := range p.Names(func(string) bool { return true }) {
		switch {
		case strings.HasPrefix(path.Base(name), "vbaproject"), strings.Contains(name, "/macrosheets/"), strings.Contains(name, "/activex/"):
			return nil, &Active{"文件里有宏或控件"}
		case strings.Contains(name, "/embeddings/"), strings.Contains(name, "oleobject"):
			return nil, unreadable("文件里嵌着另一个文件")
		}
	}
	return &pack{p}, nil
}

// packError puts what is wrong with an archive into words.
func packError(err error) error {
	var named *ooxml.NameError
	switch {
	case errors.As(err, &named) && named.Err == ooxml.ErrUnsafe:
		return &Active{"文件里有指向文件夹以外的文件名“" + shorten(named.Name) + "”"}
	case errors.Is(err, ooxml.ErrDoctype):
		return &Active{"文件的 XML 里有 DOCTYPE"}
	case errors.Is(err, ooxml.ErrTwice):
		return unreadable("文件里有两个同名的部件")
	case errors.Is(err, ooxml.ErrEncrypted):
		return unreadable("文件加了密码")
	case errors.Is(err, ooxml.ErrDamaged):
		return unreadable("文件已经损坏，读不出来")
	case errors.Is(err, ooxml.ErrTooBig), errors.Is(err, ooxml.ErrParts), errors.Is(err, ooxml.ErrTooMany):
		return errBounds
	}
	return err
}

// shorten cuts a text down to what a message can quote.
func shorten(s string) string { return linebreak.Clip(s, 40) }

// properties are those that are read, by their elements.
var properties = map[string]string{
	"creator": "作者", "lastModifiedBy": "上次修改者", "Manager": "经理", "Author": "作者",
	"title": "标题", "subject": "主题", "description": "备注", "keywords": "关键词", "Company": "单位", "category": "", "lpwstr": "",
}

// metadata reads docProps.
func (p *pack) metadata(t *Text) error {
	for _, name := range []string{"docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"} {
		data, err := p.Read(name)
		if err != nil {
			return err
		}
		var value strings.Builder
		err = ooxml.Scan(data, maxDepth, func(xml.StartElement) error { value.Reset(); return nil }, func(s string) { value.WriteString(s) }, func(name string) error {
			if what, ok := properties[name]; ok {
				t.property(what, value.String())
			}
			value.Reset()
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// paragraphs reads the words of a part: one piece a paragraph.
func (p *pack) paragraphs(t *Text, part string, where func(int) string, block string) error {
	data, err := p.Read(part)
	if err != nil || data == nil {
		return err
	}
	var lines []*strings.Builder // open paragraphs, one within another in text boxes
	n, in := 0, false
	return ooxml.Scan(data, maxDepth, func(e xml.StartElement) error {
		switch e.Name.Local {
		case block:
			lines = append(lines, &strings.Builder{})
		case "t", "delText", "instrText":
			in = true
		case "tab":
			if len(lines) > 0 {
				lines[len(lines)-1].WriteByte('\t')
			}
		case "br", "cr":
			if len(lines) > 0 {
				lines[len(lines)-1].WriteByte(' ')
			}
		}
		if author := ooxml.Attribute(e, "author"); author != "" && (e.Name.Local == "comment" || e.Name.Local == "ins" || e.Name.Local == "del") {
			t.property("批注、修订的作者", author)
		}
		return nil
	}, func(s string) {
		if in && len(lines) > 0 {
			lines[len(lines)-1].WriteString(s)
		}
	}, func(name string) error {
		switch name {
		case "t", "delText", "instrText":
			in = false
		case block:
			line := lines[len(lines)-1]
			lines = lines[:len(lines)-1]
			if strings.TrimSpace(line.String()) != "" {
				n++
				return t.add(where(n), line.String())
			}
		}
		return nil
	})
}
