package main

import (
	"bytes"
	"os"
	"testing"
)

// TestProgressIsForPeople: into a buffer, a file or a pipe no line is written.
func TestProgressIsForPeople(t *testing.T) {
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	defer write.Close()
	file, err := os.Create(t.TempDir() + "/log")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if isTerminal(new(bytes.Buffer)) || isTerminal(write) || isTerminal(file) {
		t.Error("a line for people goes where nobody looks")
	}
}
