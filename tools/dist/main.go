// Command dist writes what a release publishes. For each platform these are an
// archive of the program with the licences of everything in it, and a list of the
// modules that are linked into it (an SBOM, CycloneDX); for all of them together
// SHA256SUMS. The same source, version and Go produce the same bytes, wherever the
// source lies:
//
//	go -C tools/dist run . -version v0.4.0 -o /tmp/dist linux/amd64 windows/amd64
//
// release.go builds the program and names its modules, licences.go gathers the
// licences, archive.go writes tar.gz and zip.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	r := release{root: "../.."}
	flag.StringVar(&r.version, "version", "dev", "the release's version, as the program states it")
	flag.StringVar(&r.out, "o", "../../dist", "the folder to write to")
	flag.Parse()
	for _, name := range flag.Args() {
		r.platforms = append(r.platforms, parsePlatform(name))
	}
	if err := r.write(); err != nil {
		fmt.Fprintln(os.Stderr, "dist:", err)
		os.Exit(1)
	}
}
