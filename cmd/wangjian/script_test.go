package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"wangjian": func() { main() },
	})
}

// TestScripts runs testdata/script: commands, what they print and what they
// leave, to be read like a manual. Each starts with the small campaign in
// qinghe/.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			return os.CopyFS(filepath.Join(env.WorkDir, "qinghe"), os.DirFS("../../internal/review/testdata/campaign"))
		},
	})
}

// TestToday: without --date and 基准日 the day is China's, not the machine's.
func TestToday(t *testing.T) {
	a := &app{system: system{Now: func() time.Time { return time.Date(2026, 5, 9, 17, 0, 0, 0, time.UTC) }}}
	a.dir = "../../internal/review/testdata/campaign"
	result, _, err := a.read()
	if err != nil || result.Date.String() != "2026-05-10" {
		t.Errorf("17:00 UTC on the 9th is the 10th in China; got %s, %v", result.Date, err)
	}
}
