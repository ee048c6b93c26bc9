// Package privacy finds personal details in a line of text: it knows how they
// are written, and nothing of campaigns, files or what may be published.
//
//	a line ──► glance  most lines hold nothing (glance.go)
//	       ──► Fold ──► numbers    telephones, identity numbers, cards (numbers.go, phone.go,
//	                               identity.go, card.go), plates (plate.go), mail and
//	                               accounts (account.go)
//	               ├──► names      full names after a cue word (name.go)
//	               └──► addresses  homes (address.go)
//
// A [Trace] that is certain must not be published; one that is not is worth a
// second look. Work is linear in the length of the line.
package privacy

// Trace is a personal detail in a line.
type Trace struct {
	What    string // 手机号, 身份证号, 姓名 …
	Text    string // as written
	Column  int    // in characters, from 1
	Certain bool
}
