package desk

import (
	"context"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/project"
	"wangjian/internal/publish"
)

// rewritten replaces text in a campaign's file.
func rewritten(t *testing.T, dir, name string, pairs ...string) {
	t.Helper()
	file := filepath.Join(dir, name)
	text := string(must1(os.ReadFile(file)))
	for n := 0; n < len(pairs); n += 2 {
		if !strings.Contains(text, pairs[n]) {
			t.Fatalf("%s has no %s", name, pairs[n])
		}
		text = strings.Replace(text, pairs[n], pairs[n+1], 1)
	}
	must(t, os.WriteFile(file, []byte(text), 0o644))
}

// handedIn is the bundle of a city, which is the small campaign.
func handedIn(t *testing.T) []byte {
	t.Helper()
	dir := copied(t, smallCampaign)
	rewritten(t, dir, "data/campaign.yaml", "站点:", "区划代码: \"990100\"\n站点:")
	l := project.Read(os.DirFS(dir), func(*campaign.Campaign) campaign.Moment {
		return campaign.Date{Year: 2026, Month: 5, Day: 10}.Last()
	})
	submission := must1(l.Submission(""))
	target := filepath.Join(t.TempDir(), "清河.zip")
	must1(publish.Bundle{Target: target, Campaign: t.TempDir()}.Write(context.Background(), l.Whole, submission.Parts))
	return must1(os.ReadFile(target))
}

// TestBundleFromBelow: a bundle that is dropped on 收件 is told from other archives; its
// table is confirmed, texts are chosen, and what is written is shown first and can be
// taken back.
func TestBundleFromBelow(t *testing.T) {
	bundle := handedIn(t)
	dir := copied(t, smallCampaign)
	for _, name := range []string{"content", "data/q1", "data/q2", "data/q3"} {
		must(t, os.RemoveAll(filepath.Join(dir, name)))
	}
	rewritten(t, dir, "data/campaign.yaml", "站点:", "层级: 省\n站点:",
		"{代号: dongcheng, 名称: 东城街道}", "{代号: \"990100\", 名称: 清河市}", "{代号: xicheng, 名称: 西城街道}", "{代号: \"990200\", 名称: 白河市}", "  - {代号: nanshan, 名称: 南山镇}\n", "")
	rewritten(t, dir, "data/form.yaml", "名称: 检查学校食堂", "名称: 检查食堂")
	scratch := t.TempDir()
	t.Setenv("TMPDIR", scratch)
	b := opened(t, dir, at("2026-05-20"))
	before := treeOf(t, dir)
	page := b.takeIn(sentFile{"清河.zip", bundle}, sentFile{"坏的.zip", append([]byte{}, bundle[:len(bundle)-1]...)})
	for _, want := range []string{"清河市2026年春季校园食品安全专项行动，2026-05-10 23:59 编成", "教体局/检查学校食堂（家）", "没有对应，不取", "典型案例：东城街道市场监管所查处某超市经营过期面包案"} {
		if !strings.Contains(html.UnescapeString(page), want) {
			t.Errorf("the screen has no %s", want)
		}
	}
	if strings.Contains(page, "清河.zip/") {
		t.Error("the bundle is taken apart as any archive")
	}
	if waiting := treeOf(t, scratch); len(waiting) != 1 {
		t.Errorf("%d temporary files while one waits", len(waiting))
	}
	id := regexp.MustCompile(`id="bundle-(\d+)"`).FindStringSubmatch(page)[1]
	row := regexp.MustCompile(`<select name="(pair-\d+)" aria-label="教体局/检查学校食堂（家） 对应">(?s:.*?)<option value="([^"]*)">教体局/检查食堂（家）`).FindStringSubmatch(page)
	none := regexp.MustCompile(`type="hidden" name="(pair-\d+)"`).FindStringSubmatch(page)
	if row == nil || none == nil {
		t.Fatalf("no table on\n%s", page)
	}
	page = b.post("/_desk/incoming/collect", "id", id, "region", "990100", row[1], row[2], none[1], "", "take", "cases/guoqi-mianbao")
	if !strings.Contains(page, "data/q1/jiaoyu/990100.yaml") || len(treeOf(t, dir)) != len(before) {
		t.Fatalf("not shown first:\n%s", page)
	}
	b.agree(page)
	now := treeOf(t, dir)
	for name, want := range map[string]string{
		"data/q1/jiaoyu/990100.yaml":            "检查食堂: 40\n",
		"data/collected.yaml":                   "名称: 教体局/检查学校食堂（家）",
		"content/cases/990100-guoqi-mianbao.md": "来源: 清河市（清河校园食安行动报送材料）",
		"收件/2026-05-20/清河.zip":                  "PK",
	} {
		if !strings.Contains(now[name], want) {
			t.Errorf("%s: %.300s", name, now[name])
		}
	}
	if page = b.get("/_desk/incoming"); strings.Contains(page, "id=\"bundle-"+id+"\"") {
		t.Error("it still waits")
	}
	if left := treeOf(t, scratch); len(left) > 0 {
		t.Errorf("%d temporary files are left", len(left))
	}
}

// TestCopiesForOffices: whom the bundle goes to is filled in as a form, and each office
// of the same level gets a copy of its own that says so.
func TestCopiesForOffices(t *testing.T) {
	b := opened(t, copied(t, smallCampaign), at("2026-05-10"))
	has(t, b.get("/_desk/settings?part=报送"), "报送给谁", "报送的上级主管部门")
	b.agree(b.post("/_desk/settings/save", "part", "报送", "v:上级", "江省市场监督管理局", "v:抄送", "清河市政府办公室\n清河市委网信办"))
	has(t, b.file("data/campaign.yaml"), "上级: 江省市场监督管理局", "清河市委网信办")
	page := b.wait(b.post("/_desk/bundle/make"))
	has(t, page, "另有 2 份供抄送", "报送材料_2026-05-10.zip", "报送材料_2026-05-10（抄送清河市政府办公室）.zip", "报送材料_2026-05-10（抄送清河市委网信办）.zip")
}
