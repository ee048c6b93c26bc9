package draw

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"wangjian/internal/pdf/typeset"
)

// An office that owns 方正小标宋, 仿宋_GB2312 and their like puts the files into
// its campaign's layouts/fonts/ under whatever name they have. What a font is
// for is read from the name of its file, else from the names that the font
// gives itself.

// marks are the parts of a name by which a role is known, in small letters.
var marks = [4][]string{
	typeset.Song: {"小标宋", "xbs", "xiaobiaosong", "biaosong"},
	typeset.Fang: {"仿宋", "simfang", "fangsong", "stfang", "fzfs"},
	typeset.Hei:  {"黑体", "simhei", "heiti", "fzht"},
	typeset.Kai:  {"楷体", "simkai", "kaiti", "fzkt", "fzkai"},
}

// roleOf tells the role of a font by its names, the most telling first; ok is
// false where none of them says.
func roleOf(names ...string) (role typeset.Role, ok bool) {
	for _, name := range names {
		name = strings.ToLower(strings.NewReplacer(" ", "", "_", "", "-", "").Replace(name))
		for role, list := range marks {
			for _, m := range list {
				if strings.Contains(name, m) {
					return typeset.Role(role), true
				}
			}
		}
	}
	return 0, false
}

// fontTypes are the endings of files that are meant to be fonts.
var fontTypes = []string{".ttf", ".otf", ".ttc", ".woff", ".woff2"}

// own reads the fonts that a campaign adds: faces by role, and those that are
// for none. A file that cannot be used is an error, so that nobody prints with
// the wrong font without knowing.
func (f *Fonts) own(layouts fs.FS, entries []fs.DirEntry) (byRole [4][]*face, others []*face, err error) {
	var names []string
	for _, e := range entries {
		if !e.IsDir() && slices.Contains(fontTypes, strings.ToLower(path.Ext(e.Name()))) && !builtIn(e.Name()) {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	for _, name := range names {
		face := &face{file: path.Join(folder, name), layouts: layouts}
		if err := face.load(); err != nil {
			return byRole, nil, err
		}
		base := strings.TrimSuffix(name, path.Ext(name))
		postScript := face.parsed.names(postScriptName)
		face.name = f.unused(append(postScript, base)...)
		f.faces = append(f.faces, face)
		known := append([]string{base}, append(face.parsed.names(familyName), postScript...)...)
		if role, ok := roleOf(known...); ok {
			byRole[role] = append(byRole[role], face)
		} else {
			others = append(others, face)
		}
	}
	return byRole, others, nil
}

func builtIn(name string) bool { return name == fallback || slices.Contains(files[:], name) }

// unused makes a name for a PDF out of the first of the names that gives one.
func (f *Fonts) unused(names ...string) string {
	base := "Font"
	for _, n := range names {
		if n = plain(n); len(n) >= 3 {
			base = n
			break
		}
	}
	name := base
	for n := 2; slices.ContainsFunc(f.faces, func(other *face) bool { return other.name == name }); n++ {
		name = fmt.Sprintf("%s-%d", base, n)
	}
	return name
}
