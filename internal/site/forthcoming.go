package site

import (
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// The announcement of what is published when, if the campaign asks for it.
const (
	forthcomingPath = "calendar/index.html"
	calendarPath    = "calendar/calendar.ics"
)

type forthcomingData struct {
	Lines    []forthcomingLine
	Calendar string // the .ics
}

type forthcomingLine struct {
	Name, On, Announced string
	Statistics          *link // once it is out
	Due                 bool  // its day has not passed
}

// announced lists what has been announced by the view's day.
func (s *site) announced() (list []campaign.Forthcoming) {
	for _, f := range s.campaign.Forthcoming {
		if !f.Announced.After(s.view.Date()) {
			list = append(list, f)
		}
	}
	return list
}

func forthcomingPages(s *site) []*page {
	list := s.announced()
	if len(list) == 0 {
		return nil
	}
	p := &page{
		path: forthcomingPath, template: "forthcoming", title: s.say("发布预告"), section: "progress/index.html",
		description: s.short() + s.say("统计数据和报告的发布日期，提前四周预告。"), keywords: []string{"发布预告", "发布日历", s.short()},
		column: &column{s.say("发布预告"), "数据发布"}, trail: s.pagesAt("progress/index.html"),
	}
	for _, f := range list {
		if at := (campaign.Moment{Date: f.Announced}); at.Compare(p.changed) > 0 {
			p.changed = at
		}
	}
	p.data = func(r *rendering) (any, error) {
		d := forthcomingData{Calendar: r.to(calendarPath)}
		for _, f := range list {
			line := forthcomingLine{Name: f.Name, On: f.On.Chinese(), Announced: f.Announced.Chinese(), Due: f.On.After(s.view.Date())}
			if slices.Contains(s.rounds, f.Round) && r.view.MarkRound(f.Round) == nil {
				line.Statistics = &link{Text: f.Round.Name + r.say("统计表"), Href: r.to("statistics/index.html") + "#" + f.Round.Code}
			}
			d.Lines = append(d.Lines, line)
		}
		return d, nil
	}
	return []*page{p}
}

// forthcomingCalendar is the same for people's own calendars (RFC 5545). Nothing of it
// depends on the day of the build but what has been announced.
func forthcomingCalendar(s *site) []release.File {
	list := s.announced()
	if len(list) == 0 {
		return nil
	}
	return []release.File{s.view.File(calendarPath, func(w io.Writer) error {
		host := s.campaign.Site.Domain
		lines := []string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//" + calendarText(s.campaign.Site.Host) + "//wangjian//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
			"X-WR-CALNAME:" + calendarText(s.short()+s.say("发布预告"))}
		for _, f := range list {
			day := func(d campaign.Date) string { return strings.ReplaceAll(d.String(), "-", "") }
			lines = append(lines, "BEGIN:VEVENT",
				fmt.Sprintf("UID:%x@%s", sha256.Sum256([]byte(f.Name)), host), "DTSTAMP:"+day(f.Announced)+"T000000Z",
				"DTSTART;VALUE=DATE:"+day(f.On), "DTEND;VALUE=DATE:"+day(f.On.AddDays(1)),
				"SUMMARY:"+calendarText(f.Name), "TRANSP:TRANSPARENT")
			if s.base != "" {
				lines = append(lines, "URL:"+s.base+forthcomingPath)
			}
			lines = append(lines, "END:VEVENT")
		}
		var out strings.Builder
		for _, line := range append(lines, "END:VCALENDAR") {
			out.WriteString(folded(line) + "\r\n")
		}
		_, err := io.WriteString(w, out.String())
		return err
	})}
}

func calendarText(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// mostOctets is how long a line of a calendar may be without its end.
const mostOctets = 75

// folded parts a long line; what goes on begins with a space, and no character is
// parted.
func folded(line string) string {
	var out strings.Builder
	room := mostOctets
	for _, c := range line {
		if n := utf8.RuneLen(c); n > room {
			out.WriteString("\r\n ")
			room = mostOctets - 1 - n
		} else {
			room -= n
		}
		out.WriteRune(c)
	}
	return out.String()
}
