package review

import (
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"wangjian/internal/soak"
)

// TestNumbersAreLinear: what is allocated for a paragraph of numbers grows with it,
// wherever it stands. It runs alone, since allocations are counted for the process.
func TestNumbersAreLinear(t *testing.T) {
	allocated := func(file, text string, size int) uint64 {
		files := base(t)
		long := strings.Repeat(text, size/len(text))
		data := string(files[file].Data)
		if strings.HasPrefix(file, "data/") {
			data = strings.Replace(data, "含幼儿园", long, 1)
		} else {
			data += "\n\n" + long + "\n"
		}
		files[file] = &fstest.MapFile{Data: []byte(data)}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		Read(files, onDay)
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	size := soak.Count(8_000, 20_000)
	for _, file := range []string{"content/narratives/q2/shichang/dongcheng.md", "content/cases/guoqi-mianbao.md", "content/open/fangan.md", "data/q2/jiaoyu.yaml"} {
		allocated(file, "1万", 100) // what is loaded once
		for _, text := range []string{"1万", "1万家次；", "罚款1万元，", "3月1日", "138，", "姓名"} {
			none := allocated(file, text, 100)
			half, long := allocated(file, text, size), allocated(file, text, 2*size)
			if long > none+3*(max(half, none)-none)+8<<20 { // 8 MB for what is loaded by chance
				t.Errorf("%s: %d kB of %s take %d MB, twice as many %d MB", file, size/1000, text, (half-none)>>20, (long-none)>>20)
			}
		}
	}
}
