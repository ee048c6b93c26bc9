package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"wangjian/internal/corpus"
)

// reload measures a clerk's edit: from the writing of a narrative to the
// preview's word in a real browser, and to the page loaded anew with the
// sentence in it. It runs the program itself and Chromium, and prints a table.
func reload(args []string) error {
	flags := flag.NewFlagSet("reload", flag.ExitOnError)
	sizes := flags.String("sizes", "sample,M", "which of sample, S, M, L")
	times := flags.Int("times", 15, "how many edits are measured")
	work := flags.String("work", filepath.Join(root, ".wangjian/bench"), "folder for the program and the campaigns")
	flags.Parse(args)
	dir, program, err := compiled(*work)
	if err != nil {
		return err
	}
	fmt.Printf("一篇总结改一句，%d 核，每项 %d 次，中位数（最小–最大）\n\n| 规模 | 从写文件到浏览器得知 | 到页面重新载入 |\n|---|---|---|\n", runtime.NumCPU(), *times)
	for _, size := range strings.Split(*sizes, ",") {
		c, err := newClerk(filepath.Join(dir, "reload-"+size), size)
		if err == nil {
			err = c.measure(program, *times)
		}
		if err != nil {
			return fmt.Errorf("%s：%w", size, err)
		}
		fmt.Printf("| %s | %s | %s |\n", size, c.told.spread(wall, "s"), c.loaded.spread(wall, "s"))
	}
	return nil
}

// clerk edits one narrative of a campaign and looks at its page.
type clerk struct {
	dir, narrative, page string
	told, loaded         series
}

// newClerk lays out a campaign.
func newClerk(dir, size string) (*clerk, error) {
	if size == "sample" {
		return &clerk{dir: dir, narrative: editedNarrative, page: editedPage}, layOut(dir)
	}
	if err := remove(dir); err != nil {
		return nil, err
	}
	for _, s := range corpus.Sizes {
		if s.Name == size {
			made := corpus.Make(s)
			region, department := made.Regions[0].Code, corpus.Departments[0].Code
			c := &clerk{dir: dir, narrative: "content/narratives/final/" + department + "/" + region + ".md", page: "regions/" + region + "/" + department + "/index.html"}
			return c, generate(made, "campaign", dir)
		}
	}
	return nil, fmt.Errorf("没有大小 %s", size)
}

// copyInputs lays out what is embedded, without the Go files.
func copyInputs(to string, from fs.FS) error {
	return fs.WalkDir(from, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasSuffix(name, ".go") {
			return err
		}
		raw, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		file := filepath.Join(to, filepath.FromSlash(name))
		return errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, raw, 0o644))
	})
}

func (c *clerk) measure(program string, times int) error {
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Minute)
	defer stop()
	serve := exec.CommandContext(ctx, program, "-C", c.dir, "serve", "--addr", "127.0.0.1:0")
	said, err := serve.StdoutPipe()
	if err != nil {
		return err
	}
	serve.Stderr = os.Stderr
	if err := serve.Start(); err != nil {
		return err
	}
	address := ""
	for lines := bufio.NewScanner(said); address == "" && lines.Scan(); {
		address = regexp.MustCompile(`http://[0-9.:]+`).FindString(lines.Text())
	}
	go io.Copy(io.Discard, said)
	err = c.edit(ctx, address, times)
	serve.Process.Signal(os.Interrupt)
	if ended := serve.Wait(); err == nil {
		err = ended
	}
	return err
}

// edit opens the page and edits its narrative again and again.
func (c *clerk) edit(ctx context.Context, address string, times int) error {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-background-networking", true))
	ctx, stopAllocator := chromedp.NewExecAllocator(ctx, options...)
	defer stopAllocator()
	ctx, stop := chromedp.NewContext(ctx)
	defer stop()
	told, loaded := make(chan time.Time, 9), make(chan time.Time, 9)
	err := chromedp.Listen(ctx, func(event any) {
		switch event.(type) {
		case *network.EventEventSourceMessageReceived:
			told <- time.Now()
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
		for k, event := range []chan time.Time{told, loaded} {
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
			c.told, c.loaded = append(c.told, run{wall: at[0].Sub(begin)}), append(c.loaded, run{wall: at[1].Sub(begin)})
		}
	}
	return nil
}
