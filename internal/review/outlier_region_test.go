package review

import (
	"slices"
	"testing"

	"github.com/shopspring/decimal"
)

// TestMedianOfOthers: the own number is left out once, wherever it stands.
func TestMedianOfOthers(t *testing.T) {
	for _, c := range []struct {
		numbers []int64
		own     int64
		median  string // "" for none
	}{
		{[]int64{1, 2, 3, 4, 5}, 5, ""}, // four others are too few
		{[]int64{1, 2, 3, 4, 5, 900}, 900, "3"},
		{[]int64{1, 2, 3, 4, 5, 900}, 1, "4"},
		{[]int64{1, 2, 3, 4, 5, 900}, 3, "4"},
		{[]int64{1, 2, 3, 4, 5, 6, 900}, 900, "3.5"},
		{[]int64{1, 2, 3, 4, 5, 6, 900}, 4, "4"},
		{[]int64{7, 7, 7, 7, 7, 7}, 7, "7"},
		{[]int64{0, 0, 0, 0, 0, 900}, 900, ""}, // nothing to compare with
	} {
		var numbers []decimal.Decimal
		for _, n := range slices.Sorted(slices.Values(c.numbers)) {
			numbers = append(numbers, decimal.NewFromInt(n))
		}
		median, ok := medianOfOthers(numbers, decimal.NewFromInt(c.own))
		if ok != (c.median != "") || ok && median.String() != c.median {
			t.Errorf("%v without %d: %s, %v; want %q", c.numbers, c.own, median, ok, c.median)
		}
	}
}
