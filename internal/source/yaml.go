package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	locator "github.com/goccy/go-yaml"
	locatorparser "github.com/goccy/go-yaml/parser"
	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
)

// parseYAML reads one YAML mapping. firstLine is the line of the file at which
// text starts. It gives nil after a finding.
func (r *reader) parseYAML(file string, text []byte, firstLine int) *yaml.Node {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var doc yaml.Node
	err := decoder.Decode(&doc)
	if errors.Is(err, io.EOF) || err == nil && len(doc.Content) == 0 {
		r.fail("empty-file", campaign.Position{File: file, Line: firstLine, Column: 1}, "文件是空的", "照样例填写，或删去这个文件")
		return nil
	}
	if err != nil {
		line, column, message := locate(text, err)
		r.fail("yaml-syntax", campaign.Position{File: file, Line: line + firstLine - 1, Column: column}, message.text, message.hint)
		return nil
	}
	var more yaml.Node
	if err := decoder.Decode(&more); !errors.Is(err, io.EOF) {
		line := firstLine
		if err == nil {
			line += max(more.Line, 1) - 1
		}
		r.fail("yaml-syntax", campaign.Position{File: file, Line: line, Column: 1}, "一个文件里有两段 YAML（用 --- 隔开）", "只留一段，另一段放到它自己的文件里")
		return nil
	}
	root := doc.Content[0]
	shift(root, firstLine-1, map[*yaml.Node]bool{})
	if root.Kind != yaml.MappingNode {
		r.fail("wrong-type", campaign.Position{File: file, Line: root.Line, Column: root.Column}, "文件应当由“键: 值”的行组成", "照样例写成“名称: …”这样的行，冒号用半角并在后面空一格")
		return nil
	}
	return root
}

// shift moves a tree's lines down, for YAML that starts inside a file.
func shift(n *yaml.Node, by int, seen map[*yaml.Node]bool) {
	if by == 0 || n == nil || seen[n] {
		return
	}
	seen[n] = true
	n.Line += by
	for _, c := range n.Content {
		shift(c, by, seen)
	}
}

type syntaxMessage struct{ text, hint string }

// syntaxMessages puts yaml.v3's errors into words that a clerk can act on; the
// first that fits counts.
var syntaxMessages = []struct {
	part    string
	message syntaxMessage
}{
	{"tab character", syntaxMessage{"缩进里有制表符（Tab）", "改用空格缩进，每级两个"}},
	{"cannot start any token", syntaxMessage{"这里的字符不能开头", "把整个值放进双引号里；缩进用空格，不用 Tab"}},
	{"mapping values are not allowed", syntaxMessage{"缩进不对，或一行里有两个冒号", "与同级的行左边对齐；值里有“: ”时把整个值放进双引号"}},
	{"could not find expected ':'", syntaxMessage{"这一行缺少冒号", "写成“键: 值”，冒号用半角并在后面空一格"}},
	{"did not find expected ',' or ']'", syntaxMessage{"方括号 [ 没有配上 ]，或项目之间缺逗号", "补上 ] 或半角逗号"}},
	{"did not find expected ',' or '}'", syntaxMessage{"花括号 { 没有配上 }，或项目之间缺逗号", "补上 } 或半角逗号"}},
	{"unexpected end of stream", syntaxMessage{"引号没有配对", "在值的末尾补上同样的引号"}},
	{"did not find expected '-' indicator", syntaxMessage{"列表和键混在了一起", "列表的每一项都以“- ”开头并左对齐"}},
	{"did not find expected key", syntaxMessage{"缩进不对", "与同级的行左边对齐，用空格，不用 Tab"}},
	{"did not find expected node content", syntaxMessage{"这里缺少内容", "补上值，或删去多余的逗号、括号"}},
	{"escape", syntaxMessage{"双引号里的反斜杠用法不对", "把 \\ 写成 \\\\，或改用单引号"}},
	{"anchor", syntaxMessage{"这里用了没有定义的引用（* 号）", "以 * 或 & 开头的值请放进引号里"}},
	{"exceeded max depth", syntaxMessage{"嵌套太深", "照样例减少层次"}},
}

var yamlLine = regexp.MustCompile(`line (\d+):`)

// locate finds where a syntax error is. yaml.v3 gives a line at the best, and
// for some errors the line before; a second parser, used for nothing else,
// knows the column.
func locate(text []byte, err error) (line, column int, message syntaxMessage) {
	message = syntaxMessage{"YAML 格式不对：" + strings.TrimPrefix(err.Error(), "yaml: "), "照样例检查冒号、缩进和引号"}
	part := ""
	for _, m := range syntaxMessages {
		if strings.Contains(err.Error(), m.part) {
			message, part = m.message, m.part
			break
		}
	}
	line = 1
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		line, _ = strconv.Atoi(m[1])
	}
	lines := strings.Split(string(text), "\n")
	locatedLine := line
	var located locator.Error
	if _, locateErr := locatorparser.ParseBytes(text, 0); errors.As(locateErr, &located) {
		if t := located.GetToken(); t != nil && t.Position != nil {
			locatedLine, column = t.Position.Line, t.Position.Column
		}
	}
	if l, c, ok := openQuote(lines, max(line, locatedLine)); ok {
		return l, c, syntaxMessage{"引号没有配对", "在值的末尾补上同样的引号"}
	}
	switch part {
	case "mapping values are not allowed":
		return line, secondColon(lines, line), message
	case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
		if l, c, ok := unclosedBracket(lines); ok {
			return l, c, message
		}
	}
	line = min(max(locatedLine, 1), len(lines))
	if indent := lines[line-1][:len(lines[line-1])-len(strings.TrimLeft(lines[line-1], " \t"))]; strings.Contains(indent, "\t") {
		return line, strings.Index(indent, "\t") + 1, syntaxMessages[0].message
	}
	return line, min(max(column, 1), utf8.RuneCountInString(lines[line-1])+1), message
}

// quoteOpened is a value that opens a quote and does not close it on its line.
var quoteOpened = regexp.MustCompile(`^(\s*(?:- +)?(?:[^"'#:]+: +)?)(?:"(?:[^"\\]|\\.)*|'[^']*)$`)

// openQuote finds the first such value before the line after an error: what
// follows an open quote is read as its inside, and the error shows up later.
func openQuote(lines []string, errorLine int) (line, column int, ok bool) {
	for n, text := range lines[:min(len(lines), errorLine+1)] {
		if m := quoteOpened.FindStringSubmatch(text); m != nil {
			return n + 1, utf8.RuneCountInString(m[1]) + 1, true
		}
	}
	return 0, 0, false
}

// secondColon gives the column at which a “mapping values” error is seen: the
// line's second colon, else its first character.
func secondColon(lines []string, line int) int {
	if line < 1 || line > len(lines) {
		return 1
	}
	text := lines[line-1]
	first := strings.Index(text, ": ")
	if first >= 0 {
		if second := strings.Index(text[first+1:], ": "); second >= 0 {
			return utf8.RuneCountInString(text[:first+1+second]) + 1
		}
	}
	return utf8.RuneCountInString(text) - utf8.RuneCountInString(strings.TrimLeft(text, " ")) + 1
}

// unclosedBracket finds the innermost bracket that is opened and not closed
// before the next key at the line's start.
func unclosedBracket(lines []string) (line, column int, ok bool) {
	type open struct{ line, column int }
	var stack []open
	quote := rune(0)
	for n, text := range lines {
		for i, c := range []rune(text) {
			switch {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case (c == '"' || c == '\'') && len(stack) > 0:
				quote = c
			case c == '#' && (i == 0 || []rune(text)[i-1] == ' '):
				goto next
			case c == '[' || c == '{':
				stack = append(stack, open{n + 1, i + 1})
			case (c == ']' || c == '}') && len(stack) > 0:
				stack = stack[:len(stack)-1]
			}
		}
	next:
		if len(stack) > 0 && n+1 < len(lines) && lines[n+1] != "" && !strings.ContainsAny(lines[n+1][:1], " -]}#") {
			break
		}
	}
	if len(stack) == 0 {
		return 0, 0, false
	}
	last := stack[len(stack)-1]
	return last.line, last.column, true
}

// object reads a YAML mapping key by key. Every key asked for is known; done
// reports the others.
type object struct {
	r      *reader
	file   string
	path   string // "审核.初审."
	node   *yaml.Node
	start  campaign.Position // where a missing key is reported
	keys   map[string]*yaml.Node
	values map[string]*yaml.Node
	known  []string
	missed []missedKey                  // reported by done, less what a misspelt key explains
	at     map[string]campaign.Position // shared by a file's objects
}

func (r *reader) object(file string, node *yaml.Node) *object {
	o := &object{r: r, file: file, node: node, start: campaign.InFile(file), at: map[string]campaign.Position{}}
	o.index()
	return o
}

// index notes the mapping's keys and reports repeated ones.
func (o *object) index() {
	o.keys, o.values = map[string]*yaml.Node{}, map[string]*yaml.Node{}
	for i := 0; i+1 < len(o.node.Content); i += 2 {
		k, v := o.node.Content[i], o.node.Content[i+1]
		if k.Kind != yaml.ScalarNode {
			o.r.fail("wrong-type", o.position(k), "键应当是一个词", "照样例改写")
			continue
		}
		o.r.checkScalar(o.file, k)
		if first, again := o.keys[k.Value]; again {
			o.r.fail("duplicate-key", o.position(k), fmt.Sprintf("“%s”写了两遍（第 %d 行已有）", k.Value, first.Line), "只留一处")
			continue
		}
		o.keys[k.Value], o.values[k.Value] = k, v
		at := o.position(v)
		if v.Line != k.Line {
			at = o.position(k)
		}
		o.at[o.path+k.Value] = at
	}
}

func (o *object) position(n *yaml.Node) campaign.Position {
	return campaign.Position{File: o.file, Line: n.Line, Column: n.Column}
}

// locations gives the positions of the keys, for findings of review.
func (o *object) locations() campaign.Keys { return campaign.Keys{Start: o.start, At: o.at} }

func (o *object) fail(n *yaml.Node, rule, message, hint string) {
	o.r.fail(rule, o.position(n), message, hint)
}

// value gives the node of a key; nil when it is not there or empty, which is a
// finding when it is required.
func (o *object) value(key string, required bool) *yaml.Node {
	o.known = append(o.known, key)
	v := o.values[key]
	if v != nil && v.Kind == yaml.AliasNode {
		o.fail(v, "yaml-syntax", "这里用了 YAML 的引用（* 号），本格式不用", "把内容写全；以 * 开头的文字放进引号里")
		return nil
	}
	if v != nil && v.Kind == yaml.ScalarNode && (v.Tag == "!!null" || strings.TrimSpace(v.Value) == "") {
		if required {
			o.fail(o.keys[key], "missing-key", fmt.Sprintf("“%s”没有填", key), "填上内容")
		}
		return nil
	}
	if v == nil && required {
		o.missed = append(o.missed, missedKey{key, o.start})
	}
	return v
}

type missedKey struct {
	key string
	at  campaign.Position
}

// scalar gives a key's text as written.
func (o *object) scalar(key string, required bool) (*yaml.Node, bool) {
	v := o.value(key, required)
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

func (o *object) text(key string, required bool) string {
	v, ok := o.scalar(key, required)
	if !ok {
		return ""
	}
	return strings.TrimSpace(v.Value)
}

// choice reads one of a few words.
func (o *object) choice(key string, required bool, words ...string) string {
	v, ok := o.scalar(key, required)
	if !ok {
		return ""
	}
	for _, w := range words {
		if v.Value == w {
			return w
		}
	}
	hint := "只能写" + strings.Join(words, "、")
	if near := campaign.Nearest(v.Value, words); near != "" {
		hint = "是不是“" + near + "”？" + hint
	}
	o.fail(v, "wrong-value", fmt.Sprintf("“%s”不能写“%s”", key, v.Value), hint)
	return ""
}

func (o *object) boolean(key string) bool {
	return o.yes(key) == "true"
}

func (o *object) yes(key string) string {
	v, ok := o.scalar(key, false)
	if !ok {
		return ""
	}
	switch v.Value {
	case "true", "是":
		return "true"
	case "false", "否":
		return "false"
	}
	o.fail(v, "wrong-type", fmt.Sprintf("“%s”只能写 true 或 false，不能写“%s”", key, v.Value), "改成 true 或 false")
	return ""
}

// integer reads a whole number between least and most.
func (o *object) integer(key string, least, most, absent int) int {
	v, ok := o.scalar(key, false)
	if !ok {
		return absent
	}
	n, err := strconv.Atoi(v.Value)
	if err != nil || n < least || n > most || v.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		o.fail(v, "wrong-type", fmt.Sprintf("“%s”应当是 %d 到 %d 的整数，不能写“%s”", key, least, most, v.Value), "改成整数，不加引号")
		return absent
	}
	return n
}

func (o *object) date(key string, required bool) campaign.Date {
	v, ok := o.scalar(key, required)
	if !ok {
		return campaign.Date{}
	}
	d, err := campaign.ParseDate(v.Value)
	if err != nil {
		o.fail(v, "date", err.Error(), "写成 2022-09-21 这样的日期")
	}
	return d
}

func (o *object) moment(key string, required bool) campaign.Moment {
	v, ok := o.scalar(key, required)
	if !ok {
		return campaign.Moment{}
	}
	m, err := campaign.ParseMoment(v.Value)
	if err != nil {
		o.fail(v, "date", err.Error(), "写成 2022-11-27 09:30 或 2022-11-27")
	}
	return m
}

// list gives a key's elements.
func (o *object) list(key string, required bool) []*yaml.Node {
	v := o.value(key, required)
	if v == nil {
		return nil
	}
	if v.Kind != yaml.SequenceNode {
		o.fail(v, "wrong-type", fmt.Sprintf("“%s”应当是列表", key), "写成 [甲, 乙]，或每项一行、以“- ”开头")
		return nil
	}
	return v.Content
}

// texts gives a key's elements as words. A single word stands for a list of
// one where single is allowed.
func (o *object) texts(key string, required bool) []located {
	var out []located
	nodes := o.list(key, required)
	for _, n := range nodes {
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
func (o *object) child(key string, required bool) *object {
	v := o.value(key, required)
	if v == nil {
		return nil
	}
	if v.Kind != yaml.MappingNode {
		o.fail(v, "wrong-type", fmt.Sprintf("“%s”应当是一组“键: 值”", key), "照样例改写")
		return nil
	}
	c := &object{r: o.r, file: o.file, path: o.path + key + ".", node: v, start: o.at[o.path+key], at: o.at}
	c.index()
	return c
}

// children reads a key's list of mappings.
func (o *object) children(key string, required bool) []*object {
	var out []*object
	for i, n := range o.list(key, required) {
		if n.Kind != yaml.MappingNode {
			o.fail(n, "wrong-type", fmt.Sprintf("“%s”的每一项应当是一组“键: 值”", key), "照样例改写")
			continue
		}
		c := &object{r: o.r, file: o.file, path: fmt.Sprintf("%s%s.%d.", o.path, key, i), node: n, start: o.position(n), at: o.at}
		c.index()
		out = append(out, c)
	}
	return out
}

// done reports the keys that nothing asked for, and those that are missing.
func (o *object) done() {
	known := map[string]bool{}
	for _, k := range o.known {
		known[k] = true
	}
	for i := 0; i+1 < len(o.node.Content); i += 2 {
		k := o.node.Content[i]
		if k.Kind != yaml.ScalarNode || known[k.Value] || o.keys[k.Value] != k {
			continue
		}
		hint := "这里可以写：" + strings.Join(o.known, "、")
		if near := campaign.Nearest(k.Value, o.known); near != "" {
			hint = "是不是“" + near + "”？"
			o.missed = slices.DeleteFunc(o.missed, func(m missedKey) bool { return m.key == near })
		}
		o.fail(k, "unknown-key", fmt.Sprintf("不认识的键“%s”", k.Value), hint)
	}
	for _, m := range o.missed {
		o.r.fail("missing-key", m.at, fmt.Sprintf("缺少“%s”", m.key), "补上“"+m.key+": …”一行")
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
