package desk

import (
	"path"
	"regexp"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/review"
)

// screenWords are the words of the screens for those of the commands. What a finding
// or an error says to do is written for the terminal, in the packages that both use;
// the desk says it with these, and links to the screen (nextOf).
var screenWords = []struct {
	command *regexp.Regexp
	screen  string
}{
	{regexp.MustCompile(`wangjian sign \S+ --as (\S+?) --by 姓名`), "到“审签”里签$1"},
	{regexp.MustCompile(`用 wangjian sign (依次重签|重签)`), "到“审签”里$1"},
	{regexp.MustCompile(`由 wangjian sign (写|删去)`), "由“审签”$1"},
	{regexp.MustCompile(`用 wangjian sign 签过`), "在“审签”里签过"},
	{regexp.MustCompile(`；要换成报送材料里的，加 --replace；不换的，把那个部门写成“(\S+)”（--map）`), "；要换成报送材料里的，勾选“换成报送材料里的”"},
	{regexp.MustCompile(`(要换|确实要换)，加 --replace`), "$1，勾选“换成报送材料里的”"},
	{regexp.MustCompile(`：用 --region 写明`), "：选一个地区"},
	{regexp.MustCompile(`由 wangjian collect 写`), "由“收件”写"},
	{regexp.MustCompile(`用 wangjian collect --replace 再汇集一次`), "把那份报送材料在“收件”里再收一次"},
	{regexp.MustCompile(`，wangjian bundle 给每家另做一份`), "，打包时给每家另做一份"},
	{regexp.MustCompile(`用对方 wangjian bundle 生成的那一个 zip`), "用对方“报送”打的那一个 zip"},
	{regexp.MustCompile(`加 --replace$`), "打开它，勾选“换人重签”"},
	{regexp.MustCompile(`不写 --on，直接签`), "不写发布日期，直接签"},
	{regexp.MustCompile(`（或运行 wangjian correct）`), "（到“发布”里写上原因，由程序写）"},
	{regexp.MustCompile(`；?在别处公布过的，用 --against 指到那个网站的 data/statistics\.json`), ""},
	{regexp.MustCompile(`或 --against 指的 data/statistics\.json|；用 --against 与已发布的 data/statistics\.json 比`), ""},
	{regexp.MustCompile(`用 wangjian form import 读成 YAML`), "在“收件”里收下"},
	{regexp.MustCompile(`用 wangjian text import 读成 Markdown`), "在“收件”里收下"},
	{regexp.MustCompile(`用 wangjian words (?:--style )?看有(哪些.*)`), "有$1见手册里用语和版式的一节"},
	{regexp.MustCompile(`再运行一次 wangjian publish`), "到“发布”再发布一次"},
	{regexp.MustCompile(`签名可以用 wangjian sign 写`), "签名在“审签”里写"},
	{regexp.MustCompile(`要用 --reason 写`), "要写"},
	{regexp.MustCompile(`由 wangjian form import 写`), "由“收件”写"},
	{regexp.MustCompile(`（工作台上打钩“接管”，或加 --take-over）`), "，勾选“接管”"},
	{regexp.MustCompile(`在工作台的“发布”里存进系统的钥匙串，或运行 wangjian publish 目标 --password`), "在“发布”里存进系统的钥匙串"},
	{regexp.MustCompile(`在工作台的“发布”里存一次，或运行 wangjian publish .* --password；没有钥匙串的电脑（如服务器上）用环境变量 WANGJIAN_SECRET 给`), "在“发布”的“存服务器的密码”里存一次"},
	{regexp.MustCompile(`在 campaign\.yaml 的“发布”里换`), "在“活动设置”的“发布到哪里”里换"},
	{regexp.MustCompile(`在 campaign\.yaml 里它的 SFTP 下写上：主机公钥: `), "在“活动设置”的“发布到哪里”里，把这一处的“主机公钥”填成 "},
	{regexp.MustCompile(`换一个文件夹（-o，或“发布”里的“文件夹”）`), "换一个文件夹"},
	{regexp.MustCompile(`由 wangjian chart list 列出`), "在“编辑”的“引用统计表里的数”里找"},
	{regexp.MustCompile(`wangjian publish 发布到哪里`), "“发布”放到哪里"},
	{regexp.MustCompile(`都是 wangjian publish 写的样子`), "都是程序写的样子"},
	{regexp.MustCompile(`由 wangjian publish 写`), "由程序在发布时写"},
	{regexp.MustCompile(`不是 wangjian publish 写的`), "不是程序写的"},
	{regexp.MustCompile(`用 wangjian build 或 wangjian serve`), "看“预览网站”"},
	{regexp.MustCompile(`--date (\S+) 在今天`), "工作台打开在 $1，在今天"},
	{regexp.MustCompile(`，请用 --date 指定`), ""},
	{regexp.MustCompile(`，或用 --date 指定`), ""},
	{regexp.MustCompile(`在活动文件夹里运行，或用 -C 指出它；新建活动用 wangjian new`), "到“开始”打开里面有 data 和 content 的文件夹，或新建一个"},
	{regexp.MustCompile(`导入后填上，再用 wangjian check 检查`), "收下以后在“编辑”里填上"},
	{regexp.MustCompile(`请?用 -o 换一个(文件夹|名称)`), "换一个$1"},
	{regexp.MustCompile(`，或加 --replace 替换它`), ""},
	{regexp.MustCompile(`或用 -o 文件夹`), "或选“文件夹”"},

	{regexp.MustCompile(`核对并处理后写“已核: true”`), "核对并处理后，打开它，在这一张的“已核”前面打勾"},
	{regexp.MustCompile(`核对并处理后，在开头的信息里写“图片已核: true”`), "核对并处理后，打开它，在“图片已核”前面打勾"},
	{regexp.MustCompile(`补上“((?:图片|附件)?已核): …”一行`), "核对过的，打开它，在“$1”前面打勾"},
	{regexp.MustCompile(`改成 data/campaign\.yaml 里有的(\S+?)(。|；|$)`), "选列出来的$1；没有的，先到“活动设置”里填$2"},

	// Taking in.
	{regexp.MustCompile(`报来以后放到 \S+ 里`), "报来以后在“收件”里收下"},
	{regexp.MustCompile(`用 --region \S+ 指明`), "在“单位”里选这个地区"},
	{regexp.MustCompile(`用 --round 指明`), "在“期次”里选定"},
	{regexp.MustCompile(`用 --department 指明`), "在“单位”里选定"},
	{regexp.MustCompile(`用 --department 和 --round 说明`), "在“单位”“期次”里选定"},
	{regexp.MustCompile(`就换 --department 再导入一次`), "在“单位”里改选，再收一次"},
	{regexp.MustCompile(`改正命令里的选项`), "改选单位、期次"},
	{regexp.MustCompile(`--round 说的就是表上写的期次；不是的，`), "选定的期次就是表上写的；不是的，"},
	{regexp.MustCompile(`按 --round 导入`), "按选定的期次导入"},
	{regexp.MustCompile(`用 -C 指明活动的文件夹`), "打开那个专项行动再收"},
	{regexp.MustCompile(`在用 form export 导出的表里`), "在“发表”发出的表里"},
	{regexp.MustCompile(`用 form export (?:重新)?导出的?(工作簿|表样)`), "“发表”发出的$1"},
	{regexp.MustCompile(`[总报][结表]用 (?:text|form) import 导入`), "在“种类”里改选"},
	{regexp.MustCompile(`没有导入`), "没有收"},
	{regexp.MustCompile(`再导入`), "再收"},
	{regexp.MustCompile(`导入解压`), "拖进解压"},

	// What is written in files that a form writes.
	{regexp.MustCompile(`^SiteName$`), "网站的名称"},
	{regexp.MustCompile(`^SiteDomain$`), "网站的域名，如 www.example.gov.cn"},
	{regexp.MustCompile(`^SiteIDCode，加引号$`), "政府网站标识码：10 位数字，或 bm 加 8 位数字、N 加 9 位数字"},
	{regexp.MustCompile(`^(六位数字)，加引号$`), "$1"},
	{regexp.MustCompile(`；数字要加引号$`), "；可以不写，由程序编"},
	{regexp.MustCompile(`^正则表达式$`), "用来检查索引号写得对不对，由技术人员写；可以不填"},
	{regexp.MustCompile(`；true 指全部附件$`), "；全部看过的写 true，只看过几个的写它们的文件名"},

	// Why something is not public.
	{regexp.MustCompile(`没有 release\.yaml`), "还没有定发布日期，没有签"},
	{regexp.MustCompile(`release\.yaml 读不出`), "公开和签字的记录读不出"},
	{regexp.MustCompile(`发布日期未到（(?:9999-12-31)?）`), "没有定发布日期"},
	{regexp.MustCompile(`公开方式是(；|$)`), "没有定公开方式$1"},

	// The bundle.
	{regexp.MustCompile(`再运行一次，加上 --docx 这个 PDF 文件`), "和改好的 docx 一起再送来一次"},
	{regexp.MustCompile(`在 zip 里改，或用 --docx 写明改好的文件`), "选改好的文件再送来"},
	{regexp.MustCompile(`数字和案例在活动里改，再用 bundle 生成`), "数字和案例在“编辑”“数据”里改，再打包"},
	{regexp.MustCompile(`不是 wangjian bundle 生成的`), "不是“报送”打的包"},
}

// onScreen puts the words of commands into those of the screens.
func onScreen(text string) string {
	for _, w := range screenWords {
		text = w.command.ReplaceAllString(text, w.screen)
	}
	return text
}

// quoted quotes a title; marks in it become the inner ones.
func quoted(title string) string {
	return "“" + strings.NewReplacer("“", "‘", "”", "’").Replace(title) + "”"
}

// next is where to go with a finding, beside the place in the file that it is at.
type next struct{ Address, Words string }

// nextOf returns the screen on which a finding is dealt with; zero for none but the
// editor.
func nextOf(f campaign.Finding) next {
	file := f.At.File
	kind, _, _ := strings.Cut(f.Rule, "-")
	switch {
	case isMissing(f) || f.Rule == "sum-incomplete":
		parts := strings.Split(strings.TrimPrefix(strings.TrimSuffix(file, path.Ext(file)), "content/narratives/"), "/")
		if parts[0] == "data" {
			parts = parts[1:]
		}
		if len(parts) < 2 || parts[len(parts)-1] == "index" {
			return next{address("edit"), "到编辑里起草"}
		}
		pairs := []string{"round", parts[0], "unit", parts[1]}
		if len(parts) > 2 {
			pairs = append(pairs, "region", parts[2])
		}
		return next{address("progress/unit", pairs...), "看这个单位，催报"}
	case kind == "signoff" || f.Rule == "published-unsigned" || f.Rule == "update-date" || f.Rule == "stopped-unsigned" ||
		strings.Contains(f.Hint, "wangjian sign 依次重签"):
		return next{address("sign", "file", file), "去审签"}
	case review.Compares(f.Rule):
		return next{address("publish"), "去发布里写更正"}
	case kind == "record":
		return next{address("history"), "去发布记录"}
	case kind == "original":
		return next{ownFolder + "incoming/originals", "看收过的原件"}
	case file == settingsFile || file == formFile:
		return next{address("settings"), "去活动设置"}
	}
	return next{}
}

// shownLine is the line that a finding is in, as far as it tells a person something:
// sign-offs and their fingerprints stand in 审签.
func shownLine(f campaign.Finding) string {
	if strings.Contains(f.Line, "审核:") || strings.Contains(f.Line, "指纹:") {
		return ""
	}
	return f.Line
}

// isMissing reports whether a finding is about a file that is not there.
func isMissing(f campaign.Finding) bool {
	return f.Rule == "narrative-missing" || f.Rule == "report-missing"
}
