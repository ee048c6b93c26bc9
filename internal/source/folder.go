package source

import (
	"io/fs"
	"os"
	"path"
)

// InRoot is a campaign's folder on disk as a file system: nothing in it leads
// out of it. It is root.FS() that can be asked for a folder within.
func InRoot(root *os.Root) fs.FS {
	return rooted{root.FS().(rootFS), root}
}

// rootFS is what [os.Root] provides.
type rootFS interface {
	fs.StatFS
	fs.ReadFileFS
	fs.ReadDirFS
	fs.ReadLinkFS
}

type rooted struct {
	rootFS
	root *os.Root
}

// nearby reads files one after the other as its file system has them. A root
// opens every folder on the way to a file, each time; since most files lie beside
// the last one, nearby keeps that one's folder open (a third of a fresh build's
// system calls). Where the folder does not have a file as it stands, as with a
// link that leads elsewhere, the file system is asked.
type nearby struct {
	fs.FS
	dir    string
	folder *os.Root // nil for none
}

// beside returns the folder that a file is in and its name there; nil where the
// file system is none on disk.
func (n *nearby) beside(name string) (*os.Root, string) {
	from, ok := n.FS.(rooted)
	if !ok || !fs.ValidPath(name) {
		return nil, ""
	}
	dir, base := path.Split(name)
	if dir != n.dir {
		n.close()
		n.dir = dir
		n.folder, _ = from.root.OpenRoot(path.Clean(dir)) // if it fails, the file system says why
	}
	return n.folder, base
}

func (n *nearby) close() {
	if n.folder != nil {
		n.folder.Close()
		n.folder = nil
	}
}

func (n *nearby) Stat(name string) (fs.FileInfo, error) {
	if folder, base := n.beside(name); folder != nil {
		if info, err := folder.Stat(base); err == nil {
			return info, nil
		}
	}
	return fs.Stat(n.FS, name)
}

func (n *nearby) ReadFile(name string) ([]byte, error) {
	if folder, base := n.beside(name); folder != nil {
		if raw, err := folder.ReadFile(base); err == nil {
			return raw, nil
		}
	}
	return fs.ReadFile(n.FS, name)
}

func (n *nearby) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(n.FS, name) }

func (n *nearby) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(n.FS, name) }

func (n *nearby) ReadLink(name string) (string, error) { return fs.ReadLink(n.FS, name) }
