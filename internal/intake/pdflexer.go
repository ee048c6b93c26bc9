package intake

import (
	"bytes"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
)

// pdfLexer reads objects and operators.
type pdfLexer struct {
	data []byte
	at   int
	file *pdfFile
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool { return strings.IndexByte("()<>[]{}/%", c) >= 0 }

func (l *pdfLexer) space() {
	for l.at < len(l.data) {
		switch c := l.data[l.at]; {
		case isSpace(c):
			l.at++
		case c == '%':
			for l.at < len(l.data) && l.data[l.at] != '\n' && l.data[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

// value reads the next object or word.
func (l *pdfLexer) value(depth int) (any, error) {
	start := l.at
	defer func() { l.file.work -= l.at - start + 1 }()
	if l.file.work < 0 {
		return nil, errBounds
	}
	if depth > maxDepth {
		return nil, errPDFSyntax
	}
	l.space()
	if l.at >= len(l.data) {
		return nil, errPDFEnd
	}
	switch c := l.data[l.at]; c {
	case '/':
		return l.name(), nil
	case '(':
		return l.literal(), nil
	case '<':
		if l.at+1 < len(l.data) && l.data[l.at+1] == '<' {
			l.at += 2
			return l.dictionary(depth)
		}
		return l.hex(), nil
	case '[':
		l.at++
		return l.array(depth)
	case ']', '>', '{', '}', ')':
		l.at++
		return pdfWord(string(c)), nil
	}
	return l.word(), nil
}

func (l *pdfLexer) array(depth int) (any, error) {
	list := []any{}
	for {
		v, err := l.value(depth + 1)
		if err == errPDFEnd {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		switch v {
		case pdfWord("]"), pdfWord("endobj"), pdfWord("stream"), pdfWord("endstream"):
			return list, nil
		}
		list = append(list, v)
	}
}

// word reads a number, a reference, true, false, null or an operator.
func (l *pdfLexer) word() any {
	from := l.at
	for l.at < len(l.data) && !isSpace(l.data[l.at]) && !isDelimiter(l.data[l.at]) {
		l.at++
	}
	word := string(l.data[from:l.at])
	if strings.IndexByte("+-.0123456789", word[0]) >= 0 {
		n, err := strconv.ParseFloat(word, 64)
		if err != nil || !(n > -1e12 && n < 1e12) {
			return float64(0)
		}
		if word[0] >= '0' && n == float64(int32(n)) && l.reference() {
			return pdfRef(int(n))
		}
		return n
	}
	switch word {
	case "true", "false":
		return word == "true"
	case "null":
		return nil
	}
	return pdfWord(word)
}

// generation is what stands behind a number that is a reference: “ 0 R”.
var generation = regexp.MustCompile(`^[ \n\r\t\f\x00]{0,4}[0-9]{1,6}[ \n\r\t\f\x00]{1,4}R(?:[ \n\r\t\f\x00()<>\[\]{}/%]|$)`)

// reference takes “ 0 R” behind a number.
func (l *pdfLexer) reference() bool {
	rest := l.data[l.at:min(l.at+20, len(l.data))]
	if !generation.Match(rest) {
		return false
	}
	l.at += bytes.IndexByte(rest, 'R') + 1
	return true
}

func (l *pdfLexer) dictionary(depth int) (any, error) {
	d := pdfDict{}
	for {
		l.space()
		if l.at >= len(l.data) {
			return d, nil
		}
		if bytes.HasPrefix(l.data[l.at:], []byte(">>")) {
			l.at += 2
			return d, nil
		}
		k, err := l.value(depth + 1)
		if err != nil {
			return nil, err
		}
		key, ok := k.(pdfName)
		if !ok {
			if k == pdfWord("endobj") || k == pdfWord("stream") {
				return d, nil
			}
			continue
		}
		v, err := l.value(depth + 1)
		if err != nil {
			return nil, err
		}
		d[key] = v
	}
}

func (l *pdfLexer) name() pdfName {
	l.at++
	from := l.at
	for l.at < len(l.data) && !isSpace(l.data[l.at]) && !isDelimiter(l.data[l.at]) {
		l.at++
	}
	return pdfName(escapedByte.ReplaceAllStringFunc(string(l.data[from:l.at]), func(e string) string {
		b, _ := hex.DecodeString(e[1:])
		return string(b)
	}))
}

var escapedByte = regexp.MustCompile(`#[0-9A-Fa-f]{2}`)

func (l *pdfLexer) hex() pdfString {
	l.at++
	from := l.at
	for l.at < len(l.data) && l.data[l.at] != '>' {
		l.at++
	}
	digits := hexDigits(l.data[from:l.at])
	l.at = min(l.at+1, len(l.data))
	if len(digits)%2 == 1 {
		digits += "0"
	}
	out, _ := hex.DecodeString(digits)
	return pdfString(out)
}

// hexDigits returns the hexadecimal digits among some bytes.
func hexDigits(data []byte) string {
	return string(bytes.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' {
			return c
		}
		return -1
	}, data))
}

func (l *pdfLexer) literal() pdfString {
	l.at++
	var out []byte
	for depth := 1; l.at < len(l.data); l.at++ {
		c := l.data[l.at]
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.at++
				return pdfString(out)
			}
		case '\\':
			out = l.escape(out)
			continue
		}
		out = append(out, c)
	}
	return pdfString(out)
}

// escape adds what a backslash in a string stands for, and stops at its last byte.
func (l *pdfLexer) escape(out []byte) []byte {
	if l.at++; l.at >= len(l.data) {
		return out
	}
	c := l.data[l.at]
	if k := strings.IndexByte("nrtbf", c); k >= 0 {
		return append(out, "\n\r\t\b\f"[k])
	}
	switch {
	case c == '\n':
		return out
	case c == '\r':
		if l.at+1 < len(l.data) && l.data[l.at+1] == '\n' {
			l.at++
		}
		return out
	case c < '0' || c > '7':
		return append(out, c)
	}
	n := 0
	for k := 0; k < 3 && l.at < len(l.data) && l.data[l.at] >= '0' && l.data[l.at] <= '7'; k++ {
		n = n*8 + int(l.data[l.at]-'0')
		l.at++
	}
	l.at--
	return append(out, byte(n))
}

// streamBytes cuts out a stream's data: by its length where that fits, else up
// to endstream.
func (l *pdfLexer) streamBytes(d pdfDict) []byte {
	at := l.at
	if at < len(l.data) && l.data[at] == '\r' {
		at++
	}
	if at < len(l.data) && l.data[at] == '\n' {
		at++
	}
	if n, ok := l.file.get(d["Length"]).(float64); ok && n >= 0 && at+int(n) <= len(l.data) && int(n) < len(l.data) {
		if rest := bytes.TrimLeft(l.data[at+int(n):min(len(l.data), at+int(n)+20)], "\r\n \t"); bytes.HasPrefix(rest, []byte("endstream")) {
			return l.data[at : at+int(n)]
		}
	}
	end := bytes.Index(l.data[at:], []byte("endstream"))
	if end < 0 {
		end = len(l.data) - at
	}
	if l.file.work -= end; l.file.work < 0 {
		end = 0
	}
	return l.data[at : at+end]
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
