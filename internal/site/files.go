package site

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf"
	"wangjian/internal/picture"
	"wangjian/internal/release"
	layout "wangjian/layouts"
)

// paper is a page's formal document, which lies beside it.
type paper struct {
	Href, Name, Size string
	OFD              *paper // the same as OFD; nil where the campaign publishes none
}

// paperNames are the names of the papers, as package pdf publishes them.
var paperNames = pdf.FileNames()

// paper links to the paper beside the page. name is what a reader's disk calls
// it.
func (r *rendering) paper(file, name string) (*paper, error) {
	file = path.Dir(r.page.path) + "/" + file
	var list [2]*paper // by format
	for n, f := range pdf.FormatsOf(r.campaign) {
		size, err := r.sizeOf(f.Named(file))
		if err != nil {
			return nil, err
		}
		list[n] = &paper{Href: r.to(f.Named(file)), Name: name + "." + f.Name, Size: size}
	}
	list[0].OFD = list[1]
	return list[0], nil
}

// sizeOf tells how large a file of the site is, in words: a paper or a data file,
// which come before the pages. It is "" where that is not known (release.View.Size).
func (r *rendering) sizeOf(file string) (string, error) {
	bytes, ok, err := r.view.Size(file)
	if !ok || err != nil {
		return "", err
	}
	return sizeText(bytes), nil
}

// withSize tells a file's kind and, where it is known, its size: PDF，1.2 MB.
func withSize(kind, size string) string {
	if size == "" {
		return kind
	}
	return kind + "，" + size
}

// enclosure is a file that items publish beside their pages.
type enclosure struct {
	folder, file string // where it goes, and the campaign's file
	name         string // there; of a picture the widest rendition's
	// Of a picture, which is published in a few widths, each a file, the widest
	// last.
	picture    *picture.Picture // nil for other files
	renditions []string         // names, as picture.Sizes
}

// nameEnclosures says under which name every file that an item publishes with
// itself goes beside its page. Two files of one name get a number.
func (s *site) nameEnclosures() error {
	taken := map[string]bool{}
	for _, i := range s.campaign.Items {
		for _, file := range i.Files() {
			if s.enclosure(i, file) != nil {
				continue
			}
			e := &enclosure{folder: s.folderOf(i), file: file}
			if err := s.nameEnclosure(e, taken); err != nil {
				return err
			}
			s.enclosures = append(s.enclosures, e)
			s.enclosed[[2]string{e.folder, file}] = e
		}
	}
	return nil
}

// folderOf is where an item's page lies.
func (s *site) folderOf(i *campaign.Item) string { return path.Dir(s.addresses[i].path) }

// enclosure returns a file that an item publishes with itself, nil for others.
func (s *site) enclosure(i *campaign.Item, file string) *enclosure {
	return s.enclosed[[2]string{s.folderOf(i), file}]
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
	for _, e := range s.enclosures {
		for n, name := range e.renditions {
			files = append(files, s.view.File(e.folder+"/"+name, func(w io.Writer) error {
				encoded, err := e.picture.Bytes(n)
				if err == nil {
					_, err = w.Write(encoded)
				}
				return err
			}))
		}
		if e.picture == nil {
			files = append(files, s.view.Reading(e.folder+"/"+e.name, func(w io.Writer, v *release.View) error { return copyFile(w, v, e.file) }))
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

// sizeText returns 26 KB, 1.3 MB, which no line parts: rounded up.
func sizeText(bytes int64) string {
	const kilo, mega = 1024, 1024 * 1024
	if bytes < mega {
		return strconv.FormatInt((bytes+kilo-1)/kilo, 10) + "\u00a0KB"
	}
	tenths := (bytes*10 + mega - 1) / mega
	return fmt.Sprintf("%d.%d\u00a0MB", tenths/10, tenths%10)
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
	emblems := s.campaign.Looks.Emblems
	for _, mark := range []campaign.Logo{s.campaign.Looks.Logo, emblems[campaign.PoliceEmblem], emblems[campaign.OrganEmblem]} {
		if mark.File != "" {
			promise("assets/"+mark.File, mark.File)
		}
	}
	return files
}

func (s *site) asset(name string) ([]byte, error) {
	content, err := fs.ReadFile(s.layouts, name)
	if err != nil {
		return nil, err
	}
	switch own := s.campaign.Looks; {
	case name == "assets/site.css":
		content = layout.Restyle(content, func(mode string) []layout.Property {
			var list []layout.Property
			for _, p := range own.Style {
				if p.Mode == mode {
					list = append(list, layout.Property{Name: p.Name, Value: p.Value})
				}
			}
			return list
		})
		content = layout.WithoutComments(content)
	case layout.HasWords(path.Base(name)):
		content = layout.RewordScript(content, s.words)
	}
	return picture.Asset(name, content)
}
