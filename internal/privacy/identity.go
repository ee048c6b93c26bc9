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
	number, to := c.digits, c.to
	if len(number) == 17 {
		next := f.at(to)
		if next == ' ' && c.gaps != "" {
			to++
			next = f.at(to)
		}
		if next != 'X' && next != 'x' {
			return false
		}
		number, to = number+"X", to+1
	}
	if len(number) != 18 && len(number) != 15 || !f.endsClean(to) || !c.parted(" -") {
		return false
	}
	cue := f.cued(c.from, identityCues)
	if isLetter(f.at(c.from-1)) && !cue {
		return false
	}
	if len(number) == 15 {
		if len(c.shape) > 1 && c.shape != "663" && c.shape != "366" || !cue && (f.innocent(c.from) || !c.isolated) {
			return false
		}
		return (cue || plausibleBirth(number, "19"+number[6:12])) && strings.Contains(provinces, " "+number[:2]+" ") && f.take("身份证号", c.from, to, true)
	}
	if !plausibleBirth(number, number[6:14]) {
		return cue && c.gaps == "" && f.take("身份证号", c.from, to, true)
	}
	sound := checkIdentity(number)
	if len(c.shape) > 1 && !sound && !cue {
		return false
	}
	if !cue && !sound && (f.innocent(c.from) || !c.isolated) {
		return false
	}
	return f.take("身份证号", c.from, to, cue || sound && !f.innocent(c.from))
}

func plausibleBirth(number, day string) bool {
	if !strings.Contains(provinces, " "+number[:2]+" ") {
		return false
	}
	born, err := time.Parse("20060102", day)
	return err == nil && born.Year() >= 1900 && born.Year() <= 2035
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
			!strings.Contains(provinces, " "+string(number[:2])+" ") || year < "1900" || year > "2035" {
			continue
		}
		f.take("身份证号", from, from+18, false)
	}
}
