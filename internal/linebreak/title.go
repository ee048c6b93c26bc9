package linebreak

import "math"

// costUnit is how exact the costs of a title's breaks are; never is that of what cannot be.
const (
	costUnit = 1e8
	never    = math.MaxInt64
)

// How much it costs that a line is longer or shorter than the others, by the square of
// the characters: those of a title are of about one length, while a caption would rather
// end its lines at a comma.
const (
	EvenTitle   = 0.1
	EvenCaption = 0.02
)

// Title breaks a title into lines by sense: it returns where the lines begin that make
// so many of them, of about one length and ended where a reader would draw breath; nil
// where there is no such way. may[i] reports whether a line may begin at i; size is that
// of the type, even is EvenTitle or EvenCaption, wide the width of the characters from one
// to another, and fits whether a line holds them.
func Title(text []rune, may []bool, lines int, size, even float64, wide func(from, to int) float64, fits func(from, to int) bool) []int {
	// best[k][i] is the least cost of setting the first i characters in k lines, from[k][i]
	// where the last of them begins.
	best, from := make([][]int64, lines+1), make([][]int, lines+1)
	for k := range best {
		best[k], from[k] = make([]int64, len(text)+1), make([]int, len(text)+1)
		for i := range best[k] {
			best[k][i] = never
		}
	}
	best[0][0] = 0
	mean := wide(0, len(text)) / float64(lines)
	for k := 1; k <= lines; k++ {
		for i := 1; i <= len(text); i++ {
			if i < len(text) && !may[i] {
				continue
			}
			for j := i - 1; j >= 0; j-- {
				if best[k-1][j] == never {
					continue
				}
				if !fits(j, i) {
					break
				}
				uneven := (wide(j, i) - mean) / size
				cost := best[k-1][j] + int64(math.Round((float64(even*uneven*uneven)+Discord(text, i))*costUnit))
				if cost < best[k][i] {
					best[k][i], from[k][i] = cost, j
				}
			}
		}
	}
	if lines == 0 || best[lines][len(text)] == never {
		return nil
	}
	starts := make([]int, lines)
	for k, i := lines, len(text); k > 0; k-- {
		i = from[k][i]
		starts[k-1] = i
	}
	return starts
}

// LongestTitle is how many characters a title has at most that is broken by sense: the
// search grows with their square.
const LongestTitle = 300

// TitleWithin is Title in as few lines as hold the text within a width, the unit of which
// is that of wide; nil where the text is longer than LongestTitle or twice as many lines
// as it fills do not hold it.
func TitleWithin(width float64, text []rune, size, even float64, wide func(from, to int) float64) (starts []int) {
	if len(text) == 0 || len(text) > LongestTitle {
		return nil
	}
	may := NewUnits(nil).Breaks(text)
	fits := func(from, to int) bool { return wide(from, to) <= width }
	fewest := max(1, int(math.Ceil(wide(0, len(text))/width)))
	for lines := fewest; starts == nil && lines <= 2*fewest; lines++ {
		starts = Title(text, may, lines, size, even, wide, fits)
	}
	return starts
}
