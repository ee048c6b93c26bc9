package intake

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
)

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
