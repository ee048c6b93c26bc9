package review

import (
	"io/fs"

	"wangjian/internal/campaign"
	"wangjian/internal/record"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
)

// Result is a campaign that was read and checked as package project does.
type Result struct {
	Subject
	Findings []campaign.Finding
}

func Read(files fs.FS, today func(*campaign.Campaign) campaign.Moment) Result {
	return ReadAgainst(files, today, nil)
}

func ReadAgainst(files fs.FS, today func(*campaign.Campaign) campaign.Moment, published *campaign.Published) Result {
	own := source.Layouts(files)
	c, findings := new(source.Memory).Load(files, nil, Inspector(own))
	published, c.Shown, c.History = recorded(files, published)
	at, contents := today(c), source.Contents(files)
	s := Subject{Campaign: c, Date: at.Date, Whole: release.Whole(c, at, contents), Public: release.Public(c, at, contents), Published: published, Layouts: own,
		Exposed: release.Expose(c, at, func(file string) []string { return source.Lines(files, file) })}
	s.Book, s.Out = stats.Of(s.Whole), stats.Of(s.Public)
	return Result{s, campaign.SortFindings(append(findings, new(Memory).Check(s)...))}
}

// recorded returns what was published, by the record where nothing else is named,
// with the digests and the history of the record.
func recorded(files fs.FS, published *campaign.Published) (*campaign.Published, map[string]bool, *campaign.History) {
	r, _ := record.Read(files)
	if published == nil {
		published = r.Last()
	}
	return published, r.Digests(), r.History()
}
