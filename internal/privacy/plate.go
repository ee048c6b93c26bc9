package privacy

import "strings"

const (
	plateProvinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
	plateLetters   = "ABCDEFGHJKLMNPQRSTUVWXYZ"
)

// plates takes licence plates (GA 36): province, letter, five characters, or
// six of a car of new energy.
func (f *finder) plates() {
	for i := 0; i+6 < len(f.line); i++ {
		if !strings.ContainsRune(plateProvinces, f.line[i]) || !isPlateLetter(f.line[i+1]) {
			continue
		}
		from := i + 2
		for from < i+5 && isAmong(f.at(from), " ·.-"+onlyNothing) {
			from++
		}
		to := f.plateEnd(from)
		if r := f.at(to); to == 0 || isDigit(r) || isLetter(r) || r == '-' && isDigit(f.at(to+1)) {
			continue
		}
		f.take("车牌号", i, to, true)
	}
}

// plateEnd returns where the characters of a plate end; 0 where they are none.
func (f *finder) plateEnd(from int) int {
	to, digits := from, 0
	for to < from+7 && (isDigit(f.at(to)) || isPlateLetter(f.at(to))) {
		if isDigit(f.at(to)) {
			digits++
		}
		to++
	}
	switch {
	case to == from+4 && digits >= 3 && isAmong(f.at(to), "学警挂港澳试领使超"):
		return to + 1
	case to == from+5 && digits >= 2:
		return to
	case to == from+6 && (digits >= 4 && isGreen(f.at(from)) || digits == 5 && isGreen(f.at(to-1))):
		return to
	}
	return 0
}

func isPlateLetter(r rune) bool { return isAmong(upper(r), plateLetters) }

// isGreen reports whether a letter says that a car is of new energy.
func isGreen(r rune) bool { return isAmong(upper(r), "ABCDEFGHIJK") }

func upper(r rune) rune {
	if r >= 'a' && r <= 'z' {
		return r - 'a' + 'A'
	}
	return r
}
