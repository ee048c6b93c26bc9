package wording

import (
	_ "embed"
	"strings"
	"sync"
)

// lookalikeList has a line for each group of characters that a hurried reader
// takes for each other: one stroke more or less, or another part beside the same.
//
//go:embed lookalikes.txt
var lookalikeList string

var lookalikeTable = sync.OnceValue(func() map[[2]rune]bool {
	table := map[[2]rune]bool{}
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
