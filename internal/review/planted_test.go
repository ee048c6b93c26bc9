package review

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
)

// A plot is a case with its facts, each of which is written many times over in
// forms that differ; planting changes one of them.
type plot struct {
	r                                                   *rand.Rand
	authority, party, short, number                     string
	fine, taken                                         int
	date                                                campaign.Date
	wrong                                               string // which place is planted, "" for none
	planted                                             string // what is written there
	otherFine, otherTaken                               int
	otherDate                                           campaign.Date
	otherNumber, otherAuthority, otherParty, otherShort string
}

const capitals = "零壹贰叁肆伍陆柒捌玖"

// chinese writes a number below a hundred million in Chinese.
func chineseNumeral(n int, digits, units string) string {
	d, u := []rune(digits), []rune(units) // 十百千
	section := func(n int) string {
		s, zero := "", false
		for p, scale := range []int{1000, 100, 10, 1} {
			switch v := n / scale % 10; {
			case v == 0:
				zero = zero || s != ""
			default:
				if zero {
					s += string(d[0])
				}
				zero = false
				s += string(d[v])
				if p < 3 {
					s += string(u[2-p])
				}
			}
		}
		return s
	}
	s := ""
	if n >= 10_000 {
		s = section(n/10_000) + "万"
		if n%10_000 > 0 && n%10_000 < 1000 {
			s += string(d[0])
		}
	}
	return s + section(n%10_000)
}

func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '０'
		}
		return r
	}, s)
}

func (p *plot) money(yuan int) string {
	plain := fmt.Sprint(yuan)
	grouped := plain
	for at := len(plain) - 3; at > 0; at -= 3 {
		grouped = grouped[:at] + "," + grouped[at:]
	}
	inMyriads := strings.TrimRight(strings.TrimRight(fmt.Sprintf("%d.%04d", yuan/10_000, yuan%10_000), "0"), ".")
	return []string{
		plain + "元", grouped + "元", inMyriads + "万元", plain + ".00元", wide(plain) + "元",
		"人民币" + chineseNumeral(yuan, capitals, "拾佰仟") + "元整", chineseNumeral(yuan, "零一二三四五六七八九", "十百千") + "元", grouped + ".00元",
	}[p.r.Intn(8)]
}

func (p *plot) day(d campaign.Date) string {
	year := ""
	for _, digit := range fmt.Sprint(d.Year) {
		year += string([]rune("〇一二三四五六七八九")[digit-'0'])
	}
	numeral := func(n int) string {
		return strings.TrimPrefix(chineseNumeral(n, "零一二三四五六七八九", "十百千"), map[bool]string{true: "一", false: ""}[n >= 10 && n < 20])
	}
	return []string{
		d.Chinese(), d.Chinese(), wide(fmt.Sprint(d.Year)) + "年" + wide(fmt.Sprint(d.Month)) + "月" + wide(fmt.Sprint(d.Day)) + "日",
		year + "年" + numeral(d.Month) + "月" + numeral(d.Day) + "日", fmt.Sprintf("%d年%02d月%02d日", d.Year, d.Month, d.Day),
	}[p.r.Intn(5)]
}

func newPlot(seed int64, wrong string) *plot {
	r := rand.New(rand.NewSource(seed))
	pick := func(list ...string) string { return list[r.Intn(len(list))] }
	kind := pick("食品经营部", "网络科技有限公司", "大药房", "母婴用品店", "家具店", "农业发展有限公司")
	other := map[string]string{"食品经营部": "水果批发部", "网络科技有限公司": "文化传媒有限公司", "大药房": "化妆品店", "母婴用品店": "五金商行", "家具店": "水产超市", "农业发展有限公司": "食品有限公司"}[kind]
	county, elsewhere := pick("临江县", "东山区", "白水县"), pick("平川县", "西山区", "青石县")
	serial := 3 + r.Intn(90)
	p := &plot{
		r: r, wrong: wrong, authority: county + "市场监督管理局", otherAuthority: elsewhere + "市场监督管理局",
		party: county + "某" + kind, short: "某" + strings.TrimSuffix(kind, "有限公司"), otherParty: county + "某" + other, otherShort: "某" + other,
		fine: 1000 * (5 + r.Intn(300)), taken: 10 * (100 + r.Intn(9000)), date: campaign.Date{Year: 2026, Month: 1 + r.Intn(4), Day: 1 + r.Intn(28)},
		number: fmt.Sprintf("临市监处罚〔2026〕%d号", serial), otherNumber: fmt.Sprintf("临市监处罚〔2026〕%d号", serial+1+r.Intn(9)),
	}
	if strings.HasSuffix(kind, "有限公司") {
		p.short += "公司"
	}
	p.otherFine, p.otherTaken = p.fine+[]int{1000, 50_000, p.fine * 9}[r.Intn(3)], p.taken+[]int{90, 9000, p.taken * 9}[r.Intn(3)]
	if p.otherTaken == p.fine || p.otherFine == p.taken || p.otherFine == p.fine+p.taken {
		p.otherFine += 7000
	}
	p.otherDate = p.date.AddDays([]int{-150, -31, 1, 30, -365}[r.Intn(5)])
	return p
}

// Each value is written by a function that knows its place; in the place that
// is planted it writes another.

func (p *plot) at(place string, right, wrong string) string {
	if p.wrong == place {
		p.planted = wrong
		return wrong
	}
	return right
}

func (p *plot) f(place string) string {
	return p.at(place+" fine", p.money(p.fine), p.money(p.otherFine))
}
func (p *plot) t(place string) string {
	return p.at(place+" taken", p.money(p.taken), p.money(p.otherTaken))
}
func (p *plot) d(place string) string {
	return p.at(place+" date", p.day(p.date), p.day(p.otherDate))
}
func (p *plot) n(place string) string { return p.at(place+" number", p.number, p.otherNumber) }
func (p *plot) a(place string) string {
	return p.at(place+" authority", p.authority, p.otherAuthority)
}
func (p *plot) p(place string) string { return p.at(place+" party", p.party, p.otherParty) }
func (p *plot) s(place string) string { return p.at(place+" party", p.short, p.otherShort) }

func (p *plot) item() string {
	sum := p.fine + p.taken
	if p.wrong == "front forfeit" {
		sum += 10_000
	}
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("---")
	line("标题: %s查处%s虚假宣传案", p.a("title"), p.s("title"))
	summary := []func() string{
		func() string {
			return p.s("summary") + "虚构销量，销售额86万元。" + p.a("summary") + "没收违法所得" + p.t("summary") + "，并处罚款" + p.f("summary") + "。"
		},
		func() string {
			return p.s("summary") + "在直播间虚构原价，被查处。" + p.d("summary") + "，" + p.a("summary") + "作出行政处罚决定，没收违法所得" + p.t("summary") + "、罚款" + p.f("summary") + "。"
		},
		func() string {
			return p.s("summary") + "刷单炒信，" + p.a("summary") + "依法处以" + p.f("summary") + "罚款，没收违法所得" + p.t("summary") + "（" + p.n("summary") + "）。"
		},
	}
	line("摘要: %s", summary[p.r.Intn(len(summary))]())
	line("案件类型: zhoubian\n办案机关: %s\n决定书文号: %s\n决定日期: %s\n当事人: %s\n违法行为类型: 虚假宣传", p.authority, p.number, p.date, p.party)
	line("处罚内容: 责令停止违法行为，没收违法所得%s，罚款%s", p.t("front"), p.f("front"))
	line("罚没款: %d.%04d\n决定书: anli-jueding.txt", sum/10_000, sum%10_000)
	line("%s---\n\n## 案情\n", released)
	line("2025年12月3日，%s执法人员检查%s，12月9日立案。经查，售出商品%d件，销售额86万元，货值金额92万元，违法所得经核实认定。2024年7月，当事人曾被处罚款2000元。\n", p.a("story"), p.short, 300+p.r.Intn(50))
	line("## 依据\n\n依照《中华人民共和国反不正当竞争法》第二十条第一款，处二十万元以上一百万元以下罚款。\n\n## 处罚\n")
	body := []func() string{
		func() string {
			return p.d("body") + "，" + p.a("body") + "责令当事人停止违法行为，没收违法所得" + p.t("body") + "，处以罚款" + p.f("body") + "。"
		},
		func() string {
			return p.d("body") + "，" + p.a("body") + "依法作出行政处罚决定：没收违法所得" + p.t("body") + "，并处" + p.f("body") + "罚款。"
		},
		func() string {
			return p.a("body") + "于" + p.d("body") + "作出《行政处罚决定书》（" + p.n("body") + "），决定没收当事人违法所得" + p.t("body") + "，罚款" + p.f("body") + "。"
		},
		func() string {
			return "经集体讨论，" + p.d("body") + "，该局对" + p.s("body") + "作出没收违法所得" + p.t("body") + "、罚款" + p.f("body") + "的行政处罚。"
		},
		func() string {
			return p.d("body") + "，" + p.a("body") + "对" + p.s("body") + "处以罚款" + p.f("body") + "，违法所得" + p.t("body") + "予以没收，罚没款合计" + p.at("body total", p.money(p.fine+p.taken), p.money(p.fine+p.taken+30_000)) + "。"
		},
		func() string {
			return p.a("body") + "对当事人罚款" + p.f("body") + "、没收违法所得" + p.t("body") + "。处罚决定日期：" + p.d("body") + "，文号：" + p.n("body") + "。"
		},
	}
	line("%s\n", body[p.r.Intn(len(body))]())
	line("## 典型意义\n\n此类行为最高可处二百万元罚款。")
	return b.String()
}

func (p *plot) decree() string {
	decides := []func() string{
		func() string {
			return "本局决定对当事人作出如下行政处罚：\n1.没收违法所得" + p.t("decree") + "；\n2.罚款" + p.f("decree") + "。\n"
		},
		func() string {
			return "综上，责令当事人停止违法行为，并决定：\n（一）没收违法所得" + p.t("decree") + "；\n（二）处以罚款" + p.f("decree") + "（" + p.at("decree capital", "人民币"+chineseNumeral(p.fine, capitals, "拾佰仟")+"元整", "人民币"+chineseNumeral(p.otherFine, capitals, "拾佰仟")+"元整") + "）。\n以上罚没款合计" + p.at("decree total", p.money(p.fine+p.taken), p.money(p.fine+p.taken+2000)) + "。\n"
		},
		func() string {
			return "三、处罚决定\n没收违法所得" + p.t("decree") + "，并处罚款" + p.f("decree") + "。\n"
		},
	}
	return p.a("decree") + "\n行政处罚决定书\n" + p.n("decree") + "\n当事人：" + p.p("decree") + "（登记信息依法隐去）\n" +
		"2025年12月3日，本局检查发现当事人销售额86万元。2026年1月4日送达告知书，拟处罚款三百万元。\n" +
		decides[p.r.Intn(len(decides))]() +
		"当事人应当自收到本决定书之日起十五日内缴纳罚款。逾期不缴纳的，每日按罚款数额的百分之三加处罚款。\n" +
		p.a("decree seal") + "\n" + p.day(p.date)[:0] + p.d("decree") + "\n"
}

func (p *plot) files(t *testing.T) fstest.MapFS {
	files := base(t)
	files["content/cases/anli.md"] = &fstest.MapFile{Data: []byte(p.item())}
	files["content/cases/anli-jueding.txt"] = &fstest.MapFile{Data: []byte(p.decree())}
	return files
}

// casePlaces are the places of a case in which a fact can be wrong.
var casePlaces = []string{
	"front forfeit", "front fine", "front taken", "title authority", "title party",
	"summary fine", "summary taken", "summary date", "summary number", "summary authority", "summary party",
	"body fine", "body taken", "body total", "body date", "body number", "body authority", "body party", "story authority",
	"decree fine", "decree taken", "decree total", "decree capital", "decree date", "decree number", "decree party", "decree authority", "decree seal authority",
}
