package pdf

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/stats"
)

// linksOf lists where the links of pages lead.
func linksOf(pages []*typeset.Page) (anchors, addresses []string) {
	for _, p := range pages {
		for _, op := range p.Ops {
			switch l, ok := op.(typeset.Link); {
			case !ok:
			case l.URI != "":
				addresses = append(addresses, l.URI)
			default:
				anchors = append(anchors, l.Anchor)
			}
		}
	}
	return anchors, addresses
}

func textOfPages(pages []*typeset.Page) string {
	var b strings.Builder
	for _, p := range pages {
		for _, s := range squares(p) {
			b.WriteString(s.Text.Text)
		}
	}
	return b.String()
}

// TestLinksLeadWhereTheyCan: an external link opens its address, one to what the paper
// prints jumps there, and what only the site has is a link whose address is printed.
func TestLinksLeadWhereTheyCan(t *testing.T) {
	v := publicView(t, nil)
	w := paperOf(t, v, Options{})
	anchors, addresses := linksOf(w.pages)
	if !slices.Contains(anchors, "content/cases/jiazhongzi.md") || !slices.Contains(addresses, "https://example.com/") {
		t.Errorf("汇总报告的链接是 %q、%q", anchors, addresses)
	}
	if strings.Contains(textOfPages(w.pages), "https://example.com/") || slices.Contains(addresses, "https://linjiang.example/cases/jiazhongzi/") {
		t.Error("印了外面的网址，或离开了本报告")
	}
	p, err := compose(v, stats.Of(v), Options{}, fonts(), Summary(v, v.Campaign().FindDepartment("nongye")))
	if err != nil {
		t.Fatal(err)
	}
	anchors, addresses = linksOf(p.pages)
	const only = "https://linjiang.example/cases/jiazhongzi/"
	if slices.Contains(anchors, "content/cases/jiazhongzi.md") || !slices.Contains(addresses, only) || !strings.Contains(textOfPages(p.pages), "见 "+only) {
		t.Errorf("部门总结的链接是 %q、%q", anchors, addresses)
	}
	// In the file every address is an annotation with its text and its element.
	var out bytes.Buffer
	if err := (Options{Fonts: loaded}).Write(&out, v, stats.Of(v), Summary(v, v.Campaign().FindDepartment("nongye"))); err != nil {
		t.Fatal(err)
	}
	var uris []string
	for _, object := range read(t, out.Bytes()).objects {
		if uri := regexp.MustCompile(`^<<.* /F 4 .*/S /URI /URI \([^)]*\)`).FindString(string(object)); uri != "" {
			uris = append(uris, uri)
		}
	}
	if len(uris) != len(addresses) {
		t.Errorf("%d 个网址，文件里有 %d 个 /URI", len(addresses), len(uris))
	}
	for _, u := range uris {
		if !strings.Contains(u, "/Contents") || !strings.Contains(u, "/StructParent") {
			t.Errorf("链接没有说明或不在结构里：%s", u)
		}
	}
}

// TestPicturesInSentencesAndCells: they are printed where they stand, within the block
// and within their cell, with pixels enough there, and the words around them stay a
// paragraph.
func TestPicturesInSentencesAndCells(t *testing.T) {
	const about = "content/warnings/goujizi.md"
	front, _, _ := strings.Cut(fileOf(t, about)[4:], "\n---\n")
	for name, c := range map[string]struct {
		text          string
		width, pixels int // of the picture, and on paper
	}{
		"句中":    {"购买前看标签![真标签](biaoqian.png)是否完整。", 120, 120},
		"强调里":   {"购买前**看标签![真标签](biaoqian.png)**是否完整。", 120, 120},
		"单元格":   {"| 样子 | 说明 |\n| --- | --- |\n| ![真标签](biaoqian.png) | 看标签是否完整。 |", 120, 120},
		"句中大图":  {"购买前看标签![真标签](biaoqian.png)是否完整。", 1600, 800},
		"单元格大图": {"| 样子 | 说明 |\n| --- | --- |\n| ![真标签](biaoqian.png) | 看标签是否完整。 |", 1600, 800},
	} {
		v := publicView(t, map[string]string{about: "---\n" + front + "\n---\n\n" + c.text + "\n", "content/warnings/biaoqian.png": plainPhoto(t, c.width, c.width*2/3)})
		p, err := compose(v, stats.Of(v), Options{}, fonts(), noticePaper(v, v.Campaign().ItemsOf(campaign.Warnings)[0]))
		if err != nil {
			t.Fatal(err)
		}
		var drawn []typeset.Drawing
		var on *typeset.Page
		for _, page := range p.pages {
			for _, op := range page.Ops {
				if d, ok := op.(typeset.Drawing); ok {
					drawn, on = append(drawn, d), page
				}
			}
		}
		if len(drawn) != 1 || drawn[0].Alt != "真标签" || strings.Contains(textOfPages(p.pages), "真标签") {
			t.Fatalf("%s：印了 %d 张图，文字是%q", name, len(drawn), textOfPages(p.pages))
		}
		d := drawn[0]
		if jpeg, err := d.JPEG(); err != nil || pixelsAcross(t, jpeg) != c.pixels {
			t.Errorf("%s：宽 %.1f 磅的图是 %d 像素，应是 %d；%v", name, d.W, pixelsAcross(t, jpeg), c.pixels, err)
		}
		for _, s := range squares(on) {
			over := min(s.bottom+typeset.A4.Top, d.Y+d.H) - max(s.top+typeset.A4.Top, d.Y)
			if beside := s.left+typeset.A4.Left < d.X+d.W-1 && s.right+typeset.A4.Left > d.X+1; beside && over > 1 {
				t.Errorf("%s：“%s”压在图上", name, s.Text.Text)
			}
		}
		if strings.HasPrefix(name, "单元格") {
			for _, r := range rulesOf(on) {
				if r.Y1 == r.Y2 && r.Y1 > d.Y+1 && r.Y1 < d.Y+d.H-1 || r.X1 == r.X2 && r.X1 > d.X+1 && r.X1 < d.X+d.W-1 && r.Y1 < d.Y && r.Y2 > d.Y {
					t.Errorf("单元格的线压在图上：%v、%v", r, d)
				}
			}
		}
	}
}
