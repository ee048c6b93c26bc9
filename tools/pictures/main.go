// Command pictures renews the pictures of the manuals: screens of the desk over the
// sample, in the middle of its second round, and pages of the site that it builds.
//
//	go run ./tools/pictures                     docs/pictures again
//	go run ./tools/pictures -all -o FOLDER      every screen, wide and narrow, in every mode
//
// campaign.go prepares the campaign, screens.go lists what is taken, shrink.go writes
// small files. It needs Chromium, a Chinese font and pdftoppm.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

func main() {
	out := flag.String("o", "docs/pictures", "the folder to write to")
	all := flag.Bool("all", false, "take every screen, wide and narrow, in every mode and on paper")
	only := flag.String("only", "", "take the pictures whose names have this in them")
	flag.Parse()
	if err := take(context.Background(), *out, *only, *all); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

// take prepares the campaign, opens it in a browser and writes the pictures.
func take(ctx context.Context, out, only string, all bool) error {
	dir, err := os.MkdirTemp("", "wangjian-pictures-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	c := &campaign{work: dir, dir: filepath.Join(dir, home, "2022网剑行动")}
	if err := c.prepare(); err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	b, closeBrowser, err := openBrowser(ctx)
	if err != nil {
		return err
	}
	defer closeBrowser()
	b.out, b.only, b.site, b.home = out, only, "file://"+c.site(), filepath.Join(c.work, home)
	stop, err := b.open(ctx, c, c.dir, today)
	if err != nil {
		return err
	}
	defer stop()
	if all {
		return b.takeAll(c)
	}
	if err := b.bring(c); err != nil {
		return err
	}
	if err := b.takeManual(manual); err != nil {
		return err
	}
	stopSecond, err := b.open(ctx, c, c.published(), "2026-05-10")
	if err != nil {
		return err
	}
	defer stopSecond()
	if err := b.takeManual(afterwards); err != nil {
		return err
	}
	return c.sheet(filepath.Join(out, "report.png"))
}

// open starts the desk over a campaign and opens it.
func (b *browser) open(ctx context.Context, c *campaign, dir, day string) (stop func(), err error) {
	stop, address, err := c.desk(ctx, dir, day)
	if err != nil {
		return nil, err
	}
	b.root = address[:strings.Index(address, "/_desk/")]
	return stop, chromedp.Do(b.ctx, chromedp.EmulateViewport(wide, 800), chromedp.Navigate(address))
}

// Widths of the windows that pictures are taken of.
const wide, narrow = 1280, 390

// browser is a tab of Chromium.
type browser struct {
	ctx             context.Context
	root, out, only string
	site            string // the address of the built site
	home            string // the folder that the pictures show as a person's
}

func openBrowser(ctx context.Context) (*browser, func(), error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-background-networking", true), chromedp.Flag("hide-scrollbars", true), chromedp.Env("LANGUAGE=zh_CN"))
	allocator, stopAllocator := chromedp.NewExecAllocator(ctx, options...)
	tab, stop := chromedp.NewContext(allocator)
	return &browser{ctx: tab}, func() { stop(); stopAllocator() }, chromedp.Do(tab)
}

// show opens a page and waits until its scripts have come to rest.
func (b *browser) show(address string) error {
	if !strings.Contains(address, "://") {
		address = b.root + address
	}
	if err := chromedp.Do(b.ctx, chromedp.Navigate(address)); err != nil {
		return fmt.Errorf("%s: %w", address, err)
	}
	return b.run(`new Promise(done => setTimeout(() => {
		const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		while (texts.nextNode()) texts.currentNode.nodeValue = texts.currentNode.nodeValue.replaceAll('` + b.home + `', '/home/用户');
		done(0);
	}, 250))`)
}

// run runs a script in the page and waits for its promise.
func (b *browser) run(script string) error {
	if script == "" {
		return nil
	}
	_, err := chromedp.Run(b.ctx, chromedp.Evaluate[any](script, chromedp.EvalAwaitPromise))
	return err
}

// mode sets how the desk is read, as its own switches remember it.
func (b *browser) mode(stored string) error {
	return b.run(`localStorage.setItem('wangjian.display', '` + stored + `')`)
}

// paper shows the page as it is printed, or as on the screen again.
func (b *browser) paper(media string) error {
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media})
	return err
}

// write takes the page as it is shown, as high as asked, or all of it for 0.
func (b *browser) write(name string, width, height int64) error {
	if b.only != "" && !strings.Contains(name, b.only) {
		return nil
	}
	action := chromedp.CaptureScreenshot()
	if height == 0 {
		action = chromedp.FullScreenshot(100)
	} else if err := chromedp.Do(b.ctx, chromedp.EmulateViewport(width, height)); err != nil {
		return err
	}
	raw, err := chromedp.Run(b.ctx, action)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	picture, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	fmt.Println(name)
	return writeSmall(filepath.Join(b.out, name+".png"), picture)
}

// desk starts the desk over a campaign on a day and returns the address that opens it.
func (c *campaign) desk(ctx context.Context, dir, day string) (stop func(), address string, err error) {
	ctx, cancel := context.WithCancel(ctx)
	program := exec.CommandContext(ctx, c.program(), "-C", dir, "--date", day, "desk", "--no-browser")
	program.Env = append(os.Environ(), "XDG_CONFIG_HOME="+filepath.Join(c.work, "config"), "HOME="+filepath.Join(c.work, home))
	program.Cancel = func() error { return program.Process.Signal(os.Interrupt) }
	said, err := program.StdoutPipe()
	if err == nil {
		err = program.Start()
	}
	if err != nil {
		cancel()
		return nil, "", err
	}
	stop = func() { cancel(); _ = program.Wait() }
	var text []byte
	part := make([]byte, 1024)
	for {
		n, err := said.Read(part)
		text = append(text, part[:n]...)
		if found := opening.Find(text); found != nil {
			go io.Copy(io.Discard, said)
			return stop, strings.TrimSpace(string(found)), nil
		}
		if err != nil {
			stop()
			return nil, "", errors.Join(fmt.Errorf("the desk does not open: %s", text), err)
		}
	}
}

var opening = regexp.MustCompile(`http://\S+\?token=\S+\s`)
