package collect

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
	"wangjian/internal/handover"
	"wangjian/internal/inbox"
	"wangjian/internal/publish"
	"wangjian/internal/release"
	"wangjian/internal/sheet"
	"wangjian/internal/source"
	"wangjian/internal/stats"
)

const small = "../review/testdata/campaign/data/"

// settings are those of the small campaign with its regions, level and name changed.
func settings(t *testing.T, tier, name, division, regions string) []byte {
	t.Helper()
	raw, err := os.ReadFile(small + "campaign.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`(?s)地区:\n.*?\n(工作重点:)`).ReplaceAllString(string(raw), regions+"$1")
	text = regexp.MustCompile(`(?m)^(名称|简称): .*$`).ReplaceAllString(text, "$1: "+name)
	return []byte(strings.Replace(text, "站点:", "层级: "+tier+"\n区划代码: \""+division+"\"\n站点:", 1))
}

func formOf(t *testing.T) []byte {
	t.Helper()
	raw, err := os.ReadFile(small + "form.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// province is a province's campaign with so many cities, whose departments' wholes are
// sums.
func province(t *testing.T, cities int) fstest.MapFS {
	regions := "地区:\n"
	for n := range cities {
		regions += fmt.Sprintf("  - {代号: \"99%02d00\", 名称: 第%d市}\n", n+1, n+1)
	}
	files := fstest.MapFS{
		"data/campaign.yaml": {Data: settings(t, "省", "江省校园食安行动", "990000", regions)}, "data/form.yaml": {Data: formOf(t)},
	}
	c, _ := source.Load(files)
	for _, round := range c.Rounds {
		for _, d := range c.Departments {
			if rows := c.Form.RowsOf(d); len(rows) > 0 {
				text := "填报单位: " + d.Name + "\n填报日期: 2026-04-30\n项目:\n"
				for _, row := range rows {
					text += "  " + c.Form.Key(row) + ": 汇总\n"
				}
				files[campaign.ReportFile(round, d, nil)] = &fstest.MapFile{Data: []byte(text)}
			}
		}
	}
	return files
}

// city is a city's campaign without reports.
func city(t *testing.T, n int) fstest.MapFS {
	name := fmt.Sprintf("第%d市校园食安行动", n)
	return fstest.MapFS{"data/campaign.yaml": {Data: settings(t, "市", name, fmt.Sprintf("99%02d00", n), "")}, "data/form.yaml": {Data: formOf(t)}}
}

// fill fills in all forms of a campaign by a function of the row.
func fill(files fstest.MapFS, quantity func(*campaign.Round, *campaign.Row) string) {
	c, _ := source.Load(files)
	for _, round := range c.Rounds {
		for _, d := range c.Departments {
			text := "填报单位: " + d.Name + "\n填报日期: 2026-04-29\n项目:\n"
			for _, row := range c.Form.RowsOf(d) {
				text += "  " + c.Form.Key(row) + ": " + quantity(round, row) + "\n"
			}
			if len(c.Form.RowsOf(d)) > 0 {
				files[campaign.ReportFile(round, d, nil)] = &fstest.MapFile{Data: []byte(text)}
			}
		}
	}
}

// random are quantities that fit the form: sums of 其中 hold, decimals are as many as a
// row may have, some are 无.
func random(r *rand.Rand) func(*campaign.Round, *campaign.Row) string {
	var parts []int
	return func(_ *campaign.Round, row *campaign.Row) string {
		switch {
		case len(row.Children) > 0:
			parts = []int{r.IntN(1e6), r.IntN(1e6), r.IntN(100)}
			return fmt.Sprint(parts[0] + parts[1])
		case row.Parent != nil:
			n := parts[0]
			parts = parts[1:]
			return fmt.Sprint(n)
		case r.IntN(9) == 0:
			return "无"
		case row.MaxDecimals() == 0:
			return fmt.Sprint(r.Uint64N(1e15))
		}
		places := row.MaxDecimals()
		if places < 0 {
			places = r.IntN(9)
		}
		return strings.TrimSuffix(fmt.Sprintf("%d.%0*d", r.IntN(1e9), places, r.Uint64N(pow10(places))), ".")
	}
}

func pow10(n int) uint64 {
	p := uint64(1)
	for range n {
		p *= 10
	}
	return p
}

// bundleOf is the bundle of a campaign's data, as of a day; more are further files.
func bundleOf(t *testing.T, files fs.FS, day string, change func(*handover.Data), more map[string]string) *Bundle {
	t.Helper()
	b, err := opened("材料.zip", packed(t, files, day, change, more))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func opened(name string, raw []byte) (*Bundle, error) {
	return Open(name, bytes.NewReader(raw), int64(len(raw)))
}

func packed(t *testing.T, files fs.FS, day string, change func(*handover.Data), more map[string]string) []byte {
	t.Helper()
	c, findings := source.Load(files)
	if campaign.HasErrors(findings) {
		t.Fatal(findings)
	}
	at, err := campaign.ParseInstant(day)
	if err != nil {
		t.Fatal(err)
	}
	v := release.Whole(c, at, source.Contents(files))
	data := handover.Of(v, stats.Of(v), at.Last(), handover.DeliveryOf(c, ""))
	if change != nil {
		change(data)
	}
	parts := []release.Part{{File: v.File(handover.File, data.Write), What: "数据"}}
	for name, text := range more {
		parts = append(parts, release.Part{File: v.File(name, func(w io.Writer) error { _, err := io.WriteString(w, text); return err }), What: "内容"})
	}
	slices.SortFunc(parts, func(a, b release.Part) int { return strings.Compare(a.Path, b.Path) })
	target := filepath.Join(t.TempDir(), "材料.zip")
	if _, err := (publish.Bundle{Target: target, Campaign: t.TempDir()}).Write(context.Background(), v, parts); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(target)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// planned works out what becomes of a bundle.
func planned(t *testing.T, files fs.FS, b *Bundle, told Told) *Plan {
	t.Helper()
	c, _ := source.Load(files)
	if told.On.IsZero() {
		told.On = campaign.Date{Year: 2026, Month: 5, Day: 20}
	}
	p, err := New(files, c, b, told)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// entered is the campaign with a bundle in it.
func entered(t *testing.T, files fstest.MapFS, b *Bundle, told Told) fstest.MapFS {
	t.Helper()
	p := planned(t, files, b, told)
	if p.Set() == nil {
		t.Fatalf("refused: %v, asks %v", p.Refused, p.Asks)
	}
	next := fstest.MapFS{}
	for name, f := range files {
		next[name] = f
	}
	for _, f := range p.Set().Files() {
		delete(next, f.Name)
		if f.Stays {
			will, err := p.Set().Read(f.Name)
			if err != nil {
				t.Fatal(err)
			}
			next[f.Name] = &fstest.MapFile{Data: will}
		}
	}
	return next
}

// refusedFor fails unless a bundle is refused for a reason.
func refusedFor(t *testing.T, files fs.FS, b *Bundle, told Told, reason string) {
	t.Helper()
	p := planned(t, files, b, told)
	if p.Refused == nil || !strings.Contains(p.Refused.Error(), reason) || p.Set() != nil {
		t.Errorf("got %v, want %s", p.Refused, reason)
	}
}

// TestElevenCities: of eleven cities' bundles with random figures the province's table
// is the sum that fractions work out, to the last decimal, on the table and in the CSV
// that is published of it.
func TestElevenCities(t *testing.T) {
	files := province(t, 11)
	sums := map[string]*big.Rat{}
	for n := range 11 {
		below, quantity := city(t, n+1), random(rand.New(rand.NewPCG(uint64(n), 24)))
		fill(below, func(round *campaign.Round, row *campaign.Row) string {
			q := quantity(round, row)
			if value, ok := new(big.Rat).SetString(q); ok {
				key := round.Name + row.Label()
				if sums[key] == nil {
					sums[key] = new(big.Rat)
				}
				sums[key].Add(sums[key], value)
			}
			return q
		})
		files = entered(t, files, bundleOf(t, below, "2026-06-01", nil, nil), Told{})
	}
	c, findings := source.Load(files)
	if campaign.HasErrors(findings) {
		t.Fatal(findings)
	}
	if got := c.Tier.Say("县（市、区）"); got != "市（州）" || len(c.Collections) != 11 {
		t.Errorf("%s, %d collected", got, len(c.Collections))
	}
	v := release.Whole(c, campaign.Moment{Date: campaign.Date{Year: 2026, Month: 6, Day: 2}}, source.Contents(files))
	table := stats.Of(v)
	var csv bytes.Buffer
	outputs, err := sheet.Files(v, table)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range outputs {
		if f.Path == sheet.CSVPath {
			if err := f.Write(&csv); err != nil {
				t.Fatal(err)
			}
		}
	}
	count := 0
	for _, round := range c.Rounds {
		for _, row := range c.Form.Rows {
			f := table.Figure(round, row, nil)
			is, ok := new(big.Rat).SetString(f.Quantity.String())
			if want := sums[round.Name+row.Label()]; !ok || want.Cmp(is) != 0 {
				t.Errorf("%s %s: %s, want %s", round.Name, row.Label(), f.Quantity, want.FloatString(12))
			}
			parent := ""
			if row.Parent != nil {
				parent = row.Parent.Name
			}
			if line := strings.Join([]string{round.Name, row.Department.Short, "", row.Name, parent, row.Unit, f.Quantity.String(), ""}, ","); strings.Count(csv.String(), "\n"+line) != 1 {
				t.Errorf("the CSV has not %s", line)
			}
			count++
		}
	}
	if count < 20 {
		t.Errorf("%d figures", count)
	}
}

// cityWith is the first city's campaign whose canteens are so many.
func cityWith(t *testing.T, canteens string) fstest.MapFS {
	below := city(t, 1)
	fill(below, canteensAre(canteens))
	return below
}

func canteensAre(q string) func(*campaign.Round, *campaign.Row) string {
	return func(_ *campaign.Round, row *campaign.Row) string {
		if row.Name == "检查学校食堂" {
			return q
		}
		return "0"
	}
}

// TestEditions: a later bundle of the same campaign replaces what the earlier one
// wrote and nothing else, the same changes nothing, an earlier or ambiguous one is
// refused.
func TestEditions(t *testing.T) {
	below := city(t, 1)
	fill(below, canteensAre("40"))
	old := bundleOf(t, below, "2026-05-10", nil, nil)
	files := entered(t, province(t, 2), old, Told{})
	if p := planned(t, files, old, Told{On: campaign.Date{Year: 2026, Month: 5, Day: 21}}); !p.Set().IsEmpty() {
		t.Errorf("the same again changes %v", p.Set().Files())
	}
	fill(below, canteensAre("41"))
	refusedFor(t, files, bundleOf(t, below, "2026-05-09", nil, nil), Told{}, "比已经汇集的（2026-05-10 23:59）早")
	refusedFor(t, files, bundleOf(t, below, "2026-05-10", nil, nil), Told{}, "分不出先后")
	again := bundleOf(t, below, "2026-05-11", nil, nil)
	late := Told{On: campaign.Date{Year: 2026, Month: 5, Day: 25}}
	if p := planned(t, files, bundleOf(t, cityWith(t, "40"), "2026-05-10", nil, map[string]string{"总结.txt": "润色过"}), late); p.Set() == nil || len(p.Set().Files()) != 3 {
		t.Errorf("one whose documents were polished alone changes more than the original and the register: %v", p.Refused)
	}
	if next := entered(t, files, bundleOf(t, cityWith(t, "40"), "2026-05-12", nil, nil), late); !bytes.Equal(next["data/q1/jiaoyu/990100.yaml"].Data, files["data/q1/jiaoyu/990100.yaml"].Data) {
		t.Error("a report that says the same has come later")
	}
	var changes []string
	p := planned(t, files, again, Told{})
	for _, f := range p.Set().Files() {
		for _, l := range f.Lines() {
			if (l.Sign == "+" || l.Sign == "-") && strings.HasPrefix(f.Name, "data/q1/") {
				changes = append(changes, f.Name+l.Sign+strings.TrimSpace(l.Text))
			}
		}
	}
	if got := strings.Join(changes, " "); !strings.Contains(got, "data/q1/jiaoyu/990100.yaml-检查学校食堂: 40") || !strings.Contains(got, "data/q1/jiaoyu/990100.yaml+检查学校食堂: 41") {
		t.Errorf("the difference is %s", got)
	}
	files = entered(t, files, again, Told{})
	if c, findings := source.Load(files); c.Collections[0].AsOf.String() != "2026-05-11 23:59" || len(c.Collections) != 1 || campaign.HasErrors(findings) {
		t.Errorf("%+v, %v", c.Collections[0], findings)
	}
	files["data/q1/jiaoyu/990100.yaml"] = &fstest.MapFile{Data: bytes.Replace(files["data/q1/jiaoyu/990100.yaml"].Data, []byte("41"), []byte("42"), 1)}
	if _, findings := source.Load(files); !slices.ContainsFunc(findings, func(f campaign.Finding) bool {
		return f.Rule == "collected-changed" && f.At.File == "data/q1/jiaoyu/990100.yaml"
	}) {
		t.Error("nobody tells that a collected report was edited")
	}
	fill(below, canteensAre("43"))
	newest := bundleOf(t, below, "2026-05-12", nil, nil)
	refusedFor(t, files, newest, Told{}, "data/q1/jiaoyu/990100.yaml")
	if files = entered(t, files, newest, Told{Replace: true}); !strings.Contains(string(files["data/q1/jiaoyu/990100.yaml"].Data), "检查学校食堂: 43") {
		t.Error("not replaced")
	}
}

// TestNothingTwice: what a city reported directly is not written over, and a region
// whose report is both here and in a city's whole is an error that names both.
func TestNothingTwice(t *testing.T) {
	below := city(t, 1)
	fill(below, func(_ *campaign.Round, row *campaign.Row) string {
		if len(row.Children) > 0 {
			return "2"
		}
		return "1"
	})
	b := bundleOf(t, below, "2026-05-10", nil, nil)
	files := province(t, 2)
	direct := "data/q1/jiaoyu/990100.yaml"
	files[direct] = &fstest.MapFile{Data: []byte("填报单位: 第1市\n填报日期: 2026-03-01\n项目: {检查学校食堂: 5, 抽检（批次）: 5, 抽检（份）: 5}\n")}
	refusedFor(t, files, b, Told{}, direct)
	skip := campaign.Pairing{What: Departments, Below: "jiaoyu", Name: "教体局"}
	next := entered(t, files, b, Told{Pairs: []campaign.Pairing{skip}})
	if !bytes.Equal(next[direct].Data, files[direct].Data) || next["data/q1/shichang/990100.yaml"] == nil {
		t.Error("the other departments are not entered beside it")
	}

	twice := func(d *handover.Data) {
		d.Regions = append(d.Regions, handover.Unit{Code: "990200", Name: "第2市"})
		whole := d.Reports[slices.IndexFunc(d.Reports, func(r handover.Report) bool { return r.Round == "q1" && r.Department == "jiaoyu" })]
		whole.Region, whole.Own, whole.Without = "990200", nil, nil
		d.Reports = append(d.Reports, whole)
	}
	delete(files, direct)
	other := "data/q1/jiaoyu/990200.yaml"
	files[other] = &fstest.MapFile{Data: []byte("填报单位: 第2市\n填报日期: 2026-03-01\n项目: {检查学校食堂: 5, 抽检（批次）: 5, 抽检（份）: 5}\n")}
	refusedFor(t, files, bundleOf(t, below, "2026-05-10", twice, nil), Told{}, "都含它")
}

// TestWrongBundles: each is refused with what is wrong.
func TestWrongBundles(t *testing.T) {
	files, below := province(t, 2), city(t, 1)
	fill(below, func(*campaign.Round, *campaign.Row) string { return "0" })
	for reason, change := range map[string]func(*handover.Data){
		"抄送第1市市场监管局的，不参加汇总": func(d *handover.Data) { d.Delivery.Copy = "第1市市场监管局" },
		"不越级汇总":         func(d *handover.Data) { d.Level, d.Delivery.Level = "县", "市" },
		"用 --region 写明": func(d *handover.Data) { d.Division = "880100" },
		"示例的数":          func(d *handover.Data) { d.Sample = true },
		"“检查学校食堂”没有数":   func(d *handover.Data) { d.Reports[1].Figures = d.Reports[1].Figures[1:] },
	} {
		refusedFor(t, files, bundleOf(t, below, "2026-05-10", change, nil), Told{}, reason)
	}
	c, _ := source.Load(files)
	refusedFor(t, files, bundleOf(t, below, "2026-05-10", nil, nil), Told{Region: c.Regions[1]}, "不是第2市的")
}

// TestHostile: a bundle whose files are other than its list says, or which no program
// of ours wrote, is refused before anything of it is used.
func TestHostile(t *testing.T) {
	below := city(t, 1)
	fill(below, func(*campaign.Round, *campaign.Row) string { return "0" })
	whole := packed(t, below, "2026-05-10", nil, map[string]string{"数据/内容/cases/x.md": "---\n标题: x\n---\n"})
	rewrite := func(change func(name string, data []byte) (string, []byte), more func(*zip.Writer)) []byte {
		from, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, f := range from.File {
			r, _ := f.Open()
			data, _ := io.ReadAll(r)
			name := f.Name
			if change != nil {
				name, data = change(name, data)
			}
			if name != "" {
				to, _ := w.Create(name)
				_, _ = to.Write(data)
			}
		}
		if more != nil {
			more(w)
		}
		_ = w.Close()
		return b.Bytes()
	}
	link := func(w *zip.Writer) {
		h := &zip.FileHeader{Name: "链接.md"}
		h.SetMode(fs.ModeSymlink | 0o777)
		to, _ := w.CreateHeader(h)
		_, _ = to.Write([]byte("/etc/passwd"))
	}
	put := func(name, text string) func(*zip.Writer) {
		return func(w *zip.Writer) { to, _ := w.Create(name); _, _ = to.Write([]byte(text)) }
	}
	for want, raw := range map[string][]byte{
		"数据/内容/cases/x.md 改动过": rewrite(func(name string, data []byte) (string, []byte) {
			if strings.HasSuffix(name, "x.md") {
				data = append(data, '!')
			}
			return name, data
		}, nil),
		"数据/内容/cases/x.md 不见了": rewrite(func(name string, data []byte) (string, []byte) {
			if strings.HasSuffix(name, "x.md") {
				name = ""
			}
			return name, data
		}, nil),
		"清单.txt 改动过": rewrite(func(name string, data []byte) (string, []byte) {
			if name == "清单.txt" {
				data = append(data, "x\n"...)
			}
			return name, data
		}, nil),
		"多的.txt 是后来放进去的":   rewrite(nil, put("多的.txt", "")),
		"不安全的文件名":          rewrite(nil, put("../../data/campaign.yaml", "")),
		"压缩包里有不安全的文件名：用对方": rewrite(nil, link),
		"损坏":    whole[:len(whole)/2],
		"重名的文件": rewrite(nil, put("清单.TXT", "")),
		"不是 wangjian bundle": rewrite(func(name string, data []byte) (string, []byte) {
			return "x/y/" + name, data
		}, nil),
	} {
		if _, err := opened("材料.zip", raw); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	bomb := rewrite(nil, func(w *zip.Writer) { // by what it declares
		to, _ := w.CreateRaw(&zip.FileHeader{Name: "炸弹.txt", Method: zip.Deflate, UncompressedSize64: publish.MostSealed, CompressedSize64: 1})
		_, _ = to.Write([]byte{0})
	})
	if _, err := opened("材料.zip", bomb); err == nil || !strings.Contains(err.Error(), "解开以后超过 512 MB") {
		t.Errorf("a bomb of %d bytes: %v", len(bomb), err)
	}
	if _, err := Open("材料.zip", bytes.NewReader(whole), publish.MostSealed+1); err == nil || !strings.Contains(err.Error(), "有 512 MB，超过收得下的 512 MB") {
		t.Errorf("one that is too large: %v", err)
	}
	again := rewrite(func(name string, data []byte) (string, []byte) { return "第1市/" + name, data }, put("第1市/.DS_Store", "x"))
	if b, err := opened("材料.zip", again); err != nil || b.Data.Short != "第1市校园食安行动" {
		t.Errorf("packed again in a folder: %v", err)
	}
}

// TestLarge: a bundle with a video is verified, entered and kept without being in memory;
// one that was changed after it was verified is not kept, and nothing else is written.
func TestLarge(t *testing.T) {
	below, files := city(t, 1), province(t, 1)
	fill(below, func(*campaign.Round, *campaign.Row) string { return "0" })
	raw := packed(t, below, "2026-05-10", nil, map[string]string{"录像.mp4": strings.Repeat("0", 100<<20)})
	name := filepath.Join(t.TempDir(), "材料.zip")
	if err := os.WriteFile(name, raw, 0o644); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var was, is runtime.MemStats
	runtime.ReadMemStats(&was)
	b, err := Open("材料.zip", f, int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	p := planned(t, os.DirFS(dir), b, Told{On: campaign.Date{Year: 2026, Month: 5, Day: 11}})
	video := int64(bytes.Index(raw, bytes.Repeat([]byte("0"), 1<<10)))
	for _, spoiled := range []byte("x0") {
		if _, err := f.WriteAt([]byte{spoiled}, video); err != nil {
			t.Fatal(err)
		}
		if _, err = p.Set().Apply(dir); spoiled == 'x' && (err == nil || !strings.Contains(err.Error(), "它在核对以后被改动过")) {
			t.Errorf("got %v", err)
		}
		if _, there := os.Stat(filepath.Join(dir, source.CollectedFile)); spoiled == 'x' && there == nil {
			t.Error("something was written")
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&is)
	if grown := is.TotalAlloc - was.TotalAlloc; grown > 48<<20 {
		t.Errorf("it took %d MB of memory", grown>>20)
	}
	kept, err := os.ReadFile(filepath.Join(dir, inbox.Received, p.entry.Original))
	if err != nil || !bytes.Equal(kept, raw) {
		t.Errorf("%d bytes were kept, %v", len(kept), err)
	}
	if again := planned(t, os.DirFS(dir), b, Told{On: campaign.Date{Year: 2026, Month: 5, Day: 12}}); !again.Set().IsEmpty() {
		t.Error("it is entered twice")
	}
}

// TestTable: a form that differs is a table to confirm; once confirmed it is kept, and
// the next edition asks nothing.
func TestTable(t *testing.T) {
	below := city(t, 1)
	edit := func(name, from, to string) {
		text := strings.ReplaceAll(string(below[name].Data), from, to)
		if text == string(below[name].Data) {
			t.Fatalf("%s has no %s", name, from)
		}
		below[name] = &fstest.MapFile{Data: []byte(text)}
	}
	edit("data/campaign.yaml", "代号: jiaoyu", "代号: jtj")
	edit("data/campaign.yaml", "代号: q1", "代号: first")
	edit("data/form.yaml", "部门: jiaoyu", "部门: jtj")
	edit("data/form.yaml", "名称: 检查学校食堂", "名称: 检查食堂")
	edit("data/form.yaml", "名称: 罚没款, 单位: 万元", "名称: 罚没款, 单位: 元")
	fill(below, func(_ *campaign.Round, row *campaign.Row) string {
		if row.Name == "检查食堂" {
			return "7"
		}
		return "0"
	})
	files, b := province(t, 1), bundleOf(t, below, "2026-05-10", nil, nil)
	p := planned(t, files, b, Told{})
	var asks []string
	for _, one := range p.Asks {
		asks = append(asks, one.String())
	}
	got := strings.Join(asks, "\n")
	for _, want := range []string{
		"期次 第一次 → 第一次：名称相同", "部门 清河市教育体育局 → 清河市教育体育局：名称相同", "项目 教体局/检查食堂（家） → 不取：没有对应，不取",
		"项目 教体局/抽检（批次） → 抽检（批次）：名称和单位相同", "项目 教体局/检查学校食堂（家）：下级统计表没有，填 无", "项目 市场监管局/罚没款（元） → 不取：没有对应，不取",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the table has no %q:\n%s", want, got)
		}
	}
	if p.Set() != nil {
		t.Error("entered without being confirmed")
	}
	c, _ := source.Load(files)
	pair, err := ParsePair(c, b.Data, "教体局/检查食堂=教体局/检查学校食堂")
	if err != nil {
		t.Fatal(err)
	}
	files = entered(t, files, b, Told{Pairs: []campaign.Pairing{pair}, Confirmed: true})
	for name, want := range map[string]string{
		"data/q1/jiaoyu/990100.yaml":   "检查学校食堂: 7\n",
		"data/q1/shichang/990100.yaml": "罚没款: {数量: 无, 备注: 报来的统计表没有这一项}",
	} {
		if !strings.Contains(string(files[name].Data), want) {
			t.Errorf("%s has no %s:\n%s", name, want, files[name].Data)
		}
	}
	if p := planned(t, files, bundleOf(t, below, "2026-05-11", nil, nil), Told{}); len(p.Asks) > 0 || p.Refused != nil {
		t.Errorf("asks again: %v, %v", p.Asks, p.Refused)
	}
	gone := maps.Clone(files)
	gone["data/form.yaml"] = &fstest.MapFile{Data: bytes.Replace(files["data/form.yaml"].Data, []byte("名称: 检查学校食堂"), []byte("名称: 检查厨房"), 1)}
	if p := planned(t, gone, bundleOf(t, below, "2026-05-11", nil, nil), Told{}); !slices.ContainsFunc(p.Asks, func(one Pair) bool {
		return one.String() == "项目 教体局/检查食堂（家） → 不取：没有对应，不取"
	}) {
		t.Errorf("what a row stood for is gone, and nobody is asked: %v", p.Asks)
	}
	for _, wrong := range []string{"教体局", "没有=教体局", "教体局/检查食堂=教体局/没有", "=", "抽检=不取"} {
		if _, err := ParsePair(c, b.Data, wrong); err == nil {
			t.Errorf("%s is a pair", wrong)
		}
	}
	unit := campaign.Pairing{What: Rows, Below: b.Data.Rows[slices.IndexFunc(b.Data.Rows, func(r handover.Row) bool { return r.Unit == "元" })].Code, Own: "shichang-x"}
	for _, row := range c.Form.Rows {
		if row.Unit == "万元" {
			unit.Own = row.Code()
		}
	}
	if p := planned(t, province(t, 1), b, Told{Pairs: []campaign.Pairing{unit}}); !slices.ContainsFunc(p.Asks, func(one Pair) bool { return one.Never && one.Why == "单位不同（元、万元），不能对应" }) {
		t.Error("元 stands for 万元")
	}
}

// TestTakenOver: a text is taken over with its files under names of the region's, with
// where it is from; one that is there is not written over.
func TestTakenOver(t *testing.T) {
	below := city(t, 1)
	fill(below, func(*campaign.Round, *campaign.Row) string { return "0" })
	list := func(d *handover.Data) {
		d.Texts = []handover.Text{
			{Kind: "典型案例", Name: "cases/x", Title: "甲案", File: "数据/内容/cases/x.md", Attached: []handover.Attachment{{Name: "x-1.txt", File: "决定书.txt"}}},
			{Kind: "工作总结", Name: "narratives/q1/jiaoyu", Title: "总结", Round: "q1", Department: "jiaoyu", File: "数据/内容/n.md"},
			{Kind: "典型案例", Name: "cases/bad", Title: "乙案", File: "数据/内容/n.md", Attached: []handover.Attachment{{Name: "../bad-1.txt", File: "决定书.txt"}}},
			{Kind: "消费警示", Name: "warnings/..", Title: "丙", File: "数据/内容/n.md"},
		}
	}
	b := bundleOf(t, below, "2026-05-10", list, map[string]string{
		"数据/内容/cases/x.md": "---\n标题: 甲案 # 内部\n公开方式: 主动公开\n发布日期: 2022-11-27\n审核: {初审: {人: 甲, 日期: 2022-11-27}}\n来源: 甲局\n决定书: x-1.txt\n---\n\n见[决定书](x-1.txt)。\n",
		"决定书.txt":          "决定书", "数据/内容/n.md": "---\n{}\n---\n\n## 经验做法\n",
	})
	files := entered(t, province(t, 1), b, Told{Texts: []string{"cases/x", "narratives/q1/jiaoyu"}})
	want := "---\n标题: 甲案\n来源: 甲局，第1市（第1市校园食安行动报送材料）\n决定书: 990100-x-1.txt\n---\n\n见[决定书](990100-x-1.txt)。\n"
	if got := string(files["content/cases/990100-x.md"].Data); got != want {
		t.Errorf("got %s", got)
	}
	if string(files["content/cases/990100-x-1.txt"].Data) != "决定书" || files["content/narratives/q1/jiaoyu/990100.md"] == nil {
		t.Error("its files are not there")
	}
	if c, _ := source.Load(files); len(c.Collections[0].Texts) != 2 {
		t.Error("not registered")
	}
	files["content/cases/990100-x.md"] = &fstest.MapFile{Data: []byte("---\n标题: 改过\n---\n")}
	refusedFor(t, files, b, Told{Texts: []string{"cases/x"}}, "已经有 content/cases/990100-x.md")
	refusedFor(t, files, b, Told{Texts: []string{"cases/bad"}}, "附件名")
	refusedFor(t, files, b, Told{Texts: []string{"warnings/.."}}, "不能用作文件名")
	refusedFor(t, files, b, Told{Texts: []string{"cases/y"}}, "没有“cases/y”")
}
