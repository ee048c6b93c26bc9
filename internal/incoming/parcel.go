package incoming

import (
	"path"
	"path/filepath"
	"strings"

	"wangjian/internal/intake"
)

// parcels are the endings of what brings other files, closed those of what does and
// cannot be opened, with what to do instead.
var (
	parcels = []string{".zip", ".eml"}
	closed  = map[string]instead{
		".rar": unpackFirst, ".7z": unpackFirst, ".tar": unpackFirst, ".gz": unpackFirst, ".tgz": unpackFirst,
		".msg": saveAsMail, ".mht": saveAsMail,
	}
)

// instead is what to do instead of importing a file, and what its sender can do.
type instead struct{ words, hint string }

var (
	unpackFirst = instead{"先解压，再导入解压出来的文件夹", "请改用 zip 压缩，或不压缩直接发来"}
	saveAsMail  = instead{"在邮件程序里另存为 .eml 再导入", "请在邮件程序里另存为 .eml，或直接发附件"}
)

// What a sender can do about what cannot be opened.
const (
	sendAgain = "请重新发送，不加密码"
	smaller   = "请压缩照片、录像以后重发；多个文件分开发"
)

// MaxParcel bounds a mail or an archive, and whatever a browser sends.
const MaxParcel = 96 << 20

// isClosed refuses what brings other files and cannot be opened.
func (f *File) isClosed() bool {
	ext := strings.ToLower(filepath.Ext(f.Sender))
	instead, is := closed[ext]
	if is {
		f.Refuse("打不开 %s：%s 文件%s", f.Name, ext, instead.words)
		f.Hint = instead.hint
	}
	return is
}

// Add adds a file that a browser sent, or the files in it; folder are the folders
// around it.
func (b *Batch) Add(folder, name string, data []byte) []*File {
	before := len(b.List)
	f := &File{Name: path.Join(folder, name), Sender: name, Folder: folder, data: data}
	switch {
	case f.isClosed():
		b.take(f)
	case hasEnding(name, parcels):
		b.unpack(f, false)
	default:
		b.take(f)
	}
	return b.List[before:]
}

// Size is the number of bytes that a batch has in memory.
func (b *Batch) Size() (bytes int) {
	parcels := map[*File]bool{nil: true}
	for _, f := range b.List {
		if bytes += len(f.data); !parcels[f.Parcel] {
			parcels[f.Parcel] = true
			bytes += len(f.Parcel.data)
		}
	}
	return bytes
}

// IsFixed reports whether a file is refused whatever is said of it.
func (f *File) IsFixed() bool { return f.fixed }

func (b *Batch) take(f *File) {
	b.named++
	f.fixed = f.Err != nil
	b.List = append(b.List, f)
}

// AddLarge adds a file that is too large to be read, which is refused.
func (b *Batch) AddLarge(name string) []*File {
	f := &File{Name: name, Sender: name}
	f.Refuse("文件超过 %d MB，太大了", MaxParcel>>20)
	f.Hint = smaller
	b.take(f)
	return []*File{f}
}

// unpack adds the files in a mail or an archive, or itself where it cannot be opened
// or has none.
func (b *Batch) unpack(f *File, onlyNew bool) {
	data := f.read(MaxParcel)
	files, err := intake.Unpack(f.Sender, data)
	switch {
	case f.Err != nil:
	case err != nil:
		f.Refuse("打不开 %s：%w", f.Name, err)
		f.Hint = sendAgain
	case len(data) > MaxParcel:
		f.Refuse("打不开 %s：文件太大", f.Name)
		f.Hint = smaller
	}
	if f.Err != nil {
		b.take(f)
		return
	}
	count := 0
	for _, e := range files {
		within := b.partOf(f, e)
		if within == nil {
			continue
		}
		count++
		if within.Err != nil || !onlyNew || b.isNew(within) {
			b.take(within)
		}
	}
	if count == 0 && !onlyNew {
		if f.Told.Kind = Original; len(b.Endings) > 0 || len(files) == 0 {
			f.Refuse("%s 里没有可以导入的文件", f.Name)
			f.Hint = sendAgain
		}
		b.take(f)
	}
}

func (f *File) isMail() bool { return hasEnding(f.Sender, []string{".eml"}) }

// partOf returns a file in a mail or an archive; nil for one that is not to be
// imported.
func (b *Batch) partOf(f *File, e intake.Embedded) *File {
	words := strings.TrimSuffix(f.Sender, filepath.Ext(f.Sender))
	within := &File{Name: f.Name + "/" + e.Name, Sender: path.Base(e.Name), Folder: path.Dir(e.Name), Parcel: f, Sent: e.Sent, data: e.Data}
	switch ours := b.isOurs(e.Name); {
	case e.Err != nil && (ours || hasEnding(e.Name, parcels)):
		within.Refuse("没有导入 %s：%w", within.Name, e.Err)
		within.Why, within.Hint = e.Err.Error(), sendAgain
	case f.isMail() && (e.Name == words+".txt" || e.Name == words+".html"): // the mail's own words
		return nil
	case within.isClosed():
	case !ours:
		b.skip(within.Name)
		return nil
	}
	return within
}

// isOurs reports whether files of a name are taken.
func (b *Batch) isOurs(name string) bool { return len(b.Endings) == 0 || hasEnding(name, b.Endings) }
