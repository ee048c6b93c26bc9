package review

import (
	"fmt"

	"wangjian/internal/campaign"
)

// Sign says what stands against a sign-off that is about to be written into a
// record of publication: a stage before it that is missing, or any of the rules
// on sign-offs.
func Sign(c *campaign.Campaign, record *campaign.Release, stage campaign.Stage, s campaign.Signoff) []string {
	for n, before := range reviews {
		if before == stage && n > 0 {
			if _, ok := record.Signoffs.Of(reviews[n-1]); !ok {
				return []string{fmt.Sprintf("还没有%s，不能签%s", reviews[n-1], stage)}
			}
		}
	}
	signed := *record
	signed.Signoffs = campaign.Signoffs{{Stage: stage, Signoff: s}}
	for _, was := range record.Signoffs {
		if was.Stage != stage {
			signed.Signoffs = append(signed.Signoffs, was)
		}
	}
	ctx := &Context{Campaign: &campaign.Campaign{Reviewers: c.Reviewers, Items: []*campaign.Item{{Release: signed}}}}
	var words []string
	for _, rule := range []Rule{signoffEntitled, signoffPersons, signoffOrder, signoffLate} {
		ctx.rule = rule
		rule.Check(ctx)
	}
	for _, f := range ctx.findings {
		words = append(words, f.Message+"（"+f.Hint+"）")
	}
	return words
}
