package desk

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"wangjian/internal/campaign"
)

// ofCommands finds words that name a command or a flag of the terminal.
var ofCommands = regexp.MustCompile(`wangjian [a-z]+\b|(?:^|[^-\pL\pN(])--[a-z]{2,}\b|[用加] -[a-zA-Z]\b|(?:form|text) (?:import|export)`)

// notShown are words for a file, or for the terminal alone.
var notShown = []string{"签初审时用 --on 写", "的才上网；签初审时用 --on 写", "wangjian digest", "请用 --addr", "如 --addr", "# 由 wangjian publish 写", "4. 传完以后运行", "没有传完、传错了", "。改对以后"}

// TestWordsOfFields: a field that a form fills in, and a reason why something is not
// public, are told without what stands in the files.
func TestWordsOfFields(t *testing.T) {
	for text, want := range map[string]string{
		"SiteName": "网站的名称",
		"六位数字，加引号": "六位数字",
		"公开方式是；缺初审；发布日期未到（）": "没有定公开方式；缺初审；没有定发布日期",
		"发布日期未到（9999-12-31）": "没有定发布日期",
		"发布日期未到（2026-06-01）": "发布日期未到（2026-06-01）",
		"没有 release.yaml":    "还没有定发布日期，没有签",
	} {
		if got := onScreen(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	if got := quoted("“双12”提醒"); got != "“‘双12’提醒”" {
		t.Error(got)
	}
	b := opened(t, copied(t, smallCampaign), inMay)
	for _, part := range []string{"基本", "站点", "部门"} {
		hasNot(t, b.get("/_desk/settings?part="+part), "SiteName", "SiteDomain", "SiteIDCode", "加引号", "正则表达式", "代号（要填）")
	}
	hasNot(t, b.get("/_desk/publish"), "没有 release.yaml", "（）")
}

// TestWordsOfScreens: whatever a package says that the desk shows, the desk says
// without the names of commands and flags.
func TestWordsOfScreens(t *testing.T) {
	seen := 0
	for _, folder := range []string{"change", "collect", "correction", "desk", "disk", "format", "forms", "gallery", "head", "inbox", "incoming", "intake", "manuscript", "outgoing", "project", "publication", "publish", "record", "release", "review", "settings", "signing", "site", "source", "stats"} {
		files, err := filepath.Glob(filepath.Join("..", folder, "*.go"))
		must(t, err)
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") || name == "../desk/words.go" {
				continue
			}
			raw, err := os.ReadFile(name)
			must(t, err)
			fset := token.NewFileSet()
			tree, err := parser.ParseFile(fset, name, raw, 0)
			must(t, err)
			ast.Inspect(tree, func(n ast.Node) bool {
				lit, is := n.(*ast.BasicLit)
				if !is || lit.Kind != token.STRING {
					return true
				}
				text, _ := strconv.Unquote(lit.Value)
				if !hanOf.MatchString(text) || !ofCommands.MatchString(text) || slices.ContainsFunc(notShown, func(s string) bool { return strings.Contains(text, s) }) {
					return true
				}
				if seen++; ofCommands.MatchString(onScreen(text)) {
					t.Errorf("%s: the desk would say %q", fset.Position(lit.Pos()), onScreen(text))
				}
				return true
			})
		}
	}
	if seen < 20 {
		t.Errorf("only %d are seen", seen)
	}
}

var hanOf = regexp.MustCompile(`\p{Han}`)

// TestNextOf: a finding leads to the screen on which it is dealt with.
func TestNextOf(t *testing.T) {
	for _, c := range [][3]string{
		{"signoff-changed", "content/cases/a.md", "/_desk/sign?file=content%2Fcases%2Fa.md"},
		{"published-unsigned", "data/q2/release.yaml", "/_desk/sign?file=data%2Fq2%2Frelease.yaml"},
		{"correction-missing", "data/q2/jiaoyu.yaml", "/_desk/publish"},
		{"narrative-missing", "content/narratives/q2/jiaoyu.md", "/_desk/progress/unit?round=q2&unit=jiaoyu"},
		{"report-missing", "data/q2/shichang/nanshan.yaml", "/_desk/progress/unit?region=nanshan&round=q2&unit=shichang"},
		{"sum-incomplete", "data/q2/shichang.yaml", "/_desk/progress/unit?round=q2&unit=shichang"},
		{"record-chain", "data/发布记录/0001-2026-05-10.yaml", "/_desk/history"},
		{"original-missing", "收件/登记.yaml", "/_desk/incoming/originals"},
		{"missing-key", "data/campaign.yaml", "/_desk/settings"},
		{"quantity", "data/q2/jiaoyu.yaml", ""},
	} {
		f := campaign.Finding{Rule: c[0], At: campaign.InFile(c[1]).Place()}
		if got := nextOf(f).Address; got != c[2] {
			t.Errorf("%s leads to %q, want %q", c[0], got, c[2])
		}
	}
	b := opened(t, copied(t, smallCampaign), at("2026-05-10"))
	for _, link := range regexp.MustCompile(`<a class="button secondary" href="([^"]+)">(?:看这个单位|去审签|去发布|去活动)`).FindAllStringSubmatch(b.get("/_desk/check"), -1) {
		to := strings.ReplaceAll(link[1], "&amp;", "&")
		if page := b.get(to); strings.Contains(page, "没有做成") || strings.Contains(page, "没有这个页面") {
			t.Errorf("%s leads nowhere:\n%s", to, page)
		}
	}
}
