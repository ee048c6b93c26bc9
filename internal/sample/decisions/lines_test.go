package main

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// ems counts a character as one wide, so that the limits below are characters.
func ems(text string) float64 { return float64(utf8.RuneCountInString(text)) }

func TestBreakLines(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"no mark at a line's start", "甲乙丙丁。戊己", []string{"甲乙丙", "丁。戊己"}},
		{"two marks go together", "甲乙丙”。丁", []string{"甲乙", "丙”。丁"}},
		{"no opening mark at its end", "甲乙丙《丁》", []string{"甲乙丙", "《丁》"}},
		{"an amount stays whole", "甲乙200元丙", []string{"甲乙", "200元", "丙"}},
		{"a unit wider than the line stands alone", "甲GB 6675乙", []string{"甲", "GB 6675", "乙"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := breakLines(test.text, 4, 4, ems); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

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
