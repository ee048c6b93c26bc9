// Package layouts holds what the pages and papers are made with: templates,
// styles, scripts and fonts. All of it is embedded.
//
// A campaign changes how it looks in its own layouts/ folder, by the smallest
// means that does:
//
//	words.yaml             words of the interface, each by the built-in word
//	style.yaml             custom properties of the stylesheet
//	logo.svg, logo.png     a mark before the site's name
//	templates/, assets/,   any file, in the place of the built-in one of the
//	fonts/                 same name; other files of assets/ are published too
package layouts

import (
	"embed"
	"errors"
	"io/fs"
)

//go:embed templates assets fonts/*.ttf fonts/*.gz
var files embed.FS

var embedded = packed{files}

// Over returns the built-in layouts with a campaign's own files laid over them;
// custom may be nil.
func Over(custom fs.FS) fs.FS {
	if custom == nil {
		return embedded
	}
	return overlay{custom, embedded}
}

type overlay struct{ custom, base fs.FS }

func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.custom.Open(name)
	if err == nil {
		if info, statErr := f.Stat(); statErr == nil && !info.IsDir() {
			return f, nil
		}
		f.Close()
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return o.base.Open(name)
}

// ReadDir lists the built-in names and the campaign's additions, so that a new
// file in a campaign's folder is found as well.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	base, err := fs.ReadDir(o.base, name)
	own, ownErr := fs.ReadDir(o.custom, name)
	if err != nil && ownErr != nil {
		return nil, err
	}
	seen := map[string]bool{}
	var all []fs.DirEntry
	for _, e := range append(own, base...) {
		if !seen[e.Name()] {
			seen[e.Name()] = true
			all = append(all, e)
		}
	}
	return all, nil
}
