package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// countyForm is the form of 南山镇, or of another county, for a round.
func countyForm(round, region, checked string) string {
	return strings.Join([]string{
		"期次," + round, "部门,市场监管局", "地区," + region, "填报单位," + region + "市场监管所", "填报日期,2026-04-28", "项目,单位,数量,备注",
		"检查食品经营单位,户次," + checked + ",", "立案,件,0,", "无证经营,件,0,", "经营过期食品,件,0,", "移送公安机关,件,无,", "罚没款,万元,0,", "销毁问题食品,千克,2.5,", "",
	}, "\n")
}

// writeParcel writes an archive as a county's office sends it: names in GBK, a form
// that can be read, one that cannot, one with a password, a picture and a narrative.
func writeParcel(dir string) error {
	docx, err := os.ReadFile(filepath.Join(dir, "教体局第三次总结.docx"))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range []struct {
		name, content string
		flags         uint16
	}{
		{name: "报表/南山镇.csv", content: countyForm("第一次", "南山镇", "33")},
		{name: "报表/东城街道.csv", content: countyForm("第一次", "东城街道", "约30")},
		{name: "报表/西城街道.csv", content: countyForm("第一次", "西城街道", "30"), flags: 1},
		{name: "照片.jpg", content: "x"},
		{name: "总结/教体局第一次.docx", content: string(docx)},
	} {
		name, err := simplifiedchinese.GBK.NewEncoder().String(f.name)
		if err != nil {
			return err
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, NonUTF8: true, Flags: f.flags})
		if err == nil {
			_, err = w.Write([]byte(f.content))
		}
		if err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "第一次来件.zip"), b.Bytes(), 0o644)
}

// TestExportKeepsFilledForms: a workbook that somebody filled in is never written
// over, though it names this program as its maker still; one that is as it was sent
// follows the data.
func TestExportKeepsFilledForms(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(smallCampaign)); err != nil {
		t.Fatal(err)
	}
	export := func() {
		t.Helper()
		var said bytes.Buffer
		if code := run(t.Context(), []string{"-C", dir, "--date", "2026-05-10", "form", "export", "--round", "q2"}, system{Stdout: &said, Stderr: &said, Now: time.Now}); code != 0 {
			t.Fatal(said.String())
		}
	}
	export()
	name := filepath.Join(dir, "发表", "第二次", "教体局.xlsx")
	sent, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	report := filepath.Join(dir, "data", "q2", "jiaoyu.yaml")
	text, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(report, bytes.Replace(text, []byte("抽检（批次）: 0"), []byte("抽检（批次）: 7"), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	export()
	if now, err := os.ReadFile(name); err != nil || bytes.Equal(now, sent) {
		t.Error("a form as it was sent does not follow the data", err)
	}
	f, err := excelize.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.SetCellValue("统计表", "E9", 8), f.Save(), f.Close()); err != nil {
		t.Fatal(err)
	}
	filled, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	export()
	if now, err := os.ReadFile(name); err != nil || !bytes.Equal(now, filled) {
		t.Error("a form that was filled in is written over", err)
	}
}
