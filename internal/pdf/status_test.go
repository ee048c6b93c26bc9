package pdf

import (
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

const siteAddress = "https://linjiang.example/zt/"

// addressed is the small campaign with 网址, and its document in full with a 版记.
func addressed(t *testing.T) map[string]string {
	front, _, _ := strings.Cut(fileOf(t, "content/open/tongzhi.md")[4:], "有效性: ")
	return map[string]string{
		"data/campaign.yaml":      strings.Replace(fileOf(t, "data/campaign.yaml"), "  域名: ", "  网址: "+siteAddress+"\n  域名: ", 1),
		"content/open/tongzhi.md": "---\n" + front + "版式: 公文\n" + copies + press + "---\n\n现将方案印发给你们。\n",
	}
}

// codes returns for each sheet of a paper what its code reads, which its address says
// too; "" for a sheet without one.
func codes(t *testing.T, v *release.View, p *Paper) (list []string) {
	t.Helper()
	s, err := compose(v, stats.Of(v), Options{}, fonts(), p)
	if err != nil {
		t.Fatal(err)
	}
	for n, page := range s.pages {
		below := &typeset.Page{}
		text, links := "", []string{}
		for _, op := range page.Ops {
			switch op := op.(type) {
			case typeset.Area:
				if op.Rings[0][0].Y > typeset.A4.Top+typeset.A4.BlockHeight {
					below.Ops = append(below.Ops, op)
				}
			case typeset.Text:
				text += op.Text
			case typeset.Link:
				links = append(links, op.URI)
			}
		}
		if len(below.Ops) == 0 {
			list = append(list, "")
			continue
		}
		code := readCode(t, darkModules(t, below))
		if !strings.Contains(text, statusWords+code) || !slices.Contains(links, code) {
			t.Errorf("%s: sheet %d does not say where its code leads (%s): %s, %v", p.Path, n+1, code, text, links)
		}
		list = append(list, code)
	}
	return list
}

// TestStatusOfPapers: every paper that is published says on one sheet, as a code and in
// words, where to look it up: on the first one, and a document with a 版记 on that.
// What the office gets does not.
func TestStatusOfPapers(t *testing.T) {
	v := publicView(t, addressed(t))
	papers := Papers(v, stats.Of(v))
	if len(papers) < 4 {
		t.Fatalf("%d papers", len(papers))
	}
	seen := map[string]bool{}
	for _, p := range papers {
		list := codes(t, v, p)
		at := 0
		if strings.HasPrefix(p.Path, "open/") {
			if at = len(list) - 1; at != 1 {
				t.Errorf("%s has %d sheets", p.Path, len(list))
			}
		}
		digest := p.Published(v, stats.Of(v)).Digest
		for n, code := range list {
			want := ""
			if n == at {
				want = siteAddress + "papers/" + digest + "/"
			}
			if code != want {
				t.Errorf("%s: sheet %d of %d says %q, not %q", p.Path, n+1, len(list), code, want)
			}
		}
		if seen[digest] {
			t.Errorf("%s has the digest of another paper", p.Path)
		}
		seen[digest] = true
	}
	whole := wholeView(t, addressed(t))
	for _, p := range []*Paper{Report(whole, stats.Of(whole)), noticePaper(whole, whole.Campaign().ItemsOf(campaign.Warnings)[0])} {
		if list := strings.Join(codes(t, whole, p), ""); list != "" {
			t.Errorf("%s of the office says %s", p.Path, list)
		}
	}
	v = publicView(t, nil)
	for _, p := range Papers(v, stats.Of(v)) {
		if list := strings.Join(codes(t, v, p), ""); list != "" {
			t.Errorf("%s says %s without 网址", p.Path, list)
		}
	}
}

// TestDigestsOfPapers: a digest changes with what the paper says, and with nothing else.
func TestDigestsOfPapers(t *testing.T) {
	digests := func(changes map[string]string) map[string]string {
		files := addressed(t)
		for name, text := range changes {
			files[name] = text
		}
		v, list := publicView(t, files), map[string]string{}
		b := stats.Of(v)
		for _, p := range Papers(v, b) {
			list[p.Path] = p.Published(v, b).Digest
		}
		return list
	}
	settings := addressed(t)["data/campaign.yaml"]
	before := digests(nil)
	for _, c := range []struct {
		name    string
		changes map[string]string
		want    []string // what they change
	}{
		{"地址", map[string]string{"data/campaign.yaml": strings.Replace(settings, siteAddress, "https://other.example/", 1)}, nil},
		{"注释", map[string]string{"data/campaign.yaml": "# 注释\n\n" + settings}, nil},
		{"公文", map[string]string{"content/open/tongzhi.md": strings.Replace(addressed(t)["content/open/tongzhi.md"], "现将方案印发", "现把方案印发", 1)}, []string{"open/tongzhi/document.pdf"}},
		{"警示", map[string]string{"content/warnings/goujizi.md": fileOf(t, "content/warnings/goujizi.md") + "\n又一段。\n"}, []string{"report-full.pdf", "warnings/goujizi/notice.pdf"}},
		{"数", map[string]string{"data/q1/nongye.yaml": strings.Replace(fileOf(t, "data/q1/nongye.yaml"), "农药: 2.5", "农药: 2.4", 1)}, []string{"departments/nongye/report.pdf", "report-full.pdf", "report.pdf"}},
		{"主要的数", map[string]string{"data/q2/gongan.yaml": strings.Replace(fileOf(t, "data/q2/gongan.yaml"), "刑事立案: 3", "刑事立案: 4", 1)}, []string{"brief.pdf", "departments/gongan/report.pdf", "report-full.pdf", "report.pdf"}},
	} {
		after := digests(c.changes)
		var changed []string
		for path, digest := range after {
			if before[path] != digest {
				changed = append(changed, path)
			}
		}
		slices.Sort(changed)
		if len(after) != len(before) || !slices.Equal(changed, c.want) {
			t.Errorf("%s：改了 %v，应为 %v", c.name, changed, c.want)
		}
	}
}
