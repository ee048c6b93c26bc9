package preview

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestAChangeReloadsOpenPages(t *testing.T) {
	s := newStudio(t)
	r := start(t, s)
	_, page := r.get("/")
	contains(t, page, "第一版，另有 0 个")
	reloads := r.listen(token(page))
	s.write(t, "content/home.txt", "第二版")
	r.wantReload(reloads)
	_, page = r.get("/")
	contains(t, page, "第二版")
	r.wantLog("预览：http://" + r.addr + "/ （按 Ctrl+C 结束）\n网页已更新\n内容有改动：网页已更新\n")
}

// TestTimeReloadsOpenPages: what has come out, or has gone, with the time shows
// without a change of any file.
func TestTimeReloadsOpenPages(t *testing.T) {
	s := newStudio(t)
	r := start(t, s)
	_, page := r.get("/")
	reloads := r.listen(token(page))
	r.tick <- time.Time{}
	r.tick <- time.Time{} // the first has been dealt with
	if n := s.loads.Load(); n != 1 {
		t.Errorf("loaded %d times while nothing was due", n)
	}
	s.overtaken.Store(true)
	r.tick <- time.Time{}
	r.wantReload(reloads)
	r.tick <- time.Time{}
	r.tick <- time.Time{}
	if n := s.loads.Load(); n != 2 {
		t.Errorf("loaded %d times, want 2", n)
	}
	r.wantLog("预览：http://" + r.addr + "/ （按 Ctrl+C 结束）\n网页已更新\n时间到了：网页已更新\n")
}

func TestAPageThatMissedAChangeIsToldAtOnce(t *testing.T) {
	s := newStudio(t)
	r := start(t, s)
	_, page := r.get("/")
	first := token(page)
	reloads := r.listen(first)
	s.write(t, "content/home.txt", "第二版")
	r.wantReload(reloads)
	r.wantReload(r.listen(first))
	r.wantReload(r.listen("of-another-process"))
	_, page = r.get("/")
	select {
	case <-r.listen(token(page)):
		t.Error("a page of the present state was told to reload")
	case <-time.After(200 * time.Millisecond):
	}
}

func TestOneBurstOfChangesIsOneReload(t *testing.T) {
	s := newStudio(t)
	r := start(t, s)
	_, page := r.get("/")
	reloads := r.listen(token(page))
	loads := s.loads.Load()
	for n := range 10 { // an editor that saves in halves
		s.write(t, "content/home.txt", strings.Repeat("错", n))
		time.Sleep(5 * time.Millisecond)
	}
	s.write(t, "content/home.txt", "存好了")
	// On a machine that stalls between two writes a half counts as saved, and is
	// shown until the whole is; the last reload shows the whole all the same.
	for reloaded := 1; ; reloaded++ {
		r.wantReload(reloads)
		if _, page = r.get("/"); strings.Contains(page, "存好了") {
			break
		}
		if reloaded > 10 {
			t.Fatal("more reloads than changes, and not the last of them")
		}
	}
	if n := s.loads.Load() - loads; n > 10 {
		t.Errorf("11 writes gave %d loads", n)
	}
}

func TestChangesThatNeverEndAreStillShown(t *testing.T) {
	s := newStudio(t)
	r := start(t, s)
	_, page := r.get("/")
	reloads := r.listen(token(page))
	for n := range 1000 {
		select {
		case <-reloads:
			return
		case <-time.After(settle / 4):
			s.write(t, "content/home.txt", fmt.Sprint(n))
		}
	}
	t.Fatal("no reload while changes go on")
}

func TestWaysOfSaving(t *testing.T) {
	for name, save := range map[string]func(t *testing.T, s *studio, home string){
		"rename over it": func(t *testing.T, s *studio, home string) {
			s.write(t, "content/.home.txt.swp", "新的")
			if err := os.Rename(filepath.Join(s.dir, "content/.home.txt.swp"), home); err != nil {
				t.Fatal(err)
			}
		},
		"move it away, write it anew": func(t *testing.T, s *studio, home string) {
			if err := os.Rename(home, home+"~"); err != nil {
				t.Fatal(err)
			}
			s.write(t, "content/home.txt", "新的")
		},
		"in place, slowly": func(t *testing.T, s *studio, home string) {
			f, err := os.Create(home)
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range []byte("新的") {
				f.Write([]byte{b})
				time.Sleep(5 * time.Millisecond)
			}
			f.Close()
		},
		"in a new folder in a new folder": func(t *testing.T, s *studio, home string) {
			s.write(t, "content/新/的/x.txt", "")
			s.write(t, "content/home.txt", "新的")
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStudio(t)
			r := start(t, s)
			_, page := r.get("/")
			reloads := r.listen(token(page))
			save(t, s, filepath.Join(s.dir, "content", "home.txt"))
			r.wantReload(reloads)
			_, page = r.get("/")
			contains(t, page, "新的")
		})
	}
}

func TestFoldersMadeLaterAreWatched(t *testing.T) {
	s := newStudio(t)
	r := start(t, s)
	_, page := r.get("/")
	reloads := r.listen(token(page))
	s.write(t, "content/cases/a.txt", "")
	r.wantReload(reloads)
	s.write(t, "content/cases/b.txt", "")
	r.wantReload(reloads)
	_, page = r.get("/")
	contains(t, page, "另有 2 个")
	s.write(t, "layouts/x.html", "") // a watched folder that was not there
	r.wantReload(reloads)
	s.write(t, "layouts/deep/er/x.html", "")
	r.wantReload(reloads)
	s.write(t, "layouts/deep/er/x.html", "again")
	r.wantReload(reloads)
}

func TestARemovedFolderIsSurvived(t *testing.T) {
	for name, dir := range map[string]string{"a watched one": "content", "the one around it": ""} {
		t.Run(name, func(t *testing.T) {
			s := newStudio(t)
			s.dir = filepath.Join(s.dir, "campaign")
			s.write(t, "content/home.txt", "第一版")
			r := start(t, s)
			_, page := r.get("/")
			reloads := r.listen(token(page))
			if err := os.RemoveAll(filepath.Join(s.dir, dir)); err != nil {
				t.Fatal(err)
			}
			r.wantReload(reloads)
			res, page := r.get("/")
			contains(t, page, "content/home.txt 不见了", "看上一次正确的页面")
			if res.StatusCode != 500 {
				t.Errorf("status %d", res.StatusCode)
			}
			s.write(t, "content/home.txt", "回来了")
			for !strings.Contains(page, "回来了") {
				r.wantReload(reloads)
				_, page = r.get("/")
			}
			s.write(t, "content/home.txt", "还在看着")
			for !strings.Contains(page, "还在看着") {
				r.wantReload(reloads)
				_, page = r.get("/")
			}
		})
	}
}

func TestScratchFilesReloadNothing(t *testing.T) {
	s := newStudio(t)
	r := start(t, s)
	_, page := r.get("/")
	reloads := r.listen(token(page))
	for _, name := range []string{".home.txt.swp", "~$报告.docx", "home.txt~", "#home.txt#", "4913", "x.tmp", ".git/HEAD"} {
		s.write(t, "content/"+name, "x")
	}
	s.write(t, "elsewhere/x.txt", "x")
	if err := os.Chtimes(filepath.Join(s.dir, "content/home.txt"), time.Now(), time.Now()); err != nil {
		t.Fatal(err)
	}
	select {
	case <-reloads:
		t.Error("it reloaded")
	case <-time.After(4 * settle):
	}
}

func TestFindingsShowUntilMended(t *testing.T) {
	s := newStudio(t)
	r := start(t, s)
	_, page := r.get("/")
	reloads := r.listen(token(page))
	s.write(t, "content/home.txt", "好的\n有<错>的\n可疑的")
	r.wantReload(reloads)

	res, page := r.get("/cases/")
	if res.StatusCode != 500 || res.Header.Get("Content-Type") != htmlType {
		t.Errorf("status %d, %s", res.StatusCode, res.Header.Get("Content-Type"))
	}
	contains(t, page, "有 1 处错误", "content/home.txt", "写&lt;错&gt;了", "改 &amp; 正", "a-rule", "第 2 行第 2 字",
		"有<mark>&lt;</mark>错&gt;的", "可&lt;疑&gt;", "b-rule", `href="/_preview/last/cases/"`, `src="/_preview/reload.js"`)
	lacks(t, page, "<错>", "第一版")
	r.wantLog("内容有改动：有 1 处错误，浏览器里列出了全部；第一处在 content/home.txt:2:2\n")

	res, page = r.get("/_preview/last/")
	if res.StatusCode != 200 {
		t.Errorf("last good page: status %d", res.StatusCode)
	}
	contains(t, page, "第一版", "这是上一次正确的页面", `<a href="/">看现在的错误</a>`)
	_, page = r.get("/_preview/last/cases/index.html")
	contains(t, page, "案例", `<a href="/cases/index.html">看现在的错误</a>`)
	if res, style := r.get("/assets/site.css"); res.StatusCode != 200 || style != "body{}" {
		t.Errorf("a part of the last good site: status %d, %s", res.StatusCode, style)
	}

	s.write(t, "content/home.txt", "改好了")
	r.wantReload(reloads)
	_, page = r.get("/")
	contains(t, page, "改好了")
	res, _ = r.get("/_preview/last/cases/index.html?a=b")
	if res.StatusCode != 302 || res.Header.Get("Location") != "/cases/index.html?a=b" {
		t.Errorf("after mending: status %d to %s", res.StatusCode, res.Header.Get("Location"))
	}
}

func TestWrongFromTheStart(t *testing.T) {
	s := newStudio(t)
	s.write(t, "content/home.txt", "错")
	r := start(t, s)
	for _, path := range []string{"/", "/_preview/last/", "/cases/"} {
		res, page := r.get(path)
		if res.StatusCode != 500 {
			t.Errorf("%s: status %d", path, res.StatusCode)
		}
		contains(t, page, "有 1 处错误")
		lacks(t, page, "上一次正确的页面")
	}
	if res, _ := r.get("/assets/site.css"); res.StatusCode != 500 {
		t.Errorf("a part of no site: status %d", res.StatusCode)
	}
	_, page := r.get("/")
	reloads := r.listen(token(page))
	s.write(t, "content/home.txt", "好了")
	r.wantReload(reloads)
	_, page = r.get("/")
	contains(t, page, "好了")
}

func TestAProgramThatStumblesIsSurvived(t *testing.T) {
	s := newStudio(t)
	r := start(t, s)
	_, page := r.get("/")
	reloads := r.listen(token(page))
	s.write(t, "content/home.txt", "崩")
	r.wantReload(reloads)
	_, page = r.get("/")
	contains(t, page, "读取时程序出错：stumbled")
	r.wantLog("goroutine")
	s.write(t, "content/home.txt", "好了")
	r.wantReload(reloads)
}

func TestWarningsStandAtTheFootOfThePage(t *testing.T) {
	s := newStudio(t)
	s.write(t, "content/home.txt", "可疑的\n也可疑")
	r := start(t, s)
	_, page := r.get("/")
	contains(t, page, "<summary>预览：本页 1 处提醒，别处 1 处</summary>", `data-copy="content/home.txt:1"`, `data-copy="content/other.txt:2"`, "可&lt;疑&gt;", "b-rule", `href="/_preview/preview.css"`, "<details>")
	lacks(t, page, "<style", "style=", "onclick")
	if !strings.HasSuffix(page, "defer></script>\n</BODY></html>") {
		t.Errorf("not before the end of the body:\n%s", page)
	}
	s.write(t, "content/home.txt", "好的")
	r.wantReload(r.listen(token(page)))
	_, page = r.get("/")
	contains(t, page, "<summary>预览：本页没有提醒</summary>")
	lacks(t, page, "b-rule")
	r.wantLog("\n网页已更新，有 2 处提醒\n")
}
