package wording

import (
	"slices"
	"strings"
)

// verdict is what an alignment comes to.
type verdict uint8

const (
	right    verdict = iota // another word, or the start of one
	doubtful                // it may be another word
	wrong
)

// judge looks at the words around an alignment.
func (x *search) judge(a alignment) verdict {
	titled := a.term.Person && x.titled(a)
	if x.excepted(a, titled) {
		return right
	}
	g := x.widest(a)
	switch {
	case x.counted(a):
		return right
	case a.fault == listed:
		if g > mark || g == mark && !a.term.quoted {
			return right
		}
		return wrong
	case g == hard, g == sentence && !titled && !a.term.parted:
		return right
	case a.term.Person:
		return x.judgeName(a, titled)
	}
	return x.judgePhrase(a)
}

// Words that stand beside a leader's name.
var (
	titles = runesOf("总书记", "国家主席", "主席", "副主席", "总理", "副总理", "委员长", "副委员长", "国务委员", "常委", "军委主席", "核心")
	// comrade follows the name of anybody.
	comrade = []rune("同志")
	acts    = runesOf("同志", "强调", "指出", "主持", "出席", "发表", "作出", "会见", "考察", "讲话", "重要讲话", "法治思想", "新时代", "思想")
	// urges stand in front of what is to be done: 增强四个意识.
	urges = runesOf("增强", "树牢", "树立", "坚定", "坚持", "做到", "践行", "拥护", "领悟", "推进", "落实", "贯彻")
	// onwards stand behind a phrase: 四个识的要求.
	onwards = runesOf("的", "和", "与", "为", "在", "是", "精神")
	// onward are characters that go on after a name and end no word with its
	// last one, though there is one with both (平和, 平等).
	onward = "等和与及在对为同说主总的于向就强指出代作、"
)

func runesOf(words ...string) (list [][]rune) {
	for _, w := range words {
		list = append(list, []rune(w))
	}
	return list
}

// titled reports whether one of the name's own titles, or for a name without any
// a leader's title, stands beside it.
func (x *search) titled(a alignment) bool {
	list := a.term.titles
	if len(list) == 0 {
		list = titles
	}
	return x.before(a.from, list) && (len(a.term.runes) > 2 || x.ends(a.to)) || x.after(a.to, list)
}

// before reports whether one of the words stands right before a letter.
func (x *search) before(i int, words [][]rune) bool {
	return i < len(x.letters) && x.letters[i].gap <= newline && slices.ContainsFunc(words, func(w []rune) bool { return x.follows(i-len(w), w) })
}

// after reports whether one of the words follows the letters before i.
func (x *search) after(i int, words [][]rune) bool {
	return i < len(x.letters) && x.letters[i].gap <= newline && slices.ContainsFunc(words, func(w []rune) bool { return x.follows(i, w) })
}

// ends reports whether a name surely ends before i.
func (x *search) ends(i int) bool {
	return x.open(i) || strings.ContainsRune(onward, x.letters[i].r) || x.after(i, acts)
}

// open reports whether no character is next to another at i.
func (x *search) open(i int) bool {
	return i <= 0 || i >= len(x.letters) || x.letters[i].gap >= newline || !isHan(x.letters[i].r) || !isHan(x.letters[i-1].r)
}

// marked reports whether a mark of punctuation stands in front of letter i, on
// the same line, or the border of a paragraph, heading or cell.
func (x *search) marked(i int) bool {
	if i <= 0 || i >= len(x.letters) {
		return false
	}
	g := x.letters[i].gap
	return g == hard || !x.letters[i].fresh && (g == mark || g == sentence)
}

// straddles reports whether a word of two characters lies across i.
func (x *search) straddles(i int) bool {
	return !x.open(i) && x.letters[i].gap < newline && isWord(x.letters[i-1].r, x.letters[i].r)
}

func (x *search) judgeName(a alignment, titled bool) verdict {
	n := len(a.term.runes)
	left := x.takesFirst(a)
	switch {
	case len(a.term.titles) > 0 && !titled: // a name that anybody may have
		if n == 2 && a.fault <= swapped && !left && x.after(a.to, [][]rune{comrade}) {
			return doubtful
		}
		return right
	case n == 2 && (a.fault == lost || left):
		return right
	case a.fault == doubled:
		return x.judgeDoubled(a)
	case titled:
		return wrong
	case left:
		return right
	case a.fault == lost:
		return wrongIf(x.after(a.to, acts))
	}
	return wrongIf(!x.straddles(a.to) || strings.ContainsRune(onward, x.letters[a.to].r))
}

func wrongIf(is bool) verdict {
	if is {
		return wrong
	}
	return right
}

// takesFirst reports whether the word before an alignment takes its first
// character: 学习|进平台, but 落实|习进平, where another word ends in front of it.
func (x *search) takesFirst(a alignment) bool {
	if !x.straddles(a.from) || x.before(a.from, titles) {
		return false
	}
	return !x.straddles(a.from-1) || x.straddles(a.to)
}

// judgeDoubled: the second of two may begin or end the next word.
func (x *search) judgeDoubled(a alignment) verdict {
	switch {
	case a.at == 1 && (x.straddles(a.from) || strings.ContainsRune("中社", x.letters[a.from].r)):
		return right // 实践中|中国, 通讯社|社会
	case a.at == len(a.term.runes) && (x.straddles(a.to) || x.letters[a.to-1].r == '来' && !x.open(a.to)):
		return right // 周恩来|来不及
	}
	return wrong
}

func (x *search) judgePhrase(a alignment) verdict {
	switch a.fault {
	case doubled:
		return x.judgeDoubled(a)
	case lost:
		return x.judgeLost(a)
	case replaced, swapped:
		if a.at == 0 && x.letters[a.from].r == '是' {
			return right // 是个全面的办法
		}
		from, to := a.faulty()
		short := len(a.term.runes) < 6
		return wrongIf(!((short || from == a.from) && x.straddles(a.from)) && !((short || to == a.to) && x.goesOn(a)))
	}
	return wrong
}

// goesOn reports whether a word begins with a phrase's last character.
func (x *search) goesOn(a alignment) bool { return x.straddles(a.to) && !x.after(a.to, onwards) }

// judgeLost: a shorter phrase, and words beside it, may have all that is there.
func (x *search) judgeLost(a alignment) verdict {
	n := len(a.term.runes)
	short, first, last := n < 6, a.at == 0, a.at == n-1
	urged := x.before(a.from, urges)
	switch {
	case (first || last) && x.wordsOnly(a), first && !x.cut(a.from, short), last && !x.cut(a.to, short):
		return right // 科学发展, without 观, is no fault
	case short && x.straddles(a.from), n < 5 && !x.open(a.from) && !urged:
		return right // 有四个面
	case short && x.goesOn(a), n < 5 && !x.open(a.to) && !(urged && x.after(a.to, onwards)):
		return right // 四个面|向
	}
	return wrong
}

// cut reports whether a term surely ends at i: a mark stands there, or, for a
// long term, no word goes on.
func (x *search) cut(i int, short bool) bool {
	if short || x.open(i) {
		return x.marked(i)
	}
	return !x.straddles(i)
}

// wordsOnly reports whether an alignment is nothing but words of two characters.
func (x *search) wordsOnly(a alignment) bool {
	if (a.to-a.from)%2 != 0 {
		return false
	}
	for i := a.from; i < a.to; i += 2 {
		if !isWord(x.letters[i].r, x.letters[i+1].r) {
			return false
		}
	}
	return true
}

// counted reports whether an alignment begins within a number, or what begins with
// a number is counted: 第四个意思, 这四个意思.
func (x *search) counted(a alignment) bool {
	if a.from == 0 || x.letters[a.from].gap != none || !counts(x.letters[a.from].r) {
		return false
	}
	before := x.letters[a.from-1].r
	return counts(before) || strings.ContainsRune("第这那有含分共各每前后表", before)
}

func counts(r rune) bool {
	return r >= '0' && r <= '9' || strings.ContainsRune("一二三四五六七八九十百千万两几数零〇", r)
}

// excepted reports whether an alignment stands in a word that its term excepts.
// A title beside a name makes it that name after all.
func (x *search) excepted(a alignment, titled bool) bool {
	if titled && a.fault != lost {
		return false
	}
	return slices.ContainsFunc(a.term.except, func(word []rune) bool {
		for from := max(0, a.to-len(word)); from <= a.from; from++ {
			if x.follows(from, word) {
				return true
			}
		}
		return false
	})
}
