package project_test

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
	"wangjian/internal/correction"
	"wangjian/internal/project"
)

// small returns the files of a small campaign.
func small(t *testing.T) fstest.MapFS {
	t.Helper()
	files, dir := fstest.MapFS{}, os.DirFS("../review/testdata/campaign")
	err := fs.WalkDir(dir, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(dir, name)
		files[name] = &fstest.MapFile{Data: raw}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// townFile is a form that comes late, and may be withdrawn again.
const townFile = "data/q2/shichang/nanshan.yaml"

// numbers are what is reported on 检查食品经营单位, but for the sum.
type numbers struct {
	east, west, own, schools int
	town                     int // -1 for not reported
}

func (n numbers) write(files fstest.MapFS) {
	set := func(file, key string, old *fstest.MapFile, value int) {
		lines := strings.Split(string(old.Data), "\n")
		for i, line := range lines {
			if strings.HasPrefix(line, "  "+key+": ") && !strings.Contains(line, "汇总") {
				lines[i] = fmt.Sprintf("  %s: %d", key, value)
			}
		}
		files[file] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n"))}
	}
	const key = "检查食品经营单位"
	for file, value := range map[string]int{"data/q2/shichang/dongcheng.yaml": n.east, "data/q2/shichang/xicheng.yaml": n.west, "data/q2/shichang.yaml": n.own} {
		set(file, key, files[file], value)
	}
	set("data/q2/jiaoyu.yaml", "检查学校食堂", files["data/q2/jiaoyu.yaml"], n.schools)
	if delete(files, townFile); n.town >= 0 {
		set(townFile, key, files["data/q2/shichang/xicheng.yaml"], n.town)
	}
}

// shown is what the public should see of them.
func (n numbers) shown() map[string]string {
	m := map[string]string{
		"东城街道": fmt.Sprint(n.east), "西城街道": fmt.Sprint(n.west), "本级": fmt.Sprint(n.own), "学校": fmt.Sprint(n.schools),
		"合计": fmt.Sprint(n.east + n.west + n.own + max(n.town, 0)),
	}
	if n.town >= 0 {
		m["南山镇"] = fmt.Sprint(n.town)
	}
	return m
}

func told(list []campaign.PublishedFigure) map[string]string {
	m := map[string]string{}
	for _, f := range list {
		switch {
		case f.Round != "第二次" || f.Quantity.Kind == campaign.Blank:
		case f.Row == "检查学校食堂":
			m["学校"] = f.Quantity.String()
		case f.Row == "检查食品经营单位" && f.Region == "":
			m["合计"] = f.Quantity.String()
		case f.Row == "检查食品经营单位":
			m[f.Region] = f.Quantity.String()
		}
	}
	return m
}

// TestRecordIsWhatWasShown: whatever changes from day to day, with the entries that
// are proposed nothing is left to correct, and when all is over the record has for
// each day the figures that were shown on it.
func TestRecordIsWhatWasShown(t *testing.T) {
	editions := 0
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 19))
			files, now := small(t), numbers{60, 70, 20, 45, -1}
			days := map[campaign.Date]map[string]string{}
			for n := range 7 {
				day := campaign.Date{Year: 2026, Month: 5, Day: 10}.AddDays(n)
				if n > 0 {
					for range random.IntN(4) {
						switch random.IntN(5) {
						case 0:
							now.east = random.IntN(3) + 60
						case 1:
							now.west = random.IntN(3) + 70
						case 2:
							now.own = random.IntN(3) + 20
						case 3:
							now.schools = random.IntN(3) + 44
						default:
							now.town = random.IntN(4) - 1
						}
					}
					now.write(files)
				}
				l := correct(t, files, day)
				entry, err := l.NextEntry()
				if err != nil {
					t.Fatal(err)
				}
				if entry != nil {
					files[entry.File()] = &fstest.MapFile{Data: entry.Bytes()}
				}
				days[day] = now.shown()
			}
			l := load(files, campaign.Date{Year: 2026, Month: 6, Day: 1})
			for day, want := range days {
				if got := told(l.Record.On(day).Figures); !maps.Equal(got, want) {
					t.Errorf("%s: the record has %v, shown was %v", day, got, want)
				}
			}
			for _, e := range l.Public.Campaign().History.Editions {
				editions++
				want := days[e.On]
				if now.town < 0 { // withdrawn at every address
					want = maps.Clone(want)
					delete(want, "南山镇")
				}
				if got := told(e.Figures); !maps.Equal(got, want) {
					t.Errorf("edition %d of %s has %v, shown was %v", e.Number, e.On, got, want)
				}
			}
		})
	}
	if editions < 36 {
		t.Errorf("only %d editions: hardly anything changed", editions)
	}
}

func load(files fstest.MapFS, day campaign.Date) *project.Loaded {
	return project.Read(files, func(*campaign.Campaign) campaign.Moment { return day.Last() })
}

// correct adds the entries that are proposed.
func correct(t *testing.T, files fstest.MapFS, day campaign.Date) *project.Loaded {
	t.Helper()
	l := load(files, day)
	var lines []string
	for _, e := range l.Propose().Entries {
		lines = append(lines, e.With("核对后更正"))
	}
	if len(lines) > 0 {
		var old []byte
		if f := files[correction.File]; f != nil {
			old = f.Data
		}
		text, err := correction.Add(string(old), lines)
		if err != nil {
			t.Fatal(err)
		}
		files[correction.File] = &fstest.MapFile{Data: []byte(text)}
		l = load(files, day)
	}
	if p := l.Propose(); len(p.Entries)+len(p.Stale)+len(p.Unnamed) > 0 {
		t.Errorf("%s: after %q is proposed %v %v %v", day, lines, p.Entries, p.Stale, p.Unnamed)
	}
	wrong := slices.DeleteFunc(l.Findings, func(f campaign.Finding) bool { return !strings.HasPrefix(f.Rule, "correction-") })
	for _, f := range wrong {
		t.Errorf("%s: %s: %s", day, f.At, f.Message)
	}
	return l
}
