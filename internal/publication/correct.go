package publication

import (
	"errors"
	"io/fs"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/correction"
	"wangjian/internal/project"
	"wangjian/internal/review"
)

// Unclear: what was published and what is there now cannot be compared until these
// findings are mended.
type Unclear struct{ Findings []campaign.Finding }

func (*Unclear) Error() string {
	return "没有写更正：先改好上面的问题，数才比得出来"
}

// ErrUnpublished: nothing is known to have been published.
var ErrUnpublished = errors.New("没有发布记录，不知道公布过什么：没有公布过的数直接改，不用写更正；在别处公布过的，用 --against 指到那个网站的 data/statistics.json")

// Comparable fails where what was published and what is there now cannot be compared:
// with an [Unclear] or [ErrUnpublished].
func Comparable(l *project.Loaded) error {
	var wrong []campaign.Finding
	for _, f := range l.Findings {
		if f.Level == campaign.Error && (l.Campaign.IsDoubtful(f.At.File) && strings.HasPrefix(f.At.File, "data/") || strings.HasPrefix(f.Rule, "record-") || f.Rule == "sum") {
			wrong = append(wrong, f)
		}
	}
	if len(wrong) > 0 {
		return &Unclear{wrong}
	}
	if l.Published == nil {
		return ErrUnpublished
	}
	return nil
}

// Correct is the change that writes entries with their reasons.
func Correct(l *project.Loaded, entries []review.Entry, reason func(review.Entry) string) (*change.Set, error) {
	old, err := fs.ReadFile(l.Files, correction.File)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var lines []string
	for _, e := range entries {
		lines = append(lines, e.With(reason(e)))
	}
	text, err := correction.Add(string(old), lines)
	if err != nil {
		return nil, err
	}
	set := change.Of(l.Files)
	return set, set.Replace(correction.File, old, []byte(text))
}

// Withdrawals are the entries that withdraw items, each named by its file or as
// warnings/x.
func Withdrawals(l *project.Loaded, names []string) (entries []review.Entry, err error) {
	for _, name := range names {
		if file := campaign.ItemFile(name); file != "" {
			name = file
		}
		e, err := review.Withdrawal(l.Campaign, name, l.Date)
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, nil
}
