// Command bench measures the program beside others that do the same work.
//
//	bench run -sizes S,M,L                           measure, and print a table
//	bench cold                                       measure whole builds of the sample: fresh, again, after an edit
//	bench reload -sizes sample,M                     measure from an edit to the reloaded browser
//	bench corpus -size M -layout campaign|hugo DIR   write a made-up campaign
//	bench site -o DIR CAMPAIGN                       build its pages and data files, as build does
//	bench write -o DIR SITE                          the floor: the same bytes written
//	bench convert CAMPAIGN                           the floor: goldmark and yaml.v3 alone
//
// The pages are built without drawings and papers, which the others do not
// have either; cold and reload run the program as it is.
package main

import (
	"fmt"
	"os"
)

func main() {
	commands := map[string]func([]string) error{
		"run": compare, "cold": cold, "reload": reload, "corpus": writeCorpus, "site": buildSite, "write": writeFloor, "convert": convertFloor,
	}
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "用法：bench run|cold|reload|corpus|site|write|convert …")
		os.Exit(2)
	}
	if err := commands[os.Args[1]](os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "错误：", err)
		os.Exit(1)
	}
}
