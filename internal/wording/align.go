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
	at := 0
	for at < n && at < len(text) && text[at].r == t.runes[at] {
		at++
	}
	a.at = at
	// same reports whether the letters from i on go on as the term does from k.
	same := func(i, k int) bool {
		if len(text)-i < n-k {
			return false
		}
		for ; k < n; i, k = i+1, k+1 {
			if text[i].r != t.runes[k] {
				return false
			}
		}
		return true
	}
	switch {
	case at == n:
		a.fault, a.to = exact, from+n
	case at < len(text) && at+1 < n && at+1 < len(text) && text[at].r == t.runes[at+1] && text[at+1].r == t.runes[at] && same(at+2, at+2):
		a.fault, a.to = swapped, from+n
	case at > 0 && at < len(text) && text[at].r == t.runes[at-1] && same(at+1, at):
		a.fault, a.to = doubled, from+n+1
	case at < len(text) && same(at+1, at+1) && isHan(text[at].r) && Mistakable(text[at].r, t.runes[at]):
		a.fault, a.to = replaced, from+n
	case same(at, at+1) && (at > 0 || n > 2):
		if at > 0 || from == 0 || letters[from-1].r != t.runes[0] { // else it is not lost
			a.fault, a.to = lost, from+n-1
		}
	}
	return a
}
