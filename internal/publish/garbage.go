package publish

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// RoomForGarbage has memory collected rarely where there is much of it, and so
// that it stays small where little is alive. Go's own way is to collect when
// there is as much garbage as there is alive: with a few megabytes alive it
// collects all the time (a tenth of the time of a build). A collection costs what
// is alive, so its garbage may grow faster than that: see [roomFor]. Who sets GOGC
// or GOMEMLIMIT is obeyed: then this is not to be called.
func RoomForGarbage() {
	// A finalizer runs after every collection; it is the only way to hear of one.
	runtime.SetFinalizer(&sentinel{available: availableMemory()}, (*sentinel).afterCollection)
}

// sentinel is garbage from the start. It is as large as it is so as not to share
// memory with other tiny values, whose finalizers would wait for all.
type sentinel struct {
	available uint64
	_         [64]byte
}

func (s *sentinel) afterCollection() {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	alive := max(sample[0].Value.Uint64(), 1<<20)
	room := roomFor(alive, s.available)
	debug.SetGCPercent(int(room * 100 / alive))
	// Gaps between what is alive, and pages not given back, are part of it.
	debug.SetMemoryLimit(int64(alive*5/4 + room + 48<<20))
	runtime.SetFinalizer(s, (*sentinel).afterCollection)
}

// What is alive squared, by quadratic, is the garbage, between leastRoom and half
// as much again as is alive: L took 0.74 of the CPU that two fifths took, and
// twice as much takes the same.
const (
	quadratic = 96 << 20
	leastRoom = 30 << 20
)

// roomFor says how many bytes of garbage may lie about where so many are alive
// and the machine had so many left when the program started (0: unknown).
func roomFor(alive, available uint64) uint64 {
	room := min(alive*alive/quadratic, alive*3/2)
	if available > 0 {
		room = min(room, max(available/2, alive)-alive)
	}
	return max(room, leastRoom)
}
