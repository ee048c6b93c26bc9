package source

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
)

// parseYAML reads one YAML mapping. firstLine is the line of the file at which
// text starts. It returns nil after a finding.
func (r *reader) parseYAML(file string, text []byte, firstLine int) *yaml.Node {
	if root := plainYAML(text, firstLine, &r.nodes); root != nil {
		return root
	}
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

// mostLocated bounds the bytes that are read again to find a line.
const mostLocated = 1 << 20

// locate puts yaml.v3's error into words. The line that it names is often that
// of the block: the one that is wrong comes after the longest beginning of the
// text that is good YAML.
func locate(text []byte, err error) (line, column int, message syntaxMessage) {
	message = syntaxMessage{"YAML 格式不对：" + strings.TrimPrefix(err.Error(), "yaml: "), "照样例检查冒号、缩进和引号"}
	for _, m := range syntaxMessages {
		if strings.Contains(err.Error(), m.part) {
			message = m.message
			break
		}
	}
	line = 1
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		line, _ = strconv.Atoi(m[1])
	}
	lines := strings.Split(string(text), "\n")
	line = min(max(line, 1), len(lines))
	if len(lines)*len(text) <= mostLocated {
		good := bytes.TrimRight(text, "\n")
		for n := bytes.Count(good, []byte("\n")) + 1; n >= 1; n-- {
			if yaml.Unmarshal(good, new(yaml.Node)) == nil {
				break
			}
			line, good = n, good[:max(bytes.LastIndexByte(good, '\n'), 0)]
		}
	}
	of := lines[line-1]
	return line, utf8.RuneCountInString(of) - utf8.RuneCountInString(strings.TrimLeft(of, blanks)) + 1, message
}
