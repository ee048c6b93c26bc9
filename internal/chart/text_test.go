package chart

import (
	"strings"
	"testing"
)

func TestWrap(t *testing.T) {
	for _, test := range []struct {
		name, text string
		ems        int
		want       string
	}{
		{"fits", "查处案件", 4, "查处案件"},
		{"even lines", "列入严重违法失信", 7, "列入严重|违法失信"},
		{"no closing mark first", "清理信息、账号", 4, "清理信|息、账号"},
		{"no opening mark last", "开展网售（抽查）", 5, "开展网售|（抽查）"},
		{"a short quotation stays whole", "治理“三无”外卖", 5, "治理|“三无”|外卖"},
		{"a word stays whole", "网站和APP平台", 5, "网站和|APP平台"},
		{"a word longer than a line breaks", "internationalization", 5, "interna|tionali|zation"},
		{"one character a line", "公安局", 1, "公|安|局"},
		{"empty", "", 5, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.Join(wrap(test.text, px(10*test.ems), 10), "|"); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

func TestWrapKeepsEveryCharacter(t *testing.T) {
	text := "向公安机关、市场监管部门、网信部门和邮政部门提交“三无”APP线索（含。。。）数量"
	for limit := px(5); limit < px(600); limit += px(7) {
		if got := strings.Join(wrap(text, limit, 13), ""); got != text {
			t.Fatalf("at %v: %s", limit, got)
		}
	}
}
