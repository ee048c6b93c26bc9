package desk

import "testing"

// signedWhole signs all of a campaign anew, so that every signature has a fingerprint.
func (b *browser) signedWhole(t *testing.T) {
	t.Helper()
	const round = "data/q2/release.yaml"
	edit(t, b.dir, round, "{人: 甲, 日期: 2026-05-05}", "{人: 甲, 日期: 2026-05-05, 指纹: 000000000000000000000000}")
	b.reload()
	for range 2 { // with the first fingerprint all others are wanted
		for _, s := range [][2]string{{"初审", "甲"}, {"复审", "乙"}, {"终审", "丙"}, {"保密审查", "甲"}} {
			b.agree(b.post("/_desk/sign/sign", "as", s[0], "by", s[1], "all", "1"))
		}
	}
}

// TestPublishChanged: what was public and is not signed as it is now has to be signed
// again, which is the first thing said, with the way there; nothing tells of taking down
// what nobody wants taken down, or shows a fingerprint.
func TestPublishChanged(t *testing.T) {
	const sign = `href="/_desk/sign?as=%E5%88%9D%E5%AE%A1&file=data%2Fq2%2Frelease.yaml">去初审`
	dir := copied(t, smallCampaign)
	b := publishing(t, dir, "2026-05-10 10:00")
	b.signedWhole(t)
	b.publish("place", "文件夹", "folder", "public")
	edit(t, dir, "data/q2/shichang/dongcheng.yaml", "检查食品经营单位: 60", "检查食品经营单位: 61")
	b.reload()
	wants(t, b.get("/_desk/check"), "公布过的“第二次数据”改过，还没有重签", `href="/_desk/sign?file=data%2Fq2%2Frelease.yaml">去审签`)
	b.agree(b.post("/_desk/publish/correct", "reason", "漏计"))
	page := b.get("/_desk/publish")
	wants(t, page, "公布过的改了，到“审签”重签以后再发布", "第二次数据", sign, "教体局第二次工作总结：引用的数要重签", "现在不能发布：先")
	lacks(t, page, "要撤下的", "处错误", "指纹:")
	lacks(t, b.get("/_desk/sign?as=初审&file=data/q2/release.yaml"), "指纹:")
	for _, s := range [][2]string{{"初审", "甲"}, {"复审", "乙"}, {"终审", "丙"}, {"保密审查", "甲"}} {
		b.agree(b.post("/_desk/sign/sign", "as", s[0], "by", s[1], "file", "data/q2/release.yaml"))
	}
	page = b.get("/_desk/publish")
	wants(t, page, "数据变化 2 个", "我看过上面的变化")
	lacks(t, page, "重签以后再发布", "要撤下的")
}
