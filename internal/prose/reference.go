package prose

import (
	"regexp"
	"strings"
)

// DocumentNumber is a 文号 in a text. Head may hold words before the number
// proper: nothing parts them.
type DocumentNumber struct {
	From, To int    // bytes
	Head     string // 兴市监处罚
	Year     string
	Serial   string // 示4, without 第 and leading zeros
}

var documentNumber = regexp.MustCompile(`([\p{Han}A-Za-z]{1,24}?)[ 　]*[〔\[［【（(〈<]` + gap + `((?:19|20)[0-9]{2}|[１２][０-９]{3})` + gap + `年?[〕\]］】）)〉>]` + gap + `第?` + gap + `([\p{Han}A-Z]{0,4}?)第?` + gap + `([0-9０-９]{1,8}(?:[-－—][0-9０-９]{1,4})?)` + gap + `号`)

// DocumentNumbers lists the document numbers of a text.
func DocumentNumbers(text string) []DocumentNumber {
	if !strings.Contains(text, "号") || !strings.ContainsAny(text, "〔[［【（(〈<") {
		return nil
	}
	var list []DocumentNumber
	for _, m := range documentNumber.FindAllStringSubmatchIndex(text, -1) {
		list = append(list, DocumentNumber{
			From: m[0], To: m[1],
			Head: text[m[2]:m[3]], Year: FoldDigits(text[m[4]:m[5]]),
			Serial: text[m[6]:m[7]] + strings.TrimLeft(FoldDigits(text[m[8]:m[9]]), "0"),
		})
	}
	return list
}

// Is reports whether a number in a text is this one, with or without words
// before it.
func (n DocumentNumber) Is(own DocumentNumber) bool {
	return n.Year == own.Year && n.Serial == own.Serial && strings.HasSuffix(n.Head, own.Head)
}

// FoldDigits turns full-width digits and marks of numbers into half-width
// ones, rune by rune.
func FoldDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９', r == '．', r == '％':
			return r - 0xFEE0
		}
		return r
	}, s)
}
