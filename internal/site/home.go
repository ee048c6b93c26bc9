package site

import (
	"cmp"
	"fmt"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/pdf"
	"wangjian/internal/stats"
)

type homeData struct {
	Lede        string
	Standing    string // how far the campaign is, after the lede
	Warning     *entry
	Figures     figureCards
	Poster      *link
	Picture     *homePicture
	Summary     *link // the whole campaign's, of the latest round that has one
	Timeline    *timeline
	News        []entry
	Map         *chartFigure // the counties, and where all about them is
	Counties    string
	Tasks       []taskCard
	Commitments *commitmentCount // beside the priorities
	Units       []unitCard
	Regions     []link // where there is no map
	Statistics  string
	Doors       []door
}

// door says to one kind of reader where his things are.
type door struct {
	Who   string
	Links []link
}

// figureCards are the lead department's key figures.
type figureCards struct {
	Round, Basis string
	Lead         []keyFigure
}

// homePicture is the newest picture of the campaign, which leads to the others.
type homePicture struct {
	Picture       shown
	Caption, Href string
	Held          []string
}

// leadCards is how many large cards there are where the form's heading has fewer of
// the lead department's figures.
const leadCards = 2

// newsLength is how many entries the home page shows of what is new.
const newsLength = 7

func homePages(s *site) []*page {
	c := s.campaign
	return []*page{{
		path: "index.html", template: "home", title: c.Site.Name, menu: s.say("首页"), changed: s.edition.Changed,
		description: s.lede(),
		data: func(r *rendering) (any, error) {
			var d homeData
			var err error
			if m := chart.MapOf(r.stats, r.campaign); m != nil {
				figure, err := r.place(m)
				if err != nil {
					return nil, err
				}
				d.Map = &figure
				d.Counties = r.to("regions/index.html")
			}
			d.Figures, d.Picture, d.Timeline, d.News = r.figureCards(), r.homePicture(), r.timeline(), r.news()
			d.Commitments = r.commitmentCount()
			d.Lede = s.lede()
			if d.Timeline != nil {
				d.Standing = s.sayf("截至%s，%s。", d.Timeline.Date, d.Timeline.State)
			}
			if w := s.byKind[campaign.Warnings]; len(w) > 0 {
				e := r.entry(w[0])
				d.Warning = &e
			}
			for _, p := range c.Priorities {
				d.Tasks = append(d.Tasks, r.taskCard(p))
			}
			if d.Units, err = r.unitCards(c.Departments); err != nil {
				return nil, err
			}
			for _, region := range s.shown {
				if d.Map == nil {
					d.Regions = append(d.Regions, r.regionLink(region, region.Short))
				}
			}
			for _, round := range c.Rounds {
				d.Summary = cmp.Or(r.summaryLink(round), d.Summary)
			}
			if len(s.rounds) > 0 {
				d.Statistics = r.to("statistics/index.html")
			}
			d.Poster = r.toPoster()
			d.Doors, err = r.doors()
			return d, err
		},
	}}
}

// lede says in a sentence what the campaign is.
func (s *site) lede() string {
	c := s.campaign
	text := ""
	if len(c.Departments) > 1 {
		text = s.sayf("%d个部门联合开展", len(c.Departments))
	} else if c.Lead != nil {
		text = s.sayf("%s组织开展", c.Lead.Name)
	}
	if from, to := s.campaign.Term(); !from.IsZero() {
		text += "，" + span(from, to)
	}
	if c.DocumentNumber != "" {
		text += "（" + c.DocumentNumber + "）"
	}
	return text + "。"
}

// span is a term in words; the year is said once where it is the same.
func span(from, to campaign.Date) string {
	if from.Year == to.Year {
		return fmt.Sprintf("%s至%d月%d日", from.Chinese(), to.Month, to.Day)
	}
	return from.Chinese() + "至" + to.Chinese()
}

func (r *rendering) figureCards() figureCards {
	latest := r.stats.Latest()
	if latest == nil {
		return figureCards{}
	}
	cards := figureCards{Round: latest.Name, Basis: string(latest.Basis)}
	figures := r.stats.KeyFigures(latest)
	own := slices.IndexFunc(figures, func(f *stats.Figure) bool { return f.Department != r.campaign.Lead })
	if own < 0 {
		own = len(figures)
	}
	own = max(own, min(leadCards, len(figures)))
	for _, f := range figures[:own] {
		cards.Lead = append(cards.Lead, r.keyFigure(f))
	}
	return cards
}

// homePicture is the first picture of the newest gallery; nil without one.
func (r *rendering) homePicture() *homePicture {
	for _, i := range r.byKind[campaign.Galleries] {
		for _, p := range i.Gallery.Pictures {
			if img, ok := r.show(i, p.File, p.Caption, homeSizes); ok {
				return &homePicture{img, p.Caption, r.toItem(i), r.mark(i)}
			}
		}
	}
	return nil
}

// doors lead each kind of reader to what he comes for. What the site has not
// got is not named.
func (r *rendering) doors() ([]door, error) {
	shown := map[string]bool{"feed.xml": true}
	for _, i := range r.byKind[campaign.Pages] {
		shown[r.addresses[i].path] = true
	}
	for _, p := range r.menu {
		shown[p.path] = true
	}
	report := pdf.Kinds[0]
	for _, file := range []string{report.Path, "data/statistics.xlsx"} {
		shown[file] = len(r.rounds) > 0
	}
	table, err := r.sizeOf("data/statistics.xlsx")
	if err != nil {
		return nil, err
	}
	printed, err := r.sizeOf(report.Path)
	if err != nil {
		return nil, err
	}
	var doors []door
	open := func(who string, namesAndPaths ...string) {
		d := door{Who: who}
		for pair := range slices.Chunk(namesAndPaths, 2) {
			if shown[pair[1]] {
				d.Links = append(d.Links, link{Text: pair[0], Href: r.to(pair[1])})
			}
		}
		if len(d.Links) > 0 {
			doors = append(doors, d)
		}
	}
	open(r.say("公众"), r.say("消费警示"), "warnings/index.html", r.say("典型案例"), "cases/index.html", r.say("投诉举报方式"), contactPath)
	open(r.say("媒体"), r.say("统计数据"), "statistics/index.html", r.sayf("下载数据表格（%s）", withSize("Excel", table)), "data/statistics.xlsx",
		r.say("影像资料"), "gallery/index.html", r.say("订阅更新"), "feed.xml")
	open(r.say("成员单位"), r.say("部门成果"), "departments/index.html", r.say("工作重点和责任单位"), "tasks/index.html")
	open(r.say("县（市、区）"), r.say("各地区数据"), "regions/index.html", r.say("报送期次"), "progress/index.html")
	open(r.say("上级机关"), r.say("全市总结"), "summary/index.html", r.say(report.Name)+"（"+withSize("PDF", printed)+"）", report.Path, r.say("信息公开目录"), "open/index.html", r.say("行动进展"), "progress/index.html")
	return doors, nil
}

// news lists what was published last: summaries, cases, warnings, documents, and rounds'
// figures.
func (r *rendering) news() []entry {
	type dated struct {
		entry entry
		at    campaign.Moment
	}
	var all []dated
	for _, k := range []campaign.Kind{campaign.Summaries, campaign.Cases, campaign.Warnings, campaign.Documents} {
		items := r.byKind[k]
		for _, i := range items[:min(len(items), newsLength)] {
			all = append(all, dated{r.entry(i), i.PublishedAt})
		}
	}
	for _, round := range r.rounds {
		if round.Release == nil {
			continue
		}
		at := round.Release.PublishedAt
		all = append(all, dated{entry{
			link: link{Text: round.Name + r.say("统计数据公布"), Href: r.to("statistics/index.html") + "#" + round.Code, Held: r.view.MarkRound(round)},
			Kind: r.say("统计数据"), Date: at.Date.String(),
		}, at})
	}
	slices.SortStableFunc(all, func(a, b dated) int { return cmp.Or(b.at.Compare(a.at), cmp.Compare(a.entry.Href, b.entry.Href)) })
	var news []entry
	for _, d := range all[:min(len(all), newsLength)] {
		news = append(news, d.entry)
	}
	return news
}

// roundChange is when a round's figures were published.
func (s *site) roundChange(r *campaign.Round) campaign.Moment {
	if r.Release == nil {
		return campaign.Moment{}
	}
	return r.Release.PublishedAt
}

// updatedOn lists the days on which something public changed; "" for what has not.
func (r *rendering) updatedOn(release *campaign.Release) string {
	if release == nil {
		return ""
	}
	return r.campaign.History.UpdatedOn(release, campaign.Date.String)
}
