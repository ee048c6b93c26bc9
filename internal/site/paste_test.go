package site

import (
	"bytes"
	"encoding/base64"
	"image/png"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/card"
	"wangjian/internal/markdown"
	"wangjian/internal/release"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

// TestPaste pastes every item of the sample: a 公众号 keeps only inline styles, no
// links and no addresses, and has charts as pictures, the hotline and a code; no
// platform takes classes, ids, scripts, drawings or pictures from elsewhere.
func TestPaste(t *testing.T) {
	c, contents := read(t, sampleDir)
	v := release.Public(c, c.ReferenceDate, contents)
	book := stats.Of(v)
	never := map[string]bool{"script": true, "style": true, "link": true, "svg": true, "iframe": true, "form": true}
	painter := card.NewPainter(layouts.Over(nil), cache.NewMemory())
	links := 0
	for _, i := range v.Campaign().Items {
		for _, to := range []Platform{WeChat, CMS} {
			var drawer Drawer
			if to == WeChat {
				drawer = painter
			}
			done, err := Paste(v, book, layouts.Over(nil), drawer, i, to)
			if err != nil {
				t.Fatalf("%s for %s: %v", i.File, to, err)
			}
			pictures := 0
			elements(t, done.HTML, func(n *html.Node) {
				if n.Data == "img" {
					pictures++
				}
				if never[n.Data] || n.Data == "a" && to == WeChat {
					t.Errorf("%s for %s has a <%s>", i.File, to, n.Data)
				}
				for _, a := range n.Attr {
					switch {
					case n.Data == "img" && a.Key == "src":
						raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(a.Val, "data:image/png;base64,"))
						if _, broken := png.Decode(bytes.NewReader(raw)); err != nil || broken != nil || to == CMS {
							t.Errorf("%s for %s: a picture: %v, %v", i.File, to, err, broken)
						}
					case a.Key == "class" || a.Key == "id" || strings.HasPrefix(a.Key, "on") || strings.Contains(a.Val, "url("):
						t.Errorf("%s for %s: %s=%q", i.File, to, a.Key, a.Val)
					case a.Key == "href":
						links++
						if !strings.HasPrefix(a.Val, "https://") && !strings.HasPrefix(a.Val, "tel:") {
							t.Errorf("%s for %s leads to %s", i.File, to, a.Val)
						}
					}
				}
			})
			if to == WeChat {
				charts := 0
				for _, ref := range i.Body.References {
					if ref.Kind == campaign.ChartReference {
						charts++
					}
				}
				_, text, _ := strings.Cut(done.HTML, "<!-- 从这里开始复制 -->")
				if pictures != charts+1 || !strings.Contains(text, "：12315</p>") || strings.Contains(text, "wangjian.example") {
					t.Errorf("%s: %d pictures for %d charts and a code; the hotline, or an address", i.File, pictures, charts)
				}
			}
			if !strings.Contains(done.HTML, ">"+html.EscapeString(i.Title)+"<") && i.Kind != campaign.Narratives {
				t.Errorf("%s: no title in the record", i.File)
			}
			if !strings.Contains(done.HTML, sampleNote) {
				t.Errorf("%s is not marked", i.File)
			}
			for _, picture := range done.Pictures {
				if f, err := v.Open(picture); err != nil {
					t.Errorf("%s: %v", picture, err)
				} else {
					f.Close()
				}
			}
		}
	}
	if links == 0 {
		t.Error("the CMS keeps no link")
	}
}

func TestPasteLeavesAddressesOut(t *testing.T) {
	c, _ := read(t, smallDir)
	i := c.ItemAt("content/open/tongzhi.md")
	text := noContents{"见[案例](../cases/jia-zhongzi.md)、[省局](https://x.gov.cn/a)、[热线](tel:12315)。"}
	tree, _ := markdown.Parse([]byte(text.body), i.File, 1)
	scan(i, tree)
	v := release.Whole(c, c.ReferenceDate, text)
	done, err := Paste(v, stats.Of(v), layouts.Over(nil), nil, i, WeChat)
	const want = "见案例、省局、热线。"
	if err != nil || !strings.Contains(done.HTML, want) {
		t.Errorf("%v in %s", err, done.HTML)
	}
	if !strings.Contains(done.HTML, "11360700MB00000002/2024-00001") || len(done.Files) != 1 {
		t.Errorf("the record: %v", done.Files)
	}
}

// TestDocumentInFull: the sample's joint notice says on its page and for an editor to
// whom it goes, then its text, who signed it in what order, the day and how it is
// disclosed, and below that what it issues.
func TestDocumentInFull(t *testing.T) {
	c, contents := read(t, sampleDir)
	v := release.Public(c, c.ReferenceDate, contents)
	i := c.ItemAt("content/open/tongzhi.md")
	parts := append([]string{i.Document.Addressed(), "认真组织实施"}, i.Document.Parts.Issuers...)
	parts = append(parts, "2022年9月21日", "（此件主动公开）", "（网剑行动）方案</h2>", "一、总体要求")
	page := renderPublic(t, sampleDir)["open/tongzhi/index.html"]
	_, prose, _ := strings.Cut(page, `<div class="prose">`)
	done, err := Paste(v, stats.Of(v), layouts.Over(nil), nil, i, CMS)
	if err != nil {
		t.Fatal(err)
	}
	_, pasted, _ := strings.Cut(done.HTML, i.Document.Addressed())
	for name, text := range map[string]string{"page": strings.ReplaceAll(prose, "<wbr>", ""), "editor": i.Document.Addressed() + pasted} {
		rest := text
		for _, part := range parts {
			_, after, ok := strings.Cut(rest, part)
			if !ok {
				t.Errorf("%s: “%s” is not where it belongs", name, part)
				break
			}
			rest = after
		}
		if strings.Count(text, i.Document.Addressed()) != 1 || strings.Count(text, "（此件主动公开）") != 1 {
			t.Errorf("%s: a part stands twice", name)
		}
	}
	for _, want := range []string{"一、一、", "一、（一）"} {
		if strings.Contains(page, want) {
			t.Errorf("a heading has two numbers: %s", want)
		}
	}
	if !strings.Contains(strings.ReplaceAll(page, "<wbr>", ""), ">赣州2022网络市场监管专项行动情况统计表") {
		t.Error("an attachment goes by its file's name")
	}
}

// TestMinutesAreNotSigned: minutes end with who was there, in their order, and with no
// signature.
func TestMinutesAreNotSigned(t *testing.T) {
	c, contents := read(t, smallDir)
	i := c.ItemAt("content/open/tongzhi.md")
	i.Document.Layout = campaign.MinutesSheet
	i.Document.Parts.Issuers = []string{"某市联席会议"}
	i.Document.Parts.Present, i.Document.Parts.Attending = []string{"市公安局甲某", "市商务局乙某"}, []string{"各县市场监管局"}
	v := release.Whole(c, c.ReferenceDate, contents)
	done, err := Paste(v, stats.Of(v), layouts.Over(nil), nil, i, CMS)
	if err != nil {
		t.Fatal(err)
	}
	if _, after, ok := strings.Cut(done.HTML, "出席：市公安局甲某，市商务局乙某。"); !ok || !strings.Contains(after, "列席：各县市场监管局。") || strings.Contains(done.HTML, "某市联席会议") {
		t.Error(done.HTML)
	}
}
