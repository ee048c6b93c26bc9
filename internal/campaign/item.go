package campaign

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
	"unique"
)

// Keys remembers where each key of a YAML mapping stands: "审核.初审.人".
type Keys struct {
	Start Position // the mapping's (or file's) first line
	At    *Places  // in the same file; nil for none
}

// Places are where the keys of a file stand. They are a list, and the words of
// keys are kept once for all files: a file has some twenty keys, a campaign ten
// thousands of files, of which maps took 2.5 kB each.
type Places []keyPlace

// keyPlace is where a key stands.
type keyPlace struct {
	Key          string
	Line, Column int32
}

// NewPlaces has room for so many.
func NewPlaces(room int) *Places {
	p := make(Places, 0, room)
	return &p
}

// Add notes a key's place; of one key the last counts.
func (p *Places) Add(key string, at Position) {
	*p = append(*p, keyPlace{unique.Make(key).Value(), int32(at.Line), int32(at.Column)})
}

// Of returns the place of a key.
func (p *Places) Of(key string) (keyPlace, bool) {
	if p == nil {
		return keyPlace{}, false
	}
	for n := len(*p) - 1; n >= 0; n-- {
		if (*p)[n].Key == key {
			return (*p)[n], true
		}
	}
	return keyPlace{}, false
}

// Of returns the position of the first of the paths that is there, else of the
// nearest parent, else the start.
func (k Keys) Of(paths ...string) Position {
	for _, path := range paths {
		for p := path; p != ""; p = parentPath(p) {
			if at, ok := k.At.Of(p); ok {
				return Position{k.Start.File, int(at.Line), int(at.Column)}
			}
		}
	}
	return k.Start
}

// Has reports whether the key is written in the file.
func (k Keys) Has(path string) bool { _, ok := k.At.Of(path); return ok }

func parentPath(p string) string {
	for i := len(p) - 1; i >= 0; i-- {
		if p[i] == '.' {
			return p[:i]
		}
	}
	return ""
}

// The values of 公开方式 (政府信息公开条例). Only the first is ever public.
const (
	Proactive = "主动公开"
	OnRequest = "依申请公开"
	Withheld  = "不予公开"
)

// Release is the record of publication that every item and every round carries.
type Release struct {
	Disclosure  string    // 公开方式
	PublishedAt Moment    // 发布日期, of the first publication
	UpdatedOn   Date      // 更新日期, zero as long as nothing changed
	Signoffs    Signoffs  // 审核
	Returned    *Returned // 退回, nil where nobody has sent it back
	Expires     Date      // 有效期至, zero when unlimited
	Digest      string    // 校验值, of all that a sign-off covers: sha256:…
	// Fingerprinted reports that sign has written a 指纹 into it.
	Fingerprinted bool
	// Unsure are those of 公开方式, 发布日期, 有效期至 and 审核 that are wrong or
	// cannot be read: they keep nothing back for sure.
	Unsure []string
	Keys   Keys
}

// ChangedAt returns when what is published was last changed by its own words:
// 更新日期, else 发布日期.
func (r *Release) ChangedAt() Moment {
	if updated := (Moment{Date: r.UpdatedOn}); updated.Compare(r.PublishedAt) > 0 {
		return updated
	}
	return r.PublishedAt
}

// Kind is the sort of a content item.
type Kind string

// The kinds of content, named as their folders on the site are.
const (
	Summaries   Kind = "summary"
	Narratives  Kind = "narratives"
	Cases       Kind = "cases"
	Warnings    Kind = "warnings"
	Documents   Kind = "open"
	Commitments Kind = "commitments"
	Galleries   Kind = "gallery"
	Pages       Kind = "pages"
)

// Kinds lists the kinds of content in the order of the site.
var Kinds = []Kind{Summaries, Narratives, Cases, Warnings, Documents, Commitments, Galleries, Pages}

// Chinese names the kind on screen.
func (k Kind) Chinese() string {
	return map[Kind]string{
		Summaries: "全市总结", Narratives: "工作总结", Cases: "典型案例", Warnings: "消费警示",
		Documents: "信息公开", Commitments: "信用承诺", Galleries: "影像资料", Pages: "页面",
	}[k]
}

// Folder is where the texts of a kind are: a round's summary lies beside the
// narratives that it is made of.
func (k Kind) Folder() string {
	if k == Summaries {
		k = Narratives
	}
	return "content/" + string(k)
}

// KindOf returns the kind of a text by its path below content/.
func KindOf(name string) Kind {
	folder, _, _ := strings.Cut(name, "/")
	if Kind(folder) == Narratives && path.Base(name) == SummaryName {
		return Summaries
	}
	return Kind(folder)
}

// InSections reports whether texts of a kind have the four sections.
func (k Kind) InSections() bool { return k == Summaries || k == Narratives }

// The four sections that a narrative or summary has, as level-2 headings in this order.
var NarrativeSections = []string{"经验做法", Outcome, "存在问题", "下一步打算"}

// Outcome is the section that tells what came of the work.
const Outcome = "行动成效"

// Item is one Markdown file of content/: its front matter, and of its body
// what the first pass keeps.
type Item struct {
	Release
	Kind      Kind
	File      string // content/cases/x.md
	Slug      string
	Title     string
	Source    string // 来源, free text
	Keywords  []string
	Summary   string
	Aliases   []string // 别名: former slugs
	Permitted []string // 准予公开: exact texts
	Stopped   *Stopped // 停止公示
	Checked   bool     // 图片已核: faces and plates in the pictures of body and attachments were looked at
	Inspected Inspection

	Round      *Round      // summaries and narratives
	Department *Department // narratives
	Region     *Region     // county narratives
	OfficeOnly []string    // 报送部分: sections that are never public

	Case       *Case
	Warning    *WarningRecord
	Document   *Document
	Commitment *Commitment
	Gallery    *Gallery
	Body       Body
	// PublicBody is the Body without the 报送部分, where there are any: what only
	// they refer to, a footnote's links too, is not in it.
	PublicBody Body
	// PublicDigest is of what of the item the public may see: sha256:…
	PublicDigest string
}

// Inspection is 附件已核: which attachments that no program can read a person has read.
type Inspection struct {
	All   bool     // true
	Files []string // names, as 附件 has them
}

// Page is the file of the site that shows the item, or where it begins.
func (i *Item) Page() string {
	switch {
	case i.Region != nil:
		return "regions/" + i.Region.Code + "/index.html"
	case i.Department != nil:
		return "departments/" + i.Department.Code + "/index.html"
	case i.Kind == Galleries:
		return string(Galleries) + "/index.html"
	}
	return string(i.Kind) + "/" + i.Slug + "/index.html"
}

// HasInspected reports whether a person has read one of the item's files.
func (i *Item) HasInspected(file string) bool {
	return i.Inspected.All || slices.ContainsFunc(i.Inspected.Files, func(name string) bool { return path.Join(path.Dir(i.File), name) == file })
}

// Case is the record of a typical case (总局令第45号).
type Case struct {
	Priority       *Priority  // 案件类型
	Authority      string     // 办案机关
	Assisting      []string   // 协办单位
	DecisionNumber string     // 决定书文号
	DecidedOn      Date       // 决定日期
	Party          string     // 当事人
	Violation      string     // 违法行为类型
	Penalty        string     // 处罚内容
	CreditCode     string     // 统一社会信用代码 of the party
	Term           PublicTerm // 公示期
	Forfeit        Quantity   // 罚没款, in 万元; Blank when not given
	Decision       string     // 决定书: path of the file, "" when not attached
}

// WarningRecord is the record of a consumer warning.
type WarningRecord struct {
	Issuer string // 发布机构
	Number string // 期号
}

// The values of 版式.
const (
	FormalSheet   = "公文"
	RegisterSheet = "登记页"
)

// Document is the record of an open-information document.
type Document struct {
	IndexNumber string // 索引号
	Issuer      string // 发布机构
	WrittenOn   Date   // 成文日期
	Topic       string // 主题分类
	Number      string // 文号
	Genre       string // 体裁
	Validity    string // 有效性: 有效, 已修改 or 已废止
	Attachments []Attachment
	// Formal reports that it is printed as the official document that it is, with a
	// red head, and not as its entry in the register: 版式: 公文.
	Formal bool
	Parts  Parts
}

// Parts is what an official document says beside its title, number and text, in the
// order of the page (GB/T 9704-2012).
type Parts struct {
	Copy      string   // 份号
	Secrecy   string   // 密级, with its term
	Urgency   string   // 紧急程度
	Issuers   []string // 发文机关; who publishes it where it names none
	Signers   []string // 签发人, of a document to a superior
	To        []string // 主送机关
	Note      string   // 附注
	CopyTo    []string // 抄送机关
	Printer   string   // 印发机关
	PrintedOn Date     // 印发日期
}

// Addressed is the line of 主送机关; "" where nobody is named.
func (d *Document) Addressed() string {
	if len(d.Parts.To) == 0 {
		return ""
	}
	return strings.TrimRight(strings.Join(d.Parts.To, "，"), ":：") + "："
}

// NoteOf is the 附注 of an item's document; without one it says how it is disclosed.
func (d *Document) NoteOf(i *Item) string {
	note := cmp.Or(d.Parts.Note, "此件"+i.Disclosure)
	return "（" + strings.TrimSuffix(strings.TrimPrefix(note, "（"), "）") + "）"
}

// Attachment is an entry of 附件: a file, and its 名称 in print, "" without one.
type Attachment struct{ File, Title string }

// Commitment is a credit commitment that a business makes in public.
type Commitment struct {
	Party       string // 承诺主体
	Kind        string // 主体类型
	CreditCode  string // 统一社会信用代码
	On          Date   // 承诺日期
	Term        string // 期限: a day, or words
	Attachments []Attachment
}

// Until is the day to which a commitment runs; zero where its term is no day.
func (c *Commitment) Until() Date {
	day, err := ParseDate(c.Term)
	if err != nil {
		return Date{}
	}
	return day
}

// Party returns whom a case or a commitment is about and the key that says so; ""
// for other items.
func (i *Item) Party() (name, key string) {
	switch {
	case i.Case != nil:
		return i.Case.Party, "当事人"
	case i.Commitment != nil:
		return i.Commitment.Party, "承诺主体"
	}
	return "", ""
}

// CreditCode is the 统一社会信用代码 of the item's party; "" for none.
func (i *Item) CreditCode() string {
	switch {
	case i.Case != nil:
		return i.Case.CreditCode
	case i.Commitment != nil:
		return i.Commitment.CreditCode
	}
	return ""
}

// Attachments are the entries of the item's 附件.
func (i *Item) Attachments() []Attachment {
	switch {
	case i.Document != nil:
		return i.Document.Attachments
	case i.Commitment != nil:
		return i.Commitment.Attachments
	}
	return nil
}

// Gallery is a set of pictures and videos, each with its caption.
type Gallery struct {
	Pictures []Picture
	Videos   []Video
}

// Picture is one published picture.
type Picture struct {
	File    string // path below the campaign's folder
	Caption string
	TakenOn Date
	Checked bool // 已核: faces and plates were looked at
	At      Position
}

// Video is one published video.
type Video struct {
	Picture
	Poster     string // 封面
	Transcript string // 文字稿
}

// Body is what the first pass keeps of a Markdown body; the second pass reads
// the text again and refuses it when Hash no longer fits.
type Body struct {
	Hash       [32]byte // of the whole file
	FirstLine  int      // line of the file at which the body starts
	Headings   []Heading
	Links      []Link
	References []Reference
	Opening    string     // the first paragraph as plain text, for lists
	Sentences  []Sentence // those with a number
	Cited      []Citation
}

// Citation is a document that a body cites with its number: 《…》（…号，…印发）.
type Citation struct {
	Title, Number, Rest string
	At                  Position
}

// Sentence is a sentence of a body, or a row of a table, as plain text. A
// reference stands in it as U+FFFC.
type Sentence struct {
	Text string
	Runs []Run // in their order
	// Of a row of a table: where its cells begin, and the heads of its columns.
	Cells []int
	Head  []string
}

// Run is where a stretch of a sentence begins in the file; of a reference, what
// it refers to.
type Run struct {
	Offset    int // bytes of the sentence
	At        Position
	Reference *Reference
}

// Place returns where a byte of the sentence stands in the file.
func (s *Sentence) Place(offset int) Position {
	var at Position
	from := 0
	for _, r := range s.Runs {
		if r.Offset > offset {
			break
		}
		at, from = r.At, r.Offset
	}
	at.Column += utf8.RuneCountInString(s.Text[from:offset])
	return at
}

// Heading is a heading of a body.
type Heading struct {
	Level  int
	Text   string
	Anchor string
	At     Position
}

// Link is a link or picture of a body, as written and as source resolved it.
type Link struct {
	Target string
	Image  bool
	Text   string // link text or alt text
	At     Position
	Address
}

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

// officeLines tells which lines of the item's file stand in a 报送部分: from
// its level-2 heading to the next heading of level 1 or 2.
func (i *Item) officeLines() func(line int) bool {
	type span struct{ from, to int }
	var spans []span
	for n, h := range i.Body.Headings {
		if h.Level != 2 || !slices.Contains(i.OfficeOnly, h.Text) {
			continue
		}
		s := span{h.At.Line, 1 << 30}
		for _, next := range i.Body.Headings[n+1:] {
			if next.Level <= 2 {
				s.to = next.At.Line
				break
			}
		}
		spans = append(spans, s)
	}
	return func(line int) bool {
		return slices.ContainsFunc(spans, func(s span) bool { return line >= s.from && line < s.to })
	}
}

// WithoutOffice returns the item's Markdown without its 报送部分. The lines stay
// as many as they were, so that positions stay true.
func (i *Item) WithoutOffice(body []byte) []byte {
	if len(i.OfficeOnly) == 0 {
		return body
	}
	cut := i.officeLines()
	lines := bytes.SplitAfter(body, []byte("\n"))
	for n, line := range lines {
		if cut(i.Body.FirstLine + n) {
			lines[n] = line[len(bytes.TrimRight(line, "\n")):]
		}
	}
	return bytes.Join(lines, nil)
}

// MissingOffice lists the 报送部分 that are no section of the item, so that
// nobody knows what is to be left out.
func (i *Item) MissingOffice() []string {
	var missing []string
	for _, name := range i.OfficeOnly {
		if !slices.ContainsFunc(i.Body.Headings, func(h Heading) bool { return h.Level == 2 && h.Text == name }) {
			missing = append(missing, name)
		}
	}
	return missing
}
