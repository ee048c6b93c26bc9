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
	return Sender{named(name, c.Rounds), named(name, c.Departments), named(name, c.Regions)}
}

// named returns the one of a list that a file's name holds: by the longest of
// its names, or by its 代号 as a word of its own; nil for none or several.
func named[T Entity](file string, list []T) (found T) {
	best, tie := 0, false
	for _, one := range list {
		names := one.Names()
		longest := 0
		for _, name := range names[1:] {
			name = FoldedName(name)
			if utf8.RuneCountInString(name) > 1 && strings.Contains(file, name) {
				longest = max(longest, len(name))
			}
		}
		if isWordOf(file, FoldedName(names[0])) {
			longest = max(longest, len(names[0]))
		}
		switch {
		case longest == 0:
		case longest > best:
			best, found, tie = longest, one, false
		case longest == best:
			tie = true
		}
	}
	if tie {
		return nil
	}
	return found
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
