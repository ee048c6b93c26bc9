package main

import (
	"slices"
	"strings"
	"testing"
)

// Every text must be one that the program can take apart, with its four parts.
func TestTexts(t *testing.T) {
	entries, err := texts.ReadDir("texts")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"一、违法事实和证据", "二、处罚依据", "三、处罚决定", "四、履行方式和救济途径"}
	for _, e := range entries {
		src, err := texts.ReadFile("texts/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		d, err := parse(string(src))
		if err != nil {
			t.Fatalf("%s: %v", e.Name(), err)
		}
		var headings []string
		for _, line := range d.body {
			if isHeading(line) {
				headings = append(headings, line)
			}
		}
		if !slices.Equal(headings, want) {
			t.Errorf("%s: headings %q", e.Name(), headings)
		}
		if d.signer != d.authority || !strings.Contains(d.number, "〔2022〕") {
			t.Errorf("%s: signed by %s, number %s", e.Name(), d.signer, d.number)
		}
	}
}
