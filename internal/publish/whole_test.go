//go:build whole

package publish

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"wangjian/internal/soak"
)

func TestAFaultAtAnyStepLeavesASiteWhole(t *testing.T) {
	// A link that fails becomes a copy, and a spare that cannot be had or put away
	// is done without; removing the old site, or syncing the names, comes after
	// the new one is out. All else fails.
	for m, harmless := range map[manner]int{plain: 4, noExchange: 4, withSpare: 6} {
		steps := m.steps(t)
		if steps < 20 {
			t.Fatalf("only %d steps were counted", steps)
		}
		var failures, notes int
		for at := 1; at <= steps; at++ {
			cause := causes[at%len(causes)]
			t.Run(fmt.Sprintf("%s, step %d, %s", m, at, cause.words), func(t *testing.T) {
				f := m.prepared(t)
				f.Workers = 1
				f.Disk = m.disk(at, func() error { return cause.err })
				r, err := f.Publish(t.Context(), after.files())
				if err != nil {
					failures++
					if !strings.Contains(err.Error(), "失败："+cause.words+"，请") {
						t.Errorf("the error does not say in Chinese why, and what to do: %v", err)
					}
					wantSite(t, f.Target, before)
					wantNoSiblings(t, f.Target)
				} else {
					wantSite(t, f.Target, after)
					if len(r.Notes) > 0 {
						notes++
					}
				}
				f.Disk = nil
				m.begin(&f)
				f.mustPublish(t, after)
				wantSite(t, f.Target, after)
				wantNoSiblings(t, f.Target)
			})
		}
		if failures != steps-harmless || m != withSpare && notes != 2 {
			t.Errorf("%s: of %d steps %d failed, %d gave a note", m, steps, failures, notes)
		}
	}
}

func TestAKilledBuildLeavesASiteWhole(t *testing.T) {
	random := rand.New(rand.NewPCG(2022, 11))
	for _, way := range []manner{plain, noExchange, withSpare} {
		steps := way.steps(t)
		points := map[int]bool{steps: true, steps - 1: true, steps - 2: true, steps - 3: true} // around the swap
		kills := soak.Count(10, min(50, steps))
		for len(points) < kills {
			points[1+random.IntN(steps)] = true
		}
		for at := range points {
			t.Run(fmt.Sprintf("%s, step %d of %d", way, at, steps), func(t *testing.T) {
				f := way.prepared(t)
				child := exec.Command(os.Args[0])
				child.Dir = f.Campaign
				child.Env = append(os.Environ(), killAt+"="+strconv.Itoa(at), killMode+"="+string(way))
				out, err := child.CombinedOutput()
				if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() == 3 {
					t.Fatalf("the child was not killed: %v %s", err, out)
				}
				got := readTree(t, f.Target)
				if got == nil && way == noExchange {
					got = readTree(t, mark(f.Target)+oldSite) // killed between the two renames
				}
				if !maps.Equal(got, before.withSums()) && !maps.Equal(got, after.withSums()) {
					t.Fatal("neither the old site nor the new one is whole")
				}
				if _, err := tidy(realDisk{}, f.Target); err != nil {
					t.Fatal(err)
				}
				if !maps.Equal(readTree(t, f.Target), got) {
					t.Error("the next start did not put the site back")
				}
				wantNoSiblings(t, f.Target)
				way.begin(&f)
				f.mustPublish(t, after)
				wantSite(t, f.Target, after)
			})
		}
	}
}
