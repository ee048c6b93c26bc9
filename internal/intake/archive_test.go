package intake

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestRefused: what is made to harm is told for what it is, before anything is
// unpacked.
func TestRefused(t *testing.T) {
	encrypted := packed("a", "x")
	for _, head := range []string{"PK\x03\x04", "PK\x01\x02"} {
		at := bytes.Index(encrypted, []byte(head))
		encrypted[at+len(head)+2+(len(head)-4)+map[string]int{"PK\x03\x04": 0, "PK\x01\x02": 2}[head]] |= 1
	}
	many := make([]string, 0, 2*MaxParts+2)
	for n := range MaxParts + 1 {
		many = append(many, fmt.Sprint(n), "")
	}
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"no archive":          {[]byte("PK\x03\x04no"), ErrDamaged},
		"a slip":              {packed("a/../../b", "x"), ErrUnsafe},
		"a slip, backslashes": {packed(`a\..\b`, "x"), ErrUnsafe},
		"a drive":             {packed("C:/b", "x"), ErrUnsafe},
		"a byte that ends it": {packed("a\x00b", "x"), ErrUnsafe},
		"one name twice":      {packed("a", "x", "A", "y"), ErrTwice},
		"by its slash, too":   {packed("a", "x", "/a", "y"), ErrTwice},
		"by its backslash":    {packed("a/b", "x", `a\b`, "y"), ErrTwice},
		"a password":          {encrypted, ErrEncrypted},
		"too many parts":      {packed(many...), ErrParts},
		"too long a list":     {packed(longNames()...), ErrParts},
		"too much declared":   {declaring(packed("a", "x"), MaxDeclared+1), ErrTooBig},
	} {
		if _, err := OpenArchive(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	for _, name := range []string{`a\b`, "/a/b", "A/B", "a/b"} {
		if a, err := OpenArchive(packed(name, "x")); err != nil || !a.Has("a/b") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// longNames are parts whose list alone is longer than it may be.
func longNames() (parts []string) {
	for n := range 40 {
		parts = append(parts, fmt.Sprint(n, strings.Repeat("a", 60_000)), "")
	}
	return parts
}

// declaring changes the size that an archive declares for its only part.
func declaring(data []byte, size uint32) []byte {
	at := bytes.Index(data, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(data[at+24:], size)
	return data
}

// TestBounds: no part unpacks to more than it may, nor do all together.
func TestBounds(t *testing.T) {
	open := func(data []byte) *Archive {
		a, err := OpenArchive(data)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	noise := make([]byte, 2<<20)
	for n, source := 0, rand.New(rand.NewPCG(1, 2)); n < len(noise); n += 8 {
		binary.LittleEndian.PutUint64(noise[n:], source.Uint64())
	}
	big := strings.Repeat("x", 3<<20)
	a := open(packed("Noise", string(noise), "big", big, "one", "1"))
	if data, err := a.Read("noise"); err != nil || !bytes.Equal(data, noise) {
		t.Error("a part is read without regard to case", err)
	}
	if data, err := a.Read("none"); data != nil || err != nil {
		t.Error("an absent part is nothing", err)
	}
	if _, err := a.Read("big"); !errors.Is(err, ErrTooBig) {
		t.Errorf("XML out of nearly nothing: %v", err)
	}
	if data, err := a.ReadWithin("big", 3<<20); err != nil || string(data) != big {
		t.Error("a white picture is read", err)
	}
	if _, err := a.ReadWithin("big", 3<<20-1); !errors.Is(err, ErrTooBig) {
		t.Errorf("a bound of one part: %v", err)
	}
	a.left = 1
	if _, err := a.Read("one"); err != nil {
		t.Error(err)
	}
	if _, err := a.Read("one"); !errors.Is(err, ErrTooBig) {
		t.Errorf("what was read before counts: %v", err)
	}
	if _, err := open(packed("a", strings.Repeat("x", MaxPart+1))).Read("a"); !errors.Is(err, ErrTooBig) {
		t.Errorf("a part: %v", err)
	}
	// An archive that lies about the size of a part.
	if data, err := open(declaring(packed("a", big), 5)).Read("a"); err == nil || len(data) > 0 {
		t.Errorf("%d bytes were unpacked of a part that declares 5", len(data))
	}
}

// TestSniff: a file is told by its content.
func TestSniff(t *testing.T) {
	compound := func(stream string) string {
		return CompoundMark + strings.Join(strings.Split(stream, ""), "\x00") + "\x00"
	}
	for data, want := range map[string]Kind{
		"": Empty, "\ufeff \n": Empty, "项目,数量": Unknown,
		compound("EncryptedPackage"): Encrypted, compound("Workbook"): OldWorkbook, compound("WordDocument"): OldDocument,
		compound("PowerPoint Document"): OldPresentation, "%PDF-1.7": PDF, "\ufeff{\\rtf1": RTF, "MIME-Version: 1.0": MHT,
		"<!DOCTYPE html>": WebPage, "项目<TABLE>": WebPage, "<?xml?><w:wordDocument>": WordXML,
		"Rar!\x1a": RAR, "\x89PNG\r\n": Image, "PK\x03\x04": Packed,
		string(packed("xl/workbook.xml", "")): ExcelWorkbook, string(packed(`xl\workbook.bin`, "")): BinaryWorkbook,
		string(packed("word/document2.xml", "")): WordDocument, string(packed("ppt/presentation.xml", "")): Presentation,
		string(packed("OFD.xml", "")): OFD, string(packed("x.jpg", "")): Packed,
		string(packed("mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "")):        OpenText,
		string(packed("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "")): OpenTable,
	} {
		if got := Sniff([]byte(data)); got != want {
			t.Errorf("%.20q: %s, want %s", data, got, want)
		}
	}
}

func TestScan(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"deep":     {strings.Repeat("<a>", 11), ErrTooBig},
		"entities": {`<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>`, ErrDoctype},
		"broken":   {"<a></b>", ErrDamaged},
		"charset":  {`<?xml version="1.0" encoding="gb2312"?><a/>`, ErrDamaged},
		"sound":    {`<?xml version="1.0" encoding="UTF-8"?><a x="1">t</a>`, nil},
	} {
		err := Scan([]byte(c.text), 10, func(xml.StartElement) error { return nil }, silent, nothing)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestWorkbook(t *testing.T) {
	a, err := OpenArchive(packed(`xl\workbook.xml`, `<workbook xmlns:r="r"><workbookPr date1904="true"/><sheets><sheet name="甲" r:id="1"/><sheet name="乙" state="veryHidden" r:id="2"/><sheet name="图" r:id="3"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="1" Type="x/worksheet" Target="worksheets/a.xml"/><Relationship Id="2" Type="x/worksheet" Target="/xl/worksheets/b.xml"/><Relationship Id="3" Type="x/chartsheet" Target="c.xml"/></Relationships>`,
		"xl/sharedStrings.xml", `<sst><si><t>一_x000A_二</t></si><si><r><t>三</t></r><rPh><t>san</t></rPh></si></sst>`))
	if err != nil {
		t.Fatal(err)
	}
	w, err := a.Workbook(3)
	if want := []Sheet{{"甲", "xl/worksheets/a.xml", false}, {"乙", "xl/worksheets/b.xml", true}, {"图", "", false}}; err != nil || !w.Date1904 || !slices.Equal(w.Sheets, want) {
		t.Errorf("%+v, %v", w, err)
	}
	if _, err := a.Workbook(2); !errors.Is(err, ErrTooMany) {
		t.Error(err)
	}
	if list, err := a.SharedStrings(2); err != nil || !slices.Equal(list, []string{"一\n二", "三"}) {
		t.Errorf("%q, %v", list, err)
	}
	if _, err := a.SharedStrings(1); !errors.Is(err, ErrTooMany) {
		t.Error(err)
	}
}

func TestReferences(t *testing.T) {
	for name, want := range map[string]int{"A": 1, "Z": 26, "AA": 27, "AZ": 52, "ZZ": 702, "AAA": 703, "XFD": 16384} {
		if row, column, ok := parseReference("$" + name + "$7"); row != 7 || column != want || !ok {
			t.Errorf("%s7 is %d, %d", name, row, column)
		}
	}
	for _, wrong := range []string{"", "7", "A", "A0", "XFE1", "A1048577", "甲1"} {
		if _, _, ok := parseReference(wrong); ok {
			t.Errorf("%q is taken for a cell", wrong)
		}
	}
}

// TestCells: every kind of cell is read as the file has it, empty ones too.
func TestCells(t *testing.T) {
	a, err := OpenArchive(packed("xl/worksheets/a.xml", `<worksheet><sheetData>
<row r="2"><c r="B2" t="s"><v>1</v></c><c r="C2" s="3"><v>1.50</v></c><c><f>A1</f><v>7</v></c></row>
<row><c t="inlineStr"><is><r><t>一</t></r><rPh><t>yi</t></rPh></is></c><c t="e"><v>#N/A</v></c><c r="D3"/><c><is><t>二</t></is></c></row>
</sheetData><mergeCells><mergeCell ref="C5:B4"/><mergeCell ref="B4"/></mergeCells></worksheet>`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	err = a.Cells("xl/worksheets/a.xml", []string{"甲", "乙"}, []string{"", "", "", "0.00"}, func(c *Cell) error {
		got = append(got, fmt.Sprint(c.Row, c.Column, c.Kind, c.Text, c.Formula, c.Format, c.Inline))
		return nil
	}, func(area Area) error {
		got = append(got, fmt.Sprint(area))
		return nil
	})
	want := []string{"2 2 0乙false", "2 3 1 1.50false0.00", "2 4 1 7true", "3 1 0一false一", "3 2 3#N/Afalse", "3 4 1false", "3 5 1false二", "{4 2 5 3}"}
	for i := range got {
		got[i] = strings.ReplaceAll(got[i], " ", "")
	}
	for i := range want {
		want[i] = strings.ReplaceAll(want[i], " ", "")
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v, want\n%q", got, err, want)
	}
	if err := a.Cells("xl/worksheets/a.xml", nil, nil, func(*Cell) error { return ErrTooMany }, nil); !errors.Is(err, ErrTooMany) {
		t.Error(err)
	}
}

func TestEscapedText(t *testing.T) {
	for in, want := range map[string]string{"a_x000D_b": "a\rb", "_x4E00_": "一", "_xZZZZ_": "_xZZZZ_", "a_x": "a_x", "_xD800_": "\ufffd"} {
		if got := unescape(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
