package wording

import (
	_ "embed"
	"strings"
	"sync"
)

// wordList has a line for each character: those that make a word of two when they
// follow it. They are the words of two characters in the dictionary s_1.txt of
// github.com/go-ego/gse 0.80.3 that it counts 50 times or more, less the names of
// people (nr).
//
//go:embed words.txt
var wordList string

var wordTable = sync.OnceValue(func() map[[2]rune]bool {
	table := make(map[[2]rune]bool, 40000)
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
