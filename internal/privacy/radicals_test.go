package privacy

import "testing"

// TestRadicals: what a printed PDF names by radicals reads as it looks.
func TestRadicals(t *testing.T) {
	if got := Ordinary("中华⼈⺠共和国⽰⻓⻔〔２〕"); got != "中华人民共和国示长门〔２〕" {
		t.Error(got)
	}
}
