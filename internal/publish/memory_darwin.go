package publish

import "golang.org/x/sys/unix"

// availableMemory takes half of what is built in for available; 0 where that
// cannot be told.
func availableMemory() uint64 {
	whole, err := unix.SysctlUint64("hw.memsize")
	if err != nil {
		return 0
	}
	return whole / 2
}
