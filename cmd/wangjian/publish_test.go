package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// ranIn runs a command in a campaign on 10 May 2026, and returns its status and
// what it wrote.
func ranIn(dir string, delivered func(), args ...string) (int, string) {
	var out bytes.Buffer
	sys := system{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Delivered: delivered, Now: func() time.Time { return time.Date(2026, 5, 10, 4, 0, 0, 0, time.UTC) }}
	status := run(context.Background(), append([]string{"-C", dir}, args...), sys)
	return status, out.String()
}

func smallCopy(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(smallCampaign)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestOnePublicationAtATime: while one publication is not yet recorded, another is
// turned away, and what it would have recorded is not lost.
func TestOnePublicationAtATime(t *testing.T) {
	dir := smallCopy(t)
	var status int
	var said string
	first, out := ranIn(dir, func() { status, said = ranIn(dir, nil, "publish", "--yes") }, "publish", "--yes")
	if first != 0 || !strings.Contains(out, "已记入 data/发布记录/0001-2026-05-10.yaml") {
		t.Errorf("the first: %d %s", first, out)
	}
	if status != 1 || !strings.Contains(said, "正在发布这个专项行动，请等它完成") {
		t.Errorf("the second: %d %s", status, said)
	}
	if entries, err := os.ReadDir(filepath.Join(dir, "data/发布记录")); err != nil || len(entries) != 1 {
		t.Errorf("%d entries, %v", len(entries), err)
	}
}

// TestRecordChangedMeanwhile: an entry goes on from the record that it was made
// from, and from no other.
func TestRecordChangedMeanwhile(t *testing.T) {
	dir := smallCopy(t)
	other := smallCopy(t)
	if status, out := ranIn(other, nil, "publish", "--yes"); status != 0 {
		t.Fatal(out)
	}
	pulled := func() { // as by a version control system
		if err := os.CopyFS(filepath.Join(dir, "data/发布记录"), os.DirFS(filepath.Join(other, "data/发布记录"))); err != nil {
			t.Error(err)
		}
	}
	if status, out := ranIn(dir, pulled, "publish", "--yes"); status != 1 || !strings.Contains(out, "再运行一次 wangjian publish 补记") {
		t.Errorf("%d %s", status, out)
	}
	if status, out := ranIn(dir, nil, "publish", "--yes"); status != 0 || !strings.Contains(out, "发布记录没有加") {
		t.Errorf("again: %d %s", status, out)
	}
}

// TestVerifyAddress: the public site is read back as citizens see it, and compared
// with its sums and with the campaign.
func TestVerifyAddress(t *testing.T) {
	dir := smallCopy(t)
	if status, out := ranIn(dir, nil, "publish", "--yes"); status != 0 {
		t.Fatal(out)
	}
	server := httptest.NewServer(http.StripPrefix("/xysa", http.FileServer(http.Dir(filepath.Join(dir, "public")))))
	defer server.Close()
	address := server.URL + "/xysa/"
	if status, out := ranIn(dir, nil, "verify", address); status != 0 || !strings.Contains(out, address+"：与重新生成的逐字节相同（以 2026-05-10 为今天）") {
		t.Errorf("%d %s", status, out)
	}
	page := filepath.Join(dir, "public/pages/about/index.html")
	if err := os.Remove(page); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(page, []byte("<p>换掉了</p>"), 0o644); err != nil {
		t.Fatal(err)
	}
	if status, out := ranIn(dir, nil, "verify", address); status != 1 || !strings.Contains(out, "pages/about/index.html：与 SHA256SUMS 不符") {
		t.Errorf("changed: %d %s", status, out)
	}
	if status, out := ranIn(dir, nil, "verify", server.URL+"/none"); status != 1 || !strings.Contains(out, "没有读到 SHA256SUMS：没有这个文件") {
		t.Errorf("no site: %d %s", status, out)
	}
}
