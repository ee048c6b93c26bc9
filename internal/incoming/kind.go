package incoming

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/intake"
	"wangjian/internal/manuscript"
	"wangjian/internal/picture"
)

// Kind is what a file is taken as.
type Kind string

// The kinds. Those of texts are called as `new` and `text import` call them.
const (
	Form      Kind = "form"
	Narrative Kind = "narrative"
	Summary   Kind = "summary"
	Case      Kind = "case"
	Warning   Kind = "warning"
	Document  Kind = "open"
	Promise   Kind = "commitment"
	Photo     Kind = "photo"
	Original  Kind = "original" // kept, and nothing else
)

// kind is how a file of a kind is judged.
type kind struct {
	kind    Kind
	name    string
	becomes campaign.Kind // of the texts
	// What a person may say of it.
	hasUnit, hasRound, hasSlug bool
	judge                      func(*Batch, *File)
}

// kindNamed returns a kind; its list cannot be a variable, which judging would refer
// to.
func kindNamed(name Kind) kind {
	for _, k := range kinds() {
		if k.kind == name {
			return k
		}
	}
	return kind{kind: name, judge: (*Batch).judgeOriginal}
}

func kinds() []kind {
	return []kind{
		{kind: Form, name: "统计表", hasUnit: true, hasRound: true, judge: (*Batch).judgeForm},
		{kind: Narrative, name: "工作总结", becomes: campaign.Narratives, hasUnit: true, hasRound: true, judge: (*Batch).judgeText},
		{kind: Summary, name: "全市总结", becomes: campaign.Summaries, hasRound: true, judge: (*Batch).judgeText},
		{kind: Case, name: "典型案例", becomes: campaign.Cases, hasSlug: true, judge: (*Batch).judgeText},
		{kind: Warning, name: "消费警示", becomes: campaign.Warnings, hasSlug: true, judge: (*Batch).judgeText},
		{kind: Document, name: "信息公开文件", becomes: campaign.Documents, hasSlug: true, judge: (*Batch).judgeText},
		{kind: Promise, name: "信用承诺", becomes: campaign.Commitments, hasSlug: true, judge: (*Batch).judgeText},
		{kind: Photo, name: "影像资料", becomes: campaign.Galleries, hasUnit: true, hasSlug: true, judge: (*Batch).judgePhoto},
		{kind: Original, name: "附件（只留存）", hasUnit: true, hasRound: true, judge: (*Batch).judgeOriginal},
	}
}

// Kinds lists the kinds.
func Kinds() (list []Kind) {
	for _, k := range kinds() {
		list = append(list, k.kind)
	}
	return list
}

// Chinese names a kind.
func (k Kind) Chinese() string { return kindNamed(k).name }

// HasUnit, HasRound and HasSlug report what a person may say of a file of the kind.
func (k Kind) HasUnit() bool  { return kindNamed(k).hasUnit }
func (k Kind) HasRound() bool { return kindNamed(k).hasRound }
func (k Kind) HasSlug() bool  { return kindNamed(k).hasSlug }

// The endings of what forms and texts come in; of most of these files an import says
// only how to save them again.
var (
	FormEndings = []string{".xlsx", ".csv", ".xls", ".xlsm", ".xlsb", ".et", ".ods", ".tsv"}
	TextEndings = []string{".docx", ".doc", ".docm", ".wps", ".odt", ".rtf"}
)

var photoEndings = []string{".jpg", ".jpeg", ".png", ".webp", ".heic", ".gif", ".bmp"}

func hasEnding(name string, endings []string) bool {
	return slices.Contains(endings, strings.ToLower(path.Ext(name)))
}

// look is what a file looks like by its content and name.
type look struct {
	kind  Kind
	words string            // of a text: its first and last lines
	fault *campaign.Finding // why it cannot be read as one
}

// kindOf returns the kind that is told, else the one that a file looks like.
func (b *Batch) kindOf(f *File) Kind {
	if told := b.told(f).Kind; told != "" {
		return told
	}
	if f.look == nil {
		f.look = lookAt(f)
	}
	if s := b.sender(f); f.look.kind == Narrative && (s.Department == nil || s.Department == b.Campaign.Lead) && ofTheWhole.MatchString(f.Sender+"\n"+f.look.words) {
		return Summary
	}
	return f.look.kind
}

// ofTheWhole is what a summary of all departments calls itself.
var ofTheWhole = regexp.MustCompile(`全(?:省|市|县|区|州|旗)[^\n]*(?:总结|报告|汇报)`)

// lookAt guesses a file's kind: by its content, where that tells, else by its name.
func lookAt(f *File) *look {
	switch is := intake.Sniff(f.data); {
	case picture.Sniff(f.data).IsPicture() || hasEnding(f.Sender, photoEndings):
		return &look{kind: Photo}
	case is == intake.WordDocument:
		shape := manuscript.GuessOf(f.Sender, f.data)
		return &look{ofText(cmp.Or(shape.Kind, f.titled())), shape.Words, shape.Fault}
	case slices.Contains([]intake.Kind{intake.ExcelWorkbook, intake.OldWorkbook, intake.BinaryWorkbook, intake.OpenTable}, is) || hasEnding(f.Sender, FormEndings):
		return &look{kind: Form}
	case slices.Contains([]intake.Kind{intake.OpenText, intake.RTF, intake.WordXML}, is) || hasEnding(f.Sender, TextEndings):
		return &look{kind: ofText(f.titled()), fault: manuscript.GuessOf(f.Sender, f.data).Fault}
	}
	return &look{kind: Original}
}

// titled returns the kind of text that a file's name speaks of, or a folder's around
// it.
func (f *File) titled() campaign.Kind {
	kind := manuscript.Titled(f.stem())
	for dir := f.Folder; kind == "" && dir != "." && dir != ""; dir = path.Dir(dir) {
		kind = manuscript.Titled(path.Base(dir))
	}
	return kind
}

// ofText returns the kind of a file that is to become a text; a narrative where
// nothing tells.
func ofText(becomes campaign.Kind) Kind {
	for _, k := range kinds() {
		if becomes != "" && k.becomes == becomes {
			return k.kind
		}
	}
	return Narrative
}

// stem is a file's name without its ending.
func (f *File) stem() string { return strings.TrimSuffix(f.Sender, path.Ext(f.Sender)) }
