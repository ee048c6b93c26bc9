package incoming

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"wangjian/internal/campaign"
	"wangjian/internal/inbox"
	"wangjian/internal/manuscript"
	"wangjian/internal/review"
)

// MaxText bounds a Word file with its pictures.
const MaxText = 64 << 20

// drafts is the last reading of a text, by what it was of.
type drafts struct {
	key   string
	draft *manuscript.Result
	found []campaign.Finding
}

// judgeText reads a text of any kind.
func (b *Batch) judgeText(f *File) {
	read := b.materialOf
	if becomes := kindNamed(f.Kind).becomes; becomes.InSections() {
		read = b.narrativeOf
	}
	file, draftOf := read(f)
	if f.Err != nil {
		return
	}
	key := fmt.Sprintf("%s %s %p %s %s", f.Kind, file, b.Book, b.state, f.Kept)
	if f.drafts.key != key {
		draft, found := draftOf()
		f.drafts = drafts{key, draft, found}
	}
	draft, found := f.drafts.draft, f.drafts.found
	if f.judge(slices.Concat(f.Findings, found)); draft == nil || f.Err != nil {
		return
	}
	f.Becomes, f.Pictures = draft.File, len(draft.Pictures)
	f.Notes = slices.Concat(draft.Notes, review.ProtectedSlips(b.Campaign, draft.File, draft.Markdown))
	old, err := fs.ReadFile(b.Files, draft.File)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		f.Refuse("读不出 %s", draft.File)
		f.Ask, f.Hint = Step, "检查文件是否被别的程序占用，或权限是否正确"
		return
	}
	for _, p := range draft.Pictures {
		f.Writes = append(f.Writes, b.replacing(path.Join(path.Dir(draft.File), p.Name), p.Data))
	}
	f.Writes = append(f.Writes, Write{draft.File, old, draft.Markdown})
	f.Again = old != nil && !f.Told.Over && b.box.Became(f.data, draft.File)
}

// replacing is a file that is written over what is there.
func (b *Batch) replacing(name string, data []byte) Write {
	old, _ := fs.ReadFile(b.Files, name) // what cannot be read is told when it is written
	return Write{name, old, data}
}

// materialOf is what a case, a warning or a document is read into.
func (b *Batch) materialOf(f *File) (file string, read func() (*manuscript.Result, []campaign.Finding)) {
	folder := kindNamed(f.Kind).becomes.Folder()
	f.Slug = b.spelled(folder, cmp.Or(f.Slug, SlugOf(f.stem())))
	if f.isUnfit() {
		return "", nil
	}
	m := manuscript.Material{Campaign: b.Campaign, Kind: kindNamed(f.Kind).becomes, Slug: f.Slug, Original: f.original()}
	return m.File(), func() (*manuscript.Result, []campaign.Finding) {
		return manuscript.ImportMaterial(f.Sender, f.data, m)
	}
}

var notSlug = regexp.MustCompile(`[^\pL\pN_]+`)

// mostSlug bounds a file's own name and address, in bytes: pictures add to it.
const mostSlug = 180

// SlugOf makes a file's name and address of a title.
func SlugOf(title string) string {
	slug := notSlug.ReplaceAllString(norm.NFC.String(title), "-")
	for len(slug) > mostSlug {
		_, size := utf8.DecodeLastRuneInString(slug)
		slug = slug[:len(slug)-size]
	}
	return strings.Trim(slug, "-_")
}

// isUnfit refuses a file whose name and address would fit no disk or site.
func (f *File) isUnfit() bool {
	if campaign.IsSlug(f.Slug) && len(f.Slug) <= mostSlug {
		return false
	}
	f.Ask = Slug
	f.Refuse("“%s”不能用作文件名和网址", f.Slug)
	f.Hint = "另写一个：字母、数字、汉字和短横线，如 zhibo-xujia"
	return true
}

// spelled returns a name as the folder's text has it that is the same to disks which
// mind neither case nor composition.
func (b *Batch) spelled(folder, slug string) string {
	there, err := fs.ReadDir(b.Files, folder)
	if err != nil {
		return slug // a folder that is not there has none
	}
	for _, e := range there {
		if is, isText := strings.CutSuffix(e.Name(), ".md"); isText && campaign.FoldedName(is) == campaign.FoldedName(slug) {
			return is
		}
	}
	return slug
}

// narrativeOf is what a narrative or the whole campaign's summary is read into: what
// nobody says, the file's name may tell, or that of the mail or archive which brought
// it.
func (b *Batch) narrativeOf(f *File) (file string, read func() (*manuscript.Result, []campaign.Finding)) {
	c, named := b.Campaign, b.sender(f)
	b.setRound(f, named.Round)
	o := manuscript.Options{Campaign: b.with, Book: b.book, Whole: f.Kind == Summary, Original: f.original()}
	switch {
	case f.Round == nil:
		f.Refuse("data/campaign.yaml 里没有期次")
		f.Ask, f.Hint = Step, "先在“设置”里写上"
		return "", nil
	case o.Whole && c.Lead == nil:
		f.Refuse("data/campaign.yaml 里没有牵头部门")
		f.Ask, f.Hint = Step, "先在“设置”里写上"
		return "", nil
	case o.Whole:
		f.Department, f.Region = c.Lead, nil
	case f.Department == nil:
		f.Department, f.Region = named.Department, cmp.Or(f.Region, named.Region)
	}
	if f.Department == nil && f.look != nil {
		b.readSender(f)
	}
	switch {
	case f.Department != nil:
	case f.look != nil && f.look.fault != nil: // whosever it is
		f.judge([]campaign.Finding{*f.look.fault})
		return "", nil
	default:
		f.Ask = Unit
		f.Refuse("从文件名“%s”看不出是哪个部门的", f.Sender)
		f.Hint = "选上单位"
		return "", nil
	}
	o.Round, o.Department = b.with.FindRound(f.Round.Code), b.with.FindDepartment(f.Department.Code)
	if f.Region != nil {
		o.Region = b.with.FindRegion(f.Region.Code)
	}
	return o.File(), func() (*manuscript.Result, []campaign.Finding) { return manuscript.Import(f.Sender, f.data, o) }
}

// setRound sets the round of a text that nobody tells: its title's, else that of its
// name, else the one that is being gathered. What only a guess tells, and where two say
// otherwise, is doubtful.
func (b *Batch) setRound(f *File, named *campaign.Round) {
	if f.Round != nil {
		return
	}
	var titled *campaign.Round
	if f.look != nil {
		for line := range strings.Lines(f.look.words) {
			titled = cmp.Or(titled, b.Campaign.SenderOf(asName(line)).Round)
		}
	}
	f.Round = cmp.Or(titled, named, CurrentRound(b.Campaign, b.At.Date))
	doubt := ""
	switch {
	case len(b.Endings) > 0 || len(b.Campaign.Rounds) < 2:
	case titled == nil && named == nil:
		doubt = "文件名和题目里都没有写是哪一期，先算作" + f.Round.Name + "的"
	case titled != nil && named != nil && titled != named:
		doubt = "题目里写的是" + titled.Name + "，文件名里写的是" + named.Name + "，先照题目"
	}
	if doubt != "" {
		f.doubtOwner(doubt, "核对；不对就改选期次")
	}
}

// doubtOwner adds a doubt of whose, or of which round, a text is.
func (f *File) doubtOwner(words, hint string) {
	whole := campaign.Place{Position: campaign.Position{File: f.Sender}, Unit: campaign.Paragraph}
	f.Findings = append(f.Findings, campaign.Finding{Level: campaign.Warning, Rule: "import-owner-doubt", At: whole, Message: words, Hint: hint})
}

// asName makes of a line of a text what a file's name is read from.
func asName(line string) string {
	return strings.NewReplacer("/", " ", `\`, " ").Replace(strings.TrimSpace(line)) + "."
}

// readSender takes who sends a text from its title and signature, with a doubt.
func (b *Batch) readSender(f *File) {
	for line := range strings.Lines(f.look.words) {
		line = asName(line)
		if s := b.Campaign.SenderOf(line); s.Department != nil {
			f.Department, f.Region = s.Department, cmp.Or(f.Region, s.Region)
			f.doubtOwner("文件名里没有单位，照正文“"+strings.TrimSuffix(line, ".")+"”认作"+UnitName(f.Department, f.Region)+"的", "核对；不对就另外指明")
			return
		}
	}
}

// compareTexts refuses those that are to become the same; of files with the same
// bytes one is written.
func (b *Batch) compareTexts() {
	first := map[string]*File{}
	for _, f := range b.open() {
		if f.Kind == Photo || f.Kind == Original {
			if other := first[inbox.HashOf(f.data)]; other != nil {
				f.Same = other
			} else {
				first[inbox.HashOf(f.data)] = f
			}
		}
		if f.Kind == Form || f.Kind == Photo || f.Becomes == "" {
			continue
		}
		key := campaign.FoldedName(f.Becomes)
		other := first[key]
		if other == nil {
			first[key] = f
			continue
		}
		if len(b.Endings) == 0 && string(other.data) == string(f.data) {
			f.Same, f.Writes = other, nil
			continue
		}
		what := "都要写成 " + f.Becomes
		if kindNamed(f.Kind).becomes.InSections() {
			what = "是同一个单位同一期的总结"
		}
		for _, pair := range [][2]*File{{f, other}, {other, f}} {
			pair[0].refuseTwice("和 %s %s，只留一个再导入", pair[1].Name, what)
			pair[0].Findings, pair[0].Notes = nil, nil
		}
	}
}
