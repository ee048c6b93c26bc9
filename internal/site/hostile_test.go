package site

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

// evil is what a value of YAML may hold: it closes whatever it stands in.
const evil = `"'></script></title></text>--><wj-evil onclick=alert(1)><script>alert(1)</script>{{"x"}}<!--`

// notWords are the fields whose values other rules keep to codes, paths,
// addresses and fixed words.
var notWords = []string{
	"Code", "Slug", "File", "URL", "Domain", "Decision", "Attachments", "Poster", "Transcript", "ReportLink", "Disclosure", "Basis", "Kind",
	"Body", "PublicBody", "Keys", "At", "OfficeOnly", "Aliases", "Permitted", "Wording", "Protected", "Doubtful", "IndexPattern", "PartyNames", "Reviewers", "Signoffs",
	"Stopped", "Validity", "Place", "Heading", "Quantity", "Columns",
}

// poison adds what is evil to every text of a campaign but the names that
// bodies refer to, and counts them.
func poison(c *campaign.Campaign) int {
	var cited strings.Builder
	for _, i := range c.Items {
		fmt.Fprint(&cited, i.Body.References)
	}
	for _, d := range c.Departments {
		d.Aliases = append(d.Aliases, d.Name, d.Short)
	}
	for _, r := range c.Regions {
		r.Aliases = append(r.Aliases, r.Name, r.Short)
	}
	for _, r := range c.Rounds {
		r.Aliases = append(r.Aliases, r.Name)
	}
	count, seen := 0, map[uintptr]bool{}
	var walk func(v reflect.Value, field string)
	walk = func(v reflect.Value, field string) {
		if slices.Contains(notWords, field) {
			return
		}
		switch v.Kind() {
		case reflect.Pointer:
			if v.IsNil() || seen[v.Pointer()] {
				return
			}
			seen[v.Pointer()] = true
			if row, ok := v.Interface().(*campaign.Row); ok && strings.Contains(cited.String(), row.Name) {
				return
			}
			walk(v.Elem(), "")
		case reflect.Struct:
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(v.Field(i), v.Type().Field(i).Name)
				}
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i), field)
			}
		case reflect.Map:
			for _, k := range v.MapKeys() {
				if v.MapIndex(k).Kind() == reflect.Struct {
					changed := reflect.New(v.Type().Elem()).Elem()
					changed.Set(v.MapIndex(k))
					walk(changed, "")
					v.SetMapIndex(k, changed)
				}
			}
		case reflect.String:
			if v.CanSet() && v.String() != "" {
				v.SetString(v.String() + evil)
				count++
			}
		}
	}
	walk(reflect.ValueOf(c), "")
	return count
}

// TestPicturesOfLayoutsAreBare: what a camera or a program wrote into a picture
// of the campaign's own layouts is not published.
func TestPicturesOfLayoutsAreBare(t *testing.T) {
	const told = "PLANTED"
	var photo, mark bytes.Buffer
	m := image.NewGray(image.Rect(0, 0, 20, 10))
	if err := errors.Join(jpeg.Encode(&photo, m, nil), png.Encode(&mark, m)); err != nil {
		t.Fatal(err)
	}
	raw := photo.String()
	comment := raw[:2] + "\xff\xfe\x00\x09" + told + raw[2:] + told
	c, contents := read(t, smallDir)
	c.Looks.Logo = campaign.Logo{File: "logo.png", Width: 96, Height: 48}
	v := release.Public(c, c.ReferenceDate, contents)
	list, err := Files(v, stats.Of(v), layouts.Over(fstest.MapFS{
		"assets/own/a.jpg": {Data: []byte(comment)}, "logo.png": {Data: append(mark.Bytes(), told...)},
	}), drawer(t))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, f := range list {
		if f.Path != "assets/own/a.jpg" && f.Path != "assets/logo.png" {
			continue
		}
		seen++
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		if _, _, err := image.Decode(bytes.NewReader(b.Bytes())); err != nil || strings.Contains(b.String(), told) {
			t.Errorf("%s: %v, %q", f.Path, err, b.String())
		}
	}
	if seen != 2 {
		t.Errorf("%d pictures", seen)
	}
}

// TestMarkupInDataStaysText: HTML in any value of the data is text on every
// page, for the public and for the office: it makes no element, no attribute
// and no script, and shows as it was written.
func TestMarkupInDataStaysText(t *testing.T) {
	for name, view := range map[string]func(*campaign.Campaign, campaign.Instant, release.Contents) *release.View{"公众版": release.Public, "内部版": release.Whole} {
		t.Run(name, func(t *testing.T) {
			c, contents := read(t, smallDir)
			if n := poison(c); n < 70 {
				t.Fatalf("only %d values", n)
			}
			shown := map[string]bool{}
			for p, text := range render(t, view(c, c.ReferenceDate, contents)) {
				switch {
				case strings.HasSuffix(p, ".html"):
					if strings.Contains(text, html.EscapeString("<wj-evil onclick=alert(1)>")) {
						folder, _, _ := strings.Cut(p, "/")
						shown[folder] = true
					}
					elements(t, text, func(n *html.Node) {
						_, source := attribute(n, "src")
						kind, _ := attribute(n, "type")
						if n.Data == "wj-evil" || n.Data == "script" && !source && !strings.HasSuffix(kind, "json") {
							t.Errorf("%s: <%s> from data", p, n.Data)
						}
						for _, a := range n.Attr {
							if strings.HasPrefix(a.Key, "on") || strings.Contains(a.Key, "wj-evil") {
								t.Errorf("%s: attribute %s from data", p, a.Key)
							}
						}
					})
				case strings.HasSuffix(p, ".xml"), strings.HasSuffix(p, ".svg"):
					d := xml.NewDecoder(strings.NewReader(text))
					for {
						token, err := d.Token()
						if err != nil {
							if err.Error() != "EOF" {
								t.Errorf("%s: %v", p, err)
							}
							break
						}
						if e, ok := token.(xml.StartElement); ok && (e.Name.Local == "wj-evil" || e.Name.Local == "script") {
							t.Errorf("%s: <%s> from data", p, e.Name.Local)
						}
					}
				}
			}
			for _, kind := range pageKinds {
				if kind.paths == nil {
					continue
				}
				for _, path := range kind.paths(c) {
					if folder, _, _ := strings.Cut(path, "/"); !shown[folder] {
						t.Errorf("%s shows none of it: the test sees nothing there", folder)
					}
				}
			}
		})
	}
}
