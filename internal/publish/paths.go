package publish

import (
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// SumsFile is the file that a whole site ends with.
const SumsFile = "SHA256SUMS"

// checkPaths refuses a list of files that would not be the same site on every
// disk: unsafe names, one path twice, paths that differ in case only, a file
// where another needs a folder.
func checkPaths(files []release.File) error {
	seen := map[string]string{campaign.FoldedName(SumsFile): SumsFile}
	folders := map[string]string{}
	for _, f := range files {
		if err := checkPath(f.Path); err != nil {
			return err
		}
		if other, ok := seen[campaign.FoldedName(f.Path)]; ok {
			if other == f.Path {
				return fmt.Errorf("两个文件都要写到 %s", f.Path)
			}
			return fmt.Errorf("%s 与 %s 只有大小写或写法不同，在有的磁盘上是同一个文件", f.Path, other)
		}
		seen[campaign.FoldedName(f.Path)] = f.Path
		for dir := path.Dir(f.Path); dir != "."; dir = path.Dir(dir) {
			if other, ok := folders[campaign.FoldedName(dir)]; ok && other != dir {
				return fmt.Errorf("文件夹 %s 与 %s 只有大小写或写法不同，在有的磁盘上是同一个文件夹", dir, other)
			}
			folders[campaign.FoldedName(dir)] = dir
		}
	}
	for _, f := range files {
		if dir, ok := folders[campaign.FoldedName(f.Path)]; ok {
			return fmt.Errorf("%s 是文件，而别的文件要放在文件夹 %s 里", f.Path, dir)
		}
	}
	return nil
}

// checkPath refuses a path that leaves the site or that Windows cannot hold.
func checkPath(p string) error {
	bad := func(why string) error { return fmt.Errorf("不能写到路径“%s”：%s", p, why) }
	switch {
	case p == "":
		return bad("路径是空的")
	case !utf8.ValidString(p):
		return bad("不是 UTF-8")
	case strings.HasPrefix(p, "/"):
		return bad("必须是相对路径")
	}
	for _, segment := range strings.Split(p, "/") {
		switch {
		case segment == "":
			return bad("有空的一级")
		case segment == "." || segment == "..":
			return bad("不能含 . 或 ..")
		}
		if why := campaign.NameFault(segment); why != "" {
			return bad(why)
		}
	}
	return nil
}
