package review

import "wangjian/internal/campaign"

// Found by the look of personal-data.
var personName = Rule{
	Code: "person-name", Level: campaign.Error,
	Words: "法定代表人、经营者、联系人、投诉人等词后面不写自然人的全名，写成“某”；当事人的写法见 party-name。",
}
