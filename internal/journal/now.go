package journal

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"wangjian/internal/campaign"
)

// Now is what stands in the folders of a campaign at one moment, for a program
// that goes on running. A nil Now is sure of nothing.
type Now struct {
	files map[string]File
	names *Names
	told  uint64 // how often changes were named
}

// Names are the files and folders that stand there, whatever they hold: while
// they are the same ones, two moments have the same Names.
type Names struct {
	folded func() map[string]bool // as a disk may tell them apart
}

// Names returns those of the moment; nil where nothing is sure.
func (n *Now) Names() *Names {
	if n == nil {
		return nil
	}
	return n.names
}

// LookNow takes it down; nil where it cannot be told.
func LookNow(campaign string) *Now {
	dir := filepath.Join(campaign, own)
	if os.MkdirAll(dir, 0o777) != nil {
		return nil
	}
	now := diskTime(dir)
	tree, err := look(campaign, inputs, nothing)
	if err != nil {
		return nil
	}
	tree.age(now)
	return tree.now()
}

// Now gives what the basis takes down of the campaign's folders.
func (b *Basis) Now() *Now {
	if b == nil {
		return nil
	}
	return b.Inputs.now()
}

func (t Tree) now() *Now {
	n := &Now{files: make(map[string]File, len(t))}
	for _, f := range t {
		n.files[f.Path] = f
	}
	n.rename()
	return n
}

// rename takes down the names of the files as they are by now.
func (n *Now) rename() {
	paths := slices.Collect(maps.Keys(n.files))
	n.names = &Names{sync.OnceValue(func() map[string]bool {
		names := make(map[string]bool, len(paths))
		for _, path := range paths {
			names[campaign.FoldedName(path)] = true
		}
		return names
	})}
}

// Mark gives the mark of a file, the zero one of a file that is not there. It is
// sure where the content cannot become another without the mark's changing.
func (n *Now) Mark(file string) (mark Mark, sure bool) {
	if n == nil {
		return Mark{}, false
	}
	if f, ok := n.files[file]; ok {
		return f.Mark, !f.Folder && !f.Young
	}
	folder, _, _ := strings.Cut(file, "/")
	return Mark{}, slices.Contains(inputs, folder) && !n.names.folded()[campaign.FoldedName(file)]
}
