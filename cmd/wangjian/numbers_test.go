//go:build whole

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"wangjian/internal/soak"

	"golang.org/x/net/html"
)

// digitRuns are the numbers of a text as a reader compares them.
func digitRuns(text string) []string { return regexp.MustCompile(`[0-9]+`).FindAllString(text, -1) }

// prose writes paragraphs of numbers among everything that Markdown could take
// for mark-up. Numbers are short, so that none looks like a person's.
type prose struct{ *rand.Rand }

func (r prose) number() string {
	n := strconv.Itoa(10 + r.IntN(90000))
	if r.IntN(4) == 0 {
		n += "." + strconv.Itoa(10+r.IntN(89))
	}
	return n
}

func (r prose) of(list ...string) string { return list[r.IntN(len(list))] }

func (r prose) sentence() string {
	var b strings.Builder
	for range 3 + r.IntN(12) {
		b.WriteString(r.of(
			r.number(), r.number(), r.number(), "件", "万元", "％", "%", "cm", "厘米", "网络", "的", "A", "b", "，", "。", "、", "（", "）", "“", "”", "(", ")", " ",
			"*", "**", "***", "****", "_", "__", "~", "~~", "-", "+", "－", "×", "/", ".", ",", "：", "=", "<", ">", "#", "!", "&", "^", "$", "￥", "@x", `\`, "`", "'", "[", "]", "|",
		))
	}
	return b.String()
}

func (r prose) paragraph() string {
	switch n := r.number(); r.IntN(9) {
	case 0:
		return strconv.Itoa(1000+r.IntN(9000)) + ". 全年" + r.sentence()
	case 1:
		return fmt.Sprintf("%d. 甲\n%d. 乙\n%d. 丙", 10+r.IntN(80), 100+r.IntN(80), 300+r.IntN(80))
	case 2:
		return r.of("- ", "+ ", "* ", "> ", "## ", "    ") + n + r.sentence()
	case 3:
		return "[" + n + "]: 令第" + r.number() + "号"
	case 4:
		return n + r.of("\n---", "\n===", "\n- "+r.number(), "\n"+r.number()+". 乙", "\\\n"+r.number(), "  \n"+r.number())
	case 5:
		return "规格" + n + "*" + r.number() + "*" + r.number() + r.of("厘米", "cm", "")
	case 6:
		return "范围" + n + "%~" + r.number() + "%，" + r.number() + "%~~" + r.number() + "%"
	}
	return r.sentence()
}

// Every number of a body comes out on the page and in the PDF as it was written,
// in its order. With SOAK=1 there are hundreds of paragraphs.
func TestNumbersComeOut(t *testing.T) {
	rounds := soak.Count(2, 20)
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(smallCampaign)); err != nil {
		t.Fatal(err)
	}
	const begin, end = "数字由此开始", "数字到此结束"
	file := filepath.Join(dir, "content", "open", "fangan.md")
	was, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	front := regexp.MustCompile(`(?s)^---\n.*?\n---\n`).FindString(string(was))
	for round := range rounds {
		r := prose{rand.New(rand.NewPCG(uint64(round), 604050))}
		var paragraphs []string
		for range 40 {
			paragraphs = append(paragraphs, r.paragraph(), "又")
		}
		body := strings.Join(paragraphs, "\n\n")
		want := digitRuns(body)
		if err := os.WriteFile(file, []byte(front+"\n"+begin+"\n\n"+body+"\n\n"+end+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		public := build(t, "-C", dir, "--date", "2026-05-10")
		page, err := os.ReadFile(filepath.Join(public, "open/fangan/index.html"))
		if err != nil {
			t.Fatal(err)
		}
		paper, err := exec.Command("pdftotext", "-raw", filepath.Join(public, "open/fangan/document.pdf"), "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		sheets := regexp.MustCompile(`— [0-9]+ —\n?|\S*/papers/[0-9a-f]+/?`).ReplaceAllString(string(paper), "")
		for what, text := range map[string]string{"page": articleText(t, string(page)), "PDF": sheets} {
			_, text, _ = strings.Cut(text, begin)
			text, _, found := strings.Cut(text, end)
			got := digitRuns(text)
			if !found || !slices.Equal(got, want) {
				n := 0
				for n < min(len(got), len(want)) && got[n] == want[n] {
					n++
				}
				t.Errorf("round %d, %s: after %q comes %q, not %q", round, what, want[max(0, n-2):n], got[n:min(n+3, len(got))], want[n:min(n+3, len(want))])
				for _, p := range paragraphs {
					if n < len(want) && strings.Contains(p, want[n]) {
						t.Logf("%q", p)
					}
				}
			}
		}
	}
}

// articleText returns the words of a page with the numbers of its lists.
func articleText(t *testing.T, page string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	attribute := func(n *html.Node, key string) (int, bool) {
		for _, a := range n.Attr {
			if a.Key == key {
				i, err := strconv.Atoi(a.Val)
				return i, err == nil
			}
		}
		return 0, false
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style") {
			return
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		item := 1
		if start, ok := attribute(n, "start"); ok {
			item = start
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if n.Data == "ol" && c.Data == "li" {
				if value, ok := attribute(c, "value"); ok {
					item = value
				}
				fmt.Fprintf(&b, " %d. ", item)
				item++
			}
			walk(c)
		}
		if n.Type == html.ElementNode && n.Data != "b" && n.Data != "strong" && n.Data != "em" && n.Data != "del" && n.Data != "code" {
			b.WriteByte('\n')
		}
	}
	walk(root)
	return b.String()
}
