package wording

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// What a piece of a segmentation costs: one that is no word more than one that is.
const (
	wordCost   = 2
	singleCost = 3
)

// singles are characters that are words of their own.
const singles = "的了和与在是为将被及把从对向按以由不也都要等长既又再很中后前内外上下就并或而之于其该各每本此"

// around is how much of the text beside a place decides about it, in characters.
const around = 6

// Accidental reports whether text[from:to] only looks like the word that it would be:
// the words around it take its characters better. 命脉|博弈 has no 脉博 in it.
func Accidental(text string, from, to int) bool {
	before, after := hanBefore(text[:from]), hanAfter(text[to:])
	word := []rune(text[from:to])
	all := slices.Concat(before, word, after)
	whole := cost(before, 0, 0) + wordCost + cost(after, 0, 0)
	return cost(all, len(before), len(before)+len(word)) < whole
}

// hanBefore returns the Chinese characters that a text ends with, hanAfter those
// that it begins with, both no more than are looked at.
func hanBefore(text string) (list []rune) {
	for len(list) < around {
		r, size := utf8.DecodeLastRuneInString(text)
		if !isHan(r) {
			break
		}
		list, text = append(list, r), text[:len(text)-size]
	}
	slices.Reverse(list)
	return list
}

func hanAfter(text string) (list []rune) {
	for _, r := range text {
		if !isHan(r) || len(list) == around {
			break
		}
		list = append(list, r)
	}
	return list
}

// cost returns what the best segmentation costs in which from:to is no word.
func cost(text []rune, from, to int) int {
	best := make([]int, len(text)+1)
	for n := range text {
		one := singleCost
		if strings.ContainsRune(singles, text[n]) {
			one = wordCost
		}
		best[n+1] = best[n] + one
		if n > 0 && isWord(text[n-1], text[n]) && !(n-1 == from && n+1 == to) {
			best[n+1] = min(best[n+1], best[n-1]+wordCost)
		}
	}
	return best[len(text)]
}
