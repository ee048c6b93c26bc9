package main

import (
	"flag"
	"os"
	"path/filepath"

	"wangjian/tools/corpus"
)

func writeCorpus(args []string) error {
	flags := flag.NewFlagSet("corpus", flag.ExitOnError)
	name := flags.String("size", "S", "S, M, L or XL")
	layout := flags.String("layout", "campaign", "campaign, or fair or plain for a Hugo site")
	flags.Parse(args)
	size, err := sizeOf(*name)
	if err != nil {
		return err
	}
	c := corpus.Make(size)
	if *layout == "campaign" {
		return c.WriteCampaign(below(flags.Arg(0)))
	}
	return writeHugoSite(c, *layout, flags.Arg(0))
}

// below writes files into a folder.
func below(dir string) corpus.Write {
	made := map[string]bool{}
	return func(path, text string) error {
		name := filepath.Join(dir, filepath.FromSlash(path))
		if folder := filepath.Dir(name); !made[folder] {
			if err := os.MkdirAll(folder, 0o755); err != nil {
				return err
			}
			made[folder] = true
		}
		return os.WriteFile(name, []byte(text), 0o644)
	}
}
