package intake

import (
	"bytes"
	"cmp"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/hex"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/image/tiff/lzw"
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

// pdfObject is an object wherever it stands: by itself or in an object stream.
type pdfObject struct {
	number int
	at     int // behind “obj”: of itself, or of the object stream
	packed bool
	value  any
	parsed bool
}

// pdfFile finds and unpacks the objects of a file, within bounds.
type pdfFile struct {
	data     []byte
	objects  []*pdfObject               // all that the file holds, in its order, whoever refers to them
	at       map[int]*pdfObject         // those that stand by themselves, by place
	within   map[int]map[int]*pdfObject // those of an object stream, by its place and their number
	trailers []pdfDict                  // of every revision
	pdfRevision
	fonts map[pdfRef]*pdfFont
	left  int64 // bytes that may still be unpacked
	work  int   // bytes that may still be parsed
	// paid are the streams whose unpacked bytes were added to work: one that is
	// drawn again and again is not paid for again.
	paid       map[*pdfStream]bool
	operations int
	used       map[int]*pdfObject  // objects that the page took, where that is asked
	damaged    bool                // an object could not be read
	pictured   map[*pdfStream]bool // photos that were taken
}

// pdfRevision is the file as one of its tables resolves it.
type pdfRevision struct {
	table map[int]*pdfObject // by number; nil for one that is free
	root  pdfRef             // the catalog
}

var (
	errPDFEnd    = errors.New("到头了")
	errPDFSyntax = errors.New("PDF 已经损坏，读不出来")
)

const maxObjects = 300_000

// scan finds the objects wherever they stand, those in object streams too, and
// the trailers.
func (f *pdfFile) scan() error {
	for i := 0; ; {
		k := bytes.Index(f.data[i:], []byte("obj"))
		if k < 0 {
			break
		}
		i += k + 3
		m := beforeObject.FindSubmatch(f.data[max(0, i-3-24) : i-3])
		if m == nil {
			continue
		}
		if n, err := strconv.Atoi(string(m[1])); err == nil && n < 1<<31 {
			f.at[i] = &pdfObject{number: n, at: i}
			f.objects = append(f.objects, f.at[i])
		}
		if len(f.objects) > maxObjects {
			return errBounds
		}
	}
	f.table = f.asFound()
	for _, o := range slices.Clone(f.objects) {
		if err := f.open(o); err != nil {
			return err
		}
	}
	for _, at := range trailersIn(f.data) {
		v, err := (&pdfLexer{data: f.data, at: at, file: f}).value(0)
		if boundsOnly(err) != nil {
			return err
		}
		if d, ok := v.(pdfDict); ok {
			f.trailers = append(f.trailers, d)
		}
	}
	return nil
}

// trailersIn returns where trailers begin, behind their word; a thousand at most.
func trailersIn(data []byte) (list []int) {
	word := []byte("trailer")
	for at := 0; len(list) < 1000; {
		next := bytes.Index(data[at:], word)
		if next < 0 {
			break
		}
		at += next + len(word)
		if !withinWord.Match(data[max(0, at-len(word)-1) : at-len(word)]) {
			list = append(list, at)
		}
	}
	return list
}

// open reads an object, and those that it holds.
func (f *pdfFile) open(o *pdfObject) error {
	v, err := f.parse(o)
	s, ok := v.(*pdfStream)
	if err != nil || !ok {
		return err
	}
	if s.dict["Type"] == pdfName("XRef") {
		f.trailers = append(f.trailers, s.dict)
	}
	if s.dict["N"] != nil && s.dict["First"] != nil {
		return f.objectStream(o.at, s)
	}
	return nil
}

var (
	beforeObject = regexp.MustCompile(`([0-9]+)[ \n\r\t\f\v\x00]+[-+]?[0-9]+[ \n\r\t\f\x00]+$`)
	withinWord   = regexp.MustCompile(`[0-9A-Za-z_]`)
)

// asFound is the table of a file that has none to be trusted: the last object of a
// number counts, as files are changed by adding to them.
func (f *pdfFile) asFound() map[int]*pdfObject {
	table := map[int]*pdfObject{}
	for _, o := range f.objects {
		if before := table[o.number]; before == nil || !o.packed || before.packed {
			table[o.number] = o
		}
	}
	return table
}

// objectStream takes the objects of an object stream in.
func (f *pdfFile) objectStream(at int, s *pdfStream) error {
	data, ok, err := f.decode(s)
	if err != nil {
		return err
	}
	if !ok {
		f.damaged = true
		return nil
	}
	count, _ := f.get(s.dict["N"]).(float64)
	first, _ := f.get(s.dict["First"]).(float64)
	lexer := &pdfLexer{data: data, file: f}
	f.within[at] = map[int]*pdfObject{}
	for range min(int(count), 100_000) {
		n, err1 := lexer.value(0)
		offset, err2 := lexer.value(0)
		if err := cmp.Or(err1, err2); err != nil {
			return boundsOnly(err)
		}
		number, ok1 := n.(float64)
		o, ok2 := offset.(float64)
		from := int(first) + int(o)
		if !ok1 || !ok2 || from < 0 || from >= len(data) || number < 0 || number >= 1<<31 {
			continue
		}
		v, err := (&pdfLexer{data: data, at: from, file: f}).value(0)
		if boundsOnly(err) != nil {
			return err
		}
		f.damaged = f.damaged || err == errPDFSyntax
		object := &pdfObject{number: int(number), at: at, packed: true, value: v, parsed: true}
		f.within[at][object.number] = object
		if f.objects = append(f.objects, object); len(f.objects) > maxObjects {
			return errBounds
		}
	}
	return nil
}

// boundsOnly returns an error that ends the reading of the file, else nil.
func boundsOnly(err error) error {
	if errors.Is(err, errBounds) {
		return err
	}
	return nil
}

func (f *pdfFile) parse(o *pdfObject) (any, error) {
	if o == nil {
		return nil, nil
	}
	if o.parsed {
		return o.value, nil
	}
	o.parsed = true // should it need itself
	l := &pdfLexer{data: f.data, at: o.at, file: f}
	v, err := l.value(0)
	if boundsOnly(err) != nil {
		return nil, err
	}
	f.damaged = f.damaged || err == errPDFSyntax
	if d, ok := v.(pdfDict); ok {
		word, err := l.value(0)
		if boundsOnly(err) != nil {
			return nil, err
		}
		if word == pdfWord("stream") {
			v = &pdfStream{d, l.streamBytes(d)}
		}
	}
	o.value = v
	return v, nil
}

func (f *pdfFile) get(v any) any {
	for range 16 {
		ref, ok := v.(pdfRef)
		if !ok {
			return v
		}
		o := f.table[int(ref)]
		if f.used != nil {
			f.used[int(ref)] = o
		}
		v, _ = f.parse(o)
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

// list returns an array; a single object is an array of itself.
func (f *pdfFile) list(v any) []any {
	switch v := f.get(v).(type) {
	case []any:
		return v
	case nil:
		return nil
	default:
		return []any{v}
	}
}

// numbers returns an array of numbers of a certain length; false where it is none.
func (f *pdfFile) numbers(v any, length int) ([]float64, bool) {
	list := f.list(v)
	out := make([]float64, 0, 6)
	for _, v := range list[:min(len(list), length)] {
		n, _ := f.get(v).(float64)
		out = append(out, n)
	}
	return out, len(list) == length
}

// unpackCost is what unpacking even an empty stream costs, in bytes.
const unpackCost = 4 << 10

// decode unpacks a stream; false where its filter is not known or its data are
// damaged before anything came out.
func (f *pdfFile) decode(s *pdfStream) ([]byte, bool, error) {
	data, filter, err := f.unpack(s)
	return data, err == nil && filter == "", err
}

// unpack undoes a stream's filters, and returns the first that it does not know, with
// what that packed.
func (f *pdfFile) unpack(s *pdfStream) (data []byte, unknown pdfName, err error) {
	data = s.raw
	parameters := f.list(s.dict["DecodeParms"])
	for n, filter := range f.list(s.dict["Filter"]) {
		name, _ := f.get(filter).(pdfName)
		r := unpacker(name, data)
		if r == nil || n > 3 {
			return data, cmp.Or(name, "?"), nil
		}
		out, err := io.ReadAll(io.LimitReader(r, f.left+1))
		if int64(len(out))+unpackCost > f.left {
			return nil, "", errBounds
		}
		f.left -= int64(len(out)) + unpackCost
		if err != nil && len(out) == 0 {
			return nil, "?", nil
		}
		if n < len(parameters) {
			if out, err = f.unpredict(out, f.dict(parameters[n])); err != nil {
				return nil, "?", nil
			}
		}
		data = out
		if !f.paid[s] {
			f.work += 4 * len(out)
		}
	}
	f.paid[s] = true
	return data, "", nil
}

// unpacker reads what a filter packed; nil for a filter of pictures or one that is
// not known.
func unpacker(filter pdfName, data []byte) io.Reader {
	switch filter {
	case "FlateDecode", "Fl":
		if z, err := zlib.NewReader(bytes.NewReader(data)); err == nil {
			return z
		}
	case "LZWDecode", "LZW":
		return lzw.NewReader(bytes.NewReader(data), lzw.MSB, 8)
	case "ASCIIHexDecode", "AHx":
		return hex.NewDecoder(strings.NewReader(hexDigits(data)))
	case "ASCII85Decode", "A85":
		text, _, _ := bytes.Cut(data, []byte("~>"))
		return ascii85.NewDecoder(bytes.NewReader(text))
	}
	return nil
}

// unpredict undoes a PNG predictor, by which tables are packed better.
func (f *pdfFile) unpredict(data []byte, parameters pdfDict) ([]byte, error) {
	of := func(key pdfName, usual float64) int {
		if n, ok := f.get(parameters[key]).(float64); ok {
			return int(min(max(n, 0), 1<<20))
		}
		return int(usual)
	}
	predictor, bits := of("Predictor", 1), of("Colors", 1)*of("BitsPerComponent", 8)
	if predictor < 2 {
		return data, nil
	}
	row := (of("Columns", 1)*bits + 7) / 8
	if predictor < 10 || row < 1 || row > len(data) {
		return nil, errPDFSyntax
	}
	unit := max(1, bits/8)
	out := make([]byte, 0, len(data))
	above := make([]byte, row)
	for ; len(data) > 1; data = data[min(len(data), row+1):] {
		line := make([]byte, row)
		copy(line, data[1:])
		for i := range line {
			var left, corner byte
			if i >= unit {
				left, corner = line[i-unit], above[i-unit]
			}
			line[i] += predicted(data[0], int(left), int(above[i]), int(corner))
		}
		out = append(out, line...)
		above = line
	}
	return out, nil
}

// predicted returns what is to be added to a byte, by the kind of its row.
func predicted(kind byte, left, above, corner int) byte {
	switch kind {
	case 1:
		return byte(left)
	case 2:
		return byte(above)
	case 3:
		return byte((left + above) / 2)
	case 4:
		distance := func(to int) int { return max(left+above-corner-to, to-left-above+corner) }
		return byte(slices.MinFunc([]int{left, above, corner}, func(a, b int) int { return distance(a) - distance(b) }))
	}
	return 0
}
