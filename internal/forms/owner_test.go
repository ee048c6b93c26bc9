package forms

import (
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestOwners(t *testing.T) {
	c := load(t, small(t))
	other := load(t, sample(t))
	changed := func(data []byte, sheet, cell, text string) []byte {
		return edited(t, data, func(f *excelize.File) error { return f.SetCellStr(sheet, cell, text) })
	}
	bare := func(data []byte) []byte {
		return edited(t, data, func(f *excelize.File) error { return f.DeleteSheet(hiddenSheet) })
	}
	mine := filled(t, c)
	county := export(t, c, "q2", "shichang", "dongcheng").Data
	for _, test := range []struct {
		name    string
		data    []byte
		options ImportOptions
		want    string
		path    string
	}{
		{"as the file says", mine, ImportOptions{}, "", "data/q3/shichang.yaml"},
		{"as the caller says too", mine, ImportOptions{Round: c.FindRound("q3"), Department: c.FindDepartment("shichang")}, "", "data/q3/shichang.yaml"},
		{"a county's", county, ImportOptions{}, "", "data/q2/shichang/dongcheng.yaml"},
		{"by what stands above the table", bare(county), ImportOptions{}, "", "data/q2/shichang/dongcheng.yaml"},
		{"another campaign", export(t, other, "final", "wangxin", "").Data, ImportOptions{},
			name + " import-owner 赣州2022网络市场监管专项行动（网剑行动） 清河市2026年春季校园食品安全专项行动", ""},
		{"a campaign renamed keeps its number", changed(mine, hiddenSheet, "B2", "旧名"), ImportOptions{}, "", "data/q3/shichang.yaml"},
		{"another round", mine, ImportOptions{Round: c.FindRound("q1")}, name + "!A3 import-round 第三次 第一次", "data/q1/shichang.yaml"},
		{"another round, written alone", bare(mine), ImportOptions{Round: c.FindRound("q1")}, name + "!A3 import-round 第三次 第一次", "data/q1/shichang.yaml"},
		{"another round than pasted and hidden", changed(mine, mainSheet, "A3", "期次：第二次"), ImportOptions{Round: c.FindRound("q1")}, name + "!A3 import-owner 表上写的是第二次 隐藏表里记的是第三次", ""},
		{"a round that is no more, told", changed(changed(mine, hiddenSheet, "B3", "q9"), mainSheet, "A3", ""), ImportOptions{Round: c.FindRound("q3")}, name + " import-round 第三次 导入为第三次", "data/q3/shichang.yaml"},
		{"last year's round above, told", changed(bare(mine), mainSheet, "A3", "期次：第九次"), ImportOptions{Round: c.FindRound("q3")}, "", "data/q3/shichang.yaml"},
		{"another department", mine, ImportOptions{Department: c.FindDepartment("jiaoyu")}, name + "!D3 import-owner 清河市市场监督管理局 清河市教育体育局", ""},
		{"another county", county, ImportOptions{Region: c.FindRegion("xicheng")}, name + "!A4 import-owner 东城街道 西城街道", ""},
		{"a county asked for", mine, ImportOptions{Region: c.FindRegion("xicheng")}, name + " import-owner 清河市市场监督管理局 总表 西城街道", ""},
		{"a round that is no more", changed(mine, hiddenSheet, "B3", "q9"), ImportOptions{}, name + " import-owner 第三次（q9） 没有这一期", ""},
		{"a department that is no more", changed(mine, hiddenSheet, "B4", "weijian"), ImportOptions{}, name + " import-owner weijian 没有这个部门", ""},
		{"a region that is no more", changed(county, hiddenSheet, "B5", "beijie"), ImportOptions{}, name + " import-owner 东城街道（beijie） 没有这个地区", ""},
		{"another form pasted over", changed(mine, mainSheet, "D3", "部门：清河市教育体育局"), ImportOptions{},
			name + "!D3 import-owner 表上写的是清河市教育体育局 隐藏表里记的是清河市市场监督管理局", ""},
		{"a county pasted over the whole", changed(mine, mainSheet, "A24", "地区：西城街道"), ImportOptions{}, name + "!A24 import-owner 总表 西城街道", ""},
		{"an unknown name above", changed(bare(mine), mainSheet, "A3", "期次：第九次"), ImportOptions{}, name + "!A3 import-owner 没有“第九次”", ""},
		{"no owner at all", changed(changed(bare(mine), mainSheet, "A3", ""), mainSheet, "D3", ""), ImportOptions{}, `
			` + name + ` import-owner 看不出是哪一期
			` + name + ` import-owner 看不出是哪个部门`, ""},
		{"told by the caller alone", changed(changed(bare(mine), mainSheet, "A3", ""), mainSheet, "D3", ""),
			ImportOptions{Round: c.FindRound("q3"), Department: c.FindDepartment("shichang")}, "", "data/q3/shichang.yaml"},
		{"signed by another department", changed(mine, mainSheet, "C4", "清河市教育体育局"), ImportOptions{}, name + "!C4 import-owner 清河市教育体育局 清河市市场监督管理局", ""},
		{"signed by another county", changed(county, mainSheet, "C5", "西城街道市场监管所"), ImportOptions{}, name + "!C5 import-owner-doubt 西城街道 东城街道", "data/q2/shichang/dongcheng.yaml"},
		{"a county without saying so", changed(bare(mine), mainSheet, "C4", "西城街道市场监管所"), ImportOptions{}, name + "!C4 import-owner 西城街道 --region", ""},
		{"a county in the whole's workbook", changed(mine, mainSheet, "C4", "西城街道市场监管所"), ImportOptions{}, name + "!C4 import-owner-doubt 西城街道", "data/q3/shichang.yaml"},
		{"a newer program's", changed(mine, hiddenSheet, "B1", "9"), ImportOptions{}, name + " import-kind 更新的程序", ""},
		{"a spoilt hidden sheet", changed(mine, hiddenSheet, "B1", "x"), ImportOptions{}, name + " import-kind 版本号", ""},
		{"a department without rows", changed(changed(bare(mine), mainSheet, "D3", "部门：城管局"), mainSheet, "C4", "城管局"), ImportOptions{}, name + " import-owner 没有项目", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, got := Import(c, name, test.data, test.options)
			expect(t, got, test.want)
			if path := pathOf(r); path != test.path {
				t.Errorf("goes to %q, want %q", path, test.path)
			}
		})
	}
}

func pathOf(r *Result) string {
	if r == nil {
		return ""
	}
	return r.Path
}

// TestOldTemplates imports forms that were sent out before the form changed.
func TestOldTemplates(t *testing.T) {
	fsys := small(t)
	before := load(t, fsys)
	base := filled(t, before)
	const file = "data/form.yaml"
	for _, test := range []struct {
		name, from, to, want string
	}{
		{"reordered", "  - {部门: shichang, 名称: 罚没款, 单位: 万元}\n  - {部门: shichang, 名称: 销毁问题食品, 单位: 千克, 小数: 1}\n",
			"  - {部门: shichang, 名称: 销毁问题食品, 单位: 千克, 小数: 1}\n  - {部门: shichang, 名称: 罚没款, 单位: 万元}\n", ""},
		{"renamed", "名称: 销毁问题食品", "名称: 销毁不合格食品", `
			市场监管局.xlsx import-template 现在没有“销毁问题食品（千克）” 现在多出“销毁不合格食品（千克）”
			市场监管局.xlsx import-row 没有“销毁不合格食品”这一行
			市场监管局.xlsx!B12 import-row 没有“销毁问题食品” 是不是“销毁不合格食品”`},
		{"unit changed", "单位: 万元", "单位: 元", `
			市场监管局.xlsx import-template 罚没款（万元） 罚没款（元）
			市场监管局.xlsx import-row 没有“罚没款”这一行
			市场监管局.xlsx!B11 import-unit 单位是万元 单位是元`},
		{"a row more", "  - {部门: shichang, 名称: 罚没款", "  - {部门: shichang, 名称: 约谈, 单位: 次}\n  - {部门: shichang, 名称: 罚没款", `
			市场监管局.xlsx import-template 现在多出“约谈（次）”
			市场监管局.xlsx import-row 没有“约谈”这一行`},
		{"a row less", "      - {名称: 无证经营}\n", "", `
			市场监管局.xlsx import-template 现在没有“无证经营（件）”
			市场监管局.xlsx!B8 import-row 没有“无证经营”`},
	} {
		t.Run(test.name, func(t *testing.T) {
			changed := with(t, fsys, file, test.from, test.to)
			for name := range changed {
				if strings.HasPrefix(name, "data/q") || strings.HasPrefix(name, "content/") {
					delete(changed, name)
				}
			}
			r, got := Import(load(t, changed), name, base, ImportOptions{})
			expect(t, got, test.want)
			if (r != nil) != (test.want == "") {
				t.Errorf("result %v", r)
			}
		})
	}
}

// TestSameNames tells rows apart that share a name: by unit, by the row they
// divide, and at last by the hidden ids.
func TestSameNames(t *testing.T) {
	fsys := small(t)
	for name := range fsys {
		if strings.HasPrefix(name, "data/q") || strings.HasPrefix(name, "content/") {
			delete(fsys, name)
		}
	}
	fsys = with(t, fsys, "data/form.yaml", "  - {部门: shichang, 名称: 罚没款", "  - {部门: shichang, 名称: 约谈, 单位: 件, 其中: [{名称: 无证经营}]}\n  - {部门: shichang, 名称: 罚没款")
	c := load(t, fsys)
	fill := func(t *testing.T, work func(f *excelize.File) error) []byte {
		return edited(t, export(t, c, "q3", "shichang", "").Data, func(f *excelize.File) error {
			for row := 6; row <= 14; row++ {
				if err := f.SetCellDefault(mainSheet, "E"+strconv.Itoa(row), strconv.Itoa(row)); err != nil {
					return err
				}
			}
			return firstError(f.SetCellStr(mainSheet, "E4", "2026-05-28"), work(f))
		})
	}
	want := "  立案/无证经营: 8\n  经营过期食品: 9\n  移送公安机关: 10\n  约谈: 11\n  约谈/无证经营: 12\n"
	for name, work := range map[string]func(f *excelize.File) error{
		"as printed":    func(*excelize.File) error { return nil },
		"without ids":   func(f *excelize.File) error { return f.RemoveCol(mainSheet, "G") },
		"spelt in full": func(f *excelize.File) error { return f.SetCellStr(mainSheet, "C12", "约谈（件）/无证经营") },
		"moved away, by id": func(f *excelize.File) error {
			return firstError(f.DuplicateRowTo(mainSheet, 8, 20), f.RemoveRow(mainSheet, 8), f.UnmergeCell(mainSheet, "A6", "A13"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := imported(t, c, name, fill(t, work), ImportOptions{})
			if !strings.Contains(string(r.New), want) {
				t.Errorf("got\n%s", r.New)
			}
		})
	}
	data := fill(t, func(f *excelize.File) error {
		return firstError(f.RemoveCol(mainSheet, "G"), f.SetCellStr(mainSheet, "B11", "约谈"), f.DuplicateRowTo(mainSheet, 8, 6), f.RemoveRow(mainSheet, 9))
	})
	_, got := Import(c, "x.xlsx", data, ImportOptions{})
	expect(t, got, `
		x.xlsx import-row 没有“立案/无证经营”这一行
		x.xlsx!B6 import-row 可以是 2 个项目 “立案/无证经营” 或 “约谈/无证经营”`)
}
