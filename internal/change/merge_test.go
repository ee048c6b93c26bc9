package change

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestMerge(t *testing.T) {
	for _, test := range []struct{ name, base, mine, theirs, want string }{
		{"only mine", "a\nb\nc\n", "a\nB\nc\n", "a\nb\nc\n", "a\nB\nc\n"},
		{"only theirs", "a\nb\nc\n", "a\nb\nc\n", "a\nb\nc\nd\n", "a\nb\nc\nd\n"},
		{"both, apart", "a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nD\n", "A\nb\nc\nD\n"},
		{"both alike", "a\nb\nc\n", "a\nx\nc\n", "a\nx\nc\n", "a\nx\nc\n"},
		{"one deletes, one adds elsewhere", "a\nb\nc\nd\n", "b\nc\nd\n", "a\nb\nc\nd\ne\n", "b\nc\nd\ne\n"},
	} {
		got, clean := Merge([]byte(test.base), []byte(test.mine), []byte(test.theirs))
		if !clean || string(got) != test.want {
			t.Errorf("%s: %q, %v", test.name, got, clean)
		}
	}
	got, clean := Merge([]byte("a\nb\nc\n"), []byte("a\n我\nc"), []byte("a\n他\nc\n"))
	if clean || !IsMerged(string(got)) || !strings.Contains(string(got), "我\n") || !strings.Contains(string(got), "他\n") {
		t.Errorf("%q, %v", got, clean)
	}
}

// TestMergeLosesNothing: what either side has added is in what comes of both, for
// changes at random.
func TestMergeLosesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	edit := func(lines []string, mark string) []string {
		var out []string
		for _, line := range lines {
			if random.IntN(4) > 0 {
				out = append(out, line)
			}
			if random.IntN(4) == 0 {
				out = append(out, mark+string(rune('a'+random.IntN(26))))
			}
		}
		return out
	}
	text := func(lines []string) []byte { return []byte(strings.Join(lines, "\n") + "\n") }
	for range 500 {
		var base []string
		for range random.IntN(12) {
			base = append(base, string(rune('0'+random.IntN(4))))
		}
		mine, theirs := edit(base, "我"), edit(base, "他")
		got, _ := Merge(text(base), text(mine), text(theirs))
		for _, line := range append(mine, theirs...) {
			if len(line) > 1 && !strings.Contains(string(got), line+"\n") {
				t.Fatalf("%q of %q, %q over %q lost in %q", line, mine, theirs, base, got)
			}
		}
		if again, clean := Merge(text(base), text(mine), text(mine)); !clean || string(again) != string(text(mine)) {
			t.Fatalf("%q with itself is %q", mine, again)
		}
	}
}
