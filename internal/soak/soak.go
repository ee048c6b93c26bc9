// Package soak tells the tests how much to do: a part that stands for the whole in
// make test, the whole in make soak, which sets SOAK=1.
package soak

import "os"

// Long reports whether the whole is asked for.
func Long() bool { return os.Getenv("SOAK") != "" }

// Count returns how many of something a test does.
func Count(short, long int) int {
	if Long() {
		return long
	}
	return short
}
