package finish

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// kind is the class of a character (ISO 32000-1, 7.2.2): a regular one, one that parts
// tokens, or one that needs no blank beside it.
type kind uint8

const (
	regular kind = iota
	blank
	delimiter
)

var kinds = func() (all [256]kind) {
	for _, c := range []byte("\x00\t\n\f\r ") {
		all[c] = blank
	}
	for _, c := range []byte("()<>[]{}/%") {
		all[c] = delimiter
	}
	return all
}()

// token cuts the first token off a text in the syntax of PDF: a whole string, a
// bracket, a name with its slash, a number or a keyword. It is empty at the end.
func token(text []byte) (first, rest []byte) {
	for len(text) > 0 && kinds[text[0]] == blank {
		text = text[1:]
	}
	if len(text) == 0 {
		return nil, nil
	}
	n := 1
	switch c := text[0]; {
	case c == '(':
		for open := 1; open > 0 && n < len(text); n++ {
			switch text[n] {
			case '\\':
				n++
			case '(':
				open++
			case ')':
				open--
			}
		}
	case c == '<' && bytes.HasPrefix(text[1:], []byte("<")), c == '>' && bytes.HasPrefix(text[1:], []byte(">")):
		n = 2
	case c == '<':
		n += bytes.IndexByte(text, '>')
	case c == '/' || kinds[c] == regular:
		for n < len(text) && kinds[text[n]] == regular {
			n++
		}
	}
	n = min(n, len(text))
	return text[:n], text[n:]
}

// compact appends an object without the blanks that PDF does not need. The data of a
// stream stay as they are.
func compact(out, object []byte) []byte {
	for {
		first, rest := token(object)
		switch {
		case len(first) == 0:
			return out
		case string(first) == "stream":
			return append(append(out, first...), bytes.TrimRight(rest, "\n")...)
		}
		out, object = appendToken(out, first), rest
	}
}

// appendToken appends a token, after a blank where it would run into the one before it.
func appendToken(out, token []byte) []byte {
	if len(out) > 0 && kinds[out[len(out)-1]] == regular && kinds[token[0]] == regular {
		out = append(out, ' ')
	}
	return append(out, token...)
}

// appendString appends bytes as a string. A string may not hold brackets and backslashes
// as they are, and readers take the end of a line of some systems for another.
func appendString(out, data []byte) []byte {
	out = append(out, '(')
	for _, c := range data {
		switch c {
		case '(', ')', '\\':
			out = append(out, '\\', c)
		case '\r':
			out = append(out, '\\', 'r')
		default:
			out = append(out, c)
		}
	}
	return append(out, ')')
}

// textString writes a text for people: in ASCII where that has its characters, which
// is the beginning of PDFDocEncoding, else with a mark in UTF-16.
func textString(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) < 0 {
		return string(appendString(nil, []byte(s)))
	}
	return string(appendString(nil, append([]byte("\xfe\xff"), utf16Of(s)...)))
}

// utf16Of writes a text in UTF-16, the high bytes first.
func utf16Of(s string) (data []byte) {
	for _, u := range utf16.Encode([]rune(s)) {
		data = binary.BigEndian.AppendUint16(data, u)
	}
	return data
}
