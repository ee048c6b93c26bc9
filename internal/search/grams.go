package search

import (
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A gram is one symbol or two that follow each other without a space. A symbol is
// a character, or a whole number: a reader who types 231 does not mean 12315.
// Where they are letters of ASCII a gram may also be of three or four.

// A posting is a gram of a page as one number: the gram's characters, whether
// it is a long one, whether it stands in the title, and the page's slot. They
// sort by gram, then by slot.
type posting uint64

const (
	slotBits  = 20
	titleFlag = posting(1) << slotBits
	longFlag  = posting(1) << 63
	// maxSlots is how many slots a posting has spare for.
	maxSlots = 1 << slotBits
)

// firstNumber is the symbol of the first number: what 21 bits hold beyond the
// characters is shared out among numbers by a hash.
const firstNumber, numberSymbols = 0x110000, 0x200000 - 0x110000

// symbols returns a folded text with a symbol in the place of each number and
// without the dash of a joint: 2022-10 has a gram of both numbers, which is rarer than
// those of either and a dash.
func symbols(text []rune) []rune {
	to := text[:0]
	for n := 0; n < len(text); n++ {
		if !isDigit(text[n]) {
			if text[n] != '-' {
				to = append(to, text[n])
			}
			continue
		}
		h := uint32(2166136261) // FNV-1a
		for ; n < len(text) && (isDigit(text[n]) || text[n] == '.'); n++ {
			h = (h ^ uint32(text[n])) * 16777619
		}
		n--
		to = append(to, rune(firstNumber+h%numberSymbols))
	}
	return to
}

func symbolsOf(text string) []rune { return symbols(foldRunes(nil, text)) }

// character returns the character that a gram is; false where it is another, or
// not of the basic plane.
func (p posting) character() (rune, bool) {
	r := rune(p>>42) & 0x1fffff
	return r, p&longFlag == 0 && p>>(slotBits+1)&0x1fffff == 0 && r < 1<<16
}

// A number's key is # and four digits.

func appendKeyOf(to []rune, symbol rune) []rune {
	if symbol < firstNumber {
		return append(to, symbol)
	}
	to = append(to, '#')
	for shift := 18; shift >= 0; shift -= 6 {
		to = append(to, rune(digits[(symbol-firstNumber)>>shift&63]))
	}
	return to
}

// symbolsOfKey reads a gram's key.
func symbolsOfKey(key string) (gram []rune, ok bool) {
	for len(key) > 0 {
		if key[0] != '#' {
			r, size := utf8.DecodeRuneInString(key)
			gram, key = append(gram, r), key[size:]
			continue
		}
		if len(key) < 5 {
			return nil, false
		}
		code := 0
		for _, d := range key[1:5] {
			code = code<<6 | strings.IndexRune(digits, d)
		}
		gram, key = append(gram, rune(firstNumber+code)), key[5:]
	}
	return gram, true
}

func pairPosting(a, b rune) posting { return posting(a)<<42 | posting(b)<<(slotBits+1) }

func longPosting(runes []rune) posting {
	p := posting(0)
	for _, r := range runes {
		p = p<<7 | posting(r)
	}
	return p<<(slotBits+1) | longFlag
}

// postingOf returns the posting of a gram by its characters.
func postingOf(gram []rune) posting {
	switch len(gram) {
	case 1:
		return pairPosting(gram[0], 0)
	case 2:
		return pairPosting(gram[0], gram[1])
	}
	return longPosting(gram)
}

func (p posting) gram() posting { return p &^ (titleFlag | (maxSlots - 1)) }
func (p posting) slot() int     { return int(p & (maxSlots - 1)) }
func (p posting) inTitle() bool { return p&titleFlag != 0 }

// appendText adds the gram's key.
func (p posting) appendText(to []rune) []rune {
	if p&longFlag == 0 {
		to = appendKeyOf(to, rune(p>>42)&0x1fffff)
		if b := rune(p>>(slotBits+1)) & 0x1fffff; b != 0 {
			to = appendKeyOf(to, b)
		}
		return to
	}
	from := len(to)
	for rest := (p &^ longFlag) >> (slotBits + 1); rest != 0; rest >>= 7 {
		to = append(to, rune(rest&127))
	}
	slices.Reverse(to[from:])
	return to
}

// eachGram visits the grams of a text of symbols.
func eachGram(text []rune, visit func(gram posting, hash uint32)) {
	for n, a := range text {
		if a == ' ' {
			continue
		}
		h := hashed(0, a)
		visit(pairPosting(a, 0), h)
		if n+1 == len(text) || text[n+1] == ' ' {
			continue
		}
		h = hashed(h, text[n+1])
		visit(pairPosting(a, text[n+1]), h)
		if !isASCII(a) || !isASCII(text[n+1]) {
			continue
		}
		for m := n + 2; m < len(text) && m < n+4 && isASCII(text[m]) && text[m] != ' '; m++ {
			h = hashed(h, text[m])
			visit(longPosting(text[n:m+1]), h)
		}
	}
}

func isASCII(r rune) bool { return r < 128 }

// hashed takes a symbol's key into a gram's hash, by UTF-16 units as a script
// sees them.
func hashed(h uint32, r rune) uint32 {
	if r >= firstNumber {
		h = h*31 + '#'
		for shift := 18; shift >= 0; shift -= 6 {
			h = h*31 + uint32(digits[(r-firstNumber)>>shift&63])
		}
		return h
	}
	if r > 0xffff {
		high, low := utf16.EncodeRune(r)
		return (h*31+uint32(high))*31 + uint32(low)
	}
	return h*31 + uint32(r)
}

// shardOf returns the shard, among a power of two, that a hash belongs to.
func shardOf(h uint32, shards int) int {
	h ^= h >> 15
	h *= 0x2c1b3c6d
	h ^= h >> 12
	return int(h) & (shards - 1)
}

// sortPostings sorts a list, byte by byte from the lowest: in half the time of
// slices.Sort, a hundredth of a build's CPU. It uses spare, which it returns, grown.
func sortPostings(list, spare []posting) []posting {
	var counts [8][256]int32
	for _, p := range list {
		for n := range counts {
			counts[n][byte(p>>(8*n))]++
		}
	}
	spare = slices.Grow(spare[:0], len(list))[:len(list)]
	from, to := list, spare
	for n := range counts {
		starts := &counts[n]
		if len(list) == 0 || int(starts[byte(list[0]>>(8*n))]) == len(list) {
			continue // all have the same
		}
		at := int32(0)
		for b, count := range starts {
			starts[b] = at
			at += count
		}
		for _, p := range from {
			b := byte(p >> (8 * n))
			to[starts[b]] = p
			starts[b]++
		}
		from, to = to, from
	}
	copy(list, from)
	return spare
}
