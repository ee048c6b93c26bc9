package site

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"wangjian/internal/release"
	layout "wangjian/layouts"
)

// paper is a page's formal document, which lies beside it.
type paper struct{ Href, Name string }

// The names of the papers, as package pdf publishes them.
var paperNames = []string{"document.pdf", "notice.pdf", "report.pdf"}

// paper links to the paper beside the page. name is what a reader's disk calls
// it.
func (r *rendering) paper(file, name string) *paper {
	return &paper{r.to(path.Dir(r.page.path) + "/" + file), name + ".pdf"}
}

// nameEnclosures says under which name every file that an item publishes with
// itself goes beside its page. Two files of one name get a number. A picture
// goes in several sizes; its name is that of the widest.
func (s *site) nameEnclosures() error {
	beside := map[string]map[string]string{}
	s.beside, s.shots = beside, map[string]map[string]*shot{}
	taken := map[string]bool{}
	for _, i := range s.campaign.Items {
		folder := path.Dir(s.addresses[i].path)
		for _, file := range i.Files() {
			if beside[folder] == nil {
				beside[folder], s.shots[folder] = map[string]string{}, map[string]*shot{}
			}
			if beside[folder][file] != "" {
				continue
			}
			picture, err := s.shoot(folder, file, taken)
			switch {
			case err != nil:
				return err
			case picture != nil:
				s.shots[folder][file] = picture
				beside[folder][file] = picture.names[len(picture.names)-1]
			default:
				beside[folder][file] = freeName(folder, path.Base(file), taken)
			}
		}
	}
	return nil
}

// reserved are the names of what the site itself puts beside a page.
var reserved = map[string]bool{"index.html": true, shareName: true, previewName: true, "feed.xml": true, "statistics.csv": true}

func freeName(folder, base string, taken map[string]bool) string {
	name := base
	for n := 2; ; n++ {
		key := strings.ToLower(folder + "/" + name)
		if !taken[key] && !reserved[strings.ToLower(name)] && !slices.Contains(paperNames, strings.ToLower(name)) {
			taken[key] = true
			return name
		}
		name = strconv.Itoa(n) + "-" + base
	}
}

// enclosures promises the items' own files, each once a folder.
func enclosures(s *site) []release.File {
	var files []release.File
	done := map[string]bool{}
	for _, i := range s.campaign.Items {
		folder := path.Dir(s.addresses[i].path)
		for _, file := range i.Files() {
			target := folder + "/" + s.beside[folder][file]
			if done[target] {
				continue
			}
			done[target] = true
			if p := s.shots[folder][file]; p != nil {
				files = append(files, s.shotFiles(folder, p)...)
				continue
			}
			files = append(files, s.view.Reading(target, func(w io.Writer, v *release.View) error { return copyFile(w, v, file) }))
		}
	}
	return files
}

func copyFile(w io.Writer, v *release.View, file string) error {
	f, err := v.Open(file)
	if err != nil {
		return fmt.Errorf("读取附件 %s：%w", file, err)
	}
	defer f.Close()
	if _, err := io.Copy(w, f); err != nil {
		return fmt.Errorf("读取附件 %s：%w", file, err)
	}
	return nil
}

func (r *rendering) read(file string) (string, error) {
	var b strings.Builder
	err := copyFile(&b, r.view, file)
	return b.String(), err
}

// size tells how large a campaign file is, in words.
func (r *rendering) size(file string) (string, error) {
	if p, err := r.view.Picture(file); err == nil {
		widest, err := p.Bytes(len(p.Sizes) - 1)
		return sizeText(int64(len(widest))), err
	}
	f, err := r.view.Open(file)
	if err != nil {
		return "", fmt.Errorf("读取附件 %s：%w", file, err)
	}
	defer f.Close()
	if known, ok := f.(interface{ Stat() (fs.FileInfo, error) }); ok {
		if info, err := known.Stat(); err == nil {
			return sizeText(info.Size()), nil
		}
	}
	n, err := io.Copy(io.Discard, f)
	if err != nil {
		return "", fmt.Errorf("读取附件 %s：%w", file, err)
	}
	return sizeText(n), nil
}

// sizeText returns 26 KB, 1.3 MB: rounded up.
func sizeText(bytes int64) string {
	const kilo, mega = 1024, 1024 * 1024
	if bytes < mega {
		return strconv.FormatInt((bytes+kilo-1)/kilo, 10) + " KB"
	}
	tenths := (bytes*10 + mega - 1) / mega
	return fmt.Sprintf("%d.%d MB", tenths/10, tenths%10)
}

// assetNames lists the layouts' styles, scripts and pictures.
func assetNames(layouts fs.FS) ([]string, error) {
	var names []string
	err := fs.WalkDir(layouts, "assets", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, name)
		}
		return err
	})
	slices.Sort(names)
	return names, err
}

// assets promises them byte for byte, but for the campaign's own words and
// style, and its logo.
func assets(s *site) []release.File {
	var files []release.File
	promise := func(target, name string) {
		files = append(files, s.view.File(target, func(w io.Writer) error {
			content, err := s.asset(name)
			if err != nil {
				return fmt.Errorf("读取 layouts/%s：%w", name, err)
			}
			_, err = w.Write(content)
			return err
		}))
	}
	for _, name := range s.assetNames {
		promise(name, name)
	}
	if logo := s.campaign.Looks.Logo.File; logo != "" {
		promise("assets/"+logo, logo)
	}
	return files
}

func (s *site) asset(name string) ([]byte, error) {
	content, err := fs.ReadFile(s.layouts, name)
	if err != nil {
		return nil, err
	}
	switch looks := s.campaign.Looks; {
	case name == "assets/site.css":
		content = layout.Restyle(content, func(mode string) []layout.Property {
			var list []layout.Property
			for _, p := range looks.Style {
				if p.Mode == mode {
					list = append(list, layout.Property{Name: p.Name, Value: p.Value})
				}
			}
			return list
		})
	case layout.HasWords(path.Base(name)):
		content = layout.RewordScript(content, looks.Words)
	}
	return withoutRecord(content)
}
