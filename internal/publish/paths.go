package publish

import (
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"wangjian/internal/release"
)

// SumsFile is the file that a whole site ends with.
const SumsFile = "SHA256SUMS"

// maxSegment is the longest file name, in bytes, that common disks take.
const maxSegment = 255

// checkPaths refuses a list of files that would not be the same site on every
// disk: unsafe names, one path twice, paths that differ in case only, a file
// where another needs a folder.
func checkPaths(files []release.File) error {
	seen := map[string]string{folded(SumsFile): SumsFile}
	folders := map[string]string{}
	for _, f := range files {
		if err := checkPath(f.Path); err != nil {
			return err
		}
		if other, ok := seen[folded(f.Path)]; ok {
			if other == f.Path {
				return fmt.Errorf("两个文件都要写到 %s", f.Path)
			}
			return fmt.Errorf("%s 与 %s 只有大小写或写法不同，在有的磁盘上是同一个文件", f.Path, other)
		}
		seen[folded(f.Path)] = f.Path
		for dir := path.Dir(f.Path); dir != "."; dir = path.Dir(dir) {
			if other, ok := folders[folded(dir)]; ok && other != dir {
				return fmt.Errorf("文件夹 %s 与 %s 只有大小写或写法不同，在有的磁盘上是同一个文件夹", dir, other)
			}
			folders[folded(dir)] = dir
		}
	}
	for _, f := range files {
		if dir, ok := folders[folded(f.Path)]; ok {
			return fmt.Errorf("%s 是文件，而别的文件要放在文件夹 %s 里", f.Path, dir)
		}
	}
	return nil
}

// folded gives what a path is to a disk that minds neither case nor the way in
// which a character is composed.
func folded(p string) string { return norm.NFC.String(cases.Fold().String(norm.NFC.String(p))) }

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
		case strings.ContainsAny(segment, `\:*?"<>|`):
			return bad(`不能含 \ : * ? " < > |`)
		case strings.ContainsFunc(segment, unicode.IsControl):
			return bad("不能含控制字符")
		case strings.HasSuffix(segment, ".") || strings.HasSuffix(segment, " "):
			return bad("一级的末尾不能是点或空格")
		case len(segment) > maxSegment:
			return bad(fmt.Sprintf("一级超过 %d 字节", maxSegment))
		case isDevice(segment):
			return bad("“" + segment + "”是 Windows 的设备名")
		}
	}
	return nil
}

// isDevice tells whether Windows takes the name for a device, with whatever
// extension.
func isDevice(segment string) bool {
	name, _, _ := strings.Cut(segment, ".")
	name = strings.ToUpper(strings.TrimRight(name, " "))
	switch name {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	for _, port := range []string{"COM", "LPT"} {
		if n, ok := strings.CutPrefix(name, port); ok && utf8.RuneCountInString(n) == 1 && strings.Contains("0123456789¹²³", n) {
			return true
		}
	}
	return false
}
