package finish

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// objects are a PDF's indirect objects by number; number 0 is never used.
type objects [][]byte

var errForeign = errors.New("不是 gopdf 写出的 PDF")

// read takes gopdf's file apart at its cross-reference table.
func read(file []byte) (objects, error) {
	const mark = "startxref\n"
	at := bytes.LastIndex(file, []byte(mark))
	if at < 0 {
		return nil, errForeign
	}
	var table, n int
	if _, err := fmt.Sscanf(string(file[at+len(mark):]), "%d", &table); err != nil || table <= 0 || table >= len(file) {
		return nil, errForeign
	}
	if _, err := fmt.Sscanf(string(file[table:min(table+40, len(file))]), "xref\n0 %d", &n); err != nil {
		return nil, errForeign
	}
	lines := bytes.SplitN(file[table:], []byte("\n"), n+3)
	if len(lines) < n+3 {
		return nil, errForeign
	}
	starts := make([]int, n+1)
	starts[n] = table
	for i := 1; i < n; i++ {
		line := lines[2+i]
		if len(line) < 10 {
			return nil, errForeign
		}
		offset, err := strconv.Atoi(string(line[:10]))
		if err != nil || offset >= table {
			return nil, errForeign
		}
		starts[i] = offset
	}
	objs := make(objects, n)
	for i := 1; i < n; i++ {
		if starts[i] > starts[i+1] {
			return nil, errForeign
		}
		body := file[starts[i]:starts[i+1]]
		body = body[bytes.IndexByte(body, '\n')+1:]
		// What is added to one must not run into the next.
		objs[i] = slices.Clip(bytes.TrimSuffix(bytes.TrimRight(body, "\n"), []byte("endobj")))
	}
	return objs, nil
}

// add appends an object and returns its number.
func (o *objects) add(body string) int {
	*o = append(*o, []byte(body))
	return len(*o) - 1
}

// write puts the file together. Its identifier is the hash of what it holds. Its version
// is that of PDF/UA-1 (ISO 32000-1), of which it has the order of annotations and the
// scope of head cells; PDF/A-1 allows no feature beyond 1.4 that a reader could not pass
// over, whatever version the file names.
func (o objects) write(root, info int) []byte {
	out := []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(o))
	for i := 1; i < len(o); i++ {
		offsets[i] = len(out)
		out = fmt.Appendf(out, "%d 0 obj\n", i)
		out = compact(out, o[i])
		out = append(out, "\nendobj\n"...)
	}
	id := sha256.Sum256(out)
	table := len(out)
	out = fmt.Appendf(out, "xref\n0 %d\n0000000000 65535 f \n", len(o))
	for _, offset := range offsets[1:] {
		out = fmt.Appendf(out, "%010d 00000 n \n", offset)
	}
	return fmt.Appendf(out, "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%x> <%x>] >>\nstartxref\n%d\n%%%%EOF\n",
		len(o), root, info, id[:16], id[:16], table)
}

// stream makes an object with the given dictionary entries and data.
func stream(entries string, data []byte) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<< %s/Length %d >>\nstream\n", entries, len(data))
	b.Write(data)
	b.WriteString("\nendstream\n")
	return b.Bytes()
}

var bareStream = regexp.MustCompile(`^<<\s*(/Length1 \d+ )?/Length (\d+)\s*>>\s*stream\n`)

// compressors are kept from one stream to the next: to make one costs more than most
// streams take. Their level is as close as the usual one of compress/zlib, in half of
// its time.
var compressors = sync.Pool{New: func() any {
	w, err := zlib.NewWriterLevel(nil, 7)
	if err != nil {
		panic(err) // there is no such level
	}
	return w
}}

// deflated makes an object whose data are compressed.
func deflated(entries string, data []byte) []byte {
	w := compressors.Get().(*zlib.Writer)
	defer compressors.Put(w)
	var b bytes.Buffer
	w.Reset(&b)
	w.Write(data) // a bytes.Buffer does not fail
	w.Close()
	return stream("/Filter /FlateDecode "+entries, b.Bytes())
}

// bare returns the data of a stream that has no filter.
func bare(object []byte) ([]byte, bool) {
	head := bareStream.FindSubmatch(object)
	if head == nil {
		return nil, false
	}
	data := object[len(head[0]):]
	length, err := strconv.Atoi(string(head[2]))
	if err != nil || length > len(data) {
		return nil, false
	}
	return data[:length], true
}

// deflate compresses every stream that has no filter yet and becomes shorter by it, on
// all processors. Each stream's bytes depend on itself only.
func (o objects) deflate() {
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), 8) {
		workers.Go(func() {
			for i := range next {
				data, _ := bare(o[i])
				if short := deflated(string(bareStream.FindSubmatch(o[i])[1]), data); len(short) < len(o[i]) {
					o[i] = short
				}
			}
		})
	}
	for i := range o {
		if _, ok := bare(o[i]); ok {
			next <- i
		}
	}
	close(next)
	workers.Wait()
}
