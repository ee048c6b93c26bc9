package campaign

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
)

// QuantityKind tells apart what a cell of the form can hold.
type QuantityKind int

const (
	// Blank: not filled in. Never published as 0.
	Blank QuantityKind = iota
	// Numeric: a number, zero included.
	Numeric
	// None: 无, nothing to report.
	None
	// Sum: 汇总, to be computed from the counties and 本级.
	Sum
)

// Quantity is one cell of a form: an exact decimal with the decimals it was
// written with, or 无, or 汇总, or nothing.
type Quantity struct {
	Kind   QuantityKind
	number decimal.Decimal
}

// GobEncode writes a quantity for a cache: its kind and the exact decimal.
func (q Quantity) GobEncode() ([]byte, error) {
	if q.Kind != Numeric {
		return []byte{byte(q.Kind)}, nil
	}
	number, err := q.number.MarshalBinary()
	return append([]byte{byte(q.Kind)}, number...), err
}

// GobDecode reads what GobEncode has written.
func (q *Quantity) GobDecode(raw []byte) error {
	*q = Quantity{}
	if len(raw) == 0 {
		return errors.New("no quantity")
	}
	q.Kind = QuantityKind(raw[0])
	if q.Kind != Numeric {
		return nil
	}
	return q.number.UnmarshalBinary(raw[1:])
}

var plainDecimal = regexp.MustCompile(`^(0|[1-9][0-9]*)(\.[0-9]+)?$`)

var leadingZeros = regexp.MustCompile(`^0+((?:0|[1-9][0-9]*)(?:\.[0-9]+)?)$`)

// MaxDigits bounds a written quantity; the real ones have under ten.
const MaxDigits = 30

// ParseQuantity reads a cell as written: a plain decimal, 无 or 汇总. Its
// errors are Chinese and say what to write instead.
func ParseQuantity(s string) (Quantity, error) {
	switch s {
	case "无":
		return Quantity{Kind: None}, nil
	case "汇总":
		return Quantity{Kind: Sum}, nil
	case "":
		return Quantity{}, fmt.Errorf("没有填数量：没有发生填 0，无此项填 无")
	}
	if len(s) > MaxDigits {
		return Quantity{}, fmt.Errorf("数量“%.40s”太长，请核对", s)
	}
	if !plainDecimal.MatchString(s) {
		return Quantity{}, quantityHint(s)
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return Quantity{}, fmt.Errorf("“%s”不是数量", s)
	}
	return Quantity{Numeric, d}, nil
}

// quantityHint names the slip that made s unreadable.
func quantityHint(s string) error {
	folded := strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' || r == '．' || r == '，' {
			return r - 0xFEE0
		}
		return r
	}, s)
	bare := strings.ReplaceAll(folded, ",", "")
	switch {
	case strings.HasPrefix(s, "-") || strings.HasPrefix(s, "−"):
		return fmt.Errorf("数量“%s”是负数：报表里的数量不能小于零", s)
	case strings.HasPrefix(s, "+"):
		return fmt.Errorf("数量“%s”不要写加号", s)
	case folded != s && plainDecimal.MatchString(bare):
		return fmt.Errorf("数量“%s”用了全角字符，请写成 %s", s, bare)
	case plainDecimal.MatchString(bare):
		return fmt.Errorf("数量“%s”有千分位逗号，请写成 %s", s, bare)
	case leadingZeros.MatchString(s):
		return fmt.Errorf("数量“%s”以 0 开头，请写成 %s", s, leadingZeros.FindStringSubmatch(s)[1])
	}
	return fmt.Errorf("“%s”不是数量：请写不带单位的普通十进制数，或者 无、汇总", s)
}

// Number makes a numeric quantity.
func Number(d decimal.Decimal) Quantity { return Quantity{Numeric, d} }

// Decimal gives the exact number; zero for 无, 汇总 and blank, which count for
// nothing in a sum.
func (q Quantity) Decimal() decimal.Decimal {
	if q.Kind != Numeric {
		return decimal.Zero
	}
	return q.number
}

// IsNumber tells whether the cell holds a number.
func (q Quantity) IsNumber() bool { return q.Kind == Numeric }

// Decimals is the number of digits written after the point.
func (q Quantity) Decimals() int {
	if q.Kind != Numeric {
		return 0
	}
	return int(max(0, -q.number.Exponent()))
}

// Add gives the sum of two cells: 无 and blank add nothing, and a sum of
// nothing but 无 is 无. It keeps the longer fraction: 1.50 + 2 is 3.50.
func (q Quantity) Add(other Quantity) Quantity {
	switch {
	case q.Kind == Numeric && other.Kind == Numeric:
		return Number(q.number.Add(other.number))
	case q.Kind == Numeric:
		return q
	case other.Kind == Numeric:
		return other
	case q.Kind == None || other.Kind == None:
		return Quantity{Kind: None}
	}
	return q
}

// SumOf adds cells up: a sum of nothing at all, or of what cannot be added, is
// zero.
func SumOf(parts ...Quantity) Quantity {
	var sum Quantity
	for _, p := range parts {
		sum = sum.Add(p)
	}
	if sum.Kind == Sum || sum.Kind == Blank {
		return Number(decimal.Zero)
	}
	return sum
}

// Equal compares values, not spelling: 3.50 equals 3.5, 无 equals only 无.
func (q Quantity) Equal(other Quantity) bool {
	return q.Kind == other.Kind && (q.Kind != Numeric || q.number.Equal(other.number))
}

// String prints the cell as it was written.
func (q Quantity) String() string {
	switch q.Kind {
	case Numeric:
		return q.number.StringFixed(int32(q.Decimals()))
	case None:
		return "无"
	case Sum:
		return "汇总"
	}
	return ""
}
