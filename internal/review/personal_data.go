package review

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/privacy"
)

var personalData = Rule{
	Code: "personal-data", Level: campaign.Error,
	Words:   "能公开的地方（正文、备注、说明、文件名、附件、自己的 layouts）都不能有手机号、站点以外的固定电话、身份证号、银行卡号、邮箱、个人账号和车牌号；确须公开的写进“准予公开”。",
	Inspect: inspectPersonal,
	// Names of files are published as addresses, and their words as they are.
	Check: func(c *Context) {
		inspectEnclosures(c)
		for _, i := range c.Campaign.Items {
			names := slices.Concat([]string{i.File}, i.Files())
			x := &exposure{campaign: c.Campaign, item: i}
			for _, file := range names {
				at := i.Keys.Start
				if file != i.File {
					at = namedAt(i, file)
				}
				name := strings.TrimSuffix(path.Base(file), path.Ext(file))
				for _, t := range x.traces(name) {
					if t.Certain {
						c.Report(at, fmt.Sprintf("文件名“%s”里有%s“%s”", path.Base(file), t.What, t.Text), "给文件改名，再改正引用它的地方")
					}
				}
				if m := personFile.FindStringSubmatch(name); m != nil && privacy.IsPerson(m[1]) && !slices.Contains(i.Permitted, m[1]) {
					c.Report(at, fmt.Sprintf("文件名“%s”里有姓名“%s”", path.Base(file), m[1]), "给文件改名，再改正引用它的地方")
				}
			}
		}
	},
}

// personFile is a file named after a person.
var personFile = regexp.MustCompile(`^(?:对|关于)?(\p{Han}{2,4}?)(?:的|-|_)?(?:行政)?(?:处罚决定书|处罚决定|决定书|身份证|笔录|简历|名片|证件照|照片|头像|营业执照|举报信|投诉信|情况说明|案$)`)

// namedAt returns where an item names one of its files, its body first.
func namedAt(i *campaign.Item, file string) campaign.Position {
	named := func(e campaign.Enclosure) bool { return e.File == file }
	linked := campaign.Item{Body: i.Body}
	for _, list := range [][]campaign.Enclosure{linked.Enclosures(), i.Enclosures()} {
		if n := slices.IndexFunc(list, named); n >= 0 {
			return list[n].At
		}
	}
	return i.Keys.Start
}
