package privacy

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A glance over a line tells what it can hold, so that most lines need no
// closer look: characters are looked up in one table, and only where one can
// begin or end a cue word is the cue compared. It must never say no where a
// closer look would find something; a test compares the two.

// What a character can be a part of.
const (
	asciiDigit  = 1 << iota // a digit in any style
	chineseMark             // a spelt-out numeral
	atSign                  // @
	opensAt                 // a bracket that may open [at]
	startsApp               // the first character of a service's name
	startsPlate             // a province
	endsName                // the last character of a word after which a person is named
	endsHome                // … after which a home stands
	opensSex                // what nameBefore looks for
	homePart                // 栋, 幢, 座, or the second half of 号楼 and 单元
	partsDigits             // may stand between the digits of a number
	beginsName              // may follow a word after which a person is named
	odd                     // a radical, or shows nothing: only a closer look tells
	endsState               // the last character of a word that says what somebody is, or has
)

// telling are the marks that tell something by themselves, or by what is beside them.
const telling = atSign | opensAt | startsApp | startsPlate | endsName | endsHome | opensSex | homePart | odd | endsState

// holds is what a line may hold.
type holds uint8

const (
	numbers holds = 1 << iota
	names
	homes
	states
	hidden     // characters that show nothing
	everything = numbers | names | homes | states
)

// fewestDigits is of the shortest number looked for without a word before it.
const fewestDigits = 7

// marks has what each character of the basic plane can be a part of. It is made
// from the few characters that can be something, since every start of the program
// makes it.
var marks = func() *[0x10000]uint16 {
	folded := map[rune]uint16{} // what a folded character can be
	put := func(mark uint16, set string) {
		for _, r := range set {
			folded[r] |= mark
		}
	}
	ofKeys := func(mark uint16, set map[rune][]string) {
		for r := range set {
			folded[r] |= mark
		}
	}
	put(asciiDigit, "0123456789")
	for r := range chineseDigits {
		folded[r] |= chineseMark
	}
	put(chineseMark, "Oo")
	put(atSign, "@")
	put(opensAt, "[(#{")
	for r := range appsByFirst {
		put(startsApp, string(r)+strings.ToUpper(string(r)))
	}
	put(startsPlate, plateProvinces)
	ofKeys(endsName, nameEnds)
	ofKeys(endsHome, homeEnds)
	put(opensSex, sexOrHonorific)
	put(homePart, "栋幢座楼元")
	put(partsDigits, " -.·()_/*,、"+string(nothing))
	put(beginsName, ":|\"'“”‘’=*_`\t( 为是叫"+surnames)
	ofKeys(endsState, stateEnds)
	var m [0x10000]uint16
	for r := range rune(0x10000) {
		f := foldRune(r)
		m[r] = folded[f]
		if isRadical(r) || f == nothing {
			m[r] |= odd
		}
	}
	for _, s := range compoundSurnames {
		first, _ := utf8.DecodeRuneInString(s)
		m[first] |= beginsName
	}
	return &m
}()

// The cue words by their last character.
var nameEnds, homeEnds, stateEnds = byLast(nameCues), byLast(homeCues), byLast(slices.Concat(statuses, ailments, births))

func byLast(cues []string) map[rune][]string {
	m := map[rune][]string{}
	for _, c := range cues {
		last, _ := utf8.DecodeLastRuneInString(c)
		m[last] = append(m[last], c)
	}
	return m
}

// endsCue reports whether a cue word ends with the line's i-th character.
func (f *finder) endsCue(i int, cues map[rune][]string) bool {
	r := f.line[i]
	return cues[r] != nil && endsWith(f.before(i, longestCue), r, cues)
}

// longestCue is more than the characters of any cue word.
const longestCue = 12

// glance returns what a line may hold: a number, a mail address or an account; a
// person's name; a home; what somebody is or has.
func glance(line string) (may holds) {
	run := 0 // of digits and spelt-out numerals, with what may part them
	for at, r := range line {
		var mark uint16
		switch {
		case r < 0x10000:
			mark = marks[r]
		case isDigit(foldRune(r)):
			mark = asciiDigit
		}
		if mark&(asciiDigit|chineseMark) != 0 {
			if run++; run == fewestDigits {
				may |= numbers
			}
		} else if mark&partsDigits == 0 {
			run = 0
		}
		if mark&telling != 0 {
			may |= markHolds(mark, r, line, at)
		}
	}
	return may
}

// markHolds returns what a line may hold by one of its marks.
func markHolds(mark uint16, r rune, line string, at int) (may holds) {
	if mark&endsName != 0 && endsWith(line[:at], r, nameEnds) && canBeginName(line[at+utf8.RuneLen(r):]) || mark&opensSex != 0 && opensName(line[at:]) {
		may |= names
	}
	if mark&endsHome != 0 && endsWith(line[:at], r, homeEnds) || mark&homePart != 0 && partsHome(r, line[:at]) {
		may |= homes
	}
	if mark&endsState != 0 && endsWith(line[:at], r, stateEnds) {
		may |= states
	}
	if mark&(atSign|opensAt|startsApp|startsPlate|odd) != 0 {
		may |= rareHolds(mark, r, line[at:])
	}
	return may
}

func partsHome(r rune, before string) bool {
	return r != '楼' && r != '元' || r == '楼' && strings.HasSuffix(before, "号") || r == '元' && strings.HasSuffix(before, "单")
}

// rareHolds returns what a line may hold by a mark that few lines have, with what
// follows.
func rareHolds(mark uint16, r rune, rest string) (may holds) {
	if mark&atSign != 0 || mark&opensAt != 0 && starts(rest, 1, "at") || mark&startsPlate != 0 && letterBehind(rest) || mark&startsApp != 0 && startsWithApp(rest) {
		may |= numbers
	}
	if mark&odd != 0 {
		may |= everything
		if !isRadical(r) {
			may |= hidden
		}
	}
	return may
}

// canBeginName reports whether a text begins as what follows a cue word does
// where that names somebody.
func canBeginName(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return r < 0x10000 && marks[r]&beginsName != 0
}

// endsWith reports whether a cue word ends with r behind head. Cue words are
// Chinese, which folding leaves alone.
func endsWith(head string, r rune, cues map[rune][]string) bool {
	for _, c := range cues[r] {
		if strings.HasSuffix(head, c[:len(c)-len(string(r))]) {
			return true
		}
	}
	return false
}

// starts reports whether a word stands in a text behind so many characters, in
// letters of any case and width.
func starts(text string, skip int, word string) bool {
	for _, r := range text {
		if skip > 0 {
			skip--
			continue
		}
		if word == "" {
			return true
		}
		w, size := utf8.DecodeRuneInString(word)
		if lower(foldRune(r)) != w {
			return false
		}
		word = word[size:]
	}
	return word == ""
}

func letterBehind(text string) bool {
	_, size := utf8.DecodeRuneInString(text)
	next, _ := utf8.DecodeRuneInString(text[size:])
	return isLetter(foldRune(next))
}

func startsWithApp(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	for _, a := range appsByFirst[lower(foldRune(first))] {
		if starts(text, 0, a.cue) {
			return true
		}
	}
	return false
}

// opensName reports whether what nameBefore takes for the end of a name stands
// here: a bracket or comma with a sex behind it, an honorific.
func opensName(rest string) bool {
	var two [2]rune
	n := 0
	for _, r := range rest {
		two[n] = foldRune(r)
		if n++; n == 2 {
			break
		}
	}
	if n < 2 {
		return false
	}
	return two[1] == '男' || two[1] == '女' || hasPrefix(two[:], honorifics)
}
