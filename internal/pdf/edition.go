package pdf

import (
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// narrator is who a narrative is by.
type narrator struct {
	department *campaign.Department
	region     *campaign.Region
}

// newestNarratives returns the narrative of each department and county that
// papers hold: that of the latest round, else the newest that there is.
func newestNarratives(v *release.View) map[narrator]*campaign.Item {
	latest, newest := v.LatestRound(), map[narrator]*campaign.Item{}
	for _, i := range v.Campaign().Items {
		if i.Kind != campaign.Narratives || i.Round == nil {
			continue
		}
		by := narrator{i.Department, i.Region}
		is := newest[by]
		if is == nil || is.Round != latest && (i.Round == latest || i.Round.Index > is.Round.Index) {
			newest[by] = i
		}
	}
	return newest
}

// narrativesHeld lists the narratives that papers hold of some departments and
// their counties.
func narrativesHeld(v *release.View, of ...*campaign.Department) []*campaign.Item {
	newest := newestNarratives(v)
	return slices.DeleteFunc(slices.Clone(v.Campaign().Items), func(i *campaign.Item) bool {
		return newest[narrator{i.Department, i.Region}] != i || !slices.Contains(of, i.Department)
	})
}

// itemEdition is the edition of a paper that holds one item.
func itemEdition(v *release.View, i *campaign.Item) release.Edition {
	return v.Edition([]*campaign.Item{i}, nil, nil)
}

// figuresEdition is the edition of a paper that holds items beside all figures.
func figuresEdition(v *release.View, items ...[]*campaign.Item) release.Edition {
	return v.Edition(slices.Concat(items...), v.Reported(), v.Campaign().Corrections)
}

// departmentEdition is the edition of a department's summary.
func departmentEdition(v *release.View, d *campaign.Department) release.Edition {
	c := v.Campaign()
	reported := map[*campaign.Round]bool{}
	for _, r := range c.Reports {
		if r.Department == d {
			reported[r.Round] = true
		}
	}
	rounds := slices.DeleteFunc(v.Reported(), func(r *campaign.Round) bool { return !reported[r] })
	corrections := slices.DeleteFunc(slices.Clone(c.Corrections), func(x *campaign.Correction) bool {
		return x.Department != d && (x.Department != nil || !reported[x.Round])
	})
	return v.Edition(narrativesHeld(v, d), rounds, corrections)
}

// publication says when something was published, and when changed; updated is
// zero where it was not.
func publication(published, updated campaign.Date) string {
	if published.IsZero() {
		return ""
	}
	text := published.Chinese() + "发布"
	if !updated.IsZero() {
		text += "，" + updated.Chinese() + "更新"
	}
	return text
}

// publicationOf is the same of an edition.
func publicationOf(e release.Edition) string {
	updated := campaign.Date{}
	if e.Changed.Date.After(e.Published.Date) {
		updated = e.Changed.Date
	}
	return publication(e.Published.Date, updated)
}
