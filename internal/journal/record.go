package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"os"
	"path/filepath"

	"wangjian/internal/campaign"
	"wangjian/internal/keep"
)

// inputs are the folders of a campaign that a build reads.
var inputs = []string{"data", "content", "layouts"}

// own is where a campaign's caches and records lie.
const own = ".wangjian"

// Question is what a person asks a build for.
type Question struct {
	Campaign string // the campaign's folder
	Program  string // the program's own file
	// At is the time that the site is to be of: what was asked for, else the
	// clock's.
	At      campaign.Moment
	Asked   bool   // whether it was asked for
	Against string // a published file to compare with, "" for none
}

// Basis is everything that a build depends on, as it was before anything was
// read.
type Basis struct {
	Program File
	Against File // Path is "" when there is none
	At      campaign.Moment
	Asked   bool
	Inputs  Tree
}

// Said is what a build told the person, word for word.
type Said struct {
	Findings []byte // on standard error
	Held     []byte // on standard output
	// Span is the time in which it would have told the same, and made the same.
	Span campaign.Span
	// Reference is the campaign's 基准日, which counts where no time is asked
	// for; zero for none.
	Reference campaign.Date
}

// Made is what the files of a site were made from, beside the program.
type Made struct {
	// Digest is of everything that all of them could see without reading.
	Digest [sha256.Size]byte
	// Planned are the campaign files that were read for all of them.
	Planned []string
	// Reads gives for a file of the site the campaign files that were read for
	// it. A file that depends on the others is not in it.
	Reads map[string][]string
}

// Record is a build that came to its end.
type Record struct {
	Basis   Basis
	Said    Said
	Made    Made
	Outputs Tree // below the target, with the sums of all files
}

// Files counts the files of the site, SHA256SUMS apart.
func (r *Record) Files() int {
	n := -1
	for _, f := range r.Outputs {
		if !f.Folder {
			n++
		}
	}
	return n
}

// Look takes down the basis of a build that is about to read. last is the
// record of the build before, nil for none.
func Look(q Question, last *Record) (*Basis, error) {
	dir := filepath.Join(q.Campaign, own)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	var known Basis
	if last != nil {
		known = last.Basis
	}
	b := &Basis{At: q.At, Asked: q.Asked}
	now := diskTime(dir)
	var err error
	if b.Inputs, err = look(q.Campaign, inputs, nothing); err != nil {
		return nil, err
	}
	b.Inputs.age(now)
	if b.Program, err = lookAt(q.Program, known.Program, now); err != nil {
		return nil, err
	}
	if q.Against != "" {
		if b.Against, err = lookAt(q.Against, known.Against, now); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func nothing(string) bool { return false }

// Holds tells whether a build from the basis now would read what the record's
// build has read; now takes over what the record knows of its files.
func (r *Record) Holds(campaign string, now *Basis) (same, refreshed bool) {
	was := r.Basis
	if was.Program.Sum != now.Program.Sum || was.Against.Path != now.Against.Path || was.Against.Sum != now.Against.Sum ||
		!r.Said.isOf(now) {
		return false, false
	}
	same, refreshed = was.Inputs.still(campaign, now.Inputs)
	return same, refreshed || was.Program.Mark != now.Program.Mark || was.Program.Young && !now.Program.Young
}

// isOf reports whether a build from the basis now tells the same at its time.
func (s Said) isOf(now *Basis) bool {
	at := now.At
	if !now.Asked && !s.Reference.IsZero() {
		at = s.Reference.Last()
	}
	return s.Span.Covers(at)
}

// Stands tells whether the target's files are those that the record's build
// wrote, and none besides; skip names files that are nobody's. Where it is so,
// now is the target as it stands.
func (r *Record) Stands(campaign, target string, skip func(name string) bool) (now Tree, same, refreshed bool) {
	now, err := lookOut(campaign, target, skip)
	if err != nil {
		return nil, false, false
	}
	same, refreshed = r.Outputs.still(target, now)
	return now, same, refreshed
}

// lookOut looks at a target.
func lookOut(campaign, target string, skip func(string) bool) (Tree, error) {
	now := diskTime(filepath.Join(campaign, own))
	tree, err := look(target, []string{"."}, skip)
	if err != nil {
		return nil, err
	}
	tree.age(now)
	return tree, nil
}

// Steady tells, once a build has read everything, whether its basis still is
// what it was before.
func (b *Basis) Steady(campaign string) bool {
	now, err := look(campaign, inputs, nothing)
	if err != nil {
		return false
	}
	same, _ := b.Inputs.still(campaign, now)
	return same
}

// Settle reads what is young, so that the basis can be compared later. It has
// to be called before the build reads.
func (b *Basis) Settle(campaign string) error { return b.Inputs.hashYoung(campaign) }

// NewRecord takes down what a build gave: the target as it stands, each of its
// files with the sum that sums tells. It gives nil when the target is not what
// the build wrote.
func NewRecord(b *Basis, said Said, made Made, campaign, target string, sums map[string][sha256.Size]byte, skip func(string) bool) *Record {
	outputs, err := lookOut(campaign, target, skip)
	if err != nil {
		return nil
	}
	files := 0
	for n := range outputs {
		f := &outputs[n]
		if f.Folder {
			continue
		}
		files++
		if f.Sum, f.Known = sums[f.Path]; !f.Known {
			return nil
		}
	}
	if files != len(sums) {
		return nil
	}
	return &Record{*b, said, made, outputs}
}

// mostTargets is how many targets a campaign's records are kept of.
const mostTargets = 20

// Shelf keeps the records of a campaign, one a target.
type Shelf struct{ folder *keep.Folder }

// Open opens the shelf of a campaign.
func Open(campaign string) Shelf {
	return Shelf{keep.NewFolder(filepath.Join(campaign, own, "builds"), ".gob", mostTargets)}
}

func nameOf(target string) string {
	sum := sha256.Sum256([]byte(target))
	return hex.EncodeToString(sum[:16])
}

// Get gives the record of the last build into the target; nil for none, or for
// one that another version of the program wrote differently.
func (s Shelf) Get(target string) *Record {
	raw, ok := s.folder.Get(nameOf(target))
	if !ok {
		return nil
	}
	r := new(Record)
	if gob.NewDecoder(bytes.NewReader(raw)).Decode(r) != nil {
		return nil
	}
	return r
}

// Put keeps the record of a build into the target.
func (s Shelf) Put(target string, r *Record) {
	var raw bytes.Buffer
	if gob.NewEncoder(&raw).Encode(r) == nil {
		s.folder.Put(nameOf(target), raw.Bytes())
	}
}
