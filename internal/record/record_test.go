package record

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
)

func day(t testing.TB, s string) campaign.Date {
	t.Helper()
	d, err := campaign.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// shown is what is public on a day: items by name and digest, figures by row and
// value.
func shown(t testing.TB, on, items, figures string) *campaign.Published {
	t.Helper()
	p := &campaign.Published{At: campaign.Moment{Date: day(t, on)}, Items: map[string]campaign.PublishedItem{}, Settings: map[string]string{"layouts/a.css": "1"}}
	for _, i := range strings.Fields(items) {
		name, digest, _ := strings.Cut(i, "=")
		file := "content/warnings/" + name + ".md"
		p.Items[file] = campaign.PublishedItem{File: file, Title: "警示，“" + name + "”", Digest: digest, Signed: "终审 丙", Pages: []string{"warnings/" + name + "/index.html", "warnings/" + name + "/notice.pdf"}}
	}
	for _, f := range strings.Fields(figures) {
		row, value, _ := strings.Cut(f, "=")
		q, err := campaign.ParseQuantity(value)
		if err != nil {
			t.Fatal(err)
		}
		p.Figures = append(p.Figures, campaign.PublishedFigure{FigureName: campaign.FigureName{Round: "终期", Department: "公安局", Row: row, Unit: "件"}, Quantity: q})
	}
	return p
}

func expired(string) Gone { return Expired }

// published writes the record of some days, and returns the campaign's files.
func published(t testing.TB, states ...*campaign.Published) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	for _, s := range states {
		r, findings := Read(files)
		if len(findings) > 0 {
			t.Fatal(findings)
		}
		if e := r.Next(s, expired); e != nil {
			files[e.File()] = &fstest.MapFile{Data: e.Bytes()}
		}
	}
	return files
}

func describe(p *campaign.Published) string {
	if p == nil {
		return "nothing"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s 第%d版", p.At.Date, p.Edition)
	for _, name := range []string{"a", "b", "c"} {
		if i, ok := p.Items["content/warnings/"+name+".md"]; ok {
			fmt.Fprintf(&b, " %s=%s（%s）", name, i.Digest, i.Since)
		}
	}
	for _, f := range p.Figures {
		fmt.Fprintf(&b, " %s=%s", f.Row, f.Quantity)
	}
	return b.String()
}

func history(t testing.TB) fstest.MapFS {
	t.Helper()
	return published(t,
		shown(t, "2022-09-01", "a=1 b=1", ""),
		shown(t, "2022-09-02", "a=1 b=1", ""), // nothing new
		shown(t, "2022-09-05", "a=2 b=1 c=1", "查处=231 关停=无"),
		shown(t, "2022-09-05", "a=2 c=1", "查处=230.50"),
		shown(t, "2022-09-08", "a=2 b=1 c=1", "查处=230.5 关停=0"),
	)
}

func TestRecord(t *testing.T) {
	files := history(t)
	if len(files) != 4 {
		t.Fatalf("%d entries", len(files))
	}
	r, findings := Read(files)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	for on, want := range map[string]string{
		"2022-08-31": "nothing",
		"2022-09-01": "2022-09-01 第0版 a=1（2022-09-01） b=1（2022-09-01）",
		"2022-09-04": "2022-09-01 第0版 a=1（2022-09-01） b=1（2022-09-01）",
		"2022-09-05": "2022-09-05 第2版 a=2（2022-09-01） c=1（2022-09-05） 查处=230.50",
		"2022-09-30": "2022-09-08 第3版 a=2（2022-09-01） b=1（2022-09-08） c=1（2022-09-05） 查处=230.5 关停=0",
	} {
		if got := describe(r.On(day(t, on))); got != want {
			t.Errorf("%s: got %s, want %s", on, got, want)
		}
	}
	h := r.History()
	var told strings.Builder
	for _, e := range h.Editions {
		fmt.Fprintf(&told, "%d（%s）", e.Number, e.On)
		for _, f := range e.Figures {
			fmt.Fprintf(&told, " %s=%s", f.Row, f.Quantity)
		}
		told.WriteString("\n")
	}
	if want := "1（2022-09-05） 查处=231 关停=无\n2（2022-09-05） 查处=230.50\n3（2022-09-08） 查处=230.5 关停=0\n"; told.String() != want {
		t.Errorf("editions %s, want %s", told.String(), want)
	}
	if got := fmt.Sprint(h.Changed); got != "map[content/warnings/a.md:[2022-09-05] content/warnings/b.md:[2022-09-08]]" {
		t.Errorf("changed %s", got)
	}
}

// TestAnyChangeIsFound: an entry that is altered in any byte, renamed, taken out
// or put in twice ends the record with a finding that names it.
func TestAnyChangeIsFound(t *testing.T) {
	files := history(t)
	r, _ := Read(files)
	check := func(what string, change func(fstest.MapFS)) {
		t.Helper()
		altered := fstest.MapFS{}
		for name, f := range files {
			altered[name] = &fstest.MapFile{Data: append([]byte(nil), f.Data...)}
		}
		change(altered)
		if _, findings := Read(altered); len(findings) != 1 || !strings.HasPrefix(findings[0].At.File, Dir+"/") || findings[0].Hint == "" {
			t.Errorf("%s: %v", what, findings)
		}
	}
	second := r.Entries[1].File()
	for n := range files[second].Data {
		check(fmt.Sprintf("byte %d", n), func(f fstest.MapFS) { f[second].Data[n] ^= 1 })
	}
	check("renamed", func(f fstest.MapFS) { f[Dir+"/0002-2022-09-06.yaml"] = f[second]; delete(f, second) })
	check("taken out", func(f fstest.MapFS) { delete(f, second) })
	check("the first taken out", func(f fstest.MapFS) { delete(f, r.Entries[0].File()) })
	check("another file", func(f fstest.MapFS) { f[Dir+"/0001.txt"] = &fstest.MapFile{Data: []byte("x")} })
	check("twice", func(f fstest.MapFS) { f[Dir+"/0002-2022-09-09.yaml"] = f[second] })
}

// TestNothingNewAddsNothing: what the public has been shown already is not recorded
// again, on whatever day.
func TestNothingNewAddsNothing(t *testing.T) {
	r, _ := Read(history(t))
	for _, now := range []*campaign.Published{r.Last(), shown(t, "2022-10-01", "a=2 b=1 c=1", "查处=230.5 关停=0")} {
		if e := r.Next(now, expired); e != nil {
			t.Errorf("adds %s", e.Bytes())
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, file := range history(f) {
		f.Add(file.Data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, findings := Read(fstest.MapFS{Dir + "/0001-2022-09-01.yaml": &fstest.MapFile{Data: data}})
		if len(r.Entries)+len(findings) != 1 {
			t.Errorf("%d entries, %v", len(r.Entries), findings)
		}
	})
}

// TestPapersOfTheRecord: the record has every paper with what it shows, also one that
// was out and is so no more or again, and the edition of the figures with which each was
// out last.
func TestPapersOfTheRecord(t *testing.T) {
	state := func(on, figures string, papers ...campaign.PublishedPaper) *campaign.Published {
		p := shown(t, on, "a=1", figures)
		p.Papers = papers
		return p
	}
	plan := func(digest string) campaign.PublishedPaper {
		return campaign.PublishedPaper{Path: "open/fangan/document.pdf", Digest: digest, File: "content/open/fangan.md", Figures: []campaign.FigureName{{Round: "终期", Department: "公安局", Row: "查处", Unit: "件"}, {Department: "网信办"}}}
	}
	report := func(digest string) campaign.PublishedPaper {
		return campaign.PublishedPaper{Path: "report.pdf", Digest: digest, Figures: []campaign.FigureName{{}}}
	}
	files := published(t,
		state("2022-09-01", "查处=1"), // as an earlier version of the program wrote it
		state("2022-09-02", "查处=1", plan("aa"), report("bb")),
		state("2022-09-03", "查处=1", plan("aa"), report("bb")), // nothing new
		state("2022-09-04", "查处=2", plan("cc"), report("dd")),
		state("2022-09-05", "查处=3", plan("aa"), report("dd")),
		state("2022-09-06", "查处=3", report("dd")),
	)
	if len(files) != 5 {
		t.Fatalf("%d entries", len(files))
	}
	r, findings := Read(files)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	var told strings.Builder
	for _, p := range r.History().PastPapers() {
		fmt.Fprintf(&told, "%s %s %d %s\n", p.Digest, p.Since, p.Edition, p.File)
		want := report(p.Digest)
		if p.File != "" {
			want = plan(p.Digest)
		}
		if fmt.Sprint(p.PublishedPaper) != fmt.Sprint(want) {
			t.Errorf("%v, want %v", p.PublishedPaper, want)
		}
	}
	if want := "aa 2022-09-02 3 content/open/fangan.md\nbb 2022-09-02 1 \ncc 2022-09-04 2 content/open/fangan.md\ndd 2022-09-04 3 \n"; told.String() != want {
		t.Errorf("got %s, want %s", told.String(), want)
	}
	if got := fmt.Sprint(r.Last().Papers); got != fmt.Sprint([]campaign.PublishedPaper{report("dd")}) {
		t.Errorf("out are %s", got)
	}
	if got := r.History().Until(day(t, "2022-09-03")).PastPapers(); len(got) != 2 || got[0].Edition != 1 {
		t.Errorf("until a day: %v", got)
	}
}
