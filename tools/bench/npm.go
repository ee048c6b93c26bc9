package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// npmPackage fetches a package by npm into a folder of its own, once, and
// returns its node_modules. Where npm cannot, it prints so and returns "": the
// row of the peer is left out.
func npmPackage(work, name, version string) string {
	dir := filepath.Join(work, "npm", filepath.Base(name))
	modules := filepath.Join(dir, "node_modules")
	if _, err := os.Stat(modules); err == nil {
		return modules
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return ""
	}
	npm := exec.Command("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", dir, name+"@"+version)
	if out, err := npm.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "npm 取不到 %s，只量自己：%v\n%s\n", name, err, out)
		os.RemoveAll(dir)
		return ""
	}
	return modules
}
