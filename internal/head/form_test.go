package head

import (
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
	"wangjian/internal/scaffold"
)

const written = `---
# 写给后来的人
标题: "案：一"
案件类型: jinxianshou   # 见 campaign.yaml
自造的键: 留着
公开方式: 主动公开
发布日期: 2022-11-27 09:30
关键词: [网络, 直播带货]
罚没款: 1.50
审核:
  初审: {人: 甲, 日期: 2022-11-25}
# 末尾的话
---

正文一。
`

func parse(t *testing.T, kind campaign.Kind, text string) *Form {
	t.Helper()
	f, err := Parse(format.Front(kind), []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// with returns the fields with some of them filled in otherwise.
func with(f *Form, pairs ...string) []Field {
	fields := slices.Clone(f.Fields)
	for n := range fields {
		for p := 0; p < len(pairs); p += 2 {
			if fields[n].Name == pairs[p] {
				fields[n].Value = pairs[p+1]
			}
		}
	}
	return fields
}

func TestNothingChanges(t *testing.T) {
	f := parse(t, campaign.Cases, written)
	if got := string(f.Write(f.Fields, f.Body)); got != written {
		t.Errorf("got\n%s", got)
	}
	if f.Field("审核") != nil || f.Field("标题").Value != "案：一" || f.Field("关键词").Value != "网络\n直播带货" || f.Field("发布日期").Value != "2022-11-27 09:30" || f.Field("罚没款").Value != "1.50" {
		t.Errorf("%+v", f.Fields)
	}
}

func TestOnlyWhatWasChanged(t *testing.T) {
	f := parse(t, campaign.Cases, written)
	got := string(f.Write(with(f, "标题", "无 # 号: [x]", "关键词", "直播、带货\n 网络 \n\n", "罚没款", "", "摘要", "true", "公开方式", "", "有效期至", "2023-06-01"), "\n新的正文。\n"))
	want := strings.NewReplacer(
		`标题: "案：一"`, `标题: '无 # 号: [x]'`,
		"关键词: [网络, 直播带货]\n", "关键词: [直播、带货, 网络]\n摘要: \"true\"\n",
		"罚没款: 1.50\n", "",
		"公开方式: 主动公开\n", "公开方式:\n",
		"09:30\n", "09:30\n有效期至: 2023-06-01\n",
		"正文一。", "新的正文。",
	).Replace(written)
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestRows(t *testing.T) {
	f := parse(t, campaign.Galleries, "---\n标题: 照片\n公开方式: 不予公开\n审核: {}\n---\n")
	fields := slices.Clone(f.Fields)
	n := slices.IndexFunc(fields, func(x Field) bool { return x.Name == "图片" })
	row := Row{}
	for _, k := range fields[n].Of.Keys {
		row = append(row, Field{Key: k, Value: map[string]string{"说明": "检查现场，甲: 乙", "拍摄日期": "2022-11-01", "文件": "a.jpg", "已核": "true"}[k.Name]})
	}
	fields[n].Rows = []Row{row}
	text := string(f.Write(fields, f.Body))
	if !strings.Contains(text, "图片:\n  - {说明: '检查现场，甲: 乙', 拍摄日期: 2022-11-01, 文件: a.jpg, 已核: true}\n") {
		t.Errorf("got\n%s", text)
	}
	again := parse(t, campaign.Galleries, text)
	if got := string(again.Write(again.Fields, again.Body)); got != text || again.Field("图片").Rows[0][0].Value != "检查现场，甲: 乙" {
		t.Errorf("got\n%s", got)
	}
}

// TestScaffolds: what `new` writes can be filled in: a key takes the place of the
// comment that tells of it.
func TestScaffolds(t *testing.T) {
	for _, kind := range campaign.Kinds {
		text := string(scaffold.Text(kind, "正文\n"))
		f := parse(t, kind, text)
		if got := string(f.Write(f.Fields, f.Body)); got != text {
			t.Errorf("%s: got\n%s", kind, got)
		}
		filled := string(f.Write(with(f, "标题", "题目", "来源", "某单位"), f.Body))
		again := parse(t, kind, filled)
		if again.Field("来源").Value != "某单位" || strings.Contains(filled, "# 来源:") || strings.Count(filled, "\n") > strings.Count(text, "\n")+1 {
			t.Errorf("%s: got\n%s", kind, filled)
		}
	}
}

func TestUnreadable(t *testing.T) {
	for _, text := range []string{"", "正文", "---\n标题: [\n---\n", "---\n标题: 甲\n标题: 乙\n---\n", "---\n- 甲\n---\n", "---\n标题: 甲\n", "---\n{标题: 甲}\n---\n"} {
		if _, err := Parse(format.Front(campaign.Cases), []byte(text)); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

// An attachment is a name alone or a name with a title; what nobody changed stays as
// it was written.
func TestAttachmentsWithTitles(t *testing.T) {
	for head, want := range map[string]string{
		"附件: [a.csv]\n": "附件:\n  - a.csv\n  - {文件: b.csv, 名称: 名单}\n",
		"附件: a.csv\n":   "附件:\n  - a.csv\n  - {文件: b.csv, 名称: 名单}\n",
		"附件: [{文件: a.csv, 名称: 任务清单}]\n": "附件:\n  - {文件: a.csv, 名称: 任务清单}\n  - {文件: b.csv, 名称: 名单}\n",
	} {
		f, err := Parse(format.Front(campaign.Documents), []byte("---\n"+head+"---\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got := string(f.Write(f.Fields, "")); got != "---\n"+head+"---\n" {
			t.Errorf("unchanged: %q", got)
		}
		fields := slices.Clone(f.Fields)
		for n := range fields {
			if k := fields[n]; k.Name == "附件" {
				fields[n].Rows = append(slices.Clone(k.Rows), Row{{Key: k.Of.Keys[0], Value: "b.csv"}, {Key: k.Of.Keys[1], Value: "名单"}})
			}
		}
		if got := string(f.Write(fields, "")); got != "---\n"+want+"---\n" {
			t.Errorf("%q: %q, want %q", head, got, want)
		}
	}
}

// TestRowKeeps: a row that is filled in further keeps its comment, and a flag that is
// not set.
func TestRowKeeps(t *testing.T) {
	front := "---\n标题: 照片\n图片:\n  - # 原件：收件/2022-11-01/a.jpg\n    文件: a.jpg\n    说明:\n    拍摄日期: 2022-11-01\n    已核: false\n---\n"
	f := parse(t, campaign.Galleries, front)
	fields := slices.Clone(f.Fields)
	n := slices.IndexFunc(fields, func(x Field) bool { return x.Name == "图片" })
	row := slices.Clone(fields[n].Rows[0])
	for k := range row {
		row[k].Remark = ""
		if row[k].Name == "说明" {
			row[k].Value = "检查现场: 甲"
		}
	}
	row.Keep(fields[n].Rows[0])
	blank := Row{}
	for _, k := range fields[n].Of.Keys {
		blank = append(blank, Field{Key: k})
	}
	fields[n].Rows = []Row{row, blank}
	got := string(f.Write(fields, f.Body))
	for _, part := range []string{"  - # 原件：收件/2022-11-01/a.jpg\n    ", "    说明: '检查现场: 甲'\n", "    已核: false\n", "    文件: a.jpg\n"} {
		if !strings.Contains(got, part) {
			t.Errorf("no %q in\n%s", part, got)
		}
	}
	if strings.Count(got, "已核") != 1 {
		t.Errorf("an empty row is written\n%s", got)
	}
	parse(t, campaign.Galleries, got)
}
