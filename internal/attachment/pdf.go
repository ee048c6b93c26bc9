package attachment

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// readPDF reads the words of every page, annotations, bookmarks and metadata.
// The file is not trusted: its cross-reference table is not used, objects are
// found where they stand.
func readPDF(t *Text, data []byte) error {
	if encrypted.Match(data) {
		return unreadable("PDF 加了密码或限制")
	}
	f := &pdfFile{data: data, left: maxUnpacked, work: 16*len(data) + 1<<20, at: map[int]int{}, objects: map[int]any{}, fonts: map[int]*pdfFont{}}
	if err := f.index(); err != nil {
		return err
	}
	if f.active != "" {
		return &Active{"PDF 里有" + f.active}
	}
	if err := f.marginalia(t); err != nil {
		return err
	}
	pages := f.pages()
	if len(pages) == 0 {
		return unreadable("PDF 已经损坏，读不出页面")
	}
	var blank []string
	for n, page := range pages {
		p := &pdfPage{file: f}
		if err := p.read(page); err != nil {
			return err
		}
		if p.unknown > 4 && p.unknown*10 > p.known || p.pictures > 0 && p.known < 10 || p.broken {
			blank = append(blank, fmt.Sprint(n+1))
		}
		if err := p.tell(t, fmt.Sprintf("第 %d 页", n+1)); err != nil {
			return err
		}
	}
	switch {
	case len(blank) > 5:
		return unreadable("PDF 的第 %s 等 %d 页是扫描的图片，或文字没有编码", strings.Join(blank[:5], "、"), len(blank))
	case len(blank) > 0:
		return unreadable("PDF 的第 %s 页是扫描的图片，或文字没有编码", strings.Join(blank, "、"))
	case f.embedded:
		return unreadable("PDF 里嵌着别的文件")
	}
	return nil
}

var encrypted = regexp.MustCompile(`/Encrypt[\s/<\[0-9]`)

// pages lists the page objects in reading order.
func (f *pdfFile) pages() []pdfDict {
	var list []pdfDict
	seen := map[int]bool{}
	var walk func(v any, depth int)
	walk = func(v any, depth int) {
		if ref, ok := v.(pdfRef); ok {
			if seen[int(ref)] {
				return
			}
			seen[int(ref)] = true
		}
		d := f.dict(v)
		if d == nil || depth > maxDepth {
			return
		}
		if kids, ok := f.get(d["Kids"]).([]any); ok && d["Type"] != pdfName("Page") {
			for _, k := range kids {
				walk(k, depth+1)
			}
			return
		}
		list = append(list, d)
	}
	for _, n := range f.order {
		if d := f.dict(pdfRef(n)); d != nil && d["Type"] == pdfName("Catalog") {
			walk(d["Pages"], 0)
		}
	}
	if len(list) > 0 {
		return list
	}
	for _, n := range f.order { // a file without its tree
		if d := f.dict(pdfRef(n)); d != nil && d["Type"] == pdfName("Page") {
			list = append(list, d)
		}
	}
	return list
}

// inherited gives a page's entry, or its parent's.
func (f *pdfFile) inherited(page pdfDict, key pdfName) any {
	for range 20 {
		if v := f.get(page[key]); v != nil {
			return v
		}
		if page = f.dict(page["Parent"]); page == nil {
			return nil
		}
	}
	return nil
}

// marginalia reads what stands beside the pages' text.
func (f *pdfFile) marginalia(t *Text) error {
	for _, n := range f.order {
		v := f.get(pdfRef(n))
		d := f.dict(v)
		if d == nil {
			continue
		}
		if _, info := d["Producer"]; info || d["CreationDate"] != nil && d["Type"] == nil {
			for _, key := range []pdfName{"Author", "Title", "Subject", "Keywords", "Creator"} {
				t.property(map[pdfName]string{"Author": "作者", "Title": "标题", "Subject": "主题", "Keywords": "关键词", "Creator": "制作程序"}[key], f.words(d[key]))
			}
		}
		for _, key := range []pdfName{"Contents", "V", "RC", "TU"} {
			if key == "Contents" && d["Type"] == pdfName("Page") {
				continue
			}
			if s, ok := f.get(d[key]).(pdfString); ok {
				if err := t.add("批注或表单", pdfText(s)); err != nil {
					return err
				}
			}
		}
		if d["Subtype"] != nil && f.get(d["T"]) != nil {
			t.property("批注的作者", f.words(d["T"]))
		}
		if a := f.dict(d["A"]); a != nil {
			if err := t.add("链接", f.words(a["URI"])); err != nil {
				return err
			}
		}
		if d["Title"] != nil && d["Parent"] != nil {
			if err := t.add("书签", f.words(d["Title"])); err != nil {
				return err
			}
		}
		if s, ok := v.(*pdfStream); ok && d["Type"] == pdfName("Metadata") {
			raw, ok, err := f.decode(s)
			if err != nil {
				return err
			}
			if ok {
				xmpPeople(t, raw)
			}
		}
	}
	return nil
}

func (f *pdfFile) words(v any) string {
	s, _ := f.get(v).(pdfString)
	return pdfText(s)
}

// xmpPeople reads the creators of an XMP packet; one that is damaged is let be.
func xmpPeople(t *Text, data []byte) {
	in := ""
	_ = scan(data, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "creator", "contributor", "Author", "publisher":
			in = e.Name.Local
		}
		return nil
	}, func(s string) {
		if in != "" {
			t.property("作者", s)
		}
	}, func(name string) error {
		if name == in {
			in = ""
		}
		return nil
	})
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

// matrix is a transformation: a b c d e f.
type pdfMatrix [6]float64

func (m pdfMatrix) times(n pdfMatrix) pdfMatrix {
	return pdfMatrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// pdfPage reads one page.
type pdfPage struct {
	file     *pdfFile
	lines    []string
	line     strings.Builder
	started  bool
	x, y     float64 // where the line's last word ended
	known    int     // characters that were read
	unknown  int     // characters whose code says nothing
	pictures int
	broken   bool // a part that could not be unpacked
}

func (p *pdfPage) read(page pdfDict) error {
	f := p.file
	var content []byte
	list, ok := f.get(page["Contents"]).([]any)
	if !ok {
		list = []any{page["Contents"]}
	}
	for _, c := range list {
		s, ok := f.get(c).(*pdfStream)
		if !ok {
			continue
		}
		part, ok, err := f.decode(s)
		if err != nil {
			return err
		}
		if !ok {
			p.broken = true
			continue
		}
		content = append(append(content, part...), '\n')
	}
	resources, _ := f.inherited(page, "Resources").(pdfDict)
	if err := p.run(content, resources, pdfMatrix{1, 0, 0, 1, 0, 0}, 0); err != nil {
		return err
	}
	p.flush()
	return nil
}

// tell adds the page's lines, and what a line break splits.
func (p *pdfPage) tell(t *Text, where string) error {
	for i, line := range p.lines {
		if err := t.add(where, line); err != nil {
			return err
		}
		if i == 0 {
			continue
		}
		tail, head := []rune(strings.TrimRight(p.lines[i-1], " \t")), []rune(strings.TrimLeft(line, " \t"))
		if len(tail) > 0 && len(head) > 0 && numeral(tail[len(tail)-1]) && numeral(head[0]) {
			if err := t.add(where, string(tail[max(0, len(tail)-24):])+string(head[:min(24, len(head))])); err != nil {
				return err
			}
		}
	}
	return nil
}

func numeral(r rune) bool {
	return r >= '0' && r <= '9' || r >= '０' && r <= '９' || strings.ContainsRune("-－—", r)
}

func (p *pdfPage) flush() {
	if p.line.Len() > 0 {
		p.lines = append(p.lines, p.line.String())
	}
	p.line.Reset()
	p.started = false
}

// write puts a word at its place: on the same line, behind a gap, or on a new
// line.
func (p *pdfPage) write(text string, x, y, width, size float64) {
	if size <= 0 {
		size = 1
	}
	if p.started {
		dx, dy := x-p.x, y-p.y
		switch {
		case dy > 0.5*size || dy < -0.5*size:
			p.flush()
		case dx > 1.6*size || dx < -2*size:
			p.line.WriteByte('\t')
		case dx > 0.2*size:
			p.line.WriteByte(' ')
		}
	}
	p.line.WriteString(text)
	p.x, p.y, p.started = x+width, y, true
}

// pdfState is what q saves.
type pdfState struct {
	matrix     pdfMatrix
	font       *pdfFont
	size       float64
	charSpace  float64
	wordSpace  float64
	scale      float64
	leading    float64
	line, text pdfMatrix
}

// run interprets a content stream.
func (p *pdfPage) run(content []byte, resources pdfDict, matrix pdfMatrix, depth int) error {
	if depth > 12 {
		return nil
	}
	f := p.file
	s := pdfState{matrix: matrix, scale: 1, line: pdfMatrix{1, 0, 0, 1, 0, 0}, text: pdfMatrix{1, 0, 0, 1, 0, 0}}
	var stack []pdfState
	var args []any
	number := func(i int) float64 {
		if i < 0 || i >= len(args) {
			return 0
		}
		n, _ := args[i].(float64)
		return n
	}
	move := func(x, y float64) {
		s.line = pdfMatrix{1, 0, 0, 1, x, y}.times(s.line)
		s.text = s.line
	}
	show := func(v any) {
		switch v := v.(type) {
		case pdfString:
			p.show(&s, v)
		case float64:
			s.text = pdfMatrix{1, 0, 0, 1, -v / 1000 * s.size * s.scale, 0}.times(s.text)
		}
	}
	lexer := &pdfLexer{data: content, file: f}
	for {
		v, err := lexer.value(0)
		if err == errPDFEnd {
			return nil
		}
		if err != nil {
			if err == errBounds {
				return err
			}
			p.broken = true
			return nil
		}
		op, ok := v.(pdfWord)
		if !ok {
			if len(args) < 64 {
				args = append(args, v)
			}
			continue
		}
		if f.operations++; f.operations > 4_000_000 {
			return errBounds
		}
		switch op {
		case "q":
			if len(stack) < 512 {
				stack = append(stack, s)
			}
		case "Q":
			if len(stack) > 0 {
				s, stack = stack[len(stack)-1], stack[:len(stack)-1]
			}
		case "cm":
			s.matrix = pdfMatrix{number(0), number(1), number(2), number(3), number(4), number(5)}.times(s.matrix)
		case "BT":
			s.line, s.text = pdfMatrix{1, 0, 0, 1, 0, 0}, pdfMatrix{1, 0, 0, 1, 0, 0}
		case "Tf":
			if len(args) >= 2 {
				if name, ok := args[0].(pdfName); ok {
					s.font, err = f.font(f.dict(resources["Font"])[name])
					if err != nil {
						return err
					}
				}
				s.size = number(1)
			}
		case "Td":
			move(number(0), number(1))
		case "TD":
			s.leading = -number(1)
			move(number(0), number(1))
		case "T*":
			move(0, -s.leading)
		case "Tm":
			s.line = pdfMatrix{number(0), number(1), number(2), number(3), number(4), number(5)}
			s.text = s.line
		case "TL":
			s.leading = number(0)
		case "Tc":
			s.charSpace = number(0)
		case "Tw":
			s.wordSpace = number(0)
		case "Tz":
			s.scale = number(0) / 100
		case "Tj":
			if len(args) > 0 {
				show(args[0])
			}
		case "'", "\"":
			move(0, -s.leading)
			if len(args) > 0 {
				show(args[len(args)-1])
			}
		case "TJ":
			if len(args) > 0 {
				if list, ok := args[0].([]any); ok {
					for _, v := range list {
						show(v)
					}
				}
			}
		case "BI": // an inline picture
			p.pictures++
			lexer.skipInlineImage()
		case "Do":
			if len(args) == 0 {
				break
			}
			name, _ := args[0].(pdfName)
			x, ok := f.get(f.dict(resources["XObject"])[name]).(*pdfStream)
			if !ok {
				break
			}
			if x.dict["Subtype"] == pdfName("Image") {
				p.pictures++
				break
			}
			part, ok, err := f.decode(x)
			if err != nil {
				return err
			}
			if !ok {
				p.broken = true
				break
			}
			inner := s.matrix
			if m, ok := f.get(x.dict["Matrix"]).([]any); ok && len(m) == 6 {
				var own pdfMatrix
				for i := range own {
					own[i], _ = f.get(m[i]).(float64)
				}
				inner = own.times(inner)
			}
			own, ok := f.get(x.dict["Resources"]).(pdfDict)
			if !ok {
				own = resources
			}
			if err := p.run(part, own, inner, depth+1); err != nil {
				return err
			}
		}
		args = args[:0]
	}
}

// show writes a string in the current font.
func (p *pdfPage) show(s *pdfState, text pdfString) {
	font := s.font
	if font == nil {
		font = latinFont
	}
	for len(text) > 0 {
		n, code := font.next(text)
		if n == 0 {
			return
		}
		text = text[n:]
		shown, ok := font.unicode(code, n)
		if ok {
			p.known += utf8.RuneCountInString(shown)
		} else {
			p.unknown++
			shown = "\ufffd"
		}
		at := s.text.times(s.matrix)
		width := font.width(code)/1000*s.size*s.scale + s.charSpace*s.scale
		if n == 1 && code == 32 {
			width += s.wordSpace * s.scale
		}
		unit := abs(at[0]) + abs(at[1])
		size := s.size * (abs(at[3]) + abs(at[2]))
		p.write(shown, at[4], at[5], width*unit, abs(size))
		s.text = pdfMatrix{1, 0, 0, 1, width, 0}.times(s.text)
	}
}

func abs(f float64) float64 {
	if f < 0 {
		return -f
	}
	return f
}

// pdfFont tells what a code shows, and how wide it is.
type pdfFont struct {
	wide    bool // two bytes a code
	mixed   bool // one or two bytes, as in GBK
	ucs     bool // codes are UTF-16
	mapped  map[int]string
	lengths [5]bool // lengths of codes that the map knows
	names   map[int]string
	latin   bool
	widths  map[int]float64
	dw      float64
}

var latinFont = &pdfFont{latin: true, dw: 500}

func (f *pdfFile) font(v any) (*pdfFont, error) {
	ref, isRef := v.(pdfRef)
	if isRef && f.fonts[int(ref)] != nil {
		return f.fonts[int(ref)], nil
	}
	d := f.dict(v)
	if d == nil {
		return latinFont, nil
	}
	font := &pdfFont{widths: map[int]float64{}, dw: 500}
	if isRef {
		f.fonts[int(ref)] = font
	}
	if s, ok := f.get(d["ToUnicode"]).(*pdfStream); ok {
		data, ok, err := f.decode(s)
		if err != nil {
			return nil, err
		}
		if ok {
			font.mapped = map[int]string{}
			font.readMap(data, f)
		}
	}
	if d["Subtype"] == pdfName("Type0") {
		font.wide, font.dw = true, 1000
		encoding, _ := f.get(d["Encoding"]).(pdfName)
		switch {
		case strings.HasPrefix(string(encoding), "Uni"):
			font.ucs = true
		case strings.HasPrefix(string(encoding), "GB"):
			font.mixed = true
		}
		if list, ok := f.get(d["DescendantFonts"]).([]any); ok && len(list) > 0 {
			below := f.dict(list[0])
			if w, ok := f.get(below["DW"]).(float64); ok {
				font.dw = w
			}
			w, _ := f.get(below["W"]).([]any)
			font.readWidths(w, f)
		}
		return font, nil
	}
	first, _ := f.get(d["FirstChar"]).(float64)
	if list, ok := f.get(d["Widths"]).([]any); ok {
		for i, w := range list[:min(len(list), 256)] {
			font.widths[int(first)+i], _ = f.get(w).(float64)
		}
	}
	if d["Subtype"] == pdfName("Type3") {
		for code, w := range font.widths { // in the font's own units, usually thousandths of one
			if w < 20 {
				font.widths[code] = w * 1000
			}
		}
	}
	font.latin = font.mapped == nil
	if e := f.dict(d["Encoding"]); e != nil {
		font.names = map[int]string{}
		code := 0
		list, _ := f.get(e["Differences"]).([]any)
		for _, v := range list {
			switch v := f.get(v).(type) {
			case float64:
				code = int(v)
			case pdfName:
				font.names[code] = string(v)
				code++
			}
		}
	}
	return font, nil
}

func (font *pdfFont) readWidths(list []any, f *pdfFile) {
	for i := 0; i+1 < len(list) && len(font.widths) < 1<<16; {
		first, _ := f.get(list[i]).(float64)
		if each, ok := f.get(list[i+1]).([]any); ok {
			for k, w := range each {
				font.widths[int(first)+k], _ = f.get(w).(float64)
			}
			i += 2
			continue
		}
		if i+2 >= len(list) {
			return
		}
		last, _ := f.get(list[i+1]).(float64)
		w, _ := f.get(list[i+2]).(float64)
		for c := int(first); c <= int(last) && c-int(first) < 1<<16 && len(font.widths) < 1<<16; c++ {
			font.widths[c] = w
		}
		i += 3
	}
}

// readMap reads a ToUnicode CMap.
func (font *pdfFont) readMap(data []byte, f *pdfFile) {
	lexer := &pdfLexer{data: data, file: f}
	var args []any
	for {
		v, err := lexer.value(0)
		if err != nil {
			return
		}
		word, ok := v.(pdfWord)
		if !ok {
			if len(args) < 1<<16 {
				args = append(args, v)
			}
			continue
		}
		switch word {
		case "endcodespacerange":
			for _, a := range args {
				if s, ok := a.(pdfString); ok && len(s) >= 1 && len(s) <= 4 {
					font.lengths[len(s)] = true
				}
			}
		case "endbfchar":
			for i := 0; i+1 < len(args); i += 2 {
				code, _ := args[i].(pdfString)
				to, ok := args[i+1].(pdfString)
				if ok && len(code) <= 4 {
					font.mapped[codeOf(code)] = utf16Text([]byte(to), true)
				}
			}
		case "endbfrange":
			for i := 0; i+2 < len(args); i += 3 {
				lo, _ := args[i].(pdfString)
				hi, _ := args[i+1].(pdfString)
				if len(lo) > 4 || len(hi) > 4 {
					continue
				}
				from, to := codeOf(lo), codeOf(hi)
				switch target := args[i+2].(type) {
				case []any:
					for k, v := range target {
						if s, ok := v.(pdfString); ok && from+k <= to {
							font.mapped[from+k] = utf16Text([]byte(s), true)
						}
					}
				case pdfString:
					units := utf16.Encode([]rune(utf16Text([]byte(target), true)))
					if len(units) == 0 {
						continue
					}
					for c := from; c <= to && c-from < 1<<16 && len(font.mapped) < 1<<17; c++ {
						font.mapped[c] = string(utf16.Decode(units))
						units[len(units)-1]++
					}
				}
			}
		}
		args = args[:0]
	}
}

func codeOf(s pdfString) int {
	n := 0
	for i := range len(s) {
		n = n<<8 | int(s[i])
	}
	return n
}

// next takes a code off a string.
func (font *pdfFont) next(s pdfString) (n, code int) {
	n = 1
	switch {
	case font.mixed && s[0] >= 0x81 && len(s) > 1:
		n = 2
	case font.mixed:
	case font.wide:
		n = 2
		if font.lengths[1] && !font.lengths[2] {
			n = 1
		}
	}
	if len(s) < n {
		n = len(s)
	}
	return n, codeOf(s[:n])
}

func (font *pdfFont) unicode(code, n int) (string, bool) {
	if s, ok := font.mapped[code]; ok {
		return s, s != "" && !strings.ContainsRune(s, 0) && s != "\ufffd"
	}
	switch {
	case font.ucs:
		return string(utf16.Decode([]uint16{uint16(code)})), true
	case font.mixed:
		raw := []byte{byte(code)}
		if n == 2 {
			raw = []byte{byte(code >> 8), byte(code)}
		}
		s, err := simplifiedchinese.GBK.NewDecoder().Bytes(raw)
		return string(s), err == nil
	case font.names[code] != "":
		return glyph(font.names[code])
	case font.latin && !font.wide:
		return string(rune(code)), code >= 32
	}
	return "", false
}

func (font *pdfFont) width(code int) float64 {
	if w, ok := font.widths[code]; ok {
		return w
	}
	return font.dw
}

var glyphNames = map[string]string{
	"zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
	"space": " ", "hyphen": "-", "minus": "-", "period": ".", "comma": ",", "colon": ":", "semicolon": ";", "at": "@", "underscore": "_", "slash": "/",
	"parenleft": "(", "parenright": ")", "plus": "+", "percent": "%", "quotesingle": "'", "quotedbl": "\"", "endash": "–", "emdash": "—", "asterisk": "*", "equal": "=",
}

// glyph tells what a glyph's name says (the Adobe glyph list, its usual part).
func glyph(name string) (string, bool) {
	if s, ok := glyphNames[name]; ok {
		return s, true
	}
	if len(name) == 1 {
		return name, true
	}
	var n rune
	if len(name) >= 7 && strings.HasPrefix(name, "uni") {
		if _, err := fmt.Sscanf(name[3:7], "%04X", &n); err == nil {
			return string(n), true
		}
	}
	return "", slices.Contains([]string{".notdef", "nbspace", "quoteleft", "quoteright", "bullet", "ampersand", "numbersign", "exclam", "question", "dollar", "less", "greater", "bracketleft", "bracketright", "copyright", "registered", "section", "fi", "fl"}, name)
}

// skipInlineImage moves past the data of a BI … ID … EI.
func (l *pdfLexer) skipInlineImage() {
	for _, end := range [][]byte{[]byte("\nEI"), []byte(" EI"), []byte("\rEI")} {
		if i := bytes.Index(l.data[l.at:], end); i >= 0 {
			l.at += i + len(end)
			return
		}
	}
	l.at = len(l.data)
}
