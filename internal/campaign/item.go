package campaign

import (
	"cmp"
	"path"
	"slices"
	"strings"
)

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

// The values of 版式: printed as the official document that it is, in the forms of GB/T
// 9704-2012 (7, 10.1, 10.3), or as its entry in the register, which has no red head.
const (
	FormalSheet   = "公文"
	LetterSheet   = "信函"
	MinutesSheet  = "纪要"
	RegisterSheet = "登记页"
)

// Layouts lists them.
var Layouts = []string{FormalSheet, LetterSheet, MinutesSheet, RegisterSheet}

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
	Layout      string // 版式: one of Layouts
	Parts       Parts
}

// Formal reports whether it is printed as the official document that it is.
func (d *Document) Formal() bool { return d.Layout != "" && d.Layout != RegisterSheet }

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
	Present   []string // 出席, of minutes
	Excused   []string // 请假
	Attending []string // 列席
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

// Attendance is who was at a meeting and who was not: 出席, 请假 and 列席, each with the
// names, as far as the minutes say so.
func (d *Document) Attendance() (lists [][2]string) {
	for _, list := range []struct {
		label string
		names []string
	}{{"出席", d.Parts.Present}, {"请假", d.Parts.Excused}, {"列席", d.Parts.Attending}} {
		if len(list.names) > 0 {
			lists = append(lists, [2]string{list.label + "：", strings.TrimRight(strings.Join(list.names, "，"), "。") + "。"})
		}
	}
	return lists
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
