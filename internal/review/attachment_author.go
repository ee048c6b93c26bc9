package review

import (
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/privacy"
)

var attachmentAuthor = Rule{
	Code: "attachment-author", Level: campaign.Error,
	Words: "附件的属性（作者、上次修改者等）里没有个人的姓名和号码。",
	Check: func(c *Context) {
		for _, e := range c.enclosures() {
			if e.text == nil {
				continue
			}
			x := &exposure{campaign: c.Campaign, item: e.item}
			for _, p := range e.text.Metadata {
				what := ""
				if isAuthor(p.Name) && privacy.IsPerson(p.Value) && !contains(e.item.Permitted, p.Value) {
					what = "姓名“" + p.Value + "”"
				}
				for _, t := range x.traces(p.Value) {
					if t.Certain {
						what = t.What + "“" + t.Text + "”"
					}
				}
				if what != "" {
					c.Reportf(e.at, "Word、Excel、WPS：文件 → 信息 → 检查文档 → 删除文档属性和个人信息，另存；PDF 从这样的文件重新导出", "附件 %s 的属性“%s”里有%s", e.name(), p.Name, what)
				}
			}
		}
	},
}

func isAuthor(property string) bool {
	return strings.Contains(property, "作者") || strings.Contains(property, "修改者") || property == "经理"
}
