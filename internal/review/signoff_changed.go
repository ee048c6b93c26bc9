package review

import (
	"wangjian/internal/campaign"
)

// signoffChanged warns and does not stop the build: what was changed is held
// back by the gate.
var signoffChanged = Rule{
	Code: "signoff-changed", Level: campaign.Warning,
	Words: "终审记有指纹的，内容与终审时一样；改过的留着不发，重新终审。",
	Check: func(c *Context) {
		eachRelease(c, func(r *campaign.Release) {
			if r.Changed {
				c.Report(r.Keys.Of("审核.终审.指纹"), "终审后改过，现在不会公开", "核对改动后重新终审：wangjian sign "+r.Keys.Start.File+" --as 终审 --by 姓名")
			}
		})
	},
}
