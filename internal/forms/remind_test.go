package forms

import (
	"archive/zip"
	"bytes"
	"errors"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
	"wangjian/internal/intake"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
)

func day(t testing.TB, s string) campaign.Date {
	t.Helper()
	d, err := campaign.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func reminders(t *testing.T, fsys fstest.MapFS, round, on string) []Reminder {
	t.Helper()
	c := load(t, fsys)
	book := stats.Of(release.Whole(c, day(t, on), source.Contents(fsys)))
	return Remind(c, book, c.FindRound(round), day(t, on))
}

func TestReminders(t *testing.T) {
	for _, test := range []struct {
		name, round, on string
		drop            []string
		want            []string
	}{
		{"on the last day", "q3", "2026-05-31", nil, nil},
		{"all there but a county", "q2", "2026-05-10", nil, []string{"南山镇市场监管局：统计表 10"}},
		{"a department's form and text", "q2", "2026-05-03", []string{"data/q2/jiaoyu.yaml", "content/narratives/q2/jiaoyu.md"},
			[]string{"南山镇市场监管局：统计表 3", "清河市教育体育局：统计表、工作总结 3"}},
		{"a text alone, of a department without rows", "q2", "2026-05-01", []string{"content/narratives/q2/chengguan.md"},
			[]string{"南山镇市场监管局：统计表 1", "清河市城市管理局：工作总结 1"}},
		{"counties that reported before", "q3", "2026-06-02", []string{"content/narratives/q3/jiaoyu.md"}, []string{
			"清河市市场监督管理局：统计表、工作总结 2", "东城街道市场监管所：统计表 2", "西城街道市场监管所：统计表 2", "南山镇市场监管局：统计表 2",
			"清河市教育体育局：工作总结 2", "清河市城市管理局：工作总结 2",
		}},
		{"late but there", "q2", "2026-05-10", []string{}, []string{"南山镇市场监管局：统计表 10"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			fsys := small(t)
			for _, file := range test.drop {
				if fsys[file] == nil {
					t.Fatal("no " + file)
				}
				delete(fsys, file)
			}
			var got []string
			for _, r := range reminders(t, fsys, test.round, test.on) {
				got = append(got, r.Unit+"："+strings.Join(r.Missing, "、")+" "+strconv.Itoa(r.DaysLate))
			}
			if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

func TestReminderText(t *testing.T) {
	fsys := small(t)
	delete(fsys, "data/q2/jiaoyu.yaml")
	delete(fsys, "content/narratives/q2/jiaoyu.md")
	list := reminders(t, fsys, "q2", "2026-05-03")
	want := `关于报送清河校园食安行动第二次统计表和工作总结的提醒

清河市教育体育局：
　　按照清河市2026年春季校园食品安全专项行动有关要求（清食安办〔2026〕3号），第二次统计表和工作总结应于2026年4月30日前报送。截至2026年5月3日，尚未收到你单位的统计表和工作总结，已逾期3天。请尽快报送；已经报送的，请与我们核对。
　　统计表请逐项填写：没有发生的填 0，无此项的填 无，不要空着。
　　工作总结请按经验做法、行动成效、存在问题、下一步打算几个部分撰写。
　　联系电话：12345

清河市市场监督管理局
2026年5月3日
`
	if got := list[1].Text; got != want {
		t.Errorf("got\n%s", got)
	}
	if !strings.HasSuffix(list[0].Text, "\n清河市市场监督管理局\n2026年5月3日\n") || strings.Contains(list[0].Text, "工作总结") {
		t.Errorf("a county's:\n%s", list[0].Text)
	}
	marked := sample(t)
	delete(marked, "data/final/linye.yaml")
	found := false
	for _, r := range reminders(t, marked, "final", "2022-12-01") {
		if !strings.HasPrefix(r.Text, "（示例数据）\n") {
			t.Errorf("not marked:\n%s", r.Text)
		}
		found = found || r.Unit == "赣州市林业局" && r.DaysLate == 5
	}
	if !found {
		t.Error("the forestry office is not reminded")
	}
}

// TestNoReminderForUnread: whose file is there gets no letter, whatever is wrong
// with the file.
func TestNoReminderForUnread(t *testing.T) {
	for fault, text := range map[string]string{
		"full-width colon": "填报单位：清河市教育体育局\n", "no YAML": "[", "nothing": "", "no text": "\x00\xff", "no mapping": "- 甲\n",
	} {
		t.Run(fault, func(t *testing.T) {
			fsys := small(t)
			for _, file := range []string{"data/q2/jiaoyu.yaml", "content/narratives/q2/jiaoyu.md", "data/q2/shichang/nanshan.yaml"} {
				fsys[file] = &fstest.MapFile{Data: []byte(text)}
			}
			c, _ := source.Load(fsys)
			book := stats.Of(release.Whole(c, day(t, "2026-05-10"), source.Contents(fsys)))
			if list := Remind(c, book, c.FindRound("q2"), day(t, "2026-05-10")); len(list) > 0 {
				t.Errorf("a letter to %s: %v", list[0].Unit, list[0].Missing)
			}
			var got []string
			for _, u := range UnreadOf(c) {
				got = append(got, u.Unit+u.Round.Name+u.What+" "+u.At.File)
			}
			want := "清河市教育体育局第二次工作总结 content/narratives/q2/jiaoyu.md\n清河市教育体育局第二次统计表 data/q2/jiaoyu.yaml\n南山镇市场监管局第二次统计表 data/q2/shichang/nanshan.yaml"
			if strings.Join(got, "\n") != want {
				t.Errorf("got\n%s", strings.Join(got, "\n"))
			}
		})
	}
}

// TestLetters: the Word files have the words of the texts, names of their own, and
// nothing but their day changes their bytes.
func TestLetters(t *testing.T) {
	fsys := small(t)
	for _, file := range []string{"data/q2/jiaoyu.yaml", "content/narratives/q2/jiaoyu.md"} {
		delete(fsys, file)
	}
	list := reminders(t, fsys, "q2", "2026-05-03")
	files, err := Letters(list)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for n, f := range files {
		names = append(names, f.Name)
		doc, err := intake.Read(f.Name, f.Data)
		if err != nil {
			t.Fatal(err)
		}
		var words strings.Builder
		for _, p := range doc.Pieces {
			if !p.Aside {
				words.WriteString(p.Text)
			}
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if got, want := strings.TrimSuffix(squeeze(words.String()), "—1——1—"), squeeze(list[n].Text); got != want {
			t.Errorf("%s reads\n%s\nthe text is\n%s", f.Name, got, want)
		}
	}
	if got := strings.Join(names, " "); got != "第二次催报_市场监管局_南山镇_2026-05-03.docx 第二次催报_教体局_2026-05-03.docx" {
		t.Errorf("names %s", got)
	}
	var one, two bytes.Buffer
	if err := errors.Join(Pack(&one, files), Pack(&two, files)); err != nil || !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Errorf("the same letters, other bytes: %v", err)
	}
	z, err := zip.NewReader(bytes.NewReader(one.Bytes()), int64(one.Len()))
	if err != nil || len(z.File) != 2 || z.File[1].Name != names[1] {
		t.Errorf("the zip holds %v, %v", z, err)
	}
}
