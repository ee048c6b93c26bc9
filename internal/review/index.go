package review

import (
	"fmt"
	"strings"

	"wangjian/internal/campaign"
)

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
			if !campaign.DefaultIndexPattern.MatchString(code + "/2000-00000") {
				return
			}
			if want := creditCheck(code[:17]); want != code[17] {
				c.Reportf(i.Keys.Of("索引号"), "核对信用代码", "索引号里的统一社会信用代码 %s 校验位不对，应为 %c", code, want)
			}
		}),
	},
}

const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

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
