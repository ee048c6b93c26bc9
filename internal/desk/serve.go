package desk

import (
	"context"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	"wangjian/internal/campaign"
	"wangjian/internal/preview"
	"wangjian/internal/project"
	"wangjian/internal/publish"
)

// Options say what to open and where.
type Options struct {
	Dir    string // the campaign to open; "" for the one that was open last
	Addr   string // "" for any free port of this machine
	Remote bool   // allows an Addr that other machines reach
	// Config is the folder that keeps the list of recent campaigns; "" for none.
	Config string
	// Today is the time that a campaign is judged by.
	Today func(*campaign.Campaign) campaign.Moment
	Asked bool // it is a time that somebody asked for
	// Clock is the minute that it is.
	Clock func() campaign.Moment
	// Messages returns what a build tells at the terminal: a build there tells it
	// again when nothing has changed since one here.
	Messages func(*project.Loaded) publish.Messages
	// Browse opens an address in the browser; nil for not.
	Browse func(address string) error
	// Again, where there is one, is called once the desk listens; each time that it
	// tells, a new address is opened: the browser was closed.
	Again func() <-chan struct{}
	Log   io.Writer
	// Listen is net.Listen when nil.
	Listen func(network, address string) (net.Listener, error)
}

// Desk is a running desk.
type Desk struct {
	Options
	ctx      context.Context
	listener *preview.Listener
	guard    guard
	mu       sync.Mutex
	work     *work // nil when no campaign is open
}

// Serve serves the desk until the context ends, which is no error.
func Serve(ctx context.Context, o Options) error {
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	listener, err := preview.Listen(o.Addr, o.Remote, o.Listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	d := &Desk{Options: o, ctx: ctx, listener: listener, guard: newGuard()}
	dir := o.Dir
	if dir == "" {
		dir = d.recent().first()
	}
	if dir != "" {
		if err := d.open(dir); err != nil {
			if o.Dir != "" {
				return err
			}
			fmt.Fprintf(o.Log, "上次的专项行动打不开：%v\n", err)
		}
	}
	defer d.close()
	d.browse()
	if d.Again != nil {
		go d.reopen(d.Again())
	}
	return listener.Serve(ctx, d)
}

// browse opens the desk in the browser, at an address that is good for one use.
func (d *Desk) browse() {
	address := d.listener.URL() + ownFolder[1:] + "?token=" + d.guard.token()
	if d.Browse != nil {
		if err := d.Browse(address); err == nil {
			fmt.Fprintln(d.Log, "工作台已在浏览器里打开。")
		}
	}
	fmt.Fprintf(d.Log, "没有自动打开的，把这个地址复制到浏览器（只能用一次）：\n  %s\n", address)
}

// reopen opens it once more whenever that is asked for.
func (d *Desk) reopen(asked <-chan struct{}) {
	for {
		select {
		case <-d.ctx.Done():
			return
		case _, more := <-asked:
			if !more {
				return
			}
			d.browse()
		}
	}
}

// open opens a campaign in place of the one that is open.
func (d *Desk) open(dir string) error {
	w, err := openWork(d, dir)
	if err != nil {
		return err
	}
	d.mu.Lock()
	was := d.work
	d.work = w
	d.mu.Unlock()
	was.close()
	d.remember(w.dir)
	return nil
}

func (d *Desk) close() {
	d.mu.Lock()
	was := d.work
	d.work = nil
	d.mu.Unlock()
	was.close()
}

// current returns the open campaign, nil for none.
func (d *Desk) current() *work {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.work
}

// china is the clock of all days.
var china = time.FixedZone("CST", 8*3600)
