package intake

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// MaxSource bounds what is read of a file to know whether it is one of the
// campaign's sources, which are no longer.
const MaxSource = 4 << 20

// sourceKind is a kind of the campaign's own input, told by its keys whatever the
// file is called and whatever stands around them.
type sourceKind struct {
	what string
	is   func(keysOf) bool
}

const signedItem = "一篇内容或发布记录（有审核签字）"

// sourceKinds lists the kinds. What an office hands out may well have a line
// 公开方式 or 填报单位; no other text has these keys together, as YAML writes them.
var sourceKinds = []sourceKind{
	{signedItem, func(k keysOf) bool {
		return k.opens("审核") && k.count("初审", "复审", "终审", "保密审查") > 0
	}},
	{"一张填好的统计表", func(k keysOf) bool {
		return (k.opens("项目") || k.opens("本级")) && (k.has("填报单位") || k.has("填报日期"))
	}},
	{"统计表的表样", func(k keysOf) bool { return k.opens("项目") && k.has("部门") && k.has("单位") }},
	{"本活动的设置", func(k keysOf) bool {
		keys := []string{"部门", "地区", "工作重点", "阶段", "期次", "站点", "审核人"}
		return len(slices.DeleteFunc(keys, func(key string) bool { return !k.opens(key) })) >= 3
	}},
	{"更正记录", func(k keysOf) bool { return k.opens("更正") && k.has("现值") }},
	{"用语表", func(k keysOf) bool { return k.opens("用语") && k.has("误") }},
}

// sourceWords are keys of which every kind has one: most files have none of them
// in any encoding, and are not looked at closer.
var sourceWords = []string{"审核", "公开方式", "发布日期", "项目", "本级", "期次", "更正", "用语"}

// sourceEncodings are those in which a copy may be written; the first takes the
// bytes for UTF-8.
var sourceEncodings = []encoding.Encoding{
	encoding.Nop, simplifiedchinese.GB18030,
	unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
}

// encodedWords are the sourceWords in each of the sourceEncodings.
var encodedWords = func() (all [][][]byte) {
	for _, e := range sourceEncodings {
		var words [][]byte
		for _, w := range sourceWords {
			encoded, _ := e.NewEncoder().Bytes([]byte(w))
			words = append(words, encoded)
		}
		all = append(all, words)
	}
	return all
}()

// SourceIn says which of the campaign's own sources a file holds, in Chinese; ""
// for none. It looks at the bytes alone: a source under another name, in another
// encoding or within another file's bytes is still one.
func SourceIn(data []byte) string {
	for n, e := range sourceEncodings {
		if !slices.ContainsFunc(encodedWords[n], func(word []byte) bool { return bytes.Contains(data, word) }) {
			continue
		}
		text, err := e.NewDecoder().Bytes(data)
		if err != nil {
			continue
		}
		if what := sourceIn(text); what != "" {
			return what
		}
	}
	return ""
}

func sourceIn(text []byte) string {
	if signature.Match(text) {
		return signedItem
	}
	lines := plainLines(text)
	keys := keysIn(lines)
	for _, k := range sourceKinds {
		if k.is(keys) {
			return k.what
		}
	}
	if hasFrontMatter(lines) {
		return "一篇内容（以两行 --- 围着的信息开头）"
	}
	return ""
}

// signature is a stage of the sign-offs with who signed it, however the text
// around it was quoted or escaped.
var signature = regexp.MustCompile(`(?:初审|复审|终审|保密审查)["'\\]*\s*[:：]` + gap + `[{｛]?` + gap + `["'\\]*人["'\\]*\s*[:：]`)

// gap is what may stand between words, line breaks that are escaped or quoted too.
const gap = `(?:[\s　\x{a0}>+|]|\\[nrt])*`

// keysOf are the keys that a text has where YAML would take them for such; true
// for those that open a list or a mapping.
type keysOf map[string]bool

func (k keysOf) has(key string) bool { _, ok := k[key]; return ok }

func (k keysOf) count(keys ...string) (n int) {
	for _, key := range keys {
		if k.has(key) {
			n++
		}
	}
	return n
}

func (k keysOf) opens(key string) bool { return k[key] }

// sourceKey is a key at the start of a line or within braces, and what follows it
// in the line. The colon may be the one of a Chinese keyboard.
var sourceKey = regexp.MustCompile(`(?:^|[{,\[])[ \t]*(?:- *)?[{\[]?[ \t]*["']?(\p{Han}{1,6})["']?[ \t]*[:：][ \t]*(.?)`)

// quoting is what is put before the lines of a text that is quoted, listed with
// numbers or compared.
var quoting = regexp.MustCompile(`^[ \t]*(?:[>+|]|\d{1,5}[.:|]?[ \t])[ ]?`)

// plainLines returns the lines of a text without what was put before them.
func plainLines(text []byte) []string {
	text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	lines := strings.Split(strings.NewReplacer("\ufeff", "", "\u00a0", " ", "　", "  ").Replace(string(text)), "\n")
	for n, line := range lines {
		lines[n] = strings.TrimRight(quoting.ReplaceAllString(line, ""), " \t")
	}
	return slices.DeleteFunc(lines, func(line string) bool { return line == "" })
}

func keysIn(lines []string) keysOf {
	keys := keysOf{}
	for n, line := range lines {
		for _, m := range sourceKey.FindAllStringSubmatch(line, -1) {
			opens := m[2] != "" && strings.Contains("{[｛", m[2])
			if m[2] == "" || m[2] == "#" {
				opens = n+1 < len(lines) && below(line, lines[n+1])
			}
			keys[m[1]] = keys[m[1]] || opens
		}
	}
	return keys
}

// blockEntry is a line that a block of YAML may begin with where its indentation was
// lost.
var blockEntry = regexp.MustCompile(`^(?:-|.{1,60}[:：][ \t]*\S)`)

// below reports whether a line begins the block that the line above it opens.
func below(line, next string) bool {
	indent := func(s string) int { return len(s) - len(strings.TrimLeft(s, " \t")) }
	return indent(next) > indent(line) || blockEntry.MatchString(next)
}

// hasFrontMatter reports whether lines between two fences are an item's, signed or
// not.
func hasFrontMatter(lines []string) bool {
	from := -1
	for n, line := range lines {
		if strings.TrimSpace(line) != "---" {
			continue
		}
		if from >= 0 {
			k := keysIn(lines[from:n])
			if k.count("公开方式", "审核") > 0 && k.count("标题", "公开方式", "发布日期", "审核") > 1 {
				return true
			}
		}
		from = n + 1
	}
	return false
}
