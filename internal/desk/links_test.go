package desk

import (
	"html"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	linkTo   = regexp.MustCompile(`href="((?:/_desk/|/)[^"#]*)[^"]*"`)
	formTo   = regexp.MustCompile(`(?s)<form[^>]*action="/_desk/([^"/]+)/([^"]+)"[^>]*method="post"|<form[^>]*method="post"[^>]*action="/_desk/([^"/]+)/([^"]+)"`)
	idIn     = regexp.MustCompile(`\bid="([^"]+)"`)
	hashLink = regexp.MustCompile(`href="#([^"]+)"`)
	labelFor = regexp.MustCompile(`<label for="([^"]+)"`)
)

// TestLinksLeadSomewhere: every link of every page leads to a page, from the first
// page on, in a campaign in order, one with faults, and one that cannot be read; every
// form has its act, and every place within a page is there.
func TestLinksLeadSomewhere(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	for name, put := range map[string][2]string{
		"in order":  {},
		"faulty":    {"data/q2/jiaoyu.yaml", "填报单位: 清河市教育体育局\n填报日期: 2026-04-30\n项目:\n  检查学校食堂: 约3\n"},
		"unread":    {"data/campaign.yaml", "名称: [\n"},
		"no rounds": {"data/campaign.yaml", "版本: 1\n名称: 空的行动\n"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := copied(t, smallCampaign)
			if put[0] != "" {
				must(t, os.WriteFile(filepath.Join(dir, put[0]), []byte(put[1]), 0o644))
			}
			b := opened(t, dir, at("2026-05-10"))
			seen := map[string]bool{"/_desk/": true}
			kinds := map[string]int{}
			for list := []string{"/_desk/"}; len(list) > 0; list = list[1:] {
				answer, err := b.client.Get(b.root + list[0])
				must(t, err)
				page := b.read(answer)
				listed := strings.Contains(mainOf(page), `class="findings"`) // what is to be mended first
				if answer.StatusCode != http.StatusOK && !listed {
					t.Errorf("%s: status %d\n%.300s", list[0], answer.StatusCode, mainOf(page))
				}
				if !strings.Contains(page, `class="desk"`) {
					continue
				}
				for _, m := range formTo.FindAllStringSubmatch(page, -1) {
					screen, act := m[1]+m[3], m[2]+m[4]
					if s := screenOf(screen); s == nil || s.acts[act] == nil {
						t.Errorf("%s has a form for %s/%s", list[0], screen, act)
					}
				}
				ids := map[string]bool{}
				for _, m := range idIn.FindAllStringSubmatch(page, -1) {
					if ids[m[1]] && !strings.Contains(m[1], "{") {
						t.Errorf("%s has two of id %s", list[0], m[1])
					}
					ids[m[1]] = true
				}
				for _, m := range append(hashLink.FindAllStringSubmatch(page, -1), labelFor.FindAllStringSubmatch(page, -1)...) {
					if !ids[m[1]] {
						t.Errorf("%s has nothing of id %s", list[0], m[1])
					}
				}
				for _, m := range linkTo.FindAllStringSubmatch(page, -1) {
					to := html.UnescapeString(m[1])
					kind, _, _ := strings.Cut(to, "?")
					if seen[to] || kinds[kind] > 25 || !strings.HasPrefix(to, "/_desk/") {
						continue
					}
					seen[to] = true
					kinds[kind]++
					list = append(list, to)
				}
			}
			if len(seen) < 20 {
				t.Errorf("only %d pages", len(seen))
			}
		})
	}
}

// mainOf is what a page says, without its frame.
func mainOf(page string) string {
	_, main, _ := strings.Cut(page, "<main")
	main, _, _ = strings.Cut(main, "</main>")
	return main
}
