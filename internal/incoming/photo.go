package incoming

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/inbox"
	"wangjian/internal/picture"
	"wangjian/internal/scaffold"
)

// judgePhoto makes a photograph one of a gallery: those with the same name of a file
// are one item. A gallery that is there is not added to; a name that nobody told is
// one that is free.
func (b *Batch) judgePhoto(f *File) {
	if err := picture.Check(f.data); err != nil {
		f.Refuse("没有导入 %s", f.Name)
		f.Why, f.Hint = err.Error(), "在看图软件里另存为 JPG 再收；手机拍的 HEIC 照片，在手机上转成 JPG"
		return
	}
	b.nameOwner(f)
	if f.Slug == "" {
		f.Slug = b.freeGallery(f)
	}
	f.Slug = b.spelled(campaign.Galleries.Folder(), f.Slug)
	file := galleryFile(f.Slug)
	switch {
	case f.isUnfit():
	case b.isThere(file):
		f.Ask = Slug
		f.Refuse("%s 已经有了", file)
		f.Hint = "换一个名字；要往里添照片，在“编辑”里添"
	default:
		f.Becomes = file
		f.Again = slices.ContainsFunc(b.box.Of(f.data), func(e inbox.Entry) bool { return e.Became != "" })
	}
}

func galleryFile(slug string) string { return campaign.Galleries.Folder() + "/" + slug + ".md" }

func (b *Batch) isThere(file string) bool {
	_, err := fs.Stat(b.Files, file)
	return err == nil
}

// freeGallery names the gallery of a unit's photographs of a day.
func (b *Batch) freeGallery(f *File) string {
	name := "zhaopian"
	if f.Department != nil {
		name = f.Department.Code
	}
	if f.Region != nil {
		name += "-" + f.Region.Code
	}
	name += "-" + f.On.String()
	slug := name
	for n := 2; b.isThere(galleryFile(slug)); n++ {
		slug = fmt.Sprintf("%s-%d", name, n)
	}
	return slug
}

// nameOwner takes who sends a file, and for which round, from its name where nobody
// says it.
func (b *Batch) nameOwner(f *File) {
	s := b.sender(f)
	f.Round = cmp.Or(f.Round, s.Round, CurrentRound(b.Campaign, b.At.Date))
	if f.Department == nil {
		f.Department, f.Region = s.Department, cmp.Or(f.Region, s.Region)
	}
	if f.Department == nil {
		f.Ask, f.Doubt, f.Hint = Unit, "看不出是哪个单位的", "选上单位；不属于哪个单位的，就这样收下"
	}
}

// machineName is what a camera, a phone or a chat program calls a photograph.
var machineName = regexp.MustCompile(`^(?i:img|dsc|dscn|dcim|pxl|mvimg|image|photo|screenshot|wx_camera|mmexport|微信图片|微信截图|屏幕截图|截图|图片|照片|图)?[\s_\-（()）\d.]*$`)

// galleries adds the galleries of a batch's photographs, with a caption where the name
// of a photograph is one.
func (b *Batch) galleries(set *change.Set, list []*File) error {
	bySlug, slugs := map[string][]*File{}, []string{}
	for _, f := range list {
		if f.Kind != Photo || f.Same != nil {
			continue
		}
		key := campaign.FoldedName(f.Slug)
		if bySlug[key] == nil {
			slugs = append(slugs, f.Slug)
		}
		bySlug[key] = append(bySlug[key], f)
	}
	for _, slug := range slugs {
		text, err := b.gallery(set, slug, bySlug[campaign.FoldedName(slug)])
		if err != nil {
			return err
		}
		if err := set.Replace(galleryFile(slug), nil, text); err != nil {
			return err
		}
	}
	return nil
}

// gallery writes photographs beside their gallery, and returns its text.
func (b *Batch) gallery(set *change.Set, slug string, photos []*File) ([]byte, error) {
	var list strings.Builder
	n := 0
	for _, f := range photos {
		ext := strings.ToLower(path.Ext(f.Sender))
		if ext == "" || !picture.Sniff(f.data).Fits("x"+ext) {
			ext = "." + strings.ToLower(string(picture.Sniff(f.data)))
		}
		name, file := "", ""
		for file == "" || b.isThere(file) { // a picture of another gallery
			n++
			name = fmt.Sprintf("%s-%d%s", slug, n, ext)
			file = path.Join(campaign.Galleries.Folder(), name)
		}
		if err := set.Replace(file, nil, f.data); err != nil {
			return nil, err
		}
		caption := f.stem()
		if machineName.MatchString(caption) {
			caption = ""
		}
		fmt.Fprintf(&list, "  - # 原件：%s\n    文件: %s\n    说明:%s\n    拍摄日期:%s\n    已核: false\n", f.original(), name, spaced(quoted(caption)), spaced(picture.TakenOn(f.data)))
	}
	title := "执法检查照片"
	if d := photos[0].Department; d != nil {
		title = UnitName(d, photos[0].Region) + title
	}
	return scaffold.Front(campaign.Galleries, "", map[string]string{"标题": quoted(title), "公开方式": campaign.Withheld, "图片": list.String()}), nil
}

func spaced(value string) string {
	if value == "" {
		return ""
	}
	return " " + value
}

// quoted returns a text as it stands in YAML.
func quoted(text string) string {
	if text == "" {
		return ""
	}
	raw, _ := yaml.Marshal(text) // of a string it has no error
	return strings.TrimSpace(string(raw))
}
