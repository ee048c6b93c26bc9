package site

import (
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/card"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// templateFault is a template that names what its page has not. It can only be
// seen when a page is made.
type templateFault struct {
	page    string
	finding campaign.Finding
	err     error
}

func (f *templateFault) Error() string                { return fmt.Sprintf("生成 %s：%v", f.page, f.err) }
func (f *templateFault) Unwrap() error                { return f.err }
func (f *templateFault) Findings() []campaign.Finding { return []campaign.Finding{f.finding} }

// inTemplate takes an error of html/template apart.
var inTemplate = regexp.MustCompile(`template: ?([^:\s]+\.html):(\d+):(?:(\d+):)? (?:executing "[^"]*" at )?(.*)$`)

func faultOf(page string, err error) error {
	text := err.Error()
	if at := strings.LastIndex(text, "error calling Shared: "); at >= 0 {
		text = text[at:] // where it is, and not the part that holds it
	}
	m := inTemplate.FindStringSubmatch(text)
	if m == nil {
		return fmt.Errorf("生成 %s：%w", page, err)
	}
	at := campaign.InFile("layouts/templates/" + m[1])
	at.Line, _ = strconv.Atoi(m[2])
	if m[3] != "" {
		at.Column, _ = strconv.Atoi(m[3])
		at.Column++ // counted from 0
	}
	return &templateFault{page, campaign.Finding{
		Level: campaign.Error, Rule: "template", At: at.Place(),
		Message: "模板做不出页面 " + page + "：" + m[4], Hint: "改正 {{…}} 里的名字；可用的名字见内置的同名模板",
	}, err}
}

// Try makes every page without drawings and throws it away, to find what is
// wrong with a campaign's own templates.
func Try(v *release.View, b *stats.Table, layouts fs.FS) []campaign.Finding {
	files, err := Files(v, b, layouts, nothing{})
	if err != nil {
		return nil // the templates' syntax, which source tells
	}
	var found []campaign.Finding
	for _, f := range files {
		if !strings.HasSuffix(f.Path, ".html") {
			continue
		}
		fault, ok := f.Write(io.Discard).(*templateFault)
		if ok && !slices.ContainsFunc(found, func(g campaign.Finding) bool { return g.At == fault.finding.At }) {
			found = append(found, fault.finding)
		}
	}
	return found
}

// nothing draws nothing.
type nothing struct{}

func (nothing) Share(card.Card) ([]byte, error)   { return nil, nil }
func (nothing) Preview(card.Card) ([]byte, error) { return nil, nil }
