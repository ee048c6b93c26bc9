package site

import (
	"os"
	"strings"
	"testing"

	"wangjian/internal/release"
	"wangjian/internal/source"
)

// TestUnreadOnProgress: the ledger of progress/ says of a form that is there and
// cannot be read that it is, and names the regions of such forms apart from the
// missing ones. A public ledger knows nothing of narratives that are not out.
func TestUnreadOnProgress(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(smallDir)); err != nil {
		t.Fatal(err)
	}
	for name, edit := range map[string][2]string{
		"data/q2/gongan.yaml":               {"项目:", "项目："},
		"data/q2/nongye/xicheng.yaml":       {"", "填报单位：西城区农业农村局\n"},
		"content/narratives/q2/nongye.md":   {"公开方式: ", "公开方式："},
		"content/narratives/q2/gongxiao.md": {"", "正文\n"},
		"data/campaign.yaml":                {"牵头部门:", "台账公开: true\n牵头部门:"},
	} {
		text, _ := os.ReadFile(dir + "/" + name)
		if err := os.WriteFile(dir+"/"+name, []byte(strings.Replace(string(text), edit[0], edit[1], 1)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	fsys := os.DirFS(dir)
	c, _ := source.Load(fsys)
	contents := source.Contents(fsys)
	row := func(page, department string) string {
		_, ledger, _ := strings.Cut(page, "二季度报送台账</h2>")
		_, line, _ := strings.Cut(ledger, ">"+department+"</a></th>")
		line, _, _ = strings.Cut(line, "</tr>")
		return line
	}
	const unread = `<span class="standing missing">报了但读不出</span>`
	office := render(t, release.Whole(c, c.ReferenceDate, contents))["progress/index.html"]
	if got := row(office, "公安局"); !strings.Contains(got, unread) || strings.Contains(got, `missing">未报`) && strings.Index(got, `missing">未报`) < strings.Index(got, unread) {
		t.Errorf("office: %s", got)
	}
	if got := row(office, "农业农村局"); !strings.Contains(got, unread) || !strings.HasSuffix(got, "<td></td><td></td><td>西城区</td>") {
		t.Errorf("office: %s", got)
	}
	if !strings.Contains(office, `<th scope="col">报送文件无法读取的地区</th>`) {
		t.Error("office: no column for the regions")
	}
	public := render(t, release.Public(c, c.ReferenceDate, contents))["progress/index.html"]
	if got := row(public, "公安局"); !strings.Contains(got, unread) {
		t.Errorf("public: %s", got)
	}
	if got := row(public, "农业农村局"); strings.Contains(got, unread) || !strings.Contains(got, "未公布") {
		t.Errorf("public: %s", got)
	}
}
