package review

import (
	"path"
	"regexp"
	"slices"

	"wangjian/internal/campaign"
)

// formalRules look at what a document of 版式: 公文 says beside its text
// (GB/T 9704-2012).
var formalRules = []Rule{
	{
		Code: "secrecy", Level: campaign.Error,
		Words: "主动公开的文件没有密级；密级与保密期限一起写，如 秘密★1年。",
		Check: each(documents, func(c *Context, i *campaign.Item) {
			switch p := i.Document.Parts; {
			case p.Secrecy == "":
			case i.Disclosure == campaign.Proactive:
				c.Reportf(i.Keys.Of("密级"), "有密级的不能公开：改“公开方式”，已解密的删去“密级”", "“%s”的文件写了主动公开", p.Secrecy)
			case !secrecyForm.MatchString(p.Secrecy):
				c.Reportf(i.Keys.Of("密级"), "写成 秘密★1年、机密★20年、绝密★长期 的样子", "密级“%s”没有写明保密期限", p.Secrecy)
			}
		}),
	}, {
		Code: "formal-parts", Level: campaign.Error,
		Words: "公文的份号是六位数字，印发日期不早于成文日期，印发机关和印发日期一起写。",
		Check: each(documents, func(c *Context, i *campaign.Item) {
			d := i.Document
			p := d.Parts
			if p.Copy != "" && !copyForm.MatchString(p.Copy) {
				c.Reportf(i.Keys.Of("份号"), "写六位阿拉伯数字，放在引号里，如 \"000001\"", "份号“%s”不是六位数字", p.Copy)
			}
			if !p.PrintedOn.IsZero() && p.PrintedOn.Before(d.WrittenOn) {
				c.Reportf(i.Keys.Of("印发日期"), "核对两个日期", "印发日期%s早于成文日期%s", p.PrintedOn.Chinese(), d.WrittenOn.Chinese())
			}
			if !i.Keys.Has("印发机关") != !i.Keys.Has("印发日期") {
				c.Reportf(i.Keys.Of("印发机关", "印发日期"), "版记里印发机关和印发日期在一行，补上另一项", "印发机关和印发日期只写了一项")
			}
		}),
	}, {
		Code: "formal-unused", Level: campaign.Warning,
		Words: "只写印得出来的：登记页没有红头、主送、版记，信函没有印发机关，出席的人只在纪要上。",
		Check: each(documents, func(c *Context, i *campaign.Item) {
			for _, key := range unprinted[i.Document.Layout] {
				switch {
				case !i.Keys.Has(key):
					continue
				case i.Document.Formal():
					c.Reportf(i.Keys.Of(key), "核对版式，或者删去这一项", "%s不印“%s”", i.Document.Layout, key)
				default:
					c.Reportf(i.Keys.Of(key), "是照印发的样子公开全文的，写“版式: 公文”；否则删去这一项", "登记页不印“%s”", key)
				}
				return
			}
		}),
	}, {
		Code: "attachment-title", Level: campaign.Warning,
		Words: "公文和信用承诺的附件都有名称：附件说明和网页写名称，不写文件名。",
		Check: each(items, func(c *Context, i *campaign.Item) {
			if i.Document != nil && !i.Document.Formal() {
				return
			}
			for _, a := range i.Attachments() {
				if file := path.Base(a.File); a.Title == "" {
					c.Reportf(i.Keys.Of("附件"), "写成 附件: [{文件: "+file+", 名称: …}]", "附件 %s 没有写名称", file)
					return
				}
			}
		}),
	},
}

var (
	secrecyForm = regexp.MustCompile(`^(?:绝密|机密|秘密)★(?:[0-9]+(?:年|个月|天|日)|长期|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)$`)
	copyForm    = regexp.MustCompile(`^[0-9]{6}$`)
)

// attendance are the keys of minutes alone.
var attendance = []string{"出席", "请假", "列席"}

// unprinted are the keys that a 版式 does not print.
var unprinted = map[string][]string{
	campaign.RegisterSheet: slices.Concat([]string{"发文机关", "份号", "紧急程度", "签发人", "主送机关", "附注", "抄送机关", "印发机关", "印发日期", "附件名称"}, attendance),
	campaign.FormalSheet:   attendance,
	campaign.LetterSheet:   slices.Concat([]string{"签发人", "印发机关", "印发日期"}, attendance),
	campaign.MinutesSheet:  {"签发人", "主送机关"},
}
