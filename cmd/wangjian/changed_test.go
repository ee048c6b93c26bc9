//go:build whole

package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// altered is a campaign with a file of every kind that is published or drawn
// with. What tests write there is as it was to whoever asks size and time.
type altered struct {
	t   *testing.T
	dir string
}

const alteredGallery = `---
标题: 联合检查
公开方式: 主动公开
发布日期: 2026-03-01 09:00
` + signed + `图片:
  - {文件: zhao.jpg, 说明: 检查现场, 拍摄日期: 2026-02-01, 已核: true}
视频:
  - {文件: lu.mp4, 说明: 检查录像, 拍摄日期: 2026-02-01, 已核: true, 文字稿: lu.txt}
---

现场。
`

func newAltered(t *testing.T, linked bool) *altered {
	c := &altered{t, t.TempDir()}
	if err := os.CopyFS(c.dir, os.DirFS(smallCampaign)); err != nil {
		t.Fatal(err)
	}
	for to, from := range map[string]string{
		"content/gallery/zhao.jpg": "../../content/gallery/tupian-01.jpg", "content/gallery/lu.mp4": "../../content/gallery/lianhe-jianguan.mp4",
		"content/gallery/lu.txt": "../../content/gallery/lianhe-jianguan.txt", "layouts/fonts/gkai00mp.ttf": "../../layouts/fonts/gkai00mp.ttf",
		"layouts/templates/withdrawn.html": "../../layouts/templates/withdrawn.html",
	} {
		c.write(to, c.read(from))
	}
	c.write("content/gallery/lianhe.md", []byte(alteredGallery))
	c.write("data/campaign.yaml", append(c.read(smallCampaign+"/data/campaign.yaml"), "\n示例: true\n"...)) // these pictures are the sample's
	c.write("layouts/logo.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>`))
	if linked { // of which no mark can be taken: only the hashes show that something changed
		if err := os.Symlink("lu.txt", filepath.Join(c.dir, "content/gallery/lian.txt")); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func (c *altered) read(name string) []byte {
	c.t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		c.t.Fatal(err)
	}
	return data
}

// write writes a file of the campaign and leaves it the time that it had.
func (c *altered) write(name string, data []byte) {
	c.t.Helper()
	full := filepath.Join(c.dir, filepath.FromSlash(name))
	at := time.Now().Add(-time.Hour)
	if info, err := os.Stat(full); err == nil {
		at = info.ModTime()
	}
	os.MkdirAll(filepath.Dir(full), 0o755)
	if err := os.WriteFile(full, data, 0o644); err != nil {
		c.t.Fatal(err)
	}
	if err := os.Chtimes(full, at, at); err != nil {
		c.t.Fatal(err)
	}
}

// build builds, and changes something each time that the campaign was checked.
func (c *altered) build(change func(time int)) (code int, told string) {
	var out bytes.Buffer
	times := 0
	code = run(c.t.Context(), []string{"-C", c.dir, "--date", "2026-05-10", "build"}, system{
		Stdout: &out, Stderr: &out, Now: time.Now, Checked: func() { times++; change(times) },
	})
	return code, out.String()
}

// padded is a text as long as a file, or the text where it is longer.
func padded(text string, size int) []byte {
	return append([]byte(text), bytes.Repeat([]byte("\n"), max(0, size-len(text)))...)
}

// TestChangedAfterTheCheck: whatever is changed between the check and the
// rendering, of the same size and time too, is not published unchecked.
func TestChangedAfterTheCheck(t *testing.T) {
	for name, with := range map[string]struct {
		text string
		ok   bool // what it is changed to may be published
	}{
		"content/open/qingdan.csv":         {"学校,联系人\n一小,王小明13800138000\n", false},
		"content/warnings/xiaolingshi.md":  {"", false},
		"content/gallery/lu.txt":           {"画外音：检查开始。\n", true},
		"content/gallery/zhao.jpg":         {"no picture at all", false},
		"content/gallery/lu.mp4":           {"no video at all", false},
		"layouts/logo.svg":                 {`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script/></svg>`, false},
		"layouts/templates/withdrawn.html": {"{{if}}", false},
		"layouts/fonts/gkai00mp.ttf":       {"no font at all", false},
		"data/q2/jiaoyu.yaml":              {"填报单位: 教体局\n", false},
	} {
		for _, linked := range []bool{false, true} {
			if linked && strings.HasPrefix(name, "data/") {
				continue // is read once, whole, and not again
			}
			t.Run(name, func(t *testing.T) {
				c := newAltered(t, linked)
				info, err := os.Stat(filepath.Join(c.dir, filepath.FromSlash(name)))
				if err != nil {
					t.Fatal(err)
				}
				text := padded(with.text, int(info.Size()))
				if with.text == "" {
					text = append(c.read(filepath.Join(c.dir, name)), "\n请找13800138000。\n"...)
				}
				code, told := c.build(func(n int) {
					if n == 1 {
						c.write(name, text)
					}
				})
				if (code == 0) != with.ok || !strings.Contains(told, "重新读取和检查") {
					t.Errorf("linked %v: exit status %d:\n%s", linked, code, told)
				}
				if _, err := os.Stat(filepath.Join(c.dir, "public")); (err == nil) != with.ok {
					t.Errorf("linked %v: published: %v", linked, err == nil)
				}
			})
		}
	}
}

// TestSwappedForALink: a file in whose place a link to a source comes is not
// published, nor what it leads to.
func TestSwappedForALink(t *testing.T) {
	c := newAltered(t, false)
	name := filepath.Join(c.dir, "content/open/qingdan.csv")
	code, told := c.build(func(int) {
		os.Remove(name)
		if err := os.Symlink("buyu.md", name); err != nil {
			t.Error(err)
		}
	})
	if _, err := os.Stat(filepath.Join(c.dir, "public")); code != 1 || err == nil {
		t.Errorf("exit status %d, published: %v\n%s", code, err == nil, told)
	}
}

// TestNewPictureIsPublished: what was changed and checked again goes out as it is
// now, and nothing of before.
func TestNewPictureIsPublished(t *testing.T) {
	c := newAltered(t, false)
	other := c.read("../../content/gallery/tupian-03.jpg")
	if code, told := c.build(func(n int) {
		if n == 1 {
			c.write("content/gallery/zhao.jpg", other)
		}
	}); code != 0 {
		t.Fatal(told)
	}
	changed := contentsOf(t, filepath.Join(c.dir, "public"))
	fresh := newAltered(t, false)
	fresh.write("content/gallery/zhao.jpg", other)
	if code, told := fresh.build(func(int) {}); code != 0 {
		t.Fatal(told)
	}
	for path, content := range contentsOf(t, filepath.Join(fresh.dir, "public")) {
		if !bytes.Equal(content, changed[path]) {
			t.Errorf("%s is not what a fresh build makes", path)
		}
	}
}

// TestChangedAgainAndAgain: a file that grows all the time ends the build, with
// the old site as it was.
func TestChangedAgainAndAgain(t *testing.T) {
	c := newAltered(t, false)
	if code, told := c.build(func(int) {}); code != 0 {
		t.Fatal(told)
	}
	before := contentsOf(t, filepath.Join(c.dir, "public"))
	c.write("content/open/qingdan.csv", []byte("学校\n一小\n"))
	times := 0
	code, told := c.build(func(n int) {
		times = n
		c.write("content/open/qingdan.csv", []byte("学校\n"+strings.Repeat("一小\n", n+1)))
	})
	if code != 1 || times != 4 || !strings.Contains(told, "一再被改动") {
		t.Errorf("exit status %d after %d times:\n%s", code, times, told)
	}
	for path, content := range contentsOf(t, filepath.Join(c.dir, "public")) {
		if !bytes.Equal(content, before[path]) {
			t.Errorf("%s was changed", path)
		}
	}
	left, _ := fs.Glob(os.DirFS(c.dir), ".public.wangjian-*")
	if len(left) > 0 {
		t.Errorf("left %v", left)
	}
}
