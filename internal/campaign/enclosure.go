package campaign

import (
	"fmt"
	"slices"
)

// Enclosure is a file that goes out with an item, at one of the places that name
// it.
type Enclosure struct {
	File    string
	At      Position
	Picture bool // it is meant to be a picture
	Video   bool // it is meant to be a video
}

// Enclosures lists what the item publishes with itself, front matter first, in
// the order in which it is named: attachments, pictures, videos with what belongs
// to them, and what the body links to that is no other item.
func (i *Item) Enclosures() []Enclosure {
	var list []Enclosure
	add := func(file string, at Position, picture, video bool) {
		if file != "" {
			list = append(list, Enclosure{file, at, picture, video})
		}
	}
	if i.Case != nil {
		add(i.Case.Decision, i.Keys.Of("决定书"), false, false)
	}
	for _, a := range i.Attachments() {
		add(a.File, i.Keys.Of("附件"), false, false)
	}
	if i.Gallery != nil {
		for n, p := range i.Gallery.Pictures {
			add(p.File, i.Keys.Of(fmt.Sprintf("图片.%d.文件", n)), true, false)
		}
		for n, v := range i.Gallery.Videos {
			add(v.File, i.Keys.Of(fmt.Sprintf("视频.%d.文件", n)), false, true)
			add(v.Poster, i.Keys.Of(fmt.Sprintf("视频.%d.封面", n)), true, false)
			add(v.Transcript, i.Keys.Of(fmt.Sprintf("视频.%d.文字稿", n)), false, false)
		}
	}
	for _, l := range i.Body.Links {
		add(l.Attached(), l.At, l.Image, false)
	}
	return list
}

// Files lists the files that go out with the item, each once, sorted.
func (i *Item) Files() []string {
	var files []string
	for _, e := range i.Enclosures() {
		files = append(files, e.File)
	}
	slices.Sort(files)
	return slices.Compact(files)
}

// LinkTo returns the address of a link that the body writes as target.
func (i *Item) LinkTo(target string) (Address, bool) {
	for _, l := range i.Body.Links {
		if l.Target == target {
			return l.Address, true
		}
	}
	return Address{}, false
}
