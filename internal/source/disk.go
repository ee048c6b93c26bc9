package source

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"errors"
	"hash/fnv"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
)

// disk keeps a memory on disk for the next run of the same program, in parts of
// some hundred files, of which only those are written that have changed.
type disk struct {
	folder  *cache.Folder
	program [sha256.Size]byte
}

const (
	filesInPart = 512
	mostParts   = 1 << 12
)

// OnDisk returns a memory that is kept in the campaign's own folder from one run of
// the program, told by its hash, to the next. Between two readings it holds
// nothing itself.
func OnDisk(root string, program [sha256.Size]byte) *Memory {
	return &Memory{disk: &disk{cache.NewFolder(filepath.Join(root, ".wangjian", "read"), ".gob", mostParts), program}}
}

// part begins a share of a memory as it is written; what was found in so many
// files follows, one after the other.
type part struct {
	Program [sha256.Size]byte
	Ground  cache.Inputs // of the settings that all was read by
	Parts   int          // how many there are
	Files   int
}

// stored is what was found in a file. Departments, regions, rounds, priorities
// and rows stand as their places in the settings' lists, counted from 1.
type stored struct {
	File           string
	Inputs         cache.Inputs
	Findings       []campaign.Finding
	Doubtful, Used []string
	Unread         []unread
	Resolved       []resolution
	Items          []storedItem
	Reports        []storedReport
}

type storedItem struct {
	campaign.Item
	RoundAt, DepartmentAt, RegionAt, PriorityAt int
}

type storedReport struct {
	campaign.Report
	RoundAt, DepartmentAt, RegionAt int
	Filled, Owned                   []storedEntry
}

type storedEntry struct {
	Row int
	campaign.Entry
}

// open reads what is kept of the files that were read by the same settings, for
// the campaign of a reader. What cannot be read is as good as none.
func (s *disk) open(r *reader, by cache.Inputs) map[string]*result {
	files := map[string]*result{}
	parts := s.part(0, 0, r.c, by, files)
	if parts == 0 {
		return nil
	}
	others := make([]map[string]*result, parts)
	beside(parts-1, func(n int) {
		others[n+1] = map[string]*result{}
		s.part(n+1, parts, r.c, by, others[n+1])
	})
	for _, more := range others {
		maps.Copy(files, more)
	}
	return files
}

// part takes up the files of a part and tells how many parts there are, 0 where
// it is not of the same settings or not whole. Parts is the number that there
// must be, 0 for any.
func (s *disk) part(n, parts int, c *campaign.Campaign, by cache.Inputs, files map[string]*result) int {
	raw, ok := s.folder.Get(strconv.Itoa(n))
	if !ok {
		return 0
	}
	from := gob.NewDecoder(bytes.NewReader(raw))
	var p part
	if from.Decode(&p) != nil || p.Program != s.program || !slices.Equal(p.Ground, by) || p.Parts < 1 || p.Parts > mostParts || parts > 0 && p.Parts != parts {
		return 0
	}
	for range p.Files {
		var x stored
		if from.Decode(&x) != nil {
			clear(files)
			return 0
		}
		files[x.File] = &result{found: x.restore(c), inputs: x.Inputs, part: n + 1, parts: p.Parts}
	}
	return p.Parts
}

// put writes the parts in which something is not as it was opened.
func (s *disk) put(files, opened map[string]*result, by cache.Inputs) {
	parts := 1
	for parts*filesInPart < len(files) && parts < mostParts {
		parts *= 2
	}
	changed := map[int]bool{}
	names := make([][]string, parts)
	for _, file := range slices.Sorted(maps.Keys(files)) {
		n := partOf(file, parts)
		names[n] = append(names[n], file)
		if k := files[file]; k.part != n+1 || k.parts != parts {
			changed[n] = true
		}
	}
	for file, k := range opened {
		if files[file] == nil || k.parts != parts {
			changed[partOf(file, parts)] = true
		}
	}
	beside(parts, func(n int) {
		if !changed[n] {
			return
		}
		var raw bytes.Buffer
		to := gob.NewEncoder(&raw)
		err := to.Encode(part{Program: s.program, Ground: by, Parts: parts, Files: len(names[n])})
		for _, file := range names[n] {
			err = errors.Join(err, to.Encode(store(file, files[file])))
		}
		if err == nil {
			s.folder.Put(strconv.Itoa(n), raw.Bytes())
		}
	})
}

func partOf(file string, parts int) int {
	hash := fnv.New32a()
	hash.Write([]byte(file))
	return int(hash.Sum32() % uint32(parts))
}

// beside does something n times, several at once.
func beside(n int, do func(int)) {
	var group sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range n {
		free <- struct{}{}
		group.Go(func() {
			do(i)
			<-free
		})
	}
	group.Wait()
}

func store(file string, k *result) stored {
	s := stored{
		File: file, Inputs: k.inputs, Findings: k.findings, Doubtful: k.doubtful, Used: k.used, Unread: k.unread, Resolved: k.resolved,
	}
	for _, i := range k.items {
		x := storedItem{Item: *i}
		if i.Round != nil {
			x.RoundAt = i.Round.Index + 1
		}
		if i.Department != nil {
			x.DepartmentAt = i.Department.Index + 1
		}
		if i.Region != nil {
			x.RegionAt = i.Region.Index + 1
		}
		x.Round, x.Department, x.Region = nil, nil, nil
		if i.Case != nil {
			c := *i.Case
			if c.Priority != nil {
				x.PriorityAt = c.Priority.Index + 1
			}
			c.Priority = nil
			x.Case = &c
		}
		s.Items = append(s.Items, x)
	}
	for _, r := range k.reports {
		x := storedReport{Report: *r, RoundAt: r.Round.Index + 1, DepartmentAt: r.Department.Index + 1, Filled: storeEntries(r.Entries), Owned: storeEntries(r.Own)}
		if r.Region != nil {
			x.RegionAt = r.Region.Index + 1
		}
		x.Round, x.Department, x.Region, x.Entries, x.Own = nil, nil, nil, nil, nil
		s.Reports = append(s.Reports, x)
	}
	return s
}

func storeEntries(entries campaign.Entries) (list []storedEntry) {
	for _, e := range entries {
		list = append(list, storedEntry{e.Row.Index + 1, e.Entry})
	}
	return list
}

// at returns the element of a list that stands at a place counted from 1.
func at[T any](list []*T, place int) *T {
	if place < 1 || place > len(list) {
		return nil
	}
	return list[place-1]
}

// restore returns what was found, with the settings' own departments and rows.
func (s *stored) restore(c *campaign.Campaign) *found {
	f := &found{findings: s.Findings, doubtful: s.Doubtful, used: s.Used, unread: s.Unread, resolved: s.Resolved}
	for n := range s.Items {
		x := &s.Items[n]
		i := &x.Item
		i.Round, i.Department, i.Region = at(c.Rounds, x.RoundAt), at(c.Departments, x.DepartmentAt), at(c.Regions, x.RegionAt)
		if i.Case != nil {
			i.Case.Priority = at(c.Priorities, x.PriorityAt)
		}
		f.items = append(f.items, i)
	}
	for n := range s.Reports {
		x := &s.Reports[n]
		r := &x.Report
		r.Round, r.Department, r.Region = at(c.Rounds, x.RoundAt), at(c.Departments, x.DepartmentAt), at(c.Regions, x.RegionAt)
		r.Entries, r.Own = restoreEntries(c, x.Filled), restoreEntries(c, x.Owned)
		x.Filled, x.Owned = nil, nil
		f.reports = append(f.reports, r)
	}
	return f
}

func restoreEntries(c *campaign.Campaign, list []storedEntry) (entries campaign.Entries) {
	for _, e := range list {
		entries = append(entries, campaign.Filled{Row: at(c.Form.Rows, e.Row), Entry: e.Entry})
	}
	return entries
}
