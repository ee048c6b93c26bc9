package card

import (
	"bytes"
	"image/png"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/cache"
	"wangjian/layouts"
)

var example = Card{
	Kind: "消费警示", Number: "2022年第6号", Title: "直播间下单前，先看清真正的卖家", Issuer: "某市市场监督管理局", Date: "2022年11月28日",
	Summary: "看清经营者、优惠依据和实物，再下单。", Points: []Fact{{"人气是刷出来的", "不凭人数和弹幕下单。"}, {"优惠没有依据", ""}, {"货和说的不一样", strings.Repeat("录屏、拍开箱过程。", 9)}},
	Hotline: Fact{"投诉举报热线", "12315"}, Site: "某专栏", Note: "示例数据", Address: "https://x.example/warnings/a/",
}

func TestCards(t *testing.T) {
	rare := example
	rare.Title = "㛃店主被查：" + strings.Repeat("很长的标题", 30) // a character that only the last font has
	document := example
	document.Points, document.Address = nil, ""
	document.Figures = []Fact{{"查处网络违法案件", "497件"}, {strings.Repeat("很长的项目名称", 9), "12345.67万元"}}
	document.Record = []Fact{{"文号", "某市监〔2022〕19号"}, {"索引号", "11360700MB00000002/2022-00019"}}
	for name, c := range map[string]Card{"warning": example, "rare and long": rare, "document": document, "bare": {Title: "题"}} {
		t.Run(name, func(t *testing.T) {
			p := NewPainter(layouts.Over(nil), cache.NewMemory())
			for shape, draw := range map[string]func(Card) ([]byte, error){"share": p.Share, "preview": p.Preview} {
				raw, err := draw(c)
				if err != nil {
					t.Fatal(err)
				}
				config, err := png.DecodeConfig(bytes.NewReader(raw))
				if err != nil || config.Width != sizes[shape][0] || config.Height != sizes[shape][1] {
					t.Errorf("%s: %dx%d %v", shape, config.Width, config.Height, err)
				}
				if len(raw) > 60_000 {
					t.Errorf("%s has %d bytes", shape, len(raw))
				}
				again, err := NewPainter(layouts.Over(nil), cache.NewMemory()).picture(shape, c, map[string]func(*canvas, Card) error{"share": drawShare, "preview": drawPreview}[shape])
				if err != nil || !bytes.Equal(raw, again) {
					t.Errorf("%s is not the same the second time: %v", shape, err)
				}
			}
		})
	}
}

// counted counts what is drawn for a cache.
type counted struct {
	cache.Store
	puts int
}

func (c *counted) Put(key string, picture []byte) {
	c.puts++
	c.Store.Put(key, picture)
}

func TestCachedCardsAreNotDrawnAgain(t *testing.T) {
	cached := &counted{Store: cache.NewFolder(t.TempDir(), "cards", 100)}
	first := NewPainter(layouts.Over(nil), cached)
	one, err := first.Share(example)
	if err != nil {
		t.Fatal(err)
	}
	second := NewPainter(layouts.Over(nil), cached)
	two, err := second.Share(example)
	if err != nil || !bytes.Equal(one, two) || cached.puts != 1 {
		t.Errorf("drawn %d times, %v", cached.puts, err)
	}
	changed := example
	changed.Title += "！"
	if three, err := second.Share(changed); err != nil || bytes.Equal(one, three) || cached.puts != 2 {
		t.Errorf("another title makes the same card: %v", err)
	}
}

func TestUnknownCharacterIsNamed(t *testing.T) {
	c := example
	c.Title = "题\U0001f600"
	if _, err := NewPainter(layouts.Over(nil), cache.NewMemory()).Share(c); err == nil || !strings.Contains(err.Error(), "U+1F600") {
		t.Errorf("got %v", err)
	}
}

func TestLinesBreakWhereTheyMay(t *testing.T) {
	each := func(s string) int { return len([]rune(s)) }
	for text, want := range map[string][]string{
		"甲乙丙丁，戊己":   {"甲乙丙", "丁，戊己"},
		"甲乙丙（丁戊）己":  {"甲乙丙", "（丁戊）", "己"},
		"甲乙abc丙丁":   {"甲乙", "abc丙", "丁"},
		"abcdefghi": {"abcd", "efgh", "i"},
		"甲 乙":       {"甲 乙"},
		"":          nil,
	} {
		if got := wrap(text, 4, 9, each); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	if got := wrap("甲乙丙丁戊己庚辛", 4, 1, each); !slices.Equal(got, []string{"甲乙丙…"}) {
		t.Errorf("cut: %q", got)
	}
}

func BenchmarkShare(b *testing.B) {
	p := NewPainter(layouts.Over(nil), nothing{})
	for b.Loop() {
		if _, err := p.Share(example); err != nil {
			b.Fatal(err)
		}
	}
}

type nothing struct{}

func (nothing) Get(string) ([]byte, bool) { return nil, false }
func (nothing) Put(string, []byte)        {}

// TestTitlesBreakBySense: a title's lines tear no name or word, and are about of one
// length.
func TestTitlesBreakBySense(t *testing.T) {
	f, err := openFonts(layouts.Over(nil))
	if err != nil {
		t.Fatal(err)
	}
	c := newCanvas(shareWidth, shareHeight, f)
	for title, want := range map[string][]string{
		"兴国县市场监督管理局查处某农业发展公司直播虚假宣传案": {"兴国县市场监督管理局", "查处某农业发展公司", "直播虚假宣传案"},
		"关于赣州2022网剑行动中期进展情况的通报":      {"关于赣州2022网剑行动", "中期进展情况的通报"},
		"直播间下单前，先看清真正的卖家":            {"直播间下单前，", "先看清真正的卖家"},
		"消费警示":                  {"消费警示"},
		strings.Repeat("a", 40): {strings.Repeat("a", 20), strings.Repeat("a", 20)},
	} {
		if got := c.byPhrase(title, shareWidth-2*edge, style{true, 76, paper, ink}); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", title, got, want)
		}
	}
	long := strings.Repeat("关于（报送）通知", 1000)
	if got := strings.Join(c.byPhrase(long, shareWidth-2*edge, style{true, 76, paper, ink}), ""); got != long {
		t.Errorf("a very long title lost some of its %d characters", len(long))
	}
}
