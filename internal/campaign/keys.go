package campaign

import "unique"

// Keys remembers where each key of a YAML mapping stands: "审核.初审.人".
type Keys struct {
	Start Position // the mapping's (or file's) first line
	At    *Places  // in the same file; nil for none
}

// Places are where the keys of a file stand. They are a list, and the words of
// keys are kept once for all files: a file has some twenty keys, a campaign ten
// thousands of files, of which maps took 2.5 kB each.
type Places []keyPlace

// keyPlace is where a key stands.
type keyPlace struct {
	Key          string
	Line, Column int32
}

// NewPlaces has room for so many.
func NewPlaces(room int) *Places {
	p := make(Places, 0, room)
	return &p
}

// Add notes a key's place; of one key the last counts.
func (p *Places) Add(key string, at Position) {
	*p = append(*p, keyPlace{unique.Make(key).Value(), int32(at.Line), int32(at.Column)})
}

// Of returns the place of a key.
func (p *Places) Of(key string) (keyPlace, bool) {
	if p == nil {
		return keyPlace{}, false
	}
	for n := len(*p) - 1; n >= 0; n-- {
		if (*p)[n].Key == key {
			return (*p)[n], true
		}
	}
	return keyPlace{}, false
}

// Of returns the position of the first of the paths that is there, else of the
// nearest parent, else the start.
func (k Keys) Of(paths ...string) Position {
	for _, path := range paths {
		for p := path; p != ""; p = parentPath(p) {
			if at, ok := k.At.Of(p); ok {
				return Position{k.Start.File, int(at.Line), int(at.Column)}
			}
		}
	}
	return k.Start
}

// Has reports whether the key is written in the file.
func (k Keys) Has(path string) bool { _, ok := k.At.Of(path); return ok }

func parentPath(p string) string {
	for i := len(p) - 1; i >= 0; i-- {
		if p[i] == '.' {
			return p[:i]
		}
	}
	return ""
}
