package source

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
)

// readYAML reads a text of YAML that starts at a line of a file, and shows it to
// do, which may be shown it again and must start from nothing each time.
//
// Where something is wrong in it, the slips are reported that make fewer things
// wrong once they are mended, each on its line and mended; what is read is then
// the mended text, so that whatever else is wrong comes at once. Such a text is
// not sound: nobody said that the mended one is what was meant.
func (r *reader) readYAML(file string, text []byte, firstLine int, do func(*object)) (read, sound bool) {
	before, from, resolved := *r.c, len(r.findings), len(r.resolved)
	try := func(text []byte) damage {
		*r.c, r.findings, r.resolved = before, r.findings[:from], r.resolved[:resolved]
		node := r.parseYAML(file, text, firstLine)
		if node != nil {
			do(r.object(file, node))
		}
		return weigh(r.findings[from:], node != nil, firstLine)
	}
	first := try(text)
	if first.weight == 0 {
		return true, true
	}
	slips, tried := needed(text, first, try)
	if len(slips) == 0 {
		if tried {
			try(text)
		}
		return !first.unread, !first.unread
	}
	slips = unquoted(text, slips, try)
	mended := mend(text, slips)
	read = !try(mended).unread
	m := mending{file: file, firstLine: firstLine, slips: slips, was: strings.Split(string(text), "\n"), is: strings.Split(string(mended), "\n")}
	left := slices.Clone(r.findings[from:])
	r.findings = r.findings[:from]
	m.report(r)
	m.reportOthers(r, left)
	return read, false
}

// mending is a text with its slips, line by line as it was and as it is mended.
type mending struct {
	file      string
	firstLine int
	slips     []slip
	was, is   []string
}

// report reports the slips, those of a line together.
func (m *mending) report(r *reader) {
	for n, s := range m.slips {
		if n > 0 && m.slips[n-1].line == s.line {
			continue
		}
		was, is := m.was[s.line], m.is[s.line]
		r.fail("yaml-syntax", campaign.Position{File: m.file, Line: s.line + m.firstLine, Column: utf8.RuneCountInString(was[:s.at]) + 1},
			strings.Join(messages(m.slips[n:]), "；"), "改成："+is+indented(was, is)).Mend = campaign.Position{File: m.file, Line: s.line + m.firstLine}.MendLine(was, is)
	}
}

// reportOthers adds what is wrong in the mended text, where that is not on a
// line whose mending was guessed, and does not come from it.
func (m *mending) reportOthers(r *reader, left []campaign.Finding) {
	slipped, guessed := map[int]bool{}, map[int]bool{}
	for _, s := range m.slips {
		slipped[s.line] = true
		guessed[s.line] = guessed[s.line] || s.to > s.from && strings.HasPrefix(s.with, `"`) || s.message == unclosedQuote
	}
	for _, f := range left {
		n := f.At.Line - m.firstLine
		on := f.At.File == m.file && slipped[n]
		if on && (guessed[n] || f.Rule == "wrong-type" || f.Rule == "yaml-syntax") {
			continue // the line has been told
		}
		if on {
			f.At.Column = columnBefore(m.was[n], m.is[n], f.At.Column)
		}
		r.findings = append(r.findings, f)
	}
}

// messages returns what is wrong on the line of the first slip.
func messages(slips []slip) (list []string) {
	for _, s := range slips {
		if s.line != slips[0].line {
			break
		}
		if !slices.Contains(list, s.message) {
			list = append(list, s.message)
		}
	}
	return list
}

// indented says how far a line indents where that is what was mended: it cannot
// be seen.
func indented(was, is string) string {
	if lead(was) == lead(is) {
		return ""
	}
	if n := len(lead(is)); n > 0 {
		return "（前面空 " + string(rune('0'+n%10)) + " 格）"
	}
	return "（顶格写）"
}

// columnBefore returns the column of a line that is now at another one.
func columnBefore(was, is string, column int) int {
	a, b := []rune(was), []rune(is)
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	if column <= same {
		return column
	}
	return max(min(same, len(a))+1, len(a)-(len(b)-column))
}

// damage is how much is wrong in a text.
type damage struct {
	unread bool // it is no YAML
	line   int  // of the text, from 0, where that shows
	weight int
}

// compare orders faults; the further a text can be read, the less is wrong.
func (f damage) compare(g damage) int {
	return cmp.Or(cmp.Compare(f.weight, g.weight), cmp.Compare(g.line, f.line))
}

// weigh tells how much findings say: a structure that is not what it should be
// hides what a wrong value shows.
func weigh(findings []campaign.Finding, read bool, firstLine int) (f damage) {
	if !read {
		return damage{unread: true, weight: 1 << 20, line: findings[0].At.Line - firstLine}
	}
	for _, x := range findings {
		switch {
		case x.Level != campaign.Error:
		case x.Rule == "yaml-syntax":
			f.weight += 200
		case x.Rule == "wrong-type":
			f.weight += 100
		case x.Rule == "unknown-key" || x.Rule == "unknown-row":
			f.weight += 10
		default:
			f.weight++
		}
	}
	return f
}

// mostTried bounds the bytes that are read again to find which slips matter.
const mostTried = 2 << 20

// needed returns the slips of a text that have to be mended for fewer things to
// be wrong; tried reports whether a mended text was read.
func needed(text []byte, first damage, try func([]byte) damage) (slips []slip, tried bool) {
	slips = examine(text)
	if len(slips) == 0 || len(text) > mostTried {
		return nil, false
	}
	whole := try(mend(text, slips))
	if whole.unread {
		// What is wrong first is none of them: those behind it are not known.
		slips = slices.DeleteFunc(slips, func(s slip) bool { return s.line > whole.line })
		whole = try(mend(text, slips))
	}
	if whole.compare(first) >= 0 {
		// Some are no slips, and mending them does harm.
		slips, whole = helping(text, slips, first, try)
	}
	if len(slips) == 0 || whole.compare(first) >= 0 {
		return nil, true
	}
	if len(text)*len(slips) > mostTried {
		return slips, true
	}
	for n := len(slips) - 1; n >= 0; n-- {
		if n >= len(slips) {
			continue // went with its pair
		}
		fewer := without(slips, slips[n])
		if left := try(mend(text, fewer)); left.compare(whole) <= 0 {
			slips, whole = fewer, left
		}
	}
	return slips, true
}

// unquoted has a quote that is not closed deleted where that leaves less wrong
// than closing it: quantities have none.
func unquoted(text []byte, slips []slip, try func([]byte) damage) []slip {
	lines := strings.Split(string(text), "\n")
	for n, s := range slips {
		if s.message != unclosedQuote || s.at == s.from || !strings.ContainsAny(lines[s.line][s.at:s.at+1], "\"'") || len(text)*len(slips) > mostTried {
			continue
		}
		other := slices.Clone(slips)
		other[n].from, other[n].to, other[n].with = s.at, s.at+1, ""
		if try(mend(text, other)).compare(try(mend(text, slips))) < 0 {
			slips = other
		}
	}
	return slips
}

// helping returns the slips that make fewer things wrong each by itself.
func helping(text []byte, slips []slip, first damage, try func([]byte) damage) (some []slip, whole damage) {
	whole = first
	if len(text)*len(slips) > mostTried {
		return nil, first
	}
	for _, s := range slips {
		if slices.Contains(some, s) {
			continue
		}
		more := append(slices.Clone(some), s)
		for _, other := range slips {
			if s.pair > 0 && other.pair == s.pair && other != s {
				more = append(more, other)
			}
		}
		slices.SortStableFunc(more, inOrder)
		if now := try(mend(text, more)); now.compare(whole) < 0 {
			some, whole = more, now
		}
	}
	return some, whole
}

// without returns slips less one, and less its pair.
func without(slips []slip, one slip) []slip {
	return slices.DeleteFunc(slices.Clone(slips), func(s slip) bool { return s == one || s.pair > 0 && s.pair == one.pair })
}

func inOrder(a, b slip) int { return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.from, b.from)) }

// mend returns a text with slips mended, which are in the order of their places.
func mend(text []byte, slips []slip) []byte {
	lines := strings.Split(string(text), "\n")
	for n := 0; n < len(slips); {
		line := slips[n].line
		was, at := lines[line], 0
		var is strings.Builder
		for ; n < len(slips) && slips[n].line == line; n++ {
			if s := slips[n]; s.from >= at {
				is.WriteString(was[at:s.from])
				is.WriteString(s.with)
				at = s.to
			}
		}
		lines[line] = is.String() + was[at:]
	}
	return []byte(strings.Join(lines, "\n"))
}
