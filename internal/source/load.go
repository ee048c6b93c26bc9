package source

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sort"
	"strings"

	"gopkg.in/yaml.v3"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/cause"
	"wangjian/internal/markdown"
	"wangjian/internal/wording"
)

// reader gathers findings while it reads one campaign.
type reader struct {
	fsys     *files
	c        *campaign.Campaign
	findings []campaign.Finding
	doubtful map[string]bool // becomes the campaign's
	unread   map[string]campaign.Position
	used     map[string]bool // files that something refers to
	names    *names          // shared by all readers of a reading
	resolved []resolution
	inspect  []Inspector
	finder   *wording.Finder // of the protected terms, once the settings are known
	waiting  []Passage       // texts that were read before the settings were known
	settled  bool
	settings *reader // that read the settings; nil in itself
	deferred []deferred
	nodes    []yaml.Node // of the file read last

	// Of a reading with a memory: the files as they are, and what they contained
	// and contain.
	now               *cache.Snapshot
	previous, results map[string]*cached
	jobs              int // how many files were put off
}

// Passage is a text file on its way through the first pass, for rules about
// wording: it is not kept.
type Passage struct {
	File string
	Text []byte         // the whole file, decoded
	Item *campaign.Item // nil for data
	Tree *markdown.Tree // nil for data
	// Campaign has the settings whole; what else it has depends on how far the
	// pass has come.
	Campaign *campaign.Campaign
	Finder   *wording.Finder // of the campaign's protected terms
}

// Inspector looks at a passage and reports what it finds.
type Inspector func(Passage) []campaign.Finding

// fail reports an error. The finding can be given a mend before the next one.
func (r *reader) fail(rule string, at campaign.Position, message, hint string) *campaign.Finding {
	r.findings = append(r.findings, campaign.Finding{Level: campaign.Error, Rule: rule, At: at.Place(), Message: message, Hint: hint})
	r.doubt(at.File)
	return &r.findings[len(r.findings)-1]
}

// meant asks whether a known word is meant by an unknown one, or says otherwise.
func meant(word string, known []string, otherwise string) string {
	if near := campaign.Nearest(word, known); near != "" {
		return "是不是“" + near + "”？"
	}
	return otherwise
}

func (r *reader) doubt(file string) { r.doubtful[file] = true }

// leaveUnread notes that a file is there and cannot be read, with its first
// fault.
func (r *reader) leaveUnread(file string) {
	var at campaign.Position
	for _, f := range r.findings {
		if f.At.File == file && f.Level == campaign.Error && (at.IsZero() || f.At.Line < at.Line) {
			at = f.At.Position
		}
	}
	if at.IsZero() {
		at = campaign.InFile(file)
	}
	r.unread[file] = at
}

// misnamed is misplaced for a file, or for all that is in a folder.
func (r *reader) misnamed(meant, name string) {
	info, err := fs.Stat(r.fsys, name)
	if err != nil || !info.IsDir() {
		r.misplaced(meant, name)
		return
	}
	r.doubt(meant)
	files, _ := fs.ReadDir(r.fsys, name)
	for _, e := range files {
		r.misnamed(meant+"/"+e.Name(), name+"/"+e.Name())
	}
}

// misplaced notes that what belongs at a path is there under another name only.
func (r *reader) misplaced(meant, name string) {
	if r.exists(meant) {
		return
	}
	r.doubt(meant)
	r.unread[meant] = campaign.InFile(name)
}

func (r *reader) warn(rule string, at campaign.Position, message, hint string) {
	r.findings = append(r.findings, campaign.Finding{Level: campaign.Warning, Rule: rule, At: at.Place(), Message: message, Hint: hint})
}

// Load reads the campaign in fsys, whose root holds data/ and content/. The
// campaign is as complete as the findings allow, and never nil. Each inspector
// sees every text once.
func Load(fsys fs.FS, inspect ...Inspector) (*campaign.Campaign, []campaign.Finding) {
	return new(Memory).Load(fsys, nil, inspect...)
}

// Load is Load that takes over what the memory has of files that stand as they
// stood; now is what stood in the campaign's folders before. The inspectors must
// be the same each time.
func (m *Memory) Load(fsys fs.FS, now *cache.Snapshot, inspect ...Inspector) (*campaign.Campaign, []campaign.Finding) {
	settings, sound := m.readSettingsFiles(fsys, now, inspect)
	if !sound {
		// Without names nothing else can be told right from wrong.
		return settings.c, campaign.SortFindings(settings.findings)
	}
	d := m.readData(fsys, now, settings)
	r := d.next(fsys)
	r.now, r.previous, r.results = now, m.files, map[string]*cached{}
	r.readItems(d.loose)
	r.readLooks()
	r.c.Fingerprinted = slices.ContainsFunc(r.c.Records(), func(p *campaign.Release) bool { return p.Fingerprinted })
	if m.disk != nil && m.settings != nil {
		maps.Copy(r.results, d.results)
		m.disk.put(r.results, m.files, r.c, m.inputs)
		m.data, r.results = nil, nil
	}
	m.files = r.results
	return r.c, campaign.SortFindings(r.findings)
}

func newReader(fsys fs.FS, inspect []Inspector) *reader {
	doubtful, unread := map[string]bool{}, map[string]campaign.Position{}
	return &reader{
		fsys: &files{FS: fsys, tracked: map[string]bool{}}, c: &campaign.Campaign{Doubtful: doubtful, Unreadable: unread},
		doubtful: doubtful, unread: unread, used: map[string]bool{}, names: newNames(), inspect: inspect,
	}
}

// readText reads a text file and returns it decoded, with the hash of its bytes
// as they are; nil after a finding.
func (r *reader) readText(file string) (text []byte, hash [sha256.Size]byte) {
	info, err := fs.Stat(r.fsys, file)
	if err == nil && !info.Mode().IsRegular() {
		// Opening a pipe would wait for ever.
		r.fail("special-file", campaign.InFile(file), "这不是普通文件（管道、设备之类）", "删去它")
		return nil, hash
	}
	if err == nil && info.Size() > MaxFile {
		r.fail("file-size", campaign.InFile(file), fmt.Sprintf("文件有 %d 字节，太大了", info.Size()), "检查是不是放错了文件；文字文件不超过 4 MB")
		return nil, hash
	}
	raw, err := r.fsys.read(file)
	if err != nil {
		r.fail("unreadable", campaign.InFile(file), "文件读不出来："+cause.Of(err), "检查文件是否被别的程序占用，或权限是否正确")
		return nil, hash
	}
	text, err = Decode(raw)
	if err != nil {
		r.fail("encoding", campaign.InFile(file), err.Error(), "另存为 UTF-8 编码")
		return nil, hash
	}
	r.checkCharacters(file, text)
	return text, sha256.Sum256(raw)
}

// readObject reads a whole YAML file and shows it to do, as [reader.readYAML]
// does; sound is false where the file cannot be read as it is.
func (r *reader) readObject(file string, do func(*object)) (sound bool) {
	text, _ := r.readText(file)
	if text == nil {
		r.leaveUnread(file)
		return false
	}
	read, sound := r.readYAML(file, text, 1, do)
	if read {
		r.checkSampleFile(file, text)
		r.inspectPassage(Passage{File: file, Text: text})
	}
	if !sound {
		r.leaveUnread(file)
	}
	return sound
}

// inspectPassage shows a text to the inspectors, once the settings are known.
func (r *reader) inspectPassage(p Passage) {
	if !r.settled {
		r.waiting = append(r.waiting, p)
		return
	}
	p.Campaign, p.Finder = r.c, r.finder
	for _, inspect := range r.inspect {
		r.findings = append(r.findings, inspect(p)...)
	}
}

// checkTops refuses a campaign whose folders are elsewhere: what they hold could
// not be told from what must not be published.
func (r *reader) checkTops() {
	for _, top := range []string{"data", contentFolder, looksFolder} {
		if info, err := fs.Lstat(r.fsys, top); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			r.fail("special-file", campaign.InFile(top), "这是指向文件夹的符号链接", "把文件夹本身放进来")
		}
	}
}

func (r *reader) exists(file string) bool {
	info, err := fs.Stat(r.fsys, file)
	return err == nil && info.Mode().IsRegular()
}

// entries lists a folder without what editors and systems leave behind and
// without what is no file of ours: pipes, devices, links that lead out. An
// absent folder is empty.
func (r *reader) entries(dir string) []fs.DirEntry {
	all, err := fs.ReadDir(r.fsys, dir)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			r.fail("unreadable", campaign.InFile(dir), "文件夹读不出来："+cause.Of(err), "检查它是不是文件夹，权限是否正确")
			r.leaveUnread(dir)
		}
		return nil
	}
	var kept []fs.DirEntry
	for _, e := range all {
		if !ignored(e.Name()) && r.isOurs(dir+"/"+e.Name(), e) {
			kept = append(kept, e)
		}
	}
	sort.Slice(kept, func(i, j int) bool { return kept[i].Name() < kept[j].Name() })
	seen := map[string]string{}
	for _, e := range kept {
		at := campaign.InFile(dir + "/" + e.Name())
		if why := campaign.NameFault(e.Name()); why != "" {
			r.fail("file-name", at, "这个名字有的电脑存不了："+why, "改名")
			continue
		}
		folded := campaign.FoldedName(e.Name())
		if other, taken := seen[folded]; taken {
			r.fail("file-name", at, "与“"+other+"”只有大小写或写法不同，有的电脑上是同一个文件", "给其中一个改名")
		}
		seen[folded] = e.Name()
	}
	for _, e := range all {
		if _, isLink := r.names.links[dir+"/"+e.Name()]; isLink {
			seen[campaign.FoldedName(e.Name())] = e.Name() // also one that leads out: to say so where it is named
		}
	}
	r.names.list(dir, seen)
	return kept
}

// isOurs reports whether an entry is a file or a folder that can be read: links
// only to files within the same of the campaign's folders.
func (r *reader) isOurs(name string, e fs.DirEntry) bool {
	if e.Type().IsRegular() || e.IsDir() {
		return true
	}
	message, hint := "这不是普通文件（管道、设备之类）", "删去它"
	if e.Type()&fs.ModeSymlink != 0 {
		hint = "把文件本身放进来"
		real, err := followed(r.fsys, name)
		var info fs.FileInfo
		if err == nil {
			info, err = fs.Stat(r.fsys, real)
		}
		switch {
		case err != nil:
			message = "这个符号链接不能用：" + cause.Of(err)
		case info.IsDir():
			message, hint = "这是指向文件夹的符号链接", "把文件夹本身放进来"
		case info.Mode().IsRegular():
			r.names.links[name] = real
			return true
		}
		r.names.links[name] = ""
	}
	r.fail("special-file", campaign.InFile(name), message, hint)
	r.leaveUnread(name)
	return false
}

// ignored tells files that are nobody's input: hidden ones, editors' copies,
// Office's locks, and the Go file that embeds the sample.
func ignored(name string) bool {
	switch path.Ext(name) {
	case ".go", ".swp", ".swo", ".bak", ".tmp", ".orig":
		return true
	}
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~") || strings.HasSuffix(name, "~") ||
		strings.HasPrefix(name, "#") || name == "Thumbs.db" || name == "desktop.ini"
}
