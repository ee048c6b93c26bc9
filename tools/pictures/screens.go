package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// A shot is a picture of the manual.
type shot struct {
	name    string
	address string // within the desk, or "site:" and a page of the built site
	script  string // run first
	height  int64
}

// manual lists the pictures of a round in work.
var manual = []shot{
	{"desk", "/_desk/", "", 860},
	{"settings", "/_desk/settings?part=部门", "", 620},
	{"send", "/_desk/send", "", 700},
	{"incoming", "/_desk/incoming", "", 900},
	{"check", "/_desk/check", "", 760},
	{"edit", "/_desk/edit?file=content/warnings/zhibo-gouwu.md", "", 800},
	{"data", "/_desk/data?round=final", "", 760},
	{"progress", "/_desk/progress", "", 760},
	{"sign", "/_desk/sign?as=终审&by=终审员丙", "", 700},
	{"home", "site:index.html", "", 900},
	{"department", "site:departments/shijian/index.html", "", 900},
}

// afterwards lists those of what follows a publication.
var afterwards = []shot{
	{"publish", "/_desk/publish", "", 1040},
	{"history", "/_desk/history", "", 700},
}

// address is where a browser finds the page.
func (b *browser) address(s shot) string {
	if page, ok := strings.CutPrefix(s.address, "site:"); ok {
		return b.site + "/" + page
	}
	return s.address
}

// takeManual takes pictures of a manual.
func (b *browser) takeManual(list []shot) error {
	for _, s := range list {
		if b.only != "" && !strings.Contains(s.name, b.only) {
			continue
		}
		if err := b.show(b.address(s)); err != nil {
			return err
		}
		if err := b.run(s.script); err != nil {
			return err
		}
		if err := b.write(s.name, wide, s.height); err != nil {
			return err
		}
	}
	return nil
}

// bring drops what came in today onto the desk.
func (b *browser) bring(c *campaign) error {
	files, err := c.arrived()
	if err != nil {
		return err
	}
	if err := b.show("/_desk/incoming"); err != nil {
		return err
	}
	if err := chromedp.Do(b.ctx, chromedp.SetUploadFiles("#files", files)); err != nil {
		return err
	}
	for range 100 { // the screen sends them by itself and opens again
		there, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`document.readyState === 'complete' && document.querySelector('.arrivals') !== null`))
		if err == nil && there {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return errors.New("what came in is not taken")
}

// modes are the ways of reading.
var modes = []struct{ name, stored string }{
	{"light", `{"theme":"light"}`}, {"dark", `{"theme":"dark"}`}, {"elder", `{"size":"elder"}`}, {"contrast", `{"contrast":"high"}`},
}

// all lists every page of the desk that a link leads to.
var all = []shot{
	{name: "home", address: "/_desk/"},
	{name: "start", address: "/_desk/start"},
	{name: "settings", address: "/_desk/settings"},
	{name: "send", address: "/_desk/send"},
	{name: "incoming", address: "/_desk/incoming"},
	{name: "originals", address: "/_desk/incoming/originals"},
	{name: "check", address: "/_desk/check"},
	{name: "progress", address: "/_desk/progress"},
	{name: "unit", address: "/_desk/progress/unit?round=final&unit=gongan"},
	{name: "due", address: "/_desk/progress/due"},
	{name: "data", address: "/_desk/data?round=final"},
	{name: "edit", address: "/_desk/edit"},
	{name: "edit-text", address: "/_desk/edit?file=content/warnings/zhibo-gouwu.md"},
	{name: "edit-yaml", address: "/_desk/edit?file=data/final/youzheng.yaml&line=5"},
	{name: "sign", address: "/_desk/sign"},
	{name: "publish", address: "/_desk/publish"},
	{name: "history", address: "/_desk/history"},
	{name: "bundle", address: "/_desk/bundle"},
	{name: "undo", address: "/_desk/undo"},
}

// takeAll takes every screen for looking at.
func (b *browser) takeAll(c *campaign) error {
	if err := b.bring(c); err != nil {
		return err
	}
	for _, width := range []int64{wide, narrow} {
		for _, m := range modes {
			if err := b.mode(m.stored); err != nil {
				return err
			}
			if err := b.each(fmt.Sprintf("%d-%s", width, m.name), width); err != nil {
				return err
			}
		}
	}
	if err := b.paper("print"); err != nil {
		return err
	}
	return b.each("print", 794)
}

// each takes every screen once, whole.
func (b *browser) each(name string, width int64) error {
	if b.only != "" && !strings.Contains(name, b.only) {
		return nil
	}
	if err := chromedp.Do(b.ctx, chromedp.EmulateViewport(width, 800)); err != nil {
		return err
	}
	for _, s := range all {
		if err := b.show(s.address); err != nil {
			return err
		}
		if err := b.write(filepath.Base(s.name)+"-"+name, width, 0); err != nil {
			return err
		}
	}
	return nil
}
