package site

import (
	"slices"

	"wangjian/internal/campaign"
)

// related leads from a page to others on the same 工作重点.
type related struct {
	Tasks    []link
	Cases    []link
	Warnings []link
}

// relatedLength is how many links of a kind stand beside a page.
const relatedLength = 5

// relate gathers cases and the warnings that are about any of the priorities, but
// one item: the page's own.
func (r *rendering) relate(cases []*campaign.Item, priorities []*campaign.Priority, but *campaign.Item) related {
	var warnings []*campaign.Item
	var list related
	for _, p := range priorities {
		list.Tasks = append(list.Tasks, r.taskLink(p))
		warnings = append(warnings, r.warningsOf[p]...)
	}
	list.Cases, list.Warnings = r.newestLinks(slices.Clone(cases), but), r.newestLinks(warnings, but)
	return list
}

// casesAbout gathers the cases of priorities.
func (s *site) casesAbout(priorities []*campaign.Priority) (cases []*campaign.Item) {
	for _, p := range priorities {
		cases = append(cases, s.casesOf[p]...)
	}
	return cases
}

// newestLinks links to the newest of items that may repeat.
func (r *rendering) newestLinks(items []*campaign.Item, but *campaign.Item) []link {
	slices.SortStableFunc(items, newestFirst)
	return r.firstLinks(slices.Compact(items), but)
}

// firstLinks links to the first of items but one.
func (r *rendering) firstLinks(items []*campaign.Item, but *campaign.Item) []link {
	var list []link
	for _, i := range items {
		if len(list) == relatedLength {
			break
		}
		if i != but {
			list = append(list, r.itemLink(i))
		}
	}
	return list
}

// relateWarnings notes which warnings are about a priority: those that share a
// keyword with its cases, or have its name for one.
func (s *site) relateWarnings() {
	about := map[string][]*campaign.Priority{}
	add := func(keyword string, p *campaign.Priority) {
		if !slices.Contains(about[keyword], p) {
			about[keyword] = append(about[keyword], p)
		}
	}
	for _, p := range s.campaign.Priorities {
		for _, name := range p.Names() {
			add(name, p)
		}
		for _, i := range s.casesOf[p] {
			for _, k := range i.Keywords {
				add(k, p)
			}
		}
	}
	for _, i := range s.byKind[campaign.Warnings] {
		for _, p := range s.campaign.Priorities {
			if slices.ContainsFunc(i.Keywords, func(k string) bool { return slices.Contains(about[k], p) }) {
				s.warningsOf[p] = append(s.warningsOf[p], i)
				s.prioritiesOf[i] = append(s.prioritiesOf[i], p)
			}
		}
	}
}
