package privacy

import (
	"strings"
	"time"
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
