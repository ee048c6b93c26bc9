package main

import (
	"os"
	"testing"
)

// The table in the repository is the one that OpenCC provides.
func TestTable(t *testing.T) {
	want, err := pairs()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile("../../internal/search/traditional.txt"); err != nil || string(got) != want {
		t.Errorf("traditional.txt is not OpenCC's table (%v): run go -C tools/traditional run . ../../internal/search/traditional.txt", err)
	}
}
