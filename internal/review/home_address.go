package review

import "wangjian/internal/campaign"

// Found by the look of personal-data.
var homeAddress = Rule{
	Code: "home-address", Level: campaign.Error,
	Words: "住址、家住、户籍地、收货地址等词后面不写到门牌、小区或村组。",
}
