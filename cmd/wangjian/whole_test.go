//go:build whole

package main

import "testing"

// TestWholeScripts runs the scripts that need tools for PDF, or that build the
// sample or many sites.
func TestWholeScripts(t *testing.T) { runScripts(t, "testdata/script/whole") }
