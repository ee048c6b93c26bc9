package review

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
)

// planting is a fact that a document, a warning or a narrative states in one
// paragraph, right and wrong.
type planting struct {
	file, front  string
	right, wrong func(p *plot) string // a paragraph
}

const (
	aDocument  = "content/open/wenjian.md"
	aWarning   = "content/warnings/jingshi.md"
	aNarrative = "content/narratives/q2/jiaoyu.md"

	documentFront = "标题: 关于加强学校食堂管理的通知\n索引号: QH-2026-031\n发布机构: 清河市市场监督管理局\n成文日期: 2026-03-16\n主题分类: 食品安全\n文号: 清市监发〔2026〕21号\n附件: [qingdan.csv]\n"
	warningFront  = "标题: 春季校园食品安全提示\n发布机构: 清河市市场监督管理局\n期号: 2026年第7号\n"
)

func one(p *plot, list ...string) string { return list[p.r.Intn(len(list))] }

// measured writes a small number in digits or in Chinese.
func measured(p *plot, n int) string {
	return one(p, fmt.Sprint(n), wide(fmt.Sprint(n)), chineseNumeral(n, "零一二三四五六七八九", "十百千"))
}

func dayOf(p *plot, month, day int) string {
	return p.day(campaign.Date{Year: 2026, Month: month, Day: day})
}

var plantings = map[string]planting{
	"document number": {aDocument, documentFront,
		func(p *plot) string {
			return one(p, "清市监发〔2026〕21号", "文号：清市监发[2026]第21号", "| 文号 | 清市监发〔2026〕21号 |\n|---|---|\n| 体裁 | 通知 |", "本通知（清市监发〔2026〕21号）自印发之日起施行。")
		},
		func(p *plot) string {
			return one(p, "清市监发〔2026〕12号", "文号：清市监发[2025]21号", "| 文号 | 清市监发〔2026〕22号 |\n|---|---|\n| 体裁 | 通知 |", "本通知（清市监发〔2026〕31号）自印发之日起施行。")
		}},
	"document day": {aDocument, documentFront,
		func(p *plot) string {
			return one(p, "", "清河市市场监督管理局\n", "成文日期：", "发文日期：") + dayOf(p, 3, 16)
		},
		func(p *plot) string {
			return one(p, "", "清河市市场监督管理局\n", "成文日期：", "发文日期：") + dayOf(p, 3, 1+p.r.Intn(15))
		}},
	"document annexes": {aDocument, documentFront,
		func(p *plot) string {
			return one(p, "附件：检查清单", "附件：1．检查清单", "检查清单见附件1。", "学校填写附件。")
		},
		func(p *plot) string {
			return one(p, "附件：1.检查清单\n2.登记表", "附件：1．检查清单 2．登记表", "登记表见附件2。", "附件：\n\n1. 检查清单\n2. 登记表\n3. 联系表")
		}},
	"document departments": {aDocument, documentFront,
		func(p *plot) string {
			return one(p, "市市场监管局、教体局、城管局等三部门联合印发本通知。", "清河市2026年春季校园食品安全专项行动由三部门联合开展。", "市场监管、公安两部门联合检查，五个街道参加。", "市市场监管局等四部门另行通知。")
		},
		func(p *plot) string {
			return one(p, "市市场监管局、教体局、城管局、市公安局等三部门联合印发本通知。", "清河市2026年春季校园食品安全专项行动由四部门联合开展。", "市场监管局、教体局两个部门和城管局、公安局、民政局三部门分别检查；市场监管局、教体局、城管局两部门联合检查。", "教体局、城管局三部门联合发文。")
		}},
	"warning issue": {aWarning, warningFront,
		func(p *plot) string {
			return one(p, "2026年第7号", "（2026年第7期）", "2026年第7号消费提示", "期号："+one(p, "第7号", "2026年第七号"), "消费警示2026年第7号")
		},
		func(p *plot) string {
			return one(p, "2026年第8号", "（2026年第9期）", "2025年第7号消费提示", "期号："+one(p, "第6号", "2026年第八号"), "消费警示2026年第17号")
		}},
	"warning day": {aWarning, warningFront,
		func(p *plot) string {
			return one(p, "", "发布日期：", "清河市市场监督管理局\n") + dayOf(p, 5, 6)
		},
		func(p *plot) string {
			return one(p, "", "发布日期：", "清河市市场监督管理局\n") + dayOf(p, 1+p.r.Intn(4), 1+p.r.Intn(28))
		}},
	"narrative figure": {aNarrative, "",
		func(p *plot) string {
			return "检查学校食堂" + one(p, "共", "", "累计") + measured(p, 45) + one(p, "家", "所", "户") + "。"
		},
		func(p *plot) string {
			return "检查学校食堂" + one(p, "共", "", "累计") + measured(p, 46+p.r.Intn(300)) + one(p, "家", "所", "户") + "。"
		}},
	"narrative change": {aNarrative, "",
		func(p *plot) string {
			return "检查学校食堂{{教体局/检查学校食堂}}，" + one(p, "较第一次增加5家", "比上期增加五家"[:len("比上期增加")]+"5所", "同比增长50%", "环比增长12.5%", "较第一次增长13%", "同比增加15家") + "。"
		},
		func(p *plot) string {
			return "检查学校食堂{{教体局/检查学校食堂}}，" + one(p, "较第一次增加6家", "比上期减少5所", "同比增长35%", "环比下降12.5%", "较第一次增长12%", "同比增加5家") + "。"
		}},
	"narrative round": {aNarrative, "",
		func(p *plot) string {
			return one(p, "现将教体局第二次检查工作总结如下：", "清河市教育体育局第二次检查工作总结")
		},
		func(p *plot) string {
			return one(p, "现将教体局第三次检查工作总结如下：", "清河市城市管理局第二次检查工作总结")
		}},
	"narrative other round": {aNarrative, "",
		func(p *plot) string { return "第一次检查学校食堂" + measured(p, 40) + "家。" },
		func(p *plot) string { return "第一次检查学校食堂" + measured(p, 45) + "家。" }},
}

// TestPlantedInOthers plants contradictions in documents, warnings and
// narratives: what agrees is no finding, what does not is an error on the line
// where it stands.
func TestPlantedInOthers(t *testing.T) {
	texts := []string{"各街道、镇要落实责任。2026年4月底前完成自查，依法处五万元以上十万元以下罚款。", "学校每月检查2次，留存记录30天。", "《食品安全法》自2015年10月1日起施行，第7条另有规定。"}
	for name, x := range plantings {
		for seed := range int64(6) {
			t.Run(fmt.Sprintf("%s %d", name, seed), func(t *testing.T) {
				for _, wrong := range []bool{false, true} {
					p := &plot{r: rand.New(rand.NewSource(seed))}
					body := append([]string{}, texts...)
					say := x.right
					if wrong {
						say = x.wrong
					}
					planted := say(p)
					at := p.r.Intn(len(body) + 1)
					if strings.Contains(name, "day") || strings.Contains(name, "annexes") {
						at = len(body)
					}
					body = append(body[:at], append([]string{planted}, body[at:]...)...)
					text := "---\n" + x.front + strings.Replace(released, "有效期至: 2029-05-06\n", "", 1) + "---\n\n"
					if x.file == aNarrative {
						text += "## 经验做法\n\n看证照。\n\n## 行动成效\n\n" + strings.Join(body, "\n\n") + "\n\n## 存在问题\n\n人少。\n\n## 下一步打算\n\n再查。\n"
					} else {
						text += strings.Join(body, "\n\n") + "\n"
					}
					files := base(t)
					files[x.file] = &fstest.MapFile{Data: []byte(text)}
					found := contradictions(Read(files, onDay).Findings)
					if !wrong {
						if len(found) > 0 {
							t.Errorf("%q: %s %s", planted, lines(found), found[0].Message)
						}
						continue
					}
					ok := false
					for _, f := range found {
						line := strings.Split(text, "\n")[f.At.Line-1]
						ok = ok || f.Level == campaign.Error && f.At.File == x.file && strings.Contains(planted, line)
					}
					if !ok {
						t.Errorf("%q is not found: %v", planted, found)
					}
				}
			})
		}
	}
}
