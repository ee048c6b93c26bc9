package preview

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"
)

//go:embed assets/bar.html
var barPage string

// inject adds to a page what makes it reload, and a bar with what there is to
// know: warnings, or that it is of the last good site. It goes before the end
// of the body; there is no inline script or style, which pages forbid.
func (s *server) inject(page []byte, st *state, name string) []byte {
	var extra bytes.Buffer
	data := struct {
		Style, Script, Token string
		Groups               []group
		Warnings, Errors     int
		Present              string
	}{Style: stylePath, Script: scriptPath, Token: st.token}
	data.Errors, data.Warnings = count(st.findings)
	if st.good {
		data.Groups = grouped(st.findings)
	} else {
		data.Present = "/" + strings.TrimLeft(name, "/")
	}
	if err := barTemplate.Execute(&extra, data); err != nil {
		fmt.Fprintf(s.log, "制作预览的提示栏：%v\n", err)
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

var barTemplate = template.Must(template.New("bar").Parse(barPage))
