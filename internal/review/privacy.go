package review

import (
	"html"
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

// inspectPersonal looks for everything personal in a text as it is written,
// and in what its mark-up makes of it. It serves the rules personal-data,
// person-name, home-address and personal-doubt.
func inspectPersonal(p *reading) (remarks []campaign.Finding) {
	x := &exposure{campaign: p.Campaign, item: p.Item}
	inLayouts := source.InLayouts(p.File)
	told := map[string]bool{}
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
			told[privacy.Bare(t.Text)] = true
			remarks = append(remarks, x.remark(at, "这里", t))
		}
		if inLayouts && strings.Contains(line, "&") {
			remarks = append(remarks, x.hidden(at, strings.IndexByte(line, '&'), line, html.UnescapeString(line), told)...)
		}
		if p.inFront(n) && strings.Contains(line, `\`) {
			remarks = append(remarks, x.hidden(at, strings.IndexByte(line, '\\'), line, yamlUnescape(line), told)...)
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
			for _, t := range slices.Concat(x.traces(text), x.dotted(text)) {
				if bare := privacy.Bare(t.Text); !told[bare] {
					told[bare] = true
					remarks = append(remarks, x.remark(n.At, "这一段里", t))
				}
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
	allowed  []string // bare
	ready    bool
}

// traces gives what a line says that it must not.
func (x *exposure) traces(line string) []privacy.Trace {
	found := privacy.Find(line)
	kept := found[:0]
	for _, t := range found {
		if !x.permits(line, t) {
			kept = append(kept, t)
		}
	}
	return kept
}

// permits tells whether a detail may be published here: it is the site's own
// telephone, 准予公开 names it, or it is a party's name under 实名.
func (x *exposure) permits(line string, t privacy.Trace) bool {
	if !x.ready {
		x.ready = true
		if x.campaign != nil {
			for _, own := range []string{x.campaign.Site.Phone, x.campaign.Site.Hotline} {
				if len(privacy.Bare(own)) >= 5 {
					x.allowed = append(x.allowed, privacy.Bare(own))
				}
			}
		}
		if x.item != nil {
			for _, text := range x.item.Permitted {
				x.allowed = append(x.allowed, privacy.Bare(text))
			}
		}
	}
	bare := privacy.Bare(t.Text)
	for n, own := range x.allowed {
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
	for _, text := range x.item.Permitted {
		if covers(line, text, t) {
			return true
		}
	}
	if t.What != "姓名" || x.item.Case == nil {
		return false
	}
	return x.campaign != nil && x.campaign.PartyNames == "实名" && strings.Contains(x.item.Case.Party, t.Text) || privacy.IsPerson(x.item.Case.Party) && x.item.Case.Party == t.Text && strings.HasPrefix(strings.TrimLeft(line, " "), "当事人:")
}

// covers tells whether a permitted text stands in the line, exactly as it is,
// where a detail was found.
func covers(line, permitted string, t privacy.Trace) bool {
	if permitted == "" {
		return false
	}
	for offset := 0; ; {
		at := strings.Index(line[offset:], permitted)
		if at < 0 {
			return false
		}
		from := utf8.RuneCountInString(line[:offset+at]) + 1
		to := from + utf8.RuneCountInString(permitted)
		if from <= t.Column && to >= t.Column+utf8.RuneCountInString(t.Text) {
			return true
		}
		offset += at + len(permitted)
	}
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

// hidden tells of what shows only when escapes are resolved.
func (x *exposure) hidden(at campaign.Position, offset int, line, resolved string, told map[string]bool) (remarks []campaign.Finding) {
	if resolved == line {
		return nil
	}
	at.Column = utf8.RuneCountInString(line[:offset]) + 1
	for _, t := range x.traces(resolved) {
		if bare := privacy.Bare(t.Text); !told[bare] {
			told[bare] = true
			remarks = append(remarks, x.remark(at, "转义里", t))
		}
	}
	return remarks
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
