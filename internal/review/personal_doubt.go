package review

import "wangjian/internal/campaign"

// Found by the look of personal-data.
var personalDoubt = Rule{
	Code: "personal-doubt", Level: campaign.Warning,
	Words: "像个人信息而不能确定的（校验位不对的身份证号、订单号里的手机号、没有提示词的全名和住址），请核对。",
}
