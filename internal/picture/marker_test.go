package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/image/webp"

	"wangjian/internal/cache"
)

const marker = "GANZHOU-SECRET-114.93E"

// photo has more colours than a drawing.
func photo(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{uint8(x * 255 / w), uint8(y * 255 / h), uint8(x ^ y), 255})
		}
	}
	return m
}

func jpegOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// segment is a JPEG segment.
func segment(kind byte, body string) []byte {
	return append([]byte{0xff, kind, byte((len(body) + 2) >> 8), byte(len(body) + 2)}, body...)
}

// markedJPEG is a photo with the marker wherever a camera or a program writes:
// Exif with maker note and thumbnail, XMP, ICC, IPTC, comment, and behind the end.
func markedJPEG(t testing.TB, m image.Image, held byte) []byte {
	raw := jpegOf(t, m)
	exifBody := string(exif(held)[6:]) + marker + "MAKERNOTE" + string(jpegOf(t, image.NewGray(image.Rect(0, 0, 8, 8)))) + marker
	return slices.Concat(raw[:2],
		segment(0xe1, exifBody), segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>"+marker),
		segment(0xe2, "ICC_PROFILE\x00\x01\x01"+marker), segment(0xed, "Photoshop 3.0\x00"+marker), segment(0xfe, marker),
		raw[2:], []byte(marker))
}

func chunk(kind, body string) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(out, kind+body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE([]byte(kind+body)))
}

func deflated(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

func markedPNG(t testing.TB, m image.Image) []byte {
	raw := pngOf(t, m)
	const afterHeader = 8 + 25
	return slices.Concat(raw[:afterHeader],
		chunk("tEXt", "Comment\x00"+marker), chunk("zTXt", "A\x00\x00"+deflated(marker)), chunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+marker),
		chunk("iCCP", "p\x00\x00"+deflated(marker)), chunk("eXIf", string(exif(6)[12:])+marker),
		raw[afterHeader:], []byte(marker))
}

// webpDot is a lossless WebP of one pixel.
const webpDot = "VP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"

// markedWebP has the marker wherever its container has a place for it.
func markedWebP(held byte) []byte {
	riff := func(kind, body string) string {
		out := kind + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body
		return out + strings.Repeat("\x00", len(body)%2)
	}
	body := "WEBP" + riff("VP8X", "\x2c\x00\x00\x00\x00\x00\x00\x00\x00\x00") + riff("ICCP", marker) + webpDot +
		riff("EXIF", string(exif(held)[6:])+marker) + riff("XMP ", marker)
	return []byte("RIFF" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body + marker)
}

// outputs returns every byte string that a picture comes to.
func outputs(t *testing.T, raw []byte) (*Picture, [][]byte) {
	t.Helper()
	p, err := NewStudio(cache.NewMemory()).Picture(fstest.MapFS{"a": {Data: raw}}, "a")
	if err != nil {
		t.Fatal(err)
	}
	var list [][]byte
	for n := range p.Sizes {
		b, err := p.Bytes(n)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, b)
	}
	paper, err := p.ForPrint(1)
	if err != nil {
		t.Fatal(err)
	}
	return p, append(list, paper)
}

// TestNothingButPixels plants the marker wherever a picture can carry more than
// pixels, and looks for it in all that is published.
func TestNothingButPixels(t *testing.T) {
	for name, raw := range map[string][]byte{
		"JPEG": markedJPEG(t, photo(40, 30), 6), "PNG photo": markedPNG(t, photo(90, 60)),
		"PNG drawing": markedPNG(t, image.NewRGBA(image.Rect(0, 0, 30, 20))), "WebP": markedWebP(1),
	} {
		if bytes.Count(raw, []byte(marker)) < 4 {
			t.Fatalf("%s: the marker is not planted", name)
		}
		p, list := outputs(t, raw)
		for n, out := range list {
			if bytes.Contains(out, []byte(marker)) {
				t.Errorf("%s: size %d carries the marker", name, n)
			}
			if found := extras(out); len(found) > 0 {
				t.Errorf("%s: size %d has %v", name, n, found)
			}
		}
		want := map[string]string{"JPEG": "jpg", "PNG photo": "jpg", "PNG drawing": "png", "WebP": "png"}[name]
		if p.Ending != want {
			t.Errorf("%s becomes %s", name, p.Ending)
		}
	}
}

// extras lists what an encoded picture holds beside what pixels need.
func extras(raw []byte) (found []string) {
	switch Sniff(raw) {
	case PNG:
		for name := range chunks(raw, PNG) {
			if !slices.Contains([]string{"IHDR", "PLTE", "tRNS", "IDAT", "IEND"}, name) {
				found = append(found, name)
			}
		}
	case JPEG:
		for at := 2; at+4 < len(raw) && raw[at+1] != 0xda; at += 2 + int(binary.BigEndian.Uint16(raw[at+2:])) {
			if kind := raw[at+1]; kind >= 0xe0 && kind <= 0xef || kind == 0xfe {
				found = append(found, string(raw[at:at+2]))
			}
		}
	default:
		found = append(found, "neither PNG nor JPEG")
	}
	return found
}

func TestSizes(t *testing.T) {
	for _, c := range []struct {
		w, h int
		held byte
		want []Size
	}{
		{200, 100, 1, []Size{{200, 100}}},
		{400, 10, 1, []Size{{400, 10}}},
		{500, 100, 1, []Size{{400, 80}, {500, 100}}},
		{900, 300, 1, []Size{{400, 134}, {800, 267}, {900, 300}}},
		{1600, 1067, 1, []Size{{400, 267}, {800, 534}, {1600, 1067}}},
		{2000, 23, 1, []Size{{400, 5}, {800, 9}, {1600, 18}}},
		{300, 600, 6, []Size{{400, 200}, {600, 300}}}, // lies on its side
	} {
		p, list := outputs(t, markedJPEG(t, photo(c.w, c.h), c.held))
		if !slices.Equal(p.Sizes, c.want) {
			t.Errorf("%d×%d held %d: %v, want %v", c.w, c.h, c.held, p.Sizes, c.want)
		}
		for n, size := range p.Sizes {
			got, err := jpeg.DecodeConfig(bytes.NewReader(list[n]))
			if err != nil || got.Width != size.Width || got.Height != size.Height {
				t.Errorf("the file of %v is %d×%d, %v", size, got.Width, got.Height, err)
			}
		}
	}
}

// TestPrinted: on paper is the narrowest size that has 130 pixels to the inch, or the
// widest; a photo as the site has it, a drawing as a JPEG of that size.
func TestPrinted(t *testing.T) {
	const mm = 72 / 25.4
	drawing := image.NewRGBA(image.Rect(0, 0, 2000, 40))
	for _, c := range []struct {
		name   string
		raw    []byte
		points float64
		want   int // px
	}{
		{"a gallery", jpegOf(t, photo(1600, 40)), 126 * mm, 800},
		{"the full width of the text", jpegOf(t, photo(1600, 40)), 156 * mm, 800},
		{"as wide as 400 px go", jpegOf(t, photo(1600, 40)), 221.53, 400},
		{"a hundredth of a point more", jpegOf(t, photo(1600, 40)), 221.54, 800},
		{"wider than the text", jpegOf(t, photo(1600, 40)), 160 * mm, 1600},
		{"wider than any size is for", jpegOf(t, photo(1600, 40)), 1000, 1600},
		{"a small original", jpegOf(t, photo(700, 40)), 156 * mm, 700},
		{"a very small original", jpegOf(t, photo(200, 40)), 150, 200},
		{"a drawing", pngOf(t, drawing), 156 * mm, 800},
		{"a drawing wider than the text", pngOf(t, drawing), 160 * mm, 1600},
	} {
		p, err := NewStudio(cache.NewMemory()).Picture(fstest.MapFS{"a": {Data: c.raw}}, "a")
		if err != nil {
			t.Fatal(err)
		}
		paper, err := p.ForPrint(c.points)
		if err != nil {
			t.Fatal(err)
		}
		if is, err := jpeg.DecodeConfig(bytes.NewReader(paper)); err != nil || is.Width != c.want {
			t.Errorf("%s: %d px at %.2f points, want %d, %v", c.name, is.Width, c.points, c.want, err)
		}
		n := slices.IndexFunc(p.Sizes, func(s Size) bool { return s.Width == c.want })
		if published, err := p.Bytes(n); err != nil || p.Ending == "jpg" && !bytes.Equal(published, paper) {
			t.Errorf("%s: on paper is another file than on the site, %v", c.name, err)
		}
	}
}

// TestRefused: what cannot be published says why, and a bomb is not decoded.
func TestRefused(t *testing.T) {
	bomb := pngOf(t, image.NewGray(image.Rect(0, 0, 4, 4)))
	binary.BigEndian.PutUint32(bomb[16:], 29_999)
	binary.BigEndian.PutUint32(bomb[20:], 29_999)
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	strip := bytes.Clone(bomb) // of few pixels, and longer than any page
	binary.BigEndian.PutUint32(strip[16:], 40_000)
	binary.BigEndian.PutUint32(strip[20:], 1)
	binary.BigEndian.PutUint32(strip[29:], crc32.ChecksumIEEE(strip[12:29]))
	whole := jpegOf(t, photo(64, 64))
	still := pngOf(t, image.NewGray(image.Rect(0, 0, 4, 4)))
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"bomb": {bomb, "最多 6400 万像素"}, "strip": {strip, "每边最多 30000"}, "cut short": {whole[:len(whole)-40], "解不开"}, "no picture": {[]byte("x"), "不是图片"},
		"GIF": {[]byte("GIF89a"), "这是 GIF 文件"}, "HEIC": {[]byte("\x00\x00\x00\x18ftypheic"), "HEIC"}, "SVG": {[]byte("<svg/>"), "这是 SVG 文件"},
		"moving PNG":  {slices.Concat(still[:33], chunk("acTL", "12345678"), still[33:]), "会动"},
		"moving WebP": {[]byte("RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00"), "会动"},
		"many scans":  {slices.Concat(whole[:len(whole)-2], bytes.Repeat(segment(0xda, "\x01\x01\x00\x00\x3f\x00"), 300), whole[len(whole)-2:]), "扫描"},
	} {
		_, err := NewStudio(cache.NewMemory()).Picture(fstest.MapFS{"a": {Data: c.raw}}, "a")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want “%s”", name, err, c.want)
		}
	}
}

// TestScansAreItsOwn: what lies behind a photo's end, or within its Exif, is no scan
// of it.
func TestScansAreItsOwn(t *testing.T) {
	whole := jpegOf(t, photo(64, 64))
	many := bytes.Repeat([]byte{0xff, 0xda}, 300)
	if n := scans(slices.Concat(whole[:2], segment(0xe1, string(many)), whole[2:], many)); n != 1 {
		t.Errorf("%d scans", n)
	}
}

// TestLossyWebP: its colours are those that it was made of, and what is transparent
// stays so.
func TestLossyWebP(t *testing.T) {
	for name, want := range map[string]color.NRGBA{
		"white": {255, 255, 255, 255}, "black": {0, 0, 0, 255}, "red": {254, 0, 0, 255}, "grey": {128, 128, 128, 255},
	} {
		raw, err := os.ReadFile("../review/testdata/gate/" + name + ".webp")
		if err != nil {
			t.Fatal(err)
		}
		p, list := outputs(t, raw)
		for n, out := range list {
			m, _, err := image.Decode(bytes.NewReader(out))
			if err != nil {
				t.Fatal(err)
			}
			size := m.Bounds().Size()
			for _, at := range []image.Point{{}, size.Div(2), size.Sub(image.Pt(1, 1))} {
				if got := color.NRGBAModel.Convert(m.At(at.X, at.Y)).(color.NRGBA); !near(got, want, 2) {
					t.Errorf("%s.webp: size %d of %v is %v at %v, want %v", name, n, p.Sizes, got, at, want)
				}
			}
		}
	}
}

func near(a, b color.NRGBA, by int) bool {
	for n, v := range []uint8{a.R, a.G, a.B, a.A} {
		if d := int(v) - int([]uint8{b.R, b.G, b.B, b.A}[n]); d > by || d < -by {
			return false
		}
	}
	return true
}

// TestLossyWebPWithTransparency compares the widest rendition with the file's own
// transparency, pixel by pixel.
func TestLossyWebPWithTransparency(t *testing.T) {
	raw, err := os.ReadFile("../review/testdata/gate/alpha.webp")
	if err != nil {
		t.Fatal(err)
	}
	in, err := webp.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	_, list := outputs(t, raw)
	out, err := png.Decode(bytes.NewReader(list[len(list)-2]))
	if err != nil {
		t.Fatal(err)
	}
	if in.Bounds() != out.Bounds() {
		t.Fatalf("%v becomes %v", in.Bounds(), out.Bounds())
	}
	levels := map[uint32]int{}
	for y := range in.Bounds().Dy() {
		for x := range in.Bounds().Dx() {
			_, _, _, was := in.At(x, y).RGBA()
			_, _, _, is := out.At(x, y).RGBA()
			if levels[is>>8]++; was != is {
				t.Fatalf("at %d, %d the transparency %d becomes %d", x, y, was, is)
			}
		}
	}
	if len(levels) < 2 {
		t.Errorf("the picture has no transparency: %v", levels)
	}

}

// counted counts what is made for a cache.
type counted struct {
	cache.Store
	puts int
}

func (c *counted) Put(key string, made []byte) {
	c.puts++
	c.Store.Put(key, made)
}

// TestDecodedOnce: an unchanged picture is not decoded again, by the next
// process either; what the cache has lost is.
func TestDecodedOnce(t *testing.T) {
	dir := t.TempDir()
	fsys := fstest.MapFS{"a": {Data: jpegOf(t, photo(500, 300))}}
	var first []byte
	for run := range 3 {
		cached := &counted{Store: cache.NewFolder(dir, "pictures", 100)}
		s := NewStudio(cached)
		p, err := s.Picture(fsys, "a")
		if err != nil {
			t.Fatal(err)
		}
		wide, err := p.Bytes(1)
		if err != nil {
			t.Fatal(err)
		}
		if run == 0 {
			first = wide
		}
		once := len(p.Sizes) + 1 // and what is known of it
		if want := map[int]int{0: once, 1: 0, 2: 0}[run]; cached.puts != want {
			t.Errorf("run %d made %d, want %d", run, cached.puts, want)
		}
		if !bytes.Equal(first, wide) {
			t.Errorf("run %d makes other bytes", run)
		}
		fsys := fstest.MapFS{"a": {Data: pngOf(t, image.NewRGBA(image.Rect(0, 0, 30, 20)))}}
		if p, err = s.Picture(fsys, "a"); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if _, err := p.ForPrint(1); err != nil {
				t.Fatal(err)
			}
		}
		if run == 0 {
			once += 3 // facts, drawing and paper
		}
		if want := map[int]int{0: once, 1: 0, 2: 0}[run]; cached.puts != want {
			t.Errorf("run %d made %d with a drawing for paper, want %d", run, cached.puts, want)
		}
	}
	var p *Picture
	var err error
	for most, sizes := range map[int]int{Widths[0]: 1, Widths[2]: 2} { // the picture has two
		cached := &counted{Store: cache.NewMemory()}
		ahead := NewStudio(cached)
		ahead.Ahead(most)
		if p, err = ahead.Picture(fsys, "a"); err != nil {
			t.Fatal(err)
		}
		made := cached.puts
		if _, err := p.Bytes(0); err != nil || made != 1+sizes || cached.puts != made {
			t.Errorf("a picture made ahead up to %d px: %d parts at once, %d in the end, %v", most, made, cached.puts, err)
		}
		if wide, err := p.Bytes(1); err != nil || !bytes.Equal(wide, first) || sizes == 2 && cached.puts != made {
			t.Errorf("a picture made ahead up to %d px has another second size, or makes it twice: %v", most, err)
		}
	}
	s := NewStudio(lossy{cache.NewMemory()})
	if p, err = s.Picture(fsys, "a"); err != nil {
		t.Fatal(err)
	}
	if again, err := p.Bytes(1); err != nil || !bytes.Equal(again, first) {
		t.Errorf("a lost size is not made again: %v", err)
	}
	fsys["a"] = &fstest.MapFile{Data: jpegOf(t, photo(50, 30))}
	if _, err := p.Bytes(1); err == nil {
		t.Error("a picture that was changed after it was checked is published")
	}
}

// lossy loses everything but what is known of a picture.
type lossy struct{ *cache.Memory }

func (l lossy) Get(key string) ([]byte, bool) {
	if strings.Contains(key, "-") {
		return nil, false
	}
	return l.Memory.Get(key)
}

// TestTransparencyStays, and what it hides does not.
func TestTransparencyStays(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 2, 1))
	m.Set(0, 0, color.NRGBA{200, 100, 50, 0})
	m.Set(1, 0, color.NRGBA{10, 20, 30, 255})
	_, list := outputs(t, pngOf(t, m))
	out, err := png.Decode(bytes.NewReader(list[0]))
	if err != nil {
		t.Fatal(err)
	}
	if got := color.NRGBAModel.Convert(out.At(0, 0)); got != (color.NRGBA{}) {
		t.Errorf("a hidden colour shows: %v", got)
	}
	if got := color.NRGBAModel.Convert(out.At(1, 0)); got != (color.NRGBA{10, 20, 30, 255}) {
		t.Errorf("%v", got)
	}
	paper, err := jpeg.Decode(bytes.NewReader(list[1]))
	if err != nil {
		t.Fatal(err)
	}
	if r, _, _, _ := paper.At(0, 0).RGBA(); r>>8 < 200 {
		t.Errorf("transparent is not white on paper: %d", r>>8)
	}
}

// developed makes every size of a picture, and those of a drawing for paper.
func developed(raw []byte) ([][]byte, error) {
	whole, err := look(raw)
	if err != nil {
		return nil, err
	}
	list, err := whole.published(whole.widest().Width)
	if whole.Ending == "jpg" {
		return list, err
	}
	for _, drawing := range list {
		paper, err := onWhite(drawing)
		if err != nil {
			return nil, err
		}
		list = append(list, paper)
	}
	return list, err
}

// FuzzPicture: whatever a file holds, it becomes a clean picture or an error.
func FuzzPicture(f *testing.F) {
	f.Add(jpegOf(f, photo(16, 9)))
	f.Add(pngOf(f, photo(16, 9)))
	f.Add(markedWebP(1))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > 1<<16 {
			return
		}
		outputs, err := developed(raw)
		if err != nil {
			return
		}
		for _, out := range outputs {
			if found := extras(out); len(found) > 0 {
				t.Errorf("%v", found)
			}
		}
	})
}

// BenchmarkDevelop makes one photo of 12 million pixels ready, as a phone takes
// it.
func BenchmarkDevelop(b *testing.B) {
	raw := jpegOf(b, photo(4000, 3000))
	for b.Loop() {
		if _, err := developed(raw); err != nil {
			b.Fatal(err)
		}
	}
}
