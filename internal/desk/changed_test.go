package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wangjian/internal/change"
)

// TestChangeWords: a proposal says of each file in a sentence what it is and what
// happens to it; a signature's lines and the program's own notes are folded away, and
// these come last.
func TestChangeWords(t *testing.T) {
	with(t, &screen{name: "probe", acts: map[string]act{"act": func(r *request) (answer, error) {
		l, err := r.fresh()
		if err != nil {
			return nil, err
		}
		s := change.Of(l.Files)
		must(t, s.Write("收件/登记.yaml", []byte("# 由 wangjian 登记\n")))
		must(t, s.Write("收件/2026-05-10/甲.xlsx", append([]byte{0xff, 0}, make([]byte, 9652)...)))
		old, err := s.Read("data/q2/shichang/dongcheng.yaml")
		must(t, err)
		must(t, s.Write("data/q2/shichang/dongcheng.yaml", []byte(strings.Replace(string(old), "60", "61", 1))))
		return proposal{title: "试", set: s}, nil
	}}})
	b := opened(t, copied(t, smallCampaign), inMay)
	page := b.post("/_desk/probe/act")
	has(t, page, "<h2>改写第二次市场监管局的统计表（东城街道）</h2>\n<details open><summary>看文字：写上 1 行，去掉 1 行",
		"<h2>新建收件登记：收到了什么、哪天收到的</h2>\n<details><summary>", "<h2>新建原件“甲.xlsx”，原样存着</h2>", "9 KB")
	hasNot(t, page, "不是文字文件")
	if strings.Index(page, "的统计表（") > strings.Index(page, "收件登记") {
		t.Error("the program's notes come first")
	}

	must(t, os.WriteFile(filepath.Join(b.dir, "content/warnings/weiqian.md"), []byte("---\n标题: 看标签\n发布机构: 清河市市场监督管理局\n公开方式:\n发布日期:\n审核: {}\n---\n\n先看标签。\n"), 0o644))
	page = b.post("/_desk/sign/sign", "as", "初审", "file", "content/warnings/weiqian.md", "by", "戊", "on", "2026-05-12")
	has(t, page, "<h2>改写消费警示“看标签”：只写公开方式、日期和签字</h2>\n<details><summary>看文字")
	page = b.post("/_desk/sign/sign", "as", "初审", "file", "data/q3/release.yaml", "by", "戊", "on", "2026-05-12")
	has(t, page, "<h2>新建第三次统计数据的公开和签字：只写公开方式、日期和签字</h2>\n<details><summary>")
}
