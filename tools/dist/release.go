package main

import (
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// sbomTool is the tool of go.mod that writes the lists of modules.
const sbomTool = "github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod"

// A release is one version of the program in root, for some platforms.
type release struct {
	root, version, out string
	platforms          []platform
}

type platform struct{ os, arch string }

func parsePlatform(name string) platform {
	system, arch, _ := strings.Cut(name, "/")
	return platform{system, arch}
}

func (p platform) program() string {
	if p.os == "windows" {
		return "wangjian.exe"
	}
	return "wangjian"
}

// starters are what a person double-clicks where that would open a terminal with the
// program's usage: on macOS.
func (p platform) starters() []file {
	if p.os != "darwin" {
		return nil
	}
	return []file{{name: "网剑.command", data: []byte("#!/bin/sh\ncd \"$(dirname \"$0\")\" && exec ./wangjian desk\n"), executable: true}}
}

// plainVersion keeps a version usable as a part of a file name and of a linker flag.
var plainVersion = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.+_-]*$`)

// write writes the archive and the SBOM of each platform, and SHA256SUMS.
func (r release) write() error {
	if !plainVersion.MatchString(r.version) {
		return fmt.Errorf("version %q: letters, digits and . + _ - alone can stand in a file's name", r.version)
	}
	if len(r.platforms) == 0 {
		return fmt.Errorf("no platform: name one or more, as in linux/amd64")
	}
	work, err := os.MkdirTemp("", "dist-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	tool := filepath.Join(work, "cyclonedx-gomod")
	if err := r.buildTool(tool); err != nil {
		return err
	}
	if err := os.MkdirAll(r.out, 0o755); err != nil {
		return err
	}
	var sums []string
	for _, p := range r.platforms {
		files, err := r.files(p, tool, filepath.Join(work, p.os+"-"+p.arch))
		if err != nil {
			return fmt.Errorf("%s/%s: %w", p.os, p.arch, err)
		}
		for _, f := range files {
			if err := os.WriteFile(filepath.Join(r.out, f.name), f.data, 0o644); err != nil {
				return err
			}
			fmt.Println(f.name)
			sums = append(sums, fmt.Sprintf("%x  %s\n", sha256.Sum256(f.data), f.name))
		}
	}
	slices.SortFunc(sums, func(a, b string) int { return strings.Compare(a[sha256.Size*2:], b[sha256.Size*2:]) })
	return os.WriteFile(filepath.Join(r.out, "SHA256SUMS"), []byte(strings.Join(sums, "")), 0o644)
}

// files returns the archive and the SBOM of one platform.
func (r release) files(p platform, tool, work string) ([]file, error) {
	program := filepath.Join(work, p.program())
	if err := r.buildProgram(p, program); err != nil {
		return nil, err
	}
	sbom, err := output(work, nil, tool, "bin", "-json", "-noserial", "-notimestamp", "-std", "-version", r.version, program)
	if err != nil {
		return nil, err
	}
	content, err := r.content(p, program)
	if err != nil {
		return nil, err
	}
	name := fmt.Sprintf("wangjian-%s-%s-%s", r.version, p.os, p.arch)
	pack, ext := tarGz, ".tar.gz"
	if p.os == "windows" {
		pack, ext = zipped, ".zip"
	}
	archive, err := pack(name, content)
	if err != nil {
		return nil, err
	}
	return []file{{name: name + ext, data: archive}, {name: name + ".cdx.json", data: sbom}}, nil
}

// content returns what stands in a platform's archive, in its order.
func (r release) content(p platform, program string) ([]file, error) {
	data, err := os.ReadFile(program)
	if err != nil {
		return nil, err
	}
	info, err := buildinfo.Read(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	licences, err := r.licences(info)
	if err != nil {
		return nil, err
	}
	files := append([]file{{name: p.program(), data: data, executable: true}}, p.starters()...)
	for _, name := range []string{"LICENSE", "THIRD_PARTY.md"} {
		text, err := os.ReadFile(filepath.Join(r.root, name))
		if err != nil {
			return nil, err
		}
		files = append(files, file{name: name, data: text})
	}
	return append(files, licences...), nil
}

func (r release) buildProgram(p platform, to string) error {
	_, err := output(r.root, []string{"CGO_ENABLED=0", "GOOS=" + p.os, "GOARCH=" + p.arch},
		"go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -X main.version="+r.version, "-o", to, "./cmd/wangjian")
	return err
}

// buildTool builds the tool without its path, since an SBOM has the hash of the
// tool that wrote it.
func (r release) buildTool(to string) error {
	_, err := output(filepath.Join(r.root, "tools/dist"), []string{"CGO_ENABLED=0"},
		"go", "build", "-trimpath", "-buildvcs=false", "-o", to, sbomTool)
	return err
}

// output runs a command in dir and returns what it prints; an error has what it
// prints to standard error.
func output(dir string, env []string, name string, args ...string) ([]byte, error) {
	var stderr bytes.Buffer
	c := exec.Command(name, args...)
	c.Dir, c.Env, c.Stderr = dir, append(os.Environ(), env...), &stderr
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s", name, args[0], err, stderr.Bytes())
	}
	return out, nil
}
