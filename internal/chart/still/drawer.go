// Package still draws the charts of package chart at build time, as SVG: what a
// page shows before and without scripts, and what the PDF prints.
//
// A [Drawer] runs the ECharts that the browser would run, the vendored
// layouts/assets/echarts.min.js, in QuickJS, which is here as Go, on the very
// option that the page carries. What comes out is made into a plain
// drawing and checked (svg.go). Drawings are kept in a [keep.Cache] under a hash of
// everything that they depend on, so that a second build draws nothing and need
// not even compile the library.
//
//	drawer.go   the Drawer: keys, the cache, engines handed out
//	engine.go   one JavaScript engine with the library in it
//	driver.js   how the library is called
//	measure.go  widths of text, from the font's own metrics
//	svg.go      the library's SVG made plain, and checked
package still

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"io/fs"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"wangjian/internal/chart"
	"wangjian/internal/keep"
)

// What drawings are made with, in the layouts.
const (
	libraryFile = "assets/echarts.min.js"
	fontFile    = "fonts/NotoSansSC-Medium-subset.ttf"
)

// edition is part of every key: raise it when the code of this package gives
// other drawings than before.
const edition = "still 2"

// Drawer draws charts, several at a time; one serves a whole process.
type Drawer struct {
	cache    keep.Cache
	base     string // what all keys begin with
	prepared func() (*tools, error)
	engines  chan *engine // nil for one that is still to be started
	drawn    atomic.Int64

	mu      sync.Mutex
	pending map[string]*pending
}

// tools are what engines are started with.
type tools struct {
	library []byte // compiled
	metrics *metrics
}

// pending is a drawing that is being made.
type pending struct {
	done    chan struct{}
	drawing string
	err     error
}

// NewMemory keeps drawings as long as the process runs.
func NewMemory() *keep.Memory { return keep.NewMemory() }

// NewFolder keeps drawings on disk.
func NewFolder(dir string) *keep.Folder { return keep.NewFolder(dir, ".svg", mostKept) }

const mostKept = 4000

// NewDrawer reads the library and the font from the layouts. The library is
// compiled when the first chart must be drawn.
func NewDrawer(layouts fs.FS, cache keep.Cache) (*Drawer, error) {
	library, err := fs.ReadFile(layouts, libraryFile)
	if err != nil {
		return nil, fmt.Errorf("读取画图程序：%w", err)
	}
	font, err := fs.ReadFile(layouts, fontFile)
	if err != nil {
		return nil, fmt.Errorf("读取画图字体：%w", err)
	}
	d := &Drawer{
		cache:   cache,
		base:    fmt.Sprintf("%s\n%x\n%x\n", edition, sha256.Sum256(library), sha256.Sum256(font)),
		engines: make(chan *engine, runtime.GOMAXPROCS(0)),
		pending: map[string]*pending{},
	}
	for range cap(d.engines) {
		d.engines <- nil
	}
	d.prepared = sync.OnceValues(func() (*tools, error) {
		program, err := compile(library)
		if err != nil {
			return nil, fmt.Errorf("编译画图程序：%w", err)
		}
		m, err := newMetrics(font)
		if err != nil {
			return nil, fmt.Errorf("读取画图字体：%w", err)
		}
		return &tools{program, m}, nil
	})
	return d, nil
}

// Draw gives a chart as SVG at a width, its height as the option's layout for
// that width has it, in the option's own colours. The ids inside begin with id.
func (d *Drawer) Draw(c *chart.Chart, width int, id string) (string, error) {
	for _, text := range []string{c.Title, c.Summary} {
		if at := strings.IndexFunc(text, forbidden); at >= 0 {
			return "", failed(c, fmt.Errorf("文字里有不能显示的字符 %U", []rune(text[at:])[0]))
		}
	}
	drawing, err := d.drawing(c, width)
	if err != nil {
		return "", failed(c, err)
	}
	root, rest, _ := strings.Cut(drawing, ">")
	head := root + "><title>" + html.EscapeString(c.Title) + "</title><desc>" + html.EscapeString(c.Summary) + "</desc>"
	return head + withIDs(rest, html.EscapeString(id)), nil
}

func failed(c *chart.Chart, err error) error {
	return fmt.Errorf("图表“%s”（%s）画不出来：%w", c.Title, c.Code, err)
}

// Same tells whether another drawer draws with the same library and font.
func (d *Drawer) Same(other *Drawer) bool { return d.base == other.base }

// Drawn counts the drawings that were made and not found in the cache.
func (d *Drawer) Drawn() int { return int(d.drawn.Load()) }

// drawing gives what the cache keeps: no title yet, and neutral ids. What
// several ask for at once is drawn once.
func (d *Drawer) drawing(c *chart.Chart, width int) (string, error) {
	hash := sha256.New()
	fmt.Fprintf(hash, "%s%d %d\n%s", d.base, width, c.Height, c.Option)
	key := hex.EncodeToString(hash.Sum(nil))

	d.mu.Lock()
	p, ok := d.pending[key]
	if !ok {
		p = &pending{done: make(chan struct{})}
		d.pending[key] = p
	}
	d.mu.Unlock()
	if ok {
		<-p.done
		return p.drawing, p.err
	}
	if kept, ok := d.cache.Get(key); ok {
		p.drawing = string(kept)
	} else if p.drawing, p.err = d.make(c, width); p.err == nil {
		d.cache.Put(key, []byte(p.drawing))
	}
	d.mu.Lock()
	delete(d.pending, key)
	d.mu.Unlock()
	close(p.done)
	return p.drawing, p.err
}

func (d *Drawer) make(c *chart.Chart, width int) (string, error) {
	tools, err := d.prepared()
	if err != nil {
		return "", err
	}
	e := <-d.engines
	defer func() { d.engines <- e }()
	if e == nil {
		if e, err = newEngine(tools); err != nil {
			return "", err
		}
	}
	raw, err := e.draw(c.Option, width, c.Height)
	if err != nil {
		e = nil // whatever state it is in now
		return "", err
	}
	d.drawn.Add(1)
	return plain(raw)
}
