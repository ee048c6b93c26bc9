package main

import (
	"debug/buildinfo"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// ownParts are the licences in the repository of what the program embeds: fonts,
// ECharts, word lists. In the archive they have the same path, under licences/.
var ownParts = []string{
	"internal/wording/*.LICENSE.txt",
	"layouts/assets/echarts.*.txt",
	"layouts/fonts/licences/*",
}

// licenceName matches the files of a module that state its terms.
var licenceName = regexp.MustCompile(`(?i)^(licen[cs]es?|copying|notice|patents|copyright|authors)(\.(txt|md))?$`)

// licences returns the licence texts of all that a program has in it: the parts in
// the repository, Go's standard library, and the modules.
func (r release) licences(info *buildinfo.BuildInfo) ([]file, error) {
	var files []file
	for _, pattern := range ownParts {
		found, err := filepath.Glob(filepath.Join(r.root, filepath.FromSlash(pattern)))
		if err != nil {
			return nil, err
		}
		texts, err := read(path.Join("licences", path.Dir(pattern)), found)
		if err != nil {
			return nil, err
		}
		files = append(files, texts...)
	}
	folders, err := r.folders(info)
	if err != nil {
		return nil, err
	}
	for _, f := range folders {
		texts, err := moduleLicences(f)
		if err != nil {
			return nil, err
		}
		files = append(files, texts...)
	}
	return files, nil
}

// A folder holds the source of a module, or of Go itself.
type folder struct{ module, dir string }

// folders returns where the source of Go and of each module in info lies.
func (r release) folders(info *buildinfo.BuildInfo) ([]folder, error) {
	root, err := output(r.root, nil, "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	folders := []folder{{"go@" + info.GoVersion, strings.TrimSpace(string(root))}}
	args := []string{"list", "-m", "-f", "{{.Path}}@{{.Version}}\t{{.Dir}}"}
	for _, m := range info.Deps {
		if m.Replace != nil {
			return nil, fmt.Errorf("module %s is replaced: a release is made of published modules", m.Path)
		}
		args = append(args, m.Path)
	}
	list, err := output(r.root, nil, "go", args...)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(list)) {
		module, dir, _ := strings.Cut(strings.TrimSpace(line), "\t")
		folders = append(folders, folder{module, dir})
	}
	return folders, nil
}

// moduleLicences returns the licence texts of one module; one that has none stops
// the release.
func moduleLicences(f folder) ([]file, error) {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, e := range entries {
		name := filepath.Join(f.dir, e.Name())
		switch {
		case !licenceName.MatchString(e.Name()):
		case e.Type().IsRegular():
			found = append(found, name)
		case e.IsDir(): // with the texts that the file refers to
			texts, err := filepath.Glob(filepath.Join(name, "*.txt"))
			if err != nil {
				return nil, err
			}
			found = append(found, texts...)
		}
	}
	return read(path.Join("licences", f.module), found)
}

// read returns the files at paths as they stand in the folder of an archive.
func read(folder string, paths []string) ([]file, error) {
	if len(paths) == 0 {
		return nil, fmt.Errorf("no licence for %s", folder)
	}
	var files []file
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			return nil, err
		}
		files = append(files, file{name: path.Join(folder, filepath.Base(p)), data: data})
	}
	return files, nil
}
