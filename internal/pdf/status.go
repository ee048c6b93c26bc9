package pdf

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"rsc.io/qr"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// A paper that is published says where to look up whether it still holds: a QR code
// and an address, which lead to a page of the site of its own ([campaign.PaperPage]).
// The page is named by a digest of what the paper says, so that the page of an earlier
// one stays when the paper changes. The day, the program and what is set for the whole
// site are in no digest.

// statusMark begins every digest; another one makes every paper another one.
const statusMark = "wangjian paper 1"

// HasStatus reports whether the papers of a campaign say where they can be looked up.
// 域名 alone is no address that paper can be given.
func HasStatus(c *campaign.Campaign) bool { return c.Site.Addressed }

// Published is the paper as the record of publications has it.
func (p *Paper) Published(v *release.View, b *stats.Table) campaign.PublishedPaper {
	shown := campaign.PublishedPaper{Path: p.Path, Digest: p.digest(v, b), Figures: p.names(v, b)}
	if items := p.itemsOf(v); p.narrow && p.department == nil && p.figures == nil {
		shown.File = items[0].File
	}
	return shown
}

// Changed is when what the paper says was last changed.
func (p *Paper) Changed() campaign.Date { return p.Edition.Changed.Date }

// By is who the paper is by.
func (p *Paper) By() string { return p.author }

// Depends tracks that what is rendered follows from what the paper says.
func (p *Paper) Depends(v *release.View) error {
	for _, i := range p.itemsOf(v) {
		if err := v.Depends(append(i.Files(), i.File)...); err != nil {
			return err
		}
	}
	return nil
}

// itemsOf are the items that the paper prints, by file.
func (p *Paper) itemsOf(v *release.View) []*campaign.Item {
	list := p.quotes
	if list == nil {
		list = p.items
	}
	if list == nil {
		return nil
	}
	return slices.SortedFunc(slices.Values(list(v)), func(a, b *campaign.Item) int { return strings.Compare(a.File, b.File) })
}

// cited are figures that a paper shows besides those of its department: single ones,
// and those of whole departments; all says that it shows those of the campaign.
type cited struct {
	figures     []*stats.Figure
	departments []*campaign.Department
	all         bool
}

// cites finds out which figures the paper shows.
func (p *Paper) cites(v *release.View, b *stats.Table) cited {
	if !p.narrow {
		return cited{all: true}
	}
	var list cited
	known := map[*stats.Figure]bool{nil: true}
	add := func(f *stats.Figure) {
		if !known[f] {
			known[f] = true
			list.figures = append(list.figures, f)
		}
	}
	whole := func(d *campaign.Department) {
		if d != nil && !slices.Contains(list.departments, d) {
			list.departments = append(list.departments, d)
		}
	}
	whole(p.department)
	if p.figures != nil {
		for _, f := range p.figures(v, b) {
			add(f)
		}
	}
	c := v.Campaign()
	for _, i := range p.itemsOf(v) {
		for _, ref := range i.Body.References {
			at, err := c.Resolve(ref, release.DefaultRound(i, v.LatestRound()))
			switch {
			case ref.Kind == campaign.ChartReference:
				d := chart.Shows(b, c, ref.Chart)
				whole(d)
				list.all = list.all || d == nil
			case err != nil || at.Round == nil: // review reports it
			case ref.Kind == campaign.TableReference:
				whole(at.Department)
			default:
				add(b.Figure(at.Round, at.Row, at.Region))
				if before := b.Before(at.Round); ref.Aspect.Compares() && before != nil {
					add(b.Figure(before, at.Row, at.Region))
				}
			}
		}
	}
	return list
}

// names names the figures that the paper shows.
func (p *Paper) names(v *release.View, b *stats.Table) (names []campaign.FigureName) {
	list := p.cites(v, b)
	if list.all {
		return []campaign.FigureName{{}}
	}
	for _, d := range list.departments {
		names = append(names, campaign.FigureName{Department: d.Short})
	}
	for _, f := range list.figures {
		names = append(names, f.Name())
	}
	return names
}

// digest is of all that the paper says.
func (p *Paper) digest(v *release.View, b *stats.Table) string {
	var text []byte
	add := func(list ...string) {
		text = binary.AppendUvarint(text, uint64(len(list)))
		for _, s := range list {
			text = binary.AppendUvarint(text, uint64(len(s)))
			text = append(text, s...)
		}
	}
	add(statusMark, p.Path, p.Title, p.author, p.subject)
	for _, i := range p.itemsOf(v) {
		add(i.File, i.PublicDigest)
	}
	list := p.cites(v, b)
	if list.all {
		list.departments = v.Campaign().Departments
	}
	if list.all || p.figures != nil { // of the whole campaign
		settings(v.Campaign(), add)
	}
	if p.figures != nil { // the brief counts them
		for _, kind := range campaign.Kinds {
			add(fmt.Sprint(len(v.ItemsOf(kind))))
		}
	}
	for _, d := range list.departments {
		sum := b.Digest(d)
		add(d.Code, string(sum[:]))
	}
	for _, f := range list.figures {
		text = f.Append(text)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])[:campaign.DigestDigits]
}

// settings adds what a paper of the whole campaign prints of the campaign's own file
// and of its form.
func settings(c *campaign.Campaign, add func(...string)) {
	add(c.Name, c.Short, c.DocumentNumber, c.IssuedOn.String(), c.Form.Name, c.Form.Note)
	for _, d := range c.Departments {
		add(d.Name, d.Short)
	}
	for _, p := range c.Phases {
		add(p.Name, p.From.String(), p.To.String(), p.Summary)
	}
	for _, p := range c.Priorities {
		add(append(shortNames(p.Units), p.Name, p.Summary)...)
	}
	for _, r := range c.Rounds {
		add(r.Name, r.Deadline.String(), string(r.Basis))
	}
	for _, r := range c.Form.Rows {
		add(r.Department.Code, r.Name, r.Unit)
	}
}

// The look of the code, below the text block.
const (
	statusDrop  = 6 * typeset.Millimetre // below the text block
	statusSide  = 17 * typeset.Millimetre
	statusSize  = 9.0
	statusLead  = 13.0
	letterCode  = 14 * typeset.Millimetre // of a letter, above the double rule
	statusWords = "本件是否现行有效，请扫码或访问以下网址核验："
)

// status is what says on a sheet where to look the paper up: at the left of a sheet
// whose number is at the right, and the other way round; above the rule of a letter.
func (w *writer) status(s *typeset.Setter, even, letter bool) []typeset.Op {
	side, drop := statusSide, statusDrop
	if letter {
		side, drop = letterCode, 0
	}
	address := ascii(w.campaign.Site.Base() + strings.TrimSuffix(campaign.PaperPage(w.paper.digest(w.view, w.stats)), "index.html"))
	code, err := qr.Encode(address, qr.M)
	if err != nil {
		w.fail(fmt.Errorf("“%s”做不成二维码：%w", address, err))
		return nil
	}
	sheet := typeset.A4
	style := typeset.Style{Role: typeset.Fang, Size: statusSize}
	link := typeset.Run{Text: address, Style: style, URI: address}
	stamp := typeset.Stamp{
		Sketch: codeSketch(code), Alt: "二维码：" + address, Lines: [][]typeset.Run{{{Text: statusWords, Style: style}}, {link}},
		Lead: statusLead, Side: side, Top: sheet.Top + sheet.BlockHeight + drop, AtRight: even,
		// The modules, and not the ground around them, are in line with the text.
		Over: float64(side * codeQuiet / float64(code.Size+2*codeQuiet)),
	}
	return s.Stamp(stamp)
}

// hasStatus reports whether a paper says where it can be looked up: one that the public
// finds on the site does.
func (w *writer) hasStatus() bool {
	return w.paper.Path != "" && w.view.Audience() == release.ForPublic && HasStatus(w.campaign)
}
