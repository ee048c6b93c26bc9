package word

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"wangjian/internal/pdf/typeset"
)

// The page and the styles of the files in parts/ are those that the sheets and
// the runs reckon with.
func TestPartsAgreeWithTheSheets(t *testing.T) {
	parts, err := newBuilder(nil).parts(Document{})
	if err != nil {
		t.Fatal(err)
	}
	text := map[string]string{}
	for _, p := range parts {
		text[p.name] = string(p.data)
	}
	a4 := typeset.A4
	for _, want := range []string{
		fmt.Sprintf(`<w:pgSz w:w="%d" w:h="%d"/>`, twips(a4.Width), twips(a4.Height)),
		fmt.Sprintf(`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d"`, twips(a4.Top), twips(a4.Width-a4.Left-a4.BlockWidth), twips(a4.Height-a4.Top-a4.BlockHeight), twips(a4.Left)),
		fmt.Sprintf(`w:linePitch="%d"`, twips(a4.Lead())),
	} {
		if !strings.Contains(text["word/document.xml"], want) {
			t.Errorf("document.xml 里没有 %s", want)
		}
	}
	for id, style := range styles {
		of := regexp.MustCompile(`w:styleId="` + id + `">.*?</w:style>`).FindString(text["word/styles.xml"])
		for _, want := range []string{fonts(style.Role), fmt.Sprintf(`<w:sz w:val="%d"/>`, int(2*style.Size))} {
			if !strings.Contains(of, want) {
				t.Errorf("样式 %s 里没有 %s：%s", id, want, of)
			}
		}
	}
}

// No page ends or begins with a row or two of a table: a short one stays whole.
func TestRowsStayTogether(t *testing.T) {
	for _, c := range []struct {
		rows   int
		joined string // which rows stay with the next, the head first
	}{{3, "xxx."}, {5, "xxxxx."}, {8, "xxx...xx."}} {
		table := &typeset.Table{Columns: make([]typeset.Column, 1), Head: []typeset.Row{{{}}}, Size: smallSize}
		for range c.rows {
			table.Rows = append(table.Rows, typeset.Row{{}})
		}
		b := newBuilder(nil)
		b.table(table)
		joined := ""
		for _, row := range strings.Split(b.body.String(), "</w:tr>")[:c.rows+1] {
			if strings.Contains(row, keepNext) {
				joined += "x"
			} else {
				joined += "."
			}
		}
		if joined != c.joined {
			t.Errorf("%d 行：%s，应为 %s", c.rows, joined, c.joined)
		}
	}
}
