package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

const (
	version = "v0.0.0-test"
	root    = "../.."
)

var host = platform{runtime.GOOS, runtime.GOARCH}

// TestRelease builds the program for this computer in two checkouts, and reads the
// archive and the SBOM back.
func TestRelease(t *testing.T) {
	first := build(t, root)
	base := fmt.Sprintf("wangjian-%s-%s-%s", version, host.os, host.arch)
	names := []string{base + ".tar.gz", base + ".cdx.json"}
	if host.os == "windows" {
		names[0] = base + ".zip"
	}
	second := build(t, checkout(t))
	for _, name := range append(names, "SHA256SUMS") {
		if len(first[name]) == 0 || !bytes.Equal(first[name], second[name]) {
			t.Errorf("%s has %d bytes, and from another checkout others (%d)", name, len(first[name]), len(second[name]))
		}
	}
	if len(first) != len(names)+1 {
		t.Errorf("a release of one platform has %d files, not archive, SBOM and sums", len(first))
	}
	for _, name := range names {
		if line := fmt.Sprintf("%x  %s\n", sha256.Sum256(first[name]), name); !strings.Contains(string(first["SHA256SUMS"]), line) {
			t.Errorf("SHA256SUMS lacks %q", line)
		}
	}
	content := unpack(t, names[0], first[names[0]], base)
	info, err := buildinfo.Read(bytes.NewReader(content[host.program()]))
	if err != nil {
		t.Fatal(err)
	}
	checkLicences(t, content, info)
	checkSBOM(t, first[names[1]], info)
}

// TestStarters: what stands beside the program on macOS opens the desk, from any folder.
func TestStarters(t *testing.T) {
	if n := len(platform{"linux", "amd64"}.starters()) + len(platform{"windows", "amd64"}.starters()); n > 0 {
		t.Errorf("%d files that nobody needs", n)
	}
	dir := t.TempDir()
	for _, f := range append(platform{"darwin", "arm64"}.starters(), file{"wangjian", []byte("#!/bin/sh\necho \"$0 $*\"\n"), true}) {
		if err := os.WriteFile(filepath.Join(dir, f.name), f.data, f.mode()); err != nil {
			t.Fatal(err)
		}
	}
	starter := exec.Command(filepath.Join(dir, "网剑.command"))
	starter.Dir = "/"
	if said, err := starter.CombinedOutput(); err != nil || string(said) != "./wangjian desk\n" {
		t.Errorf("%v: %s", err, said)
	}
}

// build returns the release of root for this computer, by file name.
func build(t *testing.T, root string) map[string][]byte {
	out := t.TempDir()
	if err := (release{root, version, out, []platform{host}}).write(); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(out)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, e := range entries {
		files[e.Name()] = readFile(t, filepath.Join(out, e.Name()))
	}
	return files
}

// checkout copies to another folder what a release is built from.
func checkout(t *testing.T) string {
	to := filepath.Join(t.TempDir(), "another checkout")
	for _, dir := range []string{"cmd", "content", "data", "internal", "layouts", "tools/dist"} {
		if err := os.CopyFS(filepath.Join(to, dir), os.DirFS(filepath.Join(root, dir))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"LICENSE", "THIRD_PARTY.md", "go.mod", "go.sum"} {
		if err := os.WriteFile(filepath.Join(to, name), readFile(t, filepath.Join(root, name)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// checkLicences compares the licences of the archive with their sources, and finds
// one for every module of the program.
func checkLicences(t *testing.T, content map[string][]byte, info *buildinfo.BuildInfo) {
	for _, name := range []string{"LICENSE", "THIRD_PARTY.md"} {
		if !bytes.Equal(content[name], readFile(t, filepath.Join(root, name))) {
			t.Errorf("%s is not the repository's", name)
		}
	}
	for _, own := range []string{
		"layouts/fonts/licences/Fandol-GPL-with-font-exception.txt", "layouts/fonts/licences/NotoSerifSC-OFL.txt",
		"layouts/fonts/licences/NotoSansSC-OFL.txt", "layouts/fonts/licences/gkai00mp-ArphicPL.txt",
		"layouts/fonts/licences/HanaMin-copyright.txt", "layouts/fonts/licences/NotoSansYi-OFL.txt",
		"layouts/assets/echarts.LICENSE.txt", "layouts/assets/echarts.NOTICE.txt",
		"layouts/assets/echarts.LICENSE-d3.txt", "layouts/assets/echarts.LICENSE-zrender.txt",
		"internal/wording/pinyin.LICENSE.txt", "internal/wording/words.LICENSE.txt",
	} {
		if !bytes.Equal(content["licences/"+own], readFile(t, filepath.Join(root, own))) {
			t.Errorf("licences/%s is not the repository's", own)
		}
	}
	modules := []string{"go@" + info.GoVersion}
	for _, m := range info.Deps {
		modules = append(modules, m.Path+"@"+m.Version)
	}
	for _, m := range modules {
		found := false
		for name, data := range content {
			found = found || strings.HasPrefix(strings.ToUpper(name), strings.ToUpper("licences/"+m+"/LICEN")) && len(data) > 200
		}
		if !found {
			t.Errorf("the archive has no licence for %s", m)
		}
	}
}

// checkSBOM compares the components with the modules that the program names.
func checkSBOM(t *testing.T, sbom []byte, info *buildinfo.BuildInfo) {
	var bom struct {
		SerialNumber string
		Metadata     struct {
			Timestamp string
			Component struct{ Name, Version string }
		}
		Components []struct{ Name, Version string }
	}
	if err := json.Unmarshal(sbom, &bom); err != nil {
		t.Fatal(err)
	}
	if bom.SerialNumber != "" || bom.Metadata.Timestamp != "" {
		t.Errorf("the SBOM has the serial number %q and the time %q", bom.SerialNumber, bom.Metadata.Timestamp)
	}
	if c := bom.Metadata.Component; c.Name != "wangjian" || c.Version != version {
		t.Errorf("the SBOM is of %s %s", c.Name, c.Version)
	}
	named := map[string]bool{}
	for _, c := range bom.Components {
		named[c.Name+"@"+c.Version] = true
	}
	for _, m := range info.Deps {
		if !named[m.Path+"@"+m.Version] {
			t.Errorf("the SBOM lacks %s %s", m.Path, m.Version)
		}
	}
	if want := len(info.Deps) + 1; len(named) != want || !named["std@"+info.GoVersion] {
		t.Errorf("the SBOM names %d components, not %d: the modules and %s", len(named), want, info.GoVersion)
	}
}

// TestArchives: both formats return what was put in, in one folder, with the same
// time and mode whatever the disk has.
func TestArchives(t *testing.T) {
	files := []file{{name: "wangjian", data: []byte("program"), executable: true}, {name: "licences/a@v1/LICENSE", data: []byte("terms")}}
	for name, pack := range map[string]func(string, []file) ([]byte, error){"a.tar.gz": tarGz, "a.zip": zipped} {
		data, err := pack("folder", files)
		if err != nil {
			t.Fatal(err)
		}
		content := unpack(t, name, data, "folder")
		if len(content) != 2 || string(content["wangjian"]) != "program" || string(content["licences/a@v1/LICENSE"]) != "terms" {
			t.Errorf("%s has %q", name, content)
		}
	}
}

// TestRefusals: what cannot be released is refused before anything is built.
func TestRefusals(t *testing.T) {
	out := filepath.Join(t.TempDir(), "dist")
	for _, r := range []release{
		{root, "v1/../../x", out, []platform{host}},
		{root, "v1 -X main.a=b", out, []platform{host}},
		{root, "", out, []platform{host}},
		{root, version, out, nil},
	} {
		if err := r.write(); err == nil {
			t.Errorf("version %q for %v is released", r.version, r.platforms)
		}
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a refused release wrote its folder")
	}
	if _, err := moduleLicences(folder{"example.org/none@v1", t.TempDir()}); err == nil {
		t.Error("a module without a licence is released")
	}
}

// unpack returns the files of an archive by their names in its one folder.
func unpack(t *testing.T, name string, data []byte, folder string) map[string][]byte {
	read := untar
	if strings.HasSuffix(name, ".zip") {
		read = unzip
	}
	content := map[string][]byte{}
	read(t, data, func(h *tar.Header, data []byte) {
		inside, ok := strings.CutPrefix(h.Name, folder+"/")
		if !ok || content[inside] != nil {
			t.Errorf("%s has %s outside its folder %s, or twice", name, h.Name, folder)
		}
		wanted := int64(0o644)
		if strings.HasPrefix(inside, "wangjian") {
			wanted = 0o755
		}
		if h.Mode != wanted || !h.ModTime.Equal(epoch) || h.Uid != 0 || h.Uname != "" {
			t.Errorf("%s has %s with mode %o, time %v, owner %d %q", name, h.Name, h.Mode, h.ModTime, h.Uid, h.Uname)
		}
		content[inside] = data
	})
	return content
}

func untar(t *testing.T, data []byte, found func(*tar.Header, []byte)) {
	packed, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	archive := tar.NewReader(packed)
	for {
		h, err := archive.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(archive)
		if err != nil {
			t.Fatal(err)
		}
		found(h, content)
	}
}

func unzip(t *testing.T, data []byte, found func(*tar.Header, []byte)) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		found(&tar.Header{Name: f.Name, Mode: int64(f.Mode()), ModTime: f.Modified}, content)
	}
}

func readFile(t *testing.T, name string) []byte {
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
