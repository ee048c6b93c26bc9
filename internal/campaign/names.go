package campaign

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Named is what departments, regions, priorities and rounds share: they are
// referred to by 代号, 简称, 名称 or any 别名.
type Named struct {
	Code    string // 代号: used in paths
	Name    string // 名称: in full
	Short   string // 简称: as the form prints it; the 名称 where not given
	Aliases []string
	At      Position
}

// Names returns every name that refers to it, the 代号 first.
func (n Named) Names() []string {
	return append([]string{n.Code, n.Short, n.Name}, n.Aliases...)
}

func (n Named) is(name string) bool {
	return name == n.Code || name == n.Short || name == n.Name || slices.Contains(n.Aliases, name)
}

// Entity is a department, region, priority or round.
type Entity interface {
	*Department | *Region | *Priority | *Round
	Names() []string
	is(name string) bool
}

// Find looks one of a list up by any of its names; nil for none.
func Find[T Entity](list []T, name string) (found T) {
	if n := slices.IndexFunc(list, func(one T) bool { return one.is(name) }); n >= 0 {
		return list[n]
	}
	return found
}

// NamesOf lists every name of a list's entities.
func NamesOf[T Entity](list []T) (names []string) {
	for _, one := range list {
		names = append(names, one.Names()...)
	}
	return names
}

// Department is a participating unit, in the order of the notice's heading.
type Department struct {
	Named
	Index int
}

// LineOf returns the department to whose line an office belongs: 市场监管局 for
// itself, for what is below it, and for 兴国县市场监督管理局. nil for none.
func (c *Campaign) LineOf(office string) (line *Department) {
	longest := 0
	for _, d := range c.Departments {
		for _, name := range d.Names()[1:] {
			for _, stem := range append(withoutRegion(name), name) {
				before, ends := strings.CutSuffix(office, stem)
				own := ends && (before == "" || regionEnd(before)) || strings.HasPrefix(office, name)
				if own && len(stem) > longest && utf8.RuneCountInString(stem) > 2 {
					line, longest = d, len(stem)
				}
			}
		}
	}
	return line
}

// withoutRegion lists what follows the characters of a name that may end a
// region's.
func withoutRegion(name string) (stems []string) {
	for i := range name {
		if regionEnd(name[:i]) {
			stems = append(stems, name[i:])
		}
	}
	return stems
}

func regionEnd(text string) bool {
	last, size := utf8.DecodeLastRuneInString(text)
	return size > 0 && strings.ContainsRune("省市县区旗州盟", last)
}

// MapColumns and MapRows bound the map of tiles: more columns leave no tile on a
// phone that a name fits.
const (
	MapColumns = 12
	MapRows    = 40
)

// Region is a county, district or zone.
type Region struct {
	Named
	// Column and Row are 位置, its tile on the map of tiles, counted from 1 at the
	// upper left; 0 where it has none.
	Column, Row int
	Population  int // 人口, 0 where it is not given
	Shops       int // 商户数, the same
	Index       int
	Division    string // 区划代码
}

// DivisionForm is a code of GB/T 2260, or of GB/T 10114 for what is below a county.
var DivisionForm = regexp.MustCompile(`^\d{6}(\d{3}|\d{6})?$`)

// DivisionCode is the region's national code: its 区划代码, else a 代号 that is one;
// "" for a region that has none, such as a development zone.
func (r *Region) DivisionCode() string {
	if r.Division == "" && DivisionForm.MatchString(r.Code) {
		return r.Code
	}
	return r.Division
}

// DivisionCode is the national code of all that the campaign is about: its 区划代码,
// else what those of its regions have in common.
func (c *Campaign) DivisionCode() string {
	if c.Division != "" {
		return c.Division
	}
	own := ""
	for _, r := range c.Regions {
		code := r.DivisionCode()
		if code == "" {
			continue
		}
		whole := map[Tier]string{Province: code[:2] + "0000", County: code[:6]}[c.Tier]
		if whole == "" {
			whole = code[:4] + "00"
		}
		if own != "" && own != whole {
			return ""
		}
		own = whole
	}
	return own
}

// Priority is one of the campaign's 工作重点.
type Priority struct {
	Named
	Units   []*Department // 责任单位, in the notice's order
	Summary string        // 摘要
	Index   int
}

// Phase is a stage of the campaign; both days belong to it.
type Phase struct {
	Name     string
	From, To Date
	Summary  string
	At       Position
}

// Basis is a round's 口径.
type Basis string

const (
	// Cumulative figures count since the campaign's start.
	Cumulative Basis = "累计"
	// Current figures count since the round before.
	Current Basis = "当期"
)

// Round is a reporting round, oldest first.
type Round struct {
	Named
	Deadline     Date
	Basis        Basis
	MinimumCases int    // 典型案例不少于; 0 when not given
	Previous     *Round // the round before in the whole campaign, nil for the first
	Release      *Release
	Index        int
}

// Nearest returns the candidate closest to name when it is close enough to be a
// slip of the pen, else "".
func Nearest(name string, candidates []string) string {
	best, bestDistance := "", len([]rune(name))/2+2
	for _, c := range candidates {
		if c == "" || c == name {
			continue
		}
		distance := levenshtein.ComputeDistance(name, c)
		if strings.Contains(c, name) || strings.Contains(name, c) {
			distance = min(distance, 2)
		}
		if distance < bestDistance {
			best, bestDistance = c, distance
		}
	}
	return best
}

// Sender is what a file's name says of who sends it and for which round. What
// it does not say, or says twice, is nil.
type Sender struct {
	Round      *Round
	Department *Department
	Region     *Region
}

// SenderOf reads a file's name, whatever its case, such as 章贡区公安局终期总结.docx.
func (c *Campaign) SenderOf(name string) Sender {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = FoldedName(strings.TrimSuffix(name, path.Ext(name)))
	return Sender{named(name, c.Rounds), named(name, c.Departments), named(name, c.Regions)}
}

// named returns the one of a list that a file's name holds: by the longest of
// its names, or by its 代号 as a word of its own; nil for none or several.
func named[T Entity](file string, list []T) (found T) {
	best, tie := 0, false
	for _, one := range list {
		names := one.Names()
		longest := 0
		for _, name := range names[1:] {
			name = FoldedName(name)
			if utf8.RuneCountInString(name) > 1 && strings.Contains(file, name) {
				longest = max(longest, len(name))
			}
		}
		if isWordOf(file, FoldedName(names[0])) {
			longest = max(longest, len(names[0]))
		}
		switch {
		case longest == 0:
		case longest > best:
			best, found, tie = longest, one, false
		case longest == best:
			tie = true
		}
	}
	if tie {
		return nil
	}
	return found
}

// isWordOf reports whether a code stands in a name with no letter or digit
// beside it.
func isWordOf(file, code string) bool {
	for at := 0; code != ""; {
		i := strings.Index(file[at:], code)
		if i < 0 {
			return false
		}
		before, after := file[:at+i], file[at+i+len(code):]
		if !endsInCode.MatchString(before) && !startsInCode.MatchString(after) {
			return true
		}
		at += i + 1
	}
	return false
}

var (
	endsInCode   = regexp.MustCompile(`[A-Za-z0-9]$`)
	startsInCode = regexp.MustCompile(`^[A-Za-z0-9]`)
)
