package preview

import (
	"bytes"
	_ "embed"
	"fmt"
	"html"
	"html/template"
	"regexp"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/cause"
)

//go:embed assets/bar.html
var barPage string

// inject adds to a page what makes it reload, and a bar with what there is to
// know: the findings of the files that the page is made from, then those of
// others, and the files themselves; or that it is of the last good site. It
// goes before the end of the body; there is no inline script or style, which
// pages forbid.
func (s *server) inject(page []byte, st *state, name string) []byte {
	var extra bytes.Buffer
	data := struct {
		Style, Script, Token string
		Here                 []campaign.Finding
		Groups               []group
		Elsewhere            int
		Files                []string
		Present              string
	}{Style: stylePath, Script: scriptPath, Token: st.token}
	if st.good {
		data.Files = filesOf(page)
		var others []campaign.Finding
		for _, f := range st.findings {
			if slices.Contains(data.Files, f.At.File) {
				data.Here = append(data.Here, f)
			} else {
				others = append(others, f)
			}
		}
		data.Groups, data.Elsewhere = grouped(others), len(others)
	} else {
		data.Present = "/" + strings.TrimLeft(name, "/")
	}
	if err := barTemplate.Execute(&extra, data); err != nil {
		fmt.Fprintf(s.log, "制作预览的提示栏：%s\n", cause.In(err))
		return page
	}
	at := bytes.LastIndex(bytes.ToLower(page), []byte("</body>"))
	if at < 0 {
		at = len(page)
	}
	with := make([]byte, 0, len(page)+extra.Len())
	with = append(with, page[:at]...)
	with = append(with, extra.Bytes()...)
	return append(with, page[at:]...)
}

// sourceAttribute is how a page of the office's view tells where a part of it
// comes from (package site).
var sourceAttribute = regexp.MustCompile(` data-(?:source="([^"]+):\d+"|template="([^"]+)")`)

// filesOf lists the files that a page is made from.
func filesOf(page []byte) []string {
	var files []string
	for _, m := range sourceAttribute.FindAllSubmatch(page, -1) {
		if file := html.UnescapeString(string(m[1]) + string(m[2])); !slices.Contains(files, file) {
			files = append(files, file)
		}
	}
	return files
}

var barTemplate = template.Must(template.New("bar").Funcs(template.FuncMap{"level": levelWord}).Parse(barPage))
