package search

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestAmendment: files made from those of the index before are, byte for byte,
// those of an index that was given every page; and the files said to be the same are.
func TestAmendment(t *testing.T) {
	for _, pages := range []int{40, 260} {
		entries, before := synthetic(pages, 300)
		random := rand.New(rand.NewPCG(uint64(pages), 1))
		written := func(c corpus) map[string][]byte {
			files := map[string][]byte{}
			for _, f := range index(t, entries, c).Files() {
				var b bytes.Buffer
				if err := f.Write(&b); err != nil {
					t.Fatal(err)
				}
				files[f.Name] = b.Bytes()
			}
			return files
		}
		was := written(before)
		for _, edit := range []func(string) string{
			func(s string) string { return s + fmt.Sprintf("又查𠮷AB-%d次", random.IntN(1000)) },
			func(s string) string { return s[:len(s)/2] + strings.ToValidUTF8(s[len(s)/2+30:], "") },
			func(s string) string { return "" },
			func(s string) string { return strings.Repeat(s, 30) }, // longer than a record
			func(s string) string { return strings.Repeat(s, 60) }, // of another rank
			func(s string) string { return s },
		} {
			after := maps.Clone(before)
			var changes []Change
			for range 3 {
				e := entries[random.IntN(len(entries))]
				is := Text{Words: edit(before[e.Path].Words), Anchors: []Anchor{{0, 2, "a"}}}
				changes = append(changes, Change{e.Path, before[e.Path], is})
				after[e.Path] = is
			}
			want := written(after)
			a, err := index(t, entries, after).Amend(changes)
			if err != nil && pages > wholeLimit && len(changes[0].Is.Words) > longRecord {
				before, was = after, want
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			same := 0
			for name, text := range want {
				got := was[name]
				if a.Same(name) {
					same++
				} else {
					var b bytes.Buffer
					if err := a.Write(&b, name, was[name]); err != nil {
						t.Fatal(name, err)
					}
					got = b.Bytes()
				}
				if !bytes.Equal(got, text) {
					t.Errorf("%d pages: %s is amended to another file (said to be the same: %v)", pages, name, a.Same(name))
				}
			}
			if same == 0 && len(want) > 1 {
				t.Errorf("%d pages: every file is written again", pages)
			}
			before, was = after, want
		}
	}
}
