package forms

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/source"
	"wangjian/internal/xlsx"
)

// The keys of a report's YAML.
const (
	keyArrivedOn = "收到日期"
	keyItems     = "项目"
	keyOwn       = "本级"
	keyQuantity  = "数量"
	keyRemark    = "备注"
	keyLastYear  = "上年同期"
)

// item is one row as it came back. A nil remark or lastYear was not asked for
// by the file: what the YAML says stays.
type item struct {
	row      *campaign.Row
	quantity campaign.Quantity
	remark   *string
	lastYear *campaign.Quantity
	exact    bool // a number is written as it came, 3.50 over 3.5
}

// wanted is what the YAML is to say.
type wanted struct {
	owner   owner
	unit    string
	filedOn campaign.Date
	items   []item
	own     []item // none: what the YAML says of 本级 stays
	arrival Arrival
}

func (w wanted) fresh(c *campaign.Campaign) []byte {
	var b strings.Builder
	heading := w.unit + " " + w.owner.round.Name + "报表"
	if c.Sample {
		heading += "（" + xlsx.SampleMark + "）"
	}
	fmt.Fprintf(&b, "# %s\n%s: %s\n%s: %s\n", heading, metaUnit, scalarText(w.unit), metaFiledOn, w.filedOn)
	if !w.arrival.On.IsZero() {
		b.WriteString(w.arrival.line() + "\n")
	}
	writeItems(&b, &c.Form, keyItems, w.items)
	if len(w.own) > 0 {
		b.WriteString("\n" + ownComment)
		writeItems(&b, &c.Form, keyOwn, w.own)
	}
	return []byte(b.String())
}

// line is the arrival as a file of the campaign has it: the day as a key, and the
// original, whose name is its sender's, as a comment.
func (a Arrival) line() string {
	return keyArrivedOn + ": " + a.On.String() + " # 原件：" + a.Original
}

var arrivalLine = regexp.MustCompile(`(?m)^` + keyArrivedOn + `:.*$`)

const ownComment = "# 部门自己办的部分。上面写“汇总”的行等于各地之和加本级\n"

func writeItems(b *strings.Builder, form *campaign.Form, key string, items []item) {
	fmt.Fprintf(b, "%s:\n", key)
	for _, it := range items {
		fmt.Fprintf(b, "  %s: %s\n", scalarText(form.Key(it.row)), nodeText(it.node(nil)))
	}
}

// node returns an item as YAML: the quantity alone, or {数量, 备注, 上年同期}. old
// is what stands there now, for what the file did not ask about.
func (it item) node(old *yaml.Node) *yaml.Node {
	pairs := []*yaml.Node{textNode(keyQuantity), plainNode(it.quantity.String())}
	if remark := it.remarkWith(old); remark != "" {
		pairs = append(pairs, textNode(keyRemark), textNode(remark))
	}
	if last := it.lastYearWith(old); last != "" {
		pairs = append(pairs, textNode(keyLastYear), plainNode(last))
	}
	if len(pairs) == 2 {
		return pairs[1]
	}
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: yaml.FlowStyle, Content: pairs}
}

func (it item) remarkWith(old *yaml.Node) string {
	if it.remark != nil {
		return *it.remark
	}
	return strings.TrimSpace(valueOf(old, keyRemark))
}

func (it item) lastYearWith(old *yaml.Node) string {
	if it.lastYear != nil {
		return it.lastYear.String()
	}
	return valueOf(old, keyLastYear)
}

// same reports whether the YAML says already what the item says.
func (it item) same(old *yaml.Node) bool {
	quantity := old
	if old.Kind == yaml.MappingNode {
		quantity = lookUp(old, keyQuantity)
	}
	return it.sameNumber(quantity, it.quantity) &&
		(it.remark == nil || strings.Join(strings.Fields(valueOf(old, keyRemark)), " ") == *it.remark) &&
		(it.lastYear == nil || it.sameNumber(lookUp(old, keyLastYear), *it.lastYear))
}

func (it item) sameNumber(n *yaml.Node, q campaign.Quantity) bool {
	return sameQuantity(n, q) && !(it.exact && n != nil && n.Value != q.String())
}

// sameQuantity compares values: 3.50 stays as it is written when 3.5 comes
// back. A quoted number is an error in the YAML, and is written anew.
func sameQuantity(n *yaml.Node, q campaign.Quantity) bool {
	if n == nil {
		return q.Kind == campaign.Blank
	}
	old, err := campaign.ParseQuantity(n.Value)
	quoted := n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0
	return n.Kind == yaml.ScalarNode && err == nil && old.Equal(q) && !(quoted && old.IsNumber())
}

// lookUp returns the value of a key; nil when it is not there.
func lookUp(mapping *yaml.Node, key string) *yaml.Node {
	if mapping == nil || mapping.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return mapping.Content[i+1]
		}
	}
	return nil
}

func valueOf(mapping *yaml.Node, key string) string {
	if n := lookUp(mapping, key); n != nil {
		return n.Value
	}
	return ""
}

func textNode(s string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
}

// plainNode is a number, a date, or one of the words, written as it is.
func plainNode(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: s} }

// nodeText returns a node as it stands in a line.
func nodeText(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode && n.Tag == "" {
		return n.Value
	}
	text, err := yaml.Marshal(n)
	if err != nil {
		panic("forms: a node of texts does not marshal: " + err.Error()) // it is made of two kinds of scalar
	}
	return strings.TrimSuffix(string(text), "\n")
}

func scalarText(s string) string { return nodeText(textNode(s)) }

// rewrite changes a file's text where it says something else than wanted, and
// nowhere else: comments, order, spelling and blank lines stay.
func (w wanted) rewrite(form *campaign.Form, old []byte) ([]byte, *campaign.Finding) {
	fail := func(err error) ([]byte, *campaign.Finding) { return nil, problemf("import-existing", "", "%s", err) }
	text, err := source.Decode(old)
	if err != nil {
		return fail(err)
	}
	e, err := newEditor("现有的文件", string(text))
	if err != nil {
		return fail(err)
	}
	e.set(metaUnit, "", textNode(w.unit))
	e.set(metaFiledOn, "", plainNode(w.filedOn.String()))
	if !w.arrival.On.IsZero() {
		e.set(keyArrivedOn, metaFiledOn, plainNode(w.arrival.On.String()))
		e.text = arrivalLine.ReplaceAllLiteralString(e.text, w.arrival.line())
		e.changed = e.changed || e.text != string(text)
		e.parse()
	}
	e.setItems(form, keyItems, "\n", w.owner.department, w.items, false)
	if len(w.own) > 0 {
		e.setItems(form, keyOwn, "\n"+ownComment, w.owner.department, w.own, true)
	}
	switch {
	case e.failed:
		return fail(errors.New("现有的文件写法特别，改不了"))
	case !e.changed:
		return old, nil
	}
	return likeOld(old, e.text), nil
}

// usesAliases reports whether a value stands for another one, which a change of
// the one would change too.
func usesAliases(n *yaml.Node) bool {
	return n.Kind == yaml.AliasNode || n.Anchor != "" || slices.ContainsFunc(n.Content, usesAliases)
}

// likeOld adds to a text the mark and the line ends that the old file had.
func likeOld(old []byte, text string) []byte {
	if bytes.Contains(old, []byte("\r\n")) {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	if bytes.HasPrefix(old, []byte(mark)) {
		text = mark + text
	}
	return []byte(text)
}
