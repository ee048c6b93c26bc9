package source

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"hash/fnv"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"

	"wangjian/internal/campaign"
	"wangjian/internal/journal"
	"wangjian/internal/keep"
)

// shelf keeps a memory on disk for the next run of the same program, in parts of
// some hundred files, of which only those are written that have changed.
type shelf struct {
	folder  *keep.Folder
	program [sha256.Size]byte
}

const (
	filesInPart = 512
	mostParts   = 1 << 12
)

// OnDisk gives a memory that is kept in the campaign's own folder from one run of
// the program, told by its hash, to the next. Between two readings it holds
// nothing itself.
func OnDisk(root string, program [sha256.Size]byte) *Memory {
	return &Memory{shelf: &shelf{keep.NewFolder(filepath.Join(root, ".wangjian", "read"), ".gob", mostParts), program}}
}

// part is a share of a memory as it is written.
type part struct {
	Program [sha256.Size]byte
	Ground  map[string]journal.Mark // of the settings that all was read by
	Parts   int                     // how many there are
	Files   []stored
}

// stored is what was found in a file. Departments, regions, rounds, priorities
// and rows stand as their places in the settings' lists, counted from 1.
type stored struct {
	File           string
	Marks          map[string]journal.Mark
	Findings       []campaign.Finding
	Doubtful, Used []string
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

// open reads what is kept of the files that were read by the same settings. What
// cannot be read is as good as none.
func (s *shelf) open(ground *kept) map[string]*kept {
	first := s.part(0, ground)
	if first == nil {
		return nil
	}
	all := make([]map[string]*kept, first.Parts)
	beside(len(all), func(n int) {
		p := first
		if n > 0 {
			p = s.part(n, ground)
		}
		if p != nil && p.Parts == first.Parts {
			all[n] = p.restore(ground.found.c, n)
		}
	})
	files := all[0]
	for _, more := range all[1:] {
		maps.Copy(files, more)
	}
	return files
}

func (s *shelf) part(n int, ground *kept) *part {
	raw, ok := s.folder.Get(strconv.Itoa(n))
	p := new(part)
	if !ok || gob.NewDecoder(bytes.NewReader(raw)).Decode(p) != nil || p.Program != s.program || !maps.Equal(p.Ground, ground.marks) || p.Parts < 1 || p.Parts > mostParts {
		return nil
	}
	return p
}

// put writes the parts in which something is not as it was opened.
func (s *shelf) put(files, opened map[string]*kept, ground *kept) {
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
		p := part{Program: s.program, Ground: ground.marks, Parts: parts}
		for _, file := range names[n] {
			p.Files = append(p.Files, store(file, files[file]))
		}
		var raw bytes.Buffer
		if gob.NewEncoder(&raw).Encode(p) == nil {
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

func store(file string, k *kept) stored {
	s := stored{
		File: file, Marks: k.marks, Findings: k.found.findings,
		Doubtful: slices.Sorted(maps.Keys(k.found.doubtful)), Used: slices.Sorted(maps.Keys(k.found.used)),
	}
	for _, i := range k.found.c.Items {
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
	for _, r := range k.found.c.Reports {
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

// at gives the element of a list that stands at a place counted from 1.
func at[T any](list []*T, place int) *T {
	if place < 1 || place > len(list) {
		return nil
	}
	return list[place-1]
}

// restore gives what a part holds, with the settings' own departments and rows.
func (p *part) restore(c *campaign.Campaign, n int) map[string]*kept {
	files := make(map[string]*kept, len(p.Files))
	for _, s := range p.Files {
		found := &reader{c: new(campaign.Campaign), findings: s.Findings, doubtful: map[string]bool{}, used: map[string]bool{}}
		for _, file := range s.Doubtful {
			found.doubtful[file] = true
		}
		for _, file := range s.Used {
			found.used[file] = true
		}
		for _, x := range s.Items {
			i := x.Item
			i.Round, i.Department, i.Region = at(c.Rounds, x.RoundAt), at(c.Departments, x.DepartmentAt), at(c.Regions, x.RegionAt)
			if i.Case != nil {
				i.Case.Priority = at(c.Priorities, x.PriorityAt)
			}
			found.c.Items = append(found.c.Items, &i)
		}
		for _, x := range s.Reports {
			r := x.Report
			r.Round, r.Department, r.Region = at(c.Rounds, x.RoundAt), at(c.Departments, x.DepartmentAt), at(c.Regions, x.RegionAt)
			r.Entries, r.Own = restoreEntries(c, x.Filled), restoreEntries(c, x.Owned)
			found.c.Reports = append(found.c.Reports, &r)
		}
		files[s.File] = &kept{found: found, marks: s.Marks, part: n + 1, parts: p.Parts}
	}
	return files
}

func restoreEntries(c *campaign.Campaign, list []storedEntry) (entries campaign.Entries) {
	for _, e := range list {
		entries = append(entries, campaign.Filled{Row: at(c.Form.Rows, e.Row), Entry: e.Entry})
	}
	return entries
}
