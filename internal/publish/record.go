package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/disk"
)

// Options is what a person asks a build for.
type Options struct {
	Campaign string // the campaign's folder
	Program  string // the program's own file
	// At is the time that the site is to be of: what was asked for, else the
	// clock's.
	At      campaign.Moment
	Asked   bool   // whether it was asked for
	Against string // a published file to compare with, "" for none
}

// Inputs is everything that a build depends on, as it was before anything was
// read.
type Inputs struct {
	Program [sha256.Size]byte // the hash of its file
	Files   *cache.Snapshot   // the campaign's
	outside cache.Files       // the published one to compare with, if there is one
	at      campaign.Moment
	asked   bool
}

// Messages is what a build told the person, word for word.
type Messages struct {
	Findings []byte // on standard error
	Held     []byte // on standard output
	// Span is the time in which it would have told the same, and made the same.
	Span campaign.Span
	// Reference is the campaign's 基准日, which counts where no time is asked
	// for; zero for none.
	Reference campaign.Date
}

// Record is what a build that came to its end leaves for the next: the results,
// which are the files of the site, and what they are bound to.
type Record struct {
	Program  [sha256.Size]byte
	Outside  cache.Files
	Inputs   cache.Files
	Messages Messages
	// View is the digest of all that the files could see without reading, and
	// Planned are the campaign files that were read for all of them.
	View    [sha256.Size]byte
	Planned []string
	Outputs []Output
}

// Output is a file or a folder of the site.
type Output struct {
	cache.File
	Sum [sha256.Size]byte
	// Reads are the campaign files that were read for it, and Sizes the outputs
	// whose size it shows. One that is Derived depends on all other outputs instead.
	Reads   []string
	Sizes   []string
	Derived bool
}

// Files counts the files of the site, SHA256SUMS apart.
func (r *Record) Files() int {
	n := -1
	for _, o := range r.Outputs {
		if !o.Mark.IsFolder() {
			n++
		}
	}
	return n
}

// InputsMatch reports whether a build from the inputs now would read what the
// record's build has read, and tell the same at its time.
func (r *Record) InputsMatch(now *Inputs) bool {
	at := now.at
	if !now.asked && !r.Messages.Reference.IsZero() {
		at = r.Messages.Reference.Last()
	}
	return r.Program == now.Program && r.Outside.Match(now.outside) && r.Messages.Span.Covers(at) && r.Inputs.Match(now.Files.Files)
}

// OutputsMatch reports whether the site is as the record's build wrote it, with
// nothing besides.
func (r *Record) OutputsMatch(now *published) bool {
	if now == nil || len(r.Outputs) != len(now.files) {
		return false
	}
	for n, o := range r.Outputs {
		if o.Path != now.files[n].Path || !now.matches(&o) {
			return false
		}
	}
	return true
}

// lookAtInputs takes down the inputs of a build that is about to read; nil where
// they cannot be told.
func lookAtInputs(q Options, root string) *Inputs {
	in := &Inputs{Files: cache.Look(root), at: q.At, asked: q.Asked}
	if in.Files == nil {
		return nil
	}
	if q.Against != "" {
		mark, err := cache.LookAt(q.Against, filepath.Join(root, cache.Dir))
		if err != nil {
			return nil
		}
		in.outside = append(in.outside, cache.File{Path: q.Against, Mark: mark})
	}
	var err error
	if in.Program, err = cache.Program(q.Program); err != nil {
		return nil
	}
	return in
}

// Begin takes down what a build depends on, before it reads anything. Where the
// build before read the same and its site stands as it was written, Begin returns
// that build's record, and there is nothing to do. What cannot be told for sure
// counts as changed.
func (f *Folder) Begin(q Options) *Record {
	root, err := resolve(f.Campaign)
	if err != nil {
		return nil
	}
	target, err := resolve(f.Target)
	if err != nil {
		return nil
	}
	unlock, err := disk.Lock(root)
	if err != nil {
		return nil // Publish says so
	}
	defer unlock()
	if _, err := os.Lstat(target); errors.Is(err, fs.ErrNotExist) {
		// A build that was killed between two renames has left the site beside its
		// place: it is back before anything can stop this one.
		_, _ = tidy(f.disk(), target) // Publish tells what cannot be done
	}
	last := readRecord(root, target)
	inputs := lookAtInputs(q, root)
	if inputs == nil {
		return nil
	}
	f.inputs, f.last = inputs, last
	if last != nil && last.InputsMatch(inputs) && !isLeft(target) {
		if now, err := lookAtSite(target, root, last); err == nil && last.OutputsMatch(now) {
			return last
		}
	}
	return nil
}

// Inputs returns what Begin took down; nil where it could not.
func (f *Folder) Inputs() *Inputs { return f.inputs }

// isLeft reports whether a killed build left something beside the target.
func isLeft(target string) bool {
	names, err := siblings(target)
	return err != nil || len(names) > 0
}

// mostTargets is how many targets a campaign's records are kept of.
const mostTargets = 20

func records(root string) *cache.Folder {
	return cache.NewFolder(root, "builds", mostTargets)
}

func keyOf(target string) string {
	sum := sha256.Sum256([]byte(target))
	return hex.EncodeToString(sum[:16])
}

// readRecord returns the record of the last build into the target; nil for none, or
// for one that another version of the program wrote differently.
func readRecord(root, target string) *Record {
	raw, ok := records(root).Get(keyOf(target))
	if !ok {
		return nil
	}
	r := new(Record)
	if gob.NewDecoder(bytes.NewReader(raw)).Decode(r) != nil {
		return nil
	}
	return r
}

func (r *Record) write(root, target string) {
	var raw bytes.Buffer
	if gob.NewEncoder(&raw).Encode(r) == nil {
		records(root).Put(keyOf(target), raw.Bytes())
	}
}

// published is what stands in a target.
type published struct {
	dir   string
	files cache.Files // without what file managers leave behind
	marks map[string]cache.Mark
	was   map[string]*Output // as the last build wrote it
}

// lookAtSite looks at a target, which need not be there.
func lookAtSite(target, root string, last *Record) (*published, error) {
	files, err := cache.LookIn(target, filepath.Join(root, cache.Dir), ".")
	if err != nil {
		return nil, err
	}
	s := &published{dir: target, was: map[string]*Output{}}
	for _, f := range files {
		if !droppings[f.Path[strings.LastIndexByte(f.Path, '/')+1:]] {
			s.files = append(s.files, f)
		}
	}
	s.marks = s.files.Marks()
	if last != nil {
		for n := range last.Outputs {
			s.was[last.Outputs[n].Path] = &last.Outputs[n]
		}
	}
	return s, nil
}

func (s *published) name(p string) string { return filepath.Join(s.dir, filepath.FromSlash(p)) }

// holds reports whether an output stands as it was written.
func (s *published) matches(o *Output) bool {
	if o.Mark.IsFolder() {
		return true
	}
	is, ok := s.marks[o.Path]
	if !ok || is.Size != o.Mark.Size {
		return false
	}
	if o.Mark.Match(is) {
		return true
	}
	sum, err := s.hash(o.Path)
	return err == nil && sum == o.Sum
}

// stands returns an output as the last build wrote it, with its mark as it is now;
// ok is false where it no longer stands so.
func (s *published) output(p string) (o Output, ok bool) {
	was := s.was[p]
	if was == nil || !s.matches(was) {
		return Output{}, false
	}
	o = *was
	o.Mark = s.marks[p]
	return o, true
}

// has reports whether a file's content has a sum.
func (s *published) has(sum Sum) bool {
	is, ok := s.marks[sum.Path]
	if !ok || is.Size != sum.Size {
		return false
	}
	if was := s.was[sum.Path]; was != nil && was.Mark.Match(is) {
		return was.Sum == sum.SHA256
	}
	got, err := s.hash(sum.Path)
	return err == nil && got == sum.SHA256
}

func (s *published) hash(p string) (sum [sha256.Size]byte, err error) {
	if info, err := os.Lstat(s.name(p)); err != nil || !info.Mode().IsRegular() {
		return sum, os.ErrInvalid
	}
	return sumOfFile(s.name(p))
}

func sumOfFile(name string) (sum [sha256.Size]byte, err error) {
	f, err := os.Open(name)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	return hashOf(f)
}

// hashOf returns the hash of what is left to read.
func hashOf(r io.Reader) (sum [sha256.Size]byte, err error) {
	hash := sha256.New()
	if _, err := io.Copy(hash, r); err != nil {
		return sum, err
	}
	hash.Sum(sum[:0])
	return sum, nil
}
