package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

// incoming are the files that an import was told of, and how each ends.
type incoming struct {
	app   *app
	list  []*arrival
	named int // more than in the list where a file was named twice
}

// arrival is one file: taken, doubtful (taken, with warnings) or refused.
type arrival struct {
	name  string // as the user finds it
	path  string // on disk
	done  string // what became of it; "" for a refused one
	doubt string // the first warning
	why   string // it is refused; "" where err says it
	err   error  // the command's, where no other file was named
}

func (f *arrival) refuse(format string, args ...any) { f.err = failf(format, args...) }

// incoming finds the files that arguments name: files, folders with all in them,
// and wildcards, which not every shell expands. Of a folder only files with one of
// the endings are taken; others are named.
func (a *app) incoming(args, endings []string) *incoming {
	in := &incoming{app: a}
	for _, arg := range args {
		before := in.named
		in.find(a.under(arg), endings)
		if in.named == before {
			in.add(a.under(arg)).refuse("%s 里没有可以导入的文件", arg)
		}
	}
	return in
}

// find adds what an argument names.
func (in *incoming) find(name string, endings []string) {
	info, err := os.Stat(name)
	switch {
	case err == nil && !info.IsDir():
		in.add(name)
	case err == nil:
		in.search(name, endings)
	case strings.ContainsAny(name, "*?["):
		matches, _ := filepath.Glob(name) // a wrong pattern matches nothing
		for _, match := range matches {
			in.search(match, endings)
		}
	default:
		in.add(name).unread(err)
	}
}

// search adds a file, or the files of a folder, that have one of the endings.
func (in *incoming) search(match string, endings []string) {
	err := filepath.WalkDir(match, func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case isTemporary(entry.Name()) && entry.IsDir() && file != match:
			return filepath.SkipDir
		case isTemporary(entry.Name()), !entry.Type().IsRegular():
		case slices.Contains(endings, strings.ToLower(filepath.Ext(file))):
			in.add(file)
		default:
			fmt.Fprintf(in.app.Stdout, "%s：不是 %s，跳过\n", in.nameOf(file), strings.Join(endings[:2], "、"))
		}
		return nil
	})
	if err != nil {
		in.add(match).unread(err)
	}
}

// isTemporary reports whether a name is a program's own: hidden, or a lock of Office
// or WPS.
func isTemporary(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini")
}

func (in *incoming) nameOf(file string) string {
	if name, err := filepath.Rel(in.app.under(""), file); err == nil && filepath.IsLocal(name) {
		return filepath.ToSlash(name)
	}
	return file
}

// add adds a file once.
func (in *incoming) add(file string) *arrival {
	in.named++
	for _, f := range in.list {
		if f.path == file {
			return f
		}
	}
	f := &arrival{name: in.nameOf(file), path: file}
	in.list = append(in.list, f)
	return f
}

// open are the files that have not been refused so far.
func (in *incoming) open() []*arrival {
	return slices.DeleteFunc(slices.Clone(in.list), func(f *arrival) bool { return f.err != nil })
}

// read reads a file, or refuses it.
func (f *arrival) read(limit int64) []byte {
	data, err := readBounded(f.path, limit)
	if err != nil {
		f.unread(err)
	}
	return data
}

func (f *arrival) unread(err error) {
	if errors.Is(err, fs.ErrNotExist) {
		f.refuse("读不出 %s：没有这个文件", f.name)
		return
	}
	f.refuse("读不出 %s：%v", f.name, reason(err))
}

// readBounded reads a file of at most limit bytes and one more, so that the
// reader can say that it is too large.
func readBounded(name string, limit int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit+1))
}

// judge takes the findings into how a file ends: an error refuses it.
func (f *arrival) judge(findings []campaign.Finding) {
	for _, level := range []campaign.Level{campaign.Error, campaign.Warning} {
		var messages []string
		for _, one := range findings {
			if one.Level == level {
				messages = append(messages, one.Message)
			}
		}
		if len(messages) == 0 {
			continue
		}
		words := messages[0]
		if len(messages) > 1 {
			words += fmt.Sprintf("，等 %d 处", len(messages))
		}
		if level == campaign.Error {
			f.refuse("没有导入 %s", f.name)
			f.why = words
			return
		}
		f.doubt = words
	}
}

// end lists how each file ended, and fails where one was refused.
func (in *incoming) end() error {
	doubtful, refused := 0, 0
	for _, f := range in.list {
		switch {
		case f.err != nil:
			if refused++; len(in.list) > 1 {
				fmt.Fprintf(in.app.Stdout, "%s：退回，%s\n", f.name, cmp.Or(f.why, f.err.Error()))
			}
		case f.doubt != "":
			doubtful++
			fmt.Fprintf(in.app.Stdout, "%s → %s；存疑，%s\n", f.name, f.done, f.doubt)
		default:
			fmt.Fprintf(in.app.Stdout, "%s → %s\n", f.name, f.done)
		}
	}
	if len(in.list) == 1 {
		return in.list[0].err
	}
	fmt.Fprintf(in.app.Stdout, "共 %d 个文件：导入 %d 个，其中存疑 %d 个；退回 %d 个\n", len(in.list), len(in.list)-refused, doubtful, refused)
	if refused > 0 {
		return failf("有 %d 个文件没有导入，原因见上；改好以后再导入一次", refused)
	}
	return nil
}
