package review

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/intake"
	"wangjian/internal/picture"
	"wangjian/internal/privacy"
)

// enclosure is a file that an item publishes, and what it says.
type enclosure struct {
	item *campaign.Item
	file string
	at   campaign.Position // where the item names it
	text *intake.File      // nil when nothing could be read
	err  error
}

// name returns the file's own name, for messages.
func (e *enclosure) name() string { return path.Base(e.file) }

// enclosures returns the files of all items, pictures and recordings left out,
// read once, in the order of the items.
func (c *Context) enclosures() []*enclosure {
	if c.enclosed != nil {
		return c.enclosed
	}
	c.enclosed = []*enclosure{}
	for _, i := range c.Campaign.Items {
		for _, file := range i.Files() {
			if !intake.IsMedia(file) {
				c.enclosed = append(c.enclosed, &enclosure{item: i, file: file, at: namedAt(i, file)})
			}
		}
	}
	inParallel(len(c.enclosed), func(n int) {
		e := c.enclosed[n]
		e.text, e.err = c.enclosureAgain(e.file)
	})
	kept := map[string]keptEnclosure{}
	for _, e := range c.enclosed {
		if mark, sure := c.Now.Mark(e.file); sure {
			kept[e.file] = keptEnclosure{mark, e.text, e.err}
		}
	}
	c.memory.enclosures = kept
	return c.enclosed
}

// keptEnclosure is what a file said that had the mark.
type keptEnclosure struct {
	mark cache.Mark
	text *intake.File
	err  error
}

func (c *Context) enclosureAgain(file string) (*intake.File, error) {
	if mark, sure := c.Now.Mark(file); sure {
		if k, ok := c.memory.enclosures[file]; ok && k.mark == mark {
			return k.text, k.err
		}
	}
	return c.readEnclosure(file)
}

// errAbsent tells that the file cannot be opened, which other rules report.
var errAbsent = errors.New("没有这个文件")

func (c *Context) readEnclosure(file string) (*intake.File, error) {
	f, err := c.Whole.Open(file)
	if err != nil {
		return nil, errAbsent
	}
	defer f.Close()
	if file, ok := f.(fs.File); ok {
		info, err := file.Stat()
		if err != nil || !info.Mode().IsRegular() {
			return nil, errAbsent
		}
		if info.Size() > intake.MaxFile {
			return &intake.File{Unread: []string{fmt.Sprintf("文件超过 %d MB，没有读", intake.MaxFile>>20)}}, nil
		}
	}
	data, err := io.ReadAll(io.LimitReader(f, intake.MaxFile+1))
	if err != nil {
		return nil, errAbsent
	}
	if len(data) > intake.MaxFile {
		return &intake.File{Unread: []string{fmt.Sprintf("文件超过 %d MB，没有读", intake.MaxFile>>20)}}, nil
	}
	text, err := intake.Read(file, data)
	if text != nil {
		for n := range text.Pictures {
			text.Pictures[n].Data = nil // which is not looked at again
		}
	}
	return text, err
}

// readable returns the files that could be opened.
func readable(c *Context) []*enclosure {
	return where(c.enclosures(), func(e *enclosure) bool { return e.text != nil })
}

// decision returns what a case's 决定书 says; false where it cannot be read.
func (c *Context) decision(i *campaign.Item) (string, bool) {
	for _, e := range c.enclosures() {
		if e.item == i && e.file == i.Case.Decision && e.text != nil && e.text.IsWhole() {
			return e.text.String(), true
		}
	}
	return "", false
}

// inspectEnclosures looks for everything personal in what attachments say: it
// serves the rules that inspectPersonal does.
func inspectEnclosures(c *Context) {
	for _, e := range readable(c) {
		x := newExposure(c.Campaign, e.item)
		lines := make([]privacy.Line, len(e.text.Pieces))
		tell := func(where, how string, t privacy.Trace) {
			if len(x.told) > 100 {
				return
			}
			m := x.remark(e.at, fmt.Sprintf("附件 %s %s%s", e.name(), where, how), t)
			m.Hint = strings.Replace(m.Hint, "删去或打码", "在原件里删去或打码，重新导出附件", 1)
			c.Tell(m)
		}
		for n, p := range e.text.Pieces {
			lines[n] = privacy.Line{Text: p.Text, Cells: p.Cells, Table: p.Table}
			for _, t := range x.untold(x.traces(p.Text)) {
				tell(p.Where, "", t)
			}
		}
		for _, t := range x.joined(lines) {
			tell(e.text.Pieces[t.Line].Where, "连起来看", t.Trace)
		}
	}
}

var attachmentRules = []Rule{
	{
		Code: "attachment-type", Level: campaign.Error,
		Words: "附件是 pdf、ofd、Office 文档、文本、图片或音视频，内容与扩展名相符；压缩包、网页、程序和带宏的文件不能作附件。",
		Check: func(c *Context) {
			for _, e := range c.enclosures() {
				if refused, ok := errors.AsType[*intake.Refused](e.err); ok {
					c.Reportf(e.at, refused.Hint, "%s：%s", e.name(), refused.What)
				}
			}
			each((*Context).media, checkSound)(c)
		},
	}, {
		Code: "attachment-active", Level: campaign.Error,
		Words: "附件和图片里没有脚本、宏、自动动作，不引用别处的内容，没有指向文件夹以外的文件名。",
		Check: each(readable, func(c *Context, e *enclosure) {
			for _, what := range e.text.Active {
				c.Reportf(e.at, "另存为不带这些内容的文件；不放心就打印成 PDF 再附上", "%s：%s", e.name(), what)
			}
		}),
	}, {
		Code: "attachment-unread", Level: campaign.Error,
		Words: "程序读不了的附件（扫描件、加密的、旧格式的）由人逐页看过，在这一篇里写“附件已核: true”，或列出看过的文件：“附件已核: [扫描件.pdf]”。",
		Check: func(c *Context) {
			for _, e := range readable(c) {
				if len(e.text.Unread) > 0 && !e.item.HasInspected(e.file) {
					c.Reportf(e.at, "换成能选中文字的 pdf 或 docx；或逐页看过，确认没有个人信息，写“附件已核: ["+e.name()+"]”", "%s 里的文字没有检查：%s", e.name(), strings.Join(e.text.Unread, "；"))
				}
			}
			for _, i := range c.Campaign.Items {
				for _, name := range i.Inspected.Files {
					if !slices.Contains(i.Files(), path.Join(path.Dir(i.File), name)) {
						c.Reportf(i.Keys.Of("附件已核"), "写这一篇附件的文件名，如“附件已核: [扫描件.pdf]”；全部看过的写 true", "“附件已核”里的“%s”不是这一篇的附件", name)
					}
				}
			}
		},
	}, {
		Code: "attachment-picture", Level: campaign.Error,
		Words: "附件里的照片没有拍摄地点；附件里有图片的，核对过人脸、车牌，写“图片已核: true”。",
		Check: func(c *Context) {
			for _, e := range readable(c) {
				for _, p := range e.text.Pictures {
					if p.Placed {
						c.Reportf(e.at, "在原件里换成去掉位置的照片（用看图软件另存，不保留位置信息），重新导出附件；程序不改附件", "附件 %s 里的照片 %s 记着拍摄地点", e.name(), p.Name)
					}
				}
				if e.text.HasPictures() && !e.item.Checked && c.Once("pictures of "+e.item.File) {
					m := finding(e.at, fmt.Sprintf("附件 %s 里的图片还没有核对人脸、车牌", e.name()), "核对并处理后，在开头的信息里写“图片已核: true”")
					m.Rule, m.Level = "picture-unchecked", campaign.Error
					c.Tell(m)
				}
			}
		},
	}, {
		Code: "attachment-author", Level: campaign.Error,
		Words: "附件的属性（作者、上次修改者等）里没有个人的姓名和号码。",
		Check: each(readable, func(c *Context, e *enclosure) {
			x := newExposure(c.Campaign, e.item)
			for _, p := range e.text.Metadata {
				what := ""
				if p.Author && privacy.IsPerson(p.Value) && !slices.Contains(e.item.Permitted, p.Value) {
					what = "姓名“" + p.Value + "”"
				}
				for _, t := range x.traces(p.Value) {
					if t.Certain {
						what = t.What + "“" + t.Text + "”"
					}
				}
				if what != "" {
					c.Reportf(e.at, "Word、Excel、WPS：文件 → 信息 → 检查文档 → 删除文档属性和个人信息，另存；PDF 从这样的文件重新导出", "附件 %s 的属性“%s”里有%s", e.name(), p.Name, what)
				}
			}
		}),
	},
}

// medium is a file that an item publishes, where it is named, and what it is by its
// bytes.
type medium struct {
	campaign.Enclosure
	format picture.Format
}

// media returns the files of all items, each opened once. One that cannot be opened
// is left out, which other rules report.
func (c *Context) media() []medium {
	if c.opened != nil {
		return c.opened
	}
	c.opened = []medium{}
	formats := map[string]*picture.Format{}
	for _, i := range publicFirst(c) {
		for _, e := range i.Enclosures() {
			if _, known := formats[e.File]; !known {
				formats[e.File] = nil
				if format, err := c.Whole.FormatOf(e.File); err == nil {
					formats[e.File] = &format
				}
			}
			if format := formats[e.File]; format != nil {
				c.opened = append(c.opened, medium{e, *format})
			}
		}
	}
	return c.opened
}

// checkOpens reports a video or a recording that cannot be cleaned.
func (c *Context) checkOpens(m medium, what, hint string) {
	if clean, err := c.Whole.Open(m.File); err != nil {
		c.Reportf(m.At, hint, "%s不能发布：%s", what, err)
	} else {
		clean.Close()
	}
}

// checkSound reports a file that is not what its name says, and a recording that
// cannot be cleaned. Galleries have rules of their own for what is no picture or video.
func checkSound(c *Context, m medium) {
	switch {
	case !m.format.Fits(m.File):
		if !m.Picture && !m.Video && c.Once("type "+m.File) {
			c.Reportf(m.At, "换成正确的文件，或改正扩展名", "%s：内容不是它的扩展名 %s 所说的那种文件", path.Base(m.File), path.Ext(m.File))
		}
	case m.format.IsSound() && c.Once("sound "+m.File):
		c.checkOpens(m, "录音", picture.SoundHint)
	}
}

// checkAssets reports pictures and recordings of the layouts that cannot be published.
func (c *Context) checkAssets() {
	if c.Layouts == nil {
		return
	}
	_ = fs.WalkDir(c.Layouts, "assets", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return nil // what cannot be read, source reports
		}
		raw, err := fs.ReadFile(c.Layouts, name)
		if err != nil {
			return nil
		}
		if _, err := picture.Asset(name, raw); err != nil {
			c.Reportf(campaign.InFile("layouts/"+name), "换成完好的 SVG、PNG 或 JPEG", "%s 不能发布：%s", path.Base(name), err)
		}
		return nil
	})
}

var pictureRules = []Rule{
	{
		Code: "image-alt", Level: campaign.Error,
		Words: "每张图片都有文字说明。",
		Check: each(links, func(c *Context, l campaign.Link) {
			if l.Image && strings.TrimSpace(l.Text) == "" {
				c.Report(l.At, fmt.Sprintf("图片“%s”没有文字说明", l.Target), "写成 ![说明](文件名)，说明写图上有什么")
			}
		}),
	}, {
		Code: "picture-broken", Level: campaign.Error,
		Words: "每张要发布的图片都是完好的 JPEG、PNG 或 WebP，不动，不超过 6400 万像素，每边不超过 30000；layouts/assets 里的图片是 SVG、PNG 或 JPEG，内容与扩展名相符。",
		Check: func(c *Context) {
			pictures := where(c.media(), func(m medium) bool {
				return (m.Picture || m.format.IsPicture()) && c.Once("picture "+m.File)
			})
			errs := make([]error, len(pictures))
			inParallel(len(pictures), func(n int) { _, errs[n] = c.Whole.Picture(pictures[n].File) })
			for n, err := range errs {
				if err != nil {
					c.Reportf(pictures[n].At, "用看图软件打开，另存为 JPEG 或 PNG 后替换", "图片 %s 不能发布：%s", pictures[n].File, err)
				}
			}
			c.checkAssets()
		},
	}, {
		Code: "video-refused", Level: campaign.Error,
		Words: "视频是 MP4，容器里的拍摄地点、时间和设备能清得掉；字幕、位置等别的轨道不发布。",
		Check: each((*Context).media, func(c *Context, m medium) {
			switch {
			case !m.Video && !m.format.IsVideo() || !c.Once("video "+m.File):
			case !m.format.IsVideo():
				c.Reportf(m.At, picture.VideoHint, "视频 %s 不能发布：这不是视频，或者已损坏", m.File)
			case m.format.Fits(m.File):
				c.checkOpens(m, "视频", picture.VideoHint)
			}
		}),
	},
}
