package pdf

import (
	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// itemEdition is the edition of a paper that holds one item.
func itemEdition(v *release.View, i *campaign.Item) release.Edition {
	return v.Edition([]*campaign.Item{i}, nil, nil)
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
