package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSend: the files of a round go to 发表/ and into one zip, a folder a unit; what
// was filled in stays, and faults in the settings come first.
func TestSend(t *testing.T) {
	dir := copied(t, smallCampaign)
	b := opened(t, dir, at("2026-05-10"))
	page := b.get("/_desk/send")
	wants(t, page, `name="department" value="jiaoyu" checked`, "连总结模板和通知")
	wants(t, b.post("/_desk/send/make", "round", "q3"), "没有选发给哪些部门")
	wants(t, b.post("/_desk/send/make", "department", "jiaoyu"), "没有选是哪一期")
	page = b.wait(b.post("/_desk/send/make", "round", "q3", "letters", "1", "department", "jiaoyu", "counties", "jiaoyu"))
	id := jobOf(page)
	if id != "" {
		page = b.get("/_desk/job/" + id)
	}
	page = b.agree(page)
	wants(t, page, "已打成一个包", "保存这个包")
	files, _ := filepath.Glob(filepath.Join(dir, "发表", "*", "*"))
	var names []string
	for _, f := range files {
		names = append(names, filepath.Base(f))
	}
	list := strings.Join(names, " ")
	wants(t, list, "_通知.docx", "教体局_第三次_工作总结.docx", ".xlsx", "_东城街道.xlsx", "_东城街道_通知.docx")
	pack := b.get("/_desk/send/pack")
	within(t, []byte(pack), "教体局/"+first(names, "_工作总结.docx"))
	wants(t, b.file("发表/登记.yaml"), "内容: 通知")

	page = b.wait(b.post("/_desk/send/make", "round", "q2", "department", "jiaoyu"))
	if id := jobOf(page); id != "" {
		page = b.get("/_desk/job/" + id)
	}
	wants(t, b.agree(page), `<option value="q2" selected>`) // it stays at the round that was asked for

	form := files[0]
	for _, f := range files {
		if strings.HasSuffix(f, ".xlsx") {
			form = f
		}
	}
	must(t, os.WriteFile(form, []byte("填过"), 0o644))
	page = b.wait(b.post("/_desk/send/make", "round", "q3", "letters", "1", "department", "jiaoyu", "counties", "jiaoyu"))
	wants(t, page, "没有动的，已有人填过", filepath.Base(form))
	if raw, _ := os.ReadFile(form); string(raw) != "填过" {
		t.Error("a filled-in form was written over")
	}

	edit(t, b.dir, "data/form.yaml", "部门:", "部们:")
	b.post("/_desk/start/open", "dir", dir)
	wants(t, b.get("/_desk/send"), "先改好", "data/form.yaml")
	wants(t, b.post("/_desk/send/make", "round", "q3", "department", "jiaoyu"), "先把活动设置和统计表里的错误改好")
}

func jobOf(page string) string {
	if m := underWay.FindStringSubmatch(page); m != nil {
		return m[1]
	}
	return ""
}

func first(names []string, suffix string) string {
	for _, n := range names {
		if strings.HasSuffix(n, suffix) {
			return n
		}
	}
	return ""
}
