package publish

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

var globalMemoryStatusEx = windows.NewLazySystemDLL("kernel32.dll").NewProc("GlobalMemoryStatusEx")

// availableMemory says how many bytes the machine has left; 0 where that cannot
// be told.
func availableMemory() uint64 {
	// MEMORYSTATUSEX of the Windows API.
	var status struct {
		length, load                          uint32
		physical, available                   uint64
		pageFile, availablePageFile           uint64
		virtual, availableVirtual, extendedOf uint64
	}
	status.length = uint32(unsafe.Sizeof(status))
	if ok, _, _ := globalMemoryStatusEx.Call(uintptr(unsafe.Pointer(&status))); ok == 0 {
		return 0
	}
	return status.available
}
