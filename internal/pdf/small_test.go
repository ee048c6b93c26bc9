package pdf

import (
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

func archiveNames(t *testing.T) []string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/small.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range archive.Files {
		names = append(names, f.Name)
	}
	return names
}

func TestChineseNumbers(t *testing.T) {
	for n, want := range map[int]string{1: "一", 10: "十", 11: "十一", 20: "二十", 35: "三十五", 100: "一百", 103: "一百零三", 110: "一百一十", 118: "一百一十八", 1005: "一千零五"} {
		if got := chinese(n); got != want {
			t.Errorf("%d 写成%s，应为%s", n, got, want)
		}
	}
}

func TestHeadingNumbers(t *testing.T) {
	var n numbering
	got := ""
	for _, level := range []int{1, 2, 3, 4, 5, 5, 4, 2, 3, 1, 2, 6} {
		got += n.next(level) + "|"
	}
	if want := "一、|（一）|1.|（1）|①|②|（2）|（二）|1.|二、|（一）||"; got != want {
		t.Errorf("编号是 %s，应为 %s", got, want)
	}
}
