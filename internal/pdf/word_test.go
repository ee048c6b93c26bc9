package pdf

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/manuscript"
	"wangjian/internal/markdown"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
)

func wordOf(t *testing.T, v *release.View, p *Paper) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := withCharts(v).Word(&b, v, stats.Of(v), p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func wholeSample(t *testing.T) *release.View {
	t.Helper()
	v := sampleView(t)
	root := os.DirFS("../../")
	c, _ := source.Load(root)
	return release.Whole(c, v.Date(), source.ContentsWith(root, studio))
}

// A department's summary in Word, handed in again, is the narrative that it was
// made from: every heading, paragraph and item of it.
func TestWordComesBack(t *testing.T) {
	v := wholeSample(t)
	c, book := v.Campaign(), stats.Of(v)
	round := v.LatestRound()
	for _, d := range c.Departments {
		t.Run(d.Short, func(t *testing.T) {
			n := c.Narrative(round, d, nil)
			result, problems := manuscript.Import("总结.docx", wordOf(t, v, Summary(v, d)), manuscript.Options{Campaign: c, Book: book, Round: round, Department: d})
			if result == nil {
				t.Fatalf("没有收下：%v", problems)
			}
			handedIn, err := v.Body(n)
			if err != nil {
				t.Fatal(err)
			}
			_, back, _ := strings.Cut(strings.TrimPrefix(string(result.Markdown), "---\n"), "\n---\n")
			want, got := sayings(t, book, n, string(handedIn)), sayings(t, book, n, back)
			for text := range want {
				if !got[text] {
					t.Errorf("少了“%s”", text)
				}
			}
		})
	}
}

// sayings are the texts of a body's headings, paragraphs and items.
func sayings(t *testing.T, book *stats.Table, n *campaign.Item, body string) map[string]bool {
	t.Helper()
	tree, _ := markdown.Parse([]byte(body), n.File, 1)
	texts := map[string]bool{}
	tree.Walk(func(node *markdown.Node) bool {
		switch node.Kind {
		case markdown.Table, markdown.StatTable, markdown.Chart:
			return false
		case markdown.Heading, markdown.Paragraph:
			texts[squeeze(markdown.PlainText(node.Children, func(ref *campaign.Reference) string {
				cited, err := book.Cite(*ref, n)
				if err != nil {
					t.Error(err)
				}
				return cited.Text
			}))] = true
		}
		return true
	})
	return texts
}

// Every part of the file is sound XML, the same view yields the same bytes, and
// what the document leans on is there.
func TestWordIsSound(t *testing.T) {
	v := wholeView(t, nil)
	for _, p := range []*Paper{Report(v, stats.Of(v)), Cases(v, stats.Of(v)), Form(v, stats.Of(v)), Album(v, stats.Of(v))} {
		file := wordOf(t, v, p)
		if !bytes.Equal(file, wordOf(t, v, p)) {
			t.Errorf("%s：两次的字节不同", p.Title)
		}
		z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			if !strings.HasSuffix(f.Name, ".xml") && !strings.HasSuffix(f.Name, ".rels") {
				continue
			}
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			d := xml.NewDecoder(r)
			for err == nil {
				_, err = d.Token()
			}
			if !errors.Is(err, io.EOF) {
				t.Errorf("%s：%s：%v", p.Title, f.Name, err)
			}
			r.Close()
		}
	}
}
