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
	published = recorded(c, files, published)
	at, contents := today(c), source.Contents(files)
	s := Subject{Campaign: c, Date: at.Date, Whole: release.Whole(c, at, contents), Public: release.Public(c, at, contents), Published: published, Layouts: own,
		Exposed: release.Expose(c, at, func(file string) []string { return source.Lines(files, file) })}
	s.Book, s.Out = stats.Of(s.Whole), stats.Of(s.Public)
	return Result{s, campaign.SortFindings(append(findings, new(Memory).Check(s)...))}
}

// recorded takes the record of publications, where there is one, to the campaign, and
// returns what was published by it.
func recorded(c *campaign.Campaign, files fs.FS, published *campaign.Published) *campaign.Published {
	r, _ := record.Read(files)
	if len(r.Entries) == 0 {
		return published
	}
	c.History, c.Shown = r.History(), r.Digests()
	return r.Last()
}
