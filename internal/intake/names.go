package intake

import "archive/zip"

// NameIn returns the decoded name of a file in an archive, which leads nowhere else.
func NameIn(f *zip.File) string { return safeName(zipName(f)) }

// IsLitter reports whether a file is what systems put beside files.
func IsLitter(name string) bool { return isLitter(name) }
