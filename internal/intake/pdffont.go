package intake

import (
	"encoding/binary"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/unicode/norm"
)

// pdfFont tells what a code shows, and how wide it is.
type pdfFont struct {
	wide     bool // two bytes a code
	mixed    bool // one, two or four bytes, as in GB18030
	ucs      bool // codes are UTF-16
	vertical bool
	mapped   map[int]string
	lengths  [5]bool // lengths of codes that the map lists
	composed bool    // a font of many characters
	names    map[int]string
	base     bool // codes without a name are those of Windows-1252
	widths   map[int]float64
	dw       float64
}

var latinFont = &pdfFont{base: true, dw: 500}

func (f *pdfFile) font(v any) (*pdfFont, error) {
	ref, isRef := v.(pdfRef)
	if isRef && f.fonts[ref] != nil {
		return f.fonts[ref], nil
	}
	d := f.dict(v)
	if d == nil {
		return latinFont, nil
	}
	font := &pdfFont{widths: map[int]float64{}, dw: 500}
	if isRef {
		f.fonts[ref] = font
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
		font.composite(d, f)
	} else {
		font.simple(d, f)
	}
	return font, nil
}

// composite reads a font of many characters. Of predefined CMaps those of Unicode
// and of GB are known; a font by glyph numbers says what they show in its map alone.
func (font *pdfFont) composite(d pdfDict, f *pdfFile) {
	font.composed, font.wide, font.dw = true, true, 1000
	name, _ := f.get(d["Encoding"]).(pdfName)
	encoding := string(name)
	font.vertical = strings.HasSuffix(encoding, "-V") || encoding == "V"
	font.ucs = strings.HasPrefix(encoding, "Uni") && (strings.Contains(encoding, "UCS2") || strings.Contains(encoding, "UTF16"))
	font.mixed = strings.HasPrefix(encoding, "GB")
	if s, ok := f.get(d["Encoding"]).(*pdfStream); ok {
		font.vertical = s.dict["WMode"] == 1.0
		if data, ok, err := f.decode(s); ok && err == nil {
			codes := &pdfFont{mapped: map[int]string{}}
			codes.readMap(data, f)
			font.wide = codes.lengths[2] || !codes.lengths[1]
		}
	}
	for _, v := range f.list(d["DescendantFonts"]) {
		below := f.dict(v)
		if w, ok := f.get(below["DW"]).(float64); ok {
			font.dw = w
		}
		font.readWidths(f.list(below["W"]), f)
	}
}

// simple reads a font of at most 256 characters. Without a map its codes are known
// by the names of an encoding; those of a font that brings its own shapes and no
// encoding may show anything.
func (font *pdfFont) simple(d pdfDict, f *pdfFile) {
	first, _ := f.get(d["FirstChar"]).(float64)
	unit := 1.0
	if m, ok := f.numbers(d["FontMatrix"], 6); ok && d["Subtype"] == pdfName("Type3") {
		unit = math.Abs(m[0]) * 1000
	}
	list := f.list(d["Widths"])
	for i, w := range list[:min(len(list), 256)] {
		n, _ := f.get(w).(float64)
		font.widths[int(first)+i] = n * unit
	}
	font.encode(d, f)
}

// encode reads which characters the codes of a simple font are.
func (font *pdfFont) encode(d pdfDict, f *pdfFile) {
	descriptor := f.dict(d["FontDescriptor"])
	flags, _ := f.get(descriptor["Flags"]).(float64)
	encoding := f.get(d["Encoding"])
	differences := f.dict(encoding)
	if differences != nil {
		encoding = f.get(differences["BaseEncoding"])
	}
	named := encoding != nil || int(flags)&4 == 0 && differences != nil
	if descriptor["FontFile"] == nil && descriptor["FontFile2"] == nil && descriptor["FontFile3"] == nil {
		named = named || int(flags)&4 == 0
	}
	base, _ := f.get(d["BaseFont"]).(pdfName)
	font.base = d["Subtype"] != pdfName("Type3") && (named || standardFonts.MatchString(string(base)))
	font.names = map[int]string{}
	if encoding == nil {
		for _, m := range builtIn.FindAllStringSubmatch(string(f.raw(descriptor["FontFile"])), 256) {
			code, _ := strconv.Atoi(m[1])
			font.names[code] = m[2]
		}
	}
	code := 0
	for _, v := range f.list(differences["Differences"]) {
		switch v := f.get(v).(type) {
		case float64:
			code = int(v)
		case pdfName:
			font.names[code] = string(v)
			code++
		}
	}
}

// builtIn matches a line of the encoding that a Type 1 font brings.
var builtIn = regexp.MustCompile(`dup +(\d{1,3}) */([A-Za-z0-9.]+) +put`)

var standardFonts = regexp.MustCompile(`^(?:Helvetica|Times|Courier|Arial|TimesNewRoman|CourierNew)(?:-?,?(?:Roman|Bold|Italic|Oblique|PSMT|MT|PS))*$`)

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
		for c := int(first); f.work > 0 && c <= int(last) && c-int(first) < 1<<16 && len(font.widths) < 1<<16; c++ {
			font.widths[c] = w
			f.work--
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
				font.mapCodes(f, args[i], args[i], args[i+1])
			}
		case "endbfrange":
			for i := 0; i+2 < len(args); i += 3 {
				font.mapCodes(f, args[i], args[i+1], args[i+2])
			}
		}
		args = args[:0]
	}
}

// mapCodes maps the codes from lo to hi: to texts, or to one that counts up.
func (font *pdfFont) mapCodes(f *pdfFile, lo, hi, target any) {
	low, _ := lo.(pdfString)
	high, _ := hi.(pdfString)
	if len(low) > 4 || len(high) > 4 {
		return
	}
	from, to := codeOf(low), codeOf(high)
	switch target := target.(type) {
	case []any:
		for k, v := range target {
			if s, ok := v.(pdfString); ok && from+k <= to {
				font.mapped[from+k] = utf16Text([]byte(s), true)
			}
		}
	case pdfString:
		units := utf16.Encode([]rune(utf16Text([]byte(target), true)))
		for c := from; len(units) > 0 && f.work > 0 && c <= to && c-from < 1<<16 && len(font.mapped) < 1<<17; c++ {
			font.mapped[c] = string(utf16.Decode(units))
			units[len(units)-1]++
			f.work -= 4
		}
	}
}

func codeOf(s pdfString) int {
	n := 0
	for i := range len(s) {
		n = n<<8 | int(s[i])
	}
	return n
}

// next takes a code off a string, which is not empty.
func (font *pdfFont) next(s pdfString) (n, code int) {
	n = 1
	switch {
	case font.mixed && s[0] >= 0x81 && len(s) > 3 && s[1] >= '0' && s[1] <= '9':
		n = 4
	case font.mixed && s[0] >= 0x81, font.wide && !font.mixed:
		n = 2
	}
	n = min(n, len(s))
	return n, codeOf(s[:n])
}

// unicode returns what a code of n bytes shows; false where that is not known.
func (font *pdfFont) unicode(code, n int) (string, bool) {
	if s, ok := font.mapped[code]; ok {
		return s, s != "" && !strings.ContainsFunc(s, func(r rune) bool {
			return r < ' ' && r != '\t' || r == utf8.RuneError || r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000
		})
	}
	switch {
	case font.ucs:
		return string(utf16.Decode([]uint16{uint16(code)})), true
	case font.mixed:
		raw := binary.BigEndian.AppendUint32(nil, uint32(code))[4-n:]
		s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
		return string(s), err == nil
	case font.names[code] != "":
		return glyph(font.names[code])
	case !font.composed && (font.base || code == ' '):
		return string(charmap.Windows1252.DecodeByte(byte(code))), code >= ' '
	}
	return "", false
}

func (font *pdfFont) width(code int) float64 {
	if w, ok := font.widths[code]; ok {
		return w
	}
	return font.dw
}

// glyphNames are the usual names of characters that are no letters, and of letters
// with an accent.
var glyphNames = func() map[string]string {
	m := map[string]string{}
	list := strings.Fields(`0 zero 1 one 2 two 3 three 4 four 5 five 6 six 7 seven 8 eight 9 nine - hyphen - minus - sfthyphen . period , comma : colon ; semicolon @ at _ underscore / slash \ backslash
		( parenleft ) parenright [ bracketleft ] bracketright { braceleft } braceright + plus % percent ' quotesingle " quotedbl – endash — emdash * asterisk = equal ! exclam # numbersign $ dollar & ampersand ? question < less > greater ^ asciicircum ~ asciitilde | bar
		‘ quoteleft ’ quoteright “ quotedblleft ” quotedblright ‚ quotesinglbase „ quotedblbase • bullet … ellipsis © copyright ® registered ™ trademark § section ¶ paragraph ° degree ± plusminus × multiply ÷ divide · periodcentered · middot µ mu ¥ yen £ sterling € Euro ¢ cent ¤ currency
		fi fi fl fl ff ff ffi ffi ffl ffl ß germandbls æ ae Æ AE œ oe Œ OE ø oslash Ø Oslash đ dcroat ł lslash Ł Lslash ı dotlessi ð eth þ thorn ¡ exclamdown ¿ questiondown « guillemotleft » guillemotright ‹ guilsinglleft › guilsinglright † dagger ‡ daggerdbl ª ordfeminine º ordmasculine ¬ logicalnot ¦ brokenbar
		¹ onesuperior ² twosuperior ³ threesuperior ½ onehalf ¼ onequarter ¾ threequarters ⁄ fraction − minus Ω Omega α alpha β beta γ gamma δ delta ε epsilon π pi λ lambda σ sigma θ theta ∞ infinity ≤ lessequal ≥ greaterequal ≠ notequal → arrowright ← arrowleft ´ acute ¨ dieresis ¯ macron ¸ cedilla ˆ circumflex ˜ tilde ˇ caron`)
	for n := 0; n+1 < len(list); n += 2 {
		m[list[n+1]] = list[n]
	}
	m["space"], m["nbspace"], m["nonbreakingspace"], m["grave"] = " ", " ", " ", "`"
	for accent, mark := range map[string]string{"acute": "\u0301", "grave": "\u0300", "circumflex": "\u0302", "dieresis": "\u0308", "tilde": "\u0303", "ring": "\u030a", "cedilla": "\u0327", "caron": "\u030c", "macron": "\u0304", "breve": "\u0306", "ogonek": "\u0328", "dotaccent": "\u0307", "hungarumlaut": "\u030b"} {
		for c := 'A'; c <= 'z'; c++ {
			m[string(c)+accent] = norm.NFC.String(string(c) + mark)
		}
	}
	return m
}()

// glyph tells what a glyph's name says (the Adobe glyph list, its usual part).
func glyph(name string) (string, bool) {
	name, _, _ = strings.Cut(name, ".")
	if s, ok := glyphNames[name]; ok {
		return s, true
	}
	if len(name) == 1 || name == "" {
		return name, name != "" // .notdef
	}
	digits, ok := strings.CutPrefix(name, "uni")
	if !ok {
		digits, ok = strings.CutPrefix(name, "u")
	}
	if n, err := strconv.ParseUint(digits[:min(len(digits), 6)], 16, 32); ok && err == nil && len(digits) >= 4 && (n < 0xE000 || n > 0xF8FF) {
		return string(rune(n)), true
	}
	return "", false
}
