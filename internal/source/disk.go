package source

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"errors"
	"hash/fnv"
	"iter"
	"maps"
	"slices"
	"strconv"

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
	return &Memory{disk: &disk{cache.NewFolder(root, "read", mostParts), program}}
}

// part begins a share of a memory as it is written; the results of so many files
// follow, one after the other. In them what refers to an element of the settings'
// lists has its place alone.
type part struct {
	Program  [sha256.Size]byte
	Settings cache.Inputs // that all was read by
	Parts    int          // how many there are
	Files    int
}

// open reads the results of the files that were read by the same settings, for
// the campaign of a reader. What cannot be read is as good as none.
func (s *disk) open(r *reader, by cache.Inputs) map[string]*cached {
	files := map[string]*cached{}
	parts := s.part(0, 0, r.c, by, files)
	if parts == 0 {
		return nil
	}
	others := make([]map[string]*cached, parts)
	inParallel(parts-1, func(jobs iter.Seq[int]) {
		for n := range jobs {
			others[n+1] = map[string]*cached{}
			s.part(n+1, parts, r.c, by, others[n+1])
		}
	})
	for _, more := range others {
		maps.Copy(files, more)
	}
	return files
}

// part reads the files of a part and returns how many parts there are, 0 where
// it is not of the same settings or not whole. Parts is the number that there
// must be, 0 for any.
func (s *disk) part(n, parts int, c *campaign.Campaign, by cache.Inputs, files map[string]*cached) int {
	raw, ok := s.folder.Get(strconv.Itoa(n))
	if !ok {
		return 0
	}
	from := gob.NewDecoder(bytes.NewReader(raw))
	var p part
	if from.Decode(&p) != nil || p.Program != s.program || !slices.Equal(p.Settings, by) || p.Parts < 1 || p.Parts > mostParts || parts > 0 && p.Parts != parts {
		return 0
	}
	for range p.Files {
		var k result
		if from.Decode(&k) != nil {
			clear(files)
			return 0
		}
		files[k.File] = &cached{result: k.linked(c), part: n + 1, parts: p.Parts}
	}
	return p.Parts
}

// put writes the parts in which something is not as it was opened.
func (s *disk) put(files, opened map[string]*cached, c *campaign.Campaign, by cache.Inputs) {
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
	places := placesOf(c)
	inParallel(parts, func(jobs iter.Seq[int]) {
		for n := range jobs {
			if !changed[n] {
				continue
			}
			raw := bytes.NewBuffer(make([]byte, 0, len(names[n])<<11))
			to := gob.NewEncoder(raw)
			err := to.Encode(part{Program: s.program, Settings: by, Parts: parts, Files: len(names[n])})
			for _, file := range names[n] {
				err = errors.Join(err, to.Encode(files[file].linked(places)))
			}
			if err == nil {
				s.folder.Put(strconv.Itoa(n), raw.Bytes())
			}
		}
	})
}

func partOf(file string, parts int) int {
	hash := fnv.New32a()
	hash.Write([]byte(file))
	return int(hash.Sum32() % uint32(parts))
}

// placesOf is a campaign whose rounds, departments, regions, priorities and rows
// have nothing but their places.
func placesOf(c *campaign.Campaign) *campaign.Campaign {
	return &campaign.Campaign{
		Rounds:      places(c.Rounds, func(n int) *campaign.Round { return &campaign.Round{Index: n} }),
		Departments: places(c.Departments, func(n int) *campaign.Department { return &campaign.Department{Index: n} }),
		Regions:     places(c.Regions, func(n int) *campaign.Region { return &campaign.Region{Index: n} }),
		Priorities:  places(c.Priorities, func(n int) *campaign.Priority { return &campaign.Priority{Index: n} }),
		Form:        campaign.Form{Rows: places(c.Form.Rows, func(n int) *campaign.Row { return &campaign.Row{Index: n} })},
	}
}

func places[T any](list []*T, at func(int) *T) []*T {
	only := make([]*T, len(list))
	for n := range list {
		only[n] = at(n)
	}
	return only
}
