package privacy

import (
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
)

// fewestDigits is of the shortest number looked for without a word before it.
const fewestDigits = 7

// marks has what each character of the basic plane can be a part of.
var marks = func() *[0x10000]uint16 {
	among := func(set string) func(rune) bool { return func(r rune) bool { return strings.ContainsRune(set, r) } }
	table := []struct {
		mark uint16
		of   func(folded rune) bool
	}{
		{asciiDigit, isDigit},
		{chineseMark, func(r rune) bool { return chineseDigits[r] != 0 }},
		{atSign, among("@")},
		{opensAt, among("[(#{")},
		{startsApp, func(r rune) bool { return appsByFirst[lower(r)] != nil }},
		{startsPlate, among(plateProvinces)},
		{endsName, func(r rune) bool { return nameEnds[r] != nil }},
		{endsHome, func(r rune) bool { return homeEnds[r] != nil }},
		{opensSex, among(sexOrHonorific)},
		{homePart, among("栋幢座楼元")},
		{partsDigits, among(" -.·()_/*" + string(nothing))},
		{beginsName, among(":|\"'“”‘’=*_`\t( 为是叫" + surnames)},
	}
	var m [0x10000]uint16
	for r := range rune(0x10000) {
		f := foldRune(r)
		for _, t := range table {
			if t.of(f) {
				m[r] |= t.mark
			}
		}
	}
	for _, s := range compoundSurnames {
		first, _ := utf8.DecodeRuneInString(s)
		m[first] |= beginsName
	}
	return &m
}()

// nameEnds and homeEnds are the cue words by their last character.
var nameEnds, homeEnds = byLast(nameCues), byLast(homeCues)

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

// glance reports whether a line can hold a number, a mail address or an account;
// a person's name; a home.
func glance(line string) (numbers, names, homes bool) {
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
			run++
			numbers = numbers || run == fewestDigits
		} else if mark&partsDigits == 0 {
			run = 0
		}
		if mark == 0 {
			continue
		}
		if !numbers && mark&(atSign|opensAt|startsApp|startsPlate) != 0 {
			numbers = mark&atSign != 0 || mark&opensAt != 0 && starts(line[at:], 1, "at") ||
				mark&startsPlate != 0 && letterBehind(line[at:]) || mark&startsApp != 0 && startsWithApp(line[at:])
		}
		if !names && mark&endsName != 0 {
			names = endsWith(line[:at], r, nameEnds) && canBeginName(line[at+utf8.RuneLen(r):])
		}
		if !names && mark&opensSex != 0 {
			names = opensName(line[at:])
		}
		if !homes && mark&endsHome != 0 {
			homes = endsWith(line[:at], r, homeEnds)
		}
		if !homes && mark&homePart != 0 {
			homes = r != '楼' && r != '元' || r == '楼' && strings.HasSuffix(line[:at], "号") || r == '元' && strings.HasSuffix(line[:at], "单")
		}
	}
	return numbers, names, homes
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
