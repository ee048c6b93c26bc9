package publish

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"wangjian/internal/cause"
)

// ErrNoOffice tells that no office program is there.
var ErrNoOffice = errors.New("没有找到 LibreOffice")

// officePlaces are where LibreOffice is where the system does not find it by its
// name.
var officePlaces = []string{
	`C:\Program Files\LibreOffice\program\soffice.exe`, `C:\Program Files (x86)\LibreOffice\program\soffice.exe`,
	"/Applications/LibreOffice.app/Contents/MacOS/soffice", "/opt/libreoffice*/program/soffice",
}

// office returns the path of LibreOffice; "" where it is not.
func office() string {
	for _, name := range []string{"soffice", "libreoffice"} {
		if file, err := exec.LookPath(name); err == nil {
			return file
		}
	}
	for _, place := range officePlaces {
		if found, _ := filepath.Glob(place); len(found) > 0 {
			return found[len(found)-1]
		}
	}
	return ""
}

// longestConversion is more than LibreOffice takes on an old computer.
const longestConversion = 3 * time.Minute

// PaperOf makes the PDF of a Word document by LibreOffice, with a profile of its own
// so that nothing of the person's takes part. It returns [ErrNoOffice] where it is
// not installed.
func PaperOf(ctx context.Context, docx []byte) ([]byte, error) {
	program := office()
	if program == "" {
		return nil, ErrNoOffice
	}
	dir, err := os.MkdirTemp("", "wangjian-docx-")
	if err != nil {
		return nil, cause.Failed("新建", os.TempDir(), err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "document.docx")
	if err := os.WriteFile(file, docx, 0o600); err != nil {
		return nil, cause.Failed("写", file, err)
	}
	ctx, stop := context.WithTimeout(ctx, longestConversion)
	defer stop()
	profile := "file://" + filepath.ToSlash(filepath.Join(dir, "profile"))
	if filepath.VolumeName(dir) != "" {
		profile = "file:///" + filepath.ToSlash(filepath.Join(dir, "profile"))
	}
	cmd := exec.CommandContext(ctx, program, "--headless", "--norestore", "-env:UserInstallation="+profile, "--convert-to", "pdf", "--outdir", dir, file)
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil {
		return nil, errors.New("LibreOffice：" + cause.Of(err))
	}
	made, err := os.ReadFile(filepath.Join(dir, "document.pdf"))
	if err != nil {
		return nil, cause.Failed("读", "document.pdf", err)
	}
	if !bytes.HasPrefix(made, []byte("%PDF-")) {
		return nil, errors.New("LibreOffice 生成的不是 PDF")
	}
	return made, nil
}
