package privacy

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// TestGlance: a glance never says no where a closer look finds something. The
// lines are the examples, cut and put together at random.
func TestGlance(t *testing.T) {
	var runes []rune
	var lines []string
	for _, name := range []string{"numbers.txt", "names.txt", "addresses.txt", "doubts.txt", "innocent.txt"} {
		for _, line := range corpus(t, name) {
			line = strings.NewReplacer("⟦", "", "⟧", "").Replace(line)
			lines = append(lines, line)
			runes = append(runes, []rune(line)...)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 4000 {
		var b strings.Builder
		for range 1 + random.IntN(4) {
			from := random.IntN(len(runes) - 12)
			b.WriteString(string(runes[from : from+1+random.IntN(12)]))
		}
		lines = append(lines, b.String())
	}
	for _, line := range lines {
		// Without all that is not there, nothing is missed.
		if got, want := Find(line), find(line, everything|hidden); len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, a closer look finds %+v", line, got, want)
		}
	}
}

func BenchmarkProse(b *testing.B) {
	lines := corpus(b, "innocent.txt")
	for b.Loop() {
		for _, line := range lines {
			Find(line)
		}
	}
}
