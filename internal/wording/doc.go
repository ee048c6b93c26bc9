// Package wording finds faults in terms that must stand exactly as they are:
// the names of leaders and fixed political phrases. It knows nothing of
// campaigns' files; the terms come from data/wording.yaml and the built-in list.
//
//	text ──► fold    letters of one width, with the gaps between them (fold.go)
//	     ──► Finder  pairs of characters that terms have lead to candidates (finder.go)
//	     ──► align   which single fault makes a candidate of a term (align.go)
//	     ──► judge   whether the words around it make it right after all (judge.go)
//
// A single fault is a character replaced by one that sounds or looks like
// it, lost, doubled, or swapped with the next one. Two-character words (all three
// in tables.go) tell where a word ends: 学习|进|平台 has no name
// in it. Work is linear in the length of the text.
package wording
