package linebreak

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		name, text string
		width      int
		want       []string
	}{
		{"marks keep with what stands before", "甲乙丙丁，戊己", 4, []string{"甲乙丙", "丁，戊己"}},
		{"a document's number stays whole", "市监字〔2022〕19号", 11, []string{"市监", "字〔2022〕19号"}},
		{"a range stays whole", "定于9—11月开展", 5, []string{"定于", "9—11月", "开展"}},
		{"a range of months", "从9月—11月做", 6, []string{"从", "9月—11月", "做"}},
		{"a dash of two is none", "甲——乙丙丁", 4, []string{"甲——乙", "丙丁"}},
		{"a short quotation stays whole", "治理“三无”外卖", 5, []string{"治理", "“三无”外", "卖"}},
		{"a quotation that no line holds", "售“一老一小”用品", 3, []string{"售", "“一老", "一小”", "用品"}},
		{"a word longer than a line", "abcdefghi", 4, []string{"abcd", "efgh", "i"}},
		{"nothing", "", 4, []string{""}},
	} {
		if got := Wrap(c.text, c.width, utf8.RuneCountInString); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if got := Even("甲乙丙丁戊己庚辛", 6, 1, utf8.RuneCountInString); !slices.Equal(got, []string{"甲乙丙丁", "戊己庚辛"}) {
		t.Errorf("even: %q", got)
	}
	if got := Cut("甲乙丙丁", 3, "…", utf8.RuneCountInString); got != "甲乙…" {
		t.Error(got)
	}
	if got := Clip(" 甲 \n乙丙丁", 3); got != "甲 乙…" {
		t.Error(got)
	}
}

func TestShorten(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"短。", "短。"},
		{"一二三四五六。七八九十", "一二三四五六。"},
		{"一二三四五六七八九十十一", "一二三四五六七八九…"},
	} {
		if got := Shorten(test.text, 10); got != test.want {
			t.Errorf("%s → %s，应为 %s", test.text, got, test.want)
		}
	}
}

// TestShort: a name is cut where a reader would draw breath, and never within a
// word, a number or a quotation.
func TestShort(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{"赣州市公安局", 24, "赣州市公安局"},
		{"某公司利用直播带货虚假宣传案", 14, "某公司利用直播带货虚假宣传案"},
		{"章贡区市场监督管理局查处某商贸有限公司利用直播销售侵犯注册商标专用权商品案", 24, "章贡区市场监督管理局查处某商贸有限公司"},
		{"赣州市市场监督管理局、赣州市公安局联合开展网络市场监管专项行动现场检查", 24, "赣州市市场监督管理局、赣州市公安局"},
		{"关于印发《赣州市网络市场监管专项行动实施方案》的通知及其附件的说明材料", 20, "关于印发"},
		{strings.Repeat("𠮷", 60), 40, strings.Repeat("𠮷", 40)},
	} {
		if got := Short(c.text, c.most); got != c.want {
			t.Errorf("Short(%q, %d) = %q, want %q", c.text, c.most, got, c.want)
		}
	}
}

func TestPhrases(t *testing.T) {
	for text, want := range map[string]string{
		"典型案例": "典型案例",
		"关于网络市场监管专项行动的公告":   "关于网络市场监管|专项行动的|公告",
		"网络专项行动（网剑行动）专栏":    "网络|专项行动|（网剑行动）|专栏",
		"查处“订金不退”案，罚没款（万元）": "查处|“订金不退”案，|罚没款|（万元）",
		"兴国县市场监督管理局查处某公司案":  "兴国县|市场监督管理局|查处某公司案",
		"终期罚没款437.56万元":     "终期|罚没款|437.56万元",
		"打击食品、化妆品网售违法行为":    "打击食品、|化妆品|网售违法行为",
		"查处某网络科技公司组织刷单炒信案":  "查处某网络|科技公司|组织刷单炒信案",
		"某大药房不凭处方网售处方药案":    "某大药房|不凭处方|网售处方药案",
		"赣县区市场监督管理局":        "赣县区|市场监督管理局",
	} {
		if have := strings.Join(Phrases(text), "|"); have != want {
			t.Errorf("%s: %s, want %s", text, have, want)
		}
	}
	units := NewUnits([]string{"批次"})
	text := []rune("罚没款437.56万元，抽查603批次，12315平台，2022年，比中期增加29.0%、3件")
	var have []string
	for _, q := range units.Quantities(text) {
		have = append(have, string(text[q[0]:q[1]]))
	}
	if strings.Join(have, " ") != "437.56万元 603批次 3件" {
		t.Errorf("quantities %q", have)
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"较中期增加": "较中期|增加", "查处网络违法案件": "查处|网络|违法|案件", "市场监管局": "市场监管局", "文件标题": "文件标题", "": "",
		"查处不正当价格行为案件": "查处|不正当|价格|行为|案件", "于都县市场监督管理局": "于都县|市场|监督|管理局",
		"给老人网购用品和保健食品，先认标志再付款": "给老人|网购|用品和|保健|食品，|先认标志再付款", "金银箔": "金银箔",
	} {
		if have := strings.Join(Words(text), "|"); have != want {
			t.Errorf("%s: %s, want %s", text, have, want)
		}
	}
}
