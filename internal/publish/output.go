package publish

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wangjian/internal/cause"
	"wangjian/internal/disk"
	"wangjian/internal/release"
)

// Deliverable is a file that a command writes for a person, beside the site.
type Deliverable struct {
	Path     string
	Campaign string // the campaign's folder
	Office   string // Chinese: what it is, where it shows what is not public
	Replace  bool   // whatever is there may be replaced
	Folder   bool   // its folder is made where it is not there
}

// Write writes the file whole or not at all, where it harms nothing.
func (d Deliverable) Write(write func(io.Writer) error) error {
	target, err := d.place()
	if err != nil {
		return err
	}
	return disk.WriteFile(target, write)
}

// Prepare fails where the file must not be written, and makes its folder otherwise.
func (d Deliverable) Prepare() error {
	_, err := d.place()
	return err
}

// place returns where the file goes, symbolic links followed. It refuses the
// campaign's own files, a site, and what this program did not make.
func (d Deliverable) place() (string, error) {
	root, err := resolve(d.Campaign)
	if err != nil {
		return "", err
	}
	folder, err := resolve(filepath.Dir(d.Path))
	if err != nil {
		return "", err
	}
	target := filepath.Join(folder, filepath.Base(d.Path))
	if err := d.checkFolder(root, folder, target); err != nil {
		return "", err
	}
	if d.Folder {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return "", cause.Failed("建立文件夹", folder, err)
		}
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return "", fmt.Errorf("没有文件夹 %s", folder)
	}
	info, err := os.Lstat(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return target, nil
	case err != nil:
		return "", cause.Failed("查看", target, err)
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("%s 不是普通文件，不能替换", target)
	case !d.Replace && !isOurs(target):
		return "", fmt.Errorf("%s 不是本程序生成的，或者生成以后改过，没有动它：换一个文件名，或先把它移走", target)
	}
	return target, nil
}

// checkFolder refuses a folder whose files are read or published.
func (d Deliverable) checkFolder(root, folder, target string) error {
	why := "那里是专项行动自己的文件"
	if d.Office != "" {
		why = d.Office + "含有不公开的内容"
	}
	for _, own := range ownFolders {
		if contains(filepath.Join(root, own), folder) || named(root, own, target) {
			return fmt.Errorf("%s，不能放进 %s：请放在别的文件夹", why, filepath.Join(root, own))
		}
	}
	if site := filepath.Join(root, "public"); d.Office != "" && (contains(site, folder) || named(root, "public", target)) {
		return fmt.Errorf("%s，不能放进 %s：请放在别的文件夹", why, site)
	}
	for dir := folder; ; dir = filepath.Dir(dir) {
		raw, err := os.ReadFile(filepath.Join(dir, SumsFile))
		if _, ours := parseSums(raw); err == nil && ours {
			if d.Office == "" {
				why = "网站里只有生成网站时写的文件"
			}
			return fmt.Errorf("%s，不能放进公开的网站 %s：请放在别的文件夹", why, dir)
		}
		if _, err := os.Lstat(filepath.Join(dir, "..", "data", "campaign.yaml")); err == nil && slices.Contains(ownFolders, filepath.Base(dir)) {
			return fmt.Errorf("%s，不能放进 %s：那是一个专项行动的资料", why, dir)
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
	}
}

// isOurs reports whether a file is as this program has written it: what an office
// program has saved since says so itself.
func isOurs(name string) bool {
	raw, err := os.ReadFile(name)
	if err != nil {
		return false
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".pdf":
		return bytes.Contains(raw, []byte("<xmp:CreatorTool>wangjian</xmp:CreatorTool>"))
	case ".ofd":
		return bytes.Contains(raw, []byte("<ofd:Creator>wangjian</ofd:Creator>"))
	case ".html", ".htm":
		head, _, _ := bytes.Cut(raw, []byte("</title>"))
		return bytes.HasPrefix(raw, []byte("<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n")) && slices.ContainsFunc([]string{"（公众号）", "（门户网站编辑器）"}, func(use string) bool { return bytes.HasSuffix(head, []byte(use)) })
	case ".ics":
		return bytes.HasPrefix(raw, []byte(release.CalendarHead))
	case ".json":
		return bytes.HasPrefix(raw, []byte("{\n \"$schema\": \"http://json-schema.org/draft-07/schema#\",\n"))
	}
	return isOurZip(raw)
}

// isOurZip reports whether a file is an upload package of this program, or a bundle
// in which nothing was changed.
func isOurZip(raw []byte) bool {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return false
	}
	if n := len(z.File); n > 1 && z.File[n-2].Name == removedText && z.File[n-1].Name == uploadText {
		return true
	}
	bundle, err := readBundle(z)
	return err == nil && bundle.changes() == nil && len(bundle.fresh) == 0
}
