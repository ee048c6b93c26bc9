package campaign

// Openness is what the public sees of the regions' figures: 地区公开.
type Openness string

const (
	// InOrder: in the campaign's order, and nothing is said of who has most.
	InOrder Openness = "次序"
	// Ranked: sorted by number, with the highest named.
	Ranked Openness = "排序"
	// TotalsOnly: sums, and nothing of a single region.
	TotalsOnly Openness = "只公布合计"
)

// The codes of charts that compare regions are a department's code and one of
// these.
const (
	CountiesChart = "-diqu"
	HeatChart     = "-reli"
)

// OfRegions reports whether a reference asks for figures of single regions.
func (c *Campaign) OfRegions(r Reference) bool {
	if r.Kind != ChartReference {
		return r.Region != ""
	}
	for _, d := range c.Departments {
		if r.Chart == d.Code+HeatChart || r.Chart == d.Code+CountiesChart {
			return true
		}
	}
	return false
}

// Looks is what a campaign replaces of how its pages look, beside whole
// templates: the files words.yaml, style.yaml and logo.svg or logo.png of its
// layouts/ folder.
type Looks struct {
	Words map[string]string // a built-in word of the interface → the campaign's own
	Style []StyleProperty   // in the order of the file
	Logo  Logo
	// Emblems are the marks that the foot shows before a number: PoliceEmblem,
	// OrganEmblem.
	Emblems map[string]Logo
}

// The files, without their extension, of the marks that authorities hand out.
const (
	PoliceEmblem = "gongan"    // 公安备案
	OrganEmblem  = "dangzheng" // 党政机关网站标识
)

// Logo is a mark that stands before the site's name.
type Logo struct {
	File          string // name within layouts/; "" without one
	Width, Height int    // in which it is shown, px
}

// StyleProperty is a custom property of the stylesheet with the campaign's
// value.
type StyleProperty struct {
	Mode  string // 深色, 高对比, 大字, 特大字, 打印; "" for all
	Name  string // without the two dashes
	Value string
	At    Position // of the value
}

// Term is an entry of the list of wrong words, the campaign's own
// (data/wording.yaml) or a built-in one.
type Term struct {
	Wrong  string   // 误
	Right  string   // 正: what to write instead, "" where the word is only to go
	Level  Level    // 级别: 错误 or 提醒
	Why    string   // 说明
	Except []string // 除外: longer words that hold the wrong one and are right
}

// Wording holds terms by the first character of the wrong word, so that a text
// is gone through once whatever their number.
type Wording map[rune][]Term

// ProtectedTerm is a name or a fixed phrase that must stand exactly as it is:
// 保护用语 of data/wording.yaml, or a built-in one.
type ProtectedTerm struct {
	Text   string   // 词
	Person bool     // 类型: 人名
	Level  Level    // 级别: 错误 or 提醒
	Titles []string // 职务: near misses count only beside one of these
	Wrong  []string // 误: wrong forms that are no near misses
	Why    string   // 说明
	Except []string // 除外: words that look like a near miss and are right
}

// Synonym is a word that readers type where pages have another: an entry of
// data/synonyms.yaml, or a built-in one.
type Synonym struct {
	Word   string
	Others []string
}
