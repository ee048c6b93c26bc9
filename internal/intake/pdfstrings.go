package intake

import (
	"cmp"
	"encoding/xml"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"wangjian/internal/privacy"
)

// pdfStrings reads the strings of all objects, whoever refers to them: what a viewer
// shows in a panel, a balloon or the properties, and what the file does.
type pdfStrings struct {
	*pdfFile
	to    *File
	infos map[int]bool // numbers of information dictionaries
	told  map[string]bool
}

// metadataOf are the usual names of properties.
var metadataOf = map[pdfName]string{"Author": "作者", "Title": "标题", "Subject": "主题", "Keywords": "关键词", "Creator": "制作程序"}

// placeOf says where the strings of a key are seen.
var placeOf = map[pdfName]string{
	"Contents": "批注或表单", "RC": "批注或表单", "V": "批注或表单", "DV": "批注或表单", "Opt": "批注或表单", "TU": "批注或表单", "T": "批注或表单", "Subj": "批注或表单", "CA": "批注或表单",
	"URI": "链接", "Title": "书签", "ActualText": "替代文字", "Alt": "替代文字", "E": "替代文字",
}

// noText are keys whose strings are no words: numbers of the file, names of places
// within it, and what fonts and colours need.
var noText = map[pdfName]bool{
	"ID": true, "Names": true, "Limits": true, "DA": true, "CheckSum": true, "Panose": true, "Cert": true, "Lang": true,
	"CharSet": true, "FontFamily": true, "Registry": true, "Ordering": true, "Lookup": true, "Dest": true, "D": true,
}

// read goes through all objects, and the trailers.
func (s *pdfStrings) read() error {
	for _, trailer := range s.trailers {
		if info, ok := trailer["Info"].(pdfRef); ok {
			s.infos[int(info)] = true
		}
		s.value("", trailer)
	}
	for _, o := range s.objects {
		d := s.dict(o.value)
		if _, made := d["Producer"]; s.infos[o.number] || made || d["CreationDate"] != nil && d["Type"] == nil {
			s.properties(d)
			continue
		}
		if name, ok := o.value.(pdfName); ok { // that an action may be called
			s.action(pdfDict{"S": name})
		}
		s.value("", o.value)
		if d["Type"] == pdfName("Metadata") || d["Subtype"] == pdfName("XML") {
			s.xmp([]byte(s.raw(o.value)))
		}
		if s.to.err != nil {
			break
		}
	}
	return s.to.err
}

func (s *pdfStrings) properties(d pdfDict) {
	for _, key := range slices.Sorted(maps.Keys(d)) {
		if value := s.words(d[key]); !notWords.MatchString(value) {
			s.to.describe(Property{cmp.Or(metadataOf[key], string(key)), value, isAuthorPlace(string(key), "")})
			if utf8.RuneCountInString(value) > 500 { // as much as is kept of a property
				s.tell(key, value)
			}
		}
	}
}

// value reads the strings of an object, and of those within it.
func (s *pdfStrings) value(key pdfName, v any) {
	switch v := v.(type) {
	case pdfString:
		if !noText[key] {
			s.tell(key, pdfText(v))
		}
	case []any:
		if len(v) > 0 && (v[0] == pdfName("Indexed") || v[0] == pdfName("I")) {
			return
		}
		for _, e := range v {
			s.value(key, e)
		}
	case *pdfStream:
		s.value(key, v.dict)
		s.picture(v)
	case pdfDict:
		s.action(v)
		s.field(v)
		s.entries(v)
	}
}

// entries reads the strings of a dictionary. A note has an author; a field has a name.
func (s *pdfStrings) entries(d pdfDict) {
	note := d["Subtype"] != nil && d["Subtype"] != pdfName("Widget") && d["FT"] == nil
	for _, key := range slices.Sorted(maps.Keys(d)) {
		_, long := s.get(d[key]).(*pdfStream)
		switch {
		case key == "Contents" && d["ByteRange"] != nil: // bytes of a signature
		case key == "T" && note:
			s.to.property("批注的作者", s.words(d[key]))
		case long && (key == "RC" || key == "V" || key == "DV"):
			s.tell(key, s.words(d[key]))
		default:
			s.value(key, d[key])
		}
	}
}

// picture keeps a photo that no page draws.
func (s *pdfStrings) picture(x *pdfStream) {
	if x.dict["Subtype"] == pdfName("Image") {
		if data := s.photo(x); data != nil {
			s.to.Pictures = append(s.to.Pictures, Embedded{Name: "文件里没有画出来的图片", Data: data})
		}
	}
}

// notWords matches dates and numbers of versions.
var notWords = regexp.MustCompile(`^(?:D:\d{4}|\d{4}-\d\d-\d\dT\d\d:|(?:uuid|xmp\.[a-z]+|adobe):|https?://(?:ns\.adobe\.com|www\.w3\.org|purl\.org)/)`)

func (s *pdfStrings) tell(key pdfName, text string) {
	where := placeOf[key]
	if where == "" && !tells(text) {
		return
	}
	if where = cmp.Or(where, "页面以外的文字"); !notWords.MatchString(text) {
		for line := range strings.Lines(strings.ReplaceAll(text, "\r", "\n")) {
			s.add(where, line)
		}
	}
}

// add keeps words that were not told yet; several cells are a row.
func (s *pdfStrings) add(where string, cells ...string) {
	text := strings.Join(cells, "\t")
	if key := where + "\x00" + text; !s.told[key] {
		s.told[key] = true
		p := Piece{Where: where, Text: text, Aside: true}
		if len(cells) > 1 {
			s.to.tables++
			p.Table, p.Cells = s.to.tables, cells
			s.to.keepRow(p)
		} else {
			s.to.keep(p)
		}
	}
}

// field tells a field of a form with its label, as a row of two cells.
func (s *pdfStrings) field(d pdfDict) {
	if d["FT"] == nil && d["Subtype"] != pdfName("Widget") {
		return
	}
	label := cmp.Or(s.words(d["TU"]), s.words(d["T"]))
	for _, key := range []pdfName{"V", "DV", "Opt"} {
		for _, v := range s.list(d[key]) {
			for _, v := range s.list(v) {
				if value := s.words(v); value != "" && label != "" {
					s.add("批注或表单", label, value)
				}
			}
		}
	}
}

// actions are those that do more than move within the file or open an address.
var actions = map[pdfName]string{
	"JavaScript": "脚本", "Launch": "打开别的程序的动作", "SubmitForm": "向外提交的动作", "ImportData": "取外面数据的动作",
	"Rendition": "播放媒体的动作", "Movie": "播放媒体的动作", "Sound": "播放媒体的动作", "RichMediaExecute": "播放媒体的动作",
	"GoToR": "指向别的文件的链接", "GoToE": "指向别的文件的链接", "GoTo3DView": "播放媒体的动作",
}

// action notes what a dictionary does, or refers to outside of the file.
func (s *pdfStrings) action(d pdfDict) {
	name := func(key pdfName) pdfName { n, _ := s.get(d[key]).(pdfName); return n }
	what := actions[name("S")]
	switch name("Subtype") {
	case "RichMedia", "Movie", "Sound", "3D", "Screen":
		what = "媒体"
	}
	if d["JS"] != nil {
		what = "脚本"
	}
	switch f := s.get(d["F"]).(type) {
	case pdfString:
		if d["EF"] == nil {
			what = "指向别的文件的链接“" + shorten(pdfText(f)) + "”"
		}
	case pdfDict:
		if (f["F"] != nil || f["UF"] != nil) && f["EF"] == nil {
			what = "指向别的文件的链接"
		}
	}
	for _, key := range []pdfName{"URI", "Base"} {
		if address := s.words(d[key]); isForbidden(address) {
			what = "不能用的链接“" + shorten(address) + "”"
		}
	}
	if what != "" {
		s.to.does("PDF 里有%s", what)
	}
	if d["EF"] != nil || d["Type"] == pdfName("EmbeddedFile") {
		s.to.misses("PDF 里嵌着别的文件")
	}
	if d["XFA"] != nil {
		s.to.misses("PDF 里有 XFA 表单")
	}
}

// isForbidden reports whether an address is none that a reader may be sent to.
func isForbidden(address string) bool {
	folded := strings.Map(func(r rune) rune {
		if r <= ' ' || privacy.IsInvisible(r) {
			return -1
		}
		return r
	}, address)
	return strings.HasPrefix(folded, `\\`) || hasScheme.MatchString(folded) && !isAddress(folded)
}

// raw returns the bytes of a string, or of a stream that stands for one.
func (f *pdfFile) raw(v any) pdfString {
	switch v := f.get(v).(type) {
	case pdfString:
		return v
	case *pdfStream:
		if data, ok, err := f.decode(v); ok && err == nil {
			return pdfString(data)
		}
		f.damaged = true
	}
	return ""
}

func (f *pdfFile) words(v any) string { return pdfText(f.raw(v)) }

// xmp reads the words of an XMP packet, and who made it.
func (s *pdfStrings) xmp(data []byte) {
	var path []string
	tell := func(name, value string) {
		if value = strings.TrimSpace(value); isAuthorPlace(name, "") || name == "contributor" || name == "publisher" {
			s.to.describe(Property{"作者", value, true})
		} else {
			s.tell("", value)
		}
	}
	err := Scan(data, maxDepth, func(e xml.StartElement) error {
		path = append(path, e.Name.Local)
		for _, a := range e.Attr {
			tell(a.Name.Local, a.Value)
		}
		return nil
	}, func(text string) {
		name := ""
		for _, n := range slices.Backward(path) {
			if n != "li" && n != "Seq" && n != "Bag" && n != "Alt" && name == "" {
				name = n
			}
		}
		tell(name, text)
	}, func(string) error {
		path = path[:max(0, len(path)-1)]
		return nil
	})
	if err != nil {
		s.to.misses("PDF 的属性（XMP）读不出来")
	}
}

// pdfText reads a text string: UTF-16 or UTF-8 with a mark, else Latin.
func pdfText(s pdfString) string {
	switch {
	case strings.HasPrefix(string(s), "\xfe\xff"), strings.HasPrefix(string(s), "\xff\xfe"):
		return utf16Text([]byte(s[2:]), s[0] == 0xfe)
	case strings.HasPrefix(string(s), "\xef\xbb\xbf"):
		return string(s[3:])
	}
	if utf8.ValidString(string(s)) {
		return string(s)
	}
	if text, err := simplifiedchinese.GB18030.NewDecoder().String(string(s)); err == nil && !strings.ContainsRune(text, utf8.RuneError) {
		return text // against the standard, and usual
	}
	runes := make([]rune, len(s))
	for i := range len(s) {
		runes[i] = rune(s[i])
	}
	return string(runes)
}
