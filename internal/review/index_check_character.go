package review

import (
	"strings"

	"wangjian/internal/campaign"
)

var indexCheck = Rule{
	Code: "index-check-character", Level: campaign.Warning,
	Words: "索引号里的统一社会信用代码，校验位应当正确（GB 32100-2015）。",
	Check: func(c *Context) {
		eachDocument(c, func(i *campaign.Item) {
			code, _, _ := strings.Cut(i.Document.IndexNumber, "/")
			if !campaign.DefaultIndexPattern.MatchString(code + "/2000-00000") {
				return
			}
			if want := creditCheck(code[:17]); want != code[17] {
				c.Reportf(i.Keys.Of("索引号"), "核对信用代码", "索引号里的统一社会信用代码 %s 校验位不对，应为 %c", code, want)
			}
		})
	},
}

const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// creditCheck gives the check character of the first 17 characters of a credit
// code: weights 3^i modulo 31 (GB 32100-2015, 附录A).
func creditCheck(first17 string) byte {
	sum, weight := 0, 1
	for i := range 17 {
		sum += strings.IndexByte(creditAlphabet, first17[i]) * weight
		weight = weight * 3 % 31
	}
	return creditAlphabet[(31-sum%31)%31]
}
