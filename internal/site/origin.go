package site

import (
	"bytes"
	"fmt"
	"html"
	"regexp"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// The preview tells where what is on a page comes from: blocks of Markdown,
// figures and links to items of the office's view carry data-source="file:line".
// The public view has no such attribute.

// sourceAttribute returns the attribute for a place of the input, in the preview.
func (r *rendering) sourceAttribute(at campaign.Position) string {
	if r.origins == nil || at.IsZero() {
		return ""
	}
	return ` data-source="` + html.EscapeString(at.Source()) + `"`
}

// origin notes where the target of a link comes from.
func (r *rendering) origin(href string, at campaign.Position) string {
	if r.origins != nil && href != "" && !at.IsZero() {
		r.origins[href] = at
	}
	return href
}

var opening = regexp.MustCompile(`<(?:a|main) [^>]*>`)

var hrefAttribute = regexp.MustCompile(` href="([^"]*)"`)

// markOrigins puts the places that were noted into a finished page.
func (r *rendering) markOrigins(page []byte) []byte {
	return opening.ReplaceAllFunc(page, func(tag []byte) []byte {
		at := r.page.origin()
		name := []byte("<main")
		extra := fmt.Sprintf(` data-template="layouts/templates/%s.html"`, r.page.template)
		if !bytes.HasPrefix(tag, name) {
			name, extra = []byte("<a"), ""
			m := hrefAttribute.FindSubmatch(tag)
			if m == nil {
				return tag
			}
			at = r.origins[html.UnescapeString(string(m[1]))]
		}
		if bytes.Contains(tag, []byte(" data-source=")) {
			return tag
		}
		return append(append(bytes.Clone(name), r.sourceAttribute(at)+extra...), tag[len(name):]...)
	})
}

// origin is the file that a page as a whole comes from.
func (p *page) origin() campaign.Position {
	if p.item != nil {
		return campaign.InFile(p.item.File)
	}
	return campaign.InFile("data/campaign.yaml")
}

// toOffice reports whether the pages are the office's own, which mark what the
// public does not see.
func (s *site) toOffice() bool { return s.view.Audience() == release.ForOffice }
