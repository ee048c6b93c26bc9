// Package portal makes one page over several published sites: a city's years, a
// province's cities. It says what each is and what is new there, merges their feeds, and
// sets one indicator side by side over all of them.
//
// [Read] takes what it needs from a site's folder: data/datapackage.json, the table of
// figures that it describes, and feed.xml (read.go). [Compare] puts the figures of one
// code side by side, where unit, basis and round agree, and says of every other why
// not (compare.go). [Files] renders the page, the merged feed and the comparison as a
// table (page.go). Figures are written as they were published; nothing is added up, and
// the page asks no other host for anything.
package portal
