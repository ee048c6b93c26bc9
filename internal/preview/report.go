package preview

import (
	"bytes"
	_ "embed"
	"errors"
	"html/template"
	"net/http"
	"path"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/cause"
)

//go:embed assets/findings.html
var findingsPage string

var findingsTemplate = template.Must(template.New("findings").Funcs(template.FuncMap{
	"level": levelWord, "quote": quote,
}).Parse(findingsPage))

func levelWord(l campaign.Level) string {
	if l == campaign.Error {
		return "错误"
	}
	return "提醒"
}

// group is a file's findings.
type group struct {
	File     string
	Findings []campaign.Finding
}

// grouped sets findings together by file; they come sorted.
func grouped(findings []campaign.Finding) []group {
	var groups []group
	for _, f := range findings {
		if n := len(groups); n == 0 || groups[n-1].File != f.At.File {
			groups = append(groups, group{File: f.At.File})
		}
		g := &groups[len(groups)-1]
		g.Findings = append(g.Findings, f)
	}
	return groups
}

// quotation is a line of input with the place that a finding is about.
type quotation struct{ Before, Here, After string }

// quote cuts a finding's line at its column.
func quote(f campaign.Finding) quotation {
	line := []rune(f.Line)
	at := f.At.Column - 1
	if at < 0 || at >= len(line) {
		return quotation{Before: f.Line}
	}
	return quotation{string(line[:at]), string(line[at : at+1]), string(line[at+1:])}
}

// report answers with the findings that keep the present page from showing, or
// with the fault of rendering one page. It reloads itself like any page.
func (s *server) report(w http.ResponseWriter, r *http.Request, st *state, name string, fault error) {
	findings, failure := st.findings, st.failure
	if fault != nil {
		findings, failure = nil, fault
		// An error may carry findings of its own.
		if with, ok := errors.AsType[interface {
			error
			Findings() []campaign.Finding
		}](fault); ok {
			findings, failure = campaign.SortFindings(with.Findings()), nil
		}
	}
	if !isPage(r, name) {
		http.Error(w, "内容有错误，暂时不能显示", http.StatusInternalServerError)
		return
	}
	data := struct {
		Style, Script, Token, Last string
		Page                       string
		Failure                    error
		Groups                     []group
		Errors, Warnings           int
	}{Style: stylePath, Script: scriptPath, Token: st.token, Failure: failure, Groups: grouped(findings)}
	data.Errors, data.Warnings = count(findings)
	if fault != nil {
		data.Page = "/" + name
	} else if st.last != nil {
		data.Last = path.Join(lastFolder, name)
		if name == "" || strings.HasSuffix(name, "/") {
			data.Last = strings.TrimSuffix(data.Last, "/") + "/"
		}
	}
	var page bytes.Buffer
	if err := findingsTemplate.Execute(&page, data); err != nil {
		http.Error(w, "列不出错误："+cause.In(err), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'self'")
	sendStatus(w, r, http.StatusInternalServerError, page.Bytes())
}
