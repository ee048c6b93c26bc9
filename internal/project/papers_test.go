package project_test

import (
	"bytes"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/card"
	"wangjian/internal/project"
)

// sheets is a campaign whose papers are looked up after each publication.
type sheets struct {
	*testing.T
	files fstest.MapFS
}

func (s sheets) edit(file, old, with string) {
	s.Helper()
	text := string(s.files[file].Data)
	if !strings.Contains(text, old) {
		s.Fatalf("%s has no %q", file, old)
	}
	s.files[file] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, with, 1))}
}

// publish records a publication of a day, with the corrections that it needs.
func (s sheets) publish(day int) *project.Loaded {
	s.Helper()
	on := campaign.Date{Year: 2026, Month: 5, Day: day}
	entry, err := correct(s.T, s.files, on).NextEntry()
	if err != nil || entry == nil {
		s.Fatalf("day %d: %v, %v", day, entry, err)
	}
	s.files[entry.File()] = &fstest.MapFile{Data: entry.Bytes()}
	return load(s.files, on)
}

// digests are those of the papers that are out, by path.
func (s sheets) digests(l *project.Loaded) map[string]string {
	s.Helper()
	shown, err := l.Shown()
	if err != nil {
		s.Fatal(err)
	}
	list := map[string]string{}
	for _, p := range shown.Papers {
		list[p.Path] = p.Digest
	}
	return list
}

// page returns what the site says of a paper; "" where it has no page of it.
func (s sheets) page(l *project.Loaded, digest string) string {
	s.Helper()
	files, err := l.Plan(l.Public, card.NewPainter(l.Layouts, cache.NewMemory()))
	if err != nil {
		s.Fatal(err)
	}
	for _, f := range files {
		if f.Path == campaign.PaperPage(digest) {
			var b bytes.Buffer
			if err := f.Write(&b); err != nil {
				s.Fatal(err)
			}
			_, main, _ := strings.Cut(b.String(), "<main")
			main, _, _ = strings.Cut(main, "</main>")
			if !strings.Contains(b.String(), `content="noindex`) {
				s.Errorf("%s is for search engines", f.Path)
			}
			return main
		}
	}
	return ""
}

// says checks what a page says and does not say.
func (s sheets) says(page string, wants, lacks []string) {
	s.Helper()
	for _, want := range wants {
		if !strings.Contains(page, want) {
			s.Errorf("no %q in %s", want, page)
		}
	}
	for _, lack := range lacks {
		if strings.Contains(page, lack) {
			s.Errorf("%q in %s", lack, page)
		}
	}
}

const (
	planPaper   = "open/fangan/document.pdf"
	noticePaper = "warnings/xiaolingshi/notice.pdf"
	reportPaper = "report.pdf"
)

// TestPapersSayWhetherTheyHold: the page of a paper says that it holds, what was
// corrected since, or that what it prints was taken down; those of papers that were
// out at any time stay. What was not corrected has the paper that it had.
func TestPapersSayWhetherTheyHold(t *testing.T) {
	s := sheets{t, small(t)}
	numbers{60, 70, 20, 45, -1}.write(s.files)
	s.edit("content/open/fangan.md", "三次检查", "检查{{第二次:市场监管局/检查食品经营单位}}，三次检查")
	l := s.publish(10)
	first := s.digests(l)
	for _, path := range []string{planPaper, noticePaper, reportPaper, "departments/shichang/report.pdf", "departments/jiaoyu/report.pdf"} {
		if len(first[path]) != campaign.DigestDigits {
			t.Fatalf("%s has the digest %q", path, first[path])
		}
		s.says(s.page(l, first[path]), []string{"现行有效", first[path], `href="../../` + path + `"`}, []string{"已更正", "已更新", "停止公示"})
	}
	if other := s.digests(load(s.files, campaign.Date{Year: 2026, Month: 5, Day: 11})); !equal(first, other) {
		t.Errorf("another day has other papers: %v, %v", first, other)
	}

	// A figure that the plan cites is corrected.
	numbers{61, 70, 20, 45, -1}.write(s.files)
	draft := correct(t, s.files, campaign.Date{Year: 2026, Month: 5, Day: 12})
	corrected := []string{"已更正", "更正前 150，", ">151<", "核对后更正", "2026-05-12", `href="../../` + planPaper + `"`}
	s.says(s.page(draft, first[planPaper]), corrected, []string{"现行有效", "更正前 60，"})
	l = s.publish(12)
	second := s.digests(l)
	s.says(s.page(l, first[planPaper]), corrected, []string{"现行有效", "更正前 60，"})
	s.says(s.page(l, first[reportPaper]), []string{"已更正", "更正前 60，", ">61<", "更正前 150，", ">151<"}, nil)
	s.says(s.page(l, second[planPaper]), []string{"现行有效", "2026年5月12日"}, []string{"已更正", "150"})
	for path, changes := range map[string]bool{planPaper: true, reportPaper: true, "departments/shichang/report.pdf": true, "departments/jiaoyu/report.pdf": false, noticePaper: false} {
		if (first[path] != second[path]) != changes {
			t.Errorf("%s was %s and is %s", path, first[path], second[path])
		}
	}

	// Words are changed: nobody knows from what to what, and for what reason.
	s.edit("content/warnings/xiaolingshi.md", "标题: 校门口零食", "标题: 校门口的零食")
	l = s.publish(13)
	third := s.digests(l)
	s.says(s.page(l, first[noticePaper]), []string{"已更新", "校门口的零食", "2026年5月10日", `href="../../` + noticePaper + `"`}, []string{"现行有效", "更正前", "校门口零食"})

	// A file has another name, and keeps the one that it had as 别名.
	s.files["content/warnings/lingshi.md"] = s.files["content/warnings/xiaolingshi.md"]
	delete(s.files, "content/warnings/xiaolingshi.md")
	s.edit("content/warnings/lingshi.md", "公开方式:", "别名: [xiaolingshi]\n公开方式:")
	l = s.publish(13)
	s.says(s.page(l, third[noticePaper]), []string{"已更新", `href="../../warnings/lingshi/notice.pdf"`, `href="../../warnings/lingshi/index.html"`}, []string{"现行有效", "停止公示"})

	// What is taken down leaves what its own page says, on the pages of all its papers;
	// what has expired, nothing.
	s.edit("data/corrections.yaml", "更正:\n", "更正:\n  - {内容: open/fangan, 现值: 撤下, 原因: 依据有误, 日期: 2026-05-14}\n")
	s.edit("content/warnings/lingshi.md", "公开方式:", "有效期至: 2026-05-13\n公开方式:")
	l = s.publish(14)
	for _, digest := range []string{first[planPaper], second[planPaper]} {
		s.says(s.page(l, digest), []string{"停止公示", "2026年5月14日", "依据有误", digest}, []string{"校园食品安全专项行动方案", "href=", "更正前", "现行有效"})
	}
	for _, digest := range []string{first[noticePaper], third[noticePaper]} {
		s.says(s.page(l, digest), []string{"停止公示", digest}, []string{"零食", "href=", "原因", "现行有效"})
	}
}

// TestPapersWithoutAddress: a campaign with 域名 alone has no pages of papers, and its
// record none of them; those that were printed before stay.
func TestPapersWithoutAddress(t *testing.T) {
	s := sheets{t, small(t)}
	l := s.publish(10)
	digest := s.digests(l)[planPaper]
	s.edit("data/campaign.yaml", "  网址: https://qinghe.example/xysa/\n", "")
	l = s.publish(11)
	if list := s.digests(l); len(list) > 0 {
		t.Errorf("%v", list)
	}
	s.says(s.page(l, digest), []string{"现行有效"}, nil)

	s = sheets{t, small(t)}
	s.edit("data/campaign.yaml", "  网址: https://qinghe.example/xysa/\n", "")
	l = s.publish(10)
	files, err := l.Plan(l.Public, card.NewPainter(l.Layouts, cache.NewMemory()))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasPrefix(f.Path, "papers/") {
			t.Error(f.Path)
		}
	}
	for name, f := range s.files {
		if strings.HasPrefix(name, "data/发布记录/") && bytes.Contains(f.Data, []byte("文书")) {
			t.Errorf("%s has papers", name)
		}
	}
}

func equal(a, b map[string]string) bool { return len(a) > 0 && maps.Equal(a, b) }
