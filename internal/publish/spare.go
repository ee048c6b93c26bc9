package publish

import (
	"os"
	"path"
	"path/filepath"

	"wangjian/internal/cache"
	"wangjian/internal/release"
)

// Linking every file of a large site into a new folder and removing the old one
// takes longer than making what changed. So the old site, once another stands in
// its place, is moved to .wangjian as the spare, and the next site is made from
// it. At most one is kept of a campaign.
//
// Nothing in it is trusted. A file of the spare stays only where it is, by its
// inode, the very file that stands in the published site, which is known to be
// right; of a folder the rights count, which have to be those that the last build
// gave it. All else is removed before anything is written, and all is looked at
// again before the new site is shown.

// spareOf is where the spare of a target lies.
func spareOf(root, target string) string {
	return filepath.Join(root, cache.Dir, "spare", keyOf(target))
}

// takeSpare moves the spare to where the new site is written; false where there
// is none that serves, and then nothing is there.
func (s *staging) takeSpare(spare string, files []release.File) bool {
	if _, err := os.Lstat(spare); err != nil || s.disk.Rename(spare, s.dir) != nil {
		return false
	}
	if info, err := os.Lstat(s.dir); err == nil && info.IsDir() {
		if has, err := cache.LookIn(s.dir, "", "."); err == nil && s.sweep(has, files) == nil {
			return true
		}
	}
	s.spare, s.made = nil, map[string]bool{".": true}
	// Where this fails, making the folder fails and says so.
	_ = s.disk.Remove(s.dir)
	return false
}

// sweep removes from the spare what the new site will not have, and notes what
// is left.
func (s *staging) sweep(has cache.Files, files []release.File) error {
	wanted, folders := map[string]bool{SumsFile: true}, map[string]bool{}
	for _, f := range files {
		wanted[f.Path] = true
		for dir := path.Dir(f.Path); dir != "." && !folders[dir]; dir = path.Dir(dir) {
			folders[dir] = true
		}
	}
	s.spare = map[string]cache.Mark{}
	for _, f := range has {
		was := s.old.was[f.Path]
		switch dir := path.Dir(f.Path); {
		case !s.made[dir]: // it went with its folder
		case folders[f.Path] && f.Mark.IsFolder() && was != nil && was.Mark == f.Mark:
			s.made[f.Path] = true
		case wanted[f.Path] && f.Mark.IsSure() && !f.Mark.IsFolder():
			s.spare[f.Path] = f.Mark
		default:
			if err := s.disk.Remove(s.name(f.Path)); err != nil {
				return err
			}
		}
	}
	return nil
}

// putSpare puts the old site away; false where that cannot be done, as between
// two disks.
func putSpare(disk Disk, spare, old string) bool {
	return disk.Mkdir(filepath.Dir(spare)) == nil && disk.Rename(old, spare) == nil
}
