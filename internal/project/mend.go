package project

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/source"
)

// Mend returns what puts findings right, of those that have a mend, and how many it
// puts right. Where two of them are in one another's way, or a file is no longer what
// was checked, the first one counts; the others come again with the next check.
func Mend(files fs.FS, findings []campaign.Finding) (set *change.Set, mended int, err error) {
	set = change.Of(files)
	in := map[string][]campaign.Mend{}
	var order []string
	for _, f := range findings {
		switch m := f.Mend; {
		case m.IsZero():
		case m.Path != "":
			mended++
			err = errors.Join(err, rename(set, m.At.File, m.Path))
		default:
			if in[m.At.File] == nil {
				order = append(order, m.At.File)
			}
			in[m.At.File] = append(in[m.At.File], m)
		}
	}
	for _, file := range order {
		raw, failed := set.Read(file)
		if failed != nil {
			err = errors.Join(err, failed)
			continue
		}
		text, failed := source.Decode(raw)
		if failed != nil {
			err = errors.Join(err, failed)
			continue
		}
		text, n := mendText(text, in[file])
		mended += n
		err = errors.Join(err, set.Write(file, source.EncodeAs(raw, text)))
	}
	return set, mended, err
}

func rename(set *change.Set, from, to string) error {
	raw, err := set.Read(from)
	if err != nil {
		return err
	}
	return errors.Join(set.Write(to, raw), set.Remove(from))
}

// stretch is a part of a text that becomes another one.
type stretch struct {
	from, to int
	with     string
}

// mendText mends a text from its end on, so that places stay.
func mendText(text []byte, mends []campaign.Mend) ([]byte, int) {
	var list []stretch
	for _, m := range mends {
		if from := placeOf(text, m); from >= 0 {
			list = append(list, stretch{from, from + len(m.Old), m.New})
		}
	}
	slices.SortStableFunc(list, func(a, b stretch) int { return cmp.Or(a.from-b.from, a.to-b.to) })
	list = slices.Compact(list)
	apart, end := list[:0], -1
	for _, s := range list {
		if s.from >= end && (s.from > end || s.to > s.from) || end < 0 {
			apart, end = append(apart, s), s.to
		}
	}
	text = bytes.Clone(text)
	for _, s := range slices.Backward(apart) {
		text = slices.Concat(text[:s.from], []byte(s.with), text[s.to:])
	}
	return text, len(apart)
}

// placeOf returns the byte at which what is to be mended stands: at its place, or
// once in its line; -1 where it does not.
func placeOf(text []byte, m campaign.Mend) int {
	from := 0
	for range m.At.Line - 1 {
		n := bytes.IndexByte(text[from:], '\n')
		if n < 0 {
			return -1
		}
		from += n + 1
	}
	line := string(text[from:])
	if n := strings.IndexByte(line, '\n'); n >= 0 && !strings.Contains(m.Old, "\n") {
		line = line[:n]
	}
	at := 0
	for range max(m.At.Column-1, 0) {
		_, size := utf8.DecodeRuneInString(line[at:])
		at += size
	}
	switch {
	case m.At.Column > 0 && strings.HasPrefix(line[at:], m.Old):
		return from + at
	case m.Old != "" && !strings.Contains(m.Old, "\n") && strings.Count(line, m.Old) == 1:
		return from + strings.Index(line, m.Old)
	}
	return -1
}
