package campaign

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
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
// errors are Chinese, and their hints say what to write instead.
func ParseQuantity(s string) (Quantity, error) {
	switch s {
	case "无":
		return Quantity{Kind: None}, nil
	case "汇总":
		return Quantity{Kind: Sum}, nil
	case "":
		return Quantity{}, wrong("没有填数量", "没有发生填 0，无此项填 无，空着不行")
	}
	if len(s) > MaxDigits && !strings.ContainsFunc(s, func(r rune) bool { return r > 0x7f }) {
		return Quantity{}, wrong(fmt.Sprintf("数量“%.40s”太长，请核对", s), "只写数字")
	}
	if !plainDecimal.MatchString(s) {
		return Quantity{}, notAQuantity(s)
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return Quantity{}, wrong("“"+s+"”不是数量", "只写数字")
	}
	return Quantity{Numeric, d}, nil
}

// ParseQuantity is ParseQuantity for a cell of this row: where a unit stands
// behind the number, the hint compares it with the row's.
func (r *Row) ParseQuantity(s string) (Quantity, error) {
	q, err := ParseQuantity(s)
	if m := measured.FindStringSubmatch(FoldWidth(s)); err != nil && m != nil && r.Unit != "" {
		hint := "这一行的单位是“" + r.Unit + "”，按它核对后只写数字"
		if strings.TrimSpace(m[2]) == r.Unit {
			hint = "不写单位，写成 " + strings.ReplaceAll(m[1], ",", "")
			if plainDecimal.MatchString(m[1]) || thousands.MatchString(m[1]) {
				return q, means(err.Error(), "不写单位，写成 ", strings.ReplaceAll(m[1], ",", ""))
			}
		}
		err = wrong(err.Error(), hint)
	}
	return q, err
}

var (
	// thousands is a number with a mark after every three digits.
	thousands = regexp.MustCompile(`^[1-9][0-9]{0,2}([,' ][0-9]{3})+(\.[0-9]+)?$`)
	// about is a number that is said not to be exact.
	about = regexp.MustCompile(`^(约|近|大约|将近|超过|超|不足|逾|共约|至少|最多)?\s*([0-9.]+)\s*(余|多|左右|上下|以上|以下|\+)?\s*(\D*)$`)
	// measured is a number with a word behind it.
	measured = regexp.MustCompile(`^([0-9][0-9,]*(?:\.[0-9]+)?)\s*(\p{Han}[^0-9]*|%)$`)
	nothing  = regexp.MustCompile(`^([-—–－_/\\]+|没有|未发生|没有发生|暂无|无数据|空|nil|null|N/?A)$`)
)

// notAQuantity names the slip that made s unreadable.
func notAQuantity(s string) error { // flat: one case a slip
	text := FoldWidth(strings.Trim(strings.TrimSpace(s), "“”‘’\"'＂"))
	bare := strings.NewReplacer(",", "", "'", "", " ", "").Replace(text)
	number, isHan := hanNumber(strings.TrimSuffix(text, "整"))
	switch {
	case plainDecimal.MatchString(strings.TrimRight(text, ",;.。、")) && text != strings.TrimRight(text, ",;。、"):
		return wrong("数量“"+s+"”后面有标点", "去掉标点，写成 "+strings.TrimRight(text, ",;.。、"))
	case nothing.MatchString(s) || nothing.MatchString(text):
		return wrong("“"+s+"”看不出是 0 还是 无", "没有发生填 0，无此项填 无")
	case strings.HasPrefix(text, "-") || strings.HasPrefix(text, "−"):
		return wrong("数量“"+s+"”是负数：报表里的数量不能小于零", "核对后写不小于零的数")
	case strings.HasPrefix(text, "+") && plainDecimal.MatchString(text[1:]):
		return wrong("数量“"+s+"”前面写了加号", "写成 "+text[1:])
	case thousands.MatchString(text) && !strings.ContainsAny(text, "' "):
		return means("数量“"+s+"”有千分位分隔符", "不要分隔符，写成 ", bare)
	case thousands.MatchString(text):
		return wrong("数量“"+s+"”有千分位分隔符", "不要分隔符，写成 "+bare)
	case plainDecimal.MatchString(text) && strings.ContainsAny(s, "“”‘’\"'＂"):
		return means("数量“"+s+"”带了引号", "去掉引号，写成 ", text)
	case plainDecimal.MatchString(text):
		return means("数量“"+s+"”用了全角字符", "改用半角，写成 ", text)
	case plainDecimal.MatchString(bare):
		return wrong("数量“"+s+"”里逗号或空格的位置不对，看不出是多少", "核对是多少，只写数字，不要分隔符")
	case leadingZeros.MatchString(text):
		return wrong("数量“"+s+"”以 0 开头", "写成 "+leadingZeros.FindStringSubmatch(text)[1])
	case isHan:
		return wrong("数量“"+s+"”写的是汉字", "改用阿拉伯数字，写成 "+strconv.FormatInt(number, 10))
	}
	if m := about.FindStringSubmatch(text); m != nil && m[1]+m[3] != "" {
		return wrong("数量“"+s+"”不是确切的数", "核对后写确切的数，不要写“"+m[1]+m[3]+"”")
	}
	if m := measured.FindStringSubmatch(text); m != nil {
		return wrong("数量“"+s+"”带了单位或别的字", "按统计表的单位，只写数字")
	}
	return wrong("“"+s+"”不是数量：请写不带单位的普通十进制数，或者 无、汇总", "没有发生填 0，无此项填 无；数量只写数字")
}

// Number makes a numeric quantity.
func Number(d decimal.Decimal) Quantity { return Quantity{Numeric, d} }

// Decimal returns the exact number; zero for 无, 汇总 and blank, which count for
// nothing in a sum.
func (q Quantity) Decimal() decimal.Decimal {
	if q.Kind != Numeric {
		return decimal.Zero
	}
	return q.number
}

// IsNumber reports whether the cell holds a number.
func (q Quantity) IsNumber() bool { return q.Kind == Numeric }

// Decimals is the number of digits written after the point.
func (q Quantity) Decimals() int {
	if q.Kind != Numeric {
		return 0
	}
	return int(max(0, -q.number.Exponent()))
}

// Add returns the sum of two cells: 无 and blank add nothing, and a sum of
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
