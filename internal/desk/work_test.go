package desk

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/preview"
)

// TestLoadOnce: what was loaded is not loaded again, and no page is told to load,
// until a file or the day is another.
func TestLoadOnce(t *testing.T) {
	dir := copied(t, smallCampaign)
	must(t, os.MkdirAll(filepath.Join(dir, "收件"), 0o755))
	var days atomic.Int32
	d := &Desk{ctx: t.Context(), Options: Options{Log: io.Discard, Today: func(c *campaign.Campaign) campaign.Moment {
		at := today(c)
		at.Date = at.AddDays(int(days.Load()))
		return at
	}}}
	var stop context.CancelFunc
	d.ctx, stop = context.WithCancel(d.ctx)
	w, err := openWork(d, dir)
	must(t, err)
	stop() // nobody but the test loads
	w.site.Wait()
	write := func(name, text string) func() {
		return func() { must(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644)) }
	}
	for _, change := range []struct {
		name string
		do   func()
	}{
		{"new file", write("data/corrections.yaml", "[]\n")},
		{"other text", write("data/corrections.yaml", "[] # 改\n")},
		{"removed", func() { must(t, os.Remove(filepath.Join(dir, "data/corrections.yaml"))) }},
		{"mail", write("收件/新.txt", "新")},
		{"a day", func() { days.Add(1) }},
	} {
		if _, _, err := w.load(nil); !errors.Is(err, preview.ErrUnchanged) {
			t.Errorf("before %s: loaded again, %v", change.name, err)
		}
		change.do()
		token := w.site.Token()
		if w.site.Refresh(); w.site.Token() == token {
			t.Errorf("%s is not noticed", change.name)
		}
		if _, _, err := w.load([]string{"data/corrections.yaml", "收件/新.txt"}); !errors.Is(err, preview.ErrUnchanged) {
			t.Errorf("after %s: loaded again, %v", change.name, err)
		}
	}
}
