package desk

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
	"testing"
)

var typedForm = regexp.MustCompile(`(?s)<script type="application/json" id="desk-typed-form">(.*?)</script>`)

// typedIn returns the form that a page is to fill in again.
func typedIn(t *testing.T, page string) (f sentForm) {
	t.Helper()
	m := typedForm.FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("nothing typed is kept:\n%s", page)
	}
	must(t, json.Unmarshal([]byte(m[1]), &f))
	return f
}

// TestDropKeepsTyped: who does not write what a form proposes is back at the form, with
// all that was typed in it, and nothing is written.
func TestDropKeepsTyped(t *testing.T) {
	b := opened(t, copied(t, smallCampaign), inMay)
	drop := func(page string) string {
		t.Helper()
		return b.post("/_desk/change/drop", "id", proposed.FindStringSubmatch(page)[1])
	}
	was := b.file(aWarning)
	b.from = "/_desk/edit?file=" + aWarning
	fields := filled(b.get(b.from))
	page := drop(b.sent("save", fields, nil, "f.摘要", "新的：一句话", "body", "\r\n</script>看\r\n"))
	f := typedIn(t, page)
	if f.Action != "/_desk/edit/save" || f.Fields.Get("f.摘要") != "新的：一句话" || f.Fields.Get("body") != "\r\n</script>看\r\n" || f.Fields.Get("base") == "" || b.file(aWarning) != was {
		t.Errorf("kept %v", f)
	}
	has(t, page, `action="`+f.Action+`"`, "刚才填的都还在下面")
	if hidden := html.UnescapeString(page); !strings.Contains(hidden, `name="file" value="`+aWarning) {
		t.Error("another page")
	}
	hasNot(t, b.get(b.from), "desk-typed-form")

	b.from = "/_desk/settings?part=站点"
	f = typedIn(t, drop(b.post("/_desk/settings/save", "part", "站点", "v:网址", "https://a.example/")))
	if f.Action != "/_desk/settings/save" || f.Fields.Get("v:网址") != "https://a.example/" {
		t.Errorf("kept %v", f)
	}

	// A form that an act has shown has no address of its own.
	b.from = "/_desk/settings/paste"
	page = drop(b.post("/_desk/settings/paste", "part", "部门", "text", "代号 | 名称 | 简称\nshichang | 清河市市场监督管理局 | 市监局\njiaoyu | 清河市教育体育局 | 教体局\n"))
	if f = typedIn(t, page); !strings.Contains(f.Fields.Get("text"), "市监局") {
		t.Errorf("kept %v", f)
	}
	has(t, page, `action="/_desk/settings/paste"`, `name="part" value="部门"`)
}

// TestFoundBySettings: what is found once the settings can be read again is not told as
// something that the change brings.
func TestFoundBySettings(t *testing.T) {
	dir := copied(t, smallCampaign)
	b := &browser{t: t, dir: dir}
	text := b.file("data/campaign.yaml")
	line := regexp.MustCompile(`(?m)^  域名: .*\n`).FindString(text)
	if line == "" {
		t.Fatal(text)
	}
	b.change("data/campaign.yaml", line, "  域名:\n")
	b.change(aWarning, "看生产日期，看配料表。", "看{{市场监管局/没有的项目}}。")
	b = opened(t, dir, inMay)
	page := b.post("/_desk/settings/save", "part", "站点", "v:域名", strings.TrimSpace(strings.TrimPrefix(line, "  域名: ")))
	has(t, page, "写入以后查得出的问题", "有早就有的")
	hasNot(t, page, "写入以后会有的新问题")
}
