package publish

import (
	"os"
	"path"
	"strconv"
	"strings"
)

// availableMemory says how many bytes this process may still take: what the
// machine has left, or less where a container's limit is nearer; 0 where that
// cannot be told.
func availableMemory() uint64 {
	least := kilobytes("/proc/meminfo", "MemAvailable:")
	for _, group := range memoryGroups() {
		for _, names := range [][2]string{{"memory.max", "memory.current"}, {"memory.limit_in_bytes", "memory.usage_in_bytes"}} {
			limit, used := number(path.Join(group, names[0])), number(path.Join(group, names[1]))
			if limit > used && (least == 0 || limit-used < least) {
				least = limit - used
			}
		}
	}
	return least
}

// memoryGroups lists the control groups that the process is in, and those around
// them, of either version.
func memoryGroups() (folders []string) {
	raw, _ := os.ReadFile("/proc/self/cgroup")
	for line := range strings.Lines(string(raw)) {
		fields := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(fields) != 3 {
			continue
		}
		root := "/sys/fs/cgroup"
		if fields[1] != "" {
			if fields[1] != "memory" {
				continue
			}
			root += "/memory"
		}
		for group := path.Clean("/" + fields[2]); ; group = path.Dir(group) {
			folders = append(folders, root+group)
			if group == "/" {
				break
			}
		}
	}
	return folders
}

// number reads a file that is one number; 0 for anything else, such as "max".
func number(file string) uint64 {
	raw, err := os.ReadFile(file)
	if err != nil {
		return 0
	}
	n, _ := strconv.ParseUint(strings.TrimSpace(string(raw)), 10, 64)
	return n
}

// kilobytes reads a line of /proc/meminfo.
func kilobytes(file, name string) uint64 {
	raw, _ := os.ReadFile(file)
	for line := range strings.Lines(string(raw)) {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == name {
			n, _ := strconv.ParseUint(fields[1], 10, 64)
			return n << 10
		}
	}
	return 0
}
