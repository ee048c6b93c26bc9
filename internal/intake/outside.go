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
		value := strings.TrimSpace(a.Value)
		for _, t := range activeAttributes {
			if strings.EqualFold(a.Name.Local, t.name) && t.is(x.Name.Local, value) {
				m.file.does("文件"+t.what, shorten(value))
			}
		}
	}
	if x.Name.Local == "Relationship" {
		m.relationship(x)
	}
}

// activeAttributes are what runs, or takes in something from elsewhere, by an
// attribute of an element and its value.
var activeAttributes = []struct {
	name, what string
	is         func(element, value string) bool
}{
	{"Type", "里有宏、控件或加载项（%s）", func(_, value string) bool { return activeIn(value) != "" }},
	{"ContentType", "里有宏、控件或加载项（%s）", func(element, value string) bool { return element == "Override" && activeIn(value) != "" }},
	{"Type", "里有链接到别处的对象（%s）", func(element, value string) bool { return element == "OLEObject" && value == "Link" }},
	{"link", "里有链接到别处的对象（%s）", func(element, _ string) bool { return element == "oleObject" }},
	{"action", "里有会运行程序的动作（%s）", func(_, value string) bool {
		return strings.HasPrefix(value, "ppaction://program") || strings.HasPrefix(value, "ppaction://macro")
	}},
	{"src", elsewhere, func(_, value string) bool { return isElsewhere(value) }},
	{"href", elsewhere, func(element, value string) bool {
		return isElsewhere(value) && (!isAddress(value) || element == "image" || element == "object")
	}},
}

const elsewhere = "引用了别处的内容“%s”"

// relationship judges what a part refers to: an address that a reader follows by
// himself is words.
func (m *markup) relationship(x xml.StartElement) {
	target := strings.TrimSpace(Attribute(x, "Target"))
	isLink := path.Base(Attribute(x, "Type")) == "hyperlink" && isAddress(target)
	if Attribute(x, "TargetMode") == "External" && isElsewhere(target) && !isLink {
		m.file.does("文件"+elsewhere, shorten(target))
	}
	if text, err := url.PathUnescape(target); err == nil && tells(text) {
		m.aside("链接", text)
	}
}

// activeFormula is a formula that fetches something or starts a program.
var activeFormula = regexp.MustCompile(`(?i)\b(?:WEBSERVICE|RTD|CALL|REGISTER|REGISTER\.ID|EXEC|IMPORTDATA|DDE)\s*\(|^[=+\-@]?\s*'?\w+'?\|`)

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
