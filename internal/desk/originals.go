package desk

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/inbox"
)

// mostOriginals is how many originals are listed at once.
const mostOriginals = 200

// shownOriginals is the register of originals, as searched.
type shownOriginals struct {
	Query string
	List  []inbox.Entry
	More  int
	All   int
}

// showOriginals lists the originals that hold every word of the search, the last to
// come first.
func showOriginals(r *request) (answer, error) {
	loaded, err := r.work.last()
	if err != nil {
		return nil, err
	}
	register, err := inbox.Open(loaded.Files, inbox.Received)
	if err != nil {
		return nil, err
	}
	all := register.Entries()
	s := shownOriginals{Query: r.value("q"), All: len(all)}
	for _, e := range all {
		text := campaign.FoldedName(strings.Join([]string{e.On, e.File, e.Sender, e.From, e.What, e.Round, e.Unit, e.Became}, "\n"))
		if !slices.ContainsFunc(strings.Fields(campaign.FoldedName(s.Query)), func(word string) bool { return !strings.Contains(text, word) }) {
			s.List = append(s.List, e)
		}
	}
	slices.Reverse(s.List)
	slices.SortStableFunc(s.List, func(a, b inbox.Entry) int { return strings.Compare(b.On, a.On) })
	if len(s.List) > mostOriginals {
		s.List, s.More = s.List[:mostOriginals], len(s.List)-mostOriginals
	}
	return page{"originals", s}, nil
}

// downloadOriginal hands out an original that is registered.
func downloadOriginal(r *request) (answer, error) {
	loaded, err := r.work.last()
	if err != nil {
		return nil, err
	}
	register, err := inbox.Open(loaded.Files, inbox.Received)
	file := r.value("file")
	if err != nil || file == inbox.Name || !register.Has(file) {
		return nil, errors.Join(err, errNotThere)
	}
	data, err := fs.ReadFile(loaded.Files, path.Join(inbox.Received, file))
	if err != nil {
		return nil, errors.New("读不出 " + inbox.Received + "/" + file + "：可能被移走了，从备份恢复")
	}
	return download{path.Base(file), "application/octet-stream", data}, nil
}
