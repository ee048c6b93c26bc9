// Command decisions makes the sample's penalty decisions (行政处罚决定书), the
// PDF files that lie beside the typical cases in content/cases. Everything in
// them is invented; 示例数据 stands at the head of every sheet.
//
// Run it after changing a text (make sample does):
//
//	go -C tools/decisions run .
//
// Each texts/<slug>.txt becomes <slug>-jueding.pdf. A text is UTF-8, one
// paragraph a line, blank lines ignored: the authority, the title, the number
// (文号), the body, and last the authority again and the date. A line such as
// 一、处罚依据 is a heading. The same texts and fonts produce the same bytes.
package main

import (
	"embed"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"wangjian/internal/pdf/draw"
	"wangjian/layouts"
)

//go:embed texts/*.txt
var texts embed.FS

func main() {
	out := flag.String("o", "../../content/cases", "folder to write to")
	flag.Parse()
	if err := run(*out); err != nil {
		fmt.Fprintln(os.Stderr, "decisions:", err)
		os.Exit(1)
	}
}

func run(out string) error {
	fonts, err := draw.LoadFonts(layouts.Over(nil))
	if err != nil {
		return err
	}
	entries, err := texts.ReadDir("texts")
	if err != nil {
		return err
	}
	for _, e := range entries {
		src, err := texts.ReadFile("texts/" + e.Name())
		if err != nil {
			return err
		}
		d, err := parse(string(src))
		if err != nil {
			return fmt.Errorf("%s: %w", e.Name(), err)
		}
		pdf, err := set(d, fonts)
		if err != nil {
			return fmt.Errorf("%s: %w", e.Name(), err)
		}
		name := strings.TrimSuffix(e.Name(), ".txt") + "-jueding.pdf"
		if err := os.WriteFile(filepath.Join(out, name), pdf, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// decision is one text, taken apart.
type decision struct {
	authority, title, number string
	body                     []string
	signer, dateText         string
	date                     time.Time
}

// name is what the PDF calls itself in its document information.
func (d decision) name() string {
	return d.authority + d.title + "（" + d.number + "）"
}

// The documents are dated in China's time, whatever the machine's zone.
var beijing = time.FixedZone("CST", 8*60*60)

func parse(src string) (decision, error) {
	var lines []string
	for line := range strings.Lines(src) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	n := len(lines)
	if n < 6 {
		return decision{}, fmt.Errorf("only %d lines: authority, title, number, body, authority and date are needed", n)
	}
	date, err := time.ParseInLocation("2006年1月2日", lines[n-1], beijing)
	if err != nil {
		return decision{}, fmt.Errorf("the last line is no date: %w", err)
	}
	return decision{
		authority: lines[0], title: lines[1], number: lines[2],
		body:   lines[3 : n-2],
		signer: lines[n-2], dateText: lines[n-1], date: date,
	}, nil
}

var headingLine = regexp.MustCompile(`^[一二三四五六七八九十]+、[^。；，]+$`)

func isHeading(line string) bool { return headingLine.MatchString(line) }
