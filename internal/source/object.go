package source

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
)

// object reads a YAML mapping key by key, as its table describes them. A mapping
// without a table, whose keys are names or rows, knows those that were asked for.
// done reports the others.
type object struct {
	r       *reader
	table   *format.Table
	file    string
	path    string // "审核.初审."
	node    *yaml.Node
	start   campaign.Position // where a missing key is reported
	entries map[string]entry
	known   []string
	missed  []missedKey      // reported by done, less what a misspelt key explains
	at      *campaign.Places // shared by a file's objects
}

// entry is a key of a mapping with its value.
type entry struct{ key, value *yaml.Node }

func (r *reader) object(file string, node *yaml.Node) *object {
	o := &object{r: r, file: file, node: node, start: campaign.InFile(file), at: campaign.NewPlaces(keysIn(node))}
	o.index()
	return o
}

// as returns the object its table.
func (o *object) as(t *format.Table) *object {
	o.table = t
	return o
}

// within is a mapping below a key of this one.
func (o *object) within(path string, node *yaml.Node, start campaign.Position, t *format.Table) *object {
	c := &object{r: o.r, table: t, file: o.file, path: o.path + path + ".", node: node, start: start, at: o.at}
	c.index()
	return c
}

// key returns the description of a key that the reader asks for.
func (o *object) key(name string) format.Key {
	if o.table == nil {
		o.known = append(o.known, name)
		return format.Key{Name: name, Required: true}
	}
	k, ok := o.table.Key(name)
	if !ok {
		panic("no key " + name + " in the table " + o.table.Title)
	}
	return k
}

// keysIn counts the keys of a mapping and of those within.
func keysIn(n *yaml.Node) int {
	count := 0
	if n.Kind == yaml.MappingNode {
		count = len(n.Content) / 2
	}
	for _, c := range n.Content {
		count += keysIn(c)
	}
	return count
}

// index notes the mapping's keys and reports repeated ones.
func (o *object) index() {
	o.entries = make(map[string]entry, len(o.node.Content)/2)
	for i := 0; i+1 < len(o.node.Content); i += 2 {
		k, v := o.node.Content[i], o.node.Content[i+1]
		if k.Kind != yaml.ScalarNode {
			o.r.fail("wrong-type", o.position(k), "键应当是一个词", "照样例改写")
			continue
		}
		o.r.checkScalar(o.file, k)
		if first, again := o.entries[k.Value]; again {
			o.r.fail("duplicate-key", o.position(k), fmt.Sprintf("“%s”写了两遍（第 %d 行已有）", k.Value, first.key.Line), "只留一处").Mend = o.doubled(first, entry{k, v})
			continue
		}
		o.entries[k.Value] = entry{k, v}
		at := o.position(v)
		if v.Line != k.Line {
			at = o.position(k)
		}
		o.at.Add(o.path+k.Value, at)
	}
}

// doubled deletes an entry that says again what another one says, where it is a line
// of its own.
func (o *object) doubled(first, again entry) campaign.Mend {
	v := again.value
	if v.Kind != yaml.ScalarNode || first.value.Kind != yaml.ScalarNode || v.Value != first.value.Value || v.Line != again.key.Line || again.key.Line == first.key.Line || o.node.Style&yaml.FlowStyle != 0 || v.HeadComment+v.LineComment+v.FootComment+again.key.HeadComment != "" {
		return campaign.Mend{}
	}
	mark, of := quoteOf(v), again.key.Value
	line := strings.Repeat(" ", again.key.Column-1) + of + ": " + mark + v.Value + mark + "\n"
	at := o.position(again.key)
	at.Column = 1
	return at.Mend(line, "")
}

func (o *object) position(n *yaml.Node) campaign.Position {
	return campaign.Position{File: o.file, Line: n.Line, Column: n.Column}
}

// keyAt returns where a key of the mapping stands; the zero position when it does
// not.
func (o *object) keyAt(key string) campaign.Position {
	at, ok := o.at.Of(o.path + key)
	if !ok {
		return campaign.Position{}
	}
	return campaign.Position{File: o.file, Line: int(at.Line), Column: int(at.Column)}
}

// locations returns the positions of the keys, for findings of review.
func (o *object) locations() campaign.Keys { return campaign.Keys{Start: o.start, At: o.at} }

func (o *object) fail(n *yaml.Node, rule, message, hint string) *campaign.Finding {
	return o.r.fail(rule, o.position(n), message, hint)
}

// mend has a value of a line become another, or none where that is "".
func (o *object) mend(n *yaml.Node, with string) campaign.Mend {
	if with == "" || with == n.Value {
		return campaign.Mend{}
	}
	mark := quoteOf(n)
	return o.position(n).Mend(mark+n.Value+mark, mark+with+mark)
}

// quoteOf is the mark that a value of a line is within, "" for none.
func quoteOf(n *yaml.Node) string {
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return `"`
	case n.Style&yaml.SingleQuotedStyle != 0:
		return "'"
	}
	return ""
}

// value returns the node of a key; nil when it is not there or empty, which is a
// finding when it is required.
func (o *object) value(key string) *yaml.Node { return o.needed(key, o.isRequired(key)) }

// isRequired reports whether a key must be there beside the others that are.
func (o *object) isRequired(key string) bool {
	k := o.key(key)
	return k.Required && (k.Or == "" || !o.has(k.Or))
}

// needed is value for a key that depends on others.
func (o *object) needed(key string, required bool) *yaml.Node {
	v := o.entries[key].value
	if v != nil && v.Kind == yaml.AliasNode {
		o.fail(v, "yaml-syntax", "这里用了 YAML 的引用（* 号），本格式不用", "把内容写全；以 * 开头的文字放进引号里")
		return nil
	}
	if v != nil && v.Kind == yaml.ScalarNode && (v.Tag == "!!null" || strings.TrimSpace(v.Value) == "") {
		if required {
			o.fail(o.entries[key].key, "missing-key", fmt.Sprintf("“%s”没有填", key), "填上内容")
		}
		return nil
	}
	if v == nil && required {
		o.missed = append(o.missed, missedKey{key, o.start})
	}
	return v
}

// has reports whether a key is written with a value.
func (o *object) has(key string) bool {
	v := o.entries[key].value
	return v != nil && (v.Kind != yaml.ScalarNode || strings.TrimSpace(v.Value) != "")
}

type missedKey struct {
	key string
	at  campaign.Position
}

// scalar returns a key's text as written.
func (o *object) scalar(key string) (*yaml.Node, bool) {
	return o.neededScalar(key, o.isRequired(key))
}

func (o *object) neededScalar(key string, required bool) (*yaml.Node, bool) {
	v := o.needed(key, required)
	if v == nil {
		return nil, false
	}
	if v.Kind != yaml.ScalarNode {
		o.fail(v, "wrong-type", fmt.Sprintf("“%s”应当是一个值，不是列表或一组键", key), "写成“"+key+": …”一行")
		return nil, false
	}
	if v.Tag == "!!binary" || strings.HasPrefix(v.Tag, "!") && !strings.HasPrefix(v.Tag, "!!") {
		o.fail(v, "wrong-type", fmt.Sprintf("“%s”用了 YAML 标签 %s，本格式不用", key, v.Tag), "以 ! 开头的文字放进引号里")
		return nil, false
	}
	o.r.checkScalar(o.file, v)
	return v, true
}

// text reads a line. No quotes belong around a name: those of a Chinese keyboard
// would be printed with it. A heading may be a quotation, but no half of one.
func (o *object) text(key string) string {
	v, ok := o.scalar(key)
	if !ok {
		return ""
	}
	text := strings.TrimSpace(v.Value)
	if o.table == nil || text == "" || v.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		return text
	}
	switch o.key(key).Type {
	case format.Name:
		o.checkQuotes(v, text, true)
	case format.Heading:
		o.checkQuotes(v, text, false)
	}
	return text
}

func (o *object) checkQuotes(v *yaml.Node, text string, wholly bool) {
	end := 0
	if strings.ContainsRune("“‘＂", firstRune(text)) {
		_, end = quotedWide(text)
	}
	switch {
	case end < 0, halfQuoted(text):
		o.fail(v, "yaml-syntax", unclosedQuote, "把引号配对，或删去它")
	case wholly && end == len(text):
		inner, _ := quotedWide(text)
		_, size := utf8.DecodeLastRuneInString(text)
		o.fail(v, "yaml-syntax", "引号是全角的", "删去引号").Mend = o.mend(v, text[inner:end-size])
	}
}

// choice reads one of a few words; otherwise is what counts without one.
func (o *object) choice(key, otherwise string) string {
	words := o.key(key).Choices
	v, ok := o.scalar(key)
	if !ok {
		return otherwise
	}
	if slices.Contains(words, v.Value) {
		return v.Value
	}
	hint := meant(v.Value, words, "") + "只能写" + strings.Join(words, "、")
	f := o.fail(v, "wrong-value", fmt.Sprintf("“%s”不能写“%s”", key, v.Value), hint)
	if key != "公开方式" { // what may be public a person says
		f.Mend = o.mend(v, campaign.Meant(v.Value, words, 1))
	}
	return otherwise
}

func (o *object) boolean(key string) bool {
	v, ok := o.scalar(key)
	if !ok {
		return false
	}
	switch v.Value {
	case "true", "是":
		return true
	case "false", "否":
		return false
	}
	o.fail(v, "wrong-type", fmt.Sprintf("“%s”只能写 true 或 false，不能写“%s”", key, v.Value), "改成 true 或 false")
	return false
}

// inspection reads true, false, or a list of files.
func (o *object) inspection(key string) campaign.Inspection {
	if v := o.entries[key].value; v != nil && v.Kind == yaml.SequenceNode {
		return campaign.Inspection{Files: words(o.texts(key))}
	}
	return campaign.Inspection{All: o.boolean(key)}
}

// integer reads a whole number within its bounds.
func (o *object) integer(key string, absent int) int {
	v, ok := o.scalar(key)
	if !ok {
		return absent
	}
	least, most := o.key(key).Least, o.key(key).Most
	n, err := strconv.Atoi(v.Value)
	if err != nil || n < least || n > most || v.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		o.fail(v, "wrong-type", fmt.Sprintf("“%s”应当是 %d 到 %d 的整数，不能写“%s”", key, least, most, v.Value), "改成整数，不加引号")
		return absent
	}
	return n
}

// pair reads two whole numbers.
func (o *object) pair(key string) (first, second int, ok bool) {
	v := o.value(key)
	if v == nil {
		return 0, 0, false
	}
	var numbers []int
	if v.Kind == yaml.SequenceNode {
		for _, n := range v.Content {
			if number, err := strconv.Atoi(n.Value); err == nil && n.Kind == yaml.ScalarNode && n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0 {
				numbers = append(numbers, number)
			}
		}
	}
	if len(numbers) != 2 || len(v.Content) != 2 {
		o.fail(v, "wrong-type", fmt.Sprintf("“%s”应当是两个整数", key), "写成“"+key+": [3, 2]”，不加引号")
		return 0, 0, false
	}
	return numbers[0], numbers[1], true
}

func (o *object) date(key string) campaign.Date { return inTime(o, key, campaign.ParseDate) }

func (o *object) moment(key string) campaign.Moment { return inTime(o, key, campaign.ParseMoment) }

func inTime[T any](o *object, key string, parse func(string) (T, error)) (day T) {
	v, ok := o.scalar(key)
	if !ok {
		return day
	}
	day, err := parse(v.Value)
	if err != nil {
		o.fail(v, "date", err.Error(), campaign.HintOf(err, "")).Mend = o.mend(v, campaign.MeantBy(err))
	}
	return day
}

// located returns a key's text with its place.
func (o *object) located(key string) (located, bool) {
	v, ok := o.scalar(key)
	if !ok {
		return located{}, false
	}
	return located{v.Value, o.position(v)}, true
}

// refer looks up what a key names; nil where it is not written, or, after a
// finding, not there.
func refer[T campaign.Entity](o *object, key string, list []T) T {
	name, ok := o.located(key)
	if !ok {
		return nil
	}
	return named(o, key, name, list)
}

// list returns a key's elements.
func (o *object) list(key string) []*yaml.Node {
	v := o.value(key)
	if v == nil {
		return nil
	}
	if v.Kind != yaml.SequenceNode {
		o.fail(v, "wrong-type", fmt.Sprintf("“%s”应当是列表", key), "写成 [甲, 乙]，或每项一行、以“- ”开头")
		return nil
	}
	return v.Content
}

// texts returns a key's elements as words. Of [format.Words] a single word
// stands for a list of one.
func (o *object) texts(key string) []located {
	if v := o.entries[key].value; v != nil && v.Kind == yaml.ScalarNode && o.key(key).Type == format.Words {
		if text := o.text(key); text != "" {
			return []located{{text, o.position(v)}}
		}
		return nil
	}
	var out []located
	for _, n := range o.list(key) {
		if n.Kind != yaml.ScalarNode || n.Tag == "!!null" || strings.TrimSpace(n.Value) == "" {
			o.fail(n, "wrong-type", fmt.Sprintf("“%s”的每一项应当是一个词", key), "照样例改写")
			continue
		}
		o.r.checkScalar(o.file, n)
		out = append(out, located{strings.TrimSpace(n.Value), o.position(n)})
	}
	return out
}

// located is a word with its place.
type located struct {
	text string
	at   campaign.Position
}

func words(list []located) []string {
	var out []string
	for _, l := range list {
		out = append(out, l.text)
	}
	return out
}

// child reads a key's mapping.
func (o *object) child(key string) *object {
	v := o.value(key)
	if v == nil {
		return nil
	}
	if v.Kind != yaml.MappingNode {
		o.fail(v, "wrong-type", fmt.Sprintf("“%s”应当是一组“键: 值”", key), "照样例改写")
		return nil
	}
	return o.within(key, v, o.keyAt(key), o.key(key).Of)
}

// children reads a key's list of mappings.
func (o *object) children(key string) []*object {
	var out []*object
	for i, n := range o.list(key) {
		if n.Kind != yaml.MappingNode {
			o.fail(n, "wrong-type", fmt.Sprintf("“%s”的每一项应当是一组“键: 值”", key), "照样例改写")
			continue
		}
		out = append(out, o.within(fmt.Sprintf("%s.%d", key, i), n, o.position(n), o.key(key).Of))
	}
	return out
}

// bare is one of a list of mappings that may be a word alone: the mapping, or the word.
type bare struct {
	located
	object *object
}

// bareOr reads a key's list of mappings, any of which may be a word. A single word
// stands for a list of one.
func (o *object) bareOr(key string) []bare {
	nodes := []*yaml.Node{o.entries[key].value}
	if v := nodes[0]; v == nil || v.Kind != yaml.ScalarNode || !o.has(key) {
		nodes = o.list(key)
	}
	var out []bare
	for i, n := range nodes {
		switch text := strings.TrimSpace(n.Value); {
		case n.Kind == yaml.MappingNode:
			out = append(out, bare{object: o.within(fmt.Sprintf("%s.%d", key, i), n, o.position(n), o.key(key).Of)})
		case n.Kind == yaml.ScalarNode && n.Tag != "!!null" && text != "":
			o.r.checkScalar(o.file, n)
			out = append(out, bare{located: located{text, o.position(n)}})
		default:
			o.fail(n, "wrong-type", fmt.Sprintf("“%s”的每一项应当是一个词，或一组“键: 值”", key), "照样例改写")
		}
	}
	return out
}

// secretKey matches the names of keys that a person would write a secret under.
var secretKey = regexp.MustCompile(`(?i)密码|口令|密钥$|secret|passw|passphrase|token`)

// done reports the keys that the table does not have, and those that are missing.
func (o *object) done() {
	known := o.known
	if o.table != nil {
		known = o.table.Names(func(format.Key) bool { return true })
	}
	for i := 0; i+1 < len(o.node.Content); i += 2 {
		k := o.node.Content[i]
		if k.Kind != yaml.ScalarNode || slices.Contains(known, k.Value) || o.entries[k.Value].key != k {
			continue
		}
		if o.table != nil {
			if _, misplaced := o.table.Key(k.Value); misplaced {
				continue // refused where it was read
			}
		}
		if secretKey.MatchString(k.Value) {
			o.fail(k, "secret-written", fmt.Sprintf("“%s”不能写在资料里：资料会存进版本库、拷给别人", k.Value), "删去这一行，换一个新的密码（这个已经留了底）；在工作台的“发布”里存进系统的钥匙串，或运行 wangjian publish 目标 --password")
			continue
		}
		hint := "这里可以写：" + strings.Join(known, "、")
		if near := campaign.Nearest(k.Value, known); near != "" {
			hint = "是不是“" + near + "”？"
			o.missed = slices.DeleteFunc(o.missed, func(m missedKey) bool { return m.key == near })
		}
		f := o.fail(k, "unknown-key", fmt.Sprintf("不认识的键“%s”", k.Value), hint)
		if near := campaign.Meant(k.Value, known, 1); o.entries[near].key == nil {
			f.Mend = o.mend(k, near)
		}
	}
	for _, m := range o.missed {
		hint := "补上“" + m.key + ": …”一行"
		if o.table != nil {
			if k, _ := o.table.Key(m.key); k.Or != "" {
				hint += "，或者写“" + k.Or + ": …”"
			}
		}
		o.r.fail("missing-key", m.at, fmt.Sprintf("缺少“%s”", m.key), hint)
	}
}

// checkScalar reports a forbidden character that came in by a YAML escape; one
// written as itself was reported with the text.
func (r *reader) checkScalar(file string, n *yaml.Node) {
	if n.Style&yaml.DoubleQuotedStyle == 0 {
		return
	}
	for _, c := range n.Value {
		if what := forbidden(c); what != "" {
			r.fail("character", campaign.Position{File: file, Line: n.Line, Column: n.Column}, "转义写出了"+what, "删去它")
			return
		}
	}
}
