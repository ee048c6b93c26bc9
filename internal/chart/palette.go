package chart

import "strings"

// Colours hold 3:1 against white and against the dark page (#14181d), so that
// one set serves both, and stay apart for the common colour deficiencies; the
// test works both out. They are never the only signal. charts.js and the
// stylesheet exchange each for the page's custom property of the name beside it.
const (
	colour1 = "#be3029" // --chart-1: the latest round
	colour2 = "#8793a1" // --chart-2: the round before, striped
	colour3 = "#1d6cc0" // --chart-3: tints and spans
	colour4 = "#bb8a12" // --chart-4
	colour5 = "#2b8a60" // --chart-5
	colour6 = "#b0529f" // --chart-6
	ink     = "#1c2127" // --ink: text
	inkSoft = "#56606b" // --ink-soft: secondary text
	rule    = "#d3d8de" // --line: hairlines and tracks
	paper   = "#ffffff" // --paper: gaps between shapes
)

// palette returns the custom property of each colour, in order.
var palette = [][2]string{
	{colour1, "--chart-1"}, {colour2, "--chart-2"}, {colour3, "--chart-3"},
	{colour4, "--chart-4"}, {colour5, "--chart-5"}, {colour6, "--chart-6"},
	{ink, "--ink"}, {inkSoft, "--ink-soft"}, {rule, "--line"}, {paper, "--paper"},
}

// Token returns the name of the page's custom property for a colour of the
// palette, without the dashes; "" for any other.
func Token(colour string) string {
	for _, p := range palette {
		if p[0] == colour {
			return strings.TrimPrefix(p[1], "--")
		}
	}
	return ""
}

// tints are the opacities of a heat map's steps in percent, lightest first. Ink
// stays readable on the deepest of them.
var tints = []int{8, 20, 34, 50}

// opacityOf returns a step's opacity in percent; step 0 has no tint.
func opacityOf(step int) int {
	if step == 0 {
		return 0
	}
	return tints[step-1]
}
