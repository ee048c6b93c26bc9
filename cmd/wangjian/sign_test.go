package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/project"
	"wangjian/internal/signing"
)

// TestSignKeepsAnEditorsSave: what an editor saves while sign works is never lost,
// be it saved before or after the campaign is checked; the file keeps its
// permissions.
func TestSignKeepsAnEditorsSave(t *testing.T) {
	const file = "content/warnings/weiqian.md"
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(smallCampaign)); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, filepath.FromSlash(file))
	if err := os.Chmod(name, 0o640); err != nil {
		t.Fatal(err)
	}
	day, _ := campaign.ParseInstant("2026-05-05")
	var out bytes.Buffer
	a := &app{system: system{Stdout: &out, Stderr: io.Discard, Now: time.Now}, dir: dir, asked: &day, project: project.Open(dir)}
	var saved []byte
	err := a.underLock([]string{file}, func(l *project.Loaded, set *change.Set, files []string) (string, error) {
		_, err := signing.Sign(set, l, files, campaign.SecondReview, "乙", false)
		if err != nil || len(set.Files()) != 1 {
			t.Fatal(err, set.Files())
		}
		was, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		saved = append(was, "又一段。\n"...)
		if err := os.WriteFile(name, saved, 0o640); err != nil {
			t.Fatal(err)
		}
		return "", nil
	})
	if err == nil || !strings.Contains(err.Error(), "刚刚被别的程序改过，没有写") || !strings.Contains(err.Error(), "weiqian.md") {
		t.Errorf("%v", err)
	}
	if is, _ := os.ReadFile(name); !bytes.Equal(is, saved) {
		t.Errorf("the save is lost:\n%s", is)
	}

	if err := a.sign([]string{file}, campaign.SecondReview, "乙", false); err != nil {
		t.Fatal(err)
	}
	is, _ := os.ReadFile(name)
	if !bytes.Contains(is, []byte("复审: {人: 乙, 日期: 2026-05-05, 指纹:")) || !bytes.HasSuffix(is, []byte("又一段。\n")) {
		t.Errorf("%s", is)
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(name), ".*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
