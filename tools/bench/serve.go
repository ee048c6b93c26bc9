package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"wangjian/tools/corpus"
)

// edits is how many edits serve measures for each of the times asked for.
const edits = 5

// serve measures a clerk's edit: from the writing of a narrative to the
// preview's event in a real browser, and to the page loaded anew with the
// sentence in it. It runs the program itself and Chromium.
func serve(o options) error {
	program, err := compiled(o.work)
	if err != nil {
		return err
	}
	for _, size := range o.sizes {
		c, err := newClerk(filepath.Join(o.work, "serve-"+size), size)
		if err == nil {
			err = errors.Join(c.measure(program, edits*o.times), remove(c.dir))
		}
		if err != nil {
			return fmt.Errorf("%s：%w", size, err)
		}
		row(size+", one narrative edited, serve, to the event in Chromium", "wangjian", c.event, output{})
		row(size+", to the page loaded anew", "wangjian", c.loaded, output{})
	}
	return nil
}

// clerk edits one narrative of a campaign and looks at its page.
type clerk struct {
	dir, narrative, page string
	event, loaded        series
}

// newClerk lays out a campaign.
func newClerk(dir, size string) (*clerk, error) {
	if size == "sample" {
		return &clerk{dir: dir, narrative: editedNarrative, page: editedPage}, layOut(dir)
	}
	if err := remove(dir); err != nil {
		return nil, err
	}
	s, err := sizeOf(size)
	if err != nil {
		return nil, err
	}
	made := corpus.Make(s)
	region, department := made.Regions[0].Code, corpus.Departments[0].Code
	c := &clerk{dir: dir, narrative: "content/narratives/final/" + department + "/" + region + ".md", page: "regions/" + region + "/" + department + "/index.html"}
	return c, made.WriteCampaign(below(dir))
}

func (c *clerk) measure(program string, times int) error {
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Minute)
	defer stop()
	serve := exec.CommandContext(ctx, program, "-C", c.dir, "serve", "--addr", "127.0.0.1:0")
	printed, err := serve.StdoutPipe()
	if err != nil {
		return err
	}
	serve.Stderr = os.Stderr
	if err := serve.Start(); err != nil {
		return err
	}
	address := ""
	for lines := bufio.NewScanner(printed); address == "" && lines.Scan(); {
		address = regexp.MustCompile(`http://[0-9.:]+`).FindString(lines.Text())
	}
	go io.Copy(io.Discard, printed)
	err = c.edit(ctx, address, times)
	serve.Process.Signal(os.Interrupt)
	if ended := serve.Wait(); err == nil {
		err = ended
	}
	return err
}

// edit opens the page and edits its narrative again and again.
func (c *clerk) edit(ctx context.Context, address string, times int) error {
	ctx, stop := browser(ctx)
	defer stop()
	events, loaded := make(chan time.Time, 9), make(chan time.Time, 9)
	err := chromedp.Listen(ctx, func(event any) {
		switch event.(type) {
		case *network.EventEventSourceMessageReceived:
			events <- time.Now()
		case *page.EventLoadEventFired:
			loaded <- time.Now()
		}
	})
	if err == nil {
		_, err = chromedp.Call(ctx, network.Enable, network.EnableParams{})
	}
	if err == nil {
		err = chromedp.Do(ctx, chromedp.Navigate(address+"/"+c.page))
	}
	if err != nil {
		return err
	}
	<-loaded
	for n := range times + 1 {
		time.Sleep(400 * time.Millisecond) // the page listens again, the file's mark is old
		sentence := fmt.Sprintf("再次复查后，又整改第%d批。", n+2)
		begin := time.Now()
		if err := addSentence(filepath.Join(c.dir, filepath.FromSlash(c.narrative)), sentence); err != nil {
			return err
		}
		var at [2]time.Time
		for k, event := range []chan time.Time{events, loaded} {
			select {
			case at[k] = <-event:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		there, err := chromedp.Run(ctx, chromedp.Evaluate[bool](fmt.Sprintf("document.body.textContent.includes(%q)", sentence)))
		if err != nil || !there {
			return fmt.Errorf("载入的页面里没有新的一句（%v）", err)
		}
		if n > 0 { // the first edit still finds everything cold
			c.event, c.loaded = append(c.event, run{wall: at[0].Sub(begin)}), append(c.loaded, run{wall: at[1].Sub(begin)})
		}
	}
	return nil
}

// browser starts Chromium.
func browser(ctx context.Context) (context.Context, context.CancelFunc) {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-background-networking", true))
	ctx, stopAllocator := chromedp.NewExecAllocator(ctx, options...)
	ctx, stopContext := chromedp.NewContext(ctx)
	return ctx, func() {
		stopContext()
		stopAllocator()
	}
}
