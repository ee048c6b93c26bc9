package manuscript

import (
	"regexp"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	keys "wangjian/internal/format"
)

// fields are the values that a text has for the keys of its front matter.
type fields struct {
	campaign *campaign.Campaign
	table    *keys.Table
	values   map[string]string // as they stand in YAML
	said     *remarks
}

func fieldsOf(m Material, said *remarks) *fields {
	// Whatever it says of itself, a text that was just read is not for the public.
	values := map[string]string{"公开方式": campaign.Withheld}
	return &fields{m.Campaign, keys.Front(m.Kind), values, said}
}

// leastLabels is how many labels make a table one of fields.
const leastLabels = 2

// take takes the fields out of a text and returns the rest: tables of fields, the
// title and the labelled lines before the body, and those after it.
func (f *fields) take(blocks []*block) []*block {
	var rest []*block
	leading := true
	for at, b := range blocks {
		switch {
		case b.table != nil && f.isFields(b.table):
			rest = append(rest, f.takeTable(b.table)...)
		case b.table != nil:
			leading = false
			rest = append(rest, b)
		case leading && f.takeLine(b.paragraph):
		case leading && len(rest) == 0 && f.takeTitle(b.paragraph, blocks[at+1:]):
		default:
			leading = leading && b.paragraph.empty()
			rest = append(rest, b)
		}
	}
	for n := len(rest) - 1; n > 0 && rest[n].paragraph != nil && (rest[n].paragraph.empty() || f.takeLine(rest[n].paragraph)); n-- {
		rest = rest[:n]
	}
	return rest
}

// key returns the key that a label means; unit is what stands in brackets behind it.
func (f *fields) key(label string) (k keys.Key, unit string, ok bool) {
	label = strings.NewReplacer(" ", "", "　", "", "\u00a0", "", "(", "（", ")", "）").Replace(strings.TrimSpace(label))
	label, unit, _ = strings.Cut(strings.TrimRight(label, ":："), "（")
	if k, ok = f.table.Labelled(label); !ok || !k.IsWritten() {
		return k, "", false
	}
	return k, strings.TrimSuffix(unit, "）"), true
}

// isFields reports whether a table has labels with values beside them.
func (f *fields) isFields(t *table) bool {
	found := 0
	for _, row := range t.rows {
		for _, c := range row[:max(len(row)-1, 0)] {
			if _, _, ok := f.key(c.text()); ok {
				found++
			}
		}
	}
	return found >= leastLabels
}

// text returns a cell's paragraphs, each in a line.
func (c *cell) text() string {
	var lines []string
	for _, p := range c.paragraphs {
		if line := oneLine(p.label() + p.text()); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// bodyLabels head a cell that is the body; of the others the label is its heading.
var bodyLabels = []string{"正文", "内容", "案例内容", "警示内容", "主要内容", "文件内容"}

// takeTable takes the values out of a table. A row with another label is part of the
// body, its label the heading.
func (f *fields) takeTable(t *table) (body []*block) {
	if f.isHead(t.rows[0]) && len(t.rows) == 2 && len(t.rows[1]) == len(t.rows[0]) {
		for n, label := range t.rows[0] {
			k, unit, _ := f.key(label.text())
			f.set(k, unit, t.rows[1][n].text(), t.at)
		}
		return nil
	}
	for _, row := range t.rows {
		body = append(body, f.takeRow(t, row)...)
	}
	return body
}

// isHead reports whether a row has nothing but labels: their values are below.
func (f *fields) isHead(row []*cell) bool {
	return len(row) > 1 && !slices.ContainsFunc(row, func(c *cell) bool { _, _, ok := f.key(c.text()); return !ok })
}

// takeRow takes labels with the values beside them. A cell before a label that is
// none itself heads several rows.
func (f *fields) takeRow(t *table, row []*cell) (body []*block) {
	if len(row) == 1 {
		for _, p := range row[0].paragraphs {
			if !p.empty() && !f.takeLine(p) {
				f.said.note("left-frame", p, "表格里横贯整行的“%s”没有写进正文", oneLine(p.text()))
			}
		}
		return nil
	}
	for n := 0; n+1 < len(row); {
		label, value := row[n], row[n+1]
		k, unit, ok := f.key(label.text())
		_, _, next := f.key(value.text())
		switch {
		case ok:
			f.set(k, unit, value.text(), t.at)
			f.tellLost(value)
		case label.below || label.blank || next:
			n--
		default:
			body = append(body, rowBody(label, value)...)
		}
		n += 2
	}
	return body
}

// tellLost names what a value cannot keep.
func (f *fields) tellLost(value *cell) {
	for _, p := range value.paragraphs {
		tellLostNotes(p, f.said)
		if n := len(p.pictures()); n > 0 {
			f.said.note("left-frame", p, "表格里的 %d 张图片没有写进正文", n)
		}
	}
}

func rowBody(label, value *cell) (body []*block) {
	text := strings.TrimRight(oneLine(label.text()), ":：")
	if !slices.ContainsFunc(value.paragraphs, func(p *paragraph) bool { return !p.empty() }) {
		return nil
	}
	if text != "" && !slices.Contains(bodyLabels, strings.ReplaceAll(text, " ", "")) {
		heading := &paragraph{number: label.paragraphs[0].number, spans: []span{{kind: wordSpan, text: text}}, level: 1}
		body = append(body, &block{paragraph: heading})
	}
	for _, p := range value.paragraphs {
		body = append(body, &block{paragraph: p})
	}
	return body
}

// labelled is a label at the start of a line, or behind blanks within it.
var labelled = regexp.MustCompile(`(?:^|[\s　]{2,}|\t)([\p{Han}][\p{Han}\s　（）()]{0,18}?)[\s　]*[：:]`)

// takeLine takes the fields of a line that is nothing else; whom to ask is left out.
func (f *fields) takeLine(p *paragraph) bool {
	if p == nil || len(p.pictures()) > 0 {
		return false
	}
	text := strings.TrimSpace(p.text())
	if contactLine.MatchString(oneLine(text)) {
		f.said.note("left-frame", p, "联系人一行没有写进正文")
		return true
	}
	if length(text) > 400 {
		return false
	}
	type field struct {
		key         keys.Key
		unit        string
		start, from int
	}
	var list []field
	for _, m := range labelled.FindAllStringSubmatchIndex(text, -1) {
		if k, unit, ok := f.key(text[m[2]:m[3]]); ok {
			list = append(list, field{k, unit, m[0], m[1]})
		}
	}
	if len(list) == 0 || list[0].start != 0 {
		return f.takeNumber(p, text)
	}
	tellLostNotes(p, f.said)
	for n, one := range list {
		to := len(text)
		if n+1 < len(list) {
			to = list[n+1].start
		}
		f.set(one.key, one.unit, text[one.from:to], p)
	}
	return true
}

// takeNumber takes a document's number that stands alone.
func (f *fields) takeNumber(p *paragraph, text string) bool {
	k, ok := f.table.Key("文号")
	if !ok || !documentNumber.MatchString(text) || length(text) >= longHeading {
		return false
	}
	f.set(k, "", text, p)
	return true
}

// takeTitle takes a line of the title, which stands before everything else.
func (f *fields) takeTitle(p *paragraph, below []*block) bool {
	text := oneLine(p.text())
	if p.empty() || p.mark != nil || len(below) == 0 || !couldBeTitle(text) || finalStop.MatchString(text) || numbered(text).headsSection() {
		return false
	}
	tellLostNotes(p, f.said)
	title, known := f.values["标题"]
	isHeading := p.role == titleRole || p.align == "center" || p.level == 1
	switch {
	case known && (!isHeading || len(f.values) > 2): // another line of it comes before all fields
		return false
	case known:
		f.values["标题"] = quoted(strings.Trim(title, `"`) + text)
	default:
		f.values["标题"] = quoted(text)
	}
	return true
}

// set takes a value for a key. What cannot be read as one stays out, and is told.
func (f *fields) set(k keys.Key, unit, text string, at *paragraph) {
	text = strings.TrimSpace(text)
	if text == "" || strings.Trim(text, "_＿ -—/") == "" {
		return
	}
	value, why := f.read(k, unit, text)
	switch {
	case why != "":
		f.said.problem("material-value", at, "导入后在“"+k.Name+"”后面写", "“%s”写的是“%s”，%s，空着", k.Name, oneLine(text), why)
	case k.Name == "标题", f.values[k.Name] == "", k.Name == "公开方式":
		f.values[k.Name] = value
	case f.values[k.Name] != value:
		f.said.problem("material-value", at, "导入后核对", "“%s”写了两处，%s 和 %s，用了前一处", k.Name, f.values[k.Name], value)
	}
}

// read returns a value as YAML has it, or says why it cannot be one.
func (f *fields) read(k keys.Key, unit, text string) (value, why string) {
	line := oneLine(strings.ReplaceAll(text, "\n", "；"))
	switch k.Type {
	case keys.Date:
		day, err := campaign.ParseDate(strings.ReplaceAll(line, " ", ""))
		if err != nil {
			return "", "看不出是哪一天"
		}
		return day.String(), ""
	case keys.Moment:
		moment, err := campaign.ParseMoment(line)
		if err != nil {
			return "", "看不出是哪一天"
		}
		return moment.Brief(), ""
	case keys.Choice:
		return f.choose(k, line)
	case keys.Quantity:
		return amount(line, unit)
	case keys.Words, keys.List:
		words := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" ,，、;；", r) })
		for n, w := range words {
			words[n] = quoted(w)
		}
		return "[" + strings.Join(words, ", ") + "]", ""
	case keys.Integer, keys.Code, keys.Address:
		return "", "这里填不了"
	}
	return quoted(line), ""
}

// choose reads one of a few words, or the name of something.
func (f *fields) choose(k keys.Key, word string) (value, why string) {
	if k.Refers == keys.Priority {
		p := campaign.Find(f.campaign.Priorities, word)
		if p == nil {
			return "", "不是哪一项工作重点"
		}
		return quoted(p.Name), ""
	}
	if !slices.Contains(k.Choices, word) {
		return "", "只能写" + strings.Join(k.Choices, "、")
	}
	return word, ""
}

var plainAmount = regexp.MustCompile(`^([0-9]+(?:\.[0-9]+)?)(万元)?$`)

// amount reads a sum of money in 万元; another unit is not converted.
func amount(text, unit string) (value, why string) {
	m := plainAmount.FindStringSubmatch(strings.NewReplacer(" ", "", ",", "", "，", "", "人民币", "").Replace(text))
	switch {
	case m == nil || unit != "" && unit != "万元" && m[2] == "":
		return "", "不是以万元为单位的数，程序不作换算"
	case m[2] == "" && unit == "":
		return "", "没有写单位，这里以万元为单位"
	}
	return m[1], ""
}

// tellMissing lists the keys that a person has to fill in. The day of publication
// comes with the first sign-off.
func (f *fields) tellMissing() {
	missing := f.table.Names(func(k keys.Key) bool {
		return k.Required && f.values[k.Or] == "" && k.Name != "审核" && k.Name != "发布日期" && f.values[k.Name] == ""
	})
	if len(missing) > 0 {
		f.said.problem("material-field", nil, "导入后填上，再用 wangjian check 检查", "看不出%s，空着", strings.Join(missing, "、"))
	}
}
