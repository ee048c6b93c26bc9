package campaign

import (
	"path"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Sender is what a file's name says of who sends it and for which round. What
// it does not say, or says twice, is nil.
type Sender struct {
	Round      *Round
	Department *Department
	Region     *Region
}

// SenderOf reads a file's name, whatever its case, such as 章贡区公安局终期总结.docx.
func (c *Campaign) SenderOf(name string) Sender {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = FoldedName(strings.TrimSuffix(name, path.Ext(name)))
	var s Sender
	if at := named(name, c.Departments, func(d *Department) Named { return d.Named }); at >= 0 {
		s.Department = c.Departments[at]
	}
	if at := named(name, c.Regions, func(r *Region) Named { return r.Named }); at >= 0 {
		s.Region = c.Regions[at]
	}
	if at := named(name, c.Rounds, func(r *Round) Named { return r.Named }); at >= 0 {
		s.Round = c.Rounds[at]
	}
	return s
}

// named returns the one of a list that a file's name holds: by the longest of
// its names, or by its 代号 as a word of its own; -1 for none or several.
func named[T any](file string, list []T, names func(T) Named) int {
	best, at, tie := 0, -1, false
	for i, one := range list {
		n := names(one)
		longest := 0
		for _, name := range n.Names()[1:] {
			name = FoldedName(name)
			if utf8.RuneCountInString(name) > 1 && strings.Contains(file, name) {
				longest = max(longest, len(name))
			}
		}
		if isWordOf(file, FoldedName(n.Code)) {
			longest = max(longest, len(n.Code))
		}
		switch {
		case longest == 0:
		case longest > best:
			best, at, tie = longest, i, false
		case longest == best:
			tie = true
		}
	}
	if tie {
		return -1
	}
	return at
}

// isWordOf reports whether a code stands in a name with no letter or digit
// beside it.
func isWordOf(file, code string) bool {
	for at := 0; code != ""; {
		i := strings.Index(file[at:], code)
		if i < 0 {
			return false
		}
		before, after := file[:at+i], file[at+i+len(code):]
		if !endsInCode.MatchString(before) && !startsInCode.MatchString(after) {
			return true
		}
		at += i + 1
	}
	return false
}

var (
	endsInCode   = regexp.MustCompile(`[A-Za-z0-9]$`)
	startsInCode = regexp.MustCompile(`^[A-Za-z0-9]`)
)
