package main

import (
	"fmt"
	"runtime"
	"strings"
)

// The one table that all measurements are rows of. A row without a name goes on
// with the one before; the ratios are ours to the row's.
func head(times int) {
	fmt.Printf("%d cores, %s, Hugo %s, each %d times, XL once: medians (least to most).\n\n", runtime.NumCPU(), runtime.Version(), hugoVersion, times)
	fmt.Println("| | | time | CPU | memory | written | time, ours to it | CPU | memory |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|")
}

// row prints what one program took. An empty series prints as an empty cell.
func row(what, who string, it series, written output) {
	ratios(what, who, it, written, nil)
}

// ratios prints a row with the ratios of ours to it; a kind of figure that one of
// them lacks has none.
func ratios(what, who string, it series, written output, ours series) {
	work := it.middle(cpu, "s")
	if written.pages > 0 && work != "" {
		work += fmt.Sprintf(", %s ms a page", short(it.median(cpu)*1000/float64(written.pages)))
	}
	cells := []string{what, who, it.spread(wall, "s"), work, it.middle(memory, "MB"), written.String()}
	for _, of := range []func(run) float64{wall, cpu, memory} {
		cell := ""
		if len(ours) > 0 && len(it) > 0 && ours.median(of) > 0 && it.median(of) > 0 {
			cell = short(ours.median(of) / it.median(of))
		}
		cells = append(cells, cell)
	}
	fmt.Println("| " + strings.Join(cells, " | ") + " |")
}

// output is what a program wrote, or sent.
type output struct {
	files, pages int // pages are counted where they are of interest
	bytes        int64
}

func (o output) String() string {
	switch {
	case o.files == 0:
		return ""
	case o.files == 1 && o.pages > 0:
		return fmt.Sprintf("%d pages, %s kB", o.pages, short(float64(o.bytes)/1e3))
	case o.files == 1:
		return short(float64(o.bytes)/1e3) + " kB"
	case o.bytes < 1e6:
		return fmt.Sprintf("%d files, %s kB", o.files, short(float64(o.bytes)/1e3))
	}
	return fmt.Sprintf("%d files, %s MB", o.files, short(float64(o.bytes)/1e6))
}
