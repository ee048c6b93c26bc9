package publish

import "testing"

// TestRoomForGarbage: little where little is alive, much where much is, and never
// more than half of what the machine has left.
func TestRoomForGarbage(t *testing.T) {
	const mb = 1 << 20
	for _, c := range []struct{ alive, available, want uint64 }{
		{10 * mb, 0, 30 * mb},
		{96 * mb, 0, 96 * mb},
		{352 * mb, 16384 * mb, 528 * mb},
		{352 * mb, 1500 * mb, 398 * mb},
		{352 * mb, 512 * mb, 30 * mb},
	} {
		if got := roomFor(c.alive, c.available); got != c.want {
			t.Errorf("of %d MB alive and %d MB available: %d MB, want %d", c.alive/mb, c.available/mb, got/mb, c.want/mb)
		}
	}
	if n := availableMemory(); n < mb || n > 1<<50 {
		t.Errorf("%d bytes are available", n)
	}
}
