// Command bench measures the program beside others on the same work. It is run
// in its folder (go -C tools/bench run . COMMAND); make bench runs all.
//
//	bench all -sizes S,M -times 3     everything below, in one table
//	bench builds -sizes S,M,L         builds beside Hugo: fresh, again, after an edit
//	bench cold                        whole builds of the sample: fresh, again, after an edit
//	bench serve -sizes sample,M,L     from an edit to the event in a real browser
//	bench pdf                         a text of forty pages beside Typst
//	bench search -sizes M             the search index and a query beside Pagefind
//
// What they are made of, each by itself:
//
//	bench corpus -size M -layout campaign|fair|plain DIR   write a made-up campaign
//	bench site -o DIR [-cpuprofile FILE] CAMPAIGN          build its pages and data files, as build does
//	bench write -o DIR SITE                                the floor: the same bytes written
//	bench convert CAMPAIGN                                 the floor: goldmark and yaml.v3 alone
//
// There are two Hugo sites. The fair one writes what ours writes: head, JSON-LD,
// full tables with bars and shares of the whole, source tables, a full-text
// index and a file of figures for each county. It lacks the pages of departments,
// the files of the whole campaign, the boxes of cases and the sums. The plain one
// is a site of the same pages as a first draft has it. builds and search build
// pages and data files without drawings and papers, which the others do not have
// either; cold and serve run the program as it is.
package main

import (
	"fmt"
	"os"
)

// measurement is a command that prints rows of the table.
type measurement struct {
	name, sizes string
	run         func(options) error
}

var measurements = []measurement{
	{"builds", "S,M", builds}, {"cold", "", cold}, {"serve", "sample,M", serve}, {"pdf", "", papers}, {"search", "M", searches},
}

func main() {
	if len(os.Args) < 2 {
		usage()
	}
	if err := command(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "错误：", err)
		os.Exit(1)
	}
}

func command(name string, args []string) error {
	for _, m := range measurements {
		if m.name == name {
			o, err := parse(name, args, m.sizes)
			if err != nil {
				return err
			}
			head(o.times)
			return m.run(o)
		}
	}
	switch name {
	case "all":
		return all(args)
	case "corpus":
		return writeCorpus(args)
	case "site":
		return buildSite(args)
	case "write":
		return writeFloor(args)
	case "convert":
		return convertFloor(args)
	}
	usage()
	return nil
}

// all measures everything; serve has the sample beside the sizes asked for, but
// for XL, and search the first of them from M on.
func all(args []string) error {
	o, err := parse("all", args, "S,M")
	if err != nil {
		return err
	}
	head(o.times)
	for _, m := range measurements {
		own := o
		switch m.name {
		case "serve":
			own.sizes = append([]string{"sample"}, without(o.sizes, "S", "XL")...)
		case "search":
			own.sizes = without(o.sizes, "S", "XL")
			own.sizes = own.sizes[:min(1, len(own.sizes))] // Pagefind takes 0.7 MB of memory a page
		}
		if err := m.run(own); err != nil {
			return fmt.Errorf("%s：%w", m.name, err)
		}
	}
	return nil
}

func without(sizes []string, names ...string) []string {
	var rest []string
	for _, size := range sizes {
		dropped := false
		for _, name := range names {
			dropped = dropped || size == name
		}
		if !dropped {
			rest = append(rest, size)
		}
	}
	return rest
}

func usage() {
	fmt.Fprintln(os.Stderr, "用法：bench all|builds|cold|serve|pdf|search|corpus|site|write|convert …（go doc 有说明）")
	os.Exit(2)
}
