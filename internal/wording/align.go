package wording

// fault is how a text differs from a term.
type fault uint8

const (
	exact    fault = iota
	replaced       // by a character that sounds or looks alike
	swapped        // with the next one
	lost
	doubled
	split  // nothing but a gap within
	listed // a wrong form that the term's entry names
	differs
)

// alignment is a stretch of letters beside a term.
type alignment struct {
	term     *term
	fault    fault
	at       int // of the term's characters, the first one that is not as it should be
	from, to int // of the letters
}

// faulty returns the letters that are not as they should be; for a lost one those
// beside the gap.
func (a alignment) faulty() (from, to int) {
	at := a.from + a.at
	switch a.fault {
	case replaced:
		return at, at + 1
	case swapped:
		return at, at + 2
	case lost, doubled:
		return at - 1, at + 1
	}
	return a.from, a.to
}

// align tells which single fault makes the letters from a place on of a term.
// Letters that end before the fault's end differ.
func (t *term) align(letters []letter, from int) alignment {
	a := alignment{term: t, fault: differs, from: from}
	n := len(t.runes)
	if from < 0 || from >= len(letters) {
		return a
	}
	text := letters[from:]
	for a.at < n && a.at < len(text) && text[a.at].r == t.runes[a.at] {
		a.at++
	}
	switch text, rest := text[a.at:], t.runes[a.at:]; {
	case len(rest) == 0:
		a.fault, a.to = exact, from+n
	case isSwapped(text, rest):
		a.fault, a.to = swapped, from+n
	case a.at > 0 && begins(text, t.runes[a.at-1:]):
		a.fault, a.to = doubled, from+n+1
	case isReplaced(text, rest):
		a.fault, a.to = replaced, from+n
	case !begins(text, rest[1:]):
	case a.at > 0, n > 2 && (from == 0 || letters[from-1].r != t.runes[0]): // else it is not lost
		a.fault, a.to = lost, from+n-1
	}
	return a
}

// isSwapped reports whether letters are those of a term but for the first two, of
// which each stands in the other's place.
func isSwapped(text []letter, term []rune) bool {
	return len(text) > 1 && len(term) > 1 && text[0].r == term[1] && text[1].r == term[0] && begins(text[2:], term[2:])
}

// isReplaced reports whether letters are those of a term but for the first one, which
// may be mistaken for it.
func isReplaced(text []letter, term []rune) bool {
	return len(text) > 0 && begins(text[1:], term[1:]) && isHan(text[0].r) && Mistakable(text[0].r, term[0])
}

// begins reports whether letters begin with those of a term.
func begins(text []letter, term []rune) bool {
	if len(text) < len(term) {
		return false
	}
	for k, r := range term {
		if text[k].r != r {
			return false
		}
	}
	return true
}
