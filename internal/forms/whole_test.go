//go:build whole

package forms

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"testing/fstest"
)

// TestRoundTripOpenpyxl does the same for every form of the sample with
// another program, openpyxl, and runs both campaigns through it.
func TestRoundTripOpenpyxl(t *testing.T) {
	python := pythonWithOpenpyxl(t)
	for name, fsys := range map[string]fstest.MapFS{"sample": sample(t), "small": small(t)} {
		t.Run(name, func(t *testing.T) {
			roundTrip(t, fsys, func(jobs []job) {
				list, err := json.Marshal(jobs)
				if err != nil {
					t.Fatal(err)
				}
				file := filepath.Join(t.TempDir(), "jobs.json")
				if err := os.WriteFile(file, list, 0o644); err != nil {
					t.Fatal(err)
				}
				if out, err := exec.Command(python, "testdata/fill.py", file).CombinedOutput(); err != nil {
					t.Fatalf("%v\n%s", err, out)
				}
			})
		})
	}
}

// pythonWithOpenpyxl finds the Python that make tools installs openpyxl for;
// another one may stand before it in the path.
func pythonWithOpenpyxl(t *testing.T) string {
	t.Helper()
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		python := filepath.Join(dir, "python3")
		if exec.Command(python, "-c", "import openpyxl").Run() == nil {
			return python
		}
	}
	t.Fatal("no python3 with openpyxl: run make tools")
	return ""
}
