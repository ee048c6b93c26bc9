package wording

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// soundList has a line for each syllable: the characters that are read so,
// whatever the tone. A test makes it from go-pinyin.
//
//go:embed pinyin.txt
var soundList string

// sounds tells how characters are read, syllables by their numbers from 1.
type sounds struct {
	usual   [lastHan - firstHan + 1]uint16 // the first reading of each character
	others  map[rune][]uint16
	blurred []uint16 // of each syllable, one for all that are nearly the same
}

const firstHan, lastHan = 0x4E00, 0x9FFF

var soundTable = sync.OnceValue(func() *sounds {
	t := &sounds{others: map[rune][]uint16{}, blurred: []uint16{0}}
	numbers, blurs := map[string]uint16{}, map[string]uint16{}
	for line := range strings.Lines(soundList) {
		name, characters, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		syllable, other := strings.CutSuffix(name, "*")
		n := numbers[syllable]
		if n == 0 {
			n = uint16(len(t.blurred))
			blur := blurring.Replace(syllable)
			if blurs[blur] == 0 {
				blurs[blur] = n
			}
			numbers[syllable] = n
			t.blurred = append(t.blurred, blurs[blur])
		}
		for _, r := range characters {
			if other {
				t.others[r] = append(t.others[r], n)
			} else {
				t.usual[r-firstHan] = n
			}
		}
	}
	return t
})

// reading returns the usual reading of a character, 0 for none.
func (t *sounds) reading(r rune) uint16 {
	if r < firstHan || r > lastHan {
		return 0
	}
	return t.usual[r-firstHan]
}

// blurring makes syllables one that many speakers, and input methods, do not tell
// apart: zh and z, ing and in.
var blurring = strings.NewReplacer("zh", "z", "ch", "c", "sh", "s", "ang", "an", "eng", "en", "ing", "in")

// soundAlike reports whether a character can be read as the one that is meant
// usually is, or usually is read nearly so.
func soundAlike(written, meant rune) bool {
	t := soundTable()
	x, y := t.reading(written), t.reading(meant)
	return x != 0 && y != 0 && t.blurred[x] == t.blurred[y] || y != 0 && slices.Contains(t.others[written], y)
}

// Mistakable reports whether a character is easily typed or read for the one that
// is meant.
// One number for another makes another term: 第一个百年, 第二个百年.
func Mistakable(written, meant rune) bool {
	return !(counts(written) && counts(meant)) && (soundAlike(written, meant) || lookAlike(written, meant))
}

// lookalikeList has a line for each group of characters that a hurried reader
// takes for each other: one stroke more or less, or another part beside the same.
//
//go:embed lookalikes.txt
var lookalikeList string

// wordList has a line for each character: those that make a word of two when they
// follow it. They are the words of two characters in the dictionary s_1.txt of
// github.com/go-ego/gse 0.80.3 that it counts 50 times or more, less the names of
// people (nr).
//
//go:embed words.txt
var wordList string

// pairs is a set of two characters each.
type pairs map[[2]rune]bool

var lookalikeTable = sync.OnceValue(func() pairs {
	table := pairs{}
	for line := range strings.Lines(lookalikeList) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		group := []rune(strings.TrimSpace(line))
		for _, a := range group {
			for _, b := range group {
				table[[2]rune{a, b}] = true
			}
		}
	}
	return table
})

func lookAlike(a, b rune) bool { return lookalikeTable()[[2]rune{a, b}] }

var wordTable = sync.OnceValue(func() pairs {
	table := make(pairs, 40000)
	for line := range strings.Lines(wordList) {
		characters := []rune(strings.TrimSuffix(line, "\n"))
		for _, second := range characters[1:] {
			table[[2]rune{characters[0], second}] = true
		}
	}
	return table
})

// isWord reports whether two characters are a word.
func isWord(a, b rune) bool { return wordTable()[[2]rune{a, b}] }

// Confusable lists groups of common characters that are easily typed or read for
// each other: those of one sound, nearly, and those of one look.
func Confusable() (groups []string) {
	t := soundTable()
	bySound := map[uint16][]rune{}
	for line := range strings.Lines(wordList) {
		r, _ := utf8.DecodeRuneInString(line)
		if sound := t.blurred[t.reading(r)]; sound != 0 {
			bySound[sound] = append(bySound[sound], r)
		}
	}
	for _, sound := range slices.Sorted(maps.Keys(bySound)) {
		if len(bySound[sound]) > 1 {
			groups = append(groups, string(bySound[sound]))
		}
	}
	for line := range strings.Lines(lookalikeList) {
		if !strings.HasPrefix(line, "#") {
			groups = append(groups, strings.TrimSpace(line))
		}
	}
	return groups
}
