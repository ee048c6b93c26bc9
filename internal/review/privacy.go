package review

import (
	"html"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
	"wangjian/internal/privacy"
	"wangjian/internal/source"
)

var privacyRules = []Rule{
	{
		Code: "personal-data", Level: campaign.Error,
		Words:   "能公开的地方（正文、备注、说明、文件名、附件、自己的 layouts）都不能有手机号、站点以外的固定电话、身份证号、银行卡号、邮箱、个人账号和车牌号；确须公开的写进“准予公开”。",
		Inspect: inspectPersonal,
		// Names of files are published as addresses, and their words as they are.
		Check: func(c *Context) {
			inspectEnclosures(c)
			for _, f := range fileNames(c) {
				base, hint := path.Base(f.file), "给文件改名，再改正引用它的地方"
				for _, t := range newExposure(c.Campaign, f.item).traces(f.name) {
					if t.Certain {
						c.Reportf(f.at, hint, "文件名“%s”里有%s“%s”", base, t.What, t.Text)
					}
				}
				if m := personFile.FindStringSubmatch(f.name); m != nil && privacy.IsPerson(m[1]) && !slices.Contains(f.item.Permitted, m[1]) {
					c.Reportf(f.at, hint, "文件名“%s”里有姓名“%s”", base, m[1])
				}
			}
		},
	},
	personName,
	homeAddress,
	personalDoubt,
	{
		Code: "party-name", Level: campaign.Error,
		Words: "案例的当事人是自然人的，按 campaign.yaml 的“当事人公示”写：隐名写成张某、李某某；实名用决定书上的名字。",
		Check: each(cases, func(c *Context, i *campaign.Item) {
			party := i.Case.Party
			if c.Campaign.PartyNames != "实名" && privacy.IsPerson(party) && !slices.Contains(i.Permitted, party) {
				c.Reportf(i.Keys.Of("当事人"), "写成“"+privacy.Mask(party)+"”；要写实名，在 campaign.yaml 里写“当事人公示: 实名”", "当事人“%s”是自然人的全名", party)
				return
			}
			if c.Campaign.PartyNames != "实名" || party == "" || i.Case.Decision == "" || strings.ContainsAny(party, "某×*") {
				return
			}
			if text, ok := c.decision(i); ok && !strings.Contains(unspaced(text), unspaced(party)) {
				c.Reportf(i.Keys.Of("当事人"), "照决定书改正", "决定书里没有当事人“%s”", party)
			}
		}),
	}, {
		Code: "permit-unused", Level: campaign.Warning,
		Words: "“准予公开”里只写这一篇真有的内容。",
		Inspect: func(p *reading) (remarks []campaign.Finding) {
			if p.Item == nil || len(p.Item.Permitted) == 0 || len(p.Item.Files()) > 0 {
				return nil // what an attachment says is not known yet
			}
			text := privacy.Bare(p.text)
			for _, permitted := range p.Item.Permitted {
				// Once it stands in 准予公开 itself.
				if strings.Count(text, privacy.Bare(permitted)) < 2 {
					remarks = append(remarks, finding(p.Item.Keys.Of("准予公开"), "“准予公开”的“"+permitted+"”在这一篇里没有", "删去，或照正文逐字写"))
				}
			}
			return remarks
		},
	}, {
		Code: "permit-unsigned", Level: campaign.Warning,
		Words: "写了“准予公开”的内容，三审和保密审查要签全，签字人对它负责。",
		Check: each(items, func(c *Context, i *campaign.Item) {
			if len(i.Permitted) > 0 && !i.Complete() {
				c.Report(i.Keys.Of("准予公开"), "写了“准予公开”，而三审和保密审查还没有签全", "签全以后才会公开")
			}
		}),
	},
}

// personFile is a file named after a person.
var personFile = regexp.MustCompile(`^(?:对|关于)?(\p{Han}{2,4}?)(?:的|-|_)?(?:行政)?(?:处罚决定书|处罚决定|决定书|身份证|笔录|简历|名片|证件照|照片|头像|营业执照|举报信|投诉信|情况说明|案$)`)

// fileName is the name of an item's own file or of one that it publishes, without
// its extension.
type fileName struct {
	item *campaign.Item
	file string
	name string
	at   campaign.Position
}

func fileNames(c *Context) (list []fileName) {
	for _, i := range c.Campaign.Items {
		for _, file := range append([]string{i.File}, i.Files()...) {
			at := i.Keys.Start
			if file != i.File {
				at = namedAt(i, file)
			}
			list = append(list, fileName{i, file, strings.TrimSuffix(path.Base(file), path.Ext(file)), at})
		}
	}
	return list
}

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

// Rules whose findings the check of personal-data claims for them.
var (
	personName = Rule{
		Code: "person-name", Level: campaign.Error,
		Words: "法定代表人、经营者、联系人、投诉人等词后面不写自然人的全名，写成“某”；当事人的写法见 party-name。",
	}
	homeAddress = Rule{
		Code: "home-address", Level: campaign.Error,
		Words: "住址、家住、户籍地、收货地址等词后面不写到门牌、小区或村组。",
	}
	personalDoubt = Rule{
		Code: "personal-doubt", Level: campaign.Warning,
		Words: "像个人信息而不能确定的（校验位不对的身份证号、订单号里的手机号、没有提示词的全名和住址），请核对。",
	}
)

func unspaced(s string) string { return strings.Join(strings.Fields(s), "") }

// inspectPersonal looks for everything personal in a text as it is written,
// and in what its mark-up makes of it. It serves the rules personal-data,
// person-name, home-address and personal-doubt.
func inspectPersonal(p *reading) (remarks []campaign.Finding) {
	x := newExposure(p.Campaign, p.Item)
	inLayouts := source.InLayouts(p.File)
	tell := func(at campaign.Position, where string, found []privacy.Trace) {
		for _, t := range x.untold(found) {
			remarks = append(remarks, x.remark(at, where, t))
		}
	}
	// hidden shows only when the escapes of a line are resolved.
	hidden := func(n int, mark string, resolve func(string) string, line string) {
		if offset := strings.Index(line, mark); offset >= 0 {
			tell(campaign.Position{File: p.File, Line: n + 1, Column: utf8.RuneCountInString(line[:offset]) + 1}, "转义里", x.traces(resolve(line)))
		}
	}
	for n, line := range p.lines {
		if len(line) > longestLayoutLine && inLayouts {
			continue // a library packed into a line
		}
		if p.inFront(n) && !inLayouts {
			line = p.prose[n]
		}
		at := campaign.Position{File: p.File, Line: n + 1}
		for _, t := range x.traces(line) {
			at.Column = t.Column
			x.told[privacy.Bare(t.Text)] = true
			remarks = append(remarks, x.remark(at, "这里", t))
		}
		if inLayouts {
			hidden(n, "&", html.UnescapeString, line)
		}
		if p.inFront(n) {
			hidden(n, `\`, yamlUnescape, line)
		}
	}
	if p.Tree == nil {
		return remarks
	}
	// Mark-up within a number, a number over two lines, entities.
	p.Tree.Walk(func(n *markdown.Node) bool {
		switch n.Kind {
		case markdown.Paragraph, markdown.Heading, markdown.TableCell:
			text := markdown.PlainText(n.Children, nil)
			if p.lines[n.At.Line-1] != text || strings.ContainsAny(text, "*~") { // else seen above
				tell(n.At, "这一段里", slices.Concat(x.traces(text), x.dotted(text)))
			}
		}
		return true
	})
	return remarks
}

// betweenDigits are stars and tildes that look like mark-up within a number; more
// of them are a mask.
var betweenDigits = regexp.MustCompile(`([0-9])[*~]{1,3}([0-9])`)

// dotted returns the telephones that are written with stars between their digits,
// which a reader sees through.
func (x *exposure) dotted(text string) []privacy.Trace {
	if !strings.ContainsAny(text, "*~") {
		return nil
	}
	return slices.DeleteFunc(x.traces(betweenDigits.ReplaceAllString(text, "$1$2")), func(t privacy.Trace) bool { return t.What != "手机号" })
}

// longestLayoutLine is in bytes.
const longestLayoutLine = 5000

// exposure tells what may stand in an item, or outside of items, and what not.
type exposure struct {
	campaign *campaign.Campaign
	item     *campaign.Item
	told     map[string]bool // bare
}

func newExposure(c *campaign.Campaign, i *campaign.Item) *exposure {
	return &exposure{c, i, map[string]bool{}}
}

// allowed lists what may be published, bare: the site's telephones, and what
// 准予公开 names.
func (x *exposure) allowed() (list []string) {
	if x.campaign != nil {
		for _, own := range []string{privacy.Bare(x.campaign.Site.Phone), privacy.Bare(x.campaign.Site.Hotline)} {
			if len(own) >= 5 {
				list = append(list, own)
			}
		}
	}
	if x.item != nil {
		for _, text := range x.item.Permitted {
			list = append(list, privacy.Bare(text))
		}
	}
	return list
}

// untold returns what was not told yet, and notes that it is now.
func (x *exposure) untold(found []privacy.Trace) []privacy.Trace {
	return slices.DeleteFunc(found, func(t privacy.Trace) bool {
		bare := privacy.Bare(t.Text)
		was := x.told[bare]
		x.told[bare] = true
		return was
	})
}

// traces returns what a line says that it must not.
func (x *exposure) traces(line string) []privacy.Trace {
	return slices.DeleteFunc(privacy.Find(line), func(t privacy.Trace) bool { return x.permits(line, t) })
}

// permits reports whether a detail may be published here: it is the site's own
// telephone, 准予公开 names it, or it is a party's name under 实名.
func (x *exposure) permits(line string, t privacy.Trace) bool {
	bare := privacy.Bare(t.Text)
	for n, own := range x.allowed() {
		if bare == own || t.What == "固定电话" && n < 2 && x.item == nil && strings.HasSuffix(own, bare) {
			return true
		}
		if t.What == "固定电话" && len(bare) >= 7 && len(own) <= 12 && strings.HasSuffix(own, bare) && own[0] == '0' {
			return true // without its area code
		}
	}
	if x.item == nil {
		return false
	}
	if slices.ContainsFunc(x.item.Permitted, func(text string) bool { return covers(line, text, t) }) {
		return true
	}
	if t.What != "姓名" || x.item.Case == nil {
		return false
	}
	return x.campaign != nil && x.campaign.PartyNames == "实名" && strings.Contains(x.item.Case.Party, t.Text) || privacy.IsPerson(x.item.Case.Party) && x.item.Case.Party == t.Text && strings.HasPrefix(strings.TrimLeft(line, " "), "当事人:")
}

// covers reports whether a permitted text stands in the line, exactly as it is,
// where a detail was found.
func covers(line, permitted string, t privacy.Trace) bool {
	return slices.ContainsFunc(occurrences(line, permitted), func(at int) bool {
		from := utf8.RuneCountInString(line[:at]) + 1
		to := from + utf8.RuneCountInString(permitted)
		return from <= t.Column && to >= t.Column+utf8.RuneCountInString(t.Text)
	})
}

// remark tells of a detail, by the rule that it breaks.
func (x *exposure) remark(at campaign.Position, where string, t privacy.Trace) campaign.Finding {
	m := finding(at, where+"有"+t.What+"“"+t.Text+"”", "删去或打码；确须公开的，由审核人同意后逐字写进这篇的“准予公开”")
	switch {
	case !t.Certain:
		m.Message, m.Hint = where+"像是有"+t.What+"“"+t.Text+"”", "核对一下：是个人信息就删去或打码；不是可以不理，或逐字写进这篇的“准予公开”"
		personalDoubt.claim(&m)
	case t.What == "姓名":
		personName.claim(&m)
		m.Hint = "写成“" + privacy.Mask(t.Text) + "”；确须公开的，由审核人同意后逐字写进这篇的“准予公开”"
	case t.What == "住址":
		homeAddress.claim(&m)
		m.Hint = "删去，或只写到县（市、区）；确须公开的，由审核人同意后逐字写进这篇的“准予公开”"
	}
	if x.item == nil {
		m.Hint = "删去或打码"
	}
	return m
}

var yamlEscape = regexp.MustCompile(`\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})`)

// yamlUnescape resolves the escapes of characters in a line of YAML.
func yamlUnescape(line string) string {
	if !strings.Contains(line, `\`) {
		return line
	}
	return yamlEscape.ReplaceAllStringFunc(line, func(e string) string {
		n, err := strconv.ParseUint(e[2:], 16, 32)
		if err != nil || n > utf8.MaxRune {
			return e
		}
		return string(rune(n))
	})
}

// withoutComment cuts a YAML comment off: nothing publishes it.
func withoutComment(line string) string {
	if strings.HasPrefix(strings.TrimSpace(line), "#") {
		return ""
	}
	if i := strings.Index(line, " #"); i >= 0 && strings.Count(line[:i], `"`)%2 == 0 && strings.Count(line[:i], `'`)%2 == 0 {
		return line[:i]
	}
	return line
}
