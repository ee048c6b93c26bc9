package release_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/source"
)

func load(t *testing.T, day string) (*campaign.Campaign, *release.View) {
	t.Helper()
	fsys := os.DirFS("../review/testdata/campaign")
	c, findings := source.Load(fsys)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	d, err := campaign.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	return c, release.Public(c, d, source.Contents(fsys))
}

func files(v *release.View) []string {
	var names []string
	for _, i := range v.Campaign().Items {
		names = append(names, strings.TrimPrefix(i.File, "content/"))
	}
	return names
}

// TestPublicOnDays walks the same campaign through its days: what is out, and
// what comes and goes.
func TestPublicOnDays(t *testing.T) {
	for day, want := range map[string][]string{
		"2026-02-24": {},
		"2026-02-25": {"open/fangan.md"},
		"2026-04-02": {"narratives/q1/shichang.md", "narratives/q1/jiaoyu.md", "narratives/q1/chengguan.md", "open/fangan.md"},
		"2026-05-10": {
			"narratives/q1/shichang.md", "narratives/q1/jiaoyu.md", "narratives/q1/chengguan.md",
			"narratives/q2/shichang.md", "narratives/q2/shichang/dongcheng.md", "narratives/q2/jiaoyu.md", "narratives/q2/chengguan.md",
			"cases/guoqi-mianbao.md", "warnings/xiaolingshi.md", "open/fangan.md", "pages/about.md",
		},
		// The case's last day, and the day after; a later warning is out.
		"2029-05-06": nil, "2029-05-07": nil,
	} {
		t.Run(day, func(t *testing.T) {
			_, v := load(t, day)
			got := files(v)
			if want != nil {
				slices.Sort(got)
				slices.Sort(want)
				if !slices.Equal(got, want) {
					t.Errorf("got  %v\nwant %v", got, want)
				}
				return
			}
			if slices.Contains(got, "cases/guoqi-mianbao.md") != (day == "2029-05-06") || !slices.Contains(got, "warnings/weilai.md") {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestRoundsAndFiguresHeldBack(t *testing.T) {
	_, v := load(t, "2026-05-10")
	c := v.Campaign()
	if len(c.Rounds) != 2 || slices.ContainsFunc(c.Reports, func(r *campaign.Report) bool { return r.Round.Code == "q3" }) {
		t.Error("an unreleased round is in the public view")
	}
	var q3 release.Held
	for _, h := range v.Held() {
		if h.Item != nil && h.Item.File == "content/narratives/q3/jiaoyu.md" {
			q3 = h
		}
	}
	if !slices.Contains(q3.Reasons, "引用的第三次数据尚未公开") {
		t.Errorf("an item that cites a figure that is not out: %v", q3.Reasons)
	}
	if got := v.LatestRound().Code; got != "q2" {
		t.Errorf("latest public round %s", got)
	}
}

// TestHeldBodyIsRefused: not even a page that asked for it would get the text of
// an item that is not out.
func TestHeldBodyIsRefused(t *testing.T) {
	c, v := load(t, "2026-05-10")
	for _, file := range []string{"content/warnings/weilai.md", "content/narratives/q3/jiaoyu.md"} {
		if body, err := v.Body(c.ItemAt(file)); err == nil || len(body) > 0 {
			t.Errorf("%s: %q, %v", file, body, err)
		}
	}
}

// TestIncreaseOverAHeldRound: 新增 and 增幅 tell a reader what the round before
// had, so they are held back with it; the figure itself is not.
func TestIncreaseOverAHeldRound(t *testing.T) {
	for aspect, held := range map[campaign.Aspect]bool{campaign.Plain: false, campaign.Value: false, campaign.Increase: true, campaign.Growth: true} {
		c, v := load(t, "2026-05-10")
		i := c.ItemAt("content/open/fangan.md")
		row := c.Form.Rows[slices.IndexFunc(c.Form.Rows, func(r *campaign.Row) bool { return r.Department.Code == "jiaoyu" })]
		i.Body.References = append(i.Body.References, campaign.Reference{Round: "第二次", Department: "教体局", Row: row.Name, Aspect: aspect})
		if _, err := c.Resolve(i.Body.References[len(i.Body.References)-1], nil); err != nil {
			t.Fatal(err)
		}
		c.Rounds[0].Release = nil
		v = release.Public(c, v.Date(), source.Contents(os.DirFS("../review/testdata/campaign")))
		out := slices.Contains(files(v), "open/fangan.md")
		if out == held {
			t.Errorf("aspect %q: out %v, want held %v: %v", aspect, out, held, v.Held())
		}
	}
}

// TestOfficeSectionThatIsNotFound: where a 报送部分 is named that the text has
// not, nobody knows what was meant to stay in the office: nothing goes out.
func TestOfficeSectionThatIsNotFound(t *testing.T) {
	c, v := load(t, "2026-05-10")
	const file = "content/narratives/q2/shichang.md"
	i := c.ItemAt(file)
	i.OfficeOnly = append(i.OfficeOnly, "存在的问题")
	v = release.Public(c, v.Date(), source.Contents(os.DirFS("../review/testdata/campaign")))
	if slices.Contains(files(v), "narratives/q2/shichang.md") {
		t.Error("it is out")
	}
}

func TestOfficeOnlySection(t *testing.T) {
	c, v := load(t, "2026-05-10")
	const file = "content/narratives/q2/shichang.md"
	public := v.Campaign().ItemAt(file)
	body, err := v.Body(public)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(body), "基层人手少") || !strings.Contains(string(body), "下一步打算") || len(public.Body.Headings) != 3 {
		t.Errorf("报送部分 shows: %s %v", body, public.Body.Headings)
	}
	whole := release.Whole(c, v.Date(), source.Contents(os.DirFS("../review/testdata/campaign")))
	body, err = whole.Body(c.ItemAt(file))
	if err != nil || !strings.Contains(string(body), "基层人手少") {
		t.Errorf("the office must see it: %s %v", body, err)
	}
	if strings.Count(string(body), "\n") != strings.Count(string(mustBody(t, v, public)), "\n") {
		t.Error("cutting a section moved the lines after it")
	}
}

func mustBody(t *testing.T, v *release.View, i *campaign.Item) []byte {
	t.Helper()
	body, err := v.Body(i)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestOnlyPublicFilesOpen(t *testing.T) {
	_, v := load(t, "2026-05-10")
	for file, open := range map[string]bool{
		"content/open/qingdan.csv": true, "content/cases/guoqi-mianbao.txt": true,
		"data/q3/jiaoyu.yaml": false, "content/open/buyu.md": false, "content/open/../../data/campaign.yaml": false,
	} {
		f, err := v.Open(file)
		if (err == nil) != open {
			t.Errorf("%s: %v, want open %v", file, err, open)
		}
		if err == nil {
			f.Close()
		}
	}
	c, _ := load(t, "2026-05-10")
	whole := release.Whole(c, v.Date(), source.Contents(os.DirFS("../review/testdata/campaign")))
	for file, open := range map[string]bool{
		"content/open/qingdan.csv": true, "content/open/buyu.md": false, "content/open/fangan.md": false,
		"data/q3/jiaoyu.yaml": false, "data/campaign.yaml": false, "content/open/../open/qingdan.csv": false,
	} {
		if f, err := whole.Open(file); (err == nil) != open {
			t.Errorf("to the office %s: %v, want open %v", file, err, open)
		} else if err == nil {
			f.Close()
		}
	}
	_, early := load(t, "2026-02-24")
	if _, err := early.Open("content/open/qingdan.csv"); err == nil {
		t.Error("an attachment of an item that is not out yet opens")
	}
}

// TestStoppedCase: from the day of its 停止公示 a case is nowhere but in the list
// of what was taken down, which has the day and the reason and no more.
func TestStoppedCase(t *testing.T) {
	c, _ := load(t, "2026-05-10")
	i := c.ItemAt("content/cases/guoqi-mianbao.md")
	i.Stopped = &campaign.Stopped{On: campaign.Date{Year: 2026, Month: 5, Day: 12}, Reason: "信用修复"}
	contents := source.Contents(os.DirFS("../review/testdata/campaign"))
	for day, out := range map[int]bool{11: true, 12: false, 13: false} {
		v := release.Public(c, campaign.Date{Year: 2026, Month: 5, Day: day}, contents)
		if slices.Contains(files(v), "cases/guoqi-mianbao.md") != out || (len(v.Withdrawn()) == 0) != out {
			t.Errorf("on the %dth: %v, withdrawn %v", day, files(v), v.Withdrawn())
		}
		if _, err := v.Open(i.Case.Decision); (err == nil) != out {
			t.Errorf("on the %dth its decision opens: %v", day, err == nil)
		}
	}
}

// TestNoOriginalPicture: a picture, told by its bytes and not by its name, does
// not open for anyone.
func TestNoOriginalPicture(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../review/testdata/campaign")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "content/open/qingdan.csv"), []byte("\xff\xd8\xff\xe1 a photo with its place"), 0o644); err != nil {
		t.Fatal(err)
	}
	c, _ := source.Load(os.DirFS(dir))
	day, _ := campaign.ParseDate("2026-05-10")
	for name, v := range map[string]*release.View{"public": release.Public(c, day, source.Contents(os.DirFS(dir))), "whole": release.Whole(c, day, source.Contents(os.DirFS(dir)))} {
		if _, err := v.Open("content/open/qingdan.csv"); !errors.Is(err, release.ErrPicture) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestUnreadRelease: a round whose release.yaml cannot be read is held back, and
// is not said to have none; the public view knows of no other unreadable files
// than those of rounds that are out.
func TestUnreadRelease(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../review/testdata/campaign")); err != nil {
		t.Fatal(err)
	}
	for name, edit := range map[string][2]string{
		"data/q2/release.yaml": {"公开方式:", "公开方式："}, "data/q2/jiaoyu.yaml": {"项目:", "项目："}, "data/q1/jiaoyu.yaml": {"项目:", "项目："},
		"content/open/buyu.md": {"公开方式:", "公开方式："},
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(strings.Replace(string(text), edit[0], edit[1], 1)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c, _ := source.Load(os.DirFS(dir))
	day, _ := campaign.ParseDate("2026-05-10")
	v := release.Public(c, day, source.Contents(os.DirFS(dir)))
	for _, h := range v.Held() {
		if h.Round == c.Rounds[1] && strings.Join(h.Reasons, "；") != "release.yaml 读不出（data/q2/release.yaml:1）" {
			t.Errorf("held for %v", h.Reasons)
		}
	}
	var known []string
	for file := range v.Campaign().Unreadable {
		known = append(known, file)
	}
	if len(c.Unreadable) != 4 || !slices.Equal(known, []string{"data/q1/jiaoyu.yaml"}) {
		t.Errorf("the public view knows of %v, the campaign of %v", known, c.Unreadable)
	}
}
