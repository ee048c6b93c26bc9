package main

import (
	"context"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wangjian/internal/publish"
)

// program builds the command as a person would have it.
func program(t *testing.T) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "wangjian")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return bin
}

// TestKilledBuildsLeaveWholeSites kills real builds at random moments (kill -9):
// each leaves a site that agrees with its sums, and the build after the last
// clears away what they left. SOAK=1 kills a hundred.
func TestKilledBuildsLeaveWholeSites(t *testing.T) {
	kills := 4
	if os.Getenv("SOAK") != "" {
		kills = 100
	}
	bin := program(t)
	dir := filepath.Join(t.TempDir(), "qinghe")
	if err := os.CopyFS(dir, os.DirFS(smallCampaign)); err != nil {
		t.Fatal(err)
	}
	days := []string{"2026-05-10", "2026-06-02"} // two sites that differ
	build := func(ctx context.Context, n int) *exec.Cmd {
		return exec.CommandContext(ctx, bin, "-C", dir, "build", "--date", days[n%2])
	}
	var took time.Duration
	for n := range days { // draws the charts once
		start := time.Now()
		if out, err := build(t.Context(), n).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		took = time.Since(start)
	}
	target := filepath.Join(dir, "public")
	random := rand.New(rand.NewPCG(2022, 11))
	killed := 0
	for n := 0; killed < kills && n < 5*kills; n++ {
		ctx, kill := context.WithCancel(t.Context())
		child := build(ctx, n)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Duration(random.Int64N(int64(took))), kill)
		if err := child.Wait(); err != nil {
			killed++
		}
		kill()
		count, wrong, err := publish.CheckSums(target)
		if err != nil || len(wrong) > 0 || count < 30 {
			t.Fatalf("after %d kills the site of %d files is not whole: %v %v", killed, count, wrong, err)
		}
	}
	if killed < kills {
		t.Errorf("only %d builds were killed before they were done", killed)
	}
	if out, err := build(t.Context(), 0).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".public") {
			t.Errorf("%s is left over", e.Name())
		}
	}
	t.Logf("%d builds killed, a whole site after each", killed)
}
