package campaign

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Address is what a link, or a file's name in front matter, leads to. Package
// source finds it out when it reads the file, by the one resolver that there is;
// everybody else looks it up.
type Address struct {
	Scheme string // in lower case, of a link that leaves the campaign; "" for any other
	// File is the campaign's file, by the name that it has on the disk and with
	// symbolic links followed: an item, or a file that is published with the one
	// that names it. It is "" where the link leaves the campaign, and where it
	// leads to nothing that may be published, which source reports.
	File   string
	Anchor string // what follows #: a heading's text or id
}

// Attached returns the file that goes out with the item that has the address;
// "" for a link to another item's page, and for one that leaves.
func (a Address) Attached() string {
	if IsMarkdown(a.File) {
		return ""
	}
	return a.File
}

// IsMarkdown reports whether a file is one that items are written in, on a disk
// of any kind: such a file is never published as it is.
func IsMarkdown(file string) bool {
	n := len(file) - len(".md")
	return n >= 0 && strings.EqualFold(file[n:], ".md")
}

var schemeForm = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*):`)

// ParseLink takes a link apart as browsers do (RFC 3986): a scheme, where there
// is one, else a path, a query, which names no other file, and a fragment. Path
// and anchor come with their percent-encoding resolved once. It is the only
// place where a link is cut.
func ParseLink(link string) (scheme, name, anchor string) {
	if m := schemeForm.FindStringSubmatch(link); m != nil {
		return strings.ToLower(m[1]), "", ""
	}
	name, anchor, _ = strings.Cut(link, "#")
	name, _, _ = strings.Cut(name, "?")
	return "", percentDecoded(name), percentDecoded(anchor)
}

// IsRooted reports whether a link is written for one machine's disk or server:
// with a slash in front or with backslashes.
func IsRooted(link string) bool {
	_, name, _ := ParseLink(link)
	return strings.HasPrefix(name, "/") || strings.Contains(link+name, `\`)
}

func percentDecoded(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

// codeForm: a 代号 stands in paths and addresses.
var codeForm = regexp.MustCompile(`^[\pL\pN][\pL\pN_-]*$`)

// IsCode reports whether a word can be a 代号.
func IsCode(word string) bool { return codeForm.MatchString(word) }

// IsSlug reports whether a word can be the last part of an item's address, where
// the site has no page of its own.
func IsSlug(word string) bool {
	return IsCode(word) && word != "index" && !strings.HasPrefix(word, "page-") && NameFault(word) == ""
}

// maxName is the longest file name, in bytes, that common disks take.
const maxName = 255

// NameFault says why a file's or folder's own name cannot be kept on every
// disk, or "".
func NameFault(name string) string {
	switch {
	case !utf8.ValidString(name):
		return "不是 UTF-8"
	case strings.ContainsAny(name, `\:*?"<>|`):
		return `不能含 \ : * ? " < > |`
	case strings.ContainsFunc(name, unicode.IsControl):
		return "不能含控制字符"
	case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " ") || strings.HasPrefix(name, " "):
		return "开头不能是空格，末尾不能是点或空格"
	case len(name) > maxName:
		return fmt.Sprintf("超过 %d 字节", maxName)
	case isDevice(name):
		return "“" + name + "”是 Windows 的设备名"
	}
	return ""
}

// FoldedName returns what a name is to a disk that minds neither case nor the
// way in which a character is composed.
func FoldedName(name string) string {
	if !strings.ContainsFunc(name, func(r rune) bool { return r >= utf8.RuneSelf || r >= 'A' && r <= 'Z' }) {
		return name // nearly all
	}
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(name)))
}

// isDevice reports whether Windows takes the name for a device, with whatever
// extension.
func isDevice(name string) bool {
	name, _, _ = strings.Cut(name, ".")
	name = strings.ToUpper(strings.TrimRight(name, " "))
	switch name {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	for _, port := range []string{"COM", "LPT"} {
		if n, ok := strings.CutPrefix(name, port); ok && utf8.RuneCountInString(n) == 1 && strings.Contains("0123456789¹²³", n) {
			return true
		}
	}
	return false
}
