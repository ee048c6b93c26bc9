package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/inbox"
	"wangjian/internal/manuscript"
	"wangjian/internal/review"
)

func (a *app) textCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "text",
		Short: "读收回的 Word 总结、案例、警示和公开文件",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.textImportCommand())
	return cmd
}

// maxManuscript bounds a Word file with its pictures.
const maxManuscript = 64 << 20

func (a *app) textImportCommand() *cobra.Command {
	var whose sender
	var flags arrivals
	var as, slug string
	cmd := &cobra.Command{
		Use:   "import 文件.docx 或文件夹…",
		Short: "把 Word 总结或案例、警示、公开文件写成 Markdown，原件存在 收件/",
		Long:  "把 Word 总结写成 Markdown，与统计表相同的数字改成引用。\n可以写文件、文件夹、通配符，也可以是存下来的邮件（.eml）和压缩包（.zip）：逐个列出里面的文件导入、存疑还是退回。\n--as case、warning、open 读典型案例、消费警示、信息公开文件：表格里和“发布机构：…”这样的行写进开头的信息，其余是正文，看不出的空着并列出；--as summary 读全市的总结。\n导入的原件存在 收件/收到的日子/，登记在 收件/登记.yaml。",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			result, err := a.readSettings()
			if err != nil {
				return err
			}
			options := manuscript.Options{Campaign: result.Campaign, Book: result.Book}
			if options.Round, options.Department, options.Region, err = whose.find(result.Campaign); err != nil {
				return err
			}
			tell, err := textKind(as, slug, len(args), options)
			if err != nil {
				return err
			}
			in, err := a.incoming(args, textEndings, flags, result.Date)
			if err != nil {
				return err
			}
			targets := in.targets(func(f *arrival) (target, error) { return tell(f, result.Date) })
			for _, f := range in.open() {
				if err := in.importText(f, targets[f], result.Campaign, flags.yes); err != nil {
					return err
				}
			}
			return in.end()
		},
	}
	whose.flags(cmd, true)
	flags.flags(cmd, "改写已有的文件")
	cmd.Flags().StringVar(&as, "as", "", "读成什么：case（典型案例）、warning（消费警示）、open（信息公开文件）、commitment（信用承诺）、summary（全市的总结）；不写是部门的总结")
	cmd.Flags().StringVar(&slug, "slug", "", "--as case、warning、open、commitment 时写成的文件名，也是网址；不写时照 Word 文件的名字")
	return cmd
}

// target is what a Word file is to become.
type target struct {
	file  string
	entry inbox.Entry
	read  func(name string, data []byte, original string) (*manuscript.Result, []campaign.Finding)
}

// textKind returns what tells the target of a file, by --as.
func textKind(as, slug string, files int, told manuscript.Options) (func(*arrival, campaign.Date) (target, error), error) {
	kind, known := newTexts[as]
	isMaterial := known && as != "summary" && as != "gallery"
	switch {
	case as != "" && !isMaterial && as != "summary":
		return nil, fmt.Errorf("--as 只能写 case、warning、open、commitment、summary，不能写“%s”", as)
	case slug != "" && (!isMaterial || files > 1):
		return nil, errors.New("--slug 只用于 --as case、warning、open、commitment 的一个文件")
	case isMaterial && (told.Round != nil || told.Department != nil):
		return nil, errors.New("--round、--department 只用于总结")
	case isMaterial:
		return func(f *arrival, _ campaign.Date) (target, error) { return materialOf(f, told.Campaign, kind, slug) }, nil
	case as == "summary" && told.Department != nil:
		return nil, errors.New("全市的总结由牵头部门写，不用 --department")
	}
	told.Whole = as == "summary"
	return func(f *arrival, today campaign.Date) (target, error) { return narrativeOf(f, told, today) }, nil
}

// materialOf is the target of a case, a warning or a document.
func materialOf(f *arrival, c *campaign.Campaign, kind campaign.Kind, slug string) (target, error) {
	if slug == "" {
		slug = strings.Trim(notSlug.ReplaceAllString(strings.TrimSuffix(f.sender, filepath.Ext(f.sender)), "-"), "-_")
	}
	if !campaign.IsSlug(slug) {
		return target{}, failf("“%s”不能用作文件名和网址：用 --slug 写一个，如 zhibo-xujia", slug)
	}
	m := manuscript.Material{Campaign: c, Kind: kind, Slug: slug}
	read := func(name string, data []byte, original string) (*manuscript.Result, []campaign.Finding) {
		m.Original = original
		return manuscript.ImportMaterial(name, data, m)
	}
	return target{m.File(), inbox.Entry{What: kind.Chinese(), Became: m.File()}, read}, nil
}

var notSlug = regexp.MustCompile(`[^\pL\pN_]+`)

// narrativeOf is the target of a summary: what the flags leave open, the file's name,
// or that of the mail or archive which brought it, may tell.
func narrativeOf(f *arrival, o manuscript.Options, today campaign.Date) (target, error) {
	c := o.Campaign
	named, around := c.SenderOf(f.sender), campaign.Sender{}
	if f.parcel != nil {
		around = c.SenderOf(f.parcel.sender)
	}
	o.Round = cmp.Or(o.Round, named.Round, around.Round, currentRound(c, today))
	if named.Department == nil {
		named.Department, named.Region = around.Department, around.Region
	}
	switch {
	case o.Whole && c.Lead == nil:
		return target{}, failf("data/campaign.yaml 里没有牵头部门")
	case o.Whole:
		o.Department = c.Lead
	case o.Department == nil:
		o.Department, o.Region = named.Department, named.Region
	}
	if o.Department == nil {
		return target{}, fmt.Errorf("从文件名“%s”看不出是哪个部门的，请加 --department", f.sender)
	}
	entry := inbox.Entry{What: "工作总结", Round: o.Round.Name, Unit: unitName(o.Department, o.Region), Became: o.File()}
	read := func(name string, data []byte, original string) (*manuscript.Result, []campaign.Finding) {
		o.Original = original
		return manuscript.Import(name, data, o)
	}
	return target{o.File(), entry, read}, nil
}

// targets tells what each file is to become. Of two that are to become the same both
// are refused.
func (in *incoming) targets(tell func(*arrival) (target, error)) map[*arrival]target {
	all, first := map[*arrival]target{}, map[string]*arrival{}
	for _, f := range in.open() {
		t, err := tell(f)
		if err != nil {
			f.err = err
			continue
		}
		if other := first[t.file]; other != nil {
			what := "都要写成 " + t.file
			if t.entry.Unit != "" {
				what = "是同一个单位同一期的总结"
			}
			f.refuse("和 %s %s，只留一个再导入", other.name, what)
			other.refuse("和 %s %s，只留一个再导入", f.name, what)
		}
		all[f], first[t.file] = t, f
	}
	return all
}

// tellDraft tells what was found in a text that came in.
func (in *incoming) tellDraft(f *arrival, draft *manuscript.Result, problems []campaign.Finding, c *campaign.Campaign) {
	a := in.app
	if len(in.list) > 1 {
		fmt.Fprintf(a.Stdout, "── %s\n", f.name)
	}
	for _, one := range problems {
		fmt.Fprintln(a.Stderr, one)
	}
	if f.judge(problems); draft == nil {
		return
	}
	for _, n := range draft.Notes {
		fmt.Fprintln(a.Stdout, n)
	}
	for _, one := range review.ProtectedSlips(c, draft.File, draft.Markdown) {
		fmt.Fprintf(a.Stdout, "%s: 错误：%s（%s）[%s]\n", one.At, one.Message, one.Hint, one.Rule)
	}
}

// importText reads a text and writes it with its pictures; one that is there is
// overwritten only with a yes.
func (in *incoming) importText(f *arrival, t target, c *campaign.Campaign, yes bool) error {
	a := in.app
	data := f.read(maxManuscript)
	if f.err != nil {
		return nil
	}
	arrived := in.arrive(f)
	if f.err != nil {
		return nil
	}
	draft, problems := t.read(f.sender, data, arrived.Original)
	if in.tellDraft(f, draft, problems, c); draft == nil {
		return nil
	}
	_, err := os.Stat(a.under(filepath.FromSlash(draft.File)))
	switch {
	case err == nil && !yes && in.box.Became(data, draft.File):
		f.done, f.doubt = draft.File+"：已经导入过，没有动它", ""
		return nil
	case err == nil && !yes && !a.confirm(draft.File+" 已经有了，改写吗？写 y 确认："):
		f.refuse("%s 已经有了，没有动它；要改写就加 --yes", draft.File)
		return nil
	}
	if err := in.keep(f, t.entry); err != nil {
		return err
	}
	for _, p := range draft.Pictures {
		if err := a.writeIn("", path.Join(path.Dir(draft.File), p.Name), p.Data); err != nil {
			return err
		}
	}
	if err := a.writeIn("", draft.File, draft.Markdown); err != nil {
		return err
	}
	f.done = fmt.Sprintf("%s：已写好，图片 %d 张。它还没有签发：核对后用 wangjian sign 签，初审时用 --on 写上发布日期", draft.File, len(draft.Pictures))
	return nil
}
