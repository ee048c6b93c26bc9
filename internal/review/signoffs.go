package review

import (
	"wangjian/internal/campaign"
)

// eachRelease visits every record of publication: the rounds' and the items'.
func eachRelease(c *Context, visit func(*campaign.Release)) {
	for _, r := range c.Campaign.Rounds {
		if r.Release != nil {
			visit(r.Release)
		}
	}
	for _, i := range c.Campaign.Items {
		visit(&i.Release)
	}
}

// reviews are the three sign-offs; the confidentiality review is apart.
var reviews = []campaign.Stage{campaign.FirstReview, campaign.SecondReview, campaign.FinalReview}
