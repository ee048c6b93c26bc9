package desk

import (
	"path/filepath"
	"strings"
	"testing"

	"wangjian/internal/project"
)

// TestHome: the first page says what to do next in each state of a campaign, with the
// way there.
func TestHome(t *testing.T) {
	b := opened(t, "")
	page := b.get("/_desk/")
	has(t, page, `<a class="button primary" href="/_desk/start">打开或新建一个专项行动</a>`)
	hasNot(t, page, "接下来要做的", "/_desk/sign", "写的都是里的文件")

	// Empty: the settings come first.
	files, err := project.Beginning{}.Files()
	must(t, err)
	dir := filepath.Join(t.TempDir(), "新")
	must(t, project.Create(dir, files))
	b = opened(t, dir)
	has(t, b.get("/_desk/"), "活动设置里有", `<a class="button primary" href="/_desk/settings">去填</a>`)

	// In work: late units, signatures; then what came in stands first; then all is quiet.
	b = opened(t, copied(t, smallCampaign), inMay)
	page = b.get("/_desk/")
	has(t, page, "过了截止日，4 个单位没有报齐", `href="/_desk/progress">看是谁，催报</a>`, "1 篇等着签字", `href="/_desk/sign">去审签</a>`, "有内容可以公开，还没有发布过", "2026年5月31日")
	hasNot(t, page, "处错误", "还没有收下", "报表发给各单位")
	b.upload("/_desk/incoming/add", map[string][]byte{"说明.txt": []byte("x")})
	page = b.get("/_desk/")
	if first := strings.Index(page, "放进来的"); first < 0 || first > strings.Index(page, "过了截止日") {
		t.Error("what came in does not stand first")
	}

	// What is out already is no day to come, nor what was taken down; the settings are in
	// the first row.
	const file = "content/cases/guoqi-mianbao.md"
	out := publishing(t, copied(t, smallCampaign), "2026-05-06 10:00")
	has(t, out.get("/_desk/"), "案”到发布日期", "校园食品安全", `<li><a href="/_desk/settings">活动设置`)
	out.publish("place", "文件夹", "folder", "public")
	out.reload()
	hasNot(t, out.get("/_desk/"), "案”到发布日期")
	out = publishing(t, copied(t, smallCampaign), "2026-05-06 10:00")
	out.agree(out.post("/_desk/history/withdraw", "way", "stop", "file", file, "reason", "变更", "by", "丁"))
	hasNot(t, out.get("/_desk/"), "案”到发布日期")

	// Broken: what to mend, and how many places.
	b.change("data/campaign.yaml", "名称: 清河市2026", "名称： 清河市2026")
	page = opened(t, b.dir, inMay).get("/_desk/")
	has(t, page, "活动设置里有", "检查出")
}
