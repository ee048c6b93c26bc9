package draw

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/signintech/gopdf"

	"wangjian/internal/pdf/typeset"
)

// An office that owns 方正小标宋, 仿宋_GB2312 and their like puts the files into
// its campaign's layouts/fonts/ under whatever name they have. What a font is
// for is read from the name of its file, else from the names that the font
// holds of itself.

// marks are the parts of a name by which a role is known, in small letters.
var marks = [typeset.Roles][]string{
	typeset.Song:  {"小标宋", "xbs", "xiaobiaosong", "biaosong"},
	typeset.Fang:  {"仿宋", "simfang", "fangsong", "stfang", "fzfs"},
	typeset.Hei:   {"黑体", "simhei", "heiti", "fzht"},
	typeset.Kai:   {"楷体", "simkai", "kaiti", "fzkt", "fzkai"},
	typeset.Plain: {"宋体", "simsun", "songti", "stsong"},
}

// roleOf is the role of a font by its names, the most telling first; ok is
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
func (f *Fonts) own(layouts fs.FS, entries []fs.DirEntry) (byRole [typeset.Roles][]*face, others []*face, err error) {
	var refs references
	for _, name := range slices.DeleteFunc(fontNames(entries), builtIn) {
		face := newFace(layouts, name)
		if err := face.load(); err != nil {
			return byRole, nil, err
		}
		if err := face.parsed.readable(); err != nil {
			return byRole, nil, fmt.Errorf("字体 layouts/%s %w", face.file, err)
		}
		if refs == nil {
			if refs, err = referencesIn(layouts); err != nil {
				return byRole, nil, err
			}
		}
		for _, r := range refs.unlike(face.parsed.data) {
			face.glyphs.wrong[r] = true
		}
		base := face.name
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

// fontNames lists the files that are meant to be fonts, in the order of names.
func fontNames(entries []fs.DirEntry) []string {
	var names []string
	for _, e := range entries {
		if !e.IsDir() && slices.Contains(fontTypes, strings.ToLower(path.Ext(e.Name()))) {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	return names
}

// Refusal is a font file that no paper can be set with.
type Refusal struct {
	File   string // below the layouts
	Reason string // what a person can do
}

// Refused looks at every font of a campaign's own layouts folder, those too
// that replace one of the program's.
func Refused(own fs.FS) []Refusal {
	if own == nil {
		return nil
	}
	entries, err := fs.ReadDir(own, folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return []Refusal{{folder, "文件夹打不开：" + err.Error()}}
	}
	var list []Refusal
	for _, name := range fontNames(entries) {
		file := path.Join(folder, name)
		if reason := refuse(own, file); reason != nil {
			list = append(list, Refusal{file, reason.Error()})
		}
	}
	return list
}

// refuse says why a file cannot be used.
func refuse(layouts fs.FS, file string) error {
	data, err := fs.ReadFile(layouts, file)
	if err != nil {
		return fmt.Errorf("打不开：%w", err)
	}
	parsed, _, err := examine(data)
	if err != nil || builtIn(path.Base(file)) {
		return err // most often the program's own file, which takes long to read in full
	}
	return parsed.readable()
}

// readable reads the font as gopdf does.
func (f *font) readable() error {
	return readable(func() error { return new(gopdf.SubsetFontObj).SetTTFData(f.data) })
}

// examine reads a font's bytes. Its errors go on from the font's name.
func examine(data []byte) (*font, *glyphs, error) {
	parsed, err := parse(data)
	if err == nil {
		err = parsed.mayEmbed()
	}
	if err != nil {
		return nil, nil, err
	}
	glyphs, err := parsed.glyphs()
	return parsed, glyphs, err
}

func builtIn(name string) bool { return slices.Contains(common, name) || slices.Contains(rare, name) }

// unused makes a name for a PDF of the first of the names that can be one.
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
