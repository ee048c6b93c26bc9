package review

import (
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/privacy"
)

var partyName = Rule{
	Code: "party-name", Level: campaign.Error,
	Words: "案例的当事人是自然人的，按 campaign.yaml 的“当事人公示”写：隐名写成张某、李某某；实名用决定书上的名字。",
	Check: func(c *Context) {
		eachCase(c, func(i *campaign.Item) {
			party := i.Case.Party
			if c.Campaign.PartyNames != "实名" && privacy.IsPerson(party) && !contains(i.Permitted, party) {
				c.Reportf(i.Keys.Of("当事人"), "写成“"+privacy.Mask(party)+"”；要写实名，在 campaign.yaml 里写“当事人公示: 实名”", "当事人“%s”是自然人的全名", party)
				return
			}
			if c.Campaign.PartyNames != "实名" || party == "" || i.Case.Decision == "" || strings.ContainsAny(party, "某×*") {
				return
			}
			if text, ok := c.decision(i); ok && !strings.Contains(unspaced(text), unspaced(party)) {
				c.Reportf(i.Keys.Of("当事人"), "照决定书改正", "决定书里没有当事人“%s”", party)
			}
		})
	},
}

func contains(list []string, text string) bool {
	for _, s := range list {
		if s == text {
			return true
		}
	}
	return false
}

func unspaced(s string) string { return strings.Join(strings.Fields(s), "") }
