package publish

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// RoomForGarbage has memory collected when some 64 MB of garbage lie about, on
// two cores, and two fifths of what is alive. Go's own way is to collect when
// there is as much garbage as there is alive: with a few megabytes alive it
// collects all the time (a tenth of the time of a build), and with hundreds the
// process grows to twice what it needs. All memory together, with the gaps between
// what is alive, is held to a quarter more than that and 112 MB: gaps and pages
// not given back took 410 MB at L, of which 130 MB were alive. Who sets GOGC or
// GOMEMLIMIT is obeyed: then this is not to be called.
func RoomForGarbage() {
	// A finalizer runs after every collection; it is the only way to hear of one.
	runtime.SetFinalizer(&sentinel{}, (*sentinel).afterCollection)
}

// sentinel is garbage from the start. It is as large as it is so as not to share
// memory with other tiny values, whose finalizers would wait for all.
type sentinel struct{ _ [64]byte }

func (s *sentinel) afterCollection() {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	alive := max(sample[0].Value.Uint64(), 1<<20)
	room := uint64(32+16*runtime.GOMAXPROCS(0)) << 20
	debug.SetGCPercent(int(min(40+room*100/alive, 1000)))
	debug.SetMemoryLimit(int64(alive*5/4 + room + 48<<20))
	runtime.SetFinalizer(s, (*sentinel).afterCollection)
}
