package review

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
)

var caseRules = []Rule{
	{
		Code: "case-warning-only", Level: campaign.Error,
		Words: "只给予警告的处罚不公示（总局令第45号）。",
		Check: each(cases, func(c *Context, i *campaign.Item) {
			if penalty := i.Case.Penalty; strings.Contains(penalty, "警告") && !containsAny(penalty, heavier...) {
				c.Reportf(i.Keys.Of("处罚内容"), "换一个案例，或改为不予公开并移出 content/cases", "处罚内容“%s”只有警告，不能公示", penalty)
			}
		}),
	}, {
		// By words, for no key says how old a party is: 未成年 or an age
		// under 18 in 当事人, or right after 当事人 in the text. “向未成年人销售” tells of
		// the buyer and is let pass.
		Code: "case-minor", Level: campaign.Error,
		Words: "当事人是未成年人的案例不公示（总局令第45号）；确实不是的，把这几个字写进“准予公开”。",
		Inspect: func(p *reading) (remarks []campaign.Finding) {
			if p.Item == nil || p.Item.Case == nil {
				return nil
			}
			for n, line := range p.lines {
				if at, words, ok := tellsOfMinor(line, p.inFront(n)); ok && !slices.ContainsFunc(p.Item.Permitted, func(text string) bool { return strings.Contains(text, words) }) {
					remarks = append(remarks, finding(p.at(n, at), "当事人像是未成年人：“"+words+"”", "未成年人的案件不公示：换一个案例并把文件移出 content/cases；不是的，把引号里的字写进这篇的“准予公开”"))
				}
			}
			return remarks
		},
	}, {
		Code: "case-term", Level: campaign.Error,
		Words: "案例的有效期至在发布日期之后 3 个月到 3 年之间，两端都算；写了公示期的，与它相符，依限制期限的可以更长（总局令第45号第十三条）。",
		Check: each(cases, checkTerm),
	}, {
		// Warns and does not stop the build: what is published is public long
		// enough, and comes down.
		Code: "case-term-unusual", Level: campaign.Warning,
		Words: "没有写公示期的案例，有效期至是发布日期之后三个月或三年（总局令第45号第十三条）。",
		Check: each(cases, func(c *Context, i *campaign.Item) {
			short, long := i.PublishedAt.AddMonths(campaign.ShortTerm.Months()), i.PublishedAt.AddMonths(campaign.LongTerm.Months())
			if i.Case.Term == "" && !i.PublishedAt.IsZero() && i.Expires.After(short) && i.Expires.Before(long) {
				c.Reportf(i.Keys.Of("有效期至"), "通报批评、较低数额罚款写“公示期: 三个月”，其他处罚写“公示期: 三年”，有效期至由程序算；限制期限更长的写“公示期: 依限制期限”",
					"公示期只有三个月（到 %s）和三年（到 %s），有效期至 %s 两样都不是", short, long, i.Expires)
			}
		}),
	}, {
		Code: "credit-code", Level: campaign.Error,
		Words: "案例和信用承诺的统一社会信用代码是 18 位，校验位正确（GB 32100-2015）。",
		Check: each(items, func(c *Context, i *campaign.Item) {
			if fault := creditFault(i.CreditCode()); fault != "" {
				c.Reportf(i.Keys.Of("统一社会信用代码"), "照营业执照核对", "统一社会信用代码“%s”不对：%s", i.CreditCode(), fault)
			}
		}),
	}, {
		Code: "commitment-dates", Level: campaign.Error,
		Words: "信用承诺的承诺日期不晚于发布日期，期限写到哪一天的不早于承诺日期。",
		Check: each(items, func(c *Context, i *campaign.Item) {
			made := i.Commitment
			switch {
			case made == nil || made.On.IsZero():
			case !i.PublishedAt.IsZero() && made.On.After(i.PublishedAt.Date):
				c.Reportf(i.Keys.Of("承诺日期"), "核对两个日期", "承诺日期（%s）晚于发布日期（%s）", made.On, i.PublishedAt.Date)
			case !made.Until().IsZero() && made.Until().Before(made.On):
				c.Reportf(i.Keys.Of("期限"), "核对两个日期", "期限（%s）早于承诺日期（%s）", made.Until(), made.On)
			}
		}),
	}, {
		// Warns and does not stop the build: what is late cannot be mended by
		// holding it back.
		Code: "published-late", Level: campaign.Warning,
		Words: "信息公开文件成文、案例作出决定后 20 个工作日内公开；不知道放假安排的年份，星期一到星期五都算工作日。",
		Check: each(items, func(c *Context, i *campaign.Item) {
			from, what := writtenOn(i)
			if from.IsZero() || i.PublishedAt.IsZero() || i.Disclosure != campaign.Proactive {
				return
			}
			if last := from.AddWorkdays(mostWorkdays); i.PublishedAt.Date.After(last) {
				c.Reportf(i.Keys.Of("发布日期"), "核对两个日期；确实公开得晚的，今后及时公开", "发布日期 %s 超过%s（%s）后 %d 个工作日，最迟是 %s",
					i.PublishedAt.Date, what, from, mostWorkdays, last)
			}
		}),
	}, {
		// Warns and does not stop the build: what is published is right, and
		// the public shall not wait for a case that is missing in the submission.
		Code: "cases-few", Level: campaign.Warning,
		Words: "期次截止后，典型案例不少于这一期要求的件数（停止公示的不算）。",
		Check: func(c *Context) {
			for file := range c.Campaign.Doubtful {
				if strings.HasPrefix(file, "content/cases") {
					return // it may be the one that is missing
				}
			}
			for _, round := range c.Campaign.Rounds {
				if round.MinimumCases == 0 || round.Deadline.IsZero() || !c.Date.After(round.Deadline) {
					continue
				}
				count := len(where(cases(c), func(i *campaign.Item) bool { return !isTakenDown(c, i) }))
				if count < round.MinimumCases {
					c.Reportf(c.Campaign.Keys.Of(fmt.Sprintf("期次.%d.典型案例不少于", round.Index)), "补上案例，放在 content/cases/",
						"%s截止（%s）了，典型案例只有 %d 件，要求不少于 %d 件", round.Name, round.Deadline.Chinese(), count, round.MinimumCases)
				}
			}
		},
	}, {
		// Warns and does not stop the build: 总局令第45号 asks for
		// the summary first, and the decision may follow.
		Code: "case-decision-missing", Level: campaign.Warning,
		Words: "要求报典型案例的期次截止后，每个案例都附行政处罚决定书。",
		Check: each(cases, func(c *Context, i *campaign.Item) {
			if i.Case.Decision != "" || i.Keys.Has("决定书") || isTakenDown(c, i) {
				return
			}
			for _, round := range c.Campaign.Rounds {
				if round.MinimumCases > 0 && c.Date.After(round.Deadline) && !i.Case.DecidedOn.After(round.Deadline) {
					c.Reportf(campaign.InFile(i.File), "把决定书放在旁边，写“决定书: 文件名”", "这个案例没有附行政处罚决定书（%s已截止）", round.Name)
					return
				}
			}
		}),
	}, {
		Code: "case-decided", Level: campaign.Error,
		Words: "案例的决定日期不晚于发布日期。",
		Check: each(cases, func(c *Context, i *campaign.Item) {
			if !i.PublishedAt.IsZero() && i.Case.DecidedOn.After(i.PublishedAt.Date) {
				c.Reportf(i.Keys.Of("决定日期"), "核对两个日期", "决定日期（%s）晚于发布日期（%s）", i.Case.DecidedOn, i.PublishedAt.Date)
			}
		}),
	},
}

// mostWorkdays is how many working days publication may take (政府信息公开条例
// 第二十六条, 总局令第45号).
const mostWorkdays = 20

// writtenOn returns the day from which the time to publish an item runs.
func writtenOn(i *campaign.Item) (campaign.Date, string) {
	switch {
	case i.Case != nil:
		return i.Case.DecidedOn, "决定日期"
	case i.Document != nil:
		return i.Document.WrittenOn, "成文日期"
	}
	return campaign.Date{}, ""
}

func checkTerm(c *Context, i *campaign.Item) {
	if i.PublishedAt.IsZero() || i.Expires.IsZero() {
		return
	}
	term, at := i.Case.Term, i.Keys.Of("有效期至")
	least, most := i.PublishedAt.AddMonths(campaign.ShortTerm.Months()), i.PublishedAt.AddMonths(campaign.LongTerm.Months())
	switch counted := i.PublishedAt.AddMonths(term.Months()); {
	case term.Months() > 0:
		if i.Expires != counted {
			c.Reportf(at, "删去“有效期至”一行，由程序算；或写 "+counted.String(), "有效期至 %s 与公示期%s不符：从发布日期 %s 算到 %s", i.Expires, term, i.PublishedAt.Date, counted)
		}
	case i.Expires.Before(least), i.Expires.After(most) && term != campaign.RestrictionTerm:
		c.Reportf(at, "写 "+least.String()+" 到 "+most.String()+" 之间的日期；限制期限更长的，写“公示期: 依限制期限”",
			"有效期至 %s 不在公示期限里：发布日期 %s，最短 3 个月、最长 3 年", i.Expires, i.PublishedAt.Date)
	}
}

// isTakenDown reports whether an item was taken down, or says on which day it is.
func isTakenDown(c *Context, i *campaign.Item) bool {
	return i.Stopped != nil || c.Campaign.TakenDown(i, c.Date) != nil
}

// heavier are the penalties other than a warning (行政处罚法第九条).
var heavier = []string{"罚款", "没收", "罚没", "暂扣", "吊销", "降低资质", "限制", "责令停产", "责令停业", "停产停业", "责令关闭", "从业", "拘留", "通报批评", "元"}

var (
	minorField = regexp.MustCompile(`^当事人:.*?(未成年|未满(?:18|十八)周?岁|(\d{1,2})\s*周?岁)`)
	minorText  = regexp.MustCompile(`(?:当事人|违法行为人|被处罚人)[^。；;！？]{0,24}?(未成年|未满(?:18|十八)周?岁|(\d{1,2})\s*周?岁)`)
	// towards leads from the party to somebody else.
	towards = regexp.MustCompile(`[向对给把将与和]|销售|允许|接待|诱导|提供|要求|招用|面向|针对`)
)

// tellsOfMinor finds the words in a line that say the party is under age; at
// is their byte. In front matter 当事人 is a field, and all of it is about the
// party.
func tellsOfMinor(line string, front bool) (at int, words string, ok bool) {
	if !strings.Contains(line, "未成年") && !strings.Contains(line, "岁") {
		return 0, "", false // most lines: the forms below go through every character
	}
	form := minorText
	if front = front && strings.HasPrefix(line, "当事人:"); front {
		form = minorField
	}
	for _, m := range form.FindAllStringSubmatchIndex(line, -1) {
		if m[4] >= 0 {
			if age, _ := strconv.Atoi(line[m[4]:m[5]]); age >= 18 {
				continue
			}
		}
		if !front && towards.MatchString(line[m[0]:m[2]]) {
			continue
		}
		return m[2], line[m[2]:m[3]], true
	}
	return 0, "", false
}

var indexRules = []Rule{
	{
		Code: "index-number", Level: campaign.Error,
		Words: "索引号合乎格式：18 位统一社会信用代码、/、年份、-、五位数字，或 campaign.yaml 的索引号格式。",
		Check: each(documents, func(c *Context, i *campaign.Item) {
			if n := i.Document.IndexNumber; n != "" && c.Campaign.IndexPattern != nil && !c.Campaign.IndexPattern.MatchString(n) {
				c.Reportf(i.Keys.Of("索引号"), "例：11360700MB00000002/2022-00001；信用代码里没有 I、O、S、V、Z", "索引号“%s”的格式不对", n)
			}
		}),
	}, {
		Code: "index-duplicate", Level: campaign.Error,
		Words: "索引号不重复，未公开的也算在内。",
		Check: func(c *Context) {
			owner := map[string]*campaign.Item{}
			for _, i := range documents(c) {
				n := i.Document.IndexNumber
				if first := owner[n]; n != "" && first != nil {
					f := finding(i.Keys.Of("索引号"), fmt.Sprintf("索引号 %s 已经用在 %s", n, first.File), "给其中一件换一个流水号")
					f.Also = first.File
					c.Tell(f)
					continue
				}
				owner[n] = i
			}
		},
	}, {
		Code: "index-check-character", Level: campaign.Warning,
		Words: "索引号里的统一社会信用代码，校验位应当正确（GB 32100-2015）。",
		Check: each(documents, func(c *Context, i *campaign.Item) {
			code, _, _ := strings.Cut(i.Document.IndexNumber, "/")
			if creditForm.MatchString(code) && creditFault(code) != "" {
				c.Reportf(i.Keys.Of("索引号"), "核对信用代码", "索引号里的统一社会信用代码 %s %s", code, creditFault(code))
			}
		}),
	},
}

const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

var creditForm = regexp.MustCompile(`^[` + creditAlphabet + `]{18}$`)

// creditFault says what is wrong with a credit code; "" for nothing, also where
// there is none.
func creditFault(code string) string {
	switch {
	case code == "":
		return ""
	case !creditForm.MatchString(code):
		return "应当是 18 位数字和大写字母，没有 I、O、S、V、Z"
	case creditCheck(code[:17]) != code[17]:
		return fmt.Sprintf("校验位不对，应为 %c", creditCheck(code[:17]))
	}
	return ""
}

// creditCheck returns the check character of the first 17 characters of a credit
// code: weights 3^i modulo 31 (GB 32100-2015, 附录A).
func creditCheck(first17 string) byte {
	sum, weight := 0, 1
	for i := range 17 {
		sum += strings.IndexByte(creditAlphabet, first17[i]) * weight
		weight = weight * 3 % 31
	}
	return creditAlphabet[(31-sum%31)%31]
}
