package campaign

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// Campaign is everything that data/ and content/ say.
type Campaign struct {
	Version        int
	Name           string // 名称
	Short          string // 简称
	DocumentNumber string // 文号
	IssuedOn       Date   // 印发日期
	Lead           *Department
	Sample         bool // 示例: marks every page and sheet 示例数据
	ReferenceDate  Date // 基准日, zero when not given
	Site           Site

	Tier         Tier     // 层级
	Division     string   // 区划代码
	LedgerPublic bool     // 台账公开
	OFD          bool     // 公开OFD: papers as OFD too
	Openness     Openness // 地区公开
	PartyNames   string   // 当事人公示: 隐名 or 实名
	Reviewers    map[Stage][]string
	IndexPattern *regexp.Regexp // 索引号格式
	Publicity    Publicity      // 公示
	Licence      Licence        // 数据许可
	Targets      []Destination  // 发布, in the order of the file
	Submission   Submission     // 报送

	Forthcoming []Forthcoming // 发布预告, by day
	Departments []*Department
	Regions     []*Region
	Priorities  []*Priority
	Phases      []*Phase
	Rounds      []*Round
	Form        Form
	Reports     []*Report       // by round, department, region
	Collections []*Collection   // data/collected.yaml, in the order of the file
	Corrections []*Correction   // by day, then as written
	Withdrawals []*Correction   // of items, likewise
	Items       []*Item         // by kind and file
	Keys        Keys            // of campaign.yaml
	Looks       Looks           // what it replaces in layouts/
	Wording     Wording         // wrong words: data/wording.yaml and the built-in list
	Protected   []ProtectedTerm // from the same files
	Synonyms    []Synonym       // data/synonyms.yaml, then the built-in list

	// History is what the record of publications tells; nil where nothing was
	// published. A public view holds it up to its day.
	History *History

	// Fingerprinted reports that sign has written a 指纹 into a record of the
	// campaign.
	Fingerprinted bool

	// Shown are the digests of what is or was public by the record. No
	// renderer looks at it.
	Shown map[string]bool

	// Doubtful names the files and folders in which source found errors, and
	// those that a misnamed file was meant to be: what depends on them cannot
	// be judged, and one fault is told once.
	Doubtful map[string]bool

	// Unreadable are the files that are there and cannot be read, by the path at
	// which each belongs, with its first fault. Whose form or narrative it is has
	// neither reported nor failed to. Folders count for all that is in them.
	Unreadable map[string]Position
}

// Publicity is the system in which the province publishes penalties, and what
// it calls the columns of data/penalties.csv.
type Publicity struct {
	System  string            // 系统名称
	URL     string            // 网址
	Columns map[string]string // 列: a summary item to the system's name for it
}

// Forthcoming is something whose day of publication is announced.
type Forthcoming struct {
	Name      string   // 名称
	On        Date     // 日期
	Announced Date     // 预告日期: from this day the page says so
	Round     *Round   // 期次 whose figures it is; nil for anything else
	At        Position // of the 日期
}

// LeastNotice is how many days before its publication a day is fixed: four weeks, as
// official statistics do.
const LeastNotice = 28

// Licence is on what terms anyone may use the data files; the zero Licence where the
// campaign says nothing of it.
type Licence struct {
	Name string // 名称
	URL  string // 网址
}

// IsDoubtful reports whether a file, or a folder that it is in, is doubtful.
func (c *Campaign) IsDoubtful(file string) bool {
	for p := file; p != "." && p != "/" && p != ""; p = path.Dir(p) {
		if c.Doubtful[p] {
			return true
		}
	}
	return false
}

// Unread returns where a file that is there cannot be read; ok is false for one
// that is absent or can be read.
func (c *Campaign) Unread(file string) (fault Position, ok bool) {
	for p := file; p != "." && p != "/" && p != ""; p = path.Dir(p) {
		if fault, ok = c.Unreadable[p]; ok {
			return fault, true
		}
	}
	return Position{}, false
}

// SettingsUnread reports whether the campaign's own files, by which everything
// else is understood, cannot be read.
func (c *Campaign) SettingsUnread() bool {
	_, settings := c.Unread("data/campaign.yaml")
	_, form := c.Unread("data/form.yaml")
	return settings || form
}

// ReportFile returns the path of the form that a department, or one of its
// regions, hands in for a round.
func ReportFile(round *Round, d *Department, region *Region) string {
	if region != nil {
		return "data/" + round.Code + "/" + d.Code + "/" + region.Code + ".yaml"
	}
	return "data/" + round.Code + "/" + d.Code + ".yaml"
}

// ReleaseFile returns the path of a round's record of publication.
func ReleaseFile(round *Round) string { return "data/" + round.Code + "/release.yaml" }

// NarrativeFile returns the path of a department's narrative for a round.
func NarrativeFile(round *Round, d *Department) string {
	return Narratives.Folder() + "/" + round.Code + "/" + d.Code + ".md"
}

// SummaryName is what the file of the whole campaign's summary is called in the
// folder of its round.
const SummaryName = "index.md"

// SummaryFile returns the path of the whole campaign's summary for a round.
func SummaryFile(round *Round) string {
	return Summaries.Folder() + "/" + round.Code + "/" + SummaryName
}

// Site is what the pages' head and foot say (国办发〔2017〕47号).
type Site struct {
	Name        string // 名称: SiteName
	Domain      string // 域名: SiteDomain
	URL         string // 网址, with a slash at its end
	Addressed   bool   // 网址 is written, and not made of 域名
	Code        string // 标识码: SiteIDCode
	Host        string // 主办单位
	Operator    string // 承办单位
	Phone       string // 联系电话
	Address     string // 地址
	ICP         string // ICP备案号
	Police      string // 公安备案号
	OrganURL    string // 党政机关标识: where the mark of 党政机关网站 leads
	PortalName  string // 上级站点, 名称: the portal that the site is a part of
	PortalURL   string // 上级站点, 网址
	ReportLink  string // 找错链接
	ArchivedOn  Date   // 归档日期
	Hotline     string // 投诉热线; 12315 when not given
	HotlineName string // what the hotline is for
}

// Base is the site's own address, with a slash at its end; "" where it has none.
func (s Site) Base() string {
	switch {
	case s.URL != "":
		return strings.TrimSuffix(s.URL, "/") + "/"
	case s.Domain != "":
		return "https://" + s.Domain + "/"
	}
	return ""
}

// DefaultIndexPattern is the usual shape of an 索引号: 18 characters of credit
// code, year, five digits.
var DefaultIndexPattern = regexp.MustCompile(`^[0-9A-HJ-NPQRTUWXY]{18}/\d{4}-\d{5}$`)

// FindDepartment looks a department up by any of its names.
func (c *Campaign) FindDepartment(name string) *Department { return Find(c.Departments, name) }

// FindRegion looks a region up by any of its names.
func (c *Campaign) FindRegion(name string) *Region { return Find(c.Regions, name) }

// FindRound looks a round up by any of its names.
func (c *Campaign) FindRound(name string) *Round { return Find(c.Rounds, name) }

// Report returns the form filled in for a round by a department, or by one of
// its regions; nil when there is none.
func (c *Campaign) Report(round *Round, d *Department, region *Region) *Report {
	return first(c.Reports, func(r *Report) bool { return r.Round == round && r.Department == d && r.Region == region })
}

// ReportsOf returns the forms filled in for a round.
func (c *Campaign) ReportsOf(round *Round) []*Report {
	return all(c.Reports, func(r *Report) bool { return r.Round == round })
}

// ItemAt returns the item that a file is, or nil.
func (c *Campaign) ItemAt(file string) *Item {
	return first(c.Items, func(i *Item) bool { return i.File == file })
}

// ItemsOf returns the items of a kind.
func (c *Campaign) ItemsOf(k Kind) []*Item {
	return all(c.Items, func(i *Item) bool { return i.Kind == k })
}

// Narrative returns the narrative of a round by a department or one of its
// regions; nil when there is none.
func (c *Campaign) Narrative(round *Round, d *Department, region *Region) *Item {
	return first(c.Items, func(i *Item) bool {
		return i.Kind == Narratives && i.Round == round && i.Department == d && i.Region == region
	})
}

// SummaryOf returns the whole campaign's summary of a round, by the lead office;
// nil when there is none.
func (c *Campaign) SummaryOf(round *Round) *Item {
	return first(c.Items, func(i *Item) bool { return i.Kind == Summaries && i.Round == round })
}

// PrioritiesOf returns the priorities that a department answers for.
func (c *Campaign) PrioritiesOf(d *Department) []*Priority {
	return all(c.Priorities, func(p *Priority) bool { return slices.Contains(p.Units, d) })
}

// first returns the first of a list that fits; nil for none.
func first[T any](list []*T, fits func(*T) bool) *T {
	if n := slices.IndexFunc(list, fits); n >= 0 {
		return list[n]
	}
	return nil
}

// all returns those of a list that fit.
func all[T any](list []*T, fits func(*T) bool) (some []*T) {
	for _, one := range list {
		if fits(one) {
			some = append(some, one)
		}
	}
	return some
}

// Term is from the first day of any phase to the last.
func (c *Campaign) Term() (from, to Date) {
	for _, p := range c.Phases {
		if from.IsZero() || p.From.Before(from) {
			from = p.From
		}
		if p.To.After(to) {
			to = p.To
		}
	}
	return from, to
}

// UnitOf tells by its path which unit's form or narrative of which round a file
// is: region is nil for the department's own, and round for what is neither.
func (c *Campaign) UnitOf(file string) (round *Round, d *Department, region *Region) {
	parts := strings.Split(strings.TrimPrefix(file, "content/"+string(Narratives)+"/"), "/")
	if parts[0] == "data" {
		parts = parts[1:]
	}
	if len(parts) < 2 || len(parts) > 3 {
		return nil, nil, nil
	}
	round, d = c.FindRound(parts[0]), c.DepartmentOf(file)
	if len(parts) == 3 {
		region = c.FindRegion(strings.TrimSuffix(parts[2], path.Ext(parts[2])))
	}
	if round == nil || d == nil || len(parts) == 3 && region == nil {
		return nil, nil, nil
	}
	return round, d, region
}

// DepartmentOf tells which department a file belongs to by its path, for
// grouping findings; nil for the campaign's own files.
func (c *Campaign) DepartmentOf(file string) *Department {
	parts := strings.Split(file, "/")
	switch {
	case len(parts) >= 3 && parts[0] == "data":
		return c.FindDepartment(strings.TrimSuffix(parts[2], ".yaml"))
	case len(parts) >= 4 && parts[0] == "content" && parts[1] == string(Narratives):
		return c.FindDepartment(strings.TrimSuffix(parts[3], ".md"))
	}
	return nil
}
