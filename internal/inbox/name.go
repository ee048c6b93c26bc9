package inbox

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/privacy"
)

// These bound a kept name without and with its extension, in bytes: every disk takes
// 255, and a number may be added.
const (
	longestStem = 180
	longestExt  = 40
)

// safeName makes of a sender's name one that any disk keeps and that leads nowhere.
func safeName(sender string) string {
	name := path.Base("/" + strings.ReplaceAll(strings.ToValidUTF8(sender, "〓"), `\`, "/"))
	name = strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r) || privacy.IsInvisible(r) || r == '/':
			return -1
		case strings.ContainsRune(`:*?"<>|`, r):
			return r + '！' - '!' // its full-width form
		}
		return r
	}, name), " .~$#")
	stem, ext := name, path.Ext(name)
	if stem = strings.TrimSuffix(name, ext); len(ext) > longestExt {
		stem, ext = name, ""
	}
	for len(stem) > longestStem {
		_, size := utf8.DecodeLastRuneInString(stem)
		stem = stem[:len(stem)-size]
	}
	if stem = strings.TrimRight(stem, " ."); stem == "" {
		stem = "原件"
	}
	if campaign.NameFault(stem+ext) != "" { // a device of Windows
		stem = "原件 " + stem
	}
	return stem + ext
}
