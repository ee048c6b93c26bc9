package publish

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"wangjian/internal/release"
	"wangjian/internal/sheet"
)

// OtherSite: what is to be replaced is the site of another campaign. Next year's
// settings are made from this year's, and so name the same place until somebody writes
// another.
type OtherSite struct {
	Place string // where it is, in Chinese
	Name  string // of that campaign; "" for a site that is of none
	Way   string // what to do, in Chinese
}

func (o *OtherSite) Error() string {
	whose := "别的网站"
	if o.Name != "" {
		whose = "“" + o.Name + "”的网站"
	}
	return fmt.Sprintf("%s现在是%s，会整个被换掉：%s", o.Place, whose, o.Way)
}

// nameBound is where the name of a campaign has been read, in its data file.
const nameBound = 64 << 10

// nameOf returns the campaign's name, with which the data file of a site begins; ""
// where it does not.
func nameOf(data io.Reader) string {
	d := json.NewDecoder(io.LimitReader(data, nameBound))
	for _, wanted := range []json.Token{json.Delim('{'), "名称"} {
		if token, err := d.Token(); err != nil || token != wanted {
			return ""
		}
	}
	var name string
	if d.Decode(&name) != nil {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, name)
}

// errEnough ends the rendering of a file of which the beginning is wanted.
var errEnough = errors.New("enough was written")

// opening is the beginning of what is written.
type opening struct{ text strings.Builder }

func (o *opening) Write(p []byte) (int, error) {
	if o.text.Len() >= nameBound {
		return 0, errEnough
	}
	return o.text.Write(p)
}

// nameIn returns the name of the campaign that files are of.
func nameIn(files []release.File) (string, error) {
	n := slices.IndexFunc(files, func(f release.File) bool { return f.Path == sheet.JSONPath })
	if n < 0 {
		return "", nil
	}
	o := new(opening)
	if err := files[n].Write(o); err != nil && !errors.Is(err, errEnough) {
		return "", fmt.Errorf("生成 %s：%w", files[n].Path, err)
	}
	return nameOf(strings.NewReader(o.text.String())), nil
}

// nameAt returns the name of the campaign whose site is in a folder.
func nameAt(dir string) string {
	f, err := os.Open(filepath.Join(dir, filepath.FromSlash(sheet.JSONPath)))
	if err != nil {
		return ""
	}
	defer f.Close()
	return nameOf(f)
}
