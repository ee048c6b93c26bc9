package publish

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"strings"

	"wangjian/internal/journal"
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
		f.basis = basis
	}
	return nil
}

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
	return &journal.Record{Basis: *basis, Said: last.Said, Outputs: outputs}
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

// remember keeps the record of a build that is out, if nothing it depends on
// was changed meanwhile.
func (f Folder) remember(root, target string, sums []Sum) {
	if f.basis == nil || !f.basis.Steady(root) {
		return
	}
	list, err := sumOfFile(filepath.Join(target, SumsFile))
	if err != nil {
		return
	}
	known := map[string][sha256.Size]byte{SumsFile: list}
	for _, s := range sums {
		known[s.Path] = s.SHA256
	}
	record := journal.NewRecord(f.basis, f.Said, root, target, known, func(name string) bool { return droppings[name] })
	if record != nil {
		journal.Open(root).Put(target, record)
	}
}

func sumOfFile(name string) ([sha256.Size]byte, error) {
	raw, err := os.ReadFile(name)
	return sha256.Sum256(raw), err
}
