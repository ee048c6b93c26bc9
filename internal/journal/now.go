package journal

import (
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
	files  map[string]File
	folded func() map[string]bool // the names as a disk may tell them apart
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
	n.folded = sync.OnceValue(func() map[string]bool {
		names := make(map[string]bool, len(t))
		for _, f := range t {
			names[campaign.FoldedName(f.Path)] = true
		}
		return names
	})
	return n
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
	return Mark{}, slices.Contains(inputs, folder) && !n.folded()[campaign.FoldedName(file)]
}
