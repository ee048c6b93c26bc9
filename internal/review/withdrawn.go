package review

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

var withdrawnRules = []Rule{
	{
		// Warns and does not stop the build: what has to go goes at once.
		Code: "stopped-unsigned", Level: campaign.Warning,
		Words: "停止公示有人签字；没有签字的也撤下。",
		Check: each(stoppedItems, func(c *Context, i *campaign.Item) {
			if i.Stopped.By == "" || i.Stopped.SignedOn.IsZero() {
				c.Report(i.Keys.Of("停止公示"), "停止公示还没有人签字", "补上签字：停止公示: {日期: "+i.Stopped.On.String()+", 原因: "+flow(i.Stopped.Reason)+", 签字: {人: 姓名, 日期: "+c.Date.String()+"}}")
			}
		}),
	}, {
		Code: "stopped-date", Level: campaign.Error,
		Words: "停止公示的日期不早于发布日期；签字的日期不晚于今天。",
		Check: each(stoppedItems, func(c *Context, i *campaign.Item) {
			if i.Stopped.On.Before(i.PublishedAt.Date) {
				c.Reportf(i.Keys.Of("停止公示.日期"), "没有公布过的，公开方式改成"+campaign.Withheld+"；公布过的，核对两个日期", "停止公示（%s）早于发布日期（%s）", i.Stopped.On, i.PublishedAt.Date)
			}
			if i.Stopped.SignedOn.After(c.Date) {
				c.Reportf(i.Keys.Of("停止公示.签字.日期"), "写签字的那一天", "停止公示的签字日期（%s）晚于今天（%s）", i.Stopped.SignedOn, c.Date)
			}
		}),
	}, {
		Code: "withdrawal-target", Level: campaign.Error,
		Words: "撤下的内容公布过，撤下的日期不早于它的发布日期，不晚于今天。",
		Check: each(withdrawals, checkWithdrawal),
	},
}

// Stop works out the 停止公示 that is to be written into an item on a day: that
// which is there signed, or a new one.
func Stop(c *campaign.Campaign, file string, day campaign.Date, by campaign.Stopped) (campaign.Stopped, error) {
	i := c.ItemAt(file)
	by.On, by.SignedOn = day, day
	if i != nil && i.Stopped != nil {
		by.On = i.Stopped.On
		if by.Reason == "" {
			by.Reason = i.Stopped.Reason
		}
	}
	switch {
	case i == nil:
		return by, fmt.Errorf("%s 不是一篇读得出来的内容：写 content/ 里的 .md 文件", file)
	case by.Reason == "":
		return by, fmt.Errorf("%s：要用 --reason 写停止公示的原因", file)
	case i.Case != nil && !slices.Contains(campaign.StopReasons, by.Reason):
		return by, fmt.Errorf("%s：案例停止公示的原因只能写%s", file, strings.Join(campaign.StopReasons, "、"))
	case by.On.Before(i.PublishedAt.Date):
		return by, fmt.Errorf("%s：还没有公布过（发布日期 %s），公开方式改成%s", file, i.PublishedAt.Date, campaign.Withheld)
	}
	return by, nil
}

func stoppedItems(c *Context) []*campaign.Item {
	return where(c.Campaign.Items, func(i *campaign.Item) bool { return i.Stopped != nil && !c.Campaign.IsDoubtful(i.File) })
}

func withdrawals(c *Context) []*campaign.Correction { return c.Campaign.Withdrawals }

func checkWithdrawal(c *Context, x *campaign.Correction) {
	i := c.itemAt(x.Withdraws)
	_, shown := c.Campaign.FirstPublished(x.Withdraws)
	at := x.Keys.Of("日期")
	if x.On.After(c.Date) {
		c.Reportf(at, "日期写撤下的那一天", "撤下日期（%s）晚于今天（%s）", x.On, c.Date)
	}
	if i != nil && x.On.Before(i.PublishedAt.Date) {
		c.Reportf(at, "没有公布过的不用写撤下；核对两个日期", "撤下日期（%s）早于%s的发布日期（%s）", x.On, i.File, i.PublishedAt.Date)
	}
	if i != nil || shown || c.Campaign.IsDoubtful(x.Withdraws) {
		return
	}
	var names []string
	for _, other := range c.Campaign.Items {
		if path.Dir(other.File) == path.Dir(x.Withdraws) && !isTakenDown(c, other) {
			names = append(names, other.File)
		}
	}
	near := campaign.Nearest(x.Withdraws, names)
	switch {
	case near != "":
		c.Reportf(x.Keys.Of("内容"), "是不是“"+near+"”？", "没有 %s 这篇内容", x.Withdraws)
	case c.Campaign.History != nil:
		c.Reportf(x.Keys.Of("内容"), "核对文件名；没有公布过的不用写撤下", "发布记录里没有 %s", x.Withdraws)
	}
}
