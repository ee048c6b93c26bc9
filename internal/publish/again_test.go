package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"wangjian/internal/campaign"
)

// minute is a time in January 2030.
func minute(day, hour, minute int) campaign.Moment {
	return campaign.Moment{Date: campaign.Date{Year: 2030, Month: 1, Day: day}, Hour: hour, Minute: minute}
}

// allDay are the messages of a site that shows the same from the 1st of January 2030 to
// its end.
var allDay = Messages{Span: campaign.Span{From: minute(1, 0, 0), Until: minute(2, 0, 0)}}

// TestReferenceDate: a campaign's 基准日 is its time while no other is asked for,
// whatever the clock says.
func TestReferenceDate(t *testing.T) {
	root := t.TempDir()
	must(t, os.WriteFile(filepath.Join(root, "program"), nil, 0o644))
	target := filepath.Join(root, "public")
	q := Options{Campaign: root, Program: filepath.Join(root, "program"), At: minute(20, 10, 0)}
	span := allDay
	span.Reference = campaign.Date{Year: 2030, Month: 1, Day: 1}
	first := Folder{Target: target, Campaign: root, Messages: span}
	first.Begin(q)
	_, err := first.Publish(t.Context(), tree{"index.html": "首页"}.files())
	must(t, err)
	nothing := func() bool { return (&Folder{Target: target, Campaign: root}).Begin(q) != nil }
	if q.At = minute(25, 10, 0); !nothing() {
		t.Error("the clock counts")
	}
	if q.Asked = true; nothing() {
		t.Error("another day is asked for, and does not count")
	}
	if q.At = span.Reference.Last(); !nothing() {
		t.Error("the same day is asked for, and counts as another")
	}
}

// TestNothingToDo: a second build has nothing to do exactly as long as neither
// what it reads nor what it wrote has changed, in whatever way that was done.
func TestNothingToDo(t *testing.T) {
	site := tree{"index.html": "首页", "cases/a/index.html": "案例甲"}
	for _, c := range []struct {
		name    string
		change  func(t *testing.T, root, target string, q *Options)
		nothing bool
	}{
		{"nothing", func(*testing.T, string, string, *Options) {}, true},
		{"a page is touched", func(t *testing.T, _, target string, _ *Options) {
			at := time.Unix(1e9, 0)
			must(t, os.Chtimes(filepath.Join(target, "index.html"), at, at))
		}, true},
		{"a file manager was here", func(t *testing.T, _, target string, _ *Options) {
			must(t, os.WriteFile(filepath.Join(target, "cases", ".DS_Store"), nil, 0o644))
		}, true},
		{"a page has another byte, its size and its time kept", func(t *testing.T, _, target string, _ *Options) {
			swapByte(t, filepath.Join(target, "index.html"))
		}, false},
		{"the sums have another byte", func(t *testing.T, _, target string, _ *Options) {
			swapByte(t, filepath.Join(target, SumsFile))
		}, false},
		{"a page is gone", func(t *testing.T, _, target string, _ *Options) {
			must(t, os.Remove(filepath.Join(target, "index.html")))
		}, false},
		{"a page is a link", func(t *testing.T, root, target string, _ *Options) {
			page := filepath.Join(target, "index.html")
			must(t, os.Rename(page, filepath.Join(root, "elsewhere.html")))
			must(t, os.Symlink(filepath.Join(root, "elsewhere.html"), page))
		}, false},
		{"a stranger lies there", func(t *testing.T, _, target string, _ *Options) {
			must(t, os.WriteFile(filepath.Join(target, "notes.txt"), nil, 0o644))
		}, false},
		{"the site is gone", func(t *testing.T, _, target string, _ *Options) {
			must(t, os.RemoveAll(target))
		}, false},
		{"a killed build left something", func(t *testing.T, _, target string, _ *Options) {
			must(t, os.Mkdir(mark(target)+"4711", 0o755))
		}, false},
		{"an input has another byte, its size and its time kept", func(t *testing.T, root, _ string, _ *Options) {
			swapByte(t, filepath.Join(root, "data", "campaign.yaml"))
		}, false},
		{"an input is new", func(t *testing.T, root, _ string, _ *Options) {
			must(t, os.WriteFile(filepath.Join(root, "content", "b.md"), nil, 0o644))
		}, false},
		{"an input is gone", func(t *testing.T, root, _ string, _ *Options) {
			must(t, os.Remove(filepath.Join(root, "content", "a.md")))
		}, false},
		{"an input has another name", func(t *testing.T, root, _ string, _ *Options) {
			must(t, os.Rename(filepath.Join(root, "content", "a.md"), filepath.Join(root, "content", "c.md")))
		}, false},
		{"there are layouts now", func(t *testing.T, root, _ string, _ *Options) {
			must(t, os.Mkdir(filepath.Join(root, "layouts"), 0o755))
		}, false},
		{"the program is another", func(t *testing.T, root, _ string, _ *Options) {
			swapByte(t, filepath.Join(root, "program"))
		}, false},
		{"another day is asked for", func(_ *testing.T, _, _ string, q *Options) {
			q.At, q.Asked = campaign.Date{Year: 2030, Month: 1, Day: 2}.Last(), true
		}, false},
		{"it is the next day", func(_ *testing.T, _, _ string, q *Options) { q.At = minute(2, 0, 0) }, false},
		{"it is two minutes later", func(_ *testing.T, _, _ string, q *Options) { q.At.Minute += 2 }, true},
		{"it is the last minute before something comes out", func(_ *testing.T, _, _ string, q *Options) { q.At = minute(1, 14, 29) }, true},
		{"something has come out", func(_ *testing.T, _, _ string, q *Options) { q.At = minute(1, 14, 30) }, false},
		{"the clock is put back to before something came out", func(_ *testing.T, _, _ string, q *Options) { q.At = minute(1, 9, 29) }, false},
		{"the day's end is asked for", func(_ *testing.T, _, _ string, q *Options) {
			q.At, q.Asked = campaign.Date{Year: 2030, Month: 1, Day: 1}.Last(), true
		}, false},
		{"the same minutes are asked for", func(_ *testing.T, _, _ string, q *Options) { q.Asked = true }, true},
		{"a published file is to be compared with", func(_ *testing.T, root, _ string, q *Options) {
			q.Against = filepath.Join(root, "content", "a.md")
		}, false},
		{"the record is damaged", func(t *testing.T, root, _ string, _ *Options) {
			records, err := filepath.Glob(filepath.Join(root, ".wangjian", "builds", "*"))
			if err != nil || len(records) != 1 {
				t.Fatalf("records %q, %v", records, err)
			}
			swapByte(t, records[0])
		}, false},
	} {
		for _, old := range []bool{false, true} { // the record is taken at once, or when all marks are old
			name := c.name
			if old {
				name += ", later"
			}
			t.Run(name, func(t *testing.T) {
				root := t.TempDir()
				for _, f := range []string{"data/campaign.yaml", "content/a.md", "program"} {
					name := filepath.Join(root, filepath.FromSlash(f))
					must(t, os.MkdirAll(filepath.Dir(name), 0o755))
					must(t, os.WriteFile(name, []byte(f), 0o644))
				}
				target := filepath.Join(root, "public")
				q := Options{Campaign: root, Program: filepath.Join(root, "program"), At: minute(1, 10, 0)}
				first := Folder{Target: target, Campaign: root, Messages: Messages{Held: []byte("甲"), Span: campaign.Span{From: minute(1, 9, 30), Until: minute(1, 14, 30)}}}
				if first.Begin(q) != nil {
					t.Fatal("the first build has nothing to do")
				}
				if _, err := first.Publish(t.Context(), site.files()); err != nil {
					t.Fatal(err)
				}
				if old {
					time.Sleep(60 * time.Millisecond)
					if (&Folder{Target: target, Campaign: root}).Begin(q) == nil {
						t.Fatal("nothing changed, and yet there is something to do")
					}
				}
				c.change(t, root, target, &q)
				again := Folder{Target: target, Campaign: root}
				last := again.Begin(q)
				if (last != nil) != c.nothing {
					t.Fatalf("nothing to do: %v, want %v", last != nil, c.nothing)
				}
				if last != nil && (string(last.Messages.Held) != "甲" || last.Files() != 2) {
					t.Errorf("the record says %q and %d files", last.Messages.Held, last.Files())
				}
			})
		}
	}
}

// TestInputChangedMeanwhile: a build during which an input was changed publishes
// nothing, for nobody has checked what is there now, and is not remembered.
func TestInputChangedMeanwhile(t *testing.T) {
	root := t.TempDir()
	must(t, os.Mkdir(filepath.Join(root, "data"), 0o755))
	must(t, os.WriteFile(filepath.Join(root, "data", "a.yaml"), []byte("甲"), 0o644))
	q := Options{Campaign: root, Program: filepath.Join(root, "data", "a.yaml"), At: minute(1, 10, 0)}
	f := Folder{Target: filepath.Join(root, "public"), Campaign: root, Messages: allDay}
	f.Begin(q)
	swapByte(t, filepath.Join(root, "data", "a.yaml"))
	if _, err := f.Publish(t.Context(), tree{"index.html": "首页"}.files()); !errors.Is(err, campaign.ErrChanged) {
		t.Errorf("published, or failed with %v", err)
	}
	if _, err := os.Lstat(f.Target); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something was published: %v", err)
	}
	if (&Folder{Target: f.Target, Campaign: root}).Begin(q) != nil {
		t.Error("it is taken for what was read")
	}
}

// swapByte changes a byte in the middle of a file and restores its time,
// as a careful forger would.
func swapByte(t *testing.T, name string) {
	t.Helper()
	info, err := os.Stat(name)
	must(t, err)
	raw, err := os.ReadFile(name)
	must(t, err)
	raw[len(raw)/2] ^= 1
	must(t, os.WriteFile(name, raw, 0o644))
	must(t, os.Chtimes(name, info.ModTime(), info.ModTime()))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
