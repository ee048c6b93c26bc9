package publish

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"wangjian/internal/cause"
	"wangjian/internal/disk"
	"wangjian/internal/intake"
	"wangjian/internal/release"
)

// Reseal takes back a bundle whose Word documents were polished: in the zip file,
// or given beside it. Nothing else of it may have changed. Their papers are made
// anew and the lists with them, so that the bundle can be verified again.
type Reseal struct {
	Bundle  Bundle   // where it goes
	Replace bool     // what is there
	From    string   // the bundle as it was
	Given   []string // documents and papers from outside, by the names that they have in it
	// Check looks at a document that was changed: what is to be looked at, or why it
	// must not go out.
	Check func(name string, data []byte) (doubts []string, err error)
	// Paper makes the PDF of a document; it returns [ErrNoOffice] where nothing here
	// can.
	Paper func(ctx context.Context, docx []byte) ([]byte, error)
}

// Resealed is what became of a bundle.
type Resealed struct {
	Changed []string // documents and papers that are new
	Notes   []string // Chinese: what a person has to look at
}

// bundled is a bundle as it came back.
type bundled struct {
	names   []string // in their order, without the lists
	files   map[string]*zip.File
	fresh   map[string][]byte            // what is other than in the zip file
	listed  map[string][sha256.Size]byte // by the list for programs
	what    map[string]string            // by the list for people
	edition time.Time
}

// Write reads, checks and writes the bundle.
func (r Reseal) Write(ctx context.Context, v *release.View) (*Resealed, error) {
	out := Deliverable{Path: r.Bundle.Target, Campaign: r.Bundle.Campaign, Office: "报送材料", Replace: r.Replace}
	if err := r.Bundle.checkName(); err != nil {
		return nil, err
	}
	target, err := out.place()
	if err != nil {
		return nil, err
	}
	if _, err := os.Lstat(target); err == nil && !r.Replace {
		return nil, fmt.Errorf("已经有 %s：用 -o 换一个名称，或加 --replace 替换它", target)
	}
	z, err := zip.OpenReader(r.From)
	if err != nil {
		return nil, cause.Failed("打开", r.From, err)
	}
	defer z.Close()
	b, err := readBundle(&z.Reader)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", r.From, err)
	}
	if err := b.changes(); err != nil {
		return nil, fmt.Errorf("%s：%w", r.From, err)
	}
	if err := b.take(r.Given); err != nil {
		return nil, err
	}
	done := &Resealed{}
	if err := r.renew(ctx, b, done); err != nil {
		return nil, err
	}
	write := func(w io.Writer) error { return b.write(w, v) }
	return done, disk.WriteFileAfter(target, write, z.Close) // Windows replaces no file that is open
}

// readBundle lists a bundle's files and reads its lists.
func readBundle(z *zip.Reader) (*bundled, error) {
	b := &bundled{files: map[string]*zip.File{}, fresh: map[string][]byte{}, what: map[string]string{}}
	folder := folderOf(z)
	for _, f := range z.File {
		name := strings.TrimPrefix(intake.NameIn(f), folder)
		if strings.HasSuffix(f.Name, "/") || strings.HasSuffix(f.Name, `\`) || intake.IsLitter(name) || strings.HasPrefix(path.Base(name), "~$") {
			continue
		}
		if b.files[name] != nil {
			return nil, fmt.Errorf("里面有两个 %s", name)
		}
		b.files[name] = f
		if name != listText && name != listSheet {
			b.names = append(b.names, name)
		}
	}
	text, err := b.read(listText)
	if err != nil {
		return nil, errors.New("里面没有 清单.txt，不是 wangjian bundle 生成的")
	}
	listed, ours := parseSums(text)
	if !ours {
		return nil, errors.New("里面的 清单.txt 改动过：用原来的那一份")
	}
	b.listed, b.edition = listed, b.files[listText].Modified
	b.readWhat()
	return b, nil
}

// folderOf is the folder, with a slash, into which a person packed all of a bundle
// again; "" for none.
func folderOf(z *zip.Reader) string {
	for _, f := range z.File {
		if name := intake.NameIn(f); path.Base(name) == listText && strings.Count(name, "/") == 1 {
			return path.Dir(name) + "/"
		}
	}
	return ""
}

// readWhat reads what each file is from the list for people, as far as it is
// there.
func (b *bundled) readWhat() {
	raw, err := b.read(listSheet)
	if err != nil {
		return
	}
	list, err := intake.Read(listSheet, raw)
	if err != nil {
		return
	}
	for _, p := range list.Pieces {
		if len(p.Cells) > 2 {
			b.what[p.Cells[1]] = p.Cells[2]
		}
	}
}

// read returns a file as it is now, within the bounds of a document.
func (b *bundled) read(name string) ([]byte, error) {
	if data, ok := b.fresh[name]; ok {
		return data, nil
	}
	f := b.files[name]
	if f == nil {
		return nil, fmt.Errorf("里面没有 %s", name)
	}
	if f.UncompressedSize64 > intake.MaxFile {
		return nil, fmt.Errorf("%s 大得不正常", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, cause.Failed("读", name, err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, cause.Failed("读", name, err)
	}
	return data, nil
}

// changes finds the documents that were changed in the zip file. Anything else
// that is other than in its list is refused.
func (b *bundled) changes() error {
	var wrong []string
	for name := range b.listed {
		if b.files[name] == nil {
			wrong = append(wrong, name+" 不见了")
		}
	}
	var papers []string
	for _, name := range b.names {
		sum, err := b.sum(name)
		if err != nil {
			return err
		}
		was, known := b.listed[name]
		switch {
		case !known:
			wrong = append(wrong, name+" 是后来放进去的")
		case sum == was:
		case isDocument(name):
			if b.fresh[name], err = b.read(name); err != nil {
				return err
			}
		case isPaper(name):
			papers = append(papers, name)
		default:
			wrong = append(wrong, name+" 改动过")
		}
	}
	for _, name := range papers {
		if b.fresh[documentOf(name)] == nil {
			wrong = append(wrong, name+" 改动过，同名的 docx 却没有改")
			continue
		}
		data, err := b.read(name)
		if err != nil {
			return err
		}
		b.fresh[name] = data
	}
	if len(wrong) > 0 {
		slices.Sort(wrong)
		return fmt.Errorf("只有 docx 可以改，而 %s：数字和案例在活动里改，再用 bundle 生成", list(wrong))
	}
	return nil
}

func (b *bundled) sum(name string) (sum [sha256.Size]byte, err error) {
	r, err := b.files[name].Open()
	if err != nil {
		return sum, cause.Failed("读", name, err)
	}
	defer r.Close()
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return sum, cause.Failed("读", name, err)
	}
	return [sha256.Size]byte(h.Sum(nil)), nil
}

func isDocument(name string) bool { return strings.EqualFold(path.Ext(name), ".docx") }
func isPaper(name string) bool    { return strings.EqualFold(path.Ext(name), ".pdf") }

func documentOf(paper string) string { return strings.TrimSuffix(paper, path.Ext(paper)) + ".docx" }
func paperOf(document string) string {
	return strings.TrimSuffix(document, path.Ext(document)) + ".pdf"
}
func stem(name string) string           { return strings.TrimSuffix(path.Base(name), path.Ext(name)) }
func (b *bundled) has(name string) bool { return b.files[name] != nil }

// take puts given files in the place of those that they are named after.
func (b *bundled) take(given []string) error {
	for _, file := range given {
		place, err := b.placeOf(filepath.ToSlash(file))
		if err != nil {
			return err
		}
		info, err := os.Stat(file)
		if err != nil {
			return cause.Failed("读", file, err)
		}
		if !info.Mode().IsRegular() || info.Size() > intake.MaxFile {
			return fmt.Errorf("%s 不是文件，或大得不正常", file)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return cause.Failed("读", file, err)
		}
		if isPaper(place) && intake.Sniff(data) != intake.PDF {
			return fmt.Errorf("%s 不是 PDF", file)
		}
		b.fresh[place] = data
	}
	return nil
}

// placeOf is the document or paper of the bundle that a file is meant for: the one
// whose name its own name is or begins with, the longest of them.
func (b *bundled) placeOf(file string) (string, error) {
	if !isDocument(file) && !isPaper(file) {
		return "", fmt.Errorf("%s 不是 docx，也不是 PDF", file)
	}
	var best string
	var documents []string
	for _, name := range b.names {
		if !isDocument(name) {
			continue
		}
		documents = append(documents, name)
		if strings.HasPrefix(stem(file), stem(name)) && len(stem(name)) > len(stem(best)) {
			best = name
		}
	}
	if best == "" {
		return "", fmt.Errorf("看不出 %s 是里面的哪一个：文件名要以它的名称开头，如 %s", file, list(documents))
	}
	if isPaper(file) {
		return paperOf(best), nil
	}
	return best, nil
}

// renew checks the changed documents and makes their papers anew.
func (r Reseal) renew(ctx context.Context, b *bundled, done *Resealed) error {
	for _, name := range slices.Clone(b.names) {
		paper := paperOf(name)
		if !isDocument(name) {
			continue
		}
		data, changed := b.fresh[name]
		if changed {
			doubts, err := r.Check(name, data)
			if err != nil {
				return err
			}
			for _, doubt := range doubts {
				done.Notes = append(done.Notes, name+"："+doubt)
			}
			done.Changed = append(done.Changed, name)
			if err := r.renewPaper(ctx, b, name, done); err != nil {
				return err
			}
		}
		if b.fresh[paper] != nil {
			done.Changed = append(done.Changed, paper)
			if !b.has(paper) {
				b.names = slices.Insert(b.names, slices.Index(b.names, name), paper)
			}
		}
	}
	if len(done.Changed) == 0 {
		return errors.New("没有改过的 docx：在 zip 里改，或用 --docx 写明改好的文件")
	}
	if book := "总结报告（合订本）.pdf"; b.has(book) {
		done.Notes = append(done.Notes, book+" 里的总结没有跟着改")
	}
	return nil
}

// renewPaper makes the paper of a changed document, and leaves out one that is of
// the old text.
func (r Reseal) renewPaper(ctx context.Context, b *bundled, name string, done *Resealed) error {
	paper := paperOf(name)
	if b.fresh[paper] != nil {
		return nil // the person made it
	}
	made, err := r.Paper(ctx, b.fresh[name])
	if err == nil {
		b.fresh[paper] = made
		return nil
	}
	if ctx.Err() != nil {
		return ErrStopped
	}
	why := "转换没有成功"
	if errors.Is(err, ErrNoOffice) {
		why = "这台电脑没有装 LibreOffice，不能从改过的 docx 生成 PDF"
	}
	b.names = slices.DeleteFunc(b.names, func(n string) bool { return n == paper })
	done.Notes = append(done.Notes, fmt.Sprintf("%s：原来的 PDF 与改过的不再一致，没有放进去（%s）。在 Word 或 WPS 里把它另存为 PDF，再运行一次，加上 --docx 这个 PDF 文件", paper, why))
	return nil
}

// write writes the bundle with its lists.
func (b *bundled) write(w io.Writer, v *release.View) error {
	p := bundling{Writer: zip.NewWriter(w), day: b.edition}
	for _, name := range b.names {
		what := b.what[name]
		if what == "" {
			what = strings.TrimSuffix(b.what[documentOf(name)], "（可编辑）")
		}
		if data, ok := b.fresh[name]; ok {
			if err := p.add(name, what, bytes.NewReader(data)); err != nil {
				return err
			}
			continue
		}
		r, err := b.files[name].Open()
		if err != nil {
			return cause.Failed("读", name, err)
		}
		err = p.add(name, what, r)
		r.Close()
		if err != nil {
			return err
		}
	}
	return p.end(v)
}
