package markdown

import (
	"bytes"
	"fmt"
	"regexp"

	"wangjian/internal/campaign"
)

// Bounds of a body. Within them goldmark's work, which grows with the square of
// a block in places, stays small; beyond them nobody writes.
const (
	maxNesting = 32     // quotes and lists within one another on a line
	maxIndent  = 160    // columns before a line's first word
	maxLines   = 2000   // lines of a block that is no table
	maxRows    = 10000  // rows of a table
	maxColumns = 100    // columns of a table
	maxMarks   = 2000   // brackets, stars and the like in a block or a table's row
	maxAll     = 200000 // of them in a body
)

// checkBounds looks for a body that is made to exhaust its reader, without
// understanding it; ok is false when it must not be parsed.
func checkBounds(body []byte, at func(line int) campaign.Position) (campaign.Finding, bool) {
	fail := func(line int, rule, format string, args ...any) (campaign.Finding, bool) {
		return campaign.Finding{
			Level: campaign.Error, Rule: rule, At: at(line).Place(),
			Message: fmt.Sprintf(format, args...), Hint: "检查是不是粘贴错了；改成普通的段落、列表或小一些的表",
		}, false
	}
	number, lines, rows, marks, all := 0, 0, 0, 0, 0
	for raw := range bytes.Lines(body) {
		line := bytes.TrimRight(raw, "\n")
		text, nesting, indent := unnest(line)
		switch {
		case nesting > maxNesting:
			return fail(number, "markup-size", "引用和列表套了 %d 层以上", maxNesting)
		case indent > maxIndent:
			return fail(number, "markup-size", "这一行缩进了 %d 格以上", maxIndent)
		}
		if len(text) == 0 {
			lines, rows, marks = 0, 0, 0
			number++
			continue
		}
		n := countMarks(text)
		all += n
		if bars := bytes.Count(text, []byte("|")); bars > 0 {
			rows++
			lines++
			if marks = n; bars > maxColumns+1 {
				return fail(number, "markup-size", "表格超过 %d 列", maxColumns)
			}
		} else {
			rows = 0
			lines++
			marks += n
		}
		switch {
		case rows > maxRows:
			return fail(number, "markup-size", "表格超过 %d 行", maxRows)
		case lines > maxLines && rows == 0:
			return fail(number, "markup-size", "连在一起的行超过 %d 行，中间没有空行", maxLines)
		case marks > maxMarks:
			return fail(number, "markup-size", "一段里的方括号、星号等标记超过 %d 个", maxMarks)
		case all > maxAll:
			return fail(number, "markup-size", "正文里的方括号、星号等标记超过 %d 个", maxAll)
		}
		number++
	}
	return campaign.Finding{}, true
}

// unnest takes the marks of quotes and lists off a line's start.
func unnest(line []byte) (text []byte, nesting, indent int) {
	for {
		trimmed := bytes.TrimLeft(line, " \t")
		for _, c := range line[:len(line)-len(trimmed)] {
			if indent++; c == '\t' {
				indent += 3
			}
		}
		line = trimmed
		mark := nestingMark.Find(line)
		if mark == nil {
			return line, nesting, indent
		}
		nesting++
		line = line[len(bytes.TrimRight(mark, " \t")):]
	}
}

// nestingMark is a mark of a quote or a list at a line's start.
var nestingMark = regexp.MustCompile(`^(?:>|[-*+](?:[ \t]|$)|[0-9]{1,10}[.)] )`)

func countMarks(text []byte) int {
	n := 0
	for _, c := range text {
		switch c {
		case '[', ']', '*', '_', '`', '~', '<', '&', '{':
			n++
		}
	}
	return n
}
