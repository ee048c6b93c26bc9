package forms

import (
	"fmt"

	"wangjian/internal/campaign"
)

// Rules lists the reasons, for the manual and check --rules.
var Rules = []campaign.Rule{
	{Code: "import-kind", Level: campaign.Error, Words: "导入的文件是 xlsx 工作簿或 CSV，没有损坏，也没有设打开密码。"},
	{Code: "import-size", Level: campaign.Error, Words: "导入的文件大小像一张报表，不是压缩炸弹。"},
	{Code: "import-active", Level: campaign.Error, Words: "导入的文件没有宏、外部链接和数据连接。"},
	{Code: "import-table", Level: campaign.Error, Words: "文件里有且只有一张带“项目”“数量”表头的表（另可有一张“本级”）。"},
	{Code: "import-owner", Level: campaign.Error, Words: "文件属于本活动，看得出是哪一期、哪个部门、哪个地区的，并与指定的一致。"},
	{Code: "import-owner-doubt", Level: campaign.Warning, Words: "填报单位像是本表所属的单位。"},
	{Code: "import-round", Level: campaign.Warning, Words: "--round 说的就是表上写的期次；不是的，按 --round 导入。"},
	{Code: "import-template", Level: campaign.Warning, Words: "表样与当前的统计表一致。"},
	{Code: "import-row", Level: campaign.Error, Words: "表里的每一行都是统计表的项目，一行不多、一行不少、不重复。"},
	{Code: "import-unit", Level: campaign.Error, Words: "数字的单位就是这一行的单位，不作换算。"},
	{Code: "import-blank", Level: campaign.Error, Words: "每个数量都填了：没有发生填 0，无此项填 无。"},
	{Code: "import-quantity", Level: campaign.Error, Words: "数量是能确切读出的数字、无 或 汇总，存的和显示的一样。"},
	{Code: "import-formula", Level: campaign.Error, Words: "填写的格子里是值，不是公式（只算本表格子和数的简单公式除外）。"},
	{Code: "import-computed", Level: campaign.Note, Words: "简单公式按文件里存的结果导入。"},
	{Code: "import-merge", Level: campaign.Error, Words: "一个数量占一行，没有和别的行合并。"},
	{Code: "import-text", Level: campaign.Error, Words: "填报单位和备注里没有无法公布的字符。"},
	{Code: "import-date", Level: campaign.Error, Words: "填报日期是确切的一天。"},
	{Code: "import-own-empty", Level: campaign.Warning, Words: "“本级”一格不填，就不改原有的本级。"},
	{Code: "import-existing", Level: campaign.Error, Words: "要改写的 YAML 文件本身读得通。"},
}

// problemf is a finding that does not know its place yet.
func problemf(rule, hint, format string, args ...any) *campaign.Finding {
	return &campaign.Finding{Rule: rule, Message: fmt.Sprintf(format, args...), Hint: hint}
}
