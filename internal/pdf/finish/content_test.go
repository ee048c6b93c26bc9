package finish

import (
	"errors"
	"strings"
	"testing"

	"wangjian/internal/pdf/typeset"
)

// TestContentsAreWrittenAnew: what gopdf writes, and what is left of it.
func TestContentsAreWrittenAnew(t *testing.T) {
	nodes := []*node{{Element: &typeset.Element{Tag: "P"}}, {Element: &typeset.Element{Tag: "Figure"}}}
	text := func(place, font, spacing, color, code string) string {
		return "BT\n" + place + " TD\n/" + font + " Tf " + spacing + " Tc\n" + color + " rg\n[<" + code + ">] TJ\nET\n"
	}
	ring := func(x string) string {
		return "q\n" + x + " 7.00 m 8.00 7.00 l 8.00 8.00 l 7.00 9.00 l 6.00 8.00 l 6.00 7.00 l  f\nQ\n"
	}
	for name, c := range map[string]struct{ gopdf, want string }{
		"说过的不再说": {
			text("485.00 765.35", "F1 9", "0", "0.353 0.353 0.353", "00280A5C") + text("485.50 737.00", "F1 9", "-0.215", "0.353 0.353 0.353", "0D29"),
			"/F1 9 Tf\n.353 g\nBT\n485 765.35 Td\n(\x00\\(\n\\\\)Tj\n-.215 Tc\n.5 -28.35 Td\n(\\r\\))Tj\nET\n",
		},
		"默认的不说": {text("1.00 2.00", "F1 16", "0", "0.000 0.000 0.000", "0001"), "/F1 16 Tf\nBT\n1 2 Td\n(\x00\x01)Tj\nET\n"},
		"Q 以后是从前的": {
			"q\n 0.00000 -1.00000 1.00000\n 0.00000 765.35 515.91 cm\n" + text("1.00 2.00", "F1 9", "0", "1.000 0.000 0.000", "0001") + "Q\n" + text("1.00 2.00", "F1 9", "0", "0.000 0.000 0.000", "0001"),
			"q\n0 -1 1 0 765.35 515.91 cm\n/F1 9 Tf\n1 0 0 rg\nBT\n1 2 Td\n(\x00\x01)Tj\nET\nQ\n/F1 9 Tf\nBT\n1 2 Td\n(\x00\x01)Tj\nET\n",
		},
		"线、框和多边形": {
			"q\n79.37 -0.50 m 521.57 -0.50 l S\nQ\nq\n1.00 9.00 m 4.00 9.00 l 4.00 7.00 l 1.00 7.00 l  f\nQ\n" + ring("7.00"),
			"79.37 -.5 m 521.57 -.5 l S\n1 9 3 -2 re f\nq 1 0 0 1 7 7 cm\n0 0 m 1 0 l 1 1 l 0 2 l -1 1 l -1 0 l f\nQ\n",
		},
		"斜的四边形不是框": {"q\n1.00 9.00 m 4.00 9.00 l 5.00 7.00 l 1.00 7.00 l  f\nQ\n", "1 9 m 4 9 l 5 7 l 1 7 l f\n"},
		"文字在标记外面开始": {
			"[] 4.00 d\n" + text("1.00 2.00", "F1 9", "0", "0.000 0.000 0.000", "0001") + "[] 0.00 d\n[] 1.00 d\n" + text("1.00 2.00", "F1 9", "0", "0.000 0.000 0.000", "0001") + "[] 0.00 d\n",
			"BT\n/P<</MCID 0>>BDC\n/F1 9 Tf\n1 2 Td\n(\x00\x01)Tj\nEMC\n/Artifact BMC\n0 0 Td\n(\x00\x01)Tj\nEMC\nET\n",
		},
		"有图的标记在文字外面": {
			"[] 5.00 d\n" + text("1.00 2.00", "F1 9", "0", "0.000 0.000 0.000", "0001") + ring("7.00") + "[] 0.00 d\n",
			"/Figure<</MCID 1>>BDC\n/F1 9 Tf\nBT\n1 2 Td\n(\x00\x01)Tj\nET\nq 1 0 0 1 7 7 cm\n0 0 m 1 0 l 1 1 l 0 2 l -1 1 l -1 0 l f\nQ\nEMC\n",
		},
		"图片": {"q\n  357.17 0 0\n 238.11 121.89 287.96 cm /I365 Do \nQ\n", "q\n357.17 0 0 238.11 121.89 287.96 cm\n/I365 Do\nQ\n"},
	} {
		if got, err := rewrite([]byte(c.gopdf), nodes); err != nil || string(got) != c.want {
			t.Errorf("%s：%v\n%q\n应为\n%q", name, err, got, c.want)
		}
	}
}

func TestForeignContentsAreRefused(t *testing.T) {
	for _, text := range []string{"Q\n", "[] 9.00 d\n", "[] 4.00 d\n", "1 TD\n", "[<00>-120<01>] TJ\n", "[<0x>] TJ\n", "1e5 w\n", "0.0000001 w\n", "<41> Tj\n", "[(a)] TJ"} {
		if got, err := rewrite([]byte(text), nil); !errors.Is(err, errForeign) {
			t.Errorf("%q: %v, %q", text, err, got)
		}
	}
}

// TestBlanksThatNobodyNeeds: names, numbers and words stay apart, strings and the data
// of streams as they are.
func TestBlanksThatNobodyNeeds(t *testing.T) {
	for _, c := range [][2]string{
		{"<< /Type /Page\n /Kids [ 3 0 R  4 0 R ] /Dest [3 0 R /XYZ 0 null] >>\n", "<</Type/Page/Kids[3 0 R 4 0 R]/Dest[3 0 R/XYZ 0 null]>>"},
		{`<< /A <</URI (a  \( b) >> /Alt (( x )\\) /K -1 >>`, `<</A<</URI(a  \( b)>>/Alt(( x )\\)/K -1>>`},
		{"<< /Length 4 >>\nstream\n  << \nendstream\n", "<</Length 4>>stream\n  << \nendstream"},
		{"<< /ID [<0a> <0b>] /S (stream) >>", "<</ID[<0a><0b>]/S(stream)>>"},
		{"<< /A (没完 ", "<</A(没完 "},
	} {
		if got := compact([]byte("1 0 obj\n"), []byte(c[0])); string(got) != "1 0 obj\n"+c[1] {
			t.Errorf("%q became %q", c[0], got)
		}
	}
}

// TestStreamsKeepTheirLastByte: a stream may end as a line does.
func TestStreamsKeepTheirLastByte(t *testing.T) {
	for _, data := range []string{"", "\n", "a\r\n", strings.Repeat("b", 999) + "\n\n"} {
		if got, ok := bare(stream("", []byte(data))); !ok || string(got) != data {
			t.Errorf("%q became %q, %v", data, got, ok)
		}
	}
}
