//go:build whole

package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// attack is a page of another site: it tries to look into the desk and to act there,
// with the person's cookie, and tells how each try has ended.
const attack = `<!doctype html><meta charset="utf-8"><title>抽奖</title><script>
const desk = 'ROOT', body = 'in=' + encodeURIComponent('HOME') + '&name=evil&as=empty&sure=1';
const told = {};
const later = (ms, value) => new Promise(done => setTimeout(() => done(value), ms));
const tries = {
	// Reading.
	fetched: () => fetch(desk + '/_desk/', {credentials: 'include'}).then(r => r.text()),
	opaque: () => fetch(desk + '/_desk/', {credentials: 'include', mode: 'no-cors'}).then(r => 'type ' + r.type),
	script: () => new Promise((done, failed) => { const s = document.createElement('script'); s.src = desk + '/_desk/assets/desk.js'; s.onload = () => done('ran'); s.onerror = failed; document.head.append(s); }),
	style: () => new Promise((done, failed) => { const s = document.createElement('link'); s.rel = 'stylesheet'; s.href = desk + '/_desk/assets/desk.css'; s.onload = () => done('loaded'); s.onerror = failed; document.head.append(s); }),
	picture: () => new Promise((done, failed) => { const s = new Image(); s.src = desk + '/_desk/assets/icon.svg'; s.onload = () => done('drawn'); s.onerror = failed; }),
	events: () => new Promise((done, failed) => { const s = new EventSource(desk + '/_preview/events?token=x', {withCredentials: true}); s.addEventListener('reload', () => done('told')); s.onerror = e => { s.close(); failed(e); }; }),
	// Acting. What is answered cannot be read; what is done is looked for on the disk.
	post: () => fetch(desk + '/_desk/start/new', {method: 'POST', credentials: 'include', mode: 'no-cors', headers: {'Content-Type': 'application/x-www-form-urlencoded'}, body}).then(r => 'type ' + r.type),
	plain: () => fetch(desk + '/_desk/start/new', {method: 'POST', credentials: 'include', mode: 'no-cors', headers: {'Content-Type': 'text/plain'}, body}).then(r => 'type ' + r.type),
	asked: () => fetch(desk + '/_desk/start/new', {method: 'POST', credentials: 'include', headers: {'Content-Type': 'application/json', 'X-Asked': '1'}, body}).then(r => r.text()),
	beacon: () => Promise.resolve(navigator.sendBeacon(desk + '/_desk/start/new', new URLSearchParams(body)) ? 'sent' : 'not sent'),
};
const form = sandbox => {
	const inner = '<form method="post" action="' + desk + '/_desk/start/new">' + body.split('&').map(p => p.split('=')).map(([k, v]) => '<input name="' + k + '" value="' + decodeURIComponent(v) + '">').join('') + '</form><script>document.forms[0].submit()<\/script>';
	const f = document.createElement('iframe');
	if (sandbox) f.sandbox = 'allow-forms allow-scripts'; // its origin is null
	f.srcdoc = inner;
	document.body.append(f);
	return new Promise(done => { let n = 0; f.onload = () => { if (++n === 2) done('sent'); }; setTimeout(() => done("sent"), 1000); });
};
const frame = path => new Promise(done => {
	const f = document.createElement('iframe');
	f.src = desk + path;
	f.onload = () => done('');
	document.body.append(f);
});
addEventListener('load', async () => {
	for (const [name, one] of Object.entries(tries)) {
		told[name] = await Promise.race([one().then(v => String(v).slice(0, 80), () => 'refused'), later(5000, 'nothing')]);
	}
	await form(false); await form(true); await frame('/_desk/'); await frame('/');
	window.told = told;
});
</script><body></body>`

// TestDeskAttacked: a page of another site, and one of another port of this machine,
// get nothing of the desk that is open beside them, and do nothing there; another name
// for the desk does not have the cookie; its address is good once.
func TestDeskAttacked(t *testing.T) {
	b := newTab(t, 1280, 900)
	home, dir := t.TempDir(), smallCopy(t)
	t.Setenv("HOME", home)
	address := startDesk(t, time.Now, "-C", dir, "desk", "--date", "2026-05-10")
	root := address[:strings.Index(address, "/_desk/")]
	b.do(t, chromedp.Navigate(address))
	b.says(t, "收件")
	b.do(t, chromedp.Navigate(address))
	if text := eval[string](t, b, `document.body.innerText`); !strings.Contains(text, "已经用过一次") {
		t.Errorf("the address opens twice: %s", text)
	}

	page := strings.NewReplacer("ROOT", root, "HOME", home).Replace(attack)
	evil := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write([]byte(page))
	}))
	t.Cleanup(evil.Close)
	made := func() []string {
		names, err := os.ReadDir(home)
		if err != nil {
			t.Fatal(err)
		}
		var list []string
		for _, n := range names {
			list = append(list, n.Name())
		}
		return list
	}
	port := evil.URL[strings.LastIndex(evil.URL, ":"):]
	for _, from := range []string{"http://127.0.0.1" + port, "http://localhost" + port} {
		b.do(t, chromedp.Navigate(from))
		eventually(t, b, `window.told !== undefined`)
		told := eval[map[string]string](t, b, `window.told`)
		for name, how := range told {
			allowed := []string{"refused"}
			switch name { // what goes out without an answer that can be read
			case "beacon":
				allowed = append(allowed, "sent")
			}
			if !slices.Contains(allowed, how) {
				t.Errorf("%s: %s ended with %q", from, name, how)
			}
		}
		if len(told) != 10 {
			t.Errorf("%s: tried %v", from, told)
		}
		if seen := eval[[]string](t, b, `[...document.querySelectorAll('iframe')].map(f => { try { return f.contentDocument.body.innerText; } catch (e) { return ''; } })`); strings.Contains(strings.Join(seen, ""), "网剑工作台") {
			t.Errorf("%s: the desk shows in a frame: %v", from, seen)
		}
		if names := made(); len(names) > 0 {
			t.Fatalf("%s made %v", from, names)
		}
	}

	// A link from elsewhere, and another name for this machine, open nothing.
	eval[int](t, b, `document.body.innerHTML = '<a id="link" href="`+root+`/_desk/">中奖了</a>', 0`)
	b.do(t, chromedp.Click("#link"))
	eventually(t, b, `document.readyState === 'complete' && document.body.innerText.includes('没有理会')`)
	b.do(t, chromedp.Navigate(strings.Replace(root, "127.0.0.1", "evil.localhost", 1)+"/_desk/"))
	eventually(t, b, `document.body.innerText.includes('请从网剑打开工作台')`)

	// The same request from a page of the desk is answered: it was a good one.
	b.do(t, chromedp.Navigate(root+"/_desk/start"))
	eval[string](t, b, `fetch('/_desk/start/new', {method: 'POST', headers: {'Content-Type': 'application/x-www-form-urlencoded'}, body: 'in=' + encodeURIComponent('`+home+`') + '&name=evil&as=empty&sure=1'}).then(r => r.text())`)
	if _, err := os.Stat(filepath.Join(home, "evil", "data", "campaign.yaml")); err != nil {
		t.Errorf("the desk's own page made %v: %v", made(), err)
	}
}
