package publish

import (
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"wangjian/internal/journal"
	"wangjian/internal/release"
)

// Begin takes down what a build depends on, before it reads anything. Where the
// build before read the same and its site stands as it was written, Begin gives
// that build's record, and there is nothing to do. What cannot be told for sure
// counts as changed.
func (f *Folder) Begin(q journal.Question) *journal.Record {
	root, err := resolve(f.Campaign)
	if err != nil {
		return nil
	}
	target, err := resolve(f.Target)
	if err != nil {
		return nil
	}
	unlock, err := lock(root)
	if err != nil {
		return nil // Publish says so
	}
	defer unlock()
	shelf := journal.Open(root)
	last := shelf.Get(target)
	basis, err := journal.Look(q, last)
	if err != nil {
		return nil
	}
	if last != nil && !isLeft(target) {
		if again := standing(root, target, last, basis); again != nil {
			if again != last {
				shelf.Put(target, again)
			}
			return again
		}
	}
	if basis.Settle(root) == nil {
		f.basis, f.last = basis, last
	}
	return nil
}

// Basis gives what Begin took down; nil where it could not, or had no need.
func (f *Folder) Basis() *journal.Basis { return f.basis }

// standing gives the record again where it still holds: itself, or a new one
// that spares the next look some reading.
func standing(root, target string, last *journal.Record, basis *journal.Basis) *journal.Record {
	same, refreshed := last.Holds(root, basis)
	if !same {
		return nil
	}
	outputs, same, restored := last.Stands(root, target, func(name string) bool { return droppings[name] })
	if !same {
		return nil
	}
	if !refreshed && !restored {
		return last
	}
	return &journal.Record{Basis: *basis, Said: last.Said, Made: last.Made, Outputs: outputs}
}

// isLeft tells whether a killed build left something beside the target.
func isLeft(target string) bool {
	entries, err := os.ReadDir(filepath.Dir(target))
	if err != nil {
		return true
	}
	for _, e := range entries {
		if strings.HasPrefix(filepath.Join(filepath.Dir(target), e.Name()), mark(target)) {
			return true
		}
	}
	return false
}

// building is a build that can be remembered.
type building struct {
	root  string
	basis *journal.Basis
	made  journal.Made
	files *rendered
}

// errUnsteady: something was changed while the site was rendered.
var errUnsteady = errors.New("资料在生成过程中被改动了")

// begin prepares the reuse of what the build before made; nil where this build
// cannot be remembered.
func (f Folder) begin(files []release.File, root, target string) *building {
	view := files[0].View()
	if f.basis == nil || view == nil {
		return nil
	}
	b := &building{root: root, basis: f.basis}
	var err error
	if b.made.Digest, err = view.Digest(); err != nil {
		return nil
	}
	b.made.Planned = view.Planned()
	b.files = &rendered{reuse: reusable(files, f.last, f.basis, &b.made, root, target), scratch: newScratch(root), reads: map[string][]string{}}
	return b
}

func (b *building) rendered() *rendered {
	if b == nil {
		return nil
	}
	return b.files
}

// steady tells, once everything is rendered, whether the inputs are still those
// that the build began with.
func (b *building) steady() bool { return b == nil || b.basis.Steady(b.root) }

// remember keeps the record of a build that is out.
func (f Folder) remember(root, target string, sums []Sum, b *building) {
	list, err := sumOfFile(filepath.Join(target, SumsFile))
	if err != nil {
		return
	}
	known := map[string][sha256.Size]byte{SumsFile: list}
	for _, s := range sums {
		known[s.Path] = s.SHA256
	}
	b.made.Reads = b.files.reads
	record := journal.NewRecord(b.basis, f.Said, b.made, root, target, known, func(name string) bool { return droppings[name] })
	if record != nil {
		journal.Open(root).Put(target, record)
	}
}

func sumOfFile(name string) ([sha256.Size]byte, error) {
	raw, err := os.ReadFile(name)
	return sha256.Sum256(raw), err
}
