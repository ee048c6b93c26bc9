package publish

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"wangjian/internal/cache"
	"wangjian/internal/cause"
	"wangjian/internal/release"
)

// The texts that an upload package ends with.
const (
	removedText = "删除清单.txt"
	uploadText  = "上传说明.txt"
)

// Upload is a zip file of what has changed since the upload package before, to be
// taken up to a platform by hand: the files under their paths of the site, with
// the whole site's SHA256SUMS, a list of what is to be deleted there, and what to
// do with it all.
type Upload struct {
	Target   string
	Campaign string // the campaign's folder
	Full     bool   // every file, whatever was delivered before
	// Progress, when there is one, is told how many files have been rendered.
	Progress func(files int)

	sums    []byte // SHA256SUMS of the site
	packed  map[string][sha256.Size]byte
	removed []string
	whole   bool // nothing is known of a package before
}

// delivered keeps the SHA256SUMS of the package before. It may be lost: the next
// package is then whole.
func (u *Upload) delivered() *cache.Folder { return cache.NewFolder(u.Campaign, "uploads", 1) }

const lastUpload = "zip"

// Whole reports whether the package has every file, since nothing was known of one
// before.
func (u *Upload) Whole() bool { return u.whole }

// Removed lists what is to be deleted on the platform.
func (u *Upload) Removed() []string { return u.removed }

// Publish renders the files into the package. Where nothing is to be uploaded or
// deleted, none is written.
func (u *Upload) Publish(ctx context.Context, files []release.File) (Result, error) {
	if !strings.EqualFold(path.Ext(u.Target), ".zip") {
		return Result{}, fmt.Errorf("上传包是一个 zip 文件，%s 的末尾要是 .zip", u.Target)
	}
	if n := slices.IndexFunc(files, func(f release.File) bool { return !f.IsPublic() }); n >= 0 {
		return Result{}, fmt.Errorf("%s 不是为公众制作的，不能放进上传包", files[n].Path)
	}
	if len(files) == 0 {
		return Result{}, errors.New("没有可以发布的文件")
	}
	before := map[string][sha256.Size]byte{}
	if raw, ok := u.delivered().Get(lastUpload); ok {
		before, _ = parseSums(raw)
	}
	u.whole = len(before) == 0
	to := &packing{before: before, sums: map[string][sha256.Size]byte{}, full: u.Full, progress: u.Progress}
	defer to.clean()
	err := Deliverable{Path: u.Target, Campaign: u.Campaign}.Write(func(w io.Writer) error {
		to.zip, to.day = zip.NewWriter(w), files[0].View().Date().Midnight()
		if _, err := render(ctx, files, to, 1, nil); err != nil { // in order, for a zip is written in order
			return err
		}
		return u.finish(to)
	})
	if err != nil && !errors.Is(err, errNothing) {
		return Result{}, err
	}
	return Result{Target: u.Target, Files: len(files), Changed: len(u.packed), Removed: len(u.removed)}, nil
}

// errNothing ends the writing of a package in which nothing would be.
var errNothing = errors.New("nothing to deliver")

// finish adds the lists to the package.
func (u *Upload) finish(to *packing) error {
	u.sums, u.packed, u.removed = to.list, to.packed, nil
	for _, p := range slices.Sorted(maps.Keys(to.before)) {
		if _, stays := to.sums[p]; !stays {
			u.removed = append(u.removed, p)
		}
	}
	if len(to.packed) == 0 && len(u.removed) == 0 {
		return errNothing
	}
	if err := to.pack(SumsFile, to.list); err != nil {
		return err
	}
	if err := to.pack(removedText, []byte(lines(u.removed))); err != nil {
		return err
	}
	if err := to.pack(uploadText, []byte(u.instructions(len(to.packed), len(to.sums)))); err != nil {
		return err
	}
	return to.zip.Close()
}

// lines writes a list for Notepad.
func lines(list []string) string {
	var b strings.Builder
	for _, l := range list {
		b.WriteString(l + "\r\n")
	}
	return b.String()
}

// instructions says to a clerk what to do with the package.
func (u *Upload) instructions(changed, all int) string {
	what := fmt.Sprintf("这个包里是上一个上传包以后新的和改过的 %d 个文件（整个网站有 %d 个）。", changed, all)
	if u.whole || u.Full {
		what = fmt.Sprintf("这个包里是整个网站，%d 个文件。", changed)
	}
	return lines([]string{
		"上传说明", "", what, "",
		"1. 把包解开。“" + uploadText + "”和“" + removedText + "”是给您看的，不要上传。",
		"2. 其余的文件按原来的文件夹和文件名上传到网站的栏目下，同名的覆盖；最后传 " + SumsFile + "。",
		fmt.Sprintf("3. 按“%s”删去网站上的 %d 个文件；清单是空的就不用删。", removedText, len(u.removed)),
		"4. 传完以后运行：wangjian verify 网站的网址，逐个文件核对公众看到的是不是这一版。", "",
		"没有传完、传错了，或者不知道网站上是哪一版的，用 wangjian publish --zip 文件 --full 重新出一个整包。",
	})
}

// Verify compares the package with the files rendered again.
func (u *Upload) Verify(files []release.File) ([]Difference, error) {
	again := &packing{sums: map[string][sha256.Size]byte{}}
	defer again.clean()
	if _, err := Render(files, again, 1); err != nil {
		return nil, err
	}
	if !bytes.Equal(again.list, u.sums) {
		return []Difference{{SumsFile, "与重新生成的不同"}}, nil
	}
	if len(u.packed) == 0 {
		return nil, nil
	}
	z, err := zip.OpenReader(u.Target)
	if err != nil {
		return nil, cause.Failed("打开", u.Target, err)
	}
	defer z.Close()
	missing := maps.Clone(u.packed)
	var wrong []Difference
	for _, f := range z.File {
		want, ok := u.packed[f.Name]
		if !ok {
			continue
		}
		delete(missing, f.Name)
		content, err := f.Open()
		if err != nil {
			return nil, cause.Failed("读", f.Name, err)
		}
		if got, err := hashOf(content); err != nil || got != want {
			wrong = append(wrong, Difference{f.Name, "包里的与生成的不同"})
		}
		content.Close()
	}
	for p := range missing {
		wrong = append(wrong, Difference{p, "包里没有"})
	}
	return sorted(wrong), nil
}

// Recorded remembers what was delivered, for the next package.
func (u *Upload) Recorded() { u.delivered().Put(lastUpload, u.sums) }

// packing is the sink that writes what is another than before into a zip file. It
// is called for one file after the other.
type packing struct {
	zip      *zip.Writer // nil to reckon the sums alone
	day      time.Time
	full     bool
	before   map[string][sha256.Size]byte
	sums     map[string][sha256.Size]byte // of all files
	packed   map[string][sha256.Size]byte // of those in the package
	list     []byte                       // SHA256SUMS
	drafts   []string
	progress func(files int)
}

// Put packs a file.
func (p *packing) Put(sum Sum, content []byte) error {
	if sum.Path == SumsFile {
		p.list = bytes.Clone(content)
		return nil
	}
	if !p.changed(sum) {
		return nil
	}
	return p.pack(sum.Path, content)
}

// changed notes a file's sum and reports whether it goes into the package.
func (p *packing) changed(sum Sum) bool {
	p.sums[sum.Path] = sum.SHA256
	if p.progress != nil {
		p.progress(len(p.sums))
	}
	if was, ok := p.before[sum.Path]; p.zip == nil || ok && was == sum.SHA256 && !p.full {
		return false
	}
	if p.packed == nil {
		p.packed = map[string][sha256.Size]byte{}
	}
	p.packed[sum.Path] = sum.SHA256
	return true
}

func (p *packing) pack(name string, content []byte) error {
	w, err := p.entry(name)
	if err == nil {
		_, err = w.Write(content)
	}
	return err
}

// entry starts a file of the package; what is packed already is stored.
func (p *packing) entry(name string) (io.Writer, error) {
	method := zip.Deflate
	if slices.Contains([]string{".pdf", ".ofd", ".png", ".jpg", ".xlsx", ".mp4", ".zip"}, path.Ext(name)) {
		method = zip.Store
	}
	return p.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: p.day})
}

// Create starts a large file: whether it has changed is known at its end.
func (p *packing) Create(name string) (Draft, error) {
	f, err := os.CreateTemp("", "wangjian-")
	if err != nil {
		return nil, cause.Failed("写", name, err)
	}
	p.drafts = append(p.drafts, f.Name())
	return &packedDraft{to: p, path: name, File: f}, nil
}

// clean deletes the drafts of large files.
func (p *packing) clean() {
	for _, name := range p.drafts {
		os.Remove(name)
	}
}

// packedDraft is a large file on its way into the package.
type packedDraft struct {
	*os.File
	to   *packing
	path string
}

func (d *packedDraft) Done(sum Sum) error {
	if !d.to.changed(sum) {
		return nil
	}
	f, err := os.Open(d.Name())
	if err != nil {
		return cause.Failed("读", d.path, err)
	}
	defer f.Close()
	w, err := d.to.entry(d.path)
	if err == nil {
		_, err = io.Copy(w, f)
	}
	return err
}
