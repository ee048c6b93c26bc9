package source

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
	"wangjian/internal/markdown"
	"wangjian/internal/picture"
)

// listItems lists content/: it puts off the reading of the items and returns the
// other files.
func (r *reader) listItems() (loose []string) {
	var kinds []string
	for _, k := range campaign.Kinds {
		if folder := path.Base(k.Folder()); !slices.Contains(kinds, folder) {
			kinds = append(kinds, folder)
		}
	}
	for _, e := range r.entries("content") {
		name := "content/" + e.Name()
		switch {
		case !e.IsDir():
			r.warn("stray-file", campaign.InFile(name), "这个文件不会被读取", "内容放在 "+strings.Join(kinds, "、")+" 里")
		case !slices.Contains(kinds, e.Name()):
			r.unknownPath("内容", name, e.Name(), kinds...)
		}
	}
	for _, kind := range campaign.Kinds {
		switch kind {
		case campaign.Summaries: // with the narratives
		case campaign.Narratives:
			loose = append(loose, r.readNarratives()...)
		default:
			loose = append(loose, r.readFolder(kind, kind.Folder())...)
		}
	}
	return loose
}

// readItems reads the items that were listed; loose are the other files.
func (r *reader) readItems(loose []string) {
	r.readLayouts()
	r.readDeferred()
	for _, file := range loose {
		if to, isLink := r.names.links[file]; !r.used[file] && !(isLink && r.used[to]) {
			hint := "在内容里引用它，或移走"
			if ext := strings.ToLower(path.Ext(file)); ext == ".doc" || ext == ".docx" || ext == ".wps" {
				hint = "单位报来的总结存成 docx，用 wangjian text import 读成 Markdown；附件在内容里引用它，或移走"
			}
			r.warn("unused-file", campaign.InFile(file), "没有哪篇内容用到这个文件", hint)
		}
	}
}

// readFolder reads the items of a kind and returns the other files beside them.
func (r *reader) readFolder(kind campaign.Kind, dir string) (loose []string) {
	for _, e := range r.entries(dir) {
		name := dir + "/" + e.Name()
		switch {
		case e.IsDir():
			loose = append(loose, r.attachmentsBelow(name)...)
		case path.Ext(name) == ".md":
			r.putOff(name, func(o *reader) { o.readItem(&campaign.Item{Kind: kind, File: name}) })
		default:
			loose = append(loose, name)
		}
	}
	return loose
}

// attachmentsBelow lists the files of a folder of attachments; Markdown there
// is in the wrong place.
func (r *reader) attachmentsBelow(dir string) (files []string) {
	for _, e := range r.entries(dir) {
		name := dir + "/" + e.Name()
		switch {
		case e.IsDir():
			files = append(files, r.attachmentsBelow(name)...)
		case path.Ext(name) == ".md":
			r.fail("unknown-path", campaign.InFile(name), "内容不能放在下一级文件夹里", "移到 "+path.Dir(dir)+"/")
		default:
			files = append(files, name)
		}
	}
	return files
}

// readNarratives reads content/narratives/<期次>/<部门>.md, …/<部门>/<地区>.md and
// the round's summary, …/index.md.
func (r *reader) readNarratives() (loose []string) {
	root := campaign.Narratives.Folder()
	for _, e := range r.entries(root) {
		name := root + "/" + e.Name()
		round := r.c.FindRound(e.Name())
		if !e.IsDir() || round == nil || round.Code != e.Name() {
			r.unknownPath(format.Round, name, e.Name())
			r.notTaken(name, ".md", nil)
			continue
		}
		read := func(i campaign.Item) {
			r.putOff(i.File, func(o *reader) { o.readItem(&i) })
		}
		r.readUnits(name, nil, unitFolder{
			ext: ".md",
			read: func(d *campaign.Department, region *campaign.Region, name string) {
				read(campaign.Item{Kind: campaign.Narratives, File: name, Round: round, Department: d, Region: region})
			},
			other: func(name string) { loose = append(loose, name) },
			own: map[string]func(string){campaign.SummaryName: func(name string) {
				read(campaign.Item{Kind: campaign.Summaries, File: name, Round: round})
			}},
		})
	}
	return loose
}

// readItem reads one Markdown file.
func (r *reader) readItem(i *campaign.Item) {
	i.Slug = strings.TrimSuffix(path.Base(i.File), ".md")
	if i.Kind == campaign.Summaries {
		i.Slug = i.Round.Code
	}
	i.Keys = campaign.Keys{Start: campaign.InFile(i.File)}
	if !campaign.IsSlug(i.Slug) && campaign.NameFault(path.Base(i.File)) == "" {
		r.fail("code", campaign.InFile(i.File), fmt.Sprintf("文件名“%s”不能用作网址", i.Slug), "用字母、数字和短横，如 zhibo-xujia.md；不能叫 index 或 page-…")
	}
	text, hash := r.readText(i.File)
	sound := text != nil && r.readParts(i, text, hash)
	if !sound {
		r.leaveUnread(i.File)
		return
	}
	r.c.Items = append(r.c.Items, i)
}

// readParts reads front matter and body; false where the front matter cannot be
// read as it is.
func (r *reader) readParts(i *campaign.Item, text []byte, hash [sha256.Size]byte) (sound bool) {
	front, body, firstLine, ok := splitFront(text)
	if !ok {
		r.failFront(i.File, text)
		return false
	}
	if len(bytes.TrimSpace(front)) == 0 {
		r.fail("front-matter", campaign.InFile(i.File), "开头的信息是空的", "在两行 --- 之间写 标题、公开方式、发布日期、审核 等")
		return false
	}
	blank := *i
	read, sound := r.readYAML(i.File, front, 2, func(o *object) {
		*i = blank
		r.readFront(i, o)
	})
	if !read {
		return false
	}
	tree, findings := markdown.Parse(body, i.File, firstLine)
	for _, f := range append(findings, tree.Loose...) {
		r.fail(f.Rule, f.At.Position, f.Message, f.Hint)
	}
	i.Body = markdown.Scan(tree, firstLine)
	i.Body.Hash = hash
	i.Body.Sentences = markdown.Sentences(tree)
	r.resolveLinks(i)
	shown := tree
	if len(i.OfficeOnly) > 0 {
		public, _ := markdown.Parse(i.WithoutOffice(body), i.File, firstLine)
		shown = public
		i.PublicBody = markdown.Scan(public, firstLine)
		i.PublicBody.Hash = hash
		for n, l := range i.PublicBody.Links {
			i.PublicBody.Links[n].Address, _ = i.LinkTo(l.Target)
		}
	}
	if sound {
		r.digestItem(i, body, shown)
	}
	r.checkPicturesSeen(i)
	r.checkSample(i, body)
	r.inspectPassage(Passage{File: i.File, Text: text, Item: i, Tree: tree})
	return sound
}

// dashLine is a line that was meant to be ---.
var dashLine = regexp.MustCompile(`^[\s　]*[-－—–―_]{2,}[\s　]*$`)

// failFront says why a file does not begin with front matter.
func (r *reader) failFront(file string, text []byte) {
	lines := strings.Split(string(text), "\n")
	fail := func(n int, message, hint string) *campaign.Finding {
		return r.fail("front-matter", campaign.Position{File: file, Line: n + 1, Column: 1}, message, hint)
	}
	mend := func(n int, is string) campaign.Mend {
		return campaign.Position{File: file, Line: n + 1, Column: 1}.Mend(lines[n], is)
	}
	first := 0
	for first < len(lines)-1 && strings.TrimSpace(lines[first]) == "" {
		first++
	}
	switch {
	case lines[0] != "---" && dashLine.MatchString(lines[first]):
		f := fail(first, "开头的信息前面一行不是 ---", "第一行改成：---")
		if first == 0 {
			f.Mend = mend(first, "---")
		}
		return
	case lines[0] != "---":
		fail(0, "开头没有用两行 --- 围起来的信息", "文件第一行写 ---，逐行写 标题、公开方式、发布日期、审核 等，再写一行 ---")
		return
	}
	for n, line := range lines[1:] {
		switch {
		case dashLine.MatchString(line):
			fail(n+1, "开头的信息后面一行不是 ---", "改成：---").Mend = mend(n+1, "---")
			return
		case strings.HasPrefix(line, "## ") || strings.TrimSpace(line) == "":
			f := fail(n+1, "开头的信息后面没有一行 ---", "在这一行前面加一行：---")
			if line != "" {
				f.Mend = mend(n+1, "---\n\n"+line)
			}
			return
		}
	}
	fail(len(lines)-1, "开头的信息后面没有一行 ---", "在信息的末尾加一行：---")
}

// resolveLinks finds out what the links of a body lead to.
func (r *reader) resolveLinks(i *campaign.Item) {
	for n, l := range i.Body.Links {
		if l.Target == "" && !l.Image {
			r.fail("link-target", l.At, "这个链接没有写地址", "写成“["+l.Text+"](文件名)”；不要链接的，写成“"+l.Text+"”")
			continue
		}
		as := asLink
		if l.Image {
			as = asPicture
		}
		i.Body.Links[n].Address = r.address(i.File, located{l.Target, l.At}, as)
	}
}

// splitFront cuts a file into front matter and body; firstLine is the body's
// first line in the file.
func splitFront(text []byte) (front, body []byte, firstLine int, ok bool) {
	rest, found := bytes.CutPrefix(text, []byte("---\n"))
	if !found {
		return nil, nil, 0, false
	}
	for offset := 0; offset < len(rest); {
		end := bytes.IndexByte(rest[offset:], '\n')
		next := len(rest)
		line := rest[offset:]
		if end >= 0 {
			next = offset + end + 1
			line = rest[offset : offset+end]
		}
		if string(bytes.TrimRight(line, " \t")) == "---" {
			front, body = rest[:offset], rest[next:]
			return front, body, 3 + bytes.Count(front, []byte("\n")), true
		}
		offset = next
	}
	return nil, nil, 0, false
}

// readFront reads an item's front matter.
func (r *reader) readFront(i *campaign.Item, o *object) {
	o.as(format.Front(i.Kind))
	i.Title = o.text("标题")
	i.Release = r.readPublication(o)
	i.Digest = digestFront(o.node)
	i.PublicDigest = digestFront(o.node, "报送部分", "图片已核", "附件已核")
	i.Source = o.text("来源")
	i.Keywords = r.readKeywords(o)
	i.Summary = o.text("摘要")
	for n, alias := range o.texts("别名") {
		i.Aliases = append(i.Aliases, alias.text)
		o.at.Add(fmt.Sprintf("别名.%d", n), alias.at)
	}
	i.Permitted = words(o.texts("准予公开"))
	i.Stopped = readStopped(o, i.Kind)
	i.Checked = o.boolean("图片已核")
	i.Inspected = o.inspection("附件已核")
	switch i.Kind {
	case campaign.Summaries, campaign.Narratives:
		r.readNarrative(i, o)
	case campaign.Cases:
		r.readCase(i, o)
	case campaign.Warnings:
		i.Warning = &campaign.WarningRecord{Issuer: o.text("发布机构"), Number: o.text("期号")}
	case campaign.Documents:
		r.readDocument(i, o)
	case campaign.Commitments:
		i.Commitment = &campaign.Commitment{
			Party: o.text("承诺主体"), Kind: o.text("主体类型"), On: o.date("承诺日期"), Term: o.text("期限"),
			CreditCode: o.text("统一社会信用代码"), Attachments: r.readAttachments(i, o),
		}
	case campaign.Galleries:
		r.readGallery(i, o)
	}
	o.done()
}

// readKeywords reads a list of words; a line may hold several with spaces or
// commas.
func (r *reader) readKeywords(o *object) []string {
	list := o.texts("关键词")
	if v := o.entries["关键词"].value; v != nil && v.Kind == yaml.ScalarNode {
		return strings.FieldsFunc(strings.Join(words(list), ""), func(c rune) bool { return strings.ContainsRune(" ,，、;；　", c) })
	}
	for _, w := range list {
		if strings.ContainsAny(w.text, "，；") {
			apart := strings.NewReplacer("，", ", ", "；", ", ").Replace(w.text)
			r.fail("yaml-syntax", w.at, "“"+w.text+"”里有全角的逗号或分号，成了一个词", "词与词之间用半角逗号").Mend = w.at.Mend(w.text, apart)
		}
	}
	return words(list)
}

func (r *reader) readNarrative(i *campaign.Item, o *object) {
	for _, s := range o.texts("报送部分") {
		if !slices.Contains(campaign.NarrativeSections, s.text) {
			hint := meant(s.text, campaign.NarrativeSections, "只能写"+strings.Join(campaign.NarrativeSections, "、"))
			f := r.fail("wrong-value", s.at, fmt.Sprintf("“报送部分”不能写“%s”", s.text), hint)
			if near := campaign.Meant(s.text, campaign.NarrativeSections, 1); near != "" {
				f.Mend = s.at.Mend(s.text, near)
			}
			continue
		}
		i.OfficeOnly = append(i.OfficeOnly, s.text)
	}
	title, source := r.narrator(i)
	i.Title, i.Source = cmp.Or(i.Title, title+i.Round.Short+"工作总结"), cmp.Or(i.Source, source)
}

// narrator returns how the title of a narrative or summary begins that has none
// of its own, and who it is by.
func (r *reader) narrator(i *campaign.Item) (title, source string) {
	switch {
	case i.Region != nil:
		return i.Region.Short + i.Department.Short, i.Department.Name
	case i.Department != nil:
		return i.Department.Short, i.Department.Name
	case r.c.Lead != nil:
		source = r.c.Lead.Name
	}
	return cmp.Or(r.c.Short, r.c.Name), cmp.Or(source, r.c.Site.Host)
}

func (r *reader) readCase(i *campaign.Item, o *object) {
	c := &campaign.Case{}
	for _, f := range campaign.CaseFields {
		r.readCaseField(o, f, f.Of(c))
	}
	if d, ok := o.located("决定书"); ok {
		c.Decision = r.file(i.File, d)
	}
	c.Term = campaign.PublicTerm(o.choice("公示期", ""))
	if months := c.Term.Months(); months > 0 && i.Expires.IsZero() && !o.has("有效期至") && !i.PublishedAt.IsZero() {
		i.Expires = i.PublishedAt.AddMonths(months)
	}
	if c.Term == campaign.RestrictionTerm && !o.has("有效期至") {
		o.fail(o.entries["公示期"].value, "missing-key", "公示期是"+string(c.Term)+"的，要写“有效期至”", "补上“有效期至: …”一行，写限制期限满的日子")
	}
	i.Case = c
}

// readStopped reads 停止公示.
func readStopped(o *object, kind campaign.Kind) *campaign.Stopped {
	s := o.child("停止公示")
	if s == nil {
		return nil
	}
	defer s.done()
	x := &campaign.Stopped{On: s.date("日期")}
	if kind == campaign.Cases {
		x.Reason = s.choice("原因", "")
	} else {
		x.Reason = s.text("原因")
	}
	if sign := s.child("签字"); sign != nil {
		x.By, x.SignedOn = sign.text("人"), sign.date("日期")
		sign.done()
	}
	if x.On.IsZero() {
		return nil
	}
	return x
}

func (r *reader) readCaseField(o *object, f campaign.CaseField, value any) {
	switch v := value.(type) {
	case *string:
		*v = o.text(f.Key)
	case *[]string:
		for _, name := range o.texts(f.Key) {
			if d := r.c.FindDepartment(name.text); d != nil {
				name.text = d.Name
			}
			*v = append(*v, name.text)
		}
	case *campaign.Date:
		*v = o.date(f.Key)
	case **campaign.Priority:
		*v = refer(o, f.Key, r.c.Priorities)
	case *campaign.Quantity:
		if q, ok := o.scalar(f.Key); ok {
			*v = r.readQuantity(o, o.entries[f.Key].key, q, &campaign.Row{Name: f.Key, Unit: f.Unit, Decimals: -1})
			if v.Kind == campaign.Sum {
				o.fail(q, "sum-place", "案件的"+f.Key+"不能写汇总", "写出以"+f.Unit+"为单位的数字")
			}
		}
	}
}

func (r *reader) readDocument(i *campaign.Item, o *object) {
	d := &campaign.Document{
		IndexNumber: o.text("索引号"), Issuer: o.text("发布机构"), WrittenOn: o.date("成文日期"),
		Topic: o.text("主题分类"), Number: o.text("文号"), Genre: o.text("体裁"),
		Validity: o.choice("有效性", "有效"), Layout: o.choice("版式", campaign.RegisterSheet),
		Parts: campaign.Parts{
			Copy: o.text("份号"), Secrecy: o.text("密级"), Urgency: o.choice("紧急程度", ""),
			Issuers: words(o.texts("发文机关")), Signers: words(o.texts("签发人")), To: words(o.texts("主送机关")),
			Present: words(o.texts("出席")), Excused: words(o.texts("请假")), Attending: words(o.texts("列席")),
			Note: o.text("附注"), CopyTo: words(o.texts("抄送机关")), Printer: o.text("印发机关"), PrintedOn: o.date("印发日期"),
		},
	}
	for n, name := range d.Parts.Issuers {
		if at := slices.IndexFunc(r.c.Departments, func(d *campaign.Department) bool { return d.Code == name || d.Short == name }); at >= 0 {
			d.Parts.Issuers[n] = r.c.Departments[at].Name
		}
	}
	if len(d.Parts.Issuers) == 0 && d.Issuer != "" {
		d.Parts.Issuers = []string{d.Issuer}
	}
	d.Attachments = r.readAttachments(i, o)
	i.Document = d
}

// readAttachments reads the attachments of an item, each with the title that it has
// in print.
func (r *reader) readAttachments(i *campaign.Item, o *object) (list []campaign.Attachment) {
	add := func(file located, title string) {
		if name := r.file(i.File, file); name != "" {
			list = append(list, campaign.Attachment{File: name, Title: title})
		}
	}
	for _, e := range o.bareOr("附件") {
		if e.object == nil {
			add(e.located, "")
			continue
		}
		title := e.object.text("名称")
		if file, ok := e.object.located("文件"); ok {
			add(file, title)
		}
		e.object.done()
	}
	titles := o.texts("附件名称")
	if len(titles) > 0 && len(titles) != len(list) {
		r.fail("wrong-value", o.keyAt("附件名称"), fmt.Sprintf("附件名称有%d个，附件有%d个", len(titles), len(list)), "一个附件写一个名称，次序相同")
	}
	for n, title := range titles[:min(len(titles), len(list))] {
		list[n].Title = title.text
	}
	return list
}

func (r *reader) readGallery(i *campaign.Item, o *object) {
	g := &campaign.Gallery{}
	for _, p := range o.children("图片") {
		picture := r.readPicture(i, p)
		p.done()
		g.Pictures = append(g.Pictures, picture)
	}
	for _, p := range o.children("视频") {
		v := campaign.Video{Picture: r.readPicture(i, p)}
		if s, ok := p.located("封面"); ok {
			v.Poster = r.file(i.File, s)
		}
		if s, ok := p.located("文字稿"); ok {
			v.Transcript = r.transcript(i.File, s)
		}
		p.done()
		g.Videos = append(g.Videos, v)
	}
	i.Gallery = g
}

// transcript reads 文字稿: a file's name, or the text itself.
func (r *reader) transcript(from string, s located) string {
	_, name, _ := campaign.ParseLink(s.text)
	if ext := strings.ToLower(path.Ext(name)); ext == ".txt" || ext == ".vtt" || ext == ".md" {
		return r.file(from, s)
	}
	r.fail("wrong-value", s.at, "文字稿要写一个 .txt 文件的名字", "把文字稿存成 .txt 文件放在旁边")
	return ""
}

// checkPicturesSeen asks for 图片已核 where the body, or an attachment, is a
// picture: those of a gallery have their own 已核.
func (r *reader) checkPicturesSeen(i *campaign.Item) {
	if i.Checked {
		return
	}
	at := campaign.Position{}
	looked := *i
	looked.Gallery = nil
	for _, e := range looked.Enclosures() {
		if at.IsZero() && r.isPicture(e.File) {
			at = e.At
		}
	}
	if at.IsZero() {
		return
	}
	if i.Keys.Has("图片已核") {
		at = i.Keys.Of("图片已核")
	}
	r.fail("picture-unchecked", at, "这篇里的图片还没有核对人脸、车牌", "核对并处理后，在开头的信息里写“图片已核: true”")
}

// isPicture tells a picture by its first bytes.
func (r *reader) isPicture(file string) bool {
	f, err := r.fsys.Open(file)
	if err != nil {
		return false
	}
	defer f.Close()
	_, format, _ := picture.SniffFile(f)
	return format.IsPicture()
}

func (r *reader) readPicture(i *campaign.Item, o *object) campaign.Picture {
	p := campaign.Picture{Caption: o.text("说明"), TakenOn: o.date("拍摄日期"), At: o.start}
	if f, ok := o.located("文件"); ok {
		p.File = r.file(i.File, f)
	}
	p.Checked = o.boolean("已核")
	if at := o.keyAt("已核"); !at.IsZero() && !p.Checked {
		r.fail("picture-unchecked", at, "这张照片（视频）还没有核对人脸、车牌", "核对并处理后写“已核: true”")
	}
	return p
}
