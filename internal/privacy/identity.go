package privacy

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

var identityCues = []string{"身份证", "身份证号", "身份证号码", "证件号", "证件号码", "公民身份", "公民身份号码", "身份号码", "ID", "身份证件"}

// provinces are the first two digits of an identity number (GB/T 2260).
const provinces = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 "

// identity takes an identity number: of 18 characters with its check character
// (GB 11643), of 15 digits by its region and its date of birth, and either in
// spite of a slip after a cue word. A number whose check character is wrong is
// worth a look.
func (f *finder) identity(c candidate) bool {
	number, to := f.withCheck(c)
	cue, certain := f.cued(c.from, identityCues), true
	switch {
	case !f.endsClean(to), !c.parted(" -"), isLetter(f.at(c.from-1)) && !cue:
		return false
	case len(number) == 15:
		if !f.isOldIdentity(c, number, cue) {
			return false
		}
	case len(number) != 18:
		return false
	case !plausibleBirth(number, number[6:14]):
		if !cue || c.gaps != "" {
			return false
		}
	case !cue && !checkIdentity(number):
		if certain = false; len(c.shape) > 1 || !f.standsAlone(c) {
			return false
		}
	default:
		certain = cue || !f.innocent(c.from)
	}
	return f.take("身份证号", c.from, to, certain)
}

// isOldIdentity reports whether a number of 15 digits is an identity number.
func (f *finder) isOldIdentity(c candidate, number string, cue bool) bool {
	if len(c.shape) > 1 && c.shape != "663" && c.shape != "366" {
		return false
	}
	return cue && inProvince(number) || f.standsAlone(c) && plausibleBirth(number, "19"+number[6:12])
}

// withCheck returns the digits of a number with the X behind 17 of them, and where
// it ends.
func (f *finder) withCheck(c candidate) (number string, to int) {
	to = c.to
	if f.at(to) == ' ' && c.gaps != "" {
		to++
	}
	if len(c.digits) != 17 || upper(f.at(to)) != 'X' {
		return c.digits, c.to
	}
	return c.digits + "X", to + 1
}

func inProvince(number string) bool { return strings.Contains(provinces, " "+number[:2]+" ") }

func plausibleBirth(number, day string) bool {
	born, err := time.Parse("20060102", day)
	return inProvince(number) && err == nil && born.Year() >= 1900 && born.Year() <= 2035
}

// checkIdentity works out the check character.
func checkIdentity(number string) bool {
	weights := [...]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += int(number[i]-'0') * w
	}
	return "10X98765432"[sum%11] == number[17]
}

// maskedIdentity is an identity number that hides less than the date of birth.
var maskedIdentity = regexp.MustCompile(`[1-8][0-9]{5}[0-9xX*#×●○_]{11}[0-9xX*#×●○_]`)

// maskedIdentities takes identity numbers of which a part is hidden and more than
// half is not: the region, the year and what else still tell who it is.
func (f *finder) maskedIdentities() {
	line, from, seen := string(f.line), 0, 0
	if !strings.ContainsAny(line, "xX*#×●○_") {
		return
	}
	for _, m := range maskedIdentity.FindAllStringIndex(line, -1) {
		from, seen = from+utf8.RuneCountInString(line[seen:m[0]]), m[0]
		number := f.line[from : from+18]
		digits := 0
		for _, r := range number {
			if isDigit(r) {
				digits++
			}
		}
		year := string(number[6:10])
		if digits < 12 || digits > 16 || isDigit(f.at(from-1)) || isLetter(f.at(from-1)) || isDigit(f.at(from+18)) || strings.ContainsRune("xX*#×●○_", f.at(from+18)) && f.at(from+18) != 0 ||
			!inProvince(string(number[:2])) || year < "1900" || year > "2035" {
			continue
		}
		f.take("身份证号", from, from+18, false)
	}
}
