package project

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestFileName: a title as a part of a file's name fits any disk, whatever is in
// it, and shows all of what it has.
func TestFileName(t *testing.T) {
	for title, want := range map[string]string{
		"赣市监处罚〔2022〕7号":         "赣市监处罚〔2022〕7号",
		"a/b\\c:d*e?":           "a／b＼c：d＊e？",
		" 检 查\u200b\u202e现场 . ": "检查现场",
	} {
		if got := fileName(title); got != want {
			t.Errorf("fileName(%q) = %q, want %q", title, got, want)
		}
	}
	for _, long := range []string{strings.Repeat("𠮷", 300), strings.Repeat("甲", 300), strings.Repeat("执法检查。", 60), "（" + strings.Repeat("甲", 300)} {
		name := "01" + fileName(long) + ".docx"
		if len(name) > 255 || utf8.RuneCountInString(name) > 80 || utf8.RuneCountInString(name) < 15 {
			t.Errorf("%q has %d bytes, %d characters", name, len(name), utf8.RuneCountInString(name))
		}
	}
}
