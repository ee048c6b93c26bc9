package inbox

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
)

var day = campaign.Date{Year: 2022, Month: 11, Day: 25}

func open(t *testing.T, root string) *Register {
	t.Helper()
	r, err := Open(os.DirFS(root), Received)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// keep keeps an original in a campaign's folder.
func keep(r *Register, root string, e Entry, data string) error {
	set := change.Of(os.DirFS(root))
	if err := r.Keep(set, e, []byte(data)); err != nil {
		return err
	}
	_, err := set.Apply(root)
	return err
}

// TestSafeName: whatever a sender calls a file, any disk keeps it and it leads
// nowhere.
func TestSafeName(t *testing.T) {
	for sender, want := range map[string]string{
		"公安局 统计表.xlsx":                     "公安局 统计表.xlsx",
		"../../data/campaign.yaml":         "campaign.yaml",
		`C:\桌面\报表.xlsx`:                    "报表.xlsx",
		"a:b*c?.csv":                       "a：b＊c？.csv",
		".bashrc":                          "bashrc",
		"..":                               "原件",
		"":                                 "原件",
		"con.xlsx":                         "原件 con.xlsx",
		"报表\u202exslx.exe":                 "报表xslx.exe",
		"换\n行.csv":                         "换行.csv",
		"尾. ":                              "尾",
		"\xff.csv":                         "〓.csv",
		"~$锁.xlsx":                         "锁.xlsx",
		strings.Repeat("长", 200) + ".docx": strings.Repeat("长", longestStem/3) + ".docx",
	} {
		got := safeName(sender)
		if got != want || campaign.NameFault(got) != "" || strings.ContainsAny(got, `/\`) {
			t.Errorf("%q: %q, want %q", sender, got, want)
		}
	}
}

func FuzzSafeName(f *testing.F) {
	f.Add("../a.xlsx")
	f.Add("con")
	f.Fuzz(func(t *testing.T, sender string) {
		if name := safeName(sender); campaign.NameFault(name) != "" || name == "" || strings.ContainsAny(name, `/\`) || strings.HasPrefix(name, ".") {
			t.Errorf("%q: %q", sender, name)
		}
	})
}

// TestPlaces: the same bytes have one place, others of the same name their own, also
// where the disk minds no case, and within one run.
func TestPlaces(t *testing.T) {
	root := t.TempDir()
	r := open(t, root)
	place := func(name, data string) string {
		t.Helper()
		file, err := r.Place(day, name, []byte(data))
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	for _, c := range []struct{ name, data, want string }{
		{"表.xlsx", "甲", "2022-11-25/表.xlsx"},
		{"表.xlsx", "乙", "2022-11-25/表（2）.xlsx"},
		{"表.XLSX", "丙", "2022-11-25/表（3）.XLSX"},
		{"表.xlsx", "甲", "2022-11-25/表.xlsx"},
	} {
		got := place(c.name, c.data)
		if got != c.want {
			t.Errorf("%s %s: %s", c.name, c.data, got)
		}
		if err := keep(r, root, Entry{On: day.String(), File: got, Became: "data/a.yaml"}, c.data); err != nil {
			t.Fatal(err)
		}
	}
	again := open(t, root) // from the disk
	if got, err := again.Place(day, "表.xlsx", []byte("乙")); err != nil || got != "2022-11-25/表（2）.xlsx" {
		t.Error(got, err)
	}
	if len(again.entries) != 3 || !again.Has("2022-11-25/表.xlsx") || !again.Imported([]byte("甲"), "表.xlsx") || again.Imported([]byte("丁"), "表.xlsx") {
		t.Errorf("%+v", again.entries)
	}
}

// TestRegisterIsOnlyAddedTo: entries are appended, whatever the file ends with, and
// an original that is there is never written over.
func TestRegisterIsOnlyAddedTo(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, Received)
	name := filepath.Join(dir, Name)
	if err := keep(open(t, root), root, Entry{On: "2022-11-25", File: "2022-11-25/a", Sender: "x: # 'y'"}, "1"); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before = bytes.TrimSuffix(before, []byte("\n")) // as some editors leave it
	if err := os.WriteFile(name, before, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := keep(open(t, root), root, Entry{On: "2022-11-26", File: "2022-11-26/b"}, "2"); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(name)
	if err != nil || !bytes.HasPrefix(after, before) {
		t.Fatalf("%v\n%s", err, after)
	}
	r := open(t, root)
	if len(r.entries) != 2 || r.entries[0].Sender != "x: # 'y'" || r.entries[1].File != "2022-11-26/b" {
		t.Errorf("%+v", r.entries)
	}
	if err := keep(r, root, Entry{On: "2022-11-26", File: "2022-11-26/b"}, "3"); err == nil {
		t.Error("an original is written over")
	}
	if raw, err := os.ReadFile(filepath.Join(dir, "2022-11-26", "b")); err != nil || string(raw) != "2" {
		t.Error(string(raw), err)
	}
	if err := os.Symlink(t.TempDir(), filepath.Join(dir, "2022-11-27")); err != nil {
		t.Fatal(err)
	}
	if err := keep(r, root, Entry{On: "2022-11-27", File: "2022-11-27/c"}, "4"); err == nil {
		t.Error("an original is written through a link that leads out")
	}
}

// TestCheck: a register that fits says nothing; what was altered, taken away or
// garbled is told with its line.
func TestCheck(t *testing.T) {
	root := t.TempDir()
	r, dir := open(t, root), filepath.Join(root, Received)
	for _, name := range []string{"a", "b", "c"} {
		if err := keep(r, root, Entry{On: "2022-11-25", File: "2022-11-25/" + name, Became: "data/" + name + ".yaml"}, name); err != nil {
			t.Fatal(err)
		}
	}
	if findings := Check(os.DirFS(root)); len(findings) > 0 {
		t.Error(findings)
	}
	if err := os.WriteFile(filepath.Join(dir, "2022-11-25", "b"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "2022-11-25", "c")); err != nil {
		t.Fatal(err)
	}
	findings := Check(os.DirFS(root))
	if len(findings) != 2 || findings[0].Rule != "original-changed" || findings[0].At.Line != 6 || findings[1].Rule != "original-missing" || findings[1].At.Line != 10 {
		t.Errorf("%+v", findings)
	}
	for _, text := range []string{"x", "- {文件: ../../etc/passwd, 校验值: 'sha256:00'}", "- 文件: a", "- [1"} {
		if err := os.WriteFile(filepath.Join(dir, Name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if findings := Check(os.DirFS(root)); len(findings) != 1 || findings[0].Rule != "original-register" || findings[0].Level != campaign.Warning {
			t.Errorf("%s: %+v", text, findings)
		}
		if _, err := Open(os.DirFS(root), Received); err == nil {
			t.Errorf("%s: is a register", text)
		}
	}
	if findings := Check(os.DirFS(t.TempDir())); findings != nil {
		t.Error("nothing came in:", findings)
	}
}
