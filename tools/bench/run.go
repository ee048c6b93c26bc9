package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"wangjian/tools/corpus"
)

// builds measures the sizes asked for, program after program in turn: fresh,
// again, and after an edit. XL, which takes minutes, is measured once.
func builds(o options) error {
	hugo, err := installHugo(filepath.Join(o.work, "bin"))
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	for _, name := range o.sizes {
		size, err := sizeOf(name)
		if err != nil {
			return err
		}
		c := &contest{self: self, hugo: hugo, dir: filepath.Join(o.work, name), times: o.times, corpus: corpus.Make(size)}
		if name == "XL" {
			c.times = 1
		}
		if err := errors.Join(c.run(), remove(c.dir)); err != nil {
			return fmt.Errorf("%s：%w", name, err)
		}
	}
	return nil
}

func sizeOf(name string) (corpus.Size, error) {
	for _, size := range corpus.Sizes {
		if size.Name == name {
			return size, nil
		}
	}
	return corpus.Size{}, fmt.Errorf("没有大小 %s", name)
}

// options are those of the measuring commands.
type options struct {
	sizes []string
	times int
	work  string // full path; corpora, sites and the peers' programs lie below it
}

func parse(command string, args []string, sizes string) (options, error) {
	flags := flag.NewFlagSet(command, flag.ExitOnError)
	of := flags.String("sizes", sizes, "which of S, M, L, XL; for serve the sample too")
	times := flags.Int("times", 3, "how often each is measured")
	work := flags.String("work", filepath.Join(root, ".wangjian/bench"), "folder for corpora, sites and the peers' programs; best on tmpfs")
	flags.Parse(args)
	dir, err := filepath.Abs(*work)
	return options{strings.Split(*of, ","), *times, dir}, err
}

// contest is our program and both peers at work on one corpus.
type contest struct {
	self, hugo, dir string
	times           int
	corpus          *corpus.Corpus
}

// peers are the two Hugo sites, in the order in which they are quoted.
var peers = []string{"fair", "plain"}

func (c *contest) in(name ...string) string {
	return filepath.Join(append([]string{c.dir}, name...)...)
}

func (c *contest) run() error {
	if err := remove(c.dir); err != nil {
		return err
	}
	if err := c.corpus.WriteCampaign(below(c.in("campaign"))); err != nil {
		return err
	}
	for _, peer := range peers {
		if err := writeHugoSite(c.corpus, peer, c.in(peer)); err != nil {
			return err
		}
	}
	if err := c.fresh(); err != nil {
		return err
	}
	if err := c.compare("again, nothing changed", func(int) error { return nil }); err != nil {
		return err
	}
	return c.compare("one narrative edited, build", c.edit)
}

// fresh measures all three in empty folders, and the floor with them.
func (c *contest) fresh() error {
	var ours, floor series
	theirs := map[string]series{}
	for range c.times {
		if err := remove(c.in("ours"), c.in("campaign", ".wangjian"), c.in("floor"), c.in("site-fair"), c.in("site-plain")); err != nil {
			return err
		}
		took, err := c.build()
		if err != nil {
			return err
		}
		ours = append(ours, took)
		for _, peer := range peers {
			if took, err = c.buildHugo(peer); err != nil {
				return err
			}
			theirs[peer] = append(theirs[peer], took)
		}
		if took, err = c.floor(); err != nil {
			return err
		}
		floor = append(floor, took)
	}
	if err := c.sameWork(); err != nil {
		return err
	}
	bytes, err := written(c.in("ours"))
	if err != nil {
		return err
	}
	bytes.pages = c.corpus.Pages()
	row(c.title("fresh"), "wangjian", ours, bytes)
	for _, peer := range peers {
		if bytes, err = written(c.in("site-" + peer)); err != nil {
			return err
		}
		bytes.pages = c.corpus.Pages()
		ratios("", peer+" Hugo", theirs[peer], bytes, ours)
	}
	ratios("", "floor: the same bytes written, goldmark and yaml.v3 alone", floor, output{}, ours)
	return c.county()
}

// county prints what a county's page weighs, which the fair peer's templates
// follow.
func (c *contest) county() error {
	what := c.title("a county's page")
	for _, side := range []struct{ who, site string }{{"wangjian", "ours"}, {"fair Hugo", "site-fair"}, {"plain Hugo", "site-plain"}} {
		info, err := os.Stat(c.in(side.site, "regions", c.corpus.Regions[0].Code, "index.html"))
		if err != nil {
			return err
		}
		row(what, side.who, nil, output{files: 1, bytes: info.Size()})
		what = ""
	}
	return nil
}

// compare measures ours and the fair peer after a change.
func (c *contest) compare(what string, change func(n int) error) error {
	var ours, theirs series
	for n := range c.times {
		if err := change(n); err != nil {
			return err
		}
		took, err := c.build()
		if err != nil {
			return err
		}
		ours = append(ours, took)
		if took, err = c.buildHugo("fair"); err != nil {
			return err
		}
		theirs = append(theirs, took)
	}
	row(c.title(what), "wangjian", ours, output{})
	ratios("", "fair Hugo", theirs, output{}, ours)
	return nil
}

func (c *contest) title(what string) string {
	return fmt.Sprintf("%s, %d pages, %s", c.corpus.Size.Name, c.corpus.Pages(), what)
}

func (c *contest) build() (run, error) {
	took, _, err := measure(c.self, "site", "-o", c.in("ours"), c.in("campaign"))
	return took, err
}

func (c *contest) buildHugo(peer string) (run, error) {
	took, _, err := measure(c.hugo, "--source", c.in(peer), "--destination", c.in("site-"+peer), "--noBuildLock", "--quiet")
	return took, err
}

// floor is the time of what no program can leave out.
func (c *contest) floor() (run, error) {
	var sum run
	for _, args := range [][]string{{"write", "-o", c.in("floor"), c.in("ours")}, {"convert", c.in("campaign")}} {
		_, out, err := measure(c.self, args...)
		if err != nil {
			return sum, err
		}
		took, err := seconds(out)
		if err != nil {
			return sum, err
		}
		sum.wall += took
	}
	return sum, nil
}

// edit adds a sentence to one narrative, the same on both sides.
func (c *contest) edit(n int) error {
	region, department := c.corpus.Regions[0].Code, corpus.Departments[0].Code
	for _, file := range []string{c.in("campaign/content/narratives/final", department, region+".md"), c.in("fair/content/regions", region, department+".md")} {
		if err := addSentence(file, fmt.Sprintf("再次复查后，又整改%d家。", n+2)); err != nil {
			return err
		}
	}
	return nil
}

// sameWork compares the sites with the corpus: every page is there with its
// table and words, JSON-LD in ours and the fair peer's, and a county's figures in
// their files.
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
	for _, site := range []string{"ours", "site-fair", "site-plain"} {
		for _, p := range pages {
			text, err := os.ReadFile(c.in(site, p))
			if err != nil {
				return err
			}
			if strings.Count(p, "/") == 3 && strings.Count(string(text), "<table") < 2 {
				return fmt.Errorf("%s/%s 少了表格", site, p)
			}
			if site != "site-plain" && p != "index.html" && !strings.Contains(string(text), `"BreadcrumbList"`) {
				return fmt.Errorf("%s/%s 少了 JSON-LD", site, p)
			}
		}
	}
	for _, p := range []string{"ours/feed.xml", "ours/sitemap.xml", "site-fair/index.xml", "site-fair/sitemap.xml", "site-fair/search-index.json", "site-plain/index.xml", "site-plain/sitemap.xml", "site-plain/search-index.json"} {
		if _, err := os.Stat(c.in(p)); err != nil {
			return err
		}
	}
	for _, r := range c.corpus.Regions {
		if err := c.sameFigures("regions/" + r.Code + "/statistics.csv"); err != nil {
			return err
		}
	}
	return nil
}

// sameFigures compares a county's file of ours with the fair peer's: the
// same figures, line by line.
func (c *contest) sameFigures(name string) error {
	var lines [2][]string
	for at, site := range []string{"ours", "site-fair"} {
		text, err := os.ReadFile(c.in(site, name))
		if err != nil {
			return err
		}
		lines[at] = strings.Split(strings.TrimSpace(strings.TrimPrefix(string(text), "\ufeff")), "\n")
	}
	if len(lines[0]) != len(lines[1]) {
		return fmt.Errorf("%s：网剑有 %d 行，公平的 Hugo 有 %d 行", name, len(lines[0]), len(lines[1]))
	}
	for n := range lines[0] {
		if a, b := figure(lines[0][n]), figure(lines[1][n]); a != b {
			return fmt.Errorf("%s 第 %d 行不同：%s，公平的 Hugo 是 %s", name, n+1, a, b)
		}
	}
	return nil
}

// figure is what both programs write of a figure, without the zeros at its end
// that Hugo's numbers have lost.
func figure(line string) string {
	cells := strings.Split(strings.TrimSpace(line), ",")
	if len(cells) < 10 {
		return line
	}
	if strings.Contains(cells[6], ".") {
		cells[6] = strings.TrimRight(strings.TrimRight(cells[6], "0"), ".")
	}
	return strings.Join(cells[:10], ",")
}
