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
		if !strings.ContainsRune(plateProvinces, f.line[i]) || !strings.ContainsRune(plateLetters, upper(f.line[i+1])) {
			continue
		}
		from := i + 2
		for from < len(f.line) && from < i+5 && strings.ContainsRune(" ·.-"+string(nothing), f.line[from]) {
			from++
		}
		to, digits := from, 0
		for to < len(f.line) && to < from+7 && (isDigit(f.line[to]) || strings.ContainsRune(plateLetters, upper(f.line[to]))) {
			if isDigit(f.line[to]) {
				digits++
			}
			to++
		}
		switch to - from {
		case 4:
			if digits < 3 || !strings.ContainsRune("学警挂港澳试领使超", f.at(to)) {
				continue
			}
			to++
		case 5:
			if digits < 2 {
				continue
			}
		case 6:
			first, last := upper(f.line[from]), upper(f.line[to-1])
			if !(first >= 'A' && first <= 'K' && digits >= 4 || last >= 'A' && last <= 'K' && digits == 5) {
				continue
			}
		default:
			continue
		}
		if r := f.at(to); isDigit(r) || isLetter(r) || r == '-' && isDigit(f.at(to+1)) {
			continue
		}
		f.take("车牌号", i, to, true)
	}
}

func upper(r rune) rune {
	if r >= 'a' && r <= 'z' {
		return r - 'a' + 'A'
	}
	return r
}
