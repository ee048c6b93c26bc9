package site

import (
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// TestTier: what the program says of a city's campaign it says of a province's and
// of a county's in their own words, on every page, in scripts and data.
func TestTier(t *testing.T) {
	for tier, want := range map[campaign.Tier][]string{
		campaign.City:     {"全市总结", "市级部门", "县（市、区）"},
		campaign.Province: {"全省总结", "省级部门", "市（州）"},
		campaign.County:   {"全县总结", "县级部门", "乡镇（街道）"},
	} {
		c, contents := read(t, smallDir)
		c.Tier = tier
		var all strings.Builder
		for path, text := range render(t, release.Public(c, c.ReferenceDate, contents)) {
			all.WriteString(text)
			if tier == campaign.City {
				continue
			}
			for _, word := range []string{"全市", "市级", "县（市、区）"} {
				if strings.Contains(text, word) {
					t.Errorf("%s: %s says %s", tier, path, word)
				}
			}
		}
		for _, word := range want {
			if !strings.Contains(all.String(), word) {
				t.Errorf("%s: nothing says %s", tier, word)
			}
		}
	}
}
