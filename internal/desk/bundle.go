package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"wangjian/internal/campaign"
	"wangjian/internal/cause"
	"wangjian/internal/forms"
	"wangjian/internal/intake"
	"wangjian/internal/project"
	"wangjian/internal/publish"
	"wangjian/internal/release"
)

// bundleFolder is where the desk puts what goes to the superior office, below the
// campaign's folder. It is never public.
const bundleFolder = "报送"

// bundleScreen makes what goes to the superior office, and takes it back polished.
func bundleScreen() *screen {
	return &screen{
		name: "bundle", title: "报送", words: "报送上级的材料：还缺什么，打包，收回改好的 Word 稿，重做清单。",
		data:  bundleData,
		acts:  map[string]act{"make": makeBundle, "reseal": resealBundle},
		parts: map[string]act{"file": bundleFile},
		limit: intake.MaxFile + mostForm,
	}
}

type bundlePage struct {
	Errors  []campaign.Finding
	Unread  []forms.Unread
	Gaps    []string
	Empty   []string // folders for which there is nothing
	Folders []bundleGroup
	Made    []madeBundle
	Result  *bundleResult
}

// bundleGroup is a folder of the bundle with what is in it.
type bundleGroup struct {
	Name  string
	Parts []release.Part
}

type madeBundle struct {
	Name string
	Size string
	On   string
}

// bundleResult is what the last job did.
type bundleResult struct {
	Name    string
	Words   string
	Notes   []string
	Changed []string
}

func bundleData(r *request) (any, error) {
	l := r.loaded
	if l == nil {
		return nil, errUnread
	}
	p := &bundlePage{Unread: forms.UnreadOf(l.Campaign)}
	var err error
	if p.Made, err = madeBundles(r.work.dir); err != nil {
		return nil, err
	}
	p.Result, _ = r.work.keptAs("bundle").(*bundleResult)
	for _, f := range l.Findings {
		if f.Level == campaign.Error {
			p.Errors = append(p.Errors, f)
		}
	}
	if len(p.Errors) > 0 {
		return p, nil // what is listed from it may be wrong
	}
	submission, err := l.Submission("")
	if err != nil {
		return nil, err
	}
	p.Gaps = submission.Notes
	for _, part := range submission.Parts {
		folder, _, in := strings.Cut(part.Path, "/")
		if !in {
			folder = ""
		}
		if n := len(p.Folders); n == 0 || p.Folders[n-1].Name != folder {
			p.Folders = append(p.Folders, bundleGroup{Name: folder})
		}
		last := &p.Folders[len(p.Folders)-1]
		last.Parts = append(last.Parts, part)
	}
	for _, name := range project.SubmissionFolders {
		if !slices.ContainsFunc(p.Folders, func(g bundleGroup) bool { return g.Name == name }) {
			p.Empty = append(p.Empty, name)
		}
	}
	return p, nil
}

// madeBundles lists the bundles that were made, the last first.
func madeBundles(dir string) (list []madeBundle, err error) {
	entries, err := os.ReadDir(filepath.Join(dir, bundleFolder))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, cause.Failed("打开", bundleFolder, err)
	}
	slices.SortStableFunc(entries, func(a, b fs.DirEntry) int { return modified(b).Compare(modified(a).Time) })
	for _, e := range entries {
		if m := modified(e); e.Type().IsRegular() && strings.EqualFold(path.Ext(e.Name()), ".zip") && !strings.HasPrefix(e.Name(), ".") {
			list = append(list, madeBundle{e.Name(), fmt.Sprintf("%.1f MB", float64(m.size)/(1<<20)), m.In(china).Format("2006-01-02 15:04")})
		}
	}
	return list, nil
}

// bundleName is a name for a new bundle that is not taken.
func (r *request) bundleName(l *project.Loaded, what string) string {
	for n := 1; ; n++ {
		name := "报送材料_" + l.Date.String() + what
		if n > 1 {
			name += fmt.Sprintf("（%d）", n)
		}
		name += ".zip"
		if _, err := os.Lstat(filepath.Join(r.work.dir, bundleFolder, name)); err != nil {
			return name
		}
	}
}

// makeBundle packs what goes to the superior office.
func makeBundle(r *request) (answer, error) {
	l, err := r.fresh()
	if err != nil {
		return nil, err
	}
	if campaign.HasErrors(l.Findings) {
		return nil, errors.New("还有错误，先在“检查”里改好，再打包")
	}
	name := r.bundleName(l, "")
	if err := os.MkdirAll(filepath.Join(r.work.dir, bundleFolder), 0o755); err != nil {
		return nil, cause.Failed("建立文件夹", bundleFolder, err)
	}
	w := r.work
	return long{"打包报送材料", func(ctx context.Context, p *progress) (answer, error) {
		result := &bundleResult{Name: name}
		copies := l.Copies(name)
		for _, to := range copies {
			submission, err := l.Submission(to.For)
			if err != nil {
				return nil, err
			}
			b := publish.Bundle{Target: filepath.Join(w.dir, bundleFolder, to.Target), Campaign: w.dir, Told: func(done, total int, path string) {
				p.say(done, total, "正在生成第 %d 个，共 %d 个：%s", done+1, total, path)
			}}
			size, err := b.Write(ctx, l.Whole, submission.Parts)
			if err != nil {
				return nil, err
			}
			if to.For == "" {
				result.Notes = append(submission.Notes, publish.SizeNote(size)...)
				result.Words = fmt.Sprintf("已打包，%d 个文件，含不公开的内容，只供报送。", len(submission.Parts)+2)
			}
		}
		if len(copies) > 1 {
			result.Words += fmt.Sprintf("另有 %d 份供抄送，名称里写着给谁。", len(copies)-1)
		}
		w.keep("bundle", result)
		return goTo(address("bundle")), nil
	}}, nil
}

// bundleFile hands a bundle to the browser.
func bundleFile(r *request) (answer, error) {
	name, err := r.bundleNamed(r.value("name"))
	if err != nil {
		return nil, err
	}
	return savedFile(name), nil
}

// bundleNamed is the path of a bundle that was made, by a name that comes from a
// page.
func (r *request) bundleNamed(name string) (string, error) {
	made, err := madeBundles(r.work.dir)
	if err != nil {
		return "", err
	}
	if !slices.ContainsFunc(made, func(m madeBundle) bool { return m.Name == name }) {
		return "", fmt.Errorf("“%s/”里没有 %s", bundleFolder, name)
	}
	return filepath.Join(r.work.dir, bundleFolder, name), nil
}

// resealBundle takes back documents that were polished, or a bundle in which they
// were, and makes papers and lists anew.
func resealBundle(r *request) (answer, error) {
	l, err := r.fresh()
	if err != nil {
		return nil, err
	}
	from, err := r.bundleNamed(r.value("name"))
	if err != nil {
		return nil, err
	}
	scratch, err := os.MkdirTemp("", "wangjian-reseal-")
	if err != nil {
		return nil, cause.Failed("新建", os.TempDir(), err)
	}
	var given []string
	for _, head := range r.MultipartForm.File["files"] {
		name, err := saveUpload(scratch, head)
		if err != nil {
			os.RemoveAll(scratch)
			return nil, err
		}
		if strings.EqualFold(path.Ext(name), ".zip") {
			from = name
		} else {
			given = append(given, name)
		}
	}
	if len(given) == 0 && filepath.Dir(from) != scratch {
		os.RemoveAll(scratch)
		return nil, errors.New("没有选文件：选改好的 docx（或由它另存的 PDF），或改过的整个 zip")
	}
	return r.reseal(l, from, given, scratch), nil
}

func (r *request) reseal(l *project.Loaded, from string, given []string, scratch string) long {
	w, name := r.work, r.bundleName(l, "_已改")
	return long{"重做报送材料", func(ctx context.Context, p *progress) (answer, error) {
		defer os.RemoveAll(scratch)
		p.say(0, 0, "正在检查改过的文件，重做 PDF 和清单")
		again := publish.Reseal{
			Bundle: publish.Bundle{Target: filepath.Join(w.dir, bundleFolder, name), Campaign: w.dir},
			From:   from, Given: given, Paper: publish.PaperOf, Check: l.CheckDocument,
		}
		done, err := again.Write(ctx, l.Whole)
		if err != nil {
			return nil, errors.New(onScreen(strings.ReplaceAll(cause.In(err), scratch+string(filepath.Separator), "")))
		}
		result := &bundleResult{Name: name, Words: "已重做，清单也重做了，可以报送。", Changed: done.Changed}
		for _, note := range done.Notes {
			result.Notes = append(result.Notes, onScreen(note))
		}
		w.keep("bundle", result)
		return goTo(address("bundle")), nil
	}}
}

// saveUpload saves a file that came in under its own name in a folder of its own.
func saveUpload(folder string, head *multipart.FileHeader) (string, error) {
	name := path.Base("/" + strings.ReplaceAll(head.Filename, `\`, "/"))
	if why := campaign.NameFault(name); why != "" || name == "/" {
		return "", fmt.Errorf("文件名“%s”不能用：%s", name, cmp.Or(why, "没有名字"))
	}
	if head.Size > intake.MaxFile {
		return "", fmt.Errorf("%s 太大", name)
	}
	in, err := head.Open()
	if err != nil {
		return "", cause.Failed("读", name, err)
	}
	defer in.Close()
	target := filepath.Join(folder, name)
	out, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", fmt.Errorf("有两个文件都叫 %s，或写不进去：%s", name, cause.Of(err))
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, out.Close()); err != nil {
		return "", cause.Failed("写", name, err)
	}
	return target, nil
}

// stamp is when a file was written last, and its size.
type stamp struct {
	time.Time
	size int64
}

func modified(e fs.DirEntry) stamp {
	info, err := e.Info()
	if err != nil {
		return stamp{}
	}
	return stamp{info.ModTime(), info.Size()}
}
