package review

import (
	"path"
	"regexp"
	"slices"
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
		Words:   "能公开的地方（正文、备注、说明、文件名、附件、自己的 layouts）都不能有手机号、站点以外的固定电话、身份证号、护照和社保卡等证件的号码、银行卡号、邮箱、个人账号和车牌号；分在几格、几行、几项里的连起来看；确须公开的写进“准予公开”。",
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
		Words: "案例的当事人、信用承诺的承诺主体是自然人的，按 campaign.yaml 的“当事人公示”写：隐名写成张某、李某某；实名用决定书上的名字。",
		Check: each(items, func(c *Context, i *campaign.Item) {
			party, key := i.Party()
			if c.Campaign.PartyNames != "实名" && privacy.IsPerson(party) && !slices.Contains(i.Permitted, party) {
				c.Reportf(i.Keys.Of(key), "写成“"+privacy.Mask(party)+"”；要写实名，在 campaign.yaml 里写“当事人公示: 实名”", "%s“%s”是自然人的全名", key, party)
				return
			}
			if c.Campaign.PartyNames != "实名" || i.Case == nil || party == "" || i.Case.Decision == "" || strings.ContainsAny(party, "某×*") {
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
		Words: "像个人信息而不能确定的（校验位不对或遮了一部分的身份证号、订单号里的手机号、没有提示词的全名和住址、连着人的出生日期、患病和低保等状况），请核对。",
	}
)

func unspaced(s string) string { return strings.Join(strings.Fields(s), "") }

// inspectPersonal looks for everything personal in a text as it is written, in
// what its mark-up makes of it, and over its lines and cells. It serves the rules
// personal-data, person-name, home-address and personal-doubt.
func inspectPersonal(p *reading) []campaign.Finding {
	x := newExposure(p.Campaign, p.Item)
	inLayouts := source.InLayouts(p.File)
	for n, line := range p.lines {
		if len(line) > longestLayoutLine && inLayouts {
			continue // a library packed into a line
		}
		if p.inFront(n) && !inLayouts {
			line = p.prose[n]
		}
		found := x.traces(line)
		if len(found) > 0 && p.Item == nil && strings.Count(p.File, "/") > 1 {
			found = slices.DeleteFunc(found, func(t privacy.Trace) bool { return isQuantity(line, t) })
		}
		for _, t := range found {
			x.told[privacy.Bare(t.Text)] = true
			x.report(campaign.Position{File: p.File, Line: n + 1, Column: t.Column}, "这里", t)
		}
	}
	if !inLayouts {
		x.overLines(p)
	}
	if p.Tree != nil {
		x.marked(p)
	}
	return x.remarks
}

// quantity is a figure of a report: a number alone behind the name of a row, or 数量
// or 上年同期.
var quantity = regexp.MustCompile(`(?:数量|上年同期|^[ \t]+[^:{}#]*[^:{}# \t]):[ \t]*["']?([0-9０-９][0-9０-９,，.．]*)[ \t]*\p{Han}{0,3}["']?[ \t]*(?:[,}#]|$)`)

// isQuantity reports whether a trace in a line of a data file is one of its figures,
// which are no personal details.
func isQuantity(line string, t privacy.Trace) bool {
	if strings.HasPrefix(strings.TrimLeft(line, " \t"), "备注") {
		return false
	}
	return slices.ContainsFunc(quantity.FindAllStringSubmatchIndex(line, -1), func(m []int) bool {
		return utf8.RuneCountInString(line[:m[2]]) < t.Column && t.Column+utf8.RuneCountInString(t.Text) <= utf8.RuneCountInString(line[:m[3]])+1
	})
}

// overLines looks for what goes on over the lines of front matter and data files: of a
// value in quotation marks, a block, a list.
func (x *exposure) overLines(p *reading) {
	var lines []privacy.Line
	var columns []int // before each line's words
	for n := 0; n < len(p.lines) && p.inFront(n); n++ {
		words := strings.TrimLeft(p.prose[n], " \t")
		words = strings.TrimLeft(strings.TrimPrefix(words, "- "), " \"'")
		columns = append(columns, utf8.RuneCountInString(p.prose[n])-utf8.RuneCountInString(words))
		lines = append(lines, privacy.Line{Text: strings.TrimRight(words, " \t\r\\\"'")})
	}
	for _, t := range x.joined(lines) {
		t.Column += columns[t.Line]
		x.report(campaign.Position{File: p.File, Line: t.Line + 1, Column: t.Column}, "连起来看", t.Trace)
	}
}

// marked looks through the blocks of a body without their mark-up, each for itself and
// all together.
func (x *exposure) marked(p *reading) {
	var lines []privacy.Line
	var blocks [][]*markdown.Node // of each line: itself, or its cells
	table := 0
	p.Tree.Walk(func(n *markdown.Node) bool {
		switch n.Kind {
		case markdown.Table:
			table++
		case markdown.TableRow:
			row := privacy.Line{Table: table}
			for _, cell := range n.Children {
				row.Cells = append(row.Cells, markdown.PlainText(cell.Children, nil))
			}
			row.Text = strings.Join(row.Cells, "\t")
			lines, blocks = append(lines, row), append(blocks, n.Children)
		case markdown.Paragraph, markdown.Heading, markdown.TableCell:
			text := markdown.PlainText(n.Children, nil)
			if n.Kind != markdown.TableCell {
				lines, blocks = append(lines, privacy.Line{Text: text}), append(blocks, []*markdown.Node{n})
			}
			if p.lines[n.At.Line-1] == text {
				return true // seen as it is written
			}
			for _, t := range x.untold(x.traces(text)) {
				x.report(markdown.PlaceOf(n.Children, t.Column-1), "这一段里", t)
			}
		}
		return true
	})
	for _, t := range x.joined(lines) {
		x.report(markdown.PlaceOf(blocks[t.Line][t.Cell].Children, t.Column-1), "连起来看", t.Trace)
	}
}

// longestLayoutLine is in bytes.
const longestLayoutLine = 5000

// exposure tells what may stand in an item, or outside of items, and what not.
type exposure struct {
	campaign *campaign.Campaign
	item     *campaign.Item
	told     map[string]bool // bare
	remarks  []campaign.Finding
}

func newExposure(c *campaign.Campaign, i *campaign.Item) *exposure {
	return &exposure{campaign: c, item: i, told: map[string]bool{}}
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

// joined returns what lines and cells say together that was not told yet, and must not
// be said.
func (x *exposure) joined(lines []privacy.Line) []privacy.Located {
	return slices.DeleteFunc(privacy.Joined(lines), func(t privacy.Located) bool {
		return x.permits("", t.Trace) || len(x.untold([]privacy.Trace{t.Trace})) == 0
	})
}

func (x *exposure) report(at campaign.Position, where string, t privacy.Trace) {
	x.remarks = append(x.remarks, x.remark(at, where, t))
}

// permits reports whether a detail may be published here: it is the site's own
// telephone, 准予公开 names it, or it is a party's name under 实名.
func (x *exposure) permits(line string, t privacy.Trace) bool {
	if x.isOwn(privacy.Bare(t.Text), t.What) {
		return true
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
	party := x.item.Case.Party
	isNamed := x.campaign != nil && x.campaign.PartyNames == "实名" && strings.Contains(party, t.Text)
	return isNamed || party == t.Text && privacy.IsPerson(party) && strings.HasPrefix(strings.TrimLeft(line, " "), "当事人:")
}

// isOwn reports whether a detail is one of the site's own, of a telephone also without
// its area code; in the settings the last digits of its own will do.
func (x *exposure) isOwn(bare, what string) bool {
	for n, own := range x.allowed() {
		tail := what == "固定电话" && strings.HasSuffix(own, bare)
		local := len(bare) >= 7 && len(own) <= 12 && strings.HasPrefix(own, "0")
		if bare == own || tail && (local || n < 2 && x.item == nil) {
			return true
		}
	}
	return false
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
		if where == "这里" {
			m.Mend = at.Mend(t.Text, privacy.Mask(t.Text))
		}
	case t.What == "住址":
		homeAddress.claim(&m)
		m.Hint = "删去，或只写到县（市、区）；确须公开的，由审核人同意后逐字写进这篇的“准予公开”"
	}
	if x.item == nil {
		m.Hint = "删去或打码"
	}
	return m
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
