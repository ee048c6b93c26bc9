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
	"wangjian/internal/chart"
	"wangjian/internal/release"
	"wangjian/internal/stats"
	"wangjian/layouts"
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
// wrong with a campaign's own templates. What the built-in ones cannot show either
// is the campaign's fault.
func Try(v *release.View, b *stats.Table, own fs.FS) []campaign.Finding {
	wrong := faults(v, b, own)
	if len(wrong) == 0 {
		return nil
	}
	var found []campaign.Finding
	without := faults(v, b, layouts.Over(nil))
	for _, fault := range wrong {
		samePage := func(g *templateFault) bool { return g.page == fault.page }
		samePlace := func(g campaign.Finding) bool { return g.At == fault.finding.At }
		if !slices.ContainsFunc(without, samePage) && !slices.ContainsFunc(found, samePlace) {
			found = append(found, fault.finding)
		}
	}
	return found
}

// faults makes every page and returns what the templates cannot show. A campaign
// with other faults may leave a page without what it needs: such a page is not
// made.
func faults(v *release.View, b *stats.Table, own fs.FS) (list []*templateFault) {
	var files []release.File
	err := attempt(func() (err error) { files, err = Files(v, b, own, nothing{}); return err })
	if err != nil {
		return nil // the templates' syntax, which source tells
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Path, ".html") {
			continue
		}
		if fault, ok := attempt(func() error { return f.Write(io.Discard) }).(*templateFault); ok {
			list = append(list, fault)
		}
	}
	return list
}

func attempt(do func() error) (err error) {
	defer func() {
		if lacking := recover(); lacking != nil {
			err = fmt.Errorf("%v", lacking)
		}
	}()
	return do()
}

// nothing draws nothing.
type nothing struct{}

func (nothing) Share(card.Card) ([]byte, error)        { return nil, nil }
func (nothing) Preview(card.Card) ([]byte, error)      { return nil, nil }
func (nothing) Drawing(*chart.Drawing) ([]byte, error) { return nil, nil }
