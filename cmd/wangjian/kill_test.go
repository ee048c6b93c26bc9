//go:build whole

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"wangjian/internal/publish"
	"wangjian/internal/soak"
)

// program builds the command once, as a person would have it.
func program(t *testing.T) string {
	t.Helper()
	bin, err := builtProgram()
	if err != nil {
		t.Fatal(err)
	}
	return bin
}

var builtProgram = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "wangjian-program-")
	if err != nil {
		return "", err
	}
	atEnd(func() { os.RemoveAll(dir) })
	bin := filepath.Join(dir, "wangjian")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("%v\n%s", err, out)
	}
	return bin, nil
})

// TestKilledBuildsLeaveWholeSites ends real builds at random moments, by kill -9
// or by asking them to stop: each leaves a site that agrees with its sums, and the build after the last
// clears away what they left. SOAK=1 kills a hundred.
func TestKilledBuildsLeaveWholeSites(t *testing.T) {
	kills := soak.Count(4, 100)
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
		child := build(t.Context(), n)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		signal := []os.Signal{os.Kill, os.Interrupt, syscall.SIGTERM}[n%3]
		time.AfterFunc(time.Duration(random.Int64N(int64(took))), func() { child.Process.Signal(signal) })
		if err := child.Wait(); err != nil {
			killed++
		}
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

// TestAskedToStopWhileRendering: a build that gets SIGINT or SIGTERM while it
// renders ends with status 1 and says so; the old site stays, and nothing is left
// beside it.
func TestAskedToStopWhileRendering(t *testing.T) {
	bin := program(t)
	dir := filepath.Join(t.TempDir(), "qinghe")
	if err := os.CopyFS(dir, os.DirFS(smallCampaign)); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(bin, "-C", dir, "build", "--date", "2026-05-10").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	sums, err := os.ReadFile(filepath.Join(dir, "public", publish.SumsFile))
	if err != nil {
		t.Fatal(err)
	}
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		// Nothing drawn is at hand, so that rendering has something to do.
		if err := os.RemoveAll(filepath.Join(dir, ".wangjian")); err != nil {
			t.Fatal(err)
		}
		child := exec.Command(bin, "-C", dir, "build", "--date", "2026-06-02")
		var said strings.Builder
		child.Stderr = &said
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		for len(staging(t, dir)) == 0 && child.ProcessState == nil {
			time.Sleep(time.Millisecond)
		}
		if err := child.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		child.Wait()
		if code := child.ProcessState.ExitCode(); code != 1 || !strings.Contains(said.String(), "已按要求停止") || !strings.Contains(said.String(), "原有的网站没有动") {
			t.Errorf("%v: status %d\n%s", signal, code, said.String())
		}
		now, err := os.ReadFile(filepath.Join(dir, "public", publish.SumsFile))
		if err != nil || string(now) != string(sums) {
			t.Errorf("%v: the site is another: %v", signal, err)
		}
		if left := staging(t, dir); len(left) > 0 {
			t.Errorf("%v: left over: %v", signal, left)
		}
	}
}

// staging lists what publishing has beside the site.
func staging(t *testing.T, dir string) []string {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(dir, ".public.wangjian-*"))
	if err != nil {
		t.Fatal(err)
	}
	return left
}
