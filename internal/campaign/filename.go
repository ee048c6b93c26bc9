package campaign

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

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
