package review

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"runtime"
	"strings"
	"sync"

	"wangjian/internal/attachment"
	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/privacy"
)

// enclosure is a file that an item publishes, and what it says.
type enclosure struct {
	item *campaign.Item
	file string
	at   campaign.Position // where the item names it
	text *attachment.Text  // nil when nothing could be read
	err  error
}

// name gives the file's own name, for messages.
func (e *enclosure) name() string { return path.Base(e.file) }

// enclosures gives the files of all items, pictures and recordings left out,
// read once, in the order of the items.
func (c *Context) enclosures() []*enclosure {
	if c.enclosed != nil {
		return c.enclosed
	}
	c.enclosed = []*enclosure{}
	for _, i := range c.Campaign.Items {
		for _, file := range i.Files() {
			if !attachment.IsMedia(file) {
				c.enclosed = append(c.enclosed, &enclosure{item: i, file: file, at: namedAt(i, file)})
			}
		}
	}
	// Reading is independent work; where the results go is fixed.
	work := make(chan *enclosure)
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(c.enclosed)) {
		group.Go(func() {
			for e := range work {
				e.text, e.err = c.enclosureAgain(e.file)
			}
		})
	}
	for _, e := range c.enclosed {
		work <- e
	}
	close(work)
	group.Wait()
	kept := map[string]keptEnclosure{}
	for _, e := range c.enclosed {
		if mark, sure := c.now.Mark(e.file); sure {
			kept[e.file] = keptEnclosure{mark, e.text, e.err}
		}
	}
	c.memory.enclosures = kept
	return c.enclosed
}

// keptEnclosure is what a file said that had the mark.
type keptEnclosure struct {
	mark cache.Mark
	text *attachment.Text
	err  error
}

func (c *Context) enclosureAgain(file string) (*attachment.Text, error) {
	if mark, sure := c.now.Mark(file); sure {
		if k, ok := c.memory.enclosures[file]; ok && k.mark == mark {
			return k.text, k.err
		}
	}
	return c.readEnclosure(file)
}

// errAbsent tells that the file cannot be opened, which other rules report.
var errAbsent = errors.New("没有这个文件")

func (c *Context) readEnclosure(file string) (*attachment.Text, error) {
	f, err := c.Whole.Open(file)
	if err != nil {
		return nil, errAbsent
	}
	defer f.Close()
	if file, ok := f.(fs.File); ok {
		info, err := file.Stat()
		if err != nil || !info.Mode().IsRegular() {
			return nil, errAbsent
		}
		if info.Size() > attachment.MaxFile {
			return nil, &attachment.Unreadable{Why: fmt.Sprintf("文件超过 %d MB，没有读", attachment.MaxFile>>20)}
		}
	}
	data, err := io.ReadAll(io.LimitReader(f, attachment.MaxFile+1))
	if err != nil {
		return nil, errAbsent
	}
	if len(data) > attachment.MaxFile {
		return nil, &attachment.Unreadable{Why: fmt.Sprintf("文件超过 %d MB，没有读", attachment.MaxFile>>20)}
	}
	return attachment.Read(file, data)
}

// decision gives what a case's 决定书 says; false where it cannot be read.
func (c *Context) decision(i *campaign.Item) (string, bool) {
	for _, e := range c.enclosures() {
		if e.item == i && e.file == i.Case.Decision && e.err == nil {
			return e.text.String(), true
		}
	}
	return "", false
}

// inspectEnclosures looks for everything personal in what attachments say: it
// serves the rules that inspectPersonal does.
func inspectEnclosures(c *Context) {
	for _, e := range c.enclosures() {
		if e.text == nil {
			continue
		}
		x := &exposure{campaign: c.Campaign, item: e.item}
		told := map[string]bool{}
		for _, p := range e.text.Pieces {
			for _, t := range x.traces(p.Text) {
				bare := privacy.Bare(t.Text)
				if told[bare] || len(told) >= 100 {
					continue
				}
				told[bare] = true
				m := x.remark(e.at, fmt.Sprintf("附件 %s %s", e.name(), p.Where), t)
				m.Hint = strings.Replace(m.Hint, "删去或打码", "在原件里删去或打码，重新导出附件", 1)
				c.Tell(m)
			}
		}
	}
}
