// Package collect enters what the campaigns below hand in: a bundle of a county's
// campaign becomes one region's reports in the city's, a city's in the province's.
//
// [Open] verifies a bundle. [New] works out what would become of it in a campaign: which
// of its rounds, departments and rows stand for which here ([Pair], pair.go), the
// reports that come of it (report.go), the texts that are taken over (text.go), and why
// it is refused ([Plan.Refused]). Codes that are the same need no question; all else is a table that a
// person confirms once, and that data/collected.yaml keeps (record.go). [Plan.Set] holds
// the change; nothing is written here.
//
// A bundle is untrusted: it is opened within the bounds of every archive, nothing of it
// names a path here, and its quantities are read as those of the campaign's own files.
package collect
