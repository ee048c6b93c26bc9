package intake

import (
	"encoding/xml"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
)

// activeElements are what runs, or takes in something from elsewhere, by the element.
var activeElements = map[string]string{
	"altchunk": "并入另一个文件（altChunk）", "ddelink": "DDE 链接", "olelink": "链接到别处的对象", "dde-source": "DDE 链接", "dde-connection-decl": "DDE 链接",
	"connection": "数据连接", "mailmerge": "邮件合并的数据来源", "subdoc": "别处的子文档", "webextension": "加载项", "event-listener": "脚本", "module": "宏",
	"table-source": "别处的表格", "cell-range-source": "别处的表格", "section-source": "别处的文字", "externalbook": "别处的工作簿",
}

// inspect looks for what runs and for what refers to elsewhere.
func (m *markup) inspect(x xml.StartElement) {
	if what := activeElements[strings.ToLower(x.Name.Local)]; what != "" {
		m.file.does("文件里有%s", what)
	}
	for _, a := range x.Attr {
		name, value := strings.ToLower(a.Name.Local), strings.TrimSpace(a.Value)
		switch {
		case (name == "type" || name == "contenttype" && x.Name.Local == "Override") && activeIn(value) != "":
			m.file.does("文件里有宏、控件或加载项（%s）", activeIn(value))
		case name == "type" && value == "Link" && strings.EqualFold(x.Name.Local, "OLEObject"), name == "link" && x.Name.Local == "oleObject":
			m.file.does("文件里有链接到别处的对象")
		case name == "action" && (strings.HasPrefix(value, "ppaction://program") || strings.HasPrefix(value, "ppaction://macro")):
			m.file.does("文件里有会运行程序的动作")
		case name == "src" && isElsewhere(value), name == "href" && isElsewhere(value) && (!isAddress(value) || x.Name.Local == "image" || x.Name.Local == "object"):
			m.file.does("文件引用了别处的内容“%s”", shorten(value))
		}
	}
	if target := strings.TrimSpace(Attribute(x, "Target")); Attribute(x, "TargetMode") == "External" && isElsewhere(target) {
		if path.Base(Attribute(x, "Type")) != "hyperlink" || !isAddress(target) {
			m.file.does("文件引用了别处的内容“%s”", shorten(target))
		}
	}
	if x.Name.Local == "Relationship" {
		if target, err := url.PathUnescape(Attribute(x, "Target")); err == nil && tells(target) {
			m.aside("链接", target)
		}
	}
}

// isAddress reports whether a target is one that a reader follows by himself.
func isAddress(target string) bool {
	scheme, _, ok := strings.Cut(strings.ToLower(target), ":")
	return ok && slices.Contains([]string{"http", "https", "mailto", "tel"}, scheme)
}

// isElsewhere reports whether a target lies outside of the file.
func isElsewhere(target string) bool {
	return target != "" && target != "NULL" && target != "about:blank" && !strings.HasPrefix(target, "#") &&
		(strings.HasPrefix(target, "..") || strings.HasPrefix(target, `\\`) || strings.HasPrefix(target, "//") || hasScheme.MatchString(target) || strings.Contains(target, "."))
}

var hasScheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.\-]*:`)

// field follows a field of Word: its instruction ends where its result begins.
func (m *markup) field(kind string) {
	switch {
	case kind == "begin":
		m.fields = append(m.fields, &strings.Builder{})
	case len(m.fields) == 0:
	case kind == "separate":
		last := m.fields[len(m.fields)-1]
		m.instruction(last.String())
		last.Reset()
	case kind == "end":
		m.instruction(m.fields[len(m.fields)-1].String())
		m.fields = m.fields[:len(m.fields)-1]
	}
}

// activeField is the instruction of a field that fetches something, or that is
// spelt in numbers.
var activeField = regexp.MustCompile(`(?i)^[\s"]*(?:DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DATABASE|RD|MACROBUTTON|AUTOTEXTLIST|QUOTE(?:\s+\d+){3,})(?:[\s"\\]|$)`)

func (m *markup) instruction(text string) {
	if what := activeField.FindString(text); what != "" {
		m.file.does("文件里有域 %s", strings.Trim(strings.ToUpper(what), " \t\r\n\"\\"))
	}
	if tells(text) {
		m.aside(m.where(m.paragraphs), text)
	}
}
