package source

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"wangjian/internal/campaign"
)

const publishedFile = `{
 "名称": "某行动",
 "日期": "2026-05-10",
 "figures": [
  {"期次": "第一次", "部门": "教体局", "地区": "", "项目": "检查", "隶属": "", "单位": "家", "数量": "44", "备注": "", "填报单位": "甲", "填报日期": "2026-04-29", "来源": "data/q1/jiaoyu.yaml:4", "区划代码": "360700", "项目代码": "jiaoyu-01", "数值": "44", "状态": "已报", "上年同期": ""},
  {"期次": "第一次", "部门": "教体局", "地区": "本级", "项目": "检查", "隶属": "", "单位": "家", "数量": "无", "备注": "", "填报单位": "甲", "填报日期": "2026-04-29", "来源": "data/q1/jiaoyu.yaml:4", "区划代码": "360700", "项目代码": "jiaoyu-01", "数值": "", "状态": "无", "上年同期": "3"},
  {"期次": "第一次", "部门": "教体局", "地区": "东城", "项目": "检查", "隶属": "", "单位": "家", "数量": "", "备注": "", "填报单位": "", "填报日期": "", "来源": "", "区划代码": "", "项目代码": "jiaoyu-01", "数值": "", "状态": "未报", "上年同期": ""}
 ]
}
`

// asBuilt writes the figures of a file as a build does.
func asBuilt(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "  {") {
			line = strings.NewReplacer(`": `, `":`, `, "`, `,"`).Replace(line)
		}
		b.WriteString(line)
	}
	return b.String()
}

func TestReadPublished(t *testing.T) {
	if p := new(campaign.Published); !readLines(p, []byte(asBuilt(publishedFile))) || len(p.Figures) != 2 || readLines(p, []byte(publishedFile)) {
		t.Error("what a build writes is read line by line, and nothing else")
	}
	p, err := ReadPublished("旧/statistics.json", strings.NewReader(publishedFile))
	if err != nil {
		t.Fatal(err)
	}
	lines, err := ReadPublished("旧/statistics.json", strings.NewReader(asBuilt(publishedFile)))
	if err != nil || !reflect.DeepEqual(lines, p) {
		t.Errorf("line by line %+v, %v", lines, err)
	}
	// As versions before the later columns wrote it.
	earlier := regexp.MustCompile(`, "区划代码": [^}]*`).ReplaceAllString(publishedFile[:strings.Index(publishedFile, "  {\"期次\": \"第一次\", \"部门\": \"教体局\", \"地区\": \"东城\"")-2], "") + "\n ]\n}\n"
	if before, err := ReadPublished("旧/statistics.json", strings.NewReader(earlier)); err != nil || !reflect.DeepEqual(before, p) {
		t.Errorf("of an earlier version %+v, %v", before, err)
	}
	if len(p.Figures) != 2 || p.At.Brief() != "2026-05-10" || p.Figures[0].Quantity.String() != "44" || p.Figures[1].Region != "本级" || p.Figures[1].Quantity.String() != "无" {
		t.Errorf("got %+v", p)
	}
}

// TestPublishedFaults: what is not wholly a published list is refused, with
// the line.
func TestPublishedFaults(t *testing.T) {
	for name, fault := range map[string]struct{ from, to, want string }{
		"cut off":         {"  {\"期次\": \"第一次\", \"部门\": \"教体局\", \"地区\": \"本级\"", "", "第 6 行：不是统计数据的格式"},
		"twice":           {`"地区": "本级"`, `"地区": ""`, "第 6 行：“教体局”的“检查”有两个数"},
		"number":          {`"数量": "44"`, `"数量": 44`, "第 5 行：不是统计数据的格式"},
		"exponent":        {`"数量": "44"`, `"数量": "4e1"`, "第 5 行：“4e1”不是数量"},
		"sum":             {`"数量": "44"`, `"数量": "汇总"`, "公布的数不能是“汇总”"},
		"no quantity":     {`"数量": "44", `, ``, "没有“数量”"},
		"unknown key":     {`"数量": "44"`, `"数量": "44", "更": "1"`, "不认识的键"},
		"repeated key":    {`"数量": "44"`, `"数量": "44", "数量": "45"`, "“数量”写了两遍"},
		"no day":          {` "日期": "2026-05-10",`, ``, "没有“日期”"},
		"no such day":     {`2026-05-10`, `2026-02-30`, "第 3 行：日历上没有"},
		"another file":    {publishedFile, "[]", "第 1 行：不是统计数据的格式"},
		"empty":           {publishedFile, "", "第 1 行：不是统计数据的格式"},
		"more at the end": {" ]\n}\n", " ]\n}\n{}", "末尾有多余的内容"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(publishedFile, fault.from, fault.to, 1)
			if text == publishedFile {
				t.Fatal("no fault was made")
			}
			_, err := ReadPublished("x.json", strings.NewReader(text))
			if _, same := ReadPublished("x.json", strings.NewReader(asBuilt(text))); fmt.Sprint(same) != fmt.Sprint(err) {
				t.Errorf("as a build writes it: %v, want %v", same, err)
			}
			if err == nil || !strings.Contains(err.Error(), fault.want) || !strings.Contains(err.Error(), "x.json") {
				t.Errorf("got %v, want %s", err, fault.want)
			}
		})
	}
}
