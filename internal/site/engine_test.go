package site

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	esbuild "github.com/evanw/esbuild/pkg/api"

	"wangjian/layouts"
)

// The oldest engine that must work, as README names it: phones open links
// inside WeChat.
const oldestEngine = "86"

// tooNew is what Chromium 86 does not know, each with the version that it came
// with, and that a page would miss. What esbuild can tell is not here, nor what
// an old engine passes over without harm (text-wrap, text-underline-offset).
var tooNew = map[string]map[string]string{
	".css": {
		`\baspect-ratio\s*:`: "88", `\binset(-\w+)*\s*:`: "87", `:(is|where)\(`: "88", `:has\(`: "105", `@layer\b`: "99", `@container\b`: "105",
		`\b\d+(d|s|l)v[hw]\b`: "108", `\bcq[wihb]\b`: "105", `@scope\b`: "118", `\baccent-color\s*:`: "93", `\boverflow(-\w)?\s*:\s*clip`: "90",
		`\b(margin|padding)-(inline|block)\s*:`: "87", `\b(color-mix|oklch|oklab)\(`: "111", `@starting-style\b`: "117",
		`:not\([^)]*,`: "88", `\bscrollbar-gutter\s*:`: "94", `\bsubgrid\b`: "117", `\b(translate|rotate|scale)\s*:`: "104", `:user-(in)?valid`: "119",
	},
	".js": {
		`\.at\(`: "92", `structuredClone\(`: "98", `Object\.hasOwn\(`: "93", `\.findLast(Index)?\(`: "97", `\.to(Sorted|Reversed|Spliced)\(`: "110",
		`crypto\.randomUUID`: "92", `\.replaceChildren\(`: "86 in part", `AbortSignal\.timeout`: "103", `Array\.fromAsync`: "121", `(Object|Map)\.groupBy\(`: "117",
		`\bfetch\(`: "5, but reads no file beside a page", `^(import|export) `: "61, but runs from no folder",
		`\.showPopover\(`: "114", `startViewTransition`: "111", `\.checkVisibility\(`: "105", `\.requestSubmit\(`: "76, but not in old WeChat", `Promise\.withResolvers`: "119",
	},
}

var ownComments = regexp.MustCompile(`(?s)/\*.*?\*/|(?m)^\s*//.*$`)

// TestOldestEngine holds our own styles and scripts to Chromium 86: esbuild must
// find nothing in them to write in an older way, and no call or property that
// came later may be there. ECharts is made for older engines by its makers.
func TestOldestEngine(t *testing.T) {
	all := layouts.Over(nil)
	names, err := fs.Glob(all, "assets/*")
	if err != nil {
		t.Fatal(err)
	}
	looked := 0
	for _, name := range names {
		ext := name[strings.LastIndexByte(name, '.'):]
		if tooNew[ext] == nil || strings.HasPrefix(name, "assets/echarts") {
			continue
		}
		looked++
		raw, err := fs.ReadFile(all, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range newerThanOldest(string(raw), ext) {
			t.Errorf("%s: %s", name, fault)
		}
	}
	if looked < 5 {
		t.Errorf("only %d files", looked)
	}
}

// newerThanOldest says what in a style or script the oldest engine does not
// know.
func newerThanOldest(text, ext string) []string {
	var faults []string
	loader := map[string]esbuild.Loader{".css": esbuild.LoaderCSS, ".js": esbuild.LoaderJS}[ext]
	write := func(options esbuild.TransformOptions) string {
		options.Loader = loader
		result := esbuild.Transform(text, options)
		for _, m := range append(result.Errors, result.Warnings...) {
			faults = append(faults, m.Text)
		}
		return string(result.Code)
	}
	old := write(esbuild.TransformOptions{Engines: []esbuild.Engine{{Name: esbuild.EngineChrome, Version: oldestEngine}}})
	now := write(esbuild.TransformOptions{Target: esbuild.ESNext})
	if old != now {
		was, is := strings.Split(now, "\n"), strings.Split(old, "\n")
		for n := range min(len(was), len(is)) {
			if was[n] != is[n] {
				faults = append(faults, "has to be written in an older way: "+strings.TrimSpace(was[n]))
				break
			}
		}
	}
	bare := ownComments.ReplaceAllString(text, "")
	for word, version := range tooNew[ext] {
		if at := regexp.MustCompile(word).FindString(bare); at != "" {
			faults = append(faults, at+" came with Chromium "+version)
		}
	}
	return faults
}

// TestOldestEngineSees shows that the check sees what it is for.
func TestOldestEngineSees(t *testing.T) {
	for text, ext := range map[string]string{
		"a { inset: 0 }": ".css", "a { aspect-ratio: 1 }": ".css", "a { & b { color: red } }": ".css", "main:has(p) { color: red }": ".css", "a { color: rgb(0 0 0 / 50%) } :is(a, b) { color: red }": ".css",
		"class A { static { a() } }": ".js", "class A { #p() {} q(o) { return #p in o } }": ".js", "x = [1].at(-1)": ".js",
	} {
		if len(newerThanOldest(text, ext)) == 0 {
			t.Errorf("%s passes", text)
		}
	}
	for text, ext := range map[string]string{"a { top: 0; display: grid; gap: 1rem }": ".css", "var x = a ?? 1; for (var c of d) e(c)": ".js"} {
		if faults := newerThanOldest(text, ext); len(faults) > 0 {
			t.Errorf("%s does not pass: %v", text, faults)
		}
	}
}
