package publish

import (
	"sync"
	"testing"

	"wangjian/internal/pdf"
)

// TestDrawingsAtTheSameTime: two papers that ask for the same charts in the same
// order draw two at a time, and each once. No drawing is done before another has
// begun, so papers that waited for each other would wait for ever.
func TestDrawingsAtTheSameTime(t *testing.T) {
	var begun, papers sync.WaitGroup
	begun.Add(2)
	count := map[string]int{}
	var mu sync.Mutex
	all := []string{"a", "b"}
	d := &drawings{all: all, made: map[string]*drawing{}, draw: func(code string) (pdf.Still, error) {
		mu.Lock()
		count[code]++
		mu.Unlock()
		begun.Done()
		begun.Wait()
		return pdf.Still{Title: code}, nil
	}}
	for range 2 {
		papers.Go(func() {
			for _, code := range all {
				if still, err := d.of(code); err != nil || still.Title != code {
					t.Errorf("%s: %v, %v", code, still, err)
				}
			}
		})
	}
	papers.Wait()
	if count["a"] != 1 || count["b"] != 1 {
		t.Error(count)
	}
}
