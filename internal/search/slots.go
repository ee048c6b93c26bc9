package search

import "hash/fnv"

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
