package project

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf"
	"wangjian/internal/record"
	"wangjian/internal/release"
	"wangjian/internal/site"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

// Shown is what the public is shown now, as the record of publications has it.
func (l *Loaded) Shown() (*campaign.Published, error) {
	pages, err := l.pages()
	if err != nil {
		return nil, err
	}
	p := &campaign.Published{At: l.At, Items: map[string]campaign.PublishedItem{}, Settings: l.settings()}
	recorded := l.recordedNames()
	for _, f := range l.Out.Figures() {
		name, ok := recorded[figure{campaign.Target{Round: f.Round, Department: f.Department, Row: f.Row, Region: f.Region}, f.Own}]
		if !ok {
			name = f.Name()
		}
		p.Figures = append(p.Figures, campaign.PublishedFigure{FigureName: name, Quantity: f.Quantity})
	}
	add := func(file, title string, r *campaign.Release, pages []string) {
		p.Items[file] = campaign.PublishedItem{File: file, Title: title, Digest: r.Digest, Signed: r.Signoffs.String(), Pages: pages}
	}
	c := l.Public.Campaign()
	for _, r := range c.Rounds {
		add(campaign.ReleaseFile(r), r.Name+"数据", r.Release, pages[campaign.ReleaseFile(r)])
	}
	for _, i := range c.Items {
		add(i.File, cmp.Or(i.Title, i.File), &i.Release, pages[i.File])
	}
	if pdf.HasStatus(c) {
		p.Papers = papersOf(l.Public, l.Out)
	}
	return p, nil
}

// Papers lists all papers of the campaign, those that are out and those that will be.
func (l *Loaded) Papers() []campaign.PublishedPaper {
	return slices.Concat(papersOf(l.Public, l.Out), papersOf(l.Whole, l.Book))
}

func papersOf(v *release.View, book *stats.Table) (list []campaign.PublishedPaper) {
	for _, p := range pdf.Papers(v, book) {
		list = append(list, p.Published(v, book))
	}
	return list
}

// figure is which figure of the campaign a recorded one is.
type figure struct {
	campaign.Target
	own bool
}

// recordedNames are the names under which the figures are in the record: one whose
// department has another name now is no new figure.
func (l *Loaded) recordedNames() map[figure]campaign.FigureName {
	last, names := l.Record.Last(), map[figure]campaign.FigureName{}
	if last == nil {
		return nil
	}
	for _, p := range last.Figures {
		if at, own, ok := l.Campaign.FindPublished(p); ok && at.Row != nil {
			names[figure{at, own}] = p.FigureName
		}
	}
	return names
}

// pages lists the paths of the site that each public item and round has. A space
// in one is written as in an address.
func (l *Loaded) pages() (map[string][]string, error) {
	where, err := site.Addresses(l.Public, l.Out)
	if err != nil {
		return nil, err
	}
	papers := map[string][]string{}
	for _, p := range pdf.Papers(l.Public, l.Out) {
		for _, f := range pdf.FormatsOf(l.Public.Campaign()) {
			papers[path.Dir(p.Path)] = append(papers[path.Dir(p.Path)], f.Named(p.Path))
		}
	}
	for _, i := range l.Public.Campaign().Items {
		where[i.File] = append(where[i.File], papers[path.Dir(where[i.File][0])]...)
	}
	for _, r := range l.Public.Campaign().Rounds {
		where[campaign.ReleaseFile(r)] = []string{"statistics/index.html", "statistics/" + r.Code + ".csv"}
	}
	for _, list := range where {
		for n := range list {
			list[n] = strings.ReplaceAll(list[n], " ", "%20")
		}
	}
	return where, nil
}

// ofProgram names what the program's own layouts are recorded as.
const ofProgram = "程序"

// unshown are keys of campaign.yaml that no page shows.
var unshown = []string{"版本", "示例", "基准日", "审核人", "索引号格式", "发布"}

// settings are hashes of what is set for the whole site, by file.
func (l *Loaded) settings() map[string]string {
	hashes := map[string]string{ofProgram: hashTree(layouts.Over(nil), "templates", "assets")}
	var set map[string]any
	if text, err := fs.ReadFile(l.Files, "data/campaign.yaml"); err == nil && yaml.Unmarshal(text, &set) == nil {
		for _, key := range unshown {
			delete(set, key)
		}
		meaning, _ := json.Marshal(set) // comments, order and quotes do not count
		hashes["data/campaign.yaml"] = hashOf(meaning)
	}
	for _, file := range []string{"data/wording.yaml", "data/synonyms.yaml"} {
		if text, err := fs.ReadFile(l.Files, file); err == nil {
			hashes[file] = hashOf(text)
		}
	}
	_ = fs.WalkDir(l.Files, "layouts", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			if content, err := fs.ReadFile(l.Files, name); err == nil {
				hashes[name] = hashOf(content)
			}
		}
		return nil
	})
	return hashes
}

func hashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// hashTree is one hash of all files of some folders with their names.
func hashTree(files fs.FS, dirs ...string) string {
	var list []byte
	for _, dir := range dirs {
		_ = fs.WalkDir(files, dir, func(name string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				content, _ := fs.ReadFile(files, name)
				list = fmt.Appendf(list, "%s %s\n", hashOf(content), name)
			}
			return nil
		})
	}
	return hashOf(list)
}

// NextEntry is what publishing now adds to the record; nil where it changes nothing
// or the campaign, a sample, is not recorded.
func (l *Loaded) NextEntry() (*record.Entry, error) {
	if l.Campaign.Sample {
		return nil, nil
	}
	shown, err := l.Shown()
	if err != nil {
		return nil, err
	}
	return l.Record.Next(shown, l.WhyGone), nil
}

// WhyGone says why an item or round that the record shows public is not so now.
func (l *Loaded) WhyGone(file string) record.Gone { return release.WhyGone(l.Campaign, l.Date, file) }
