package fasthtml

import (
	"bytes"
	"html/template"
	"reflect"
	"strconv"
	"strings"
)

// prefix begins the names of html/template's escapers.
const prefix = "_html_template_"

// escapers are chains of html/template's escapers, by their names.
var escapers = map[string]func(*bytes.Buffer, reflect.Value) error{
	"htmlescaper":   intoText,
	"attrescaper":   intoAttribute,
	"rcdataescaper": intoAttribute,
	"jsvalescaper":  intoScript,
	"urlfilter " + prefix + "urlnormalizer " + prefix + "attrescaper": intoAddress(true, isSafe),
	"urlnormalizer " + prefix + "attrescaper":                         intoAddress(true, nil),
	"urlescaper " + prefix + "attrescaper":                            intoAddress(false, nil),
}

var (
	trustedHTML   = reflect.TypeFor[template.HTML]()
	trustedScript = reflect.TypeFor[template.JS]()
	plainText     = reflect.TypeFor[string]()
)

// textOf returns a value that is a text or a number; html/template has rules of
// its own for all others.
func textOf(v reflect.Value) (string, error) {
	switch v = indirect(v); {
	case !v.IsValid():
	case v.Type() == plainText:
		return v.String(), nil
	case v.Kind() == reflect.Int && v.Type().NumMethod() == 0:
		return strconv.FormatInt(v.Int(), 10), nil
	}
	return "", errUnknown
}

func intoText(out *bytes.Buffer, v reflect.Value) error {
	if v = indirect(v); v.IsValid() && v.Type() == trustedHTML {
		out.WriteString(v.String())
		return nil
	}
	return intoAttribute(out, v)
}

func intoAttribute(out *bytes.Buffer, v reflect.Value) error {
	s, err := textOf(v)
	if err == nil {
		writeEscaped(out, s)
	}
	return err
}

func intoScript(out *bytes.Buffer, v reflect.Value) error {
	if v = indirect(v); !v.IsValid() || v.Type() != trustedScript {
		return errUnknown
	}
	out.WriteString(v.String())
	return nil
}

// writeEscaped writes a text as it may stand in HTML and between quotes.
func writeEscaped(out *bytes.Buffer, s string) {
	done := 0
	for i := range len(s) {
		if as := inHTML[s[i]]; as != "" {
			out.WriteString(s[done:i])
			out.WriteString(as)
			done = i + 1
		}
	}
	out.WriteString(s[done:])
}

var inHTML = [256]string{0: "\ufffd", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}

// isSafe reports whether an address is one of the web, or a relative one.
func isSafe(s string) bool {
	scheme, _, ok := strings.Cut(s, ":")
	return !ok || strings.Contains(scheme, "/") || scheme == "http" || scheme == "https"
}

// intoAddress writes an address, or a part of one, that passes the filter.
func intoAddress(whole bool, filter func(string) bool) func(*bytes.Buffer, reflect.Value) error {
	return func(out *bytes.Buffer, v reflect.Value) error {
		s, err := textOf(v)
		if err != nil || filter != nil && !filter(s) {
			return errUnknown
		}
		writeAddress(out, s, whole)
		return nil
	}
}

// writeAddress writes an address, or a part of one, in which marks of addresses
// are escaped too.
func writeAddress(out *bytes.Buffer, s string, whole bool) {
	done := 0
	for i := range len(s) {
		c := s[i]
		if strings.IndexByte("-._~", c) >= 0 || isAlphanumeric(c) || whole && staysInAddress(s[i:]) {
			continue
		}
		out.WriteString(s[done:i])
		done = i + 1
		if whole && (c == '&' || c == '+') {
			out.WriteString(inHTML[c])
			continue
		}
		const digits = "0123456789abcdef"
		out.WriteByte('%')
		out.WriteByte(digits[c>>4])
		out.WriteByte(digits[c&15])
	}
	out.WriteString(s[done:])
}

func isAlphanumeric(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// staysInAddress reports whether s begins with a mark of addresses or an escape.
func staysInAddress(s string) bool {
	return strings.IndexByte("!#$*,/:;=?@[]", s[0]) >= 0 || len(s) > 2 && s[0] == '%' && isHex(s[1]) && isHex(s[2])
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }
