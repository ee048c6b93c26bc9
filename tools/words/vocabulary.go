package main

import "regexp"

// proseRow is a row of the vocabulary that comments and prose are held to.
type proseRow struct {
	find  *regexp.Regexp
	write string
}

// inProse are the words that stand in no comment and no English text. Space is
// room too: “room for”, “no room” are meant as they are said.
var inProse = []proseRow{
	{regexp.MustCompile(`(?i)\bgives?\b`), "returns or provides"},
	{regexp.MustCompile(`(?i)\b(?:tells?|told)\s+(?://\s+)?whether\b`), "reports whether"},
	{regexp.MustCompile(`(?i)\brooms\b|\b(?:a|the|each|every|this|that|one|only|own|of|any|same) room\b|\bhouses?\b|\bground floor\b`), "package, program or base package"},
	{regexp.MustCompile(`(?i)\bdear(?:er|est)?\b|\bseldom\b|\bnobody's concern\b|\bmarginalia\b`), "expensive, rarely, ignored, annotations"},
}

// nameRow is a row of the vocabulary that declared names are held to.
type nameRow struct {
	packages    []string // the folders that it is about
	words       []string // in lower case, with spaces: put away is putAway, PutAway
	fineAsLocal []string // of the words, those that a local variable may have
	write       string
}

// inNames are the words that are no part of a name in the packages they are
// about. Folders of the same idea under the name that it will have stand beside
// that it has.
var inNames = []nameRow{
	{[]string{"internal/search"}, []string{"hear", "put away", "halve", "room"}, nil, "add, flush, merge"},
	{builds, []string{"holds", "stands", "steady", "settle"}, nil, "inputs match, outputs match, unchanged, rehash recent"},
	{builds, []string{"noting", "carried", "said", "question"}, nil, "dependency tracking, previous, output, options"},
	{append([]string{"internal/keep", "internal/cache", "internal/picture", "internal/card"}, builds...),
		[]string{"shelf", "kept", "found", "beside", "later"}, []string{"found"}, "cache, cached, result, parallel, deferred"},
	{[]string{"internal/stats"}, []string{"book", "desk", "column", "held"}, nil, "table, key types, values"},
	{[]string{"internal/manuscript", "internal/intake"}, []string{"marginalia"}, nil, "annotations, metadata"},
	{[]string{"internal/pdf/typeset", "internal/pdf"}, []string{"clings", "barred", "least", "sense"}, nil, "keep with next, no break, minimum height, phrase break"},
	{[]string{"internal/chart", "internal/card", "internal/picture", "internal/site", "internal/pdf"}, []string{"shoot", "shot", "shots", "stills"}, nil, "render, renditions, static drawings"},
	{[]string{"internal/pdf", "internal/pdf/word", "internal/site", "internal/manuscript"}, []string{"walker"}, nil, "renderer"},
	{[]string{"internal/manuscript", "internal/pdf/word", "internal/pdf", "internal/site"}, []string{"look", "looks"}, nil, "style or layouts"},
}

// builds are the packages that make a site anew where something changed.
var builds = []string{"internal/journal", "internal/build", "internal/publish"}

// exceptions are words that are right where they stand, as "file: word".
var exceptions = map[string]bool{
	"internal/site/charts.go: Stills": true, // a campaign's own templates name it
}
