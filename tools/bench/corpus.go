package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"wangjian/internal/corpus"
)

func writeCorpus(args []string) error {
	flags := flag.NewFlagSet("corpus", flag.ExitOnError)
	name := flags.String("size", "S", "S, M, L or XL")
	layout := flags.String("layout", "campaign", "campaign or hugo")
	flags.Parse(args)
	for _, size := range corpus.Sizes {
		if size.Name == *name {
			return generate(corpus.Make(size), *layout, flags.Arg(0))
		}
	}
	return fmt.Errorf("没有大小 %s", *name)
}

// generate writes a corpus below a folder.
func generate(c *corpus.Corpus, layout, dir string) error {
	made := map[string]bool{}
	write := func(path, text string) error {
		name := filepath.Join(dir, filepath.FromSlash(path))
		if folder := filepath.Dir(name); !made[folder] {
			if err := os.MkdirAll(folder, 0o755); err != nil {
				return err
			}
			made[folder] = true
		}
		return os.WriteFile(name, []byte(text), 0o644)
	}
	if layout == "hugo" {
		return writeHugo(c, write)
	}
	return c.WriteCampaign(write)
}
