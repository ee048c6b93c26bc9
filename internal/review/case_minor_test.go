package review

import "testing"

func TestTellsOfMinor(t *testing.T) {
	for line, want := range map[string]string{
		"当事人张某，男，16岁，初中学生。": "16岁", "经查，当事人系未成年人。": "未成年", "当事人李某某（17周岁）": "17周岁", "当事人未满18周岁": "未满18周岁",
		"当事人向未成年人销售电子烟。": "", "当事人王某，男，36岁。": "", "当事人接待未成年人上网。": "", "一名15岁的学生买到了电子烟。": "",
		"当事人销售。一名15岁学生投诉。": "", "保护未成年人。": "",
	} {
		if _, got, _ := tellsOfMinor(line, false); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
	for line, want := range map[string]string{"当事人: 张某（未成年人）": "未成年", "当事人: 某店": "", "当事人: 向某（16岁）": "16岁", "摘要: 当事人系未成年人": "未成年", "违法行为类型: 向未成年人销售烟草": ""} {
		if _, got, _ := tellsOfMinor(line, true); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}
