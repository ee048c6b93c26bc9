package intake

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/hex"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// The kinds of PDF objects besides float64, bool, nil and []any.
type (
	pdfName   string
	pdfString string
	pdfWord   string // an operator, or obj, stream …
	pdfRef    int
	pdfDict   map[pdfName]any
	pdfStream struct {
		dict pdfDict
		raw  []byte
	}
)

// pdfFile finds and unpacks the objects of a file, within bounds.
type pdfFile struct {
	data    []byte
	at      map[int]int // where objects start, behind “obj”
	order   []int
	objects map[int]any
	fonts   map[int]*pdfFont
	left    int64 // bytes that may still be unpacked
	work    int   // bytes that may still be parsed
	// paid are the streams whose unpacked bytes were added to work: one that is
	// drawn again and again is not paid for again.
	paid       map[*pdfStream]bool
	operations int
	active     string // what the file does when it is opened
	embedded   bool
}

var errPDFEnd = errors.New("到头了")
var errPDFSyntax = errors.New("PDF 已经损坏，读不出来")

// index finds the objects, those in object streams too.
func (f *pdfFile) index() error {
	for i := 0; ; {
		k := bytes.Index(f.data[i:], []byte("obj"))
		if k < 0 {
			break
		}
		i += k + 3
		if n, ok := objectNumber(f.data[max(0, i-3-24) : i-3]); ok {
			if _, again := f.at[n]; !again {
				f.order = append(f.order, n)
			}
			f.at[n] = i // the last one counts: files are changed by adding to them
			if len(f.at) > 300_000 {
				return errBounds
			}
		}
	}
	for _, n := range append([]int(nil), f.order...) {
		v, err := f.parse(n)
		if err != nil {
			return err
		}
		s, ok := v.(*pdfStream)
		if !ok || s.dict["Type"] != pdfName("ObjStm") {
			continue
		}
		data, ok, err := f.decode(s)
		if err != nil {
			return err
		}
		if !ok {
			return unreadable("PDF 的对象用了读不了的压缩方式")
		}
		if err := f.objectStream(s, data); err != nil {
			return err
		}
	}
	return nil
}

// objectNumber reads “12 0 ” before obj.
func objectNumber(head []byte) (int, bool) {
	m := beforeObject.FindSubmatch(head)
	if m == nil {
		return 0, false
	}
	n, err := strconv.Atoi(string(m[1]))
	return n, err == nil && n < 1<<31
}

var beforeObject = regexp.MustCompile(`([0-9]+)[ \n\r\t\f\v]+[-+]?[0-9]+[ \n\r\t\f]+$`)

// objectStream takes the objects of an object stream in.
func (f *pdfFile) objectStream(s *pdfStream, data []byte) error {
	count, _ := s.dict["N"].(float64)
	first, _ := f.get(s.dict["First"]).(float64)
	lexer := &pdfLexer{data: data, file: f}
	for range min(int(count), 100_000) {
		n, err1 := lexer.value(0)
		offset, err2 := lexer.value(0)
		if err1 != nil || err2 != nil {
			return nil
		}
		number, ok1 := n.(float64)
		o, ok2 := offset.(float64)
		at := int(first) + int(o)
		if !ok1 || !ok2 || at < 0 || at >= len(data) || number < 0 || number >= 1<<31 {
			continue
		}
		if _, there := f.at[int(number)]; there {
			continue
		}
		v, err := (&pdfLexer{data: data, at: at, file: f}).value(0)
		if errors.Is(err, errBounds) {
			return err
		}
		if _, again := f.objects[int(number)]; !again {
			f.order = append(f.order, int(number))
		}
		if len(f.order) > 300_000 {
			return errBounds
		}
		f.objects[int(number)] = v
	}
	return nil
}

func (f *pdfFile) parse(n int) (any, error) {
	if v, ok := f.objects[n]; ok {
		return v, nil
	}
	at, ok := f.at[n]
	if !ok {
		return nil, nil
	}
	f.objects[n] = nil // should it need itself
	l := &pdfLexer{data: f.data, at: at, file: f}
	v, err := l.value(0)
	if errors.Is(err, errBounds) {
		return nil, err
	}
	d, ok := v.(pdfDict)
	if ok {
		save := l.at
		if word, err := l.value(0); err == nil && word == pdfWord("stream") {
			v = &pdfStream{d, l.streamBytes(d)}
		} else if errors.Is(err, errBounds) {
			return nil, err
		} else {
			l.at = save
		}
	}
	f.objects[n] = v
	return v, nil
}

func (f *pdfFile) get(v any) any {
	for range 16 {
		ref, ok := v.(pdfRef)
		if !ok {
			return v
		}
		v, _ = f.parse(int(ref))
	}
	return nil
}

// dict returns a dictionary, also a stream's.
func (f *pdfFile) dict(v any) pdfDict {
	switch v := f.get(v).(type) {
	case pdfDict:
		return v
	case *pdfStream:
		return v.dict
	}
	return nil
}

// unpackCost is what unpacking even an empty stream costs, in bytes.
const unpackCost = 4 << 10

// decode unpacks a stream; false where its filter is not known or its data are
// damaged before anything came out.
func (f *pdfFile) decode(s *pdfStream) ([]byte, bool, error) {
	var filters []any
	switch v := f.get(s.dict["Filter"]).(type) {
	case []any:
		filters = v
	case pdfName:
		filters = []any{v}
	}
	data := s.raw
	if len(filters) > 4 {
		return nil, false, nil
	}
	for _, filter := range filters {
		var r io.Reader
		switch name, _ := f.get(filter).(pdfName); name {
		case "FlateDecode", "Fl":
			z, err := zlib.NewReader(bytes.NewReader(data))
			if err != nil {
				return nil, false, nil
			}
			r = z
		case "ASCIIHexDecode", "AHx":
			r = hex.NewDecoder(strings.NewReader(hexDigits(data)))
		case "ASCII85Decode", "A85":
			text, _, _ := bytes.Cut(data, []byte("~>"))
			r = ascii85.NewDecoder(bytes.NewReader(text))
		default:
			return nil, false, nil
		}
		out, err := io.ReadAll(io.LimitReader(r, f.left+1))
		if int64(len(out))+unpackCost > f.left {
			return nil, false, errBounds
		}
		f.left -= int64(len(out)) + unpackCost
		if err != nil && len(out) == 0 {
			return nil, false, nil
		}
		data = out
		if !f.paid[s] {
			f.work += 4 * len(out)
		}
	}
	f.paid[s] = true
	return data, true, nil
}

// watch notes what does something by itself.
func (f *pdfFile) watch(d pdfDict) {
	switch d["S"] {
	case pdfName("JavaScript"):
		f.active = "脚本"
	case pdfName("Launch"):
		f.active = "打开别的程序的动作"
	case pdfName("SubmitForm"), pdfName("ImportData"):
		f.active = "向外提交的动作"
	}
	if d["JS"] != nil {
		f.active = "脚本"
	}
	if d["EF"] != nil || d["Type"] == pdfName("EmbeddedFile") || d["Subtype"] == pdfName("RichMedia") {
		f.embedded = true
	}
}
