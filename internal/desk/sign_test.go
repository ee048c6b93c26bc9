package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wangjian/internal/campaign"
)

// at sets the day of a desk.
func at(day string) func(*Options) {
	return func(o *Options) {
		o.Today = func(*campaign.Campaign) campaign.Moment {
			m, err := campaign.ParseInstant(day)
			if err != nil {
				panic(err)
			}
			return m
		}
	}
}

// TestSignRoad: a text that came in goes from 初审 to public through the desk, with
// its day of publication, each signer's name typed once; it is sent back in between,
// what changed since is shown, and it is taken down and restored.
func TestSignRoad(t *testing.T) {
	const file = "content/warnings/weiqian.md"
	b := opened(t, copied(t, smallCampaign), at("2026-05-05"))
	must(t, os.WriteFile(filepath.Join(b.dir, file), []byte("---\n标题: 散装油要看标签\n发布机构: 清河市市场监督管理局\n公开方式:\n发布日期:\n审核: {}\n---\n\n买散装油，先看标签。\n"), 0o644))
	b.post("/_desk/start/open", "dir", b.dir)
	page := b.get("/_desk/sign?as=初审")
	wants(t, page, "还没有定公开方式和发布日期的", "散装油要看标签")
	page = b.get("/_desk/sign?as=初审&file=" + file)
	wants(t, page, `name="on"`, "签初审", `src="/_desk/sign/page?file=`)
	wants(t, b.get("/_desk/sign/page?file="+file), "买散装油，先看标签。")
	page = b.post("/_desk/sign/sign", "as", "初审", "file", file, "by", "戊", "on", "2026-05-08", "at", "09:30")
	wants(t, page, "公开方式: 主动公开", "发布日期: 2026-05-08 09:30", "初审: {人: 戊, 日期: 2026-05-05")
	b.agree(page)
	wants(t, b.file(file), "发布日期: 2026-05-08 09:30", "审核: {初审: {人: 戊, 日期: 2026-05-05, 指纹:")

	// The same person cannot sign next, nobody signs without a name.
	wants(t, b.post("/_desk/sign/sign", "as", "复审", "file", file), "要写签字人的姓名")
	wants(t, b.post("/_desk/sign/sign", "as", "复审", "file", file, "by", "戊"), "初审和复审是同一个人签的")
	wants(t, b.get("/_desk/sign?as=复审&by=戊"), "现在不能签：初审和复审是同一个人签的")
	wants(t, b.post("/_desk/sign/sign", "as", "复审", "by", "己"), "没有选哪一篇")

	// Sent back with a remark, which everybody sees; mended, what changed is shown.
	wants(t, b.post("/_desk/sign/reject", "as", "复审", "file", file, "by", "己", "remark", " "), "要写退回的意见")
	b.agree(b.post("/_desk/sign/reject", "as", "复审", "file", file, "by", "己", "remark", "写明\n是哪种标签"))
	wants(t, b.file(file), "意见: 写明 是哪种标签")
	wants(t, b.get("/_desk/sign?as=复审"), "复审退回（己，2026-05-05）：写明 是哪种标签")
	edit(t, b.dir, file, "先看标签。", "先看生产许可标签。")
	b.post("/_desk/start/open", "dir", b.dir)
	page = b.get("/_desk/sign?as=初审&file=" + file)
	wants(t, page, "初审签过以后改了什么", "买散装油，先看标签。", "买散装油，先看生产许可标签。", "后来内容改了，要重签")
	lacks(t, page, `<td class="line-text">审核`)

	// The names are remembered in this window; all that waits is signed at once.
	for _, s := range [][2]string{{"初审", "戊"}, {"复审", "己"}, {"终审", "庚"}, {"保密审查", "戊"}} {
		page := b.post("/_desk/sign/sign", "as", s[0], "file", file, "by", s[1])
		b.agree(page)
		wants(t, b.get("/_desk/sign?as="+s[0]), `value="`+s[1]+`"`)
	}
	text := b.file(file)
	lacks(t, text, "退回")
	wants(t, text, "保密审查: {人: 戊")
	page = b.get("/_desk/sign?as=终审")
	wants(t, page, "签齐了的", `href="/_desk/sign/sheet?file=content%2Fwarnings%2Fweiqian.md">发布审批表`)
	page = b.get("/_desk/sign?as=终审&file=" + file)
	wants(t, page, "都签好了，2026-05-08 09:30 发布", "终审签的就是现在的内容", "印发布审批表")
	lacks(t, page, "现在不轮到", "没有改动；是文件的位置")

	// Taken down with a reason, and restored.
	day := opened(t, b.dir, at("2026-05-09"))
	wants(t, day.post("/_desk/sign/stop", "file", file, "by", "戊", "reason", ""), "要写停止公示的原因")
	day.agree(day.post("/_desk/sign/stop", "file", file, "by", "戊", "reason", "内容有误"))
	wants(t, day.file(file), "停止公示: {日期: 2026-05-09, 原因: 内容有误, 签字: {人: 戊, 日期: 2026-05-09}}")
	wants(t, day.get("/_desk/sign"), "停止公示的")
	day.agree(day.post("/_desk/sign/restore", "file", file))
	lacks(t, day.file(file), "停止公示")
	wants(t, day.post("/_desk/sign/restore", "file", file), "没有停止公示，不用恢复")
}

// TestSignAll: one click signs all that waits and this person can sign, and nothing
// that has faults.
func TestSignAll(t *testing.T) {
	dir := copied(t, smallCampaign)
	b := opened(t, dir, at("2026-05-05"))
	edit(t, b.dir, "content/warnings/weiqian.md", "发布机构: ", "发布机构:\n#")
	b.post("/_desk/start/open", "dir", dir)
	page := b.get("/_desk/sign?as=复审&by=己")
	wants(t, page, "处错误", "改好再签")
	page = b.post("/_desk/sign/sign", "as", "复审", "by", "己", "all", "1")
	if strings.Contains(page, "weiqian.md") || strings.Contains(page, "没有做成") && !strings.Contains(page, "没有选哪一篇") {
		t.Errorf("got %s", page)
	}
	// A round's figures: shown, signed with a first day of publication.
	page = b.get("/_desk/sign?as=初审&file=data/q3/release.yaml")
	wants(t, page, "这一期的数", "检查学校食堂")
	page = b.post("/_desk/sign/sign", "as", "初审", "file", "data/q3/release.yaml", "by", "戊", "on", "2026-05-09")
	wants(t, page, "这是本活动的第一个指纹", "新建")
	b.agree(page)
	wants(t, b.file("data/q3/release.yaml"), "发布日期: 2026-05-09", "初审: {人: 戊")
	wants(t, b.post("/_desk/sign/sign", "as", "初审", "file", "../../etc/passwd", "by", "戊"), "没有做成")
	wants(t, b.post("/_desk/sign/sign", "as", "初审", "file", "data/campaign.yaml", "by", "戊"), "不是可以签的文件")
	if pdf := b.get("/_desk/sign/sheet?file=data/q3/release.yaml"); !strings.HasPrefix(pdf, "%PDF") {
		t.Errorf("no PDF: %.200s", pdf)
	}
}
