//go:build windows

// Command explorer starts a program as Explorer does: the program's parent is called
// explorer.exe, and its folder is the one that the program lies in.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	program, err := filepath.Abs(os.Args[1])
	if err == nil {
		started := exec.Command(program, os.Args[2:]...)
		started.Dir = filepath.Dir(program)
		started.Stdin, started.Stdout, started.Stderr = os.Stdin, os.Stdout, os.Stderr
		err = started.Run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
