//go:build !linux

package preview

// isNetwork: elsewhere the system tells of changes on a network's disk too, or
// nobody can know.
func isNetwork(string) bool { return false }
