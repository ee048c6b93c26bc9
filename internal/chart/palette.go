package chart

import "strings"

// Colours hold 3:1 against white and against the dark page, so that one set
// serves both, and stay apart for the common colour deficiencies; the test works
// both out. They are never the only signal. The stylesheet exchanges each for the
// page's custom property of the name beside it.
const (
	colour1 = "#be3029" // --chart-1: the latest round
	colour2 = "#8793a1" // --chart-2: the round before, a ring
	colour3 = "#1d6cc0" // --chart-3: spans
	ink     = "#1c2127" // --ink: text
	inkSoft = "#56606b" // --ink-soft: secondary text
	rule    = "#d3d8de" // --line: hairlines and tracks
	paper   = "#ffffff" // --paper: gaps between shapes
)

// tints are the tiers of maps and matrices, lightest first. Each is told from the
// one before and from the page by 1.3:1 at least, and ink stays readable on all;
// the page's own in other modes hold the same (layouts.Pairs).
var tints = []string{"#d1e1f2", "#a7c6e6", "#80acdc", "#5d95d2"}

// palette returns the custom property of each colour, in order.
var palette = [][2]string{
	{colour1, "--chart-1"}, {colour2, "--chart-2"}, {colour3, "--chart-3"},
	{tints[0], "--tint-1"}, {tints[1], "--tint-2"}, {tints[2], "--tint-3"}, {tints[3], "--tint-4"},
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

// tintOf returns the colour of a tier, 1 the lightest; that of the paper for 0.
func tintOf(tier int) string {
	if tier == 0 {
		return paper
	}
	return tints[tier-1]
}
