package outgoing_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/manuscript"
	"wangjian/internal/outgoing"
	"wangjian/internal/project"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func opened(t *testing.T) (dir string, l *project.Loaded) {
	t.Helper()
	dir = t.TempDir()
	must(t, os.CopyFS(dir, os.DirFS("../review/testdata/campaign")))
	at, err := campaign.ParseInstant("2026-05-10")
	must(t, err)
	return dir, project.Read(os.DirFS(dir), func(*campaign.Campaign) campaign.Moment { return at })
}

func unzip(t *testing.T, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		raw, err := io.ReadAll(r)
		must(t, err)
		if _, twice := files[f.Name]; twice {
			t.Errorf("%s is there twice", f.Name)
		}
		files[f.Name] = string(raw)
	}
	return files
}

// TestFiles: every department has its letter and the sections of its narrative, those
// with rows their form, and the counties of those whose counties report their form
// and letter; the letter names what is enclosed. All fits into one zip.
func TestFiles(t *testing.T) {
	_, l := opened(t)
	c := l.Campaign
	round := c.Rounds[len(c.Rounds)-1]
	list, err := outgoing.Files(c, outgoing.Options{Round: round, Letters: true, Day: l.Date})
	must(t, err)
	kinds := map[string][]string{}
	for _, f := range list {
		kinds[f.Unit()] = append(kinds[f.Unit()], f.What)
		if f.What != "通知" {
			continue
		}
		words := unzip(t, f.Data)["word/document.xml"]
		for _, other := range list {
			if other.Department == f.Department && other.Region == f.Region && other.What != "通知" && !strings.Contains(words, filepath.Base(other.Name)) {
				t.Errorf("%s does not name %s", f.Name, other.Name)
			}
		}
		if !strings.Contains(words, round.Deadline.Chinese()) {
			t.Errorf("%s has no deadline", f.Name)
		}
	}
	for _, d := range c.Departments {
		want := []string{"工作总结模板", "通知"}
		if len(c.Form.RowsOf(d)) > 0 {
			want = append([]string{"统计表"}, want...)
		}
		if got := kinds[d.Short]; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", d.Short, got, want)
		}
	}
	reporting := l.Book.CountyDepartments()
	if len(reporting) == 0 {
		t.Fatal("no counties report")
	}
	for _, region := range c.Regions {
		if got := kinds[reporting[0].Short+" "+region.Short]; !slices.Equal(got, []string{"统计表", "通知"}) {
			t.Errorf("%s: %v", region.Short, got)
		}
	}
	var pack bytes.Buffer
	must(t, outgoing.Pack(&pack, list, l.Date))
	if got := len(unzip(t, pack.Bytes())); got != len(list) {
		t.Errorf("%d files in the zip, want %d", got, len(list))
	}
}

// TestOutlineComesBack: what is written below the sections of the Word file comes
// back as the department's narrative, by the file's own name.
func TestOutlineComesBack(t *testing.T) {
	_, l := opened(t)
	c := l.Campaign
	round, d := c.Rounds[len(c.Rounds)-1], c.Departments[0]
	list, err := outgoing.Files(c, outgoing.Options{Round: round, Departments: []*campaign.Department{d}, Letters: true, Day: l.Date})
	must(t, err)
	n := slices.IndexFunc(list, func(f outgoing.File) bool { return f.What == "工作总结模板" })
	if who := c.SenderOf(filepath.Base(list[n].Name)); who.Department != d {
		t.Errorf("by its name it is %v's", who.Department)
	}
	var filled bytes.Buffer
	w := zip.NewWriter(&filled)
	for name, text := range unzip(t, list[n].Data) {
		if name == "word/document.xml" {
			if strings.Count(text, ">　</w:t>") != len(campaign.NarrativeSections) {
				t.Fatalf("no places to write in:\n%s", text)
			}
			for _, section := range campaign.NarrativeSections {
				text = strings.Replace(text, ">　</w:t>", ">这里写"+section+"。</w:t>", 1)
			}
		}
		to, err := w.Create(name)
		must(t, err)
		io.WriteString(to, text)
	}
	must(t, w.Close())
	draft, findings := manuscript.Import(filepath.Base(list[n].Name), filled.Bytes(), manuscript.Options{Campaign: c, Book: l.Book, Round: round, Department: d})
	if draft == nil || campaign.HasErrors(findings) {
		t.Fatalf("%v", findings)
	}
	for _, section := range campaign.NarrativeSections {
		if !strings.Contains(string(draft.Markdown), "## "+section+"\n\n这里写"+section+"。\n") {
			t.Errorf("%s is lost:\n%s", section, draft.Markdown)
		}
	}
}

// TestNote: what was sent is entered in the register and written again only where it
// is other; what was filled in stays.
func TestNote(t *testing.T) {
	dir, l := opened(t)
	options := outgoing.Options{Round: l.Campaign.Rounds[len(l.Campaign.Rounds)-1], Letters: true, Day: l.Date}
	send := func(replace bool) (*change.Set, []string) {
		list, err := outgoing.Files(l.Campaign, options)
		must(t, err)
		set := change.Of(os.DirFS(dir))
		kept, err := outgoing.Note(set, "发表", list, replace, l.Date)
		must(t, err)
		return set, kept
	}
	set, kept := send(false)
	if len(kept) > 0 || len(set.Files()) < 3 {
		t.Fatal(kept, set.Files())
	}
	_, err := set.Apply(dir)
	must(t, err)
	if set, kept := send(false); !set.IsEmpty() || len(kept) > 0 {
		t.Errorf("the same is written again: %v %v", set.Files(), kept)
	}
	register, err := os.ReadFile(filepath.Join(dir, "发表", "登记.yaml"))
	must(t, err)
	form := set.Files()[0].Name
	if !strings.Contains(string(register), "内容: 通知") || !strings.Contains(string(register), strings.TrimPrefix(form, "发表/")) {
		t.Errorf("the register is\n%s", register)
	}
	must(t, os.WriteFile(filepath.Join(dir, form), []byte("填过"), 0o644))
	if set, kept := send(false); !set.IsEmpty() || !slices.Equal(kept, []string{form}) {
		t.Errorf("%v %v", set.Files(), kept)
	}
	if set, _ := send(true); set.IsEmpty() {
		t.Error("told to, it replaces nothing")
	}
}
