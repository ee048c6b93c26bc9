package campaign

// PublicTerm is how long a penalty is public: 公示期 (总局令第45号, article 13).
type PublicTerm string

const (
	ShortTerm PublicTerm = "三个月" // 通报批评 and small fines
	LongTerm  PublicTerm = "三年"  // all others
	// RestrictionTerm: as long as a restriction on trade runs, where that is
	// longer.
	RestrictionTerm PublicTerm = "依限制期限"
)

// Terms lists what a case may say.
var Terms = []string{string(ShortTerm), string(LongTerm), string(RestrictionTerm)}

// Months is how long the term is; 0 where no number of months says so.
func (t PublicTerm) Months() int { return map[PublicTerm]int{ShortTerm: 3, LongTerm: 36}[t] }
