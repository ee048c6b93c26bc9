package review

import (
	"os"
	"testing"
	"wangjian/internal/campaign"
)

func BenchmarkZZ(b *testing.B) {
	for range b.N {
		Read(os.DirFS("/tmp/agr_m"), func(c *campaign.Campaign) campaign.Date { return c.ReferenceDate })
	}
}
