package release

import (
	"bytes"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/picture"
)

// inFolder returns bodies by the file's name.
type inFolder struct{}

func (inFolder) Body(i *campaign.Item) ([]byte, error)    { return []byte("正文 " + i.File), nil }
func (inFolder) Open(string) (io.ReadCloser, error)       { return nil, os.ErrNotExist }
func (inFolder) Picture(string) (*picture.Picture, error) { return nil, os.ErrNotExist }
func (inFolder) Bind(string, string) error                { return nil }
func (inFolder) Bound(string) string                      { return "" }

// TestReadingIsNoted: what a file reads is known; what reads without being
// noted is refused, for such a file would not be made anew when it has to be.
func TestReadingIsNoted(t *testing.T) {
	a, b := &campaign.Item{File: "content/pages/a.md"}, &campaign.Item{File: "content/pages/b.md"}
	whole := Whole(&campaign.Campaign{Items: []*campaign.Item{a, b}}, campaign.Date{Year: 2030, Month: 1, Day: 1}, inFolder{})
	v, seal := whole.Planning()
	if _, err := v.Body(b); err != nil {
		t.Fatal(err)
	}
	show := func(w io.Writer, v *View) error {
		body, err := v.Body(a)
		w.Write(body)
		return err
	}
	good := v.Reading("good.html", show)
	bad := v.File("bad.html", func(w io.Writer) error { return show(w, v) })
	seal()
	if got := v.Planned(); !slices.Equal(got, []string{b.File}) {
		t.Errorf("planned with %q", got)
	}
	var out bytes.Buffer
	var tracker Tracker
	if err := good.WriteTracked(&out, &tracker); err != nil || out.String() != "正文 content/pages/a.md" {
		t.Errorf("got %q, %v", out.String(), err)
	}
	if got := tracker.Files(); !slices.Equal(got, []string{a.File}) {
		t.Errorf("read %q", got)
	}
	if err := good.Write(io.Discard); err != nil {
		t.Errorf("where nobody notes: %v", err)
	}
	if err := bad.Write(io.Discard); err == nil || !strings.Contains(err.Error(), a.File) {
		t.Errorf("reading on the quiet: %v", err)
	}
}
