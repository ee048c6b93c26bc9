package stats

import (
	"testing"

	"wangjian/internal/campaign"
)

// TestRate works rates out by hand: 12 of 690,000 people are 0.1739… for ten
// thousand. What would read 0.00 and is not has another decimal.
func TestRate(t *testing.T) {
	region := &campaign.Region{Population: 690_000, Shops: 3}
	for _, test := range []struct {
		quantity string
		per      int
		want     string
	}{
		{"12", 0, "0.17"}, {"8.625", 0, "0.13"}, {"0.0345", 0, "0.001"}, {"0", 0, "0.00"}, {"无", 0, "无"},
		{"2", 1, "666.67"}, {"9007199254740993", 1, "3002399751580331000.00"}, {"0.000001", 1, "0.0003"},
	} {
		q, err := campaign.ParseQuantity(test.quantity)
		if err != nil {
			t.Fatal(err)
		}
		if got := Pers[test.per].Rate(&Figure{Quantity: q, Region: region}); got != test.want {
			t.Errorf("%s %s: %s, want %s", test.quantity, Pers[test.per].Name, got, test.want)
		}
	}
	if Pers[0].Given([]*campaign.Region{region, {}}) || !Pers[1].Given([]*campaign.Region{region}) || Pers[0].Given(nil) {
		t.Error("a rate is given where a region has no number for it")
	}
}
