//go:build whole

package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/soak"
	"wangjian/layouts"
)

// beside puts random things beside a campaign that all are held back.
type beside struct {
	*planter
	random *rand.Rand
}

func (b *beside) one(of ...string) string { return of[b.random.IntN(len(of))] }

// slips are what goes wrong in an item: in its front matter, and in its body.
var (
	frontSlips = []string{"不认识的键: 是\n", "更新日期: 昨天\n", "别名: [\"../../x\", con]\n", "别名: [fangan, xiaolingshi, guoqi-mianbao]\n", "标题: 又一个\n", "附件: [没有.csv]\n", "关键词: {a: b}\n", "准予公开: [没有的字]\n"}
	bodySlips  = []string{"请找王小明13800138000。\n", "见[没有](nirgends.md)。\n", "![图](没有.png)\n", "{{没有局/什么}}\n", "{{第三次:教体局/检查学校食堂}}\n", "[^没有]: 脚注\n", "见[方案](../open/fangan.md#没有)。\n", "✅བ\n", "坚持以习进平为核心。\n", "## 案情\n"}
	titles     = []string{"校园食品安全专项行动方案", "校门口零食怎么挑", "关于本专栏", "第二次工作总结"}
)

// spoil puts slips into an item.
func (b *beside) spoil(name string) {
	text := string(b.files[name].Data)
	for range b.random.IntN(3) {
		text = strings.Replace(text, "---\n", "---\n"+b.one(frontSlips...), 1)
	}
	for range b.random.IntN(3) {
		text += "\n" + b.one(bodySlips...)
	}
	if b.random.IntN(3) == 0 {
		old, _, _ := strings.Cut(text[strings.Index(text, "标题: "):], "\n")
		text = strings.Replace(text, old, "标题: "+b.one(titles...), 1)
	}
	if strings.Contains(text, "\n公开方式: 不予公开\n") && b.random.IntN(2) == 0 {
		text = strings.Replace(text, "审核:\n", b.one("审核：\n", "  审核:\n", "审核: [\n"), 1) // no YAML any more
	}
	b.put(name, text)
}

// item adds an item of any kind that something keeps back.
func (b *beside) item() {
	state := states[b.one(slices.Sorted(maps.Keys(states))...)]
	before := maps.Clone(b.files)
	if b.random.IntN(5) == 0 {
		b.narrative("q3", b.one("shichang", "chengguan", "shichang/xicheng"), state)
	} else {
		kinds := []campaign.Kind{campaign.Cases, campaign.Warnings, campaign.Documents, campaign.Galleries, campaign.Pages}
		b.planter.item(kinds[b.random.IntN(len(kinds))], state)
	}
	for _, name := range slices.Sorted(maps.Keys(b.files)) {
		if before[name] == nil && strings.HasSuffix(name, ".md") {
			b.spoil(name)
		}
	}
}

// stray adds a file that nothing refers to, or a form of the round that is not
// out.
func (b *beside) stray() {
	folder := b.one("content/open/", "content/cases/", "content/warnings/", "content/narratives/q2/", "content/gallery/")
	name := fmt.Sprintf("%s%d", b.one("qingdan", "guoqi-mianbao", "照片", "fangan"), b.random.IntN(1000))
	switch b.random.IntN(4) {
	case 0:
		b.put(folder+name+".jpg", string(jpegSaying(b.mark()+heldSign)))
	case 1:
		b.put(folder+name+".csv", "王小明,13800138000\n")
	case 2:
		b.put("data/q3/"+b.one("shichang", "chengguan")+".yaml", b.one("填报单位：", "填报单位: 甲\n项目:\n  没有: 3,600\n", "[", "填报单位: 甲\n填报日期: 2026-05-08\n"))
	case 3:
		b.put("data/q3/jiaoyu.yaml", fmt.Sprintf("填报单位: 甲\n填报日期: 2026-05-0%d\n项目:\n  检查学校食堂: %d\n  抽检（批次）: 无\n", 1+b.random.IntN(9), b.random.IntN(100000)))
	}
}

// TestWhatStandsBesideHasNoInfluence: random things that are held back, sound or
// not, stop no build and change no byte of the public site.
func TestWhatStandsBesideHasNoInfluence(t *testing.T) {
	drawer := freshDrawer(layouts.Over(nil))
	clean := made(t, judged(t, smallFiles(t), true).Public, drawer)
	rounds := soak.Count(3, 200)
	idle := 0
	for seed := range rounds {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			b := &beside{&planter{files: smallFiles(t)}, rand.New(rand.NewPCG(19, uint64(seed)))}
			for range 1 + b.random.IntN(12) {
				b.item()
			}
			for range b.random.IntN(6) {
				b.stray()
			}
			r := judged(t, b.files, false)
			touching, others := r.Split()
			idle += len(others)
			for _, f := range touching {
				if f.Level == campaign.Error {
					t.Errorf("%s [%s] %s\n%s", f.At, f.Rule, f.Message, b.files[f.At.File].Data)
				}
			}
			sameSite(t, clean, made(t, r.Public, drawer))
		})
	}
	if idle < 10*rounds {
		t.Errorf("only %d errors in what is held back: nothing was put to the test", idle)
	}
}
