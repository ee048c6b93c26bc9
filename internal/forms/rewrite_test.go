package forms

import (
	"io/fs"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/simplifiedchinese"

	"wangjian/internal/campaign"
)

// hand is a file as someone keeps it by hand.
const hand = `# 报表，张三经手的稿子见群里
填报单位: 清河市市场监督管理局   # 全称
填报日期: 2026-05-20

项目:
  检查食品经营单位: 120     # 含小作坊
  立案: {数量: 9, 备注: 同一案件只计一次}   # 核对过

  # 下面三行是其中
  无证经营: 4
  经营过期食品:
    数量: 5
    备注: 含已立案
  移送公安机关: 无
  罚没款: 1.50
  销毁问题食品: {数量: 20.5, 上年同期: 18}

# 本级只有罚没款
本级:
  罚没款: 0.50   # 市局
`

func text(s string) *string { return &s }

func number(t *testing.T, s string) campaign.Quantity {
	t.Helper()
	q, err := campaign.ParseQuantity(s)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// rewriting runs hand through rewrite with what edit changes of it.
func rewriting(t *testing.T, old string, edit func(w *wanted, items map[string]*item)) string {
	t.Helper()
	c := load(t, small(t))
	round, d := c.FindRound("q3"), c.FindDepartment("shichang")
	w := wanted{owner: owner{round: round, department: d}, unit: "清河市市场监督管理局", filedOn: campaign.Date{Year: 2026, Month: 5, Day: 20}}
	for n, row := range c.Form.RowsOf(d) {
		value := []string{"120", "9", "4", "5", "无", "1.5", "20.5"}[n]
		w.items = append(w.items, item{row: row, quantity: number(t, value)})
	}
	items := map[string]*item{}
	for n := range w.items {
		items[w.items[n].row.Name] = &w.items[n]
	}
	edit(&w, items)
	got, p := w.rewrite(&c.Form, []byte(old))
	if p != nil {
		return p.Rule + " " + p.Message
	}
	return string(got)
}

// TestRewriteChangesOnlyWhatChanged edits a file and looks at the lines that
// differ: all others must be the same to the byte.
func TestRewriteChangesOnlyWhatChanged(t *testing.T) {
	for _, test := range []struct {
		name string
		edit func(w *wanted, items map[string]*item)
		want []string // pairs of old and new lines
	}{
		{"nothing", func(*wanted, map[string]*item) {}, nil},
		{"a number", func(_ *wanted, i map[string]*item) { i["检查食品经营单位"].quantity = number(t, "130") },
			[]string{"  检查食品经营单位: 120     # 含小作坊\n", "  检查食品经营单位: 130     # 含小作坊\n"}},
		{"several", func(w *wanted, i map[string]*item) {
			w.unit, w.filedOn = "清河市市监局", campaign.Date{Year: 2026, Month: 5, Day: 28}
			i["罚没款"].quantity, i["移送公安机关"].quantity = number(t, "汇总"), number(t, "0")
		}, []string{
			"填报单位: 清河市市场监督管理局   # 全称\n填报日期: 2026-05-20\n", "填报单位: 清河市市监局   # 全称\n填报日期: 2026-05-28\n",
			"  移送公安机关: 无\n  罚没款: 1.50\n", "  移送公安机关: 0\n  罚没款: 汇总\n",
		}},
		{"a number beside its remark", func(_ *wanted, i map[string]*item) { i["立案"].quantity = number(t, "10") },
			[]string{"{数量: 9, 备注: 同一案件只计一次}", "{数量: 10, 备注: 同一案件只计一次}"}},
		{"a remark", func(_ *wanted, i map[string]*item) { i["立案"].remark = text("含移送") },
			[]string{"{数量: 9, 备注: 同一案件只计一次}", "{数量: 9, 备注: 含移送}"}},
		{"a remark taken away", func(_ *wanted, i map[string]*item) { i["立案"].remark = text("") },
			[]string{"{数量: 9, 备注: 同一案件只计一次}", "9"}},
		{"a remark that is there", func(_ *wanted, i map[string]*item) { i["立案"].remark = text("同一案件只计一次") }, nil},
		{"a first remark", func(_ *wanted, i map[string]*item) { i["无证经营"].remark = text("甲, 乙: #丙") },
			[]string{"无证经营: 4", "无证经营: {数量: 4, 备注: '甲, 乙: #丙'}"}},
		{"a remark like a number", func(_ *wanted, i map[string]*item) { i["无证经营"].remark = text("231") },
			[]string{"无证经营: 4", `无证经营: {数量: 4, 备注: "231"}`}},
		{"last year stays", func(_ *wanted, i map[string]*item) { i["销毁问题食品"].quantity = number(t, "21") },
			[]string{"{数量: 20.5, 上年同期: 18}", "{数量: 21, 上年同期: 18}"}},
		{"last year changes", func(_ *wanted, i map[string]*item) {
			q := number(t, "19.5")
			i["销毁问题食品"].lastYear = &q
		}, []string{"{数量: 20.5, 上年同期: 18}", "{数量: 20.5, 上年同期: 19.5}"}},
		{"last year taken away", func(_ *wanted, i map[string]*item) { i["销毁问题食品"].lastYear = &campaign.Quantity{} },
			[]string{"{数量: 20.5, 上年同期: 18}", "20.5"}},
		{"a value over lines", func(_ *wanted, i map[string]*item) { i["经营过期食品"].quantity = number(t, "6") },
			[]string{"\n    数量: 5\n", "\n    数量: 6\n"}},
		{"a remark over lines taken away", func(_ *wanted, i map[string]*item) { i["经营过期食品"].remark = text("") },
			[]string{"  经营过期食品:\n    数量: 5\n    备注: 含已立案\n", "  经营过期食品: 5\n"}},
		{"own part", func(w *wanted, i map[string]*item) {
			own := *i["罚没款"]
			own.quantity = number(t, "0.75")
			w.own = []item{own}
		}, []string{"罚没款: 0.50   # 市局", "罚没款: 0.75   # 市局"}},
		{"own part grows", func(w *wanted, i map[string]*item) {
			own, more := *i["罚没款"], *i["销毁问题食品"]
			own.quantity, more.quantity = number(t, "0.5"), number(t, "2")
			w.own = []item{own, more}
		}, []string{"罚没款: 0.50   # 市局\n", "罚没款: 0.50   # 市局\n  销毁问题食品: 2\n"}},
		{"own part without its row", func(w *wanted, i map[string]*item) {
			more := *i["销毁问题食品"]
			more.quantity = number(t, "2")
			w.own = []item{more}
		}, []string{"  罚没款: 0.50   # 市局\n", "  销毁问题食品: 2\n"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := rewriting(t, hand, test.edit)
			want := hand
			for i := 0; i < len(test.want); i += 2 {
				if strings.Count(want, test.want[i]) != 1 {
					t.Fatalf("%q stands there %d times", test.want[i], strings.Count(want, test.want[i]))
				}
				want = strings.Replace(want, test.want[i], test.want[i+1], 1)
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func checkContains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in\n%s", part, text)
		}
	}
}

// TestRewriteOddFiles rewrites files in other spellings; all must say what is
// wanted when they are read back, and keep their comments.
func TestRewriteOddFiles(t *testing.T) {
	change := func(_ *wanted, i map[string]*item) {
		i["检查食品经营单位"].quantity = number(t, "130")
		i["立案"].remark = text("新")
	}
	flow := "填报单位: 清河市市场监督管理局 # 甲\n填报日期: 2026-05-20\n项目: {检查食品经营单位: 120, 立案: 9, 无证经营: 4, 经营过期食品: 5, 移送公安机关: 无, 罚没款: 1.5, 销毁问题食品: 20.5} # 乙\n"
	for name, old := range map[string]string{
		"all in braces":       flow,
		"quoted keys":         strings.NewReplacer("  立案", `  "立案"`, "  罚没款: 1.50", "  '罚没款': 1.50").Replace(hand),
		"quoted number":       strings.Replace(hand, "罚没款: 1.50", `罚没款: "1.50"`, 1),
		"a row missing":       strings.Replace(hand, "  罚没款: 1.50\n", "", 1),
		"first row missing":   strings.Replace(hand, "  检查食品经营单位: 120     # 含小作坊\n", "", 1),
		"rows out of order":   strings.Replace(strings.Replace(hand, "  罚没款: 1.50\n", "", 1), "项目:\n", "项目:\n  罚没款: 1.50\n", 1),
		"no items":            "填报单位: 清河市市场监督管理局 # 甲\n填报日期: 2026-05-20\n",
		"empty items":         "填报单位: 清河市市场监督管理局 # 甲\n填报日期: 2026-05-20\n项目:\n",
		"no unit":             strings.Replace(hand, "填报单位: 清河市市场监督管理局   # 全称\n", "", 1),
		"no line end":         strings.TrimSuffix(hand, "\n"),
		"text over lines":     strings.Replace(hand, "备注: 含已立案", "备注: 含已立案\n      的案件", 1),
		"a name with a quote": strings.Replace(hand, "清河市市场监督管理局   # 全称", "it's # 全称", 1),
		"key with its unit":   strings.Replace(hand, "  立案:", "  立案（件）:", 1),
	} {
		t.Run(name, func(t *testing.T) {
			got := rewriting(t, old, change)
			report := loaded(t, small(t), resultOf(t, got))
			want := map[string]string{"检查食品经营单位": "130", "立案": "9｜新", "无证经营": "4", "移送公安机关": "无", "罚没款": "1.5", "销毁问题食品": "20.5"}
			found := cells(report.Entries)
			for _, e := range report.Entries {
				row := e.Row
				if w, ok := want[row.Name]; ok && strings.Replace(found[row.Label()+" "+strconv.Itoa(row.Index)], "1.50", "1.5", 1) != w && e.LastYear.Kind == campaign.Blank {
					t.Errorf("%s is %s, want %s in\n%s", row.Name, found[row.Label()+" "+strconv.Itoa(row.Index)], w, got)
				}
			}
			for line := range strings.Lines(old) {
				if _, comment, ok := strings.Cut(line, "# "); ok && !strings.Contains(got, trim(comment)) {
					t.Errorf("the comment %q is lost:\n%s", trim(comment), got)
				}
			}
		})
	}
	for name, old := range map[string]string{"no YAML": "项目: [", "no mapping": "- 1\n", "empty": "", "no text": "\xff\xff\x80", "aliases": "填报单位: &a x\n填报日期: *a\n项目: {}\n"} {
		t.Run(name, func(t *testing.T) {
			if got := rewriting(t, old, change); !strings.HasPrefix(got, "import-existing ") {
				t.Errorf("got %s", got)
			}
		})
	}
}

func resultOf(t *testing.T, yaml string) *Result {
	c := load(t, small(t))
	return &Result{Round: c.FindRound("q3"), Department: c.FindDepartment("shichang"), Path: "data/q3/shichang.yaml", New: []byte(yaml)}
}

// TestResults looks at what the command gets to show.
func TestResults(t *testing.T) {
	fsys := small(t)
	c := load(t, fsys)
	const path = "data/q3/shichang.yaml"
	in := func(old string) ImportOptions {
		return ImportOptions{Files: fstest.MapFS{path: {Data: []byte(old)}}}
	}
	t.Run("new file", func(t *testing.T) {
		r := imported(t, c, name, filled(t, c), ImportOptions{Files: fsys})
		if r.Path != path || r.Old != nil || !r.Changed() || string(r.New) != filledYAML {
			t.Errorf("%s %q\n%s", r.Path, r.Old, r.New)
		}
		checkContains(t, r.Diff(), "--- /dev/null\n+++ "+path+"\n@@", "+  立案: 9\n")
	})
	t.Run("the same again", func(t *testing.T) {
		r := imported(t, c, name, filled(t, c), in(filledYAML))
		if r.Changed() || r.Diff() != "" {
			t.Errorf("%s", r.Diff())
		}
	})
	t.Run("changed", func(t *testing.T) {
		r := imported(t, c, name, filled(t, c), in(hand))
		want := "--- " + path + "\n+++ " + path + "\n"
		if !strings.HasPrefix(r.Diff(), want) {
			t.Errorf("%s", r.Diff())
		}
		checkContains(t, r.Diff(), "\n-填报日期: 2026-05-20\n+填报日期: 2026-05-28\n", "\n-  移送公安机关: 无\n+  经营过期食品: 5\n+  移送公安机关: 0\n", "\n   检查食品经营单位: 120     # 含小作坊\n")
		checkContains(t, string(r.New), "销毁问题食品: {数量: 20.5, 上年同期: 18}", "罚没款: 1.50\n")
	})
	t.Run("Windows file", func(t *testing.T) {
		old := mark + strings.ReplaceAll(hand, "\n", "\r\n")
		r := imported(t, c, name, filled(t, c), in(old))
		if n := strings.Count(string(r.New), "\r\n"); n != strings.Count(string(r.New), "\n") || !strings.HasPrefix(string(r.New), mark) {
			t.Errorf("line ends or mark changed:\n%q", r.New)
		}
		if strings.Count(r.Diff(), "\n+") > 6 {
			t.Errorf("too much changed:\n%s", r.Diff())
		}
	})
	t.Run("GB18030 file", func(t *testing.T) {
		old, err := simplifiedchinese.GB18030.NewEncoder().String(hand)
		if err != nil {
			t.Fatal(err)
		}
		r := imported(t, c, name, filled(t, c), in(old))
		checkContains(t, string(r.New), "# 报表，张三经手的稿子见群里\n", "填报日期: 2026-05-28\n")
		if strings.Contains(r.Diff(), "-# 报表") {
			t.Errorf("%s", r.Diff())
		}
	})
	t.Run("broken file", func(t *testing.T) {
		r, got := Import(c, name, filled(t, c), in("项目: ["))
		expect(t, got, name+" import-existing "+path+" 移走")
		if r != nil {
			t.Error("imported all the same")
		}
	})
	t.Run("unreadable file", func(t *testing.T) {
		_, got := Import(c, name, filled(t, c), ImportOptions{Files: locked{}})
		expect(t, got, name+" import-existing "+path+" 权限")
	})
}

// locked is a folder that cannot be read.
type locked struct{}

func (locked) Open(file string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: file, Err: fs.ErrPermission}
}
