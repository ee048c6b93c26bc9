package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/disk"
	"wangjian/internal/incoming"
	"wangjian/internal/project"
)

// arrivals are the flags of what comes in.
type arrivals struct {
	on  string
	yes bool
}

func (s *arrivals) flags(cmd *cobra.Command, yes string) {
	cmd.Flags().StringVar(&s.on, "arrived", "", "收到的日子，如 2022-11-25；不写时用邮件的日期，没有邮件的用今天")
	cmd.Flags().BoolVar(&s.yes, "yes", false, yes)
}

// incoming finds the files that arguments name and judges them as told.
func (a *app) incoming(result *project.Loaded, args, endings []string, told incoming.Told, flags arrivals) (*incoming.Batch, error) {
	var err error
	if flags.on != "" {
		if told.On, err = campaign.ParseDate(flags.on); err != nil {
			return nil, fmt.Errorf("--arrived %w，写成 2022-11-25", err)
		}
		if told.On.After(result.Date) && told.On.After(a.clock().Date) {
			return nil, fmt.Errorf("--arrived %s 还没有到", told.On)
		}
	}
	b := &incoming.Batch{Options: incoming.Options{
		Files: result.Files, Campaign: result.Campaign, Book: result.Book, At: result.At, Endings: endings, Told: told,
	}}
	for _, arg := range args {
		if err := b.Find(a.dir, arg); err != nil {
			return nil, failure{err}
		}
	}
	for _, s := range b.Skipped {
		fmt.Fprintf(a.Stdout, "%s：%s\n", s.Name, s.Why)
	}
	for _, f := range b.List {
		f.Told.Over = flags.yes
	}
	if err := b.Judge(context.Background(), nil); err != nil {
		return nil, failure{err}
	}
	return b, nil
}

// takeIn writes what is taken of a batch, and lists how each file ended; what says what
// became of a file that was taken. It fails where one was refused.
func (a *app) takeIn(b *incoming.Batch, what func(*incoming.File) string) error {
	set, err := b.Set()
	if err == nil {
		err = a.apply(set)
	}
	if err != nil {
		return failure{err}
	}
	doubtful, refused := 0, 0
	for _, f := range b.List {
		switch {
		case f.Err != nil:
			if refused++; len(b.List) > 1 {
				fmt.Fprintf(a.Stdout, "%s：退回，%s\n", f.Name, f.Reason()+askFlag(f))
			}
		case f.Doubt != "" && !f.Again:
			doubtful++
			fmt.Fprintf(a.Stdout, "%s → %s；存疑，%s\n", f.Name, what(f), f.Reason())
		default:
			fmt.Fprintf(a.Stdout, "%s → %s\n", f.Name, what(f))
		}
	}
	if len(b.List) == 1 {
		return alone(b.List[0])
	}
	fmt.Fprintf(a.Stdout, "共 %d 个文件：导入 %d 个，其中存疑 %d 个；退回 %d 个\n", len(b.List), len(b.List)-refused, doubtful, refused)
	if refused > 0 {
		return failf("有 %d 个文件没有导入，原因见上；改好以后再导入一次", refused)
	}
	return nil
}

// apply writes a set of changes while no other process writes the campaign's files.
func (a *app) apply(set *change.Set) error {
	if set.IsEmpty() {
		return nil
	}
	a.commit()
	unlock, err := disk.Lock(a.dir)
	if err != nil {
		return err
	}
	defer unlock()
	_, err = set.Apply(a.dir)
	return err
}

// askFlag names the flag that says what is to be known of a file.
func askFlag(f *incoming.File) string {
	switch {
	case f.Why != "":
	case f.Ask == incoming.Unit:
		return "，请加 --department"
	case f.Ask == incoming.Slug:
		return "：用 --slug 写一个，如 zhibo-xujia"
	}
	return ""
}

// alone is the error of the only file that was named. That a flag is missing is wrong
// usage.
func alone(f *incoming.File) error {
	switch {
	case f.Err == nil:
		return nil
	case f.Why == "" && f.Ask == incoming.Unit:
		return fmt.Errorf("%w%s", f.Err, askFlag(f))
	}
	return failf("%w%s", f.Err, askFlag(f))
}

// refuseOverwrites refuses the files that would be written over and that nobody
// agreed to.
func refuseOverwrites(b *incoming.Batch, agreed bool, words func(*incoming.File) string) {
	for _, f := range b.List {
		switch over := cmp.Or(f.Same, f); {
		case f.Err != nil || !over.Overwrites():
		case agreed:
			f.Told.Over = true
		case !over.Told.Over:
			defer f.Refuse("%s", words(f)) // once all are looked at
		}
	}
}

// overwrites lists the files that would be written over.
func overwrites(b *incoming.Batch) []*incoming.File {
	return slices.DeleteFunc(slices.Clone(b.List), func(f *incoming.File) bool { return !f.Overwrites() })
}

// tellFindings prints the findings of a form that came in.
func (a *app) tellFindings(f *incoming.File) {
	for _, one := range f.Findings {
		fmt.Fprintf(a.Stderr, "%s: %s：%s [%s]\n    → %s\n", one.At, levelWord(one.Level), one.Message, one.Rule, one.Hint)
	}
}

// tellDraft tells what was found in a text that came in.
func (a *app) tellDraft(f *incoming.File, isOne bool) {
	if !isOne && len(f.Findings)+len(f.Writes) > 0 {
		fmt.Fprintf(a.Stdout, "── %s\n", f.Name)
	}
	for _, one := range f.Findings {
		fmt.Fprintln(a.Stderr, one)
	}
	for _, one := range f.Notes {
		if one.Level == campaign.Error {
			fmt.Fprintf(a.Stdout, "%s: 错误：%s（%s）[%s]\n", one.At, one.Message, one.Hint, one.Rule)
			continue
		}
		fmt.Fprintln(a.Stdout, one)
	}
}

// textBecame says what became of a text that was taken.
func textBecame(f *incoming.File) string {
	switch {
	case f.Again:
		return f.Becomes + "：已经导入过，没有动它"
	case f.Same != nil:
		return f.Becomes + "：和 " + f.Same.Name + " 相同，只写一次"
	}
	return fmt.Sprintf("%s：已写好，图片 %d 张。它还没有签发：核对后用 wangjian sign 签，初审时用 --on 写上发布日期", f.Becomes, f.Pictures)
}

// formBecame says what became of a form that was taken.
func formBecame(f *incoming.File) string {
	words := "已改写"
	switch {
	case f.Same != nil:
		words = "和 " + f.Same.Name + " 相同，只写一次"
	case !f.Changes():
		words = "没有变化"
	case f.IsNew():
		words = "已新建"
	}
	return strings.Join([]string{f.Becomes, words}, "：")
}
