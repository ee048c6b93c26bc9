//go:build whole

package main

import (
	"io/fs"
	"testing"

	"wangjian/internal/cache"
	"wangjian/internal/card"
)

// TestWholeScripts runs the scripts that need tools for PDF, or that build the
// sample or many sites.
func TestWholeScripts(t *testing.T) { runScripts(t, "testdata/script/whole") }

// freshDrawer returns a drawer that takes nothing from an earlier build.
func freshDrawer(looks fs.FS) *card.Painter { return card.NewPainter(looks, cache.NewMemory()) }
