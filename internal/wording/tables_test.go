package wording

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/encoding/simplifiedchinese"
)

var update = flag.Bool("update", false, "rewrite pinyin.txt")

func golden(t *testing.T, file, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != want {
		t.Errorf("%s is not what its source says (%v): run with -update", file, err)
	}
}

// TestPinyin: pinyin.txt is what go-pinyin says of the characters that GBK has;
// of a character outside of GB 2312 its first reading. A
// star marks the readings of characters that are not their first.
func TestPinyin(t *testing.T) {
	args := pinyin.NewArgs()
	args.Heteronym = true
	lines := map[string][]rune{}
	for r := rune(0x4E00); r <= 0x9FA5; r++ {
		readings := pinyin.SinglePinyin(r, args)
		if raw, err := simplifiedchinese.HZGB2312.NewEncoder().String(string(r)); (err != nil || raw == "") && len(readings) > 1 {
			readings = readings[:1]
		}
		for n, syllable := range readings {
			if !slices.Contains(readings[:n], syllable) {
				if n > 0 {
					syllable += "*" // not its first reading
				}
				lines[syllable] = append(lines[syllable], r)
			}
		}
	}
	var syllables []string
	for s := range lines {
		syllables = append(syllables, s)
	}
	slices.Sort(syllables)
	var b strings.Builder
	for _, s := range syllables {
		fmt.Fprintf(&b, "%s %s\n", s, string(lines[s]))
	}
	golden(t, "pinyin.txt", b.String())
}
