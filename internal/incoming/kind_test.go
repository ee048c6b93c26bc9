package incoming

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// ending is how a file ends, in a line.
func ending(f *File) string {
	round := ""
	if f.Round != nil {
		round = f.Round.Code
	}
	return fmt.Sprintf("%s %s %s|%s|%s", f.State(), f.Kind, round, UnitName(f.Department, f.Region), f.Becomes)
}

// TestGuesses: what a file is, whose and of which round it is, is taken from its
// content, else from its name, the folders around it and what brought it.
func TestGuesses(t *testing.T) {
	b := batchOf(t, small(t))
	c := b.Campaign
	for name, one := range map[string]struct {
		file
		want string
	}{
		"form of another name":       {file{"", "a.xlsx", workbook(c, "q3", "shichang", "")}, "收下 form q3|市场监管局|data/q3/shichang.yaml"},
		"form of a region":           {file{"", "b.xlsx", workbook(c, "q3", "shichang", "nanshan")}, "收下 form q3|市场监管局 南山镇|data/q3/shichang/nanshan.yaml"},
		"form of an old round":       {file{"", "c.xlsx", workbook(c, "q2", "shichang", "nanshan")}, "收下 form q2|市场监管局 南山镇|data/q2/shichang/nanshan.yaml"},
		"csv by its name":            {file{"", "教体局第二次.csv", sheet("", "50")}, "存疑 form q2|教体局|data/q2/jiaoyu.yaml"},
		"csv by its folder":          {file{"第二次/教体局", "报表.csv", sheet("", "50")}, "存疑 form q2|教体局|data/q2/jiaoyu.yaml"},
		"csv of its own words":       {file{"", "x.csv", sheet("期次,第三次\n部门,教体局\n", "50")}, "收下 form q3|教体局|data/q3/jiaoyu.yaml"},
		"csv by its unit":            {file{"", "x.csv", sheet("", "50")}, "存疑 form q3|教体局|data/q3/jiaoyu.yaml"},
		"narrative by its name":      {file{"", "城管局第三次总结.docx", four("工作总结")}, "收下 narrative q3|城管局|content/narratives/q3/chengguan.md"},
		"narrative by its title":     {file{"", "新建文档.docx", four("清河市城市管理局第三次工作总结")}, "存疑 narrative q3|城管局|content/narratives/q3/chengguan.md"},
		"narrative of an old round":  {file{"", "城管局_工作总结.docx", four("清河市城市管理局清河校园食安行动第二次工作总结")}, "收下 narrative q2|城管局|content/narratives/q2/chengguan.md"},
		"narrative of no round":      {file{"", "城管局总结.docx", four("工作总结")}, "存疑 narrative q3|城管局|content/narratives/q3/chengguan.md"},
		"narrative of two rounds":    {file{"", "城管局第三次总结.docx", four("城管局第二次工作总结")}, "存疑 narrative q2|城管局|content/narratives/q2/chengguan.md"},
		"narrative of nobody":        {file{"", "新建文档.docx", four("工作总结")}, "退回 narrative q3||"},
		"narrative of a region":      {file{"市场监管局/南山镇", "总结.docx", four("工作总结")}, "存疑 narrative q3|市场监管局 南山镇|content/narratives/q3/shichang/nanshan.md"},
		"summary of all":             {file{"", "全市总结.docx", four("全市校园食品安全专项行动第三次总结")}, "收下 summary q3|市场监管局|content/narratives/q3/index.md"},
		"case by its name":           {file{"", "某店销售过期食品案.docx", docx("某店销售过期食品案", "某店销售过期食品，被依法查处。")}, "存疑 case ||content/cases/某店销售过期食品案.md"},
		"case by its folder":         {file{"报来的/典型案例", "某店.docx", docx("某店", "某店销售过期食品，被依法查处。")}, "存疑 case ||content/cases/某店.md"},
		"case with a number":         {file{"", "过期食品案（2）.docx", docx("某店", "某店销售过期食品，被依法查处。")}, "存疑 case ||content/cases/过期食品案-2.md"},
		"case by its title":          {file{"", "1.docx", docx("典型案例：某店销售过期食品", "某店销售过期食品，被依法查处。")}, "存疑 case ||content/cases/1.md"},
		"warning":                    {file{"", "消费警示：谨防低价.docx", docx("谨防低价陷阱", "买东西看标签。")}, "存疑 warning ||content/warnings/消费警示-谨防低价.md"},
		"document":                   {file{"", "关于开展检查的通知.docx", docx("关于开展检查的通知", "各单位：请检查。")}, "存疑 open ||content/open/关于开展检查的通知.md"},
		"old table":                  {file{"", "教体局.et", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 2048)...)}, "退回 form q3|教体局|"},
		"password":                   {file{"", "教体局.xlsx", workbook(c, "q3", "jiaoyu", "", excelize.Options{Password: "123"})}, "退回 form q3|教体局|"},
		"photograph":                 {file{"", "城管局.jpg", photo(90)}, "收下 photo q3|城管局|content/gallery/chengguan-2026-05-20.md"},
		"photograph with no ending":  {file{"", "城管局", photo(90)}, "收下 photo q3|城管局|content/gallery/chengguan-2026-05-20.md"},
		"photograph of nobody":       {file{"", "IMG_1.jpg", photo(90)}, "存疑 photo q3||content/gallery/zhaopian-2026-05-20.md"},
		"scan":                       {file{"", "教体局盖章件.pdf", scan}, "收下 original q3|教体局|"},
		"empty":                      {file{"", "教体局附件.pdf", nil}, "退回 original ||"},
		"program":                    {file{"", "报表.exe", []byte("MZ\x90\x00\x03\x00\x00\x00program")}, "退回 original ||"},
		"old text of nobody":         {file{"", "旧.wps", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 2048)...)}, "退回 narrative q3||"},
		"mail with words alone":      {file{"", "教体局来信.eml", []byte("Date: Tue, 12 May 2026 10:00:00 +0800\r\nSubject: x\r\n\r\nnothing to report\r\n")}, "收下 original q3|教体局|"},
		"text of its archive's name": {file{"", "教体局说明.zip", zipped(file{"", "教体局说明.txt", []byte("说明")})}, "收下 original q3|教体局|"},
		"archive with nothing":       {file{"", "教体局.zip", zipped()}, "退回  ||"},
		"list that is no form":       {file{"", "名单.csv", []byte("姓名,电话\n张三,1\n")}, "退回 form q3||"},
		"closed archive":             {file{"", "教体局.rar", []byte("Rar!")}, "退回  ||"},
	} {
		t.Run(name, func(t *testing.T) {
			b := batchOf(t, small(t))
			f := judged(t, b, one.file)[0]
			if got := ending(f); got != one.want {
				t.Errorf("got %s (%s; %s), want %s", got, f.Reason(), f.Hint, one.want)
			}
			if strings.HasPrefix(name, "old") && !strings.Contains(f.Hint, "另存") {
				t.Errorf("%s: %s", name, f.Hint)
			}
			if f.State() == Refused && f.Hint == "" {
				t.Errorf("refused without what to do: %s", f.Reason())
			}
		})
	}
}
