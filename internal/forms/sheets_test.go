package forms

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestReadSheets: any workbook is read into its visible sheets as texts, row by row, and
// one that is made to harm is refused in words that are not about forms.
func TestReadSheets(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for cell, text := range map[string]string{"A1": "错误表述", "C1": "正确表述", "A3": "帐号", "B3": "1", "C3": "账号"} {
		if err := f.SetCellStr("Sheet1", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.NewSheet("底稿"); err != nil {
		t.Fatal(err)
	}
	if err := f.SetSheetVisible("底稿", false); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	sheets, err := ReadSheets(b.Bytes())
	if got := fmt.Sprint(sheets); err != nil || got != "[{Sheet1 [{1 [错误表述  正确表述]} {3 [帐号 1 账号]}]}]" {
		t.Errorf("%s, %v", got, err)
	}
	for name, data := range map[string]string{"damaged": b.String()[:200], "text": "帐号", "old": "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"} {
		if _, err := ReadSheets([]byte(data)); err == nil || strings.Contains(err.Error(), "报表") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
