package source

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A slip is a place of a YAML file that may have been typed wrong, and how it
// is mended: on one line, text[from:to] becomes with. Whether it was a slip is
// shown by reading the file with it mended.
type slip struct {
	line     int // from 0
	from, to int // bytes of the line
	with     string
	at       int // byte of the line to point at
	pair     int // not 0: is mended together with those of the same number
	message  string
}

// examine looks at every line of a text for the usual slips of people who type
// YAML by hand with a Chinese keyboard. It knows the part of YAML that a
// campaign's files are written in, goes on after each slip, and names too much
// rather than too little.
func examine(text []byte) []slip {
	x := &examiner{lines: strings.Split(string(text), "\n")}
	if len(text) > mostExamined || slices.ContainsFunc(x.lines, func(line string) bool { return len(line) > longestLine }) {
		return nil
	}
	for n := 0; n < len(x.lines); {
		n = x.line(n)
	}
	slices.SortStableFunc(x.slips, inOrder)
	if len(x.slips) > mostSlips {
		return nil
	}
	return x.slips
}

// What nobody types by hand is not examined.
const (
	mostExamined = 1 << 20 // bytes
	longestLine  = 2 << 10 // bytes
	mostSlips    = 2000
	mostBelow    = 200 // lines that are looked at below one
)

type examiner struct {
	lines []string
	slips []slip
	stack []level // of the block that the line is in, outermost first
	opens bool    // the line before has a key or a dash and nothing behind it
	began []int   // the lines that did so
	pairs int     // how many there are
}

// level is a mapping or a list of a block.
type level struct {
	column int
	dash   bool
	lines  []int // that begin its entries
}

const blanks = " \t　\u00a0"

func (x *examiner) add(line, from, to int, with string, at int, message string) *slip {
	x.slips = append(x.slips, slip{line: line, from: from, to: to, with: with, at: at, message: message})
	return &x.slips[len(x.slips)-1]
}

// opening is how a line begins an entry: what stands before its value.
type opening struct {
	n          int // the line
	first, at  int // bytes: of its first word, and behind its dashes
	start, own int // the columns of these
	dash       bool
	keyed      bool
	key        separator
}

// line examines a line that begins an entry, with the lines that its value goes
// on over, and returns the next.
func (x *examiner) line(n int) int {
	text := x.lines[n]
	body := strings.TrimLeft(text, blanks)
	at := len(text) - len(body)
	switch {
	case body == "" || body[0] == '#' || slices.Contains(documentMarks, text):
		return n + 1
	case strings.HasPrefix(body, "＃"):
		x.add(n, at, at+len("＃"), "#", at, "注释号“＃”是全角的")
		return n + 1
	}
	o := x.openingOf(n, at)
	if !o.keyed && !o.dash && !x.opens && !x.isEntry(o.start) {
		return n + 1 // a value goes on
	}
	moved := x.place(n, o.start, o.dash) - o.start
	if o.dash && o.keyed {
		x.stack = append(x.stack, level{column: o.own + moved, lines: []int{n}})
	}
	own := o.start + moved // what goes on below stands deeper than this
	if !o.keyed {
		return x.keyless(n, o.at, own, o.dash)
	}
	x.checkSeparator(n, o.at, o.key)
	if o.dash {
		own = o.own + moved
		if body := strings.TrimRight(text, blanks); strings.HasSuffix(body, "}") && !strings.Contains(body[o.at:], "{") {
			x.add(n, o.at, o.at, "{", o.at, "花括号 } 前面没有 {")
		}
	}
	return x.value(n, o.at+o.key.to, own)
}

// documentMarks are lines that begin and end a document of YAML.
var documentMarks = []string{"---", "..."}

// openingOf reads the dashes and the key of a line whose first word is at a
// byte. A dash that no other entry has is taken off, one that is missing is
// added.
func (x *examiner) openingOf(n, at int) opening {
	text, before := x.lines[n], len(x.slips)
	o := opening{n: n, first: at, start: width(text[:at])}
	o.at, o.own = x.dashes(n, at, o.start)
	o.dash = o.at > at
	o.key, o.keyed = splitKey(text[o.at:])
	if o.dash && o.keyed && x.strayDash(n, o.start) {
		x.slips = x.slips[:before]
		x.add(n, o.first, o.at, "", o.first, "这一行前面多了短横")
		o.dash, o.own = false, o.start
	}
	if !o.dash && (o.keyed || strings.HasPrefix(text[o.at:], "{")) && x.inList(o.start) {
		x.add(n, o.at, o.at, "- ", o.at, noDash)
		o.dash, o.own = true, o.own+2
	}
	return o
}

// dashes takes the dashes that a line begins with, and returns where the byte
// and the column behind them are.
func (x *examiner) dashes(n, at, column int) (behind, deeper int) {
	text := x.lines[n]
	for {
		skip, with := dashOf(text[at:])
		if skip == 0 {
			return at, column
		}
		if with != "" {
			x.add(n, at, at+skip, with, at, "短横和它后面的内容之间要空一格")
		}
		column += max(width(text[at:at+skip]), len(with))
		at += skip
	}
}

// keyless takes an entry without a key: a list's value, or one whose colon is
// missing.
func (x *examiner) keyless(n, at, own int, dash bool) int {
	if dash || !x.missingColon(n, at) {
		return x.value(n, at, own)
	}
	if x.opens = x.slips[len(x.slips)-1].to == len(x.lines[n]); x.opens {
		x.began = append(x.began, n)
	}
	return n + 1
}

// checkSeparator reports what is wrong between a key and its value.
func (x *examiner) checkSeparator(n, at int, key separator) {
	text := x.lines[n]
	if key.message != "" {
		with := ": "
		if at+key.to == len(text) {
			with = ":"
		}
		x.add(n, at+key.from, at+key.to, with, at+key.from, key.message)
	} else if gap := text[at+key.from : at+key.to]; strings.ContainsAny(gap, "\t　\u00a0") {
		x.add(n, at+key.from, at+key.to, ": ", at+key.from+1, "冒号后面是制表符（Tab）或全角空格")
	}
}

// lead is the blanks that a line begins with.
func lead(line string) string { return line[:len(line)-len(strings.TrimLeft(line, blanks))] }

// width is how far a text indents: a tab and a full-width space count as two.
func width(blanks string) int {
	return utf8.RuneCountInString(blanks) + strings.Count(blanks, "\t") + strings.Count(blanks, "　")
}

var (
	tightDash = regexp.MustCompile(`^-[\pL{\["'“【［｛]`)
	wideDash  = regexp.MustCompile(`^[－—–•·●][` + blanks + `]*`)
	goodDash  = regexp.MustCompile(`^-(?:[` + blanks + `]+|$)`)
)

// dashOf returns the length of a dash that begins a list's entry with the
// blanks behind it, and what it should be where it is not right.
func dashOf(text string) (skip int, with string) {
	if m := goodDash.FindString(text); m != "" {
		if strings.ContainsAny(m, "\t　\u00a0") {
			return len(m), "- "
		}
		return len(m), ""
	}
	if tightDash.MatchString(text) {
		return 1, "- "
	}
	if m := wideDash.FindString(text); m != "" {
		return len(m), "- "
	}
	return 0, ""
}

// separator is what stands between a key and its value: bytes of the text.
type separator struct {
	from, to int
	message  string // why it is none
}

const (
	wideColon  = "冒号“：”是全角的"
	otherColon = "键和值之间是“%s”，应当是冒号"
	noDash     = "这一项前面没有短横"
	tightColon = "冒号后面要空一格"
)

// colonLike are characters that look like a colon and are used for nothing else.
const colonLike = "∶﹕︰︓꞉ː"

// longestKey bounds what can be a key, in characters.
const longestKey = 60

// splitKey finds where an entry's key ends: the first colon, as it should be or
// not.
func splitKey(text string) (s separator, ok bool) {
	if text == "" || strings.ContainsRune("{[｛［【", firstRune(text)) {
		return s, false
	}
	from := 0
	if text[0] == '"' || text[0] == '\'' {
		from = closing(text) + 1
		rest := strings.TrimLeft(text[from:], " ")
		if from += len(text[from:]) - len(rest); !startsWithColon(rest) {
			return s, false
		}
	}
	if i := strings.Index(text, " #"); i >= 0 {
		text = text[:i]
	}
	for i, r := range text {
		if i == 0 && startsWithColon(text) {
			return s, false
		}
		if s, ok := separatorAt(text, i, r); ok && i >= from {
			sure := s.message != wideColon && s.message != tightColon
			return s, sure || utf8.RuneCountInString(text[:i]) <= longestKey
		}
	}
	return s, false
}

func startsWithColon(text string) bool {
	return strings.HasPrefix(text, ":") || strings.HasPrefix(text, "：")
}

// separatorAt reads what separates a key from its value, where the character at
// a byte does.
func separatorAt(text string, i int, r rune) (s separator, ok bool) {
	_, size := utf8.DecodeRuneInString(text[i:])
	rest := text[i+size:]
	switch {
	case strings.ContainsRune(colonLike, r) && i > 0:
		return separator{i, len(text) - len(strings.TrimLeft(rest, blanks)), fmt.Sprintf(otherColon, string(r))}, true
	case r == '：':
		return separator{i, len(text) - len(strings.TrimLeft(rest, ":："+blanks)), wideColon}, true
	case r != ':':
		return s, false
	case rest == "" || strings.ContainsRune(" \t　", firstRune(rest)):
		if before := strings.TrimRight(text[:i], blanks); strings.ContainsAny(text[len(before):i], "\t　\u00a0") {
			return separator{len(before), afterBlanks(text, i+1), "冒号前面有制表符（Tab）或全角空格"}, true
		}
		return separator{i, afterBlanks(text, i+1), ""}, true
	case strings.HasPrefix(rest, "//") || isDigit(text[i-1]) && isDigit(rest[0]):
		return s, false // an address, a time of day
	}
	return separator{i, len(text) - len(strings.TrimLeft(rest, ":："+blanks)), tightColon}, true
}

// inList reports whether an entry of a list, and nothing else, begins at a
// column.
func (x *examiner) inList(column int) bool {
	in := false
	for _, l := range x.stack {
		if l.column == column {
			if !l.dash {
				return false
			}
			in = true
		}
	}
	return in
}

// strayDash reports whether a dash stands before an entry of a mapping, whose
// other entries have none.
func (x *examiner) strayDash(n, column int) bool {
	above := slices.IndexFunc(x.stack, func(l level) bool { return l.column == column })
	if x.opens || above < 0 || x.stack[above].dash || x.inList(column) {
		return false
	}
	for _, text := range x.lines[n+1 : min(len(x.lines), n+mostBelow)] {
		body := strings.TrimLeft(text, blanks)
		if body == "" || body[0] == '#' {
			continue
		}
		if indent := width(lead(text)); indent >= column {
			skip, _ := dashOf(body)
			return indent == column && skip == 0
		}
		break
	}
	return len(x.stack[above].lines) > 1
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func firstRune(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

func afterBlanks(text string, from int) int {
	return len(text) - len(strings.TrimLeft(text[from:], blanks))
}

// isEntry reports whether a line at a column would begin an entry of a block
// that is open there.
func (x *examiner) isEntry(column int) bool {
	return slices.ContainsFunc(x.stack, func(l level) bool { return l.column == column && !l.dash })
}

var (
	spaced = regexp.MustCompile(`^([^\s　"'#]+)[ 　]+([^\s　#].*)$`)
	// instead is another mark where the colon should be.
	instead = regexp.MustCompile(`^([\pL\pN“”（）()/_-]+)[` + blanks + `]*([；;=＝，,、→]|—+)[` + blanks + `]*(\S.*)$`)
)

// missingColon takes a line that should be an entry and has no colon.
func (x *examiner) missingColon(n, at int) bool {
	text := x.lines[n]
	if m := instead.FindStringSubmatchIndex(text[at:]); m != nil {
		x.add(n, at+m[3], at+m[6], ": ", at+m[4], fmt.Sprintf(otherColon, text[at+m[4]:at+m[5]]))
		return true
	}
	if m := spaced.FindStringSubmatchIndex(text[at:]); m != nil {
		x.add(n, at+m[3], at+m[4], ": ", at+m[3], "这一行缺少冒号")
		return true
	}
	body := strings.TrimRight(text, blanks)
	if x.isEntry(width(text[:at])) && !strings.ContainsAny(body[at:], "\"'{[") {
		x.add(n, len(body), len(text), ":", len(body), "这一行缺少冒号")
		return true
	}
	return false
}

// place finds the block that an entry belongs to by its column, and returns the
// column that it should have.
func (x *examiner) place(n, column int, dash bool) int {
	opens := x.opens
	x.opens = false
	var gone *level
	for len(x.stack) > 0 && x.top().column > column {
		gone = x.pop()
	}
	if len(x.stack) > 0 && x.top().column == column && x.top().dash && !dash {
		x.pop() // a list that stands at the column of its key ends
	}
	to := x.enter(n, column, dash, opens, gone)
	lead := lead(x.lines[n])
	if foreign := strings.Trim(lead, " ") != ""; foreign || to != column {
		message, at := "缩进不对：应当与同级的行左边对齐", len(lead)
		if foreign {
			at = strings.IndexFunc(lead, func(r rune) bool { return r != ' ' })
			message = "缩进里有制表符（Tab）"
			if lead[at] != '\t' {
				message = "缩进里有全角空格"
			}
		}
		x.add(n, 0, len(lead), strings.Repeat(" ", to), at, message)
	}
	x.top().lines = append(x.top().lines, n)
	return to
}

// enter makes the last of the stack the block that an entry at a column belongs to,
// and returns the column that it should have; gone is the outermost block that ends
// before it.
func (x *examiner) enter(n, column int, dash, opens bool, gone *level) int {
	top := &level{column: -1}
	if len(x.stack) > 0 {
		top = x.top()
	}
	switch deeper := top.column < column; { // flat: one case a way to stand in or out
	case deeper && gone != nil && x.fewer(gone, n):
		x.align(gone, column, dash)
	case len(x.stack) == 0, deeper && opens && gone == nil, !deeper && dash && !top.dash && opens:
		x.stack = append(x.stack, level{column: column, dash: dash})
	case !deeper && dash && !top.dash && len(top.lines) == 1:
		at := len(lead(x.lines[top.lines[0]]))
		x.add(top.lines[0], at, at, "- ", at, noDash)
		top.dash = true
	case !deeper:
	case gone == nil && len(x.stack) > 1 && len(top.lines) == 1 && top.dash == dash && x.fewer(top, n):
		x.align(x.pop(), column, dash)
	case gone == nil && x.unindented(n, column):
	case gone != nil && (gone.column-column <= column-top.column || top.dash && !dash):
		x.stack = append(x.stack, *gone)
		return gone.column
	default:
		return top.column
	}
	return column
}

// align moves the entries of a level to the column of those below, which are more.
func (x *examiner) align(above *level, column int, dash bool) {
	for _, line := range above.lines {
		indent := len(lead(x.lines[line]))
		x.add(line, 0, indent, strings.Repeat(" ", column), indent, "缩进不对：应当与下面的行左边对齐")
	}
	x.stack = append(x.stack, level{column: column, dash: dash, lines: above.lines})
}

// unindented takes the entry above for the first of the block that the one above
// it opens, where this one is indented as it should be.
func (x *examiner) unindented(n, column int) bool {
	lines := x.top().lines
	if len(lines) < 2 || !slices.Contains(x.began, lines[len(lines)-2]) || slices.Contains(x.began, lines[len(lines)-1]) {
		return false
	}
	line := lines[len(lines)-1]
	x.top().lines = lines[:len(lines)-1]
	x.add(line, 0, len(lead(x.lines[line])), strings.Repeat(" ", column), 0, "缩进不对：应当与下面的行左边对齐")
	x.stack = append(x.stack, level{column: column, lines: []int{line}})
	return true
}

func (x *examiner) top() *level { return &x.stack[len(x.stack)-1] }

func (x *examiner) pop() *level {
	last := *x.top()
	x.stack = x.stack[:len(x.stack)-1]
	return &last
}

// fewer reports whether the entries above are fewer than those that begin here
// with the same indentation, so that it is those above that stand wrong.
func (x *examiner) fewer(above *level, n int) bool {
	below, own := 0, width(lead(x.lines[n]))
	for _, text := range x.lines[n:min(len(x.lines), n+mostBelow)] {
		indent := width(lead(text))
		if strings.TrimSpace(text) != "" && indent < own {
			break
		}
		if indent == own {
			below++
		}
	}
	return len(above.lines) < below
}

var blockScalar = regexp.MustCompile(`^[|>][-+0-9]*\s*(?:#.*)?$`)

// value examines what stands behind a key or a dash; the lines below that are
// deeper than own can belong to it.
func (x *examiner) value(n, from, own int) int {
	text := x.lines[n]
	v := strings.TrimRight(text[from:], blanks)
	if v == "" || v[0] == '#' {
		x.opens, x.began = true, append(x.began, n)
		return n + 1
	}
	end := from + len(v)
	if i := strings.Index(v, " #"); i >= 0 {
		end = from + len(strings.TrimRight(v[:i], blanks))
	}
	switch c := firstRune(v); {
	case blockScalar.MatchString(v):
		return x.below(n+1, own)
	case strings.ContainsRune("\"'", c):
		return x.quote(n, from, own)
	case c == '{' || c == '[', wideBrackets[c] != 0 && closesAlone(v[utf8.RuneLen(c):], c), (c == '(' || c == '（') && roundEntries.MatchString(v):
		return x.flow(n, from, own)
	case strings.ContainsRune("“‘＂", c):
		if inner, last := quotedWide(text[from:end]); inner < 0 {
			x.add(n, from, end, quoted(strings.TrimLeft(text[from:end], "“‘＂")), from, unclosedQuote)
		} else if last == end-from {
			x.add(n, from, end, quoted(strings.TrimSuffix(strings.TrimRight(text[from+inner:end], "”’＂\""), "”")), from, "引号是全角的")
		}
	case strings.ContainsRune("%@`&*!,|>]}", c), strings.HasPrefix(v, "- "), strings.HasPrefix(v, "? "):
		x.add(n, from, end, quoted(text[from:end]), from, "值不能以“"+string(c)+"”开头")
		return n + 1
	}
	x.plainValue(n, from, end, v)
	return n + 1
}

// plainValue examines a value that begins with a word.
func (x *examiner) plainValue(n, from, end int, v string) {
	text := x.lines[n]
	if whole := text[from:end]; halfQuoted(whole) {
		x.add(n, from, end, quoted(strings.TrimRight(whole, "\"”＂")), from, unclosedQuote)
		return
	}
	if i := wideComment(v); i >= 0 {
		x.add(n, from+i, from+i+len("＃"), "#", from+i, "注释号“＃”是全角的")
		end = from + i
	}
	if i := colonIn(text[from:end]); i >= 0 && bareEntries.MatchString(text[from:end]) {
		x.pairs++
		x.add(n, from, from, "{", from, "几个键写在一行，要放进花括号").pair = x.pairs
		if !strings.HasSuffix(text[from:end], "}") {
			x.add(n, end, end, "}", from, "几个键写在一行，要放进花括号").pair = x.pairs
		}
	} else if i >= 0 {
		x.add(n, from, end, quoted(text[from:end]), from+i, "一行里有两个冒号")
	}
}

// below skips the lines of a value that goes on over them.
func (x *examiner) below(n, own int) int {
	for n < len(x.lines) && x.deeper(n, own) {
		n++
	}
	return n
}

func (x *examiner) deeper(n, own int) bool {
	text := x.lines[n]
	body := strings.TrimLeft(text, " ")
	return body == "" || len(text)-len(body) > own
}

// wideComment finds a full-width ＃ with a blank before it.
func wideComment(v string) int {
	for i := range v {
		if strings.HasPrefix(v[i:], "＃") && i > 0 && strings.TrimRight(v[:i], blanks) != v[:i] {
			return i
		}
	}
	return -1
}

// colonIn finds a colon that YAML takes for a key's: with a blank or nothing
// behind it.
func colonIn(v string) int {
	for i := range len(v) {
		if v[i] == ':' && (i+1 == len(v) || v[i+1] == ' ' || v[i+1] == '\t') {
			return i
		}
	}
	return -1
}

// quoted puts a text into quotes that it does not hold itself.
func quoted(text string) string {
	if !strings.ContainsAny(text, `"\`) {
		return `"` + text + `"`
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}

// closing returns the byte of the quote that closes the one a text begins with;
// -1 where there is none.
func closing(text string) int {
	mark := text[0]
	for i := 1; i < len(text); i++ {
		switch {
		case mark == '"' && text[i] == '\\':
			i++
		case text[i] != mark:
		case mark == '\'' && i+1 < len(text) && text[i+1] == mark:
			i++
		default:
			return i
		}
	}
	return -1
}

// quotedWide returns where the text within full-width quotes begins, and where
// the quote that closes them ends; -1 where they do not close.
func quotedWide(text string) (inner, end int) {
	open := firstRune(text)
	inner = utf8.RuneLen(open)
	closers := map[rune]string{'“': `”"＂`, '‘': `’'`, '＂': `＂"”`}[open]
	i := strings.IndexAny(text[inner:], closers)
	if i < 0 {
		return -1, -1
	}
	return inner, inner + i + utf8.RuneLen(firstRune(text[inner+i:]))
}

// halfQuoted reports whether a text without quotes at its start has one at its
// end that closes nothing.
func halfQuoted(text string) bool {
	last, size := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune("\"”＂", last) && !strings.ContainsAny(text[:len(text)-size], "\"“＂")
}

const unclosedQuote = "引号没有配对"

// quote examines a value in quotes, which may go on over lines.
func (x *examiner) quote(n, from, own int) int {
	text := x.lines[n]
	body := strings.TrimRight(text, blanks)
	if end := closing(body[from:]); end >= 0 {
		if rest := strings.TrimLeft(body[from+end+1:], blanks); rest != "" && rest[0] != '#' {
			x.add(n, from, len(body), quoted(body[from:]), from, "引号后面还有字")
		}
		return n + 1
	}
	for m := n + 1; m < min(len(x.lines), n+mostBelow) && x.deeper(m, own); m++ {
		whole := strings.TrimRight(text[from:from+1]+x.lines[m], blanks)
		if end := closing(whole); end >= 0 {
			if end == len(whole)-1 {
				return m + 1
			}
			break
		}
	}
	last, size := utf8.DecodeLastRuneInString(body)
	to := len(body)
	if strings.ContainsRune("”’＂", last) {
		to -= size
	}
	x.add(n, to, len(body), text[from:from+1], from, unclosedQuote)
	return n + 1
}

// quantityGroups is the rest of a number after its first group of digits.
var quantityGroups = regexp.MustCompile(`^(?:,[0-9]{3})+(?:[,，}｝\s]|$)`)

// wideEntry is what follows a full-width comma that should separate entries.
var wideEntry = regexp.MustCompile(`^[` + blanks + `]*[^,，:：{}\[\]]{1,20}[:：]`)

var (
	wideBrackets = map[rune]byte{'｛': '{', '［': '[', '【': '['}
	closers      = map[byte]byte{'{': '}', '[': ']'}
	wideClosers  = map[rune]byte{'｝': '}', '］': ']', '】': ']'}
	// bareEntries are entries without brackets.
	bareEntries = regexp.MustCompile(`^[^\s:：,，{]{1,20}:\s[^:,]*,\s*[^\s:：,，]{1,20}:\s`)
	// nextEntry is a value, and the key of the next entry without a comma
	// between them.
	nextEntry = regexp.MustCompile(`^(.*[^\s　])[ 　]+[^\s　]{1,20}$`)
	// roundEntries are entries in round brackets.
	roundEntries = regexp.MustCompile(`^[(（][` + blanks + `]*[^()（）:：]{1,20}[:：].*[)）]$`)
)

// bracket is one that is open.
type bracket struct {
	kind     byte // { or [
	line, at int
	pair     int  // of a bracket that is none
	round    bool // it is ( or （
}

// flowing examines a value in brackets.
type flowing struct {
	*examiner
	open  []bracket
	n     int // the line
	i     int // the byte of the line
	token int // where the word began that the byte is in; -1 before a word
	ended int // where a value in brackets began that has ended; -1 for none
	nest  int // brackets of a text that are open in the word
	keyed bool
}

// flow examines a value in brackets, which may go on over lines.
func (x *examiner) flow(n, from, own int) int {
	f := &flowing{examiner: x, n: n, i: from, token: -1, ended: -1}
	before := len(x.slips)
	for {
		text := x.lines[f.n]
		for f.i < len(text) {
			if isComment(text, f.i) {
				break
			}
			if f.step(text); len(f.open) > 0 {
				continue
			}
			rest := strings.Trim(text[f.i:], blanks)
			switch {
			case rest == "":
			case strings.Trim(rest, "]}］】｝\"'”’") == "":
				x.add(f.n, f.i, len(text), "", f.i, "多了一个括号或引号")
			case rest[0] != '#' && f.n == n:
				x.slips = x.slips[:before]
				whole := strings.TrimRight(text[from:], blanks)
				x.add(n, from, from+len(whole), quoted(whole), from, "括号后面还有字")
			}
			return f.n + 1
		}
		next := f.n + 1
		for next < len(x.lines) && strings.TrimLeft(x.lines[next], blanks) == "" {
			next++
		}
		if next >= len(x.lines) || !x.deeper(next, own) && !strings.ContainsAny(x.lines[next][:1], "]}") {
			f.unclosed(text)
			return f.n + 1
		}
		f.n, f.i, f.token, f.ended = next, 0, -1, -1
	}
}

// isComment reports whether a comment begins at a byte of a value.
func isComment(text string, at int) bool {
	return text[at] == '#' && at > 0 && strings.Contains(blanks, text[at-1:at])
}

// unclosed closes what is open at the end of a line.
func (f *flowing) unclosed(text string) {
	end := len(strings.TrimRight(text[:f.i], blanks))
	with := ""
	for _, b := range slices.Backward(f.open) {
		with += string(closers[b.kind])
	}
	last := f.open[len(f.open)-1]
	message := "花括号 { 没有配上 }"
	if last.kind == '[' {
		message = "方括号 [ 没有配上 ]"
	}
	at := end
	if last.line == f.n {
		at = last.at
	}
	f.add(f.n, end, end, with, at, message)
}

func (f *flowing) kind() byte {
	if len(f.open) == 0 {
		return 0
	}
	return f.open[len(f.open)-1].kind
}

// step takes one character, or what belongs to it.
func (f *flowing) step(text string) { // flat: one case a kind of character
	c, size := utf8.DecodeRuneInString(text[f.i:])
	rest := text[f.i+size:]
	fresh := f.token < 0
	rounds := len(f.open) > 0 && f.open[len(f.open)-1].round
	opens := wideBrackets[c] != 0 || rounds && (c == '(' || c == '（')
	closes := wideClosers[c] != 0 || rounds && (c == ')' || c == '）')
	switch {
	case strings.ContainsRune(blanks, c):
		f.i += size
	case (c == '[' || c == '{') && !fresh || f.ended >= 0 && !strings.ContainsRune(",，、；;：:]}］】｝)）", c):
		f.bracketsInWord(text)
	case len(f.open) == 0 && (c == '(' || c == '（'):
		f.paired(size, "{", bracket{kind: '{', line: f.n, at: f.i, round: true})
		f.endWord(size)
	case fresh && (c == '"' || c == '\''):
		f.quotedWord(text, rest, c)
	case fresh && strings.ContainsRune("“‘＂", c):
		f.wideQuotedWord(text, size)
	case fresh && (c == '{' || c == '['):
		f.open = append(f.open, bracket{kind: byte(c), line: f.n, at: f.i})
		f.endWord(size)
	case fresh && wideBrackets[c] != 0 && closesAlone(rest, c):
		f.paired(size, string(wideBrackets[c]), bracket{kind: wideBrackets[c], line: f.n, at: f.i})
		f.endWord(size)
	case opens:
		f.nest++
		f.word(size)
	case f.nest > 0 && closes:
		f.nest--
		f.word(size)
	case c == '}' || c == ']' || closes:
		f.closeBracket(c, size)
	case c == ',':
		f.comma(text)
	case c == '，' || c == '；' || c == '、' && f.kind() == '[':
		f.wideComma(text, rest, c)
	case (c == '：' || c == ':') && f.kind() == '{' && !fresh:
		f.colonOf(text, rest, c)
	default:
		f.word(size)
	}
}

// endWord goes on behind what ends a word.
func (f *flowing) endWord(skip int) {
	f.i, f.token, f.ended, f.nest, f.keyed = f.i+skip, -1, -1, 0, false
}

// bracketsInWord takes a word with brackets: a bracket is no part of one, nor does
// a word follow one.
func (f *flowing) bracketsInWord(text string) {
	from := f.token
	if f.ended >= 0 {
		from = f.ended
	}
	to := f.i + wordEnd(text[f.i:])
	f.slips = slices.DeleteFunc(f.slips, func(s slip) bool { return s.line == f.n && s.from >= from })
	f.add(f.n, from, to, quoted(strings.TrimRight(text[from:to], blanks)), from, "值里有括号")
	f.i, f.ended, f.token = to, -1, from
}

func (f *flowing) quotedWord(text, rest string, mark rune) {
	f.token = f.i
	if e := closing(text[f.i:]); e >= 0 {
		f.i += e + 1
		return
	}
	stop := strings.IndexAny(rest, ",]}")
	for i := range rest[:max(stop, 0)] {
		if after, ok := strings.CutPrefix(rest[i:], "，"); ok && (f.kind() == '[' || wideEntry.MatchString(after)) {
			stop = i
			break
		}
	}
	if stop < 0 {
		stop = len(strings.TrimRight(rest, blanks))
	}
	at := f.i + 1 + stop
	f.add(f.n, at, at, string(mark), f.i, unclosedQuote)
	f.i = at
}

func (f *flowing) wideQuotedWord(text string, size int) {
	f.token = f.i
	inner, e := quotedWide(text[f.i:])
	after := ""
	if e >= 0 {
		after = strings.TrimLeft(text[f.i+e:], blanks)
	}
	if e < 0 || after != "" && !strings.ContainsRune(",，]}】］｝:：", firstRune(after)) {
		f.i += size
		return
	}
	within := strings.TrimRight(text[f.i+inner:f.i+e], "”’＂\"'")
	f.add(f.n, f.i, f.i+e, quoted(within), f.i, "引号是全角的")
	f.i += e
}

// closeBracket closes the last bracket, whatever mark it is written with.
func (f *flowing) closeBracket(c rune, size int) {
	last := f.open[len(f.open)-1]
	if want := closers[last.kind]; want != byte(c) || size > 1 {
		message := "括号没有配对：应当是 " + string(want)
		if size > 1 {
			message = "括号是全角的"
		}
		f.add(f.n, f.i, f.i+size, string(want), f.i, message).pair = last.pair
	}
	f.open = f.open[:len(f.open)-1]
	f.i += size
	f.token, f.keyed = f.i, f.kind() == '{'
	if last.line == f.n {
		f.ended = last.at
	}
}

func (f *flowing) comma(text string) {
	if f.kind() == '{' && f.keyed && f.token >= 0 && quantityGroups.MatchString(text[f.i:]) && strings.Trim(text[f.token:f.i], "0123456789,") == "" {
		f.add(f.n, f.i, f.i+1, "", f.i, "数量里有千分位分隔符")
		f.i++
		return
	}
	f.endWord(1)
}

// wideComma takes a full-width mark, which may separate entries or be part of a
// word.
func (f *flowing) wideComma(text, rest string, c rune) {
	if f.token < 0 || f.kind() != '[' && !wideEntry.MatchString(rest) {
		f.word(utf8.RuneLen(c))
		return
	}
	end := afterBlanks(text, f.i+utf8.RuneLen(c))
	f.add(f.n, f.i, end, ", ", f.i, "列举用的逗号“"+string(c)+"”应当是半角的")
	f.endWord(end - f.i)
}

// colonOf takes a colon behind a word within braces, which ends a key or is part of
// a value.
func (f *flowing) colonOf(text, rest string, c rune) {
	size := utf8.RuneLen(c)
	blank := rest == "" || strings.ContainsRune(blanks+",}", firstRune(rest))
	switch { // flat: one case a place of a colon
	case !f.keyed && rest != "" && strings.ContainsRune(":：", firstRune(rest)):
		end := len(text) - len(strings.TrimLeft(rest, ":："+blanks))
		f.add(f.n, f.i, end, ": ", f.i, "键和值之间有两个冒号")
		f.keyed, f.token, f.i = true, -1, end
	case c == '：' && f.keyed:
		f.word(size)
	case c == '：':
		f.add(f.n, f.i, afterBlanks(text, f.i+size), ": ", f.i, wideColon)
		f.colon(text, size)
	case !f.keyed && !blank && !strings.HasPrefix(rest, "//"):
		f.add(f.n, f.i, f.i+1, ": ", f.i, tightColon)
		f.colon(text, size)
	case !f.keyed && blank:
		f.colon(text, size)
	case f.keyed && blank && nextEntry.MatchString(text[f.token:f.i]):
		at := f.token + nextEntry.FindStringSubmatchIndex(text[f.token:f.i])[3]
		f.add(f.n, at, at, ",", at, "两项之间缺一个逗号")
		f.colon(text, size)
	case f.keyed && blank:
		stop := strings.IndexAny(text[f.i:], ",}，｝")
		if stop < 0 {
			stop = len(text) - f.i
		}
		f.add(f.n, f.token, f.i+stop, quoted(strings.TrimRight(text[f.token:f.i+stop], blanks)), f.i, "一个值里有冒号")
		f.i += stop
	default:
		f.word(size)
	}
}

// paired opens a bracket that is not the right one.
func (f *flowing) paired(size int, with string, b bracket) {
	f.pairs++
	b.pair = f.pairs
	message := "括号是全角的"
	if b.round {
		message = "括号应当是花括号"
	}
	f.add(f.n, f.i, f.i+size, with, f.i, message).pair = b.pair
	f.open = append(f.open, b)
}

// wordEnd returns where a word with brackets in it ends: before a comma or a
// bracket that closes what the word is in.
func wordEnd(text string) int {
	depth := 0
	for i, c := range text {
		switch c {
		case '[', '{':
			depth++
		case ']', '}':
			if depth == 0 {
				return i
			}
			depth--
		case ',':
			if depth == 0 {
				return i
			}
		}
	}
	return len(text)
}

func (f *flowing) word(size int) {
	if f.token < 0 {
		f.token = f.i
	}
	f.i += size
}

// colon ends a key.
func (f *flowing) colon(text string, size int) {
	f.keyed, f.token = true, -1
	f.i = afterBlanks(text, f.i+size)
}

// closesAlone reports whether a full-width bracket closes right before a comma,
// another bracket or the end, so that it is no part of a text.
func closesAlone(rest string, open rune) bool {
	i := strings.IndexAny(rest, map[rune]string{'｛': "｝}", '［': "］]", '【': "】]"}[open])
	if i < 0 {
		return true
	}
	after := strings.TrimLeftFunc(rest[i+utf8.RuneLen(firstRune(rest[i:])):], unicode.IsSpace)
	return after == "" || strings.ContainsRune(",，]}】］｝#", firstRune(after))
}
