package manuscript

import (
	"regexp"
	"strconv"
	"strings"

	"wangjian/internal/prose"
)

// levels is how many levels a list of Word has.
const levels = 9

// listLevel is one level of a list's definition.
type listLevel struct {
	format string // decimal, chineseCounting, bullet …
	text   string // such as “第%1部分”
	start  int
	style  string // the paragraph style tied to the level
	legal  bool   // every number in Arabic digits
}

// definition is what lists have in common (w:abstractNum), and how far they have
// counted together.
type definition struct {
	levels  [levels]listLevel
	link    string // its numbering style
	counts  [levels]int
	started bool
}

// list is one numbered list (w:num): a definition, and where it starts anew.
type list struct {
	definition string
	starts     map[int]int
	own        map[int]listLevel
	begun      bool
}

func (l *list) level(i int, d *definition) listLevel {
	if own, ok := l.own[i]; ok {
		return own
	}
	return d.levels[i]
}

// numbering are a document's lists.
type numbering struct {
	definitions map[string]*definition
	lists       map[string]*list
	styles      *styles
}

func readNumbering(root *element, s *styles) *numbering {
	n := &numbering{map[string]*definition{}, map[string]*list{}, s}
	for _, e := range root.children {
		switch {
		case e.is("abstractNum"):
			d := &definition{link: e.val("numStyleLink")}
			for i := range d.levels {
				d.levels[i] = listLevel{format: "none", start: 1}
			}
			for _, l := range e.children {
				if at, ok := levelIndex(l); ok && l.is("lvl") {
					d.levels[at] = readListLevel(l)
				}
			}
			n.definitions[e.attr("abstractNumId")] = d
		case e.is("num"):
			one := &list{definition: e.val("abstractNumId"), starts: map[int]int{}, own: map[int]listLevel{}}
			for _, o := range e.children {
				at, ok := levelIndex(o)
				if !ok || !o.is("lvlOverride") {
					continue
				}
				if start, err := strconv.Atoi(o.val("startOverride")); err == nil {
					one.starts[at] = start
				}
				if l := o.child("lvl"); l != nil {
					one.own[at] = readListLevel(l)
				}
			}
			n.lists[e.attr("numId")] = one
		}
	}
	return n
}

func levelIndex(e *element) (int, bool) {
	at, err := strconv.Atoi(e.attr("ilvl"))
	return at, err == nil && at >= 0 && at < levels
}

func readListLevel(e *element) listLevel {
	l := listLevel{format: e.val("numFmt"), text: e.val("lvlText"), start: 1, style: e.val("pStyle"), legal: readToggle(e, "isLgl") == on}
	if start, err := strconv.Atoi(e.val("start")); err == nil && start >= 0 {
		l.start = start
	}
	if l.format == "" {
		// A format that only newer Word knows stands in a choice; what older
		// programs show instead comes last in it.
		e.walk(func(c *element) bool {
			if c.is("numFmt") && c.attr("val") != "custom" {
				l.format = c.attr("val")
			}
			return true
		})
	}
	return l
}

// mark is what a list puts before a paragraph.
type mark struct {
	bullet bool
	text   string // such as “（一）”; "" for a bullet
	depth  int
}

// next counts a paragraph of a list and returns its mark; nil where the list is
// not defined or shows nothing. level is -1 where the paragraph's style decides.
func (n *numbering) next(id string, level int, styleID string) *mark {
	one := n.lists[id]
	if one == nil {
		return nil
	}
	d := n.definitions[one.definition]
	if d != nil && d.link != "" {
		if linked := n.lists[n.styles.byNumber[d.link]]; linked != nil {
			d = n.definitions[linked.definition]
		}
	}
	if d == nil {
		return nil
	}
	if level < 0 {
		level = 0
		for i, l := range d.levels {
			if l.style != "" && l.style == styleID {
				level = i
			}
		}
	}
	one.count(d, level)
	l := one.level(level, d)
	switch {
	case l.format == "bullet":
		return &mark{bullet: true, depth: level}
	case l.text == "":
		return nil
	}
	text := placeholder.ReplaceAllStringFunc(l.text, func(p string) string {
		i := int(p[1] - '1')
		format := one.level(i, d).format
		if l.legal {
			format = "decimal"
		}
		return formatNumber(d.counts[i], format)
	})
	return &mark{text: text, depth: level}
}

var placeholder = regexp.MustCompile(`%[1-9]`)

// count moves a list on by one paragraph. Lists of one definition count on
// together, until one says that it starts anew.
func (l *list) count(d *definition, level int) {
	if !d.started {
		d.started = true
		for i := range d.counts {
			d.counts[i] = l.level(i, d).start - 1
		}
	}
	if !l.begun {
		l.begun = true
		for i, start := range l.starts {
			d.counts[i] = start - 1
		}
	}
	for i := range level { // a level that was passed over counts as begun
		d.counts[i] = max(d.counts[i], l.level(i, d).start)
	}
	d.counts[level]++
	for i := level + 1; i < levels; i++ {
		d.counts[i] = l.level(i, d).start - 1
	}
}

// ordinals are the formats that have one sign for each number, from 1.
var ordinals = map[string]string{
	"decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
	"upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
	"ideographTraditional":   "甲乙丙丁戊己庚辛壬癸",
	"chineseLegalSimplified": "壹贰叁肆伍陆柒捌玖拾", "ideographLegalTraditional": "壹贰叁肆伍陆柒捌玖拾",
}

// formatNumber writes a list's number as Word does.
func formatNumber(n int, format string) string {
	switch format {
	case "none":
		return ""
	case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand", "ideographDigital":
		return chineseNumber(n)
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "decimalFullWidth", "decimalFullWidth2":
		return strings.Map(func(r rune) rune { return r + '０' - '0' }, strconv.Itoa(n))
	case "decimalEnclosedParen":
		return "(" + strconv.Itoa(n) + ")"
	case "decimalEnclosedFullstop":
		return strconv.Itoa(n) + "."
	case "upperRoman":
		return romanNumber(n)
	case "lowerRoman":
		return strings.ToLower(romanNumber(n))
	}
	if signs := []rune(ordinals[format]); n >= 1 && n <= len(signs) {
		return string(signs[n-1])
	}
	return strconv.Itoa(n)
}

// chineseNumber writes 1 to 99 as 一 to 九十九.
func chineseNumber(n int) string {
	if n < 1 || n > 99 {
		return strconv.Itoa(n)
	}
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n-10]
	}
	return digits[n/10] + "十" + digits[n%10]
}

func romanNumber(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, r := range []struct {
		value int
		text  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.value {
			b.WriteString(r.text)
			n -= r.value
		}
	}
	return b.String()
}

// numberClass is the form of a number before a heading or an item. Official
// writing nests them in this order (GB/T 9704, 7.3.3).
type numberClass uint8

const (
	noNumber    numberClass = iota
	partNumber              // 第一部分
	hanNumber               // 一、
	hanParen                // （一）
	arabic                  // 1.
	arabicParen             // （1）
	circled                 // ①
	dotted                  // 1.1
)

// number is a number at the start of a text.
type number struct {
	class numberClass
	value int
	size  int // its bytes, with the marks and blanks after it
	typed string
}

// headsSection reports whether the number is one of 第一部分, 一、 and （一）, which are
// of headings only.
func (n number) headsSection() bool { return n.class >= partNumber && n.class <= hanParen }

var numberForms = []struct {
	class numberClass
	form  *regexp.Regexp
}{
	{partNumber, regexp.MustCompile(`^\s*第\s*([一二三四五六七八九十]{1,3}|[0-9]{1,2})\s*(?:部分|章|节|篇)[、.．，,：:\s　]*`)},
	{hanNumber, regexp.MustCompile(`^\s*([一二三四五六七八九十]{1,3})\s*[、.．，,：:][\s　]*`)},
	{hanParen, regexp.MustCompile(`^\s*[（(]\s*([一二三四五六七八九十]{1,3})\s*[）)][、.．，,：:]?[\s　]*`)},
	{dotted, regexp.MustCompile(`^\s*([0-9]{1,2})(?:[.．][0-9]{1,2}){1,3}[、.．]?[\s　]+`)},
	{arabic, regexp.MustCompile(`^\s*([0-9０-９]{1,2})\s*(?:[、.．]|[)）])[\s　]*`)},
	{arabicParen, regexp.MustCompile(`^\s*[（(]\s*([0-9０-９]{1,2})\s*[）)][、.．，,]?[\s　]*`)},
	{circled, regexp.MustCompile(`^\s*([①-⑳])[、.．]?[\s　]*`)},
}

var (
	startsWithDigit = regexp.MustCompile(`^[0-9０-９]`)
	speaksOfPart    = regexp.MustCompile(`^[的是为中里内]`)
)

// numbered takes the number off the start of a text.
func numbered(text string) number {
	for _, f := range numberForms {
		m := f.form.FindStringSubmatchIndex(text)
		if m == nil {
			continue
		}
		if f.class == arabic && startsWithDigit.MatchString(text[m[1]:]) {
			return number{} // 11.11, 3.15: a date, not a number
		}
		if f.class == partNumber && speaksOfPart.MatchString(text[m[1]:]) {
			return number{} // 第一部分的内容是…
		}
		value := numberValue(text[m[2]:m[3]])
		if value == 0 {
			continue
		}
		return number{f.class, value, m[1], strings.TrimSpace(text[:m[1]])}
	}
	return number{}
}

func numberValue(s string) int {
	runes := []rune(s)
	if r := runes[0]; r >= '①' && r <= '⑳' {
		return int(r-'①') + 1
	}
	if n, err := strconv.Atoi(prose.FoldDigits(s)); err == nil {
		return n
	}
	return chineseValue(runes)
}

// chineseValue reads 一 to 九十九; 0 for what is no number.
func chineseValue(runes []rune) int {
	for n := 1; n <= 99; n++ {
		if chineseNumber(n) == string(runes) {
			return n
		}
	}
	return 0
}
