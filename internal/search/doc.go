// Package search makes the index that the site's own search reads: plain
// scripts that a page adds one at a time, so that searching works from a folder
// and without a server. Pages go in ([Index.Add]), files come out ([Index.Files]);
// nothing here knows of the site, a disk or a clock.
//
// A term is found wherever it stands in a page's folded text, whatever comes
// before or after it; there are no words in Chinese to cut at. A site of up to
// [wholeLimit] pages has one file with every text in it. A larger one is split,
// so that a query loads little:
//
//	index.js    which places (slots) hold a page, of which kind and department
//	g/NNN.js    grams: for one or two characters, and for up to four that are
//	            ASCII, the slots whose text holds them
//	t/NNN.js    the texts of a few slots, with address, title and anchors
//
// The reader's side is layouts/assets/search-engine.js: it loads the grams of a
// query, intersects, and looks into the texts of the best candidates, so that
// what it shows does hold the term. A page keeps its slot as long as the number
// of pages does not double, so an edit changes few files.
//
//	extract.go   the visible text of a page
//	fold.go      what counts as the same character
//	postings.go  where a page stands, and a list of slots as text
//	grams.go     which grams a text has, and the shards they go to
//	add.go       taking pages in, without having them in memory
//	index.go     the files
//	amend.go     the files after an edit, from those before it
package search
