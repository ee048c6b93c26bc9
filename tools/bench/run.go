package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"wangjian/internal/corpus"
)

// compare measures the sizes asked for, program after program in turn, and
// prints a table.
func compare(args []string) error {
	flags := flag.NewFlagSet("run", flag.ExitOnError)
	sizes := flags.String("sizes", "S,M", "which of S, M, L, XL")
	times := flags.Int("times", 3, "how often each is measured")
	work := flags.String("work", filepath.Join(root, ".wangjian/bench"), "folder for corpora and sites; the peer's program is kept there")
	flags.Parse(args)
	dir, err := filepath.Abs(*work)
	if err != nil {
		return err
	}
	hugo, err := installHugo(filepath.Join(dir, "bin"))
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	fmt.Printf("%d 核，%s，Hugo %s；每项 %d 次，中位数（最小–最大）\n\n", runtime.NumCPU(), runtime.Version(), hugoVersion, *times)
	fmt.Println("| 规模 | 做什么 | 网剑 | Hugo | 网剑/Hugo 时间 | 网剑/Hugo CPU | 内存 网剑 / Hugo |")
	fmt.Println("|---|---|---|---|---|---|---|")
	for _, name := range strings.Split(*sizes, ",") {
		for _, size := range corpus.Sizes {
			if size.Name != name {
				continue
			}
			w := &contest{self: self, hugo: hugo, dir: filepath.Join(dir, name), times: *times, corpus: corpus.Make(size)}
			if err := w.run(); err != nil {
				return fmt.Errorf("%s：%w", name, err)
			}
		}
	}
	return nil
}

// contest is both programs at work on one corpus.
type contest struct {
	self, hugo, dir string
	times           int
	corpus          *corpus.Corpus
}

func (c *contest) in(name string) string { return filepath.Join(c.dir, name) }

func (c *contest) run() error {
	if err := remove(c.dir); err != nil {
		return err
	}
	if err := generate(c.corpus, "campaign", c.in("campaign")); err != nil {
		return err
	}
	if err := writeHugoSite(c.corpus, "plain", c.in("hugo")); err != nil {
		return err
	}
	for _, work := range []struct {
		what        string
		fresh, edit bool
	}{{"新建", true, false}, {"没有改动，再来一次", false, false}, {"改了一篇总结", false, true}} {
		var ours, theirs, written, converted series
		for n := range c.times {
			if work.edit {
				if err := c.edit(n); err != nil {
					return err
				}
			}
			if work.fresh {
				if err := remove(c.in("ours"), c.in("theirs"), c.in("floor")); err != nil {
					return err
				}
			}
			a, _, err := measure(c.self, "site", "-o", c.in("ours"), c.in("campaign"))
			if err != nil {
				return err
			}
			b, _, err := measure(c.hugo, "--source", c.in("hugo"), "--destination", c.in("theirs"), "--noBuildLock", "--quiet")
			if err != nil {
				return err
			}
			ours, theirs = append(ours, a), append(theirs, b)
			if !work.fresh {
				continue
			}
			for kind, to := range map[string]*series{"write": &written, "convert": &converted} {
				arguments := []string{kind, c.in("campaign")}
				if kind == "write" {
					arguments = []string{kind, "-o", c.in("floor"), c.in("ours")}
				}
				_, out, err := measure(c.self, arguments...)
				if err != nil {
					return err
				}
				took, err := seconds(out)
				if err != nil {
					return err
				}
				*to = append(*to, run{wall: took})
			}
		}
		if work.fresh {
			if err := c.sameWork(); err != nil {
				return err
			}
		}
		c.row(work.what, ours, theirs)
		if work.fresh {
			floor := written.median(wall) + converted.median(wall)
			fmt.Printf("| %s | 下限：写同样的字节 + 只解析 | %s + %s | | 网剑/下限 %s | | |\n", c.corpus.Size.Name,
				written.spread(wall, "s"), converted.spread(wall, "s"), short(ours.median(wall)/floor))
		}
	}
	return nil
}

// edit adds a sentence to one narrative, the same on both sides.
func (c *contest) edit(n int) error {
	region, department := c.corpus.Regions[0].Code, corpus.Departments[0].Code
	for _, file := range []string{"campaign/content/narratives/final/" + department + "/" + region + ".md", "hugo/content/regions/" + region + "/" + department + ".md"} {
		if err := addSentence(c.in(file), fmt.Sprintf("再次复查后，又整改%d家。", n+2)); err != nil {
			return err
		}
	}
	return nil
}

func (c *contest) row(what string, ours, theirs series) {
	fmt.Printf("| %s（%d 页） | %s | %s | %s | %s | %s | %s / %s MB |\n", c.corpus.Size.Name, c.corpus.Pages(), what,
		ours.spread(wall, "s"), theirs.spread(wall, "s"), short(ours.median(wall)/theirs.median(wall)),
		short(ours.median(cpu)/theirs.median(cpu)), short(ours.median(memory)), short(theirs.median(memory)))
}

// sameWork holds both sites against the corpus: every page is there on either
// side with its table and words, lists have pages, and feed, site map and
// search index exist.
func (c *contest) sameWork() error {
	pages := []string{"index.html"}
	for _, r := range c.corpus.Regions {
		pages = append(pages, "regions/"+r.Code+"/index.html")
		for _, d := range corpus.Departments {
			pages = append(pages, "regions/"+r.Code+"/"+d.Code+"/index.html")
		}
	}
	for _, n := range c.corpus.Cases {
		pages = append(pages, fmt.Sprintf("cases/c%05d/index.html", n.Number))
	}
	for _, n := range c.corpus.Warnings {
		pages = append(pages, fmt.Sprintf("warnings/w%05d/index.html", n.Number))
	}
	if len(pages) != c.corpus.Pages() {
		return fmt.Errorf("清点出 %d 页，应当有 %d 页", len(pages), c.corpus.Pages())
	}
	for _, site := range []string{"ours", "theirs"} {
		for _, p := range pages {
			text, err := os.ReadFile(filepath.Join(c.in(site), p))
			if err != nil {
				return err
			}
			if strings.Count(p, "/") == 3 && strings.Count(string(text), "<table") < 2 {
				return fmt.Errorf("%s/%s 少了表格", site, p)
			}
		}
	}
	for _, p := range []string{"ours/feed.xml", "ours/sitemap.xml", "theirs/index.xml", "theirs/sitemap.xml", "theirs/search-index.json"} {
		if _, err := os.Stat(c.in(p)); err != nil {
			return err
		}
	}
	return nil
}
