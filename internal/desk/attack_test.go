package desk

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// secret is what stands in a file outside the campaign.
const secret = "这一行不该让任何人看到"

// stateOf is all that stands in a folder.
func stateOf(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	must(t, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Contains(name, ".wangjian") {
			return err
		}
		raw, err := os.ReadFile(name)
		fmt.Fprintf(&all, "%s %x\n", name, sha256.Sum256(raw))
		return err
	}))
	return all.String()
}

// outwards are names that lead out of the campaign's folder, or nowhere.
func outwards(parent string) []string {
	return []string{
		"../secret.md", "..\\secret.md", "content/../../secret.md", "content/cases/../../../secret.md", "./../secret.md",
		filepath.Join(parent, "secret.md"), "/etc/passwd", `C:\secret.md`, "//secret.md", "%2e%2e/secret.md", "content/%2e%2e/%2e%2e/secret.md",
		"content/cases/\x00secret.md", "..", "/", "content/..", "link.md", "content/cases/link.md", "data/link.yaml",
		".wangjian/key", "收件/../../secret.md", "报送/../../secret.md",
	}
}

// TestNamesLeadNowhere: whatever name stands in an address or a form, nothing outside
// the campaign is shown, and nothing at all is written.
func TestNamesLeadNowhere(t *testing.T) {
	parent := t.TempDir()
	t.Setenv("HOME", filepath.Join(parent, "home"))
	dir := filepath.Join(parent, "行动")
	must(t, os.CopyFS(dir, os.DirFS(smallCampaign)))
	must(t, os.WriteFile(filepath.Join(parent, "secret.md"), []byte("---\n标题: "+secret+"\n---\n"+secret), 0o600))
	must(t, os.Symlink(filepath.Join(parent, "secret.md"), filepath.Join(dir, "content/cases/link.md")))
	b := opened(t, dir, at("2026-05-10"))
	before := stateOf(t, parent)
	safe := func(what, page string) {
		t.Helper()
		if strings.Contains(page, secret) || strings.Contains(page, "root:x:") {
			t.Errorf("%s shows what is outside:\n%.400s", what, page)
		}
	}
	for _, name := range outwards(parent) {
		for _, ask := range []string{
			"edit?file=", "edit?as=text&file=", "sign?file=", "sign/page?file=", "sign/sheet?file=", "incoming/original?file=", "bundle/file?name=",
			"history?q=", "history?file=", "history/day?on=", "data?sheet=", "data?round=", "progress/unit?unit=", "progress/reminder?unit=",
			"settings?part=", "edit/figures?file=", "check?unit=", "publish/package?name=", "start?in=", "?done=",
		} {
			safe(ask+name, b.get("/_desk/"+ask+url.QueryEscape(name)))
		}
		for _, form := range [][]string{
			{"edit/save", "as", "text", "base", "", "text", "坏", "file", name},
			{"edit/draft", "as", "text", "base", "", "text", "坏", "file", name},
			{"edit/new", "kind", "cases", "title", "坏", "name", name},
			{"edit/new", "kind", name, "title", "坏", "name", "x"},
			{"edit/paste", "html", "<p>坏</p>", "file", name},
			{"sign/sign", "as", "初审", "by", "甲", "file", name},
			{"sign/sign", "as", "初审", "by", "甲", "on", "2026-05-11", "file", name},
			{"sign/reject", "as", "初审", "by", "甲", "remark", "坏", "file", name},
			{"sign/stop", "by", "甲", "reason", "坏", "file", name},
			{"sign/restore", "file", name},
			{"history/withdraw", "way", "write", "reason", "坏", "file", name},
			{"history/withdraw", "way", "stop", "by", "甲", "reason", "坏", "file", name},
			{"history/restore", "file", name},
			{"bundle/reseal", "name", name},
			{"settings/save", "part", name, "v:名称", "坏"},
			{"settings/paste", "part", name, "text", "坏"},
			{"send/make", "round", name, "department", name},
			{"incoming/say", "id", name, "slug", name},
			{"change/apply", "id", name}, {"change/mine", "id", name}, {"job/stop", "id", name}, {"undo/back", "id", name, "next", name},
			{"start/new", "in", dir, "name", name}, {"start/new", "in", dir, "name", "新的/" + name, "sure", "1", "as", "empty"},
		} {
			safe(form[0]+" "+name, b.post("/_desk/"+form[0], form[1:]...))
		}
		if after := stateOf(t, parent); after != before {
			t.Fatalf("%q: something was written:\n%s\nbefore:\n%s", name, after, before)
		}
	}
	for _, raw := range []string{
		"/_desk/../../secret.md", "/_desk/%2e%2e/%2e%2e/secret.md", "/../secret.md", "/%2e%2e/secret.md", "/..%2fsecret.md", "/..%5csecret.md", "//etc/passwd",
		"/_desk/assets/../../../desk.go", "/_desk/assets/%2e%2e/desk.go", "/_desk/assets/..%2fdesk.go", "/_desk/edit/..%2f..%2fsecret.md", "/_desk/%00", "/%00",
		"/_preview/last/../../secret.md", "/_preview/last/%2e%2e/%2e%2e/secret.md", "/content/cases/link.md", "/data/campaign.yaml", "/_desk/job/../../x",
	} {
		text, _ := b.raw(raw, nil)
		safe(raw, text)
	}
	if after := stateOf(t, parent); after != before {
		t.Error("an address wrote something")
	}
}

// raw asks for an address as it stands, without the client's tidying up.
func (b *browser) raw(path string, head map[string]string) (string, http.Header) {
	b.t.Helper()
	r, err := http.NewRequest(http.MethodGet, b.root+"/", nil)
	must(b.t, err)
	r.URL.Opaque = path
	for _, c := range b.client.Jar.Cookies(must1(url.Parse(b.root))) {
		r.AddCookie(c)
	}
	for key, value := range head {
		r.Header.Set(key, value)
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return "", nil
	}
	return b.read(answer), answer.Header
}

// TestNothingIsKept: no answer of any kind may stay in a browser's cache.
func TestNothingIsKept(t *testing.T) {
	b := opened(t, copied(t, smallCampaign), at("2026-05-10"))
	paths := []string{
		"/", "/index.html", "/departments", "/assets/site.css", "/data/statistics.json", "/nothing", "/%00", "/..%2f", "/_desk/assets/desk.js", "/_desk/assets/site.css", "/_desk/assets/nothing",
		"/_desk/nothing", "/_desk/?token=x", "/_desk/edit/figures?q=x", "/_desk/sign/sheet", "/_desk/progress/due", "/_desk/progress/print", "/_desk/history/day?on=2026-05-10",
		"/_desk/bundle/file?name=x", "/_desk/job/1", "/_desk/change/1", "/_desk/publish/package", "/_preview/reload.js", "/_preview/last/index.html",
	}
	for _, s := range screens {
		paths = append(paths, "/_desk/"+s.name)
		for part := range s.parts {
			paths = append(paths, "/_desk/"+s.name+"/"+part)
		}
	}
	slices.Sort(paths)
	for _, path := range paths {
		for _, head := range []map[string]string{nil, {"Cookie": ""}, {"If-Modified-Since": "Mon, 01 Jan 2035 00:00:00 GMT"}, {"Sec-Fetch-Site": "cross-site"}} {
			_, got := b.raw(path, head)
			if got == nil {
				t.Errorf("%s is not answered", path)
				continue
			}
			if got.Get("Cache-Control") != "no-store" || got.Get("X-Content-Type-Options") != "nosniff" || got.Get("Cross-Origin-Resource-Policy") != "same-origin" || got.Get("Referrer-Policy") == "" {
				t.Errorf("%s %v: %v", path, head, got)
			}
			if policy := got.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'self'") || !strings.Contains(policy, "object-src 'none'") {
				t.Errorf("%s: policy %q", path, policy)
			}
			if got.Get("ETag") != "" || got.Get("Last-Modified") != "" || got.Get("Access-Control-Allow-Origin") != "" {
				t.Errorf("%s: %v", path, got)
			}
		}
	}
}
