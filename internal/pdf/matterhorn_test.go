package pdf

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"wangjian/internal/pdf/typeset"
	"wangjian/internal/stats"
)

// The conditions of the Matterhorn Protocol 1.1 (PDF Association), by which a file
// fails PDF/UA-1, as far as a program can test them and files of this program could
// meet them. What they forbid that no file here has at all (formulas, forms, optional
// content, embedded files, media, encryption) is one check: that it is not there.
//
//	01-003 01-004 01-005  content that is not tagged, or both tagged and an artifact
//	01-007                Suspects
//	02-001 02-004         structure types that ISO 32000-1 does not have, or maps
//	06-001 to 06-003      metadata: none, no PDF/UA, no title
//	07-001 07-002         the title bar shows another thing than the title
//	09-004 to 09-006      elements of tables, lists and contents out of place
//	10-001                characters that are not mapped to Unicode
//	11-001 to 11-006      the language cannot be told
//	13-004                figures without Alt
//	14-002 14-003 14-006 14-007  headings: the first is not H1, skipped levels, H beside H1
//	15-003                TH without Scope
//	17 20 21 25 26 30     what is not there
//	18-003                running heads and feet that are not marked as such
//	19-003 19-004         notes without an ID, or two with the same
//	28-002 28-004 28-006 28-008 28-009 28-011 28-012  links: not in a Link, no Contents, no order
//	31-001 to 31-009 31-027 to 31-030  fonts: not embedded, their maps, .notdef
//
// A person has to look at the others: whether tags and order mean what the eye sees.

// standard are the structure types of ISO 32000-1, 14.8.4, that papers use, with what
// they may stand in; nil is anywhere.
var standard = map[string][]string{
	"Document": {""}, "Sect": nil, "BlockQuote": nil, "P": nil, "Span": nil, "Link": nil, "Reference": nil, "Note": nil, "Figure": nil,
	"H1": nil, "H2": nil, "H3": nil, "H4": nil, "H5": nil, "H6": nil,
	"TOC": {"Document", "Sect", "TOC", "TOCI"}, "TOCI": {"TOC"},
	"L": {"Document", "Sect", "BlockQuote", "LBody", "TD"}, "LI": {"L"}, "Lbl": {"LI", "Note", "P"}, "LBody": {"LI"},
	"Table": {"Document", "Sect", "BlockQuote", "LBody"}, "TR": {"Table"}, "TH": {"TR"}, "TD": {"TR"},
	"Caption": {"Table", "Figure"},
}

// mayHold are the types whose kids are elements of few types.
var mayHold = map[string][]string{
	"Table": {"TR", "Caption"}, "TR": {"TH", "TD"}, "L": {"LI"}, "LI": {"Lbl", "LBody"}, "TOC": {"TOC", "TOCI"}, "TOCI": {"Reference", "TOC"},
}

// universal tests a file for the conditions.
func universal(t *testing.T, file []byte) {
	t.Helper()
	s := structureOf(t, file)
	fail := func(condition, format string, values ...any) {
		t.Helper()
		t.Errorf("Matterhorn "+condition+"："+format, values...)
	}
	s.treeAndPagesAgree()
	catalog := string(s.objects[s.root()])
	for condition, absent := range map[string]string{
		"01-007": "/Suspects", "02-004": "/RoleMap", "20": "/OCProperties", "21": "/EmbeddedFile", "25": "/AcroForm", "26": "/Encrypt",
		"28-014": "/Rendition", "30-001": "/Ref ", "30-002": "/Subtype /Form", "09-007": "/S /Ruby", "17": "/S /Formula", "14-006": "/S /H ",
	} {
		for n := range s.objects {
			if bytes.Contains(s.dictionary(n), []byte(absent)) {
				fail(condition, "对象 %d 有 %s", n, absent)
			}
		}
	}
	if !strings.Contains(catalog, "/ViewerPreferences << /DisplayDocTitle true >>") {
		fail("07-001", "目录对象是 %s", catalog)
	}
	if s.match(s.objects[s.root()], `/Lang \((zh-CN)\)`) == "" || !strings.Contains(catalog, "/MarkInfo << /Marked true >>") {
		fail("11-001", "目录对象是 %s", catalog)
	}
	s.identified(fail)
	s.elements(fail)
	s.links(fail)
	s.fontsAreWhole(fail)
}

type failing func(condition, format string, values ...any)

// identified looks at the metadata.
func (s *structured) identified(fail failing) {
	xmp := s.data(s.ref(s.root(), "Metadata"))
	if s.match(xmp, `<pdfuaid:part>(1)</pdfuaid:part>`) == "" || !bytes.Contains(xmp, []byte(`xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"`)) {
		fail("06-002", "%s", xmp)
	}
	if s.match(xmp, `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">([^<]+)<`) == "" {
		fail("06-003", "%s", xmp)
	}
}

// elements looks at the structure tree.
func (s *structured) elements(fail failing) {
	tags := map[int]string{0: ""}
	for n := range s.seen {
		tags[n] = s.match(s.objects[n], `/S /(\w+)`)
	}
	ids := map[string]bool{}
	for n := range s.seen {
		body, tag := s.objects[n], tags[n]
		parent := tags[s.ref(n, "P")]
		may, known := standard[tag]
		if !known {
			fail("02-001", "类型 %s", tag)
		}
		if may != nil && !slices.Contains(may, parent) {
			fail("09-004", "%s 在 %q 里", tag, parent)
		}
		if may := mayHold[parent]; may != nil && !slices.Contains(may, tag) {
			fail("09-004", "%s 在 %s 里", tag, parent)
		}
		switch tag {
		case "TH":
			if scope := s.match(s.objects[s.ref(n, "A")], `/O /Table .*/Scope /(\w+)`); scope != "Column" && scope != "Row" {
				fail("15-003", "%s", body)
			}
		case "Figure":
			if s.said(body, "Alt") == "" {
				fail("13-004", "%s", body)
			}
			if s.match(body, `/BBox \[ ([-\d.]+ [-\d.]+ [-\d.]+ [-\d.]+) \]`) == "" {
				fail("13", "图没有位置：%s", body)
			}
		case "Note":
			id := s.match(body, `/ID \((\w+)\)`)
			if id == "" || ids[id] {
				fail("19-003", "%s", body)
			}
			ids[id] = true
		}
	}
	before := 0
	for _, tag := range s.order {
		if len(tag) == 2 && tag[0] == 'H' {
			rank := int(tag[1] - '0')
			if before == 0 && rank != 1 {
				fail("14-002", "第一个标题是 %s", tag)
			}
			if before > 0 && rank > before+1 {
				fail("14-003", "H%d 下面是 %s", before, tag)
			}
			before = rank
		}
	}
	if before == 0 {
		fail("14-002", "没有标题")
	}
}

var referenced = regexp.MustCompile(`(\d+) 0 R`)

// links looks at the annotations of the pages, and at what stands around them.
func (s *structured) links(fail failing) {
	for i, page := range s.pages() {
		head := s.dictionary(page)
		list := referenced.FindAllStringSubmatch(s.match(head, `/Annots \[([^\]]*)`), -1)
		if len(list) > 0 && s.match(head, `/Tabs /(S)\b`) == "" {
			fail("28-008", "第 %d 页", i+1)
		}
		for _, m := range list {
			n, _ := strconv.Atoi(m[1])
			body := string(s.objects[n])
			owner := s.held["annotation "+m[1]]
			if !strings.Contains(body, "/Subtype /Link") || owner == 0 || s.match(s.objects[owner], `/S /(\w+)`) != "Link" {
				fail("28-011", "第 %d 页的 %s 属于 %d", i+1, body, owner)
			}
			if s.said([]byte(body), "Contents") == "" || !strings.Contains(body, "/F 4") {
				fail("28-012", "%s", body)
			}
		}
		content := s.content(page)
		heads, feet := strings.Count(content, "/Subtype /Header >> BDC"), strings.Count(content, "/Subtype /Footer >> BDC")
		if heads > 1 || feet > 1 || heads == 1 && !strings.HasPrefix(content[strings.Index(content, "/Artifact"):], "/Artifact << /Type /Pagination /Subtype /Header") {
			fail("18-003", "第 %d 页有 %d 处页眉、%d 处页码", i+1, heads, feet)
		}
	}
}

// fontsAreWhole looks at the fonts and at what pages show of them.
func (s *structured) fontsAreWhole(fail failing) {
	for n := range s.objects {
		body := string(s.dictionary(n))
		switch {
		case strings.Contains(body, "/Subtype /Type0"):
			if !strings.Contains(body, "/Encoding /Identity-H") {
				fail("31-006", "%s", body)
			}
			if s.ref(n, "ToUnicode") == 0 {
				fail("31-027", "%s", body)
				continue
			}
			for code, char := range s.characters(n) {
				if char == "0000" || char == "FEFF" || char == "FFFE" {
					fail("31-028", "%s 的字符是 %s", code, char)
				}
			}
		case strings.Contains(body, "/Subtype /CIDFontType2"):
			if !strings.Contains(body, "/CIDToGIDMap /Identity") {
				fail("31-004", "%s", body)
			}
			if info := s.match([]byte(body), `(?s)/CIDSystemInfo\s*<<(.*?)>>`); !strings.Contains(info, "(Identity)") || !strings.Contains(info, "(Adobe)") {
				fail("31-001", "%s", body)
			}
		case strings.Contains(body, "/Type /FontDescriptor"):
			if file := s.ref(n, "FontFile2"); file == 0 || len(s.data(file)) == 0 {
				fail("31-009", "%s", body)
			}
		}
	}
	for i, page := range s.pages() {
		s.text(page) // reports what is mapped to nothing (10-001)
		for _, m := range regexp.MustCompile(shown).FindAllStringSubmatch(s.content(page), -1) {
			for hex := m[1]; len(hex) >= 4; hex = hex[4:] {
				if hex[:4] == "0000" {
					fail("31-030", "第 %d 页用了 .notdef", i+1)
				}
			}
		}
	}
}

// Every paper is PDF/UA-1, as far as a program can tell.
func TestPapersAreUniversal(t *testing.T) {
	for _, changes := range []map[string]string{nil, addressed(t)} { // without and with a code
		v := publicView(t, changes)
		book := stats.Of(v)
		for _, paper := range Papers(v, book) {
			t.Run(paper.Path, func(t *testing.T) { universal(t, fileFor(t, Options{Fonts: loaded}, v, book, paper)) })
		}
	}
	office := wholeView(t, nil)
	book := stats.Of(office)
	for _, paper := range []*Paper{Volume(office, book), Cases(office, book), Form(office, book), Album(office, book)} {
		t.Run(paper.Title, func(t *testing.T) { universal(t, fileFor(t, Options{Fonts: loaded}, office, book, paper)) })
	}
}

// So are the decisions that lie beside the sample's cases, which tools/decisions makes.
func TestDecisionsAreUniversal(t *testing.T) {
	files, err := filepath.Glob("../../content/cases/*.pdf")
	if err != nil || len(files) == 0 {
		t.Fatalf("没有决定书：%v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(file), func(t *testing.T) { universal(t, data) })
	}
}

// A heading that skips a level is tagged as the level above it asks.
func TestHeadingsNest(t *testing.T) {
	var page typeset.Page
	var elements []*typeset.Element
	for _, tag := range []typeset.Tag{"H2", "H4", "P", "H3", "H2", "H6", "H1", "H2"} {
		e := &typeset.Element{Tag: tag}
		elements = append(elements, e)
		page.Ops = append(page.Ops, typeset.Into{Element: e})
	}
	typeset.Nest([]*typeset.Page{&page, &page})
	var got []typeset.Tag
	for _, e := range elements {
		got = append(got, e.Tag)
	}
	if want := "[H1 H2 P H2 H1 H2 H1 H2]"; fmt.Sprint(got) != want {
		t.Errorf("标题是 %v，应为 %s", got, want)
	}
}
