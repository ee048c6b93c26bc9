//go:build whole

package main

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// queries are what people type, with a page that must be among the first three
// results.
var queries = []struct{ query, page string }{
	// Quotes, marks, brackets.
	{"“三假”直播", "tasks/sanjia-zhibo/index.html"}, {"三假直播", "tasks/sanjia-zhibo/index.html"}, {`"三假"直播`, "tasks/sanjia-zhibo/index.html"},
	{"「三假」直播", "tasks/sanjia-zhibo/index.html"}, {"三无外卖", "tasks/sanwu-waimai/index.html"}, {"《广告法》", "cases/zhigong-yanjiu/index.html"},
	{"订金不退！", "cases/dingjin-butui/index.html"}, {"【消费警示】", "warnings/index.html"}, {"食品、药品、医疗器械、化妆品", "tasks/shiyao-wangshou/index.html"},
	{"赣州市市监联字[2022]19号", "open/tongzhi/index.html"}, {"赣州市市监联字（2022）19号", "open/tongzhi/index.html"}, {"赣州市市监联字〔2022〕19号", "open/tongzhi/index.html"},
	// Traditional characters, full width, case.
	{"訂金不退", "cases/dingjin-butui/index.html"}, {"網劍行動方案", "open/tongzhi/index.html"}, {"章貢區", "regions/360702/index.html"}, {"龍南", "regions/360783/index.html"},
	{"處方藥", "cases/wangshou-chufangyao/index.html"}, {"兒童玩具", "cases/ertong-wanju/index.html"}, {"消費警示", "warnings/index.html"}, {"統計數據", "statistics/index.html"},
	{"１２３１５", "pages/contact/index.html"}, {"ＣＣＣ标志", "warnings/ertong-yongpin/index.html"}, {"ccc标志", "warnings/ertong-yongpin/index.html"}, {"csv", "statistics/index.html"},
	// Whole numbers.
	{"12315", "pages/contact/index.html"}, {"12377", "pages/contact/index.html"}, {"10383", "departments/gongan/index.html"}, {"10,383", "departments/gongan/index.html"},
	{"437.56", "departments/shijian/index.html"}, {"437.56万元", "departments/shijian/index.html"}, {"231", "departments/gongan/index.html"}, {"231件", "departments/gongan/index.html"},
	// Days.
	{"2022年11月26日", "progress/index.html"}, {"2022-11-26", "progress/index.html"}, {"2022/11/26", "progress/index.html"}, {"2022.11.26", "progress/index.html"},
	{"20221126", "progress/index.html"}, {"11月26号", "progress/index.html"}, {"二〇二二年十一月二十六日", "progress/index.html"}, {"２０２２年１１月２６日", "progress/index.html"},
	// Words without a space.
	{"章贡区案件", "regions/360702/index.html"}, {"公安局案件", "departments/gongan/index.html"}, {"外卖三无", "tasks/sanwu-waimai/index.html"}, {"统计数据下载", "statistics/index.html"},
	{"南康区订金", "cases/dingjin-butui/index.html"}, {"怎么投诉", "pages/contact/index.html"}, {"在哪里举报", "pages/contact/index.html"}, {"龙南玩具", "cases/ertong-wanju/index.html"},
	{"外卖 三无", "tasks/sanwu-waimai/index.html"}, {"章贡区的案件", "regions/360702/index.html"},
	// Slips.
	{"投拆", "pages/contact/index.html"}, {"举抱", "pages/contact/index.html"}, {"消费警式", "warnings/index.html"}, {"儿童完具", "cases/ertong-wanju/index.html"},
	{"典型按例", "cases/index.html"}, {"统记数据", "statistics/index.html"}, {"处方遥", "cases/wangshou-chufangyao/index.html"}, {"公安菊", "departments/gongan/index.html"},
	{"章贡驱", "regions/360702/index.html"}, {"投拆电话", "pages/contact/index.html"},
	// Other words for the same.
	{"网红带货", "warnings/zhibo-gouwu/index.html"}, {"主播", "warnings/zhibo-gouwu/index.html"}, {"假货", "departments/haiguan/index.html"}, {"刷好评", "cases/shuadan-chaoxin/index.html"},
	{"双十一", "warnings/shuangshiyi/index.html"}, {"双11", "warnings/shuangshiyi/index.html"}, {"市监局", "departments/shijian/index.html"}, {"警察", "departments/gongan/index.html"},
	{"黑名单", "cases/index.html"}, {"处罚", "cases/index.html"}, {"数据下载", "statistics/index.html"}, {"照片", "gallery/index.html"}, {"红头文件", "open/index.html"},
	{"药店没处方卖药", "cases/wangshou-chufangyao/index.html"}, {"玩具3C认证", "warnings/ertong-yongpin/index.html"}, {"老人保健品被骗", "warnings/laoren-yongpin/index.html"}, {"双十二", "warnings/shuangshiyi/index.html"},
	{"什么时候公布", "calendar/index.html"}, {"赣县月饼", "cases/jinyinbo-shipin/index.html"}, {"信丰刷单", "cases/shuadan-chaoxin/index.html"}, {"特供酒", "cases/zhigong-yanjiu/index.html"},
	// Where to turn to.
	{"12345", "pages/contact/index.html"}, {"退一赔三", "pages/contact/index.html"}, {"我要投诉淘宝", "pages/contact/index.html"},
	{"投诉", "pages/contact/index.html"}, {"电话", "pages/contact/index.html"}, {"举报", "pages/contact/index.html"}, {"投诉电话", "pages/contact/index.html"},
	{"维权", "pages/contact/index.html"}, {"热线", "pages/contact/index.html"}, {"联系方式", "pages/contact/index.html"}, {"投訴", "pages/contact/index.html"},
}

// asked is the paths of the results of a query that the search page shows, and what
// it says of them.
const asked = `new Promise(done => { const input = document.getElementById('_query'), status = document.getElementById('_status');
	input.value = %q; status.textContent = ''; document.querySelector('#_search').requestSubmit();
	(function look() { status.textContent ? done([status.textContent, ...[...document.querySelectorAll('#_results a.search-link')].map(a => a.href)]) : setTimeout(look, 10); })(); })`

// TestPeoplesWords: what people type finds the page that they want among the first
// three, by double click.
func TestPeoplesWords(t *testing.T) {
	b := newTab(t, 1280, 900)
	base := fileURL(site(t))
	b.do(t, chromedp.Navigate(base+"search/index.html"))
	if len(queries) < 75 {
		t.Fatalf("%d queries", len(queries))
	}
	for _, q := range queries {
		got := eval[[]string](t, b, fmt.Sprintf(asked, q.query))
		first := got[1:min(len(got), 4)]
		if !slices.ContainsFunc(first, func(address string) bool {
			path, _, _ := strings.Cut(strings.TrimPrefix(address, base), "#")
			return path == q.page
		}) {
			t.Errorf("%s: %s is not among %q; %s", q.query, q.page, first, got[0])
		}
	}
	for query, says := range map[string]string{
		"章贡区案件": "没有找到“章贡区案件”，按“章贡区”“案件”查找。", "消费警式": "没有找到“消费警式”，按“消费警示”查找。",
		"网红带货": "也列出含有“直播”的页面。", "订金不退": "找到",
	} {
		if got := eval[[]string](t, b, fmt.Sprintf(asked, query)); !strings.Contains(got[0], says) || strings.Contains(got[0], "按“") != strings.Contains(says, "按“") {
			t.Errorf("%s: %s", query, got[0])
		}
	}
	// A word of what is not found as it stands leads to the page that answers it.
	for query, says := range map[string]string{"怎么举报网店": "与“举报”有关：联系我们", "快递丢了找谁": "与“找谁”有关：联系我们", "投诉": "", "特供酒": ""} {
		eval[[]string](t, b, fmt.Sprintf(asked, query))
		eventually(t, b, fmt.Sprintf(`(e => (e.hidden ? '' : e.innerText.trim()) === %q)(document.getElementById('_answers'))`, says))
	}
	// 231 is not 12315, and 2022年1月6日 is no part of another day.
	for query, not := range map[string]string{"2315": "pages/contact/index.html", "38": "departments/gongan/index.html#10383"} {
		for _, address := range eval[[]string](t, b, fmt.Sprintf(asked, query))[1:] {
			if strings.HasSuffix(address, not) {
				t.Errorf("%s finds %s", query, not)
			}
		}
	}
}

// TestSearchBox: every head has a box; while a reader types it offers words and
// titles, by keyboard too, and leads to the results; what finds nothing leads on.
func TestSearchBox(t *testing.T) {
	base := fileURL(site(t))
	b := newTab(t, 390, 844)
	for _, kind := range pageKinds {
		b.do(t, chromedp.Navigate(base+kind))
		if n := eval[int](t, b, `[...document.querySelectorAll('header form.find input[name="q"]')].filter(e => e.getClientRects().length && e.placeholder === '请输入关键词').length`); n != 1 {
			t.Errorf("%s: %d search boxes in the head", kind, n)
		}
	}
	const shown = `[...document.querySelectorAll('.find [role="option"]')].map(o => o.textContent)`
	typed := func(text string) []string {
		t.Helper()
		eval[string](t, b, `document.querySelector('.find input').value = ''`)
		b.do(t, chromedp.SendKeys(".find input", text))
		return eval[[]string](t, b, `new Promise(done => { const end = Date.now() + 8000; (function look() { const list = `+shown+`; list.length || Date.now() > end ? setTimeout(() => done(`+shown+`), 120) : setTimeout(look, 20); })(); })`)
	}
	b.do(t, chromedp.Navigate(base+"cases/zhibo-xujia/index.html"))
	for text, want := range map[string]string{"投": "投诉", "网红": "网红带货（直播）", "點外賣": "点外卖前先看“亮照”，认准有门店的商家", "章贡": "章贡区"} {
		if got := typed(text); !slices.Contains(got, want) {
			t.Errorf("%s: offered are %q", text, got)
		}
	}
	typed("章贡")
	b.do(t, chromedp.KeyEvent(kb.ArrowDown))
	if got := eval[string](t, b, `document.getElementById(document.querySelector('.find input').getAttribute('aria-activedescendant')).textContent`); got != "章贡区" {
		t.Errorf("the arrow marks %s", got)
	}
	b.do(t, chromedp.KeyEvent(kb.Enter))
	eventually(t, b, `!!document.querySelector('#_results li')`)
	if got := eval[string](t, b, `new URLSearchParams(location.search).get('q') + ' ' + document.querySelector('#_results a').textContent`); got != "章贡区 章贡区" {
		t.Errorf("the results are for %s", got)
	}
	b.do(t, chromedp.Navigate(base+"search/index.html?q="+url.QueryEscape("儿泶")))
	eventually(t, b, `!document.getElementById('_help').hidden && !document.getElementById('_near').hidden`)
	help := eval[string](t, b, `document.getElementById('_help').innerText`)
	for _, want := range []string{"您是不是要找", "儿童", "常用的词", "站点地图", "12315"} {
		if !strings.Contains(help, want) {
			t.Errorf("where nothing is found %q is not named:\n%s", want, help)
		}
	}
	troubles, _ := b.take()
	for _, trouble := range troubles {
		if !strings.Contains(trouble, "404.html") { // whose files have the site's own address
			t.Error(trouble)
		}
	}
}
