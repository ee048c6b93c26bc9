package release

import (
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

// Exposed says which files of a campaign are or would be public at a time. A
// file is not where it surely is held back: what is wrong, or cannot be read,
// holds nothing back.
type Exposed struct {
	c     *campaign.Campaign
	now   campaign.Moment
	items map[string]*campaign.Item
	lines func(file string) []string
}

// Expose returns what would be public at a time; lines returns the text of a
// file that could not be read as an item.
func Expose(c *campaign.Campaign, at campaign.Instant, lines func(file string) []string) *Exposed {
	e := &Exposed{c, at.Last(), make(map[string]*campaign.Item, len(c.Items)), lines}
	for _, i := range c.Items {
		e.items[i.File] = i
	}
	return e
}

// Stops reports whether a finding keeps the campaign from being published: it is
// an error, and touches what is or would be public.
func (e *Exposed) Stops(f campaign.Finding) bool {
	if f.Level != campaign.Error || f.Office {
		return false
	}
	return e.File(f.At.File) || f.Also != "" && e.File(f.Also) || e.ofWithdrawal(f.At.Position)
}

// File reports whether a file is or would be public. Settings, and files that
// are no part of an item or a round, count as such.
func (e *Exposed) File(file string) bool {
	if i := e.items[file]; i != nil {
		return e.Item(i)
	}
	parts := strings.Split(file, "/")
	switch {
	case parts[0] == "data" && len(parts) > 2:
		return !e.isHeld(parts[1])
	case parts[0] != "content" || !campaign.IsMarkdown(file):
		return true
	case parts[1] == string(campaign.Narratives) && len(parts) > 3 && e.isHeld(parts[2]):
		return false
	}
	return !keepsBack(e.lines(file))
}

// Item reports whether an item is or would be public.
func (e *Exposed) Item(i *campaign.Item) bool {
	return !e.isKeptBack(&i.Release) && !(i.Round != nil && e.isHeld(i.Round.Code)) && e.c.TakenDown(i, e.now.Date) == nil
}

// isHeld reports whether a round's figures are surely held back.
func (e *Exposed) isHeld(code string) bool {
	n := slices.IndexFunc(e.c.Rounds, func(r *campaign.Round) bool { return r.Code == code })
	if n < 0 {
		return false
	}
	file := "data/" + code + "/release.yaml"
	if r := e.c.Rounds[n].Release; r != nil {
		return e.isKeptBack(r)
	}
	_, unread := e.c.Unread(file)
	return !unread || keepsBack(e.lines(file))
}

// ofWithdrawal reports whether a place is where an item that was taken down says
// so, or says its former addresses: these stay public.
func (e *Exposed) ofWithdrawal(at campaign.Position) bool {
	i := e.items[at.File]
	if i == nil || i.Stopped == nil || e.isKeptBack(&i.Release) && !leavesNote(&i.Release, e.now) {
		return false
	}
	return slices.ContainsFunc([]string{"停止公示", "停止公示.日期", "停止公示.原因", "别名"}, func(key string) bool {
		return i.Keys.Has(key) && i.Keys.Of(key).Line == at.Line
	})
}

// isKeptBack reports whether a record of publication surely keeps something back.
func (e *Exposed) isKeptBack(r *campaign.Release) bool {
	sure := func(key string) bool { return !slices.Contains(r.Unsure, key) }
	switch {
	case sure("公开方式") && (r.Disclosure == campaign.OnRequest || r.Disclosure == campaign.Withheld),
		sure("审核") && len(e.c.Unsigned(r)) > 0,
		sure("发布日期") && !r.PublishedAt.IsZero() && r.PublishedAt.Compare(e.now) > 0,
		sure("有效期至") && !r.Expires.IsZero() && r.Expires.Before(e.now.Date):
		return true
	}
	return false
}

// keepsBack reports whether a text that cannot be read as YAML still says in one
// line, and in no other, that it is not for the public.
func keepsBack(lines []string) bool {
	found := false
	for _, line := range lines {
		key, value, ok := strings.Cut(line, ":")
		if !strings.Contains(key, "公开方式") {
			continue
		}
		value = strings.TrimSpace(value)
		if found || !ok || key != "公开方式" || value != campaign.OnRequest && value != campaign.Withheld {
			return false
		}
		found = true
	}
	return found
}
