//go:build whole

package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// mostTaps is how many a citizen needs at most from the home page.
const mostTaps = 3

// citizens come with a question; they tap what they read, and find the answer on
// the page, or a link to it, where they end.
var citizens = []struct {
	wants string
	taps  []string // visible names of links
	finds string   // a text of the page where they end, or the end of the last link's address
}{
	{"投诉电话", []string{"12315"}, "tel:12315"},
	{"网上投诉", []string{"网上投诉：全国12315平台"}, "www.12315.cn"},
	{"投诉前要准备什么", []string{"联系我们"}, "订单号"},
	{"这家店受过处罚没有", []string{"典型案例", "章贡区市场监督管理局查处某食品经营部网售“特供”酒案"}, "罚款50000元"},
	{"处罚决定书原件", []string{"典型案例", "宁都县市场监督管理局查处某大药房不凭处方网售处方药案", "行政处罚决定书"}, ".pdf"},
	{"最新的消费警示", []string{"直播间下单前，先看清真正的卖家"}, "多看差评和追评"},
	{"给老人买东西要注意什么", []string{"消费警示", "给老人网购用品和保健食品，先认标志再付款"}, "蓝帽子"},
	{"本县做了什么", []string{"于都县"}, "于都县"},
	{"各县比一比", []string{"各县（市、区）各项数据"}, "章贡区"},
	{"公安局查了多少案件", []string{"部门成果", "公安局"}, "231"},
	{"数据文件", []string{"统计数据", "统计数据（CSV格式）"}, "data/statistics.csv"},
	{"报告全文", []string{"统计数据", "总结报告（合订本）"}, "report-full.pdf"},
	{"一张图看懂", []string{"一图读懂", "保存长图（PNG）"}, "picture.png"},
	{"数是怎么来的", []string{"497"}, "填报单位"},
	{"行动方案", []string{"信息公开", "关于印发赣州2022网络市场监管专项行动（网剑行动）方案的通知"}, "赣州市市监联字〔2022〕19号"},
	{"“三无”外卖由谁管", []string{"工作重点", "治理“三无”外卖"}, "责任单位"},
	{"平台承诺了什么", []string{"信用承诺", "赣州某电子商务有限公司"}, "七个工作日内答复"},
	{"行动到了哪一步", []string{"行动进展"}, "各阶段均已结束"},
	{"双十一要注意什么", []string{"消费警示", "“11.11”怎么买：看懂定金、预售和到手价"}, "到手价"},
	{"快递由谁管、做了什么", []string{"部门成果", "邮政局"}, "寄递"},
	{"本区罚了多少钱", []string{"章贡区"}, "34.35"},
	{"下一次公布是什么时候", []string{"行动进展", "发布预告"}, "待发布"},
	{"石城县为什么没有数", []string{"各县（市、区）各项数据"}, "未含1个县"},
	{"承诺书原件", []string{"信用承诺", "赣州某电子商务有限公司", "网络交易平台信用承诺书"}, ".txt"},
	{"订阅", []string{"订阅更新"}, "feed.xml"},
}

// tapped marks the visible link that says a name, and returns its address; "" where
// there is none.
const tapped = `(() => { const name = %q, said = a => (a.textContent || '').replace(/\s+/g, ' ').trim();
	const seen = [...document.querySelectorAll('a[href]')].filter(a => { const box = a.getBoundingClientRect(); return box.width > 0 && box.height > 0 && getComputedStyle(a).visibility === 'visible'; });
	const link = seen.find(a => said(a) === name) || seen.find(a => said(a).includes(name));
	if (!link) return '';
	link.setAttribute('data-tapped', '');
	return link.href.baseVal ? new URL(link.href.baseVal, location.href).href : link.href; })()`

// arrives waits until a page is there. A question that the page before was asked
// fails when it goes.
func (b *tab) arrives(address string) bool {
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	defer cancel()
	there := chromedp.Evaluate[bool](fmt.Sprintf(`location.href.split('#')[0] === %q && document.readyState === 'complete'`, address))
	for ctx.Err() == nil {
		if yes, err := chromedp.Run(ctx, there); err == nil && yes {
			return true
		}
		time.Sleep(20 * time.Millisecond)
	}
	return false
}

// TestCitizens: each finds what it came for in at most three taps on a phone.
func TestCitizens(t *testing.T) {
	base := fileURL(site(t))
	b := newTab(t, 390, 844)
	for _, c := range citizens {
		if len(c.taps) > mostTaps {
			t.Errorf("%s takes %d taps", c.wants, len(c.taps))
		}
		b.do(t, chromedp.Navigate(base+"index.html"))
		address := ""
		for n, name := range c.taps {
			if address = eval[string](t, b, fmt.Sprintf(tapped, name)); address == "" {
				t.Errorf("%s: tap %d: no link says %s", c.wants, n+1, name)
				break
			}
			if to, _, _ := strings.Cut(address, "#"); strings.HasPrefix(to, base) && strings.HasSuffix(to, ".html") {
				b.do(t, chromedp.Click("[data-tapped]"))
				if !b.arrives(to) {
					t.Errorf("%s: tapping %s does not lead to %s", c.wants, name, to)
				}
			}
		}
		if strings.HasSuffix(address, c.finds) {
			continue
		}
		if !strings.Contains(eval[string](t, b, `document.querySelector('main').innerText`), c.finds) {
			t.Errorf("%s: %s is not at the end of %v (%s)", c.wants, c.finds, c.taps, address)
		}
	}
	if troubles, _ := b.take(); len(troubles) > 0 {
		t.Error(troubles)
	}
}
