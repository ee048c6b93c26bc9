package desk

import (
	"errors"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/format"
	"wangjian/internal/head"
	"wangjian/internal/settings"
)

// placesKey is the key of where a campaign is published to: each place has a name, and
// one way of delivery.
const placesKey = "发布"

// addressKey is where the public reads what is sent to a server.
const addressKey = "网址"

// placesPage shows the places, or the form of one.
type placesPage struct {
	Places  []campaign.Destination
	Ways    []format.Key // to choose from for a new one
	Name    string       // of the one that is filled in; "" for none
	Way     string
	New     bool
	Fields  []settingsField
	Servers []campaign.Destination // itself, where a secret signs in
}

// placeWays are the ways of delivery: the keys of a place but one.
func placeWays() []format.Key {
	k, _ := format.Campaign.Key(placesKey)
	return slices.DeleteFunc(slices.Clone(k.Of.Each.Of.Keys), func(k format.Key) bool { return k.Name == addressKey })
}

// wayOf is how a place is delivered to.
func wayOf(d campaign.Destination) string {
	switch {
	case d.SFTP != nil:
		return "SFTP"
	case d.Bucket != nil:
		return "对象存储"
	case d.Package != "":
		return "上传包"
	}
	return "文件夹"
}

// placeForm is what is filled in of a place: what belongs to its way of delivery, and
// to the place itself.
type placeForm struct {
	name, way string
	fields    []head.Field
	server    bool // the way has keys of its own
}

// readPlace reads the form of a place, which need not be there.
func readPlace(text []byte, name, way string) (*placeForm, error) {
	p := &placeForm{name: name, way: way}
	own, err := settings.ReadForm(format.Campaign, text, placesKey, name)
	if err != nil {
		return nil, err
	}
	shown := []string{way}
	for _, k := range placeWays() {
		if k.Name == way && k.Type == format.Object {
			at, err := settings.ReadForm(format.Campaign, text, placesKey, name, way)
			if err != nil {
				return nil, err
			}
			p.server, p.fields, shown = true, at.Fields, []string{addressKey, "文件夹"}
		}
	}
	for _, key := range shown {
		for _, f := range own.Fields {
			if f.Name == key {
				f.Required = !p.server
				p.fields = append(p.fields, f)
			}
		}
	}
	return p, nil
}

// write returns the settings with the place as it is filled in.
func (p *placeForm) write(text []byte) ([]byte, error) {
	paths := [][]string{{placesKey, p.name}}
	if p.server {
		paths = [][]string{{placesKey, p.name, p.way}, {placesKey, p.name}}
	}
	for _, path := range paths {
		f, err := settings.ReadForm(format.Campaign, text, path...)
		if err != nil {
			return nil, err
		}
		text = f.Write(p.fields)
	}
	return text, nil
}

// chosenPlace reads which place a request is about, and how it is delivered to: as it is, or
// as the person has chosen for a new one.
func (r *request) chosenPlace() (name, way string, there bool) {
	name, way = oneLine(r.value("place")), r.value("way")
	for _, d := range r.placesOf() {
		if d.Name == name {
			return name, wayOf(d), true
		}
	}
	return name, way, false
}

// showPlaces shows where the site is published to.
func (r *request) showPlaces(text []byte) (*placesPage, error) {
	name, way, there := r.chosenPlace()
	p := &placesPage{Places: r.placesOf(), Ways: placeWays(), Name: name, Way: way, New: !there}
	if name == "" || !slices.ContainsFunc(p.Ways, func(k format.Key) bool { return k.Name == way }) {
		p.Name = ""
		return p, nil
	}
	form, err := readPlace(text, name, way)
	if err != nil {
		return nil, err
	}
	for n, f := range form.fields {
		p.Fields = append(p.Fields, fieldFor(n, f, r.loaded.Campaign))
	}
	for _, d := range p.Places {
		if d.Name == name && d.IsRemote() {
			p.Servers = append(p.Servers, d)
		}
	}
	return p, nil
}

// savePlace proposes a place as it was filled in.
func (r *request) savePlace(set *change.Set, text []byte) (answer, error) {
	name, way, _ := r.chosenPlace()
	switch {
	case name == "":
		return nil, errors.New("没有写名字：给这一处取一个名字，如 线上")
	case !slices.ContainsFunc(placeWays(), func(k format.Key) bool { return k.Name == way }):
		return nil, errors.New("没有选怎样送：选一种，再填")
	}
	form, err := readPlace(text, name, way)
	if err != nil {
		return nil, err
	}
	form.fields = r.filled(form.fields)
	if text, err = form.write(text); err != nil {
		return nil, err
	}
	if err := set.Write(settingsFile, text); err != nil {
		return nil, err
	}
	p := proposal{title: "改写发布到哪里：" + name, set: set, next: address("settings", "part", placesKey, "place", name)}
	if form.server {
		p.words = []string{"密码、私钥的口令和 Secret 不写在这里：写入以后，在这一处下面的“存服务器的密码”里存进这台电脑的钥匙串。"}
	}
	return p, nil
}

// removePlace proposes to take a place out of the settings. What was sent there stays.
func removePlace(r *request) (answer, error) {
	name, _, there := r.chosenPlace()
	if !there {
		return nil, errNotThere
	}
	l, err := r.fresh()
	if err != nil {
		return nil, err
	}
	set := change.Of(l.Files)
	text, err := settingsText(set, settingsFile)
	if err != nil {
		return nil, err
	}
	f, err := settings.ReadForm(format.Campaign, text, placesKey, name)
	if err != nil {
		return nil, err
	}
	if err := set.Write(settingsFile, f.Without()); err != nil {
		return nil, err
	}
	return proposal{
		title: "不再发布到" + name, set: set, next: address("settings", "part", placesKey),
		words: []string{"只删去这里的设置；已经送到那里的网站还在，公众还看得到，要到那里删。"},
	}, nil
}

// filled returns fields as a form has filled them in.
func (r *request) filled(fields []head.Field) []head.Field {
	fields = slices.Clone(fields)
	for n := range fields {
		if values, sent := r.Form["v:"+fields[n].Name]; sent {
			fields[n].Value = strings.TrimSpace(values[len(values)-1])
		}
	}
	return fields
}
