package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/text/unicode/norm"

	"wangjian/internal/cache"
	"wangjian/internal/cause"
	"wangjian/internal/release"
)

// resolve returns the real place of a folder, symbolic links followed, that need
// not be there yet. A link itself stays; what it points to is replaced.
func resolve(folder string) (string, error) {
	if folder == "" {
		return "", errors.New("没有指定文件夹")
	}
	abs, err := filepath.Abs(folder)
	if err != nil {
		return "", cause.Failed("查找文件夹", folder, err)
	}
	missing := ""
	for dir := abs; ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) && dir != filepath.Dir(dir) {
			missing = filepath.Join(filepath.Base(dir), missing)
			continue
		}
		real, err := filepath.EvalSymlinks(dir)
		if err != nil {
			return "", cause.Failed("查找文件夹", dir, err)
		}
		return filepath.Join(real, missing), nil
	}
}

// ownFolders are the folders of a campaign into which nothing is published.
var ownFolders = []string{"data", "content", "layouts", ".wangjian", ".git"}

// checkPlace refuses a target whose replacing would lose what somebody needs:
// a disk, a home, a campaign or a part of one.
func checkPlace(target, root string) error {
	if filepath.Dir(target) == target {
		return fmt.Errorf("不能发布到 %s：那是整个磁盘", target)
	}
	home, err := os.UserHomeDir()
	if err == nil && contains(target, home) {
		return fmt.Errorf("不能发布到 %s：那是用户的主文件夹或它的上级", target)
	}
	if contains(target, root) {
		return fmt.Errorf("不能发布到 %s：那是专项行动自己的文件夹或它的上级，请用其中的一个新文件夹，如 public", target)
	}
	for _, own := range ownFolders {
		if contains(filepath.Join(root, own), target) || named(root, own, target) {
			return fmt.Errorf("不能发布到 %s：%s 里是专项行动自己的文件", target, own)
		}
	}
	for _, sign := range []string{"content", "data/campaign.yaml"} {
		if _, err := os.Lstat(filepath.Join(target, sign)); err == nil {
			return fmt.Errorf("不能发布到 %s：那里有 %s，像是一个专项行动的资料", target, sign)
		}
	}
	return nil
}

// contains reports whether inner is the folder outer or lies in it, by what the disk
// says rather than by the spelling. Folders that are not there yet hold nothing.
func contains(outer, inner string) bool {
	o, err := os.Stat(outer)
	if err != nil {
		return false
	}
	for dir := inner; ; dir = filepath.Dir(dir) {
		if i, err := os.Stat(dir); err == nil && os.SameFile(o, i) {
			return true
		}
		if dir == filepath.Dir(dir) {
			return false
		}
	}
}

// named reports whether the target is, by its name, the folder own of root or in
// it, which need not be there.
func named(root, own, target string) bool {
	rel, err := filepath.Rel(root, target)
	if err != nil {
		return false
	}
	first, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
	return strings.EqualFold(first, own)
}

// inspect looks at what is to be replaced: the site of these files' campaign, an empty
// folder, or nothing. Anything else is not ours to throw away. What the last build has
// put there, and what lies in the campaign's own folder, is its own, whatever the
// campaign's name was.
func inspect(target, root string, last *Record, files []release.File) (*published, error) {
	info, err := os.Lstat(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &published{dir: target}, nil
	case err != nil:
		return nil, cause.Failed("查看", target, err)
	case !info.IsDir():
		return nil, fmt.Errorf("%s 是文件，不是文件夹", target)
	}
	old, err := lookAtSite(target, root, last)
	if err != nil {
		return nil, cause.Failed("查看", target, err)
	}
	raw, err := os.ReadFile(filepath.Join(target, SumsFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, cause.Failed("读", filepath.Join(target, SumsFile), err)
	}
	sums, ours := parseSums(raw)
	if strangers := notIn(old.files, sums); len(strangers) > 0 {
		what := "里有不是本程序生成的文件"
		if !ours {
			what = "不是本程序生成的网站，里面有文件"
		}
		return nil, fmt.Errorf("%s %s（%s），替换会丢掉它们：请把它们移走，或用 -o 换一个文件夹", target, what, list(strangers))
	}
	if _, same := old.output(SumsFile); same || !ours {
		return old, nil
	}
	name, err := nameIn(files)
	if err != nil {
		return nil, err
	}
	if name != "" && contains(root, target) {
		return old, nil
	}
	if was := nameAt(target); was != name {
		return nil, &OtherSite{target + " 里", was, "换一个文件夹（-o，或“发布”里的“文件夹”）；确定要换掉它的，先把这个文件夹移走或删去"}
	}
	return old, nil
}

// droppings are files that file managers leave behind by themselves.
var droppings = map[string]bool{".DS_Store": true, "Thumbs.db": true, "desktop.ini": true}

// notIn lists the files of a folder that its sums do not know.
func notIn[S any](files cache.Files, sums map[string]S) (strangers []string) {
	for _, f := range files {
		if f.Mark.IsFolder() || droppings[path.Base(f.Path)] {
			continue
		}
		known := f.Path == SumsFile && len(sums) > 0
		for _, spelled := range []string{f.Path, norm.NFC.String(f.Path)} {
			_, ok := sums[spelled]
			known = known || ok
		}
		if !known {
			strangers = append(strangers, f.Path)
		}
	}
	return strangers
}

// list names the first few.
func list(names []string) string {
	if len(names) <= 3 {
		return strings.Join(names, "、")
	}
	return fmt.Sprintf("%s 等 %d 个", strings.Join(names[:3], "、"), len(names))
}
