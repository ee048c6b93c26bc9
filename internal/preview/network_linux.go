package preview

import "golang.org/x/sys/unix"

// network are the file systems whose changes may be made by another machine, of
// which inotify does not tell.
var network = map[uint32]bool{
	unix.NFS_SUPER_MAGIC: true, unix.SMB_SUPER_MAGIC: true, unix.CIFS_SUPER_MAGIC: true, unix.SMB2_SUPER_MAGIC: true,
	unix.V9FS_MAGIC: true, unix.FUSE_SUPER_MAGIC: true, unix.CEPH_SUPER_MAGIC: true, unix.AFS_SUPER_MAGIC: true, unix.CODA_SUPER_MAGIC: true,
}

// isNetwork reports whether a folder is, or may be, on another machine's disk.
func isNetwork(folder string) bool {
	var system unix.Statfs_t
	return unix.Statfs(folder, &system) == nil && network[uint32(system.Type)]
}
