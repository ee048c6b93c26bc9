package correction

import (
	"strings"
	"testing"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/review"
)

var some = review.Entry{On: campaign.Date{Year: 2022, Month: 9, Day: 5}, Fields: [][2]string{{"期次", "中期"}, {"部门", "公安局"}, {"项目", "查处：甲、乙"}, {"原值", "231"}, {"现值", "230"}}}

const added = "- {期次: 中期, 部门: 公安局, 项目: 查处：甲、乙, 原值: 231, 现值: 230, 原因: 重复, 日期: 2022-09-05}"

// TestAdd: an entry comes behind the others, and all else stays as it was written.
func TestAdd(t *testing.T) {
	for name, x := range map[string][2]string{
		"no file":       {"", head + "  " + added + "\n"},
		"blank":         {"\n", "\n" + head + "  " + added + "\n"},
		"comments":      {"# 说明\n", "# 说明\n更正:\n  " + added + "\n"},
		"key alone":     {"更正:\n", "更正:\n  " + added + "\n"},
		"key, no end":   {"更正:", "更正:\n  " + added + "\n"},
		"indented":      {"# 头\n更正:  # 尾\n    - {期次: x}   # 甲\n\n", "# 头\n更正:  # 尾\n    - {期次: x}   # 甲\n    " + added + "\n\n"},
		"not indented":  {"更正:\n- {期次: x}\n# 完\n", "更正:\n- {期次: x}\n" + added + "\n# 完\n"},
		"block entries": {"更正:\n  - 期次: x\n    原因: |\n      # 一\n      二\n", "更正:\n  - 期次: x\n    原因: |\n      # 一\n      二\n  " + added + "\n"},
		"block comment": {"更正:\n  - 原因: |\n      一\n      # 二\n", "更正:\n  - 原因: |\n      一\n      # 二\n  " + added + "\n"},
		"in brackets":   {"更正: [{期次: x}] # 尾\n", "更正: [{期次: x}, " + added[2:] + "] # 尾\n"},
		"empty list":    {"更正: []\n", "更正: [" + added[2:] + "]\n"},
		"CRLF":          {"更正:\r\n  - {期次: x}\r\n", "更正:\r\n  - {期次: x}\r\n  " + added + "\r\n"},
	} {
		got, err := Add(x[0], []string{some.With("重复")})
		if err != nil || got != x[1] {
			t.Errorf("%s: %v, %q, want %q", name, err, got, x[1])
		}
	}
	for _, text := range []string{"更正: 231\n", "- x\n", "更正:\n  a: 1\n", "更正: [\n", "更正: *a\n"} {
		if got, err := Add(text, []string{added}); err == nil || !strings.Contains(err.Error(), added) {
			t.Errorf("%q: %v, %q", text, err, got)
		}
	}
}

// FuzzReason: whatever the reason, it is read back as it was written, and nothing
// else comes with it.
func FuzzReason(f *testing.F) {
	for _, s := range []string{"漏计", "a: b, {c}", `"'\`, "- x", "# x", "无", "2022-09-05", "~", "true", "a\tb", "😀", "x}", " y ", "0x1f", "null", "\u0085", "%a", "=", "<<", "? x"} {
		f.Add(s, "更正:\n  - {期次: x}\n")
	}
	f.Fuzz(func(t *testing.T, reason, text string) {
		if strings.TrimSpace(reason) != reason || reason == "" || strings.ContainsAny(reason, "\r\n") || !utf8.ValidString(reason) {
			return
		}
		with, err := Add(text, []string{some.With(reason)})
		if err != nil {
			return
		}
		var file struct {
			Entries []yaml.Node `yaml:"更正"`
		}
		if err := yaml.Unmarshal([]byte(with), &file); err != nil {
			t.Fatal(err)
		}
		last := map[string]yaml.Node{}
		if err := file.Entries[len(file.Entries)-1].Decode(&last); err != nil {
			t.Fatal(err)
		}
		if n := last["原因"]; n.Value != reason || n.ShortTag() != "!!str" {
			t.Errorf("%q came back as %q in %q", reason, n.Value, with)
		}
	})
}
