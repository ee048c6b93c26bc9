package wording

import (
	"fmt"
	"strings"
	"testing"

	"wangjian/internal/campaign"
)

func rows(text string) (list []Row) {
	for n, line := range strings.Split(text, "\n") {
		list = append(list, Row{fmt.Sprintf("第 %d 行", n+1), strings.Split(line, "\t")})
	}
	return list
}

// TestReadList: the layouts that offices keep their lists in.
func TestReadList(t *testing.T) {
	for name, c := range map[string]struct{ text, want, faults string }{
		"a title over the head, and numbers": {
			"市政务网站错敏词表\n序号\t错误表述\t正确表述\t错误级别\t备注\n1\t帐号\t账号\t严重\t\n2\t按装\t安装\t一般\t常见",
			"帐号→账号 error|按装→安装 warning 常见", "",
		},
		"the right form first":    {"正确\t错误\n账号\t帐号", "帐号→账号", ""},
		"columns without a head":  {"帐号\t账号\n按装\t安装\t错误", "帐号→账号|按装→安装 error", ""},
		"numbered, without":       {"1\t帐号\t账号\n2\t按装\t安装", "帐号→账号|按装→安装", ""},
		"a term a line":           {"大排查\n\n# 注\n黑恶作坊", "大排查→|黑恶作坊→", ""},
		"a head over one column":  {"敏感词\n大排查", "大排查→", ""},
		"arrows":                  {"帐号→账号\n2. 按装 => 安装\n（3）布暑——>部署", "帐号→账号|按装→安装|布暑→部署", ""},
		"words":                   {"“帐号”应为“账号”\n按装，应改为：安装", "帐号→账号|按装→安装", ""},
		"two halves":              {"正确\t错误\t正确\t错误\n账号\t帐号\t部署\t布暑\n安装\t按装", "帐号→账号|布暑→部署|按装→安装", ""},
		"a head with a note":      {"错误词语（不得使用）\t正确词语\n帐号\t账号", "帐号→账号", ""},
		"no right form":           {"错误\t正确\n毒王\t（不使用）\n黑户\t无", "毒王→|黑户→", ""},
		"commas with a head":      {"错词\t正词\n帐号\t账号", "帐号→账号", ""},
		"spaces":                  {"帐号 账号\n按装　安装", "帐号→账号|按装→安装", ""},
		"crosses and ticks":       {"× 帐号 √ 账号\n错：按装 对：安装\n错误：布暑；正确：部署", "帐号→账号|按装→安装|布暑→部署", ""},
		"brackets":                {"帐号（账号）\n按装（应为安装）\n大排查（慎用）", "帐号→账号|按装→安装|大排查（慎用）→", ""},
		"colons":                  {"1、布暑：部署\n保护用语：清河食安行动", "布暑→部署|保护用语：清河食安行动→", ""},
		"several with 、":          {"帐单、帐本\t账单、账本\n不忘初心、劳记使命\t不忘初心、牢记使命", "帐单→账单|帐本→账本|不忘初心、劳记使命→不忘初心、牢记使命", ""},
		"several forms in a cell": {"错误写法\t正确写法\n帐号；帐户\t账号；账户\n工商局/质监局\t市场监管局", "帐号→账号|帐户→账户|工商局→市场监管局|质监局→市场监管局", ""},
		"what is of no use": {
			"错误\t正确\n字\t字符\n账号\t账号\n帐号\t账号\n帐号\t帐目\n\t账户", "帐号→账号",
			"第 2 行：“字”只有一个字，会到处误报，没有收|第 3 行：“账号”错的和对的一样，没有收|第 5 行：“帐号”前面写的是改成“账号”，这里是“帐目”，照前面的|第 6 行：没有错误的写法，没有收",
		},
	} {
		entries, faults := ReadList(rows(c.text))
		var got []string
		for _, e := range entries {
			got = append(got, strings.TrimSpace(fmt.Sprintf("%s→%s %s %s", e.Wrong, e.Right, e.Level, e.Why)))
		}
		if strings.Join(got, "|") != c.want || strings.Join(faults, "|") != c.faults {
			t.Errorf("%s: got\n%s\n%s", name, strings.Join(got, "|"), strings.Join(faults, "|"))
		}
	}
}

// TestMerge: what is there stays word for word; what is new comes behind it.
func TestMerge(t *testing.T) {
	entries := []Entry{{Wrong: "帐号", Right: "账号"}, {Wrong: "大：排查", Level: campaign.Error}, {Wrong: "三, 四", Right: "[五]"}}
	const added = "  - {误: 大：排查, 级别: 错误}\n  - {误: \"三, 四\", 正: \"[五]\"}\n"
	for name, c := range map[string]struct {
		old, want string
		replace   bool
	}{
		"no file":        {"", listHead + "用语:\n  - {误: 帐号, 正: 账号}\n" + added, false},
		"the same":       {"用语:\n  - {误: 帐号, 正: 账号}", "用语:\n  - {误: 帐号, 正: 账号}\n" + added, false},
		"another form":   {"用语:\n  - {误: 帐号, 正: 帐目} # 我们的\n", "用语:\n  - {误: 帐号, 正: 帐目} # 我们的\n" + added, false},
		"asked":          {"用语:\n  - {误: 帐号, 正: 帐目, 除外: [老帐号]}\n", "用语:\n  - {误: 帐号, 正: 账号, 除外: [老帐号]}\n" + added, true},
		"another style":  {"用语:\n- 误: 帐号\n  正: 账号\n  说明: 一行\n    又一行\n\n# 下面是保护用语\n保护用语: [清河食安行动]\n", "用语:\n- 误: 帐号\n  正: 账号\n  说明: 一行\n    又一行\n" + strings.ReplaceAll(added, "  - ", "- ") + "\n# 下面是保护用语\n保护用语: [清河食安行动]\n", false},
		"only protected": {"保护用语:\n  - 清河食安行动\n", "保护用语:\n  - 清河食安行动\n用语:\n  - {误: 帐号, 正: 账号}\n" + added, false},
	} {
		m, err := Merge([]byte(c.old), entries, campaign.Warning, c.replace)
		if err != nil || string(m.Text) != c.want {
			t.Errorf("%s: %v\n%s", name, err, m.Text)
		}
	}
	if _, err := Merge([]byte("用语: [{误: 帐号}]\n"), entries, campaign.Warning, false); err == nil {
		t.Error("a list in one line cannot be added to")
	}
}
