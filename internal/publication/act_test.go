package publication

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/project"
	"wangjian/internal/publish"
	"wangjian/internal/review"
)

// day is when the small campaign is published.
var day = campaign.Date{Year: 2026, Month: 5, Day: 10}

func smallCopy(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../review/testdata/campaign")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func put(t *testing.T, dir, file, old, with string) {
	t.Helper()
	name := filepath.Join(dir, filepath.FromSlash(file))
	text, err := os.ReadFile(name)
	if err != nil || !strings.Contains(string(text), old) {
		t.Fatalf("%s has no %q: %v", file, old, err)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(text), old, with, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

func load(t *testing.T, dir string, on campaign.Date) *project.Loaded {
	t.Helper()
	l, err := project.Open(dir).Load(project.Options{Today: func(*campaign.Campaign) campaign.Moment { return on.Last() }})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func act(dir string, on campaign.Date) *Act {
	return &Act{
		Dir: dir, Project: project.Open(dir), Place: "public", Path: filepath.Join(dir, "public"),
		Today: func(*campaign.Campaign) campaign.Moment { return on.Last() }, Clock: on.Last(),
		Show:     func(*Plan) error { return nil },
		Messages: func(*project.Loaded) publish.Messages { return publish.Messages{} },
	}
}

func entries(t *testing.T, dir string) (names []string) {
	t.Helper()
	list, err := os.ReadDir(filepath.Join(dir, "data/发布记录"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

// TestStoppedAtEachStep: whenever an act is stopped, the site is the old one with the
// old record or the new one with the new; nothing is left beside it, and the next act
// goes on from there.
func TestStoppedAtEachStep(t *testing.T) {
	published := smallCopy(t)
	if _, err := act(published, day).Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, zip := range []bool{false, true} {
		for _, at := range []struct {
			step Step
			n    int // file
			done bool
		}{{Looking, 0, false}, {Reading, 0, false}, {Planning, 0, false}, {Rendering, 0, false}, {Rendering, 1, false}, {Rendering, 40, false}, {Verifying, 0, true}, {Recording, 0, true}} {
			if zip && at.step == Looking {
				continue // a package is not looked at
			}
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(published)); err != nil {
				t.Fatal(err)
			}
			old, err := os.ReadFile(filepath.Join(dir, "public", publish.SumsFile))
			if err != nil {
				t.Fatal(err)
			}
			put(t, dir, "data/campaign.yaml", "联系电话: ", "承办单位: 清河市市场监督管理局办公室\n  联系电话: ")
			ctx, stop := context.WithCancel(t.Context())
			a := act(dir, day.AddDays(1))
			if zip {
				a.Place, a.Path = "上传.zip", filepath.Join(dir, "上传.zip")
				a.Zip = &publish.Upload{Target: a.Path, Campaign: dir}
			}
			reached := false
			a.Doing = func(s Step, n, of int) {
				if s == at.step && n == at.n {
					reached = true
					stop()
				}
			}
			_, err = a.Publish(ctx)
			stop()
			if !reached {
				t.Fatalf("%+v zip %v: never reached; %v", at, zip, err)
			}
			if at.done != (err == nil) || err != nil && !errors.Is(err, publish.ErrStopped) {
				t.Errorf("%+v zip %v: %v", at, zip, err)
			}
			now, _ := os.ReadFile(filepath.Join(dir, "public", publish.SumsFile))
			if same := bytes.Equal(old, now); !zip && same == at.done || zip && !same {
				t.Errorf("%+v zip %v: the site is the old one: %v", at, zip, same)
			}
			if _, wrong, err := publish.CheckSums(filepath.Join(dir, "public")); err != nil || len(wrong) > 0 {
				t.Errorf("%+v: the site is not whole: %v %v", at, wrong, err)
			}
			want := 1
			if at.done {
				want = 2
			}
			if got := entries(t, dir); len(got) != want {
				t.Errorf("%+v zip %v: recorded %v", at, zip, got)
			}
			if _, err := os.Stat(filepath.Join(dir, "上传.zip")); (err == nil) != (zip && at.done) {
				t.Errorf("%+v zip %v: the package: %v", at, zip, err)
			}
			if left, _ := filepath.Glob(filepath.Join(dir, ".*wangjian-*")); len(left) > 0 {
				t.Errorf("%+v: left %v", at, left)
			}
			if done, err := act(dir, day.AddDays(1)).Publish(t.Context()); err != nil || (done.Entry == nil) != at.done {
				t.Errorf("%+v: the next: %v", at, err)
			}
		}
	}
}

// TestPlan: what would be new, changed and gone, with figures old and new, what is
// held back and what errors stop it.
func TestPlan(t *testing.T) {
	dir := smallCopy(t)
	first, err := PublicationOf(load(t, dir, day), "public", filepath.Join(dir, "public"))
	if err != nil || first.Blocked() != nil || first.Event == nil {
		t.Fatal(err, first.Touching)
	}
	if n := len(first.Event.Changes); n != 13 || len(first.Event.Values) != 41 || len(first.Public.Held()) == 0 {
		t.Errorf("%d items, %d figures, %d held", n, len(first.Event.Values), len(first.Public.Held()))
	}
	if _, err := act(dir, day).Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	put(t, dir, "data/q2/shichang/dongcheng.yaml", "检查食品经营单位: 60", "检查食品经营单位: 61")
	l := load(t, dir, day.AddDays(2))
	blocked, err := PublicationOf(l, "public", filepath.Join(dir, "public"))
	if err != nil || !errors.Is(blocked.Blocked(), ErrFindings) || blocked.Event != nil {
		t.Errorf("a figure that changed in silence: %v %v", blocked.Blocked(), err)
	}
	if _, err := act(dir, day.AddDays(2)).Publish(t.Context()); !errors.Is(err, ErrFindings) {
		t.Errorf("published all the same: %v", err)
	}
	if _, err := act(dir, day.AddDays(-1)).Publish(t.Context()); err == nil || len(entries(t, dir)) != 1 {
		t.Errorf("an earlier day: %v", err)
	}
}

// TestCorrect: the change is what data/corrections.yaml gets, and nothing is written
// before it is applied; a file that an editor saves meanwhile stays.
func TestCorrect(t *testing.T) {
	dir := smallCopy(t)
	if err := Comparable(load(t, dir, day)); !errors.Is(err, ErrUnpublished) {
		t.Errorf("nothing is published: %v", err)
	}
	if _, err := act(dir, day).Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	put(t, dir, "data/q2/shichang/dongcheng.yaml", "检查食品经营单位: 60", "检查食品经营单位: 61")
	l := load(t, dir, day.AddDays(2))
	if err := Comparable(l); err != nil {
		t.Fatal(err)
	}
	p := l.Propose()
	if len(p.Entries) != 2 {
		t.Fatalf("%v", p.Entries)
	}
	reasons := map[string]string{"东城街道": "漏计: 一户", "": "随之重算"}
	set, err := Correct(l, p.Entries, func(e review.Entry) string {
		if e.At.Region != nil {
			return reasons[e.At.Region.Short]
		}
		return reasons[""]
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "data/corrections.yaml")); err == nil {
		t.Error("written before it was applied")
	}
	files := set.Files()
	if len(files) != 1 || !strings.Contains(string(files[0].New), `原值: 60, 现值: 61, 原因: "漏计: 一户"`) || !strings.Contains(string(files[0].New), "原值: 150, 现值: 151, 原因: 随之重算") {
		t.Errorf("%s", files[0].New)
	}
	undo, err := set.Apply(dir)
	if err != nil {
		t.Fatal(err)
	}
	if now := load(t, dir, day.AddDays(2)); len(now.Propose().Entries) != 0 {
		t.Error("it is proposed again")
	}
	if _, err := undo.Apply(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "data/corrections.yaml"), []byte("# 别人写的\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := set.Apply(dir); err == nil {
		t.Error("written over another's file")
	}
	if _, err := Withdrawals(l, []string{"content/pages/nirgends.md"}); err == nil {
		t.Error("what was never public is withdrawn")
	}
	withdrawn, err := Withdrawals(l, []string{"cases/guoqi-mianbao"})
	if err != nil || len(withdrawn) != 1 || !strings.Contains(withdrawn[0].With("说法有误"), "{内容: cases/guoqi-mianbao, 现值: 撤下, 原因: 说法有误, 日期: 2026-05-12}") {
		t.Errorf("%v %v", withdrawn, err)
	}
}

// TestHistory: an item, a figure, a day; a record that somebody has edited answers nothing.
func TestHistory(t *testing.T) {
	dir := smallCopy(t)
	if _, err := act(dir, day).Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	h, err := HistoryOf(load(t, dir, day))
	if err != nil || len(h.Events) != 1 {
		t.Fatal(err)
	}
	item, err := h.About("cases/guoqi-mianbao")
	if err != nil || item.IsFigure || !item.Public || len(item.Items) != 1 {
		t.Errorf("%+v %v", item, err)
	}
	figure, err := h.About("教体局/检查学校食堂")
	if err != nil || !figure.IsFigure || len(figure.Figures) != 2 {
		t.Errorf("%+v %v", figure, err)
	}
	if _, err := h.About("cases/guoqi-mianba"); err == nil || !strings.Contains(err.Error(), "是不是 cases/guoqi-mianbao") {
		t.Errorf("%v", err)
	}
	files := DayFiles(h.Record.On(day))
	if len(files) != 2 || !bytes.Contains(files[0], []byte("第二次,市场监管局,,检查食品经营单位,,户次,150")) || !bytes.Contains(files[1], []byte("content/cases/guoqi-mianbao.md")) {
		t.Errorf("%s", files)
	}
	put(t, dir, "data/发布记录/0001-2026-05-10.yaml", "版次: 1", "版次: 一")
	_, err = HistoryOf(load(t, dir, day))
	if doubted, ok := errors.AsType[*Doubted](err); !ok || !slices.ContainsFunc(doubted.Findings, func(f campaign.Finding) bool { return f.Rule == "record-entry" }) {
		t.Errorf("%v", err)
	}
}
