package pdf

import (
	"net/url"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
	"wangjian/internal/pdf/typeset"
)

// lead is where a link of a paper leads: to a place in it, or to an address. What is
// on the site and not in the paper has its address printed too.
type lead struct {
	anchor, uri string
	onSite      bool
}

// lead finds out where a link of the body leads. A link to what is not public has
// only its text.
func (b *bodyOf) lead(target string) lead {
	to, _ := b.item.LinkTo(target)
	switch {
	case to.Scheme != "":
		return lead{uri: ascii(target)}
	case b.holds(to.File) && to.Anchor != "":
		return lead{anchor: to.File + "#" + markdown.Anchor(to.Anchor)}
	case b.holds(to.File):
		return lead{anchor: to.File}
	case !campaign.IsMarkdown(to.File):
		return b.onSite(b.item) // the page hands the file out
	}
	for _, i := range b.campaign.Items {
		if i.File == to.File {
			return b.onSite(i)
		}
	}
	return lead{}
}

// onSite leads to the page of an item, where the public sees it.
func (w *writer) onSite(i *campaign.Item) lead {
	address := w.siteAddress(i)
	return lead{uri: address, onSite: address != ""}
}

// siteAddress is the address of an item's page; "" where the public has none.
func (w *writer) siteAddress(i *campaign.Item) string {
	base := w.campaign.Site.Base()
	if base == "" || len(w.view.Mark(i)) > 0 {
		return ""
	}
	return ascii(base + strings.TrimSuffix(i.Page(), "index.html"))
}

// atAddress is the address of an item's page behind words; "" where it has none.
func (w *writer) atAddress(i *campaign.Item) string {
	if address := w.siteAddress(i); address != "" {
		return "：" + address
	}
	return ""
}

// holds reports whether the paper prints an item, or an annex of one, in full.
func (w *writer) holds(file string) bool {
	if w.held == nil {
		w.held = map[string]bool{}
		if w.paper.items != nil {
			for _, i := range w.paper.items(w.view) {
				w.held[i.File] = true
			}
		}
	}
	return w.held[file]
}

// siteNote puts the mark of a footnote that tells an address of the site.
func (b *bodyOf) siteNote(address string, style typeset.Style, out *[]typeset.Run) {
	f, ok := b.sites[address]
	if !ok {
		f = b.newNote()
		b.sites[address] = f
		r := b.run(address, typeset.NoteStyle(typeset.Fang))
		r.URI = address
		f.note.Runs = append(f.note.Runs, b.run("见 ", typeset.NoteStyle(typeset.Fang)), r)
	}
	b.noteMark(f, style, out)
}

// linked makes runs of a text in which addresses of the site are links.
func (w *writer) linked(text string, style typeset.Style) []typeset.Run {
	base := w.campaign.Site.Base()
	before, rest, ok := strings.Cut(text, base)
	if base == "" || !ok {
		return w.runs(text, style)
	}
	end := strings.IndexFunc(rest, func(r rune) bool { return r > '~' || r <= ' ' })
	if end < 0 {
		end = len(rest)
	}
	link := w.run(base+rest[:end], style)
	link.URI = ascii(link.Text)
	return append([]typeset.Run{w.run(before, style), link}, w.run(rest[end:], style))
}

// ascii is an address as a PDF can hold it.
func ascii(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.String()
}
