package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"wangjian/content"
	"wangjian/data"
)

// editedNarrative is what edits of the sample add a sentence to, editedPage where it
// shows.
const editedNarrative, editedPage = "content/narratives/final/gongan.md", "departments/gongan/index.html"

// cold measures whole builds of the sample, with drawings, cards, photos and
// papers: in a fresh folder, again, and after an edit. It runs the program
// itself, and prints a table.
func cold(args []string) error {
	flags := flag.NewFlagSet("cold", flag.ExitOnError)
	times := flags.Int("times", 5, "how often each is measured")
	work := flags.String("work", filepath.Join(root, ".wangjian/bench"), "folder for the program and the campaign")
	flags.Parse(args)
	dir, program, err := compiled(*work)
	if err != nil {
		return err
	}
	sample := filepath.Join(dir, "cold")
	var fresh, again, edited series
	for n := range *times {
		if err := layOut(sample); err != nil {
			return err
		}
		for _, to := range []*series{&fresh, &again, &edited} {
			if to == &edited {
				if err := addSentence(filepath.Join(sample, editedNarrative), fmt.Sprintf("再次复查后，又整改第%d批。", n+2)); err != nil {
					return err
				}
			}
			took, _, err := measure(program, "-C", sample, "build")
			if err != nil {
				return err
			}
			*to = append(*to, took)
		}
	}
	fmt.Printf("示例整站（图表、卡片、照片、全部 PDF），%d 核，每项 %d 次，中位数（最小–最大）\n\n| 做什么 | 时间 | CPU | 内存 |\n|---|---|---|---|\n", runtime.NumCPU(), *times)
	for _, row := range []struct {
		what string
		took series
	}{{"全新的文件夹", fresh}, {"没有改动，再来一次", again}, {"一篇总结改一句", edited}} {
		fmt.Printf("| %s | %s | %s | %s |\n", row.what, row.took.spread(wall, "s"), row.took.spread(cpu, "s"), row.took.spread(memory, "MB"))
	}
	return nil
}

// root is the repository, from this folder, where the program is run.
const root = "../.."

// compiled builds the program into a folder, whose full path it returns too.
func compiled(work string) (dir, program string, err error) {
	if dir, err = filepath.Abs(work); err != nil {
		return "", "", err
	}
	program = filepath.Join(dir, "bin", "wangjian")
	build := exec.Command("go", "build", "-o", program, "./cmd/wangjian")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return "", "", fmt.Errorf("编译：%w\n%s", err, out)
	}
	return dir, program, nil
}

// layOut makes a campaign of the sample, with nothing of an earlier build.
func layOut(dir string) error {
	if err := remove(dir); err != nil {
		return err
	}
	return errors.Join(copyInputs(filepath.Join(dir, "data"), data.Files), copyInputs(filepath.Join(dir, "content"), content.Files))
}

// addSentence is an edit.
func addSentence(file, sentence string) error {
	f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = io.WriteString(f, "\n"+sentence+"\n")
	return errors.Join(err, f.Close())
}
