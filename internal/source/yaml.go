package source

import (
	"bytes"
	"errors"
	"io"
	"regexp"
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
	if small := len(text) < maxLocated && deepest(text) < maxYAMLDepth; !small {
		// The second parser's work grows with the square of some texts.
	} else if _, locateErr := locatorparser.ParseBytes(text, 0); errors.As(locateErr, &located) {
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

const (
	maxLocated   = 64 << 10 // bytes of a text that the second parser is asked about
	maxYAMLDepth = 40       // of brackets in it
)

// deepest tells how deep the brackets and dashes of a text go, at the most.
func deepest(text []byte) int {
	depth, most, dashes := 0, 0, 0
	for _, c := range text {
		switch c {
		case '-':
			dashes++
			most = max(most, dashes)
		case '\n':
			dashes = 0
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		}
		most = max(most, depth)
	}
	return most
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
		before := ' '
		for i, c := range []rune(text) {
			switch {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case (c == '"' || c == '\'') && len(stack) > 0:
				quote = c
			case c == '#' && (i == 0 || before == ' '):
				goto next
			case c == '[' || c == '{':
				stack = append(stack, open{n + 1, i + 1})
			case (c == ']' || c == '}') && len(stack) > 0:
				stack = stack[:len(stack)-1]
			}
			before = c
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
