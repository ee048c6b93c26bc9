package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNewCampaign: an empty campaign is made in a folder that is found by clicking,
// and filled in from what an office has in Excel, until forms can be sent; folders
// outside the home folder are not listed, and nothing is written over.
func TestNewCampaign(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	must(t, os.MkdirAll(filepath.Join(home, "文档", "老的"), 0o755))
	must(t, os.CopyFS(filepath.Join(home, "文档", "老的"), os.DirFS(smallCampaign)))
	must(t, os.MkdirAll(filepath.Join(home, ".隐藏"), 0o755))
	b := opened(t, "", at("2026-05-10"))
	page := b.get("/_desk/start")
	wants(t, page, "文档", "新建")
	lacks(t, page, ".隐藏")
	docs := filepath.Join(home, "文档")
	page = b.get("/_desk/start?in=" + docs)
	wants(t, page, "打开“老的”</button>", "工作台只在这台电脑上，不联网；还没有打开专项行动。")
	lacks(t, page, "#folders\">老的</a>", "写的都是") // its name opens it
	for _, out := range []string{"/", "/etc", home + "/../..", "../../etc"} {
		if page := b.get("/_desk/start?in=" + out); strings.Contains(page, "passwd") || !strings.Contains(page, "文档") {
			t.Errorf("%s leads out of the home folder", out)
		}
	}
	wants(t, b.post("/_desk/start/new", "in", docs, "name", "老的"), "里已经有文件，没有动它")
	wants(t, b.post("/_desk/start/new", "in", docs, "name", "../别处"), "不能用作文件夹的名字")
	wants(t, b.post("/_desk/start/new", "in", docs, "name", "CON"), "不能用作文件夹的名字")
	wants(t, b.post("/_desk/start/new", "in", docs, "name", ""), "要写新文件夹的名字")
	wants(t, b.post("/_desk/start/new", "in", docs, "name", "新的", "as", "from"), "要选照哪一个行动")

	page = b.post("/_desk/start/new", "in", docs, "name", "新的", "as", "empty")
	wants(t, page, "要新建文件夹", filepath.Join(docs, "新的"), "data/campaign.yaml", "data/form.yaml")
	if _, err := os.Stat(filepath.Join(docs, "新的")); err == nil {
		t.Error("it was made before the yes")
	}
	page = b.post("/_desk/start/new", "in", docs, "name", "新的", "as", "empty", "sure", "1")
	wants(t, page, "活动设置", "基本情况", `name="v:名称"`)
	b.dir = filepath.Join(docs, "新的")
	wants(t, page, "工作重点（没有填）", "期次（没有填）", `<a href="/_desk/settings" aria-current="page">活动设置`)
	b.agree(b.post("/_desk/edit/new", "kind", "cases", "title", "一案", "name", "yi"))
	wants(t, b.get("/_desk/edit?file=content/cases/yi.md"), "还没有填工作重点，没有可以选的")
	b.agree(b.post("/_desk/settings/save", "part", "基本", "v:名称", "某市网剑行动", "v:简称", "网剑", "v:文号", "某〔2026〕1号", "v:印发日期", "2026-01-02"))
	b.agree(b.post("/_desk/settings/save", "part", "站点", "v:名称", "某市网剑行动", "v:域名", "a.example", "v:标识码", "3607000001", "v:主办单位", "某市市场监管局"))
	for _, paste := range [][2]string{
		{"部门", "部门名称\t简称\n某市市场监督管理局\t市场监管局\n某市公安局\t公安局\n"},
		{"地区", "名称\n东区\n西区\n"},
		{"工作重点", "名称\t责任单位\n严查甲\t市场监管局、公安局\n"},
		{"阶段", "名称\t起\t止\n部署\t2026-01-01\t2026-02-01\n"},
		{"期次", "名称\t截止\t口径\n中期\t2026-06-01\t累计\n"},
		{"项目", "部门\t项目\t计量单位\n市场监管局\t查处案件\t件\n\t其中：移送案件\t件\n公安局\t破获案件\t件\n"},
	} {
		b.agree(b.post("/_desk/settings/paste", "part", paste[0], "text", paste[1]))
		wants(t, b.get("/_desk/settings?part="+paste[0]), "data-grid")
	}
	b.agree(b.post("/_desk/settings/save", "part", "基本", "v:牵头部门", "市场监管局"))
	lacks(t, b.get("/_desk/settings?part=工作重点"), "工作重点（没有填）")
	b.agree(b.post("/_desk/settings/save", "part", "统计表", "v:名称", "某市网剑行动情况统计表"))
	wants(t, b.file("data/campaign.yaml"), "名称: 某市网剑行动\n", "  主办单位: 某市市场监管局\n", "  - {代号: bm1, 名称: 某市市场监督管理局, 简称: 市场监管局}\n", "牵头部门: 市场监管局")
	wants(t, b.file("data/form.yaml"), "    其中:\n      - {名称: 移送案件, 单位: 件}\n")
	lacks(t, b.get("/_desk/settings"), "这个文件里要改的")
	page = b.wait(b.post("/_desk/send/make", "round", "qc1", "letters", "1", "department", "bm1", "department", "bm2"))
	wants(t, page, "发出中期的报表")

	// What is wrong in what was pasted is said with its line, and nothing is lost.
	page = b.post("/_desk/settings/paste", "part", "期次", "text", "名称\t截止\t口径\n中期\t六月底\t累计\n")
	wants(t, page, "第 2 行：“截止”不是日期", "六月底")
	wants(t, b.post("/_desk/settings/paste", "part", "期次", "text", " \n"), "没有粘贴任何一行")
	wants(t, b.post("/_desk/settings/paste", "part", "部门", "text", b.cells("部门")), "没有变化")

	// Next year's: names of the year are empty, figures stay behind.
	page = b.post("/_desk/start/new", "in", docs, "name", "明年", "as", "from", "from", filepath.Join(docs, "老的"), "sure", "1")
	wants(t, page, "活动设置")
	b.dir = filepath.Join(docs, "明年")
	wants(t, b.file("data/campaign.yaml"), "教体局")
	lacks(t, b.file("data/campaign.yaml"), "清食安办〔2026〕3号")
	if b.file("data/q2/jiaoyu.yaml") != "" {
		t.Error("last year's figures came along")
	}
	wants(t, b.get("/_desk/start"), filepath.Join(docs, "明年"), filepath.Join(docs, "新的"))
}

// TestNewSample: the sample is made to be practised on; it says what it is, has its
// figures, and can be built without a record.
func TestNewSample(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	b := opened(t, "", at("2022-12-01"))
	wants(t, b.post("/_desk/start/new", "in", home, "name", "练习", "as", "sample"), "data/final/gongan.yaml", "content/cases/")
	page := b.post("/_desk/start/new", "in", home, "name", "练习", "as", "sample", "sure", "1")
	wants(t, page, "示例数据：这是随程序带的示例", "赣州2022网络市场监管专项行动")
	b.dir = filepath.Join(home, "练习")
	wants(t, b.file("data/campaign.yaml"), "示例: true")
	for screen, words := range map[string]string{"check": "提醒", "progress": "公安局", "publish": "不记发布记录", "sign": "等初审的", "edit": "典型案例", "start": "练习"} {
		wants(t, b.get("/_desk/"+screen), words)
	}
}

// cells is a list as the page shows it.
func (b *browser) cells(part string) string {
	_, text, _ := strings.Cut(b.get("/_desk/settings?part="+part), "data-grid>")
	text, _, _ = strings.Cut(text, "</textarea>")
	return text
}
