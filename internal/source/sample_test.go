package source

import (
	"os"
	"testing"
)

func TestSampleLoads(t *testing.T) {
	c, findings := Load(os.DirFS("../.."))
	for _, f := range findings {
		t.Errorf("%s: %s [%s] %s（%s）", f.At, f.Level, f.Rule, f.Message, f.Hint)
	}
	if len(c.Departments) != 10 || len(c.Regions) != 20 || len(c.Form.Rows) != 27 || len(c.Rounds) != 2 {
		t.Errorf("departments %d, regions %d, rows %d, rounds %d", len(c.Departments), len(c.Regions), len(c.Form.Rows), len(c.Rounds))
	}
}
