package preview

import (
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// poll finds changes by looking through folders again and again, where the system
// does not tell of them: a limit is reached, or the disk is another machine's.
type poll struct {
	told map[string]mark // as they were told of last
	seen map[string]mark // as they were a look ago
	next time.Time       // when to look again
}

// mark is what tells a file from a changed one; of a folder it only tells that it
// is one.
type mark struct {
	size    int64
	written time.Time
	folder  bool
}

func newPoll(folders []string) *poll {
	marks := marksOf(folders)
	return &poll{told: marks, seen: marks}
}

// look returns the files that have changed, once two looks have found them the
// same: what is still being written is not told. A twentieth of the time goes
// into looking at most.
func (p *poll) look(folders []string) (changed []string) {
	begin := time.Now()
	if p == nil || begin.Before(p.next) {
		return nil
	}
	is := marksOf(folders)
	for name, m := range is {
		if m != p.told[name] && m == p.seen[name] {
			p.told[name] = m
			changed = append(changed, name)
		}
	}
	for name := range p.told {
		_, there := is[name]
		_, was := p.seen[name]
		if !there && !was {
			delete(p.told, name)
			changed = append(changed, name)
		}
	}
	p.seen, p.next = is, begin.Add(20*time.Since(begin))
	return changed
}

// marksOf takes down what there is in some folders.
func marksOf(folders []string) map[string]mark {
	marks := map[string]mark{}
	for _, folder := range folders {
		filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return nil // it has just gone, or nobody may read it
			case isScratch(e.Name()) && e.IsDir():
				return filepath.SkipDir
			case isScratch(e.Name()):
				return nil
			case e.IsDir():
				marks[name] = mark{folder: true}
				return nil
			}
			if info, err := os.Stat(name); err == nil {
				marks[name] = mark{size: info.Size(), written: info.ModTime()}
			}
			return nil
		})
	}
	return marks
}
