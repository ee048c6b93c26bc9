package attachment

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// pack is the zip file that an office document is.
type pack struct {
	parts map[string]*zip.File
	left  int64 // bytes that may still be unpacked
}

const maxParts = 5000

// openPack lists a document's parts and refuses one that is made to harm.
func openPack(data []byte) (*pack, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, unreadable("文件已经损坏，打不开")
	}
	if len(z.File) > maxParts {
		return nil, errBounds
	}
	p := &pack{map[string]*zip.File{}, maxUnpacked}
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(f.Name, "/"))
		if strings.HasSuffix(name, "/") {
			continue
		}
		if !fs.ValidPath(name) || strings.ContainsAny(name, "\\:\x00") {
			return nil, &Active{"文件里有指向文件夹以外的文件名“" + shorten(f.Name) + "”"}
		}
		if p.parts[name] != nil {
			return nil, unreadable("文件里有两个同名的部件")
		}
		if f.Flags&1 != 0 {
			return nil, unreadable("文件加了密码")
		}
		if strings.HasPrefix(path.Base(name), "vbaproject") || strings.Contains(name, "/macrosheets/") || strings.Contains(name, "/activex/") {
			return nil, &Active{"文件里有宏或控件"}
		}
		if strings.Contains(name, "/embeddings/") || strings.Contains(name, "oleobject") {
			return nil, unreadable("文件里嵌着另一个文件")
		}
		p.parts[name] = f
	}
	return p, nil
}

func shorten(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// read unpacks a part; nil when it is not there.
func (p *pack) read(name string) ([]byte, error) {
	f := p.parts[strings.ToLower(name)]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, unreadable("文件已经损坏，读不出来")
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, p.left+1))
	if int64(len(data)) > p.left {
		return nil, errBounds
	}
	p.left -= int64(len(data))
	if err != nil {
		return nil, unreadable("文件已经损坏，读不出来")
	}
	return data, nil
}

// names lists the parts that fit, in their order.
func (p *pack) names(fits func(string) bool) []string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(p.parts)) {
		if fits(name) {
			list = append(list, name)
		}
	}
	slices.SortStableFunc(list, func(a, b string) int { return len(a) - len(b) }) // sheet2 before sheet10
	return list
}

// scan walks an XML part within bounds.
func scan(data []byte, start func(xml.StartElement) error, text func(string), end func(string) error) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("编码是 %s", label)
	}
	for depth := 0; ; {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return unreadable("文件已经损坏，读不出来")
		}
		switch e := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return errBounds
			}
			err = start(e)
		case xml.EndElement:
			depth--
			err = end(e.Name.Local)
		case xml.CharData:
			text(string(e))
		case xml.Directive:
			return &Active{"文件的 XML 里有 DOCTYPE"}
		}
		if err != nil {
			return err
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// people are the properties that hold a person's name.
var people = map[string]string{"creator": "作者", "lastModifiedBy": "上次修改者", "Manager": "经理", "Author": "作者"}

// metadata reads docProps.
func (p *pack) metadata(t *Text) error {
	for _, name := range []string{"docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"} {
		data, err := p.read(name)
		if err != nil || data == nil {
			if err != nil {
				return err
			}
			continue
		}
		var value strings.Builder
		err = scan(data, func(xml.StartElement) error { value.Reset(); return nil }, func(s string) { value.WriteString(s) }, func(name string) error {
			if what := people[name]; what != "" {
				t.property(what, value.String())
			} else if slices.Contains([]string{"title", "subject", "description", "keywords", "Company", "category", "lpwstr"}, name) {
				t.property(map[string]string{"title": "标题", "subject": "主题", "description": "备注", "keywords": "关键词", "Company": "单位"}[name], value.String())
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
	data, err := p.read(part)
	if err != nil || data == nil {
		return err
	}
	var lines []*strings.Builder // open paragraphs, one within another in text boxes
	n, in := 0, false
	return scan(data, func(e xml.StartElement) error {
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
		if author := attribute(e, "author"); author != "" && (e.Name.Local == "comment" || e.Name.Local == "ins" || e.Name.Local == "del") {
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
