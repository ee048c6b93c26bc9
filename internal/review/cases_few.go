package review

import (
	"fmt"
	"strings"

	"wangjian/internal/campaign"
)

// casesFew warns and does not stop the build: what is published is right, and
// the public shall not wait for a case that is missing in the submission.
var casesFew = Rule{
	Code: "cases-few", Level: campaign.Warning,
	Words: "期次截止后，典型案例不少于这一期要求的件数（停止公示的不算）。",
	Check: func(c *Context) {
		for file := range c.Campaign.Doubtful {
			if strings.HasPrefix(file, "content/cases") {
				return // it may be the one that is missing
			}
		}
		for _, round := range c.Campaign.Rounds {
			if round.MinimumCases == 0 || !c.Date.After(round.Deadline) {
				continue
			}
			count := 0
			eachCase(c, func(i *campaign.Item) {
				if i.Case.Stopped == nil {
					count++
				}
			})
			if count < round.MinimumCases {
				c.Reportf(c.Campaign.Keys.Of(fmt.Sprintf("期次.%d.典型案例不少于", round.Index)), "补上案例，放在 content/cases/",
					"%s截止（%s）了，典型案例只有 %d 件，要求不少于 %d 件", round.Name, round.Deadline.Chinese(), count, round.MinimumCases)
			}
		}
	},
}
