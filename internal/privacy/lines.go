package privacy

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Line is a line of a text: a paragraph, an item of a list, a line of a page, or a
// row of a table.
type Line struct {
	Text  string
	Cells []string // of a row, "" for an empty one
	Table int      // the rows of a table have its number, from 1; 0 for no row
}

// Located is a trace and where its first character stands: in which line and, in a
// row, in which cell, both from 0. Its column counts in the line or the cell.
type Located struct {
	Trace
	Line, Cell int
}

// Joined finds what stands in several lines or cells at once: a cue word in one and
// the name, the home or the number in the next, or below in its column, and a number
// in pieces. What one line or cell holds by itself is left to [Find].
func Joined(lines []Line) []Located {
	j := &joiner{lines: lines}
	for n, l := range lines {
		switch {
		case l.Table != 0:
			j.row(n)
		case n > 0 && lines[n-1].Table == 0:
			j.seam(n)
		}
	}
	j.figureLines()
	return j.found
}

type joiner struct {
	lines []Line
	table int
	top   int          // its first row
	heads map[int]part // of the table's columns
	found []Located
}

// part is a piece of a joined text.
type part struct {
	text       string
	gap        string // before it
	line, cell int
	column     int  // of its first character, from 0
	cut        bool // its line goes on
	wide       bool // the head of two columns
}

// onlyNothing joins the pieces of one word or number.
const onlyNothing = string(nothing)

// join reads parts as one text and takes what none of them holds by itself.
func (j *joiner) join(parts ...part) {
	text, starts := "", make([]int, len(parts)) // in characters
	for n, p := range parts {
		starts[n] = utf8.RuneCountInString(text + p.gap)
		text += p.gap + p.text
	}
	for _, t := range Find(text) {
		n := len(parts) - 1
		for n > 0 && starts[n] > t.Column-1 {
			n--
		}
		p, from := parts[n], t.Column-1-starts[n]
		behind := utf8.RuneCountInString(p.text) - from - utf8.RuneCountInString(t.Text) // characters of the part, or less than none
		if p.cut && (n == 0 && from == 0 || n == len(parts)-1 && behind <= 0) || behind >= 0 && isAlone(p.text, t, from) {
			continue
		}
		t.Text, t.Column = strings.ReplaceAll(t.Text, onlyNothing, ""), p.column+from+1
		j.found = append(j.found, Located{t, p.line, p.cell})
	}
}

// isAlone reports whether a text by itself holds a detail at a column, from 0.
func isAlone(text string, t Trace, column int) bool {
	return slices.ContainsFunc(Find(text), func(own Trace) bool { return own.What == t.What && own.Column == column+1 })
}

// row joins the cells of a row with the heads of their columns, and with each other.
func (j *joiner) row(n int) {
	l := j.lines[n]
	if l.Table != j.table {
		j.table, j.top, j.heads = l.Table, n, map[int]part{}
	}
	labels := map[int]part{}
	for c := 0; c < len(l.Cells); c++ {
		text := strings.TrimSpace(l.Cells[c])
		p := part{text: text, line: n, cell: c, gap: "\t", column: lead(l.Cells[c])}
		switch h, headed := j.heads[c]; {
		case text == "":
		case c+1 < len(l.Cells) && text == "姓" && strings.TrimSpace(l.Cells[c+1]) == "名":
			p.text, p.wide = "姓名", true
			labels[c] = p
		case isLabel(text):
			labels[c] = p
		case headed && h.wide && c+1 < len(l.Cells):
			j.join(h, p, part{text: strings.TrimSpace(l.Cells[c+1]), gap: onlyNothing, line: n, cell: c + 1})
		case headed:
			j.join(h, p)
		}
	}
	j.pieces(n)
	if len(labels) > 0 && len(Find(l.Text)) == 0 { // else the labels are of the cells beside them
		for c, p := range labels {
			j.heads[c] = p
		}
	}
}

func lead(s string) int {
	return utf8.RuneCountInString(s) - utf8.RuneCountInString(strings.TrimLeft(s, " \t　\u00a0"))
}

// pieces joins the cells of a row that hold the digits of one number, or the
// characters of one name.
func (j *joiner) pieces(n int) {
	l := j.lines[n]
	for c := 0; c < len(l.Cells); c++ {
		kind, run := pieceOf(l.Cells[c]), c+1
		for kind != 0 && run < len(l.Cells) && pieceOf(l.Cells[run]) == kind {
			run++
		}
		if run-c < 2 {
			continue
		}
		cue, cued := j.heads[c]
		if c > 0 && isLabel(l.Cells[c-1]) {
			cue, cued = part{text: l.Cells[c-1], line: n, cell: c - 1}, true
		}
		var parts []part
		for i, cell := range l.Cells[c:run] {
			parts = append(parts, part{text: strings.TrimSpace(cell), gap: onlyNothing, line: n, cell: c + i, column: lead(cell)})
		}
		switch {
		case kind == figure:
			j.figure(parts, cue, cued, run-c == filled(l.Cells) && !j.titled(n, c))
		case cued:
			parts[0].gap = "\t"
			j.join(append([]part{cue}, parts...)...)
		}
		c = run - 1
	}
}

// What a cell or line may be a piece of.
const (
	figure    = 1 + iota // of a number
	character            // of a name
)

// pieceOf returns what a cell may be a piece of; 0 for nothing.
func pieceOf(cell string) int {
	cell = strings.TrimSpace(cell)
	if first, _ := utf8.DecodeRuneInString(cell); len(cell) > 60 || !isHan(first) && !isDigit(foldRune(first)) || isHan(first) && len(cell) > utf8.RuneLen(first) {
		return 0
	}
	switch r := Fold(cell); {
	case len(r) == 1 && isHan(r[0]) && chineseDigits[r[0]] == 0:
		return character
	case len(r) == 0 || len(r) > 19 || slices.ContainsFunc(r, func(c rune) bool { return !isDigit(c) && upper(c) != 'X' && !isLetterO(c) }):
		return 0
	}
	return figure
}

func filled(cells []string) (n int) {
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

// titled reports whether the table has words at the top of a column, so that its
// numbers are of something.
func (j *joiner) titled(n, c int) bool {
	top := j.lines[j.top].Cells
	return n > j.top && c < len(top) && strings.ContainsFunc(top[c], isHan)
}

// figure joins the digits of a number where they are surely one: behind a cue, one in
// each piece, beside no other numbers, or in pieces of which a further one begins with 0.
func (j *joiner) figure(parts []part, cue part, cued, alone bool) {
	digits, sure := sizeOf(parts)
	if digits < fewestDigits || digits > longest || !cued && !alone && !sure {
		return
	}
	found := len(j.found)
	if cued {
		parts[0].gap = "\t"
		j.join(append([]part{cue}, parts...)...)
	} else {
		j.join(parts...)
	}
	j.found = slices.DeleteFunc(j.found, func(t Located) bool { // of those added
		found--
		return found < 0 && !cued && !(t.Certain && (t.What == "手机号" || t.What == "银行卡号" || t.What == "身份证号" && digits == 18))
	})
}

// sizeOf counts the digits of the pieces of a number, and reports whether they show by
// themselves that they are: one in each, or one beginning with 0 behind the first.
func sizeOf(parts []part) (digits int, sure bool) {
	single, zero := true, false
	for n, p := range parts {
		size := utf8.RuneCountInString(p.text)
		digits += size
		single = single && size == 1
		zero = zero || n > 0 && size > 1 && (p.text[0] == '0' || isLetterO(rune(p.text[0])))
	}
	return digits, single || zero
}

// figureLines joins the lines that hold the digits of one number: the items of a list.
func (j *joiner) figureLines() {
	var parts []part
	end := func() {
		if len(parts) > 1 {
			first := parts[0].line
			cue, cued := part{}, first > 0 && j.lines[first-1].Table == 0 && isLabel(j.lines[first-1].Text)
			if cued {
				cue = part{text: j.lines[first-1].Text, line: first - 1}
			}
			j.figure(parts, cue, cued, true)
		}
		parts = nil
	}
	for n, l := range j.lines {
		if l.Table != 0 || pieceOf(l.Text) != figure {
			end()
			continue
		}
		parts = append(parts, part{text: strings.TrimSpace(l.Text), gap: onlyNothing, line: n, column: lead(l.Text)})
	}
	end()
}

// window is how much of a line is read with the next one, in characters.
const window = 40

// seam joins a line with the one before.
func (j *joiner) seam(n int) {
	before, after := strings.TrimRight(j.lines[n-1].Text, " \t　\u00a0\x01"), strings.TrimLeft(j.lines[n].Text, " \t　\u00a0")
	labelled := endsLabel(before) || isLabel(before)
	if !labelled && !mayGoOn(before, after) {
		return
	}
	gap := onlyNothing
	if labelled {
		gap = "\t"
	}
	a, b := []rune(before), []rune(after)
	from, to := max(0, len(a)-window), min(len(b), window)
	j.join(part{text: string(a[from:]), line: n - 1, column: lead(j.lines[n-1].Text) + from, cut: from > 0},
		part{text: string(b[:to]), gap: gap, line: n, column: lead(j.lines[n].Text), cut: to < len(b)})
}

// mayGoOn reports whether a number, a cue word or a name may go on over a line's end.
func mayGoOn(before, after string) bool {
	last, size := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	if last >= 0x10000 || first >= 0x10000 {
		return false
	}
	const of = asciiDigit | chineseMark
	if marks[last]&of != 0 && marks[first]&of != 0 {
		return true
	}
	if !isHan(last) || !isHan(first) && first != ':' && first != '：' {
		return false
	}
	if at := strings.IndexAny(after[:min(len(after), 24)], ":："); at >= 0 { // 法定代表 / 人：王小明
		return !endsLabel(after[:at]) && endsLabel(before+after[:at])
	}
	for k := 0; k < 3; k++ { // 法定代表人：王 / 小明
		before = before[:len(before)-size]
		if last, size = utf8.DecodeLastRuneInString(before); size == 0 {
			return false
		}
		if endsLabel(before) {
			return true
		}
		if !isHan(last) {
			return false
		}
	}
	return false
}

// labels are the cue words of all kinds by their last character.
var labels = func() map[rune][]string {
	var documents []string
	for _, a := range apps {
		documents = append(documents, a.cue, a.cue+"号", a.cue+"号码", a.cue+"编号")
	}
	return byLast(slices.Concat(nameCues, homeCues, phoneCues, identityCues, cardCues, documents, births, []string{"手机号码", "电话号码", "联系电话", "证号", "邮箱", "车牌号"}))
}()

// endsLabel reports whether a text ends with a cue word, and marks behind it.
func endsLabel(text string) bool {
	text = strings.TrimRight(text, ":： \t　\u00a0*_|")
	if len(text) > 4*longestCue {
		cut := len(text) - 4*longestCue
		for !utf8.RuneStart(text[cut]) {
			cut++
		}
		text = text[cut:]
	}
	last, size := utf8.DecodeLastRuneInString(text)
	if last = foldRune(last); last == ')' {
		if open := strings.LastIndexAny(text, "(（"); open > 0 {
			return endsLabel(text[:open])
		}
	}
	return labels[last] != nil && endsWith(Ordinary(text[:len(text)-size]), last, labels)
}

// isLabel reports whether a cell or line is a label and nothing else.
func isLabel(text string) bool {
	if text = strings.TrimSpace(text); len(text) > 60 {
		return false
	}
	bare := strings.Map(func(r rune) rune {
		if f := foldRune(r); f == ' ' || f == nothing {
			return -1
		}
		return r
	}, text)
	return utf8.RuneCountInString(bare) <= 14 && endsLabel(bare)
}
