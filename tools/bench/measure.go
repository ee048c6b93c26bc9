package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// run is what one run of a process took.
type run struct {
	wall, cpu time.Duration
	memory    int64 // largest resident set, in bytes
}

// measure runs a command and returns what it took, with what it printed.
func measure(name string, args ...string) (run, string, error) {
	cmd := exec.Command(name, args...)
	var out, faults bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &faults
	begin := time.Now()
	if err := cmd.Run(); err != nil {
		return run{}, "", fmt.Errorf("%s %s：%w\n%s", name, strings.Join(args, " "), err, faults.String())
	}
	state := cmd.ProcessState
	return run{time.Since(begin), state.UserTime() + state.SystemTime(), peak(state)}, out.String(), nil
}

// seconds reads what a floor printed: the time of the work alone.
func seconds(out string) (time.Duration, error) {
	s, err := strconv.ParseFloat(strings.TrimSpace(out), 64)
	return time.Duration(s * float64(time.Second)), err
}

// series is the same work done several times.
type series []run

func (s series) median(of func(run) float64) float64 {
	values := s.values(of)
	return values[len(values)/2]
}

func (s series) values(of func(run) float64) []float64 {
	var values []float64
	for _, r := range s {
		values = append(values, of(r))
	}
	slices.SortFunc(values, cmp.Compare)
	return values
}

func wall(r run) float64   { return r.wall.Seconds() }
func cpu(r run) float64    { return r.cpu.Seconds() }
func memory(r run) float64 { return float64(r.memory) / 1e6 }

// spread writes the median with the least and the most where they differ.
func (s series) spread(of func(run) float64, unit string) string {
	values := s.values(of)
	middle := s.middle(of, unit)
	if len(values) < 2 || middle == "" {
		return middle
	}
	return fmt.Sprintf("%s (%s to %s)", middle, short(values[0]), short(values[len(values)-1]))
}

// middle writes the median, nothing where it was not measured.
func (s series) middle(of func(run) float64, unit string) string {
	if len(s) == 0 || s.median(of) == 0 {
		return ""
	}
	return short(s.median(of)) + " " + unit
}

// short writes a figure of measuring with two or three digits that count.
func short(f float64) string {
	switch {
	case f >= 100:
		return strconv.FormatFloat(f, 'f', 0, 64)
	case f >= 10:
		return strconv.FormatFloat(f, 'f', 1, 64)
	}
	return strconv.FormatFloat(f, 'f', 2, 64)
}

// remove empties places before a run that must find nothing.
func remove(dirs ...string) error {
	for _, dir := range dirs {
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	return nil
}

// written counts the files below folders.
func written(dirs ...string) (output, error) {
	var o output
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			info, err := entry.Info()
			if err == nil {
				o.files++
				o.bytes += info.Size()
			}
			return err
		})
		if err != nil {
			return o, err
		}
	}
	return o, nil
}
