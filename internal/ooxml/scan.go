package ooxml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// decoder reads a part's XML, which is UTF-8.
func decoder(data []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		if strings.EqualFold(label, "utf-8") || strings.EqualFold(label, "utf8") {
			return in, nil
		}
		return nil, fmt.Errorf("编码是 %s", label)
	}
	return d
}

// Scan walks the elements of an XML part: start and end see each, text what
// stands between tags. An error of theirs ends it; it returns ErrTooBig for more
// than depth levels, ErrDoctype, and ErrDamaged.
func Scan(data []byte, depth int, start func(xml.StartElement) error, text func(string), end func(name string) error) error {
	d := decoder(data)
	for level := 0; ; {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return ErrDamaged
		}
		switch e := token.(type) {
		case xml.StartElement:
			if level++; level > depth {
				return ErrTooBig
			}
			err = start(e)
		case xml.EndElement:
			level--
			err = end(e.Name.Local)
		case xml.CharData:
			text(string(e))
		case xml.Directive:
			// No office program writes one, and entities are defined in it.
			return ErrDoctype
		}
		if err != nil {
			return err
		}
	}
}

// Attribute returns an attribute by its name alone; "" where it is not there.
func Attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
