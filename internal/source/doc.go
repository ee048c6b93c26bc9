// Package source is the only package that parses input. [Load] reads a campaign's
// folder (data/ and content/) into a campaign.Campaign and reports everything
// that cannot be read, each finding at its file, line and column; nothing is
// guessed and nothing stops at the first fault.
//
// One file reads one kind of input: campaign.yaml in settings.go, form.yaml in
// form.go, the list of wrong words in wording.go, what readers type for the words
// of pages in synonyms.go, filled-in forms in reports.go,
// front matter in items.go, the campaign's own layouts/ in looks.go. They all
// read through [object], which notes where every key stands and knows which
// keys are left over. Where a file has faults, slips.go looks for what was typed
// wrong, and mend.go shows by reading it mended which of that it was.
//
// Every name of a file that could be published, in front matter or in a link, is
// resolved in resolve.go and nowhere else, and what it means is kept with it.
//
// Files are read in parallel (parallel.go), and a [Memory] keeps what was
// found in each for a program that reads the same campaign again.
//
// What the input means, and whether it adds up, is for review to say.
package source
