package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

const (
	summaryDocument = "一、工作总结/工作总结.docx"
	summaryPaper    = "一、工作总结/工作总结.pdf"
)

// packed is a file of an archive.
type packed struct {
	name string
	data []byte
}

func filesIn(t *testing.T, data []byte) (files []packed) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, packed{f.Name, data})
	}
	return files
}

func zipOf(t *testing.T, files []packed, raw bool) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, NonUTF8: raw, Method: zip.Deflate, Modified: time.Date(2026, 5, 9, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(f.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// polished is a document in which old words are new ones.
func polished(t *testing.T, docx []byte, old, words string) []byte {
	t.Helper()
	parts := filesIn(t, docx)
	for n, p := range parts {
		if p.name == "word/document.xml" {
			changed := bytes.Replace(p.data, []byte(old), []byte(words), 1)
			if bytes.Equal(changed, p.data) {
				t.Fatalf("the document has no %q", old)
			}
			parts[n].data = changed
		}
	}
	return zipOf(t, parts, false)
}

// with returns the files with one replaced.
func with(files []packed, name string, data []byte) []packed {
	files = slices.Clone(files)
	n := slices.IndexFunc(files, func(f packed) bool { return f.name == name })
	files[n].data = data
	return files
}

func content(files []packed, name string) []byte {
	for _, f := range files {
		if f.name == name {
			return f.data
		}
	}
	return nil
}

// verified holds a bundle's files against its list.
func verified(t *testing.T, files []packed) {
	t.Helper()
	var want strings.Builder
	sorted := slices.SortedFunc(slices.Values(files), func(a, b packed) int { return strings.Compare(a.name, b.name) })
	for _, f := range sorted {
		if f.name != "清单.txt" && f.name != "清单.xlsx" {
			fmt.Fprintf(&want, "%x  %s\n", sha256.Sum256(f.data), f.name)
		}
	}
	if got := string(content(files, "清单.txt")); got != want.String() {
		t.Errorf("the list is\n%s\nand should be\n%s", got, want.String())
	}
}

// TestReseal: a bundle whose documents were polished comes back whole: checked,
// with papers of the new text or none, and lists that fit.
func TestReseal(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(smallCampaign)); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", t.TempDir()) // no office
	command := func(args ...string) (int, string) {
		var out bytes.Buffer
		status := run(t.Context(), append([]string{"-C", dir, "bundle", "--date", "2026-05-10"}, args...), system{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Now: time.Now})
		return status, out.String()
	}
	write := func(name string, data []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	read := func(name string) []packed {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return filesIn(t, data)
	}
	if status, out := command("-o", "报送.zip"); status != 0 {
		t.Fatal(out)
	}
	files := read("报送.zip")
	verified(t, files)
	docx := content(files, summaryDocument)
	better := polished(t, docx, "工作总结", "工作总结（定稿）")
	fails := func(want string, args ...string) {
		t.Helper()
		if status, out := command(args...); status != 1 || !strings.Contains(out, want) {
			t.Errorf("%v: status %d, want %q:\n%s", args, status, want, out)
		}
	}

	fails("没有改过的 docx", "--reseal", "报送.zip")
	write("工作总结定稿.docx", better)
	status, out := command("--reseal", "报送.zip", "--docx", "工作总结定稿.docx")
	if status != 0 || !strings.Contains(out, "提醒："+summaryPaper+"：原来的 PDF 与改过的不再一致，没有放进去（这台电脑没有装 LibreOffice") || !strings.Contains(out, "已生成 报送（已改）.zip：换了 "+summaryDocument) {
		t.Fatalf("status %d:\n%s", status, out)
	}
	done := read("报送（已改）.zip")
	verified(t, done)
	if !bytes.Equal(content(done, summaryDocument), better) || content(done, summaryPaper) != nil || len(done) != len(files)-1 {
		t.Error("not the polished document without its paper")
	}
	fails("已经有 ", "--reseal", "报送.zip", "--docx", "工作总结定稿.docx")

	// The paper that the person made goes to its place, before the document.
	write("工作总结定稿.pdf", []byte("%PDF-1.7\n自己另存的"))
	if status, out := command("--reseal", "报送（已改）.zip", "--docx", "工作总结定稿.pdf", "-o", "报送（已改）.zip", "--replace"); status != 0 {
		t.Fatal(out)
	}
	done = read("报送（已改）.zip")
	verified(t, done)
	at := slices.IndexFunc(done, func(f packed) bool { return f.name == summaryPaper })
	if at < 0 || done[at+1].name != summaryDocument || len(done) != len(files) {
		t.Error("the paper is not before its document")
	}

	// A bundle that was unpacked, edited and packed again, by Windows: a folder
	// around all, names in GB18030.
	var again []packed
	for _, f := range with(files, summaryDocument, better) {
		name, err := simplifiedchinese.GB18030.NewEncoder().String("报送/" + f.name)
		if err != nil {
			t.Fatal(err)
		}
		again = append(again, packed{name, f.data})
	}
	write("重新打包.zip", zipOf(t, again, true))
	if status, out := command("--reseal", "重新打包.zip", "-o", "收回.zip"); status != 0 {
		t.Fatal(out)
	}
	verified(t, read("收回.zip"))

	// A bundle that was worked on is not written over by the next one.
	write("润色.zip", zipOf(t, with(files, summaryDocument, better), false))
	fails("或者生成以后改过，没有动它", "-o", "润色.zip")

	// What must not go out, and what must not be changed.
	for name, c := range map[string]struct{ words, want string }{
		"工作总结电话.docx": {"联系人张伟13907971234", "手机号“13907971234”"},
		"工作总结链接.docx": {`工作总结</w:t></w:r></w:p><w:p><w:fldSimple w:instr=" DDEAUTO cmd /c x "/></w:p><w:p><w:r><w:t>`, "里不能有这些"},
	} {
		write(name, polished(t, docx, "工作总结", c.words))
		fails(c.want, "--reseal", "报送.zip", "--docx", name, "-o", "不该有.zip")
	}
	write("别的.docx", better)
	fails("看不出 ", "--reseal", "报送.zip", "--docx", "别的.docx", "-o", "不该有.zip")
	const form = "三、专项行动情况统计表/统计表.xlsx"
	write("改了数.zip", zipOf(t, with(files, form, []byte("别的")), false))
	fails(form+" 改动过", "--reseal", "改了数.zip", "-o", "不该有.zip")
	write("改了纸.zip", zipOf(t, with(files, summaryPaper, []byte("%PDF-1.7")), false))
	fails("同名的 docx 却没有改", "--reseal", "改了纸.zip", "-o", "不该有.zip")
	write("多了.zip", zipOf(t, append(slices.Clone(files), packed{"说明.txt", nil}), false))
	fails("说明.txt 是后来放进去的", "--reseal", "多了.zip", "-o", "不该有.zip")
	write("少了.zip", zipOf(t, files[1:], false))
	fails(files[0].name+" 不见了", "--reseal", "少了.zip", "-o", "不该有.zip")
	write("空.zip", zipOf(t, nil, false))
	fails("不是 wangjian bundle 生成的", "--reseal", "空.zip", "-o", "不该有.zip")
	write("坏.zip", []byte("PK"))
	fails("不是压缩包", "--reseal", "坏.zip", "-o", "不该有.zip")
	fails("不存在", "--reseal", "没有.zip", "-o", "不该有.zip")
	if _, err := os.Stat(filepath.Join(dir, "不该有.zip")); err == nil {
		t.Error("a refused bundle was written")
	}
}

// TestResealMakesThePaper: where LibreOffice is, the paper is made of the polished
// document; a conversion that fails leaves the old paper out.
func TestResealMakesThePaper(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // the office here is a shell script
	}
	dir, bin := t.TempDir(), t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(smallCampaign)); err != nil {
		t.Fatal(err)
	}
	command := func(args ...string) string {
		var out bytes.Buffer
		if run(t.Context(), append([]string{"-C", dir, "bundle", "--date", "2026-05-10"}, args...), system{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Now: time.Now}) != 0 {
			t.Fatal(out.String())
		}
		return out.String()
	}
	command("-o", "a.zip")
	raw, err := os.ReadFile(filepath.Join(dir, "a.zip"))
	if err != nil {
		t.Fatal(err)
	}
	better := polished(t, content(filesIn(t, raw), summaryDocument), "工作总结", "定稿")
	if err := os.WriteFile(filepath.Join(dir, "工作总结.docx"), better, 0o644); err != nil {
		t.Fatal(err)
	}
	for script, made := range map[string]bool{
		// What it is called with, and what it writes: the document that it was handed.
		`case "$*" in *--headless*-env:UserInstallation=file:///*--convert-to\ pdf*) ;; *) exit 1;; esac; for last; do :; done; { echo %PDF-1.7; cat "$last"; } >"${last%.docx}.pdf"`: true,
		"exit 3": false, "exit 0": false, `for last; do :; done; echo no >"${last%.docx}.pdf"`: false,
	} {
		if err := os.WriteFile(filepath.Join(bin, "soffice"), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
		t.Setenv("PATH", bin+":/usr/bin:/bin")
		out := command("--reseal", "a.zip", "--docx", "工作总结.docx", "-o", "b.zip", "--replace")
		raw, err := os.ReadFile(filepath.Join(dir, "b.zip"))
		if err != nil {
			t.Fatal(err)
		}
		files := filesIn(t, raw)
		verified(t, files)
		paper := content(files, summaryPaper)
		if made && !bytes.Equal(paper, append([]byte("%PDF-1.7\n"), better...)) || !made && (paper != nil || !strings.Contains(out, "转换没有成功")) {
			t.Errorf("%s: %d bytes of paper\n%s", script, len(paper), out)
		}
	}
}
