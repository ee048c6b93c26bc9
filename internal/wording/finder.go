package wording

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"wangjian/internal/campaign"
)

// Slip is a fault in a protected term.
type Slip struct {
	Term     *campaign.ProtectedTerm
	Written  string // as it stands in the text
	From, To int    // in bytes
	// Doubt says that it may well be another word: a warning whatever the term.
	Doubt bool
	// Split says that nothing but a gap within is wrong.
	Split bool
}

// term is a protected term made ready.
type term struct {
	*campaign.ProtectedTerm
	runes  []rune
	titles [][]rune
	except [][]rune
	wrong  [][]rune
	parted bool // by marks of punctuation: 不忘初心、牢记使命
	quoted bool // in part: “三个代表”重要思想
}

// anchor says that a pair of characters stands in a term, or in one of its
// faults, so far from the start.
type anchor struct {
	term   *term
	offset int
	wrong  []rune // the wrong form that begins with the pair; nil for a near miss
}

// Finder finds the faults of a list of terms.
type Finder struct {
	terms   []term
	pairs   map[[2]rune][]anchor
	singles map[rune][]anchor // of names, whose parts are too short for pairs
	leads   [1 << 10]uint64   // which characters begin a pair or are a single
}

// NewFinder makes a finder of terms.
func NewFinder(terms []campaign.ProtectedTerm) *Finder {
	f := &Finder{terms: make([]term, len(terms)), pairs: map[[2]rune][]anchor{}, singles: map[rune][]anchor{}}
	for i := range terms {
		t := &f.terms[i]
		*t = term{ProtectedTerm: &terms[i], runes: Letters(terms[i].Text), parted: strings.ContainsAny(terms[i].Text, "、，"), quoted: strings.ContainsAny(terms[i].Text, "“”‘’")}
		for _, s := range terms[i].Titles {
			t.titles = append(t.titles, Letters(s))
		}
		for _, s := range terms[i].Except {
			t.except = append(t.except, Letters(s))
		}
		for _, s := range terms[i].Wrong {
			if wrong := Letters(s); len(wrong) >= 2 {
				t.wrong = append(t.wrong, wrong)
				f.pair(wrong[0], wrong[1], anchor{t, 0, wrong})
			}
		}
		f.index(t)
	}
	return f
}

// Letters returns the letters of a text without what stands between them.
func Letters(text string) (runes []rune) {
	letters := fold(text)
	for _, l := range letters[:len(letters)-1] {
		runes = append(runes, l.r)
	}
	return runes
}

// index notes what leads to a term: a single fault leaves one half of it whole,
// but for two characters swapped across the middle.
func (f *Finder) index(t *term) {
	r, n := t.runes, len(t.runes)
	switch {
	case n < 2:
	case n < 4:
		f.single(r[0], anchor{t, 0, nil})
		f.single(r[1], anchor{t, 1, nil})
		if n == 3 {
			f.pair(r[1], r[2], anchor{t, 1, nil})
		}
	default:
		half := n / 2
		f.pair(r[0], r[1], anchor{t, 0, nil})
		f.pair(r[half], r[half+1], anchor{t, half, nil})
		f.pair(r[half], r[half-1], anchor{t, half - 1, nil})
	}
}

func (f *Finder) lead(r rune) {
	if r < 1<<16 {
		f.leads[r>>6] |= 1 << (r & 63)
	}
}

func (f *Finder) leading(r rune) bool { return r >= 1<<16 || f.leads[r>>6]&(1<<(r&63)) != 0 }

func (f *Finder) pair(a, b rune, to anchor) {
	f.lead(a)
	f.pairs[[2]rune{a, b}] = append(f.pairs[[2]rune{a, b}], to)
}

func (f *Finder) single(r rune, to anchor) {
	f.lead(r)
	f.singles[r] = append(f.singles[r], to)
}

// Find returns the faults in a text, in its order. Of two that overlap the longer
// one is given.
func (f *Finder) Find(text string) []Slip {
	if len(f.terms) == 0 {
		return nil
	}
	x := searches.Get().(*search)
	defer searches.Put(x)
	*x = search{letters: appendFolded(x.letters[:0], text), right: x.right[:0], wrong: x.wrong[:0]}
	for i := range x.letters {
		r := x.letters[i].r
		if !f.leading(r) {
			continue
		}
		for _, a := range f.singles[r] {
			x.try(a, i)
		}
		if i+1 < len(x.letters) {
			for _, a := range f.pairs[[2]rune{r, x.letters[i+1].r}] {
				x.try(a, i)
			}
		}
	}
	return x.slips(text)
}

// search is a text that is gone through.
type search struct {
	letters []letter
	right   []alignment // terms as they should be
	wrong   []alignment
}

// searches spare a text the growing of one.
var searches = sync.Pool{New: func() any { return new(search) }}

// try looks at the places where a term may begin whose anchor stands at i.
func (x *search) try(a anchor, i int) {
	if a.wrong != nil {
		if x.follows(i, a.wrong) {
			x.add(alignment{a.term, listed, 0, i, i + len(a.wrong)})
		}
		return
	}
	x.add(a.term.align(x.letters, i-a.offset))
	if a.offset > 0 { // a character before it is lost or doubled
		x.add(a.term.align(x.letters, i-a.offset+1))
		x.add(a.term.align(x.letters, i-a.offset-1))
	}
}

// follows reports whether the letters from i on are those.
func (x *search) follows(i int, runes []rune) bool {
	return i >= 0 && i <= len(x.letters) && begins(x.letters[i:], runes)
}

// add keeps an alignment for the judge.
func (x *search) add(a alignment) {
	switch a.fault {
	case differs:
		return
	case exact:
		if n := len(x.right); n > 0 && x.right[n-1] == a {
			return
		}
		x.right = append(x.right, a)
		x.addAround(a)
		return
	}
	x.wrong = append(x.wrong, a)
}

// addAround adds what is wrong with a term that has all of its characters: its
// first or last one doubled, or a gap within.
func (x *search) addAround(a alignment) {
	n := len(a.term.runes)
	if a.from > 0 && x.letters[a.from-1].r == a.term.runes[0] && x.letters[a.from].gap <= markup {
		x.wrong = append(x.wrong, alignment{a.term, doubled, 1, a.from - 1, a.to})
	}
	if a.to < len(x.letters) && x.letters[a.to].r == a.term.runes[n-1] && x.letters[a.to].gap <= markup {
		x.wrong = append(x.wrong, alignment{a.term, doubled, n, a.from, a.to + 1})
	}
	if g := x.widest(a); a.term.Person && n > 2 && (g == space || g >= mark) {
		x.wrong = append(x.wrong, alignment{a.term, split, 0, a.from, a.to})
	}
}

// widest returns the widest gap between the letters of an alignment.
func (x *search) widest(a alignment) gap {
	g := none
	for i := a.from + 1; i < a.to; i++ {
		g = max(g, x.letters[i].gap)
	}
	return g
}

// slips returns what is wrong with the text after all.
func (x *search) slips(text string) (slips []Slip) {
	if len(x.wrong) == 0 {
		return nil
	}
	slices.SortFunc(x.wrong, func(a, b alignment) int {
		return cmp.Or(a.from-b.from, b.to-a.to, int(a.fault)-int(b.fault))
	})
	slices.SortFunc(x.right, func(a, b alignment) int { return a.from - b.from })
	end, seen := 0, 0
	for n, a := range x.wrong {
		if n > 0 && a == x.wrong[n-1] {
			continue
		}
		for seen < len(x.right) && x.right[seen].to <= a.from-longest {
			seen++
		}
		v := verdict(right)
		if !x.crossed(a, x.right[seen:]) {
			v = x.judge(a)
		}
		if v == right || a.from < end {
			continue
		}
		end = a.to
		from, to := int(x.letters[a.from].from), int(x.letters[a.to-1].to)
		slips = append(slips, Slip{a.term.ProtectedTerm, text[from:to], from, to, v == doubtful, a.fault == split})
	}
	return slips
}

// longest is more than the letters of any term.
const longest = 64

// crossed reports whether a term that is right lies across the border of an
// alignment, or around it, and has the letters that are wrong: then they belong to
// that term. 李强 is no 李克强 that lost a character, but 党的二十大 has nothing of
// the fault of 党的二十大精伸.
func (x *search) crossed(a alignment, right []alignment) bool {
	for _, r := range right {
		if r.from >= a.to {
			return false
		}
		if from, to := a.faulty(); r.to <= from || r.from >= to {
			continue
		}
		same := r.from == a.from && r.to == a.to && a.fault != split
		if r.to <= a.from || r.from >= a.from && r.to <= a.to && !same {
			continue
		}
		if g := x.widest(r); g < mark || !r.term.Person {
			return true
		}
	}
	return false
}
