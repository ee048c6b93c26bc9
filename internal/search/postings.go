package search

import (
	"hash/fnv"
	"strings"
)

// digits are what numbers are written with, six bits each.
const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// A list of slots is written in the shorter of two ways: as the distances
// between them, five bits a digit and the sixth saying that more follow; or,
// after an exclamation mark, as six slots a digit. So a character that stands
// on every page costs a sixth of a byte a page.

// appendPostings writes an ascending list.
func appendPostings(to []byte, slots []int) []byte {
	start := len(to)
	last := -1
	for _, s := range slots {
		to = appendNumber(to, s-last-1)
		last = s
	}
	if last/6+2 >= len(to)-start {
		return to
	}
	to = append(to[:start], '!')
	var six, at int
	for _, s := range slots {
		for ; at < s/6; at++ {
			to = append(to, digits[six])
			six = 0
		}
		six |= 1 << (s % 6)
	}
	return append(to, digits[six])
}

func appendNumber(to []byte, n int) []byte {
	for ; n >= 32; n >>= 5 {
		to = append(to, digits[32|n&31])
	}
	return append(to, digits[n])
}

// readPostings reads what appendPostings has written.
func readPostings(list string) (slots []int, ok bool) {
	if bits, packed := strings.CutPrefix(list, "!"); packed {
		for at := range len(bits) {
			six := strings.IndexByte(digits, bits[at])
			if six < 0 {
				return nil, false
			}
			for n := range 6 {
				if six&(1<<n) != 0 {
					slots = append(slots, at*6+n)
				}
			}
		}
		return slots, true
	}
	last := -1
	for list != "" {
		var distance int
		if distance, list, ok = readNumber(list); !ok {
			return nil, false
		}
		last += distance + 1
		slots = append(slots, last)
	}
	return slots, true
}

// readNumber reads what appendNumber has written.
func readNumber(text string) (n int, rest string, ok bool) {
	for at := range len(text) {
		d := strings.IndexByte(digits, text[at])
		if d < 0 || at > 6 {
			break
		}
		n |= d & 31 << (5 * at)
		if d < 32 {
			return n, text[at+1:], true
		}
	}
	return 0, "", false
}

// A page's slot is taken from its path, with the next free one where it is
// taken, among at least a quarter more slots than pages: a page that comes or
// goes moves few others.

// slotsFor is how many slots there are for a number of pages: a power of two.
func slotsFor(pages int) int {
	slots := 1
	for slots*4 < pages*5 {
		slots *= 2
	}
	return slots
}

// placed returns for each slot the page that stands there, -1 for none. The
// paths come sorted.
func placed(paths []string) []int {
	slots := make([]int, slotsFor(len(paths)))
	for n := range slots {
		slots[n] = -1
	}
	for n, path := range paths {
		h := fnv.New32a()
		h.Write([]byte(path))
		at := int(h.Sum32()) & (len(slots) - 1)
		for slots[at] >= 0 {
			at = (at + 1) & (len(slots) - 1)
		}
		slots[at] = n
	}
	return slots
}
