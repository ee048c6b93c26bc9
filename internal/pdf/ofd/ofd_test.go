package ofd

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"wangjian/internal/intake"
	"wangjian/internal/pdf/draw"
	"wangjian/internal/pdf/finish"
	"wangjian/internal/pdf/typeset"
	"wangjian/layouts"
)

// node is an element as any reader of XML sees it.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Kids    []*node    `xml:",any"`
}

func (n *node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// all lists the elements of a name below a node, in order.
func (n *node) all(name string) (list []*node) {
	for _, k := range n.Kids {
		if k.XMLName.Local == name {
			list = append(list, k)
		}
		list = append(list, k.all(name)...)
	}
	return list
}

// file is a file as it is read back.
type file struct {
	t     *testing.T
	names []string
	parts map[string][]byte
}

func (f *file) read(name string) *node {
	f.t.Helper()
	var n node
	if err := xml.Unmarshal(f.parts[name], &n); err != nil {
		f.t.Fatalf("%s: %v\n%s", name, err, f.parts[name])
	}
	if n.XMLName.Space != "http://www.ofdspec.org/2016" {
		f.t.Errorf("%s is in %q", name, n.XMLName.Space)
	}
	return &n
}

// paper is two pages with one operation of each kind.
func paper(t *testing.T) ([]*typeset.Page, finish.Document) {
	t.Helper()
	fonts, err := draw.LoadFonts(layouts.Over(nil))
	if err != nil {
		t.Fatal(err)
	}
	fang, kai := fonts.For(typeset.Fang)[0], fonts.For(typeset.Kai)[0]
	square := []typeset.Point{{X: 100, Y: 300}, {X: 172, Y: 300}, {X: 172, Y: 372}}
	pages := []*typeset.Page{
		{Ops: []typeset.Op{
			typeset.Text{Font: fang, Size: 16, Color: typeset.Red, X: 72, Y: 144, Spacing: -0.207, Text: " 网剑<行动>&2022 "},
			typeset.Text{Font: fang, Size: 16, X: 72, Y: 180, Text: "　 "},
			typeset.Link{URI: "https://wangjian.example/?a=1&b=2", X: 72, Y: 130, W: 144, H: 18, Text: "网剑"},
			typeset.Link{Anchor: "there", X: 72, Y: 160, W: 72, H: 18},
			typeset.Link{Anchor: "nowhere", X: 72, Y: 190, W: 72, H: 18},
			typeset.Rule{X1: 72, Y1: 200, X2: 216, Y2: 200, Width: 0.5},
			typeset.Trace{Points: square, Width: 1, Closed: true},
			typeset.Area{Rings: [][]typeset.Point{square, square}, Color: typeset.Grey},
		}},
		{Turned: true, Ops: []typeset.Op{
			typeset.Anchor{Name: "there", Y: 360},
			typeset.Text{Font: kai, Size: 12, X: 144, Y: 72, Text: "附件", Down: true},
			typeset.Drawing{Image: &typeset.Image{JPEG: func(float64) ([]byte, error) { return []byte("\xff\xd8JPEG"), nil }, Width: 2, Height: 1}, X: 72, Y: 72, W: 144, H: 72},
		}},
	}
	china := time.FixedZone("CST", 8*3600)
	return pages, finish.Document{
		Title: "甲&乙", Author: "市局", Creator: "wangjian", Keyword: "示例数据",
		Published: time.Date(2031, 6, 20, 23, 0, 0, 0, time.UTC), Changed: time.Date(2031, 6, 22, 9, 0, 0, 0, china),
		Outline: []typeset.Bookmark{{Level: 1, Title: "一", Page: 0, Y: 72}, {Level: 3, Title: "1.", Page: 0, Y: 144}, {Level: 2, Title: "（一）", Page: 1, Y: 360}, {Level: 1, Title: "二", Page: 1}},
	}
}

func written(t *testing.T) *file {
	t.Helper()
	pages, about := paper(t)
	var out, again bytes.Buffer
	for _, to := range []*bytes.Buffer{&out, &again} {
		if err := Write(to, typeset.A4, pages, about); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Error("the same pages yield other bytes")
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	f := &file{t: t, parts: map[string][]byte{}}
	for _, entry := range z.File {
		r, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		if f.parts[entry.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		f.names = append(f.names, entry.Name)
	}
	return f
}

// TestFile: every part that another names is there and no other, every object has
// its own number, and the file says about itself what it was told.
func TestFile(t *testing.T) {
	f := written(t)
	entry := f.read("OFD.xml")
	if f.names[0] != "OFD.xml" {
		t.Errorf("the first part is %s", f.names[0])
	}
	for name, want := range map[string]string{"Title": "甲&乙", "Author": "市局", "CreationDate": "2031-06-21", "ModDate": "2031-06-22", "Keyword": "示例数据", "Creator": "wangjian", "DocRoot": "Doc_0/Document.xml"} {
		if got := entry.all(name); len(got) != 1 || got[0].Text != want {
			t.Errorf("%s is %v, want %s", name, got, want)
		}
	}
	if id := entry.all("DocID")[0].Text; len(id) != 32 {
		t.Errorf("the identifier is %q", id)
	}
	named := []string{"OFD.xml", "Doc_0/Document.xml"}
	numbers := map[string]bool{}
	last, _ := strconv.Atoi(f.read("Doc_0/Document.xml").all("MaxUnitID")[0].Text)
	for at := 1; at < len(named); at++ {
		if !strings.HasSuffix(named[at], ".xml") {
			continue
		}
		part := f.read(named[at])
		base := path.Join("Doc_0", part.attr("BaseLoc"))
		for _, kind := range []string{"PublicRes", "DocumentRes", "Annotations", "FontFile", "MediaFile", "FileLoc"} {
			for _, n := range part.all(kind) {
				named = append(named, path.Join(base, n.Text))
			}
		}
		for _, n := range part.all("Page") {
			if loc := n.attr("BaseLoc"); loc != "" {
				named = append(named, path.Join(base, loc))
			}
		}
		for _, kind := range []string{"Page", "Font", "MultiMedia", "Layer", "TextObject", "PathObject", "ImageObject", "Annot"} {
			for _, n := range part.all(kind) {
				id := n.attr("ID")
				if number, _ := strconv.Atoi(id); kind != "Page" && (number < 1 || number > last || numbers[id]) || numbers[id] {
					t.Errorf("%s: %s has the number %q", named[at], kind, id)
				}
				numbers[id] = id != ""
			}
		}
	}
	slices.Sort(named)
	slices.Sort(f.names)
	if !slices.Equal(named, f.names) {
		t.Errorf("named are\n%v\nthere are\n%v", named, f.names)
	}
	for _, n := range f.read("Doc_0/PublicRes.xml").all("Font") {
		if name := n.attr("FontName"); !strings.HasPrefix(name, "wj") || n.attr("FamilyName") != "" {
			t.Errorf("a reader may take a font named %q for one of the system", name)
		}
	}
}

// TestText: characters stand where the operation sets them, in millimetres, within
// their boundary; blanks at the ends are left out, and move what follows.
func TestText(t *testing.T) {
	f := written(t)
	texts := f.read("Doc_0/Pages/Page_0/Content.xml").all("TextObject")
	if len(texts) != 1 {
		t.Fatalf("%d texts, want the one that shows something", len(texts))
	}
	o, code := texts[0], texts[0].all("TextCode")[0]
	if code.Text != "网剑<行动>&2022" || o.attr("Size") != "5.644" || o.all("FillColor")[0].attr("Value") != "200 16 20" {
		t.Errorf("the text is %q %v", code.Text, o.Attrs)
	}
	var box [4]float64
	fmt.Sscan(o.attr("Boundary"), &box[0], &box[1], &box[2], &box[3])
	at := func(name string) float64 { v, _ := strconv.ParseFloat(code.attr(name), 64); return v }
	pages, _ := paper(t)
	op := pages[0].Ops[0].(typeset.Text)
	_, blank, _ := op.Font.Glyph(' ')
	const mm = 25.4 / 72
	if x, want := box[0]+at("X"), (72+float64(blank)*16/1000-0.207)*mm; x < want-0.002 || x > want+0.002 {
		t.Errorf("the first character is at %.3f, want %.3f", x, want)
	}
	if y := box[1] + at("Y"); y < 50.798 || y > 50.802 {
		t.Errorf("the baseline is at %.3f, want 50.8", y)
	}
	var width float64
	for _, step := range stepsIn(t, code.attr("DeltaX")) {
		width += step
	}
	var want float64
	for _, r := range "网剑<行动>&202" {
		_, n, _ := op.Font.Glyph(r)
		want += (float64(n)*16/1000 - 0.207) * mm
	}
	if width < want-0.01 || width > want+0.01 {
		t.Errorf("the last character is %.3f from the first, want %.3f", width, want)
	}
	if box[2] < width || box[3] < 5.6 {
		t.Errorf("the boundary is %v", box)
	}
	down := f.read("Doc_0/Pages/Page_1/Content.xml").all("TextObject")[0]
	var e, d float64
	fmt.Sscan(down.attr("Boundary"), &box[0], &box[1], &box[2], &box[3])
	if n, _ := fmt.Sscanf(down.attr("CTM"), "0 1 -1 0 %f %f", &e, &d); n != 2 || box[0]+e < 50.798 || box[0]+e > 50.802 || box[1]+d < 25.398 || box[1]+d > 25.402 || box[3] < box[2] {
		t.Errorf("turned text is in %s by %s", down.attr("Boundary"), down.attr("CTM"))
	}
}

// stepsIn reads distances as the format's readers do.
func stepsIn(t *testing.T, text string) (list []float64) {
	t.Helper()
	words := strings.Fields(text)
	for len(words) > 0 {
		times, step := 1, words[0]
		if words[0] == "g" {
			times, _ = strconv.Atoi(words[1])
			step, words = words[2], words[2:]
		}
		v, err := strconv.ParseFloat(step, 64)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		list, words = append(list, slices.Repeat([]float64{v}, times)...), words[1:]
	}
	return list
}

// TestLinksAndOutline reads back where links and bookmarks lead.
func TestLinksAndOutline(t *testing.T) {
	f := written(t)
	root := f.read("Doc_0/Document.xml")
	var pages []string
	for _, p := range root.all("Page") {
		pages = append(pages, p.attr("ID"))
	}
	links := f.read("Doc_0/Annots/Page_0.xml").all("Annot")
	if len(links) != 2 {
		t.Fatalf("%d links, want those that lead somewhere", len(links))
	}
	if uri := links[0].all("URI"); len(uri) != 1 || uri[0].attr("URI") != "https://wangjian.example/?a=1&b=2" || links[0].all("Remark")[0].Text != "网剑" || len(links[0].all("Dest")) != 0 {
		t.Errorf("the first link is %v", uri)
	}
	if box := links[0].all("Appearance")[0].attr("Boundary"); box != "25.4 45.861 50.8 6.35" {
		t.Errorf("the first link is in %s", box)
	}
	if dest := links[1].all("Dest"); len(dest) != 1 || dest[0].attr("PageID") != pages[1] || dest[0].attr("Top") != "127" {
		t.Errorf("the second link leads to %v", dest)
	}
	for _, l := range links {
		if l.attr("Type") != "Link" || l.attr("LastModDate") != "2031-06-22" || l.all("FillColor")[0].attr("Alpha") != "0" || l.all("PathObject")[0].attr("Stroke") != "false" {
			t.Errorf("a link is %v", l.Attrs)
		}
	}
	var outline func(n *node, depth int) string
	outline = func(n *node, depth int) (text string) {
		for _, k := range n.Kids {
			if k.XMLName.Local == "OutlineElem" {
				dest := k.Kids[0].all("Dest")[0]
				text += fmt.Sprintf("%s%s %d %s %s\n", strings.Repeat(" ", depth), k.attr("Title"), slices.Index(pages, dest.attr("PageID")), dest.attr("Top"), k.attr("Count")) + outline(k, depth+1)
			}
		}
		return text
	}
	if got, want := outline(root.all("Outlines")[0], 0), "一 0 25.4 2\n 1. 0 50.8 \n （一） 1 127 \n二 1 0 \n"; got != want {
		t.Errorf("the outline is\n%swant\n%s", got, want)
	}
}

// TestShapes: lines, areas and pictures stand where the operations put them.
func TestShapes(t *testing.T) {
	f := written(t)
	var got []string
	for _, o := range f.read("Doc_0/Pages/Page_0/Content.xml").all("PathObject") {
		got = append(got, strings.Join([]string{o.attr("Boundary"), o.attr("LineWidth"), o.attr("Stroke"), o.attr("Fill"), o.all("AbbreviatedData")[0].Text}, "|"))
	}
	area := "35.278 105.833 25.4 25.4||false|true|M 0 0 L 25.4 0 L 25.4 25.4 C"
	want := []string{
		"24.872 70.028 51.856 1.056|0.176|||M 0.528 0.528 L 51.328 0.528",
		"34.219 104.774 27.518 27.518|0.353|||M 1.059 1.059 L 26.459 1.059 L 26.459 26.459 C",
		area, area,
	}
	if !slices.Equal(got, want) {
		t.Errorf("shapes are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	page := f.read("Doc_0/Pages/Page_1/Content.xml")
	if size := page.all("PhysicalBox")[0].Text; size != "0 0 297 210" {
		t.Errorf("a turned page is %s", size)
	}
	if i := page.all("ImageObject")[0]; i.attr("Boundary") != "25.4 25.4 50.8 25.4" || i.attr("CTM") != "50.8 0 0 25.4 0 0" {
		t.Errorf("the picture is %v", i.Attrs)
	}
	if !bytes.Equal(f.parts["Doc_0/Res/image1.jpg"], []byte("\xff\xd8JPEG")) {
		t.Error("the picture's file is another")
	}
}

// TestReadAsForeign: what opens files from outside reads the text, and the address
// of the link.
func TestReadAsForeign(t *testing.T) {
	pages, about := paper(t)
	pages[1].Ops = pages[1].Ops[:2] // the picture is none
	var out bytes.Buffer
	if err := Write(&out, typeset.A4, pages, about); err != nil {
		t.Fatal(err)
	}
	read, err := intake.Read("a.ofd", out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, p := range read.Pieces {
		text.WriteString(p.Text + "\n")
	}
	for _, want := range []string{"网剑<行动>&2022", "附件"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("no %q in %s", want, text.String())
		}
	}
	if len(read.Unread) > 0 {
		t.Errorf("unread is %v", read.Unread)
	}
}

func TestLengths(t *testing.T) {
	for points, want := range map[float64]string{0: "0", 72: "25.4", 595.2755905511812: "210", 841.8897637795277: "297", -0.207: "-0.073", 0.5: "0.176", 720: "254", 2.835: "1"} {
		if got := mm(points).String(); got != want {
			t.Errorf("%g points are %s mm, want %s", points, got, want)
		}
	}
	for want, list := range map[string]steps{"": nil, "1 1 1": {1000, 1000, 1000}, "g 4 1.5 2": {1500, 1500, 1500, 1500, 2000}, "-0.1 g 4 0": {-100, 0, 0, 0, 0}} {
		if got, _ := list.MarshalText(); string(got) != want {
			t.Errorf("%v is written %q, want %q", list, got, want)
		}
	}
}
