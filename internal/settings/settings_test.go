package settings

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
	"wangjian/internal/head"
	"wangjian/internal/source"
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func kind(t *testing.T, key string) Kind {
	t.Helper()
	k, ok := KindOf(key)
	if !ok {
		t.Fatal(key)
	}
	return k
}

// files are the settings of two campaigns that are written each in its own way.
func files(t *testing.T) map[string]map[string]string {
	t.Helper()
	all := map[string]map[string]string{}
	for name, dir := range map[string]string{"sample": "../../", "small": "../review/testdata/campaign/"} {
		all[name] = map[string]string{}
		for _, file := range []string{"data/campaign.yaml", "data/form.yaml"} {
			all[name][file] = string(must(os.ReadFile(dir + file)))
		}
	}
	return all
}

// TestSame: a list that is pasted back as it is shown changes no byte.
func TestSame(t *testing.T) {
	for name, texts := range files(t) {
		for _, k := range Lists {
			l := must(Read(k, []byte(texts[k.File])))
			rows, problems := l.Paste(l.Text())
			if len(problems) > 0 || len(rows) != len(l.Rows) {
				t.Errorf("%s %s: %v, %d rows of %d", name, k.Key, problems, len(rows), len(l.Rows))
				continue
			}
			if got := string(l.Write(rows)); got != texts[k.File] && len(rows) > 0 {
				t.Errorf("%s %s is changed:\n%s", name, k.Key, got)
			}
		}
	}
}

// TestFromExcel: rows as an office has them in Excel, without 代号, with merged
// cells, 其中 before a name and columns that say nothing, become what the reader
// reads, in a campaign that has nothing yet.
func TestFromExcel(t *testing.T) {
	texts := map[string][]byte{
		"data/campaign.yaml": []byte("名称: 某行动\n# 部门照通知版头的次序\n部门:   # 先填\n# 县\n地区:\n"),
		"data/form.yaml":     []byte("名称: 表\n"),
	}
	paste := func(key, pasted string) {
		t.Helper()
		k := kind(t, key)
		l := must(Read(k, texts[k.File]))
		rows, problems := l.Paste(pasted)
		if len(problems) > 0 {
			t.Fatalf("%s: %v", key, problems)
		}
		texts[k.File] = l.Write(rows)
	}
	paste("部门", "序号\t部门名称\t简称\r\n1\t某市市场监督管理局\t市场监管局\r\n2\t某市公安局\t公安局\r\n\t\t\r\n")
	paste("地区", "名称|简称\n东区｜东\n西区|西\n")
	paste("工作重点", "名称\t责任部门\n严查甲\t公安局、市场监管局\n")
	paste("期次", "名称\t截止时间\t口径\n中期\t2026年9月28日\t累计\n终期\t2026-11-26\t累计\n")
	paste("阶段", "阶段名称\t开始日期\t结束日期\n部署\t2026-09-01\t2026/9/30\n")
	paste("项目", "责任部门\t项目名称\t计量单位\n市场监管局\t查处案件\t件\n\t其中：移送案件\t件\n公安局\t破获\"大案\"\t件\n\t\"两行\n名称\"\t万元\n")
	if text := string(texts["data/campaign.yaml"]); !strings.Contains(text, "部门:   # 先填\n  - {代号: bm1, 名称: 某市市场监督管理局, 简称: 市场监管局}\n  - {代号: bm2, ") || !strings.Contains(text, "# 县\n地区:\n  - {代号: dq1, 名称: 东区, 简称: 东}\n") {
		t.Errorf("got\n%s", text)
	}
	mapped := fstest.MapFS{}
	for name, text := range texts {
		mapped[name] = &fstest.MapFile{Data: text}
	}
	c, _ := source.Load(mapped)
	if len(c.Departments) != 2 || len(c.Regions) != 2 || len(c.Priorities) != 1 || len(c.Priorities[0].Units) != 2 || len(c.Rounds) != 2 || c.Rounds[0].Deadline.String() != "2026-09-28" || len(c.Phases) != 1 {
		t.Errorf("read %+v\n%s", c, texts["data/campaign.yaml"])
	}
	var rows []string
	for _, row := range c.Form.Rows {
		parent := ""
		if row.Parent != nil {
			parent = row.Parent.Name
		}
		rows = append(rows, row.Department.Short+"/"+parent+"/"+row.Name+"/"+row.Unit)
	}
	if want := []string{"市场监管局//查处案件/件", "市场监管局/查处案件/移送案件/件", "公安局//破获\"大案\"/件", "公安局//两行 名称/万元"}; !slices.Equal(rows, want) {
		t.Errorf("got %q\n%s", rows, texts["data/form.yaml"])
	}
}

// TestPasteKeeps: rows that are pasted with fewer columns keep what they had, their
// codes by name, and other rows keep their lines.
func TestPasteKeeps(t *testing.T) {
	text := "部门:\n  # 牵头\n  - {代号: shijian, 名称: 市监局, 别名: [市局]}   # 第一个\n  - {代号: gongan, 名称: 公安局, 自造: 留着}\n期次: []\n"
	l := must(Read(kind(t, "部门"), []byte(text)))
	rows, problems := l.Paste("名称\t简称\n市监局\t\n公安局\t公安\n海关\t\n")
	want := "部门:\n  # 牵头\n  - {代号: shijian, 名称: 市监局, 别名: [市局]}   # 第一个\n  - {代号: gongan, 名称: 公安局, 简称: 公安, 自造: 留着}\n  - {代号: bm1, 名称: 海关}\n期次: []\n"
	if got := string(l.Write(rows)); got != want || len(problems) > 0 {
		t.Errorf("%v, got\n%s", problems, got)
	}
}

// TestWrongPaste: what cannot be a row says so with its line, and why.
func TestWrongPaste(t *testing.T) {
	for pasted, want := range map[string]string{
		"市监局\t公安局\n":                         "第一行要写列名",
		"代号\t简称\nx\ty\n":                     "没有“名称”",
		"名称\t截止\t口径\n中期\t九月底\t累计\n":          "第 2 行：“截止”不是日期",
		"名称\t截止\t口径\n\n中期\t2026-09-28\t总计\n": "第 3 行：“口径”只能写累计、当期",
		"名称\t截止\n\t2026-09-28\n":             "第 2 行：没有名称",
		"名称\t典型案例不少于\n中期\t六\n":               "“典型案例不少于”不是整数",
	} {
		l := must(Read(kind(t, "期次"), nil))
		_, problems := l.Paste(pasted)
		if len(problems) == 0 || !strings.Contains(problems[0].String(), want) {
			t.Errorf("%q: %v, want %s", pasted, problems, want)
		}
	}
	if _, err := Read(kind(t, "部门"), []byte("部门: {甲: 乙}\n")); err != ErrUnreadable {
		t.Errorf("got %v", err)
	}
}

// TestForm: single values are changed where they stand, in the file and in a mapping
// of it; nothing else changes, and a mapping that is not there is made.
func TestForm(t *testing.T) {
	for name, texts := range files(t) {
		for _, path := range [][]string{nil, {"站点"}, {"审核人"}} {
			text := texts["data/campaign.yaml"]
			f := must(ReadForm(format.Campaign, []byte(text), path...))
			if got := string(f.Write(f.Fields)); got != text {
				t.Errorf("%s %s is changed:\n%s", name, path, got)
			}
		}
	}
	text := "名称: 某行动\n站点:\n    名称: 旧的   # 注\n    域名: a.example\n# 部门\n部门: []\n"
	set := func(field, value string, path ...string) {
		t.Helper()
		f := must(ReadForm(format.Campaign, []byte(text), path...))
		fields := slices.Clone(f.Fields)
		n := slices.IndexFunc(fields, func(x head.Field) bool { return x.Name == field })
		fields[n].Value = value
		text = string(f.Write(fields))
	}
	set("主办单位", "某局: 一", "站点")
	set("名称", "新的", "站点")
	set("初审", "甲\n乙", "审核人")
	set("文号", "某〔2026〕1号")
	want := "名称: 某行动\n文号: 某〔2026〕1号\n站点:\n    名称: 新的\n    域名: a.example\n    主办单位: '某局: 一'\n# 部门\n部门: []\n审核人:\n  初审: [甲, 乙]\n"
	if text != want {
		t.Errorf("got\n%s", text)
	}
	for _, broken := range []string{"站点: 甲\n", "站点: [甲]\n", "站点: &x\n  名称: 甲\n"} {
		if _, err := ReadForm(format.Campaign, []byte(broken), "站点"); err != ErrUnreadable {
			t.Errorf("%q: got %v", broken, err)
		}
	}
	if c, _ := source.Load(fstest.MapFS{"data/campaign.yaml": {Data: []byte(text)}}); c.Site.Host != "某局: 一" || len(c.Reviewers[campaign.FirstReview]) != 2 || c.Reviewers[campaign.FirstReview][1] != "乙" {
		t.Errorf("read %+v", c)
	}
}

// TestFormWithin: the values of a mapping within mappings are changed where they stand,
// between braces too; it is made where it is not there, and taken away with what has
// nothing else.
func TestFormWithin(t *testing.T) {
	const rest = "名称: 某行动\n"
	put := func(text, want string, path []string, values ...string) {
		t.Helper()
		f := must(ReadForm(format.Campaign, []byte(text), path...))
		if got := string(f.Write(f.Fields)); got != text {
			t.Errorf("%v is changed:\n%s", path, got)
		}
		fields := slices.Clone(f.Fields)
		for n := 0; n < len(values); n += 2 {
			fields[slices.IndexFunc(fields, func(x head.Field) bool { return x.Name == values[n] })].Value = values[n+1]
		}
		if got := string(f.Write(fields)); got != want {
			t.Errorf("got\n%swant\n%s", got, want)
		}
	}
	server := []string{"发布", "线上", "SFTP"}
	put(rest, rest+"发布:\n  线上:\n    SFTP:\n      主机: a.example\n      端口: 2222\n", server, "主机", "a.example", "端口", "2222")
	put(rest, rest+"发布:\n  \"2026\":\n    文件夹: www\n", []string{"发布", "2026"}, "文件夹", "www")
	put("发布: # 到哪里\n"+rest, "发布: # 到哪里\n  线上:\n    文件夹: www\n"+rest, server[:2], "文件夹", "www")
	braces := "发布:\n   本地: {文件夹: a} # 先\n   线上: # 正式\n      SFTP: {主机: a.example, 用户: web, 目录: /www} # 机房\n      网址: https://a.example/\n" + rest
	put(braces, "发布:\n   本地: {文件夹: a} # 先\n   线上: # 正式\n      SFTP: # 机房\n        主机: b.example\n        用户: web\n        目录: /www\n      网址: https://a.example/\n"+rest, server, "主机", "b.example")
	put("发布: {线上: {SFTP: {主机: a}}, 本地: {文件夹: a}}\n", "发布:\n  线上:\n    SFTP:\n      主机: b\n  本地: {文件夹: a}\n", server, "主机", "b")
	gone := func(text, want string, path ...string) {
		t.Helper()
		if got := string(must(ReadForm(format.Campaign, []byte(text), path...)).Without()); got != want {
			t.Errorf("got\n%swant\n%s", got, want)
		}
	}
	gone(braces, "发布:\n   本地: {文件夹: a} # 先\n"+rest, "发布", "线上")
	gone("发布: {线上: {文件夹: a}}\n"+rest, rest, "发布", "线上")
	gone(rest, rest, "发布", "线上")
}
