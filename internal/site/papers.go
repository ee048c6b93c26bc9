package site

import (
	"errors"
	"path"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf"
)

// paperData is what the page of a paper says: whether what is printed still holds.
type paperData struct {
	State   string // 现行有效, 已更正, 已更新 or 停止公示
	Holds   bool
	Words   string
	Facts   []fact
	Changes []correctionLine // what was corrected since
	Note    *note            // what is left of what was taken down
	Page    *link            // of the site, with what the paper says
	Paper   *paper           // the one that holds
}

// paperPages are the pages to which the codes on papers lead: those of the papers that
// are published, and of all that the record of publications knows. Two papers of one
// digest are two pages of one path, which Files refuses.
func paperPages(s *site) (pages []*page) {
	if s.toOffice() {
		return nil
	}
	now := map[string]*pdf.Paper{} // by path
	is := map[string]campaign.PublishedPaper{}
	past := s.campaign.History.PastPapers()
	type key struct{ path, digest string }
	known := map[key]bool{}
	for _, was := range past {
		known[key{was.Path, was.Digest}] = true
	}
	for _, p := range pdf.Papers(s.view, s.stats) {
		now[p.Path], is[p.Path] = p, p.Published(s.view, s.stats)
		if pdf.HasStatus(s.campaign) && !known[key{p.Path, is[p.Path].Digest}] {
			past = append(past, campaign.PastPaper{PublishedPaper: is[p.Path]})
		}
	}
	for _, was := range past {
		where := s.movedPaper(was, now)
		pages = append(pages, &page{
			path: campaign.PaperPage(was.Digest), template: "paper", title: s.say("纸质文件核验"), unlisted: true,
			description: s.say("核验纸质文件是否现行有效。"),
			data: func(r *rendering) (any, error) {
				current := now[where]
				if current == nil {
					return r.gonePaper(was), nil
				}
				data, err := r.paperData(was, current, is[where])
				return data, errors.Join(err, current.Depends(r.view))
			},
		})
	}
	return pages
}

// movedPaper is the path at which what a paper prints is published now: its own, or
// that of the item that has its name as 别名.
func (s *site) movedPaper(was campaign.PastPaper, now map[string]*pdf.Paper) string {
	if now[was.Path] != nil || was.File == "" {
		return was.Path
	}
	slug := path.Base(path.Dir(was.Path))
	for _, i := range s.campaign.Items {
		if slices.Contains(i.Aliases, slug) && path.Dir(i.File) == path.Dir(was.File) {
			return path.Join(path.Dir(path.Dir(was.Path)), i.Slug, path.Base(was.Path))
		}
	}
	return was.Path
}

// paperData says of a paper whether it is the one that is published now.
func (r *rendering) paperData(was campaign.PastPaper, current *pdf.Paper, is campaign.PublishedPaper) (paperData, error) {
	size, err := r.sizeOf(current.Path)
	data := paperData{
		State: r.say("现行有效"), Holds: was.Digest == is.Digest && was.Path == is.Path,
		Words: r.say("本件与本站现在公布的内容一致。"),
		Page:  r.pageOfPaper(current),
		Paper: &paper{Href: r.to(current.Path), Name: current.Title + ".pdf", Size: size},
	}
	since, replaced := was.Since, ""
	if since.IsZero() {
		since = current.Changed()
	}
	if !data.Holds {
		for n, x := range slices.Backward(r.campaign.Corrections) {
			if r.campaign.Newer(x, was) && r.campaign.ShowsCorrected(was.Figures, x) {
				data.Changes = append(data.Changes, r.correctionLine(n, x))
			}
		}
		data.State, data.Words = r.say("已更新"), r.say("本件公布以后内容有更新，不再作为依据，以现行文件为准。")
		if len(data.Changes) > 0 {
			data.State, data.Words = r.say("已更正"), r.say("本件公布以后数据有更正，不再作为依据，以现行文件为准。")
		}
		replaced = current.Changed().Chinese()
	}
	data.Facts = r.facts("文件标题", current.Title, "发布单位", current.By(), "核验编号", was.Digest, "本件公布日期", since.Chinese(), "现行文件日期", replaced)
	return data, err
}

// pageOfPaper links to the page that a paper lies beside.
func (r *rendering) pageOfPaper(p *pdf.Paper) *link {
	where := path.Join(path.Dir(p.Path), "index.html")
	for _, page := range r.pages {
		if page.path == where {
			return &link{Text: page.title, Href: r.to(where)}
		}
	}
	return nil
}

// gonePaper says of a paper that nothing of it is published any more, and no more than
// what is left at the place of what it printed.
func (r *rendering) gonePaper(was campaign.PastPaper) paperData {
	data := paperData{State: r.say("停止公示"), Words: r.say("本件所载内容已不再公示，不再作为依据。"), Facts: r.facts("核验编号", was.Digest)}
	for _, w := range r.view.Withdrawn() {
		if w.File == was.File {
			data.Note = r.note(w)
		}
	}
	return data
}
