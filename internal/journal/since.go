package journal

import (
	"path/filepath"
	"strings"
)

// Since compares a record with what is there now, file by file.
type Since struct {
	record           *Record
	campaign, target string
	inputs, outputs  map[string]pair
}

// pair is a file as it was and as it is.
type pair struct{ was, is File }

func pairs(was, is Tree) map[string]pair {
	found := make(map[string]pair, len(was))
	for _, f := range was {
		if !f.Folder {
			found[f.Path] = pair{was: f}
		}
	}
	for _, f := range is {
		if p, ok := found[f.Path]; ok && !f.Folder {
			p.is = f
			found[f.Path] = p
		}
	}
	for name, p := range found {
		if p.is.Path == "" {
			delete(found, name)
		}
	}
	return found
}

// same tells whether a file below root has the content that it had.
func (p pair) same(root string) bool {
	if p.was.Mark == p.is.Mark && !p.was.Young {
		return true
	}
	if !p.was.Known || p.was.Mark.Size != p.is.Mark.Size {
		return false
	}
	if p.is.Known {
		return p.is.Sum == p.was.Sum
	}
	sum, err := sumOf(filepath.Join(root, filepath.FromSlash(p.was.Path)))
	return err == nil && sum == p.was.Sum
}

// Since compares the record with the basis of a build that is under way and
// with the target as it stands. It gives nil where nothing can be compared:
// another program, other layouts, an unreadable target.
func (r *Record) Since(now *Basis, campaign, target string, skip func(name string) bool) *Since {
	if r.Basis.Program.Sum != now.Program.Sum {
		return nil
	}
	outputs, err := lookOut(campaign, target, skip)
	if err != nil {
		return nil
	}
	s := &Since{record: r, campaign: campaign, target: target, inputs: pairs(r.Basis.Inputs, now.Inputs), outputs: pairs(r.Outputs, outputs)}
	layouts := func(t Tree) (files []File) {
		for _, f := range t {
			if strings.HasPrefix(f.Path, "layouts/") && !f.Folder {
				files = append(files, f)
			}
		}
		return files
	}
	was, is := layouts(r.Basis.Inputs), layouts(now.Inputs)
	if len(was) != len(is) {
		return nil
	}
	for _, f := range was {
		if !s.Input(f.Path) {
			return nil
		}
	}
	return s
}

// Input tells whether a file of the campaign is what it was.
func (s *Since) Input(file string) bool {
	p, ok := s.inputs[file]
	return ok && p.same(s.campaign)
}

// Output gives a file of the site as the record's build wrote it; ok is false
// where it no longer stands so.
func (s *Since) Output(path string) (f File, ok bool) {
	p, ok := s.outputs[path]
	if !ok || !p.same(s.target) {
		return File{}, false
	}
	f = p.is
	f.Sum, f.Known = p.was.Sum, p.was.Known
	return f, f.Known
}
