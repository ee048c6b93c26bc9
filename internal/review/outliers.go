package review

import (
	"github.com/shopspring/decimal"
)

// Real figures jump (a rise of 49 times was real), so outliers only ask for a
// second look.

var (
	farFactor = decimal.NewFromInt(10) // times the others' median, or the round before
	farLeast  = decimal.NewFromInt(50) // figures under this jump about
	farCounty = 5                      // regions that must have reported
)
