package campaign

import (
	"fmt"
	"strings"
)

// ReferenceKind is what a {{…}} asks for.
type ReferenceKind int

const (
	// FigureReference prints a published figure.
	FigureReference ReferenceKind = iota
	// ChartReference places a chart: {{图:代号}}.
	ChartReference
	// TableReference places a department's table: {{表:公安局}}.
	TableReference
)

// Aspect is what follows the ｜ of a figure reference.
type Aspect string

// The aspects of a figure.
const (
	Plain    Aspect = ""   // the figure with its unit
	Value    Aspect = "数值" // the figure alone
	Increase Aspect = "新增" // since the round before, of a 累计 figure
	Growth   Aspect = "增幅" // in percent, between two 当期 rounds
	Movement Aspect = "变化" // since the round before, in words: 增加6件, 减少500件, 持平
)

// Compares reports whether the aspect sets a figure against the round before.
func (a Aspect) Compares() bool { return a == Increase || a == Growth || a == Movement }

// Reference is a {{…}} of a body, as written and taken apart; nothing is
// looked up yet.
type Reference struct {
	Kind       ReferenceKind
	Raw        string // between the braces
	Round      string // "" for the default
	Department string // also the table's department
	Region     string // "" for the whole
	Row        string
	Aspect     Aspect
	Chart      string
	At         Position
	Before     string // the last characters of the line before it
}

var referenceFold = strings.NewReplacer("｜", "|", "：", ":", "／", "/", "＠", "@")

// ParseReference takes apart what stands between {{ and }}.
func ParseReference(raw string) (Reference, error) {
	r := Reference{Raw: raw}
	text := strings.TrimSpace(raw)
	// Only the marks before the row's name are folded: a name may hold a ：.
	head, row, isFigure := cutAny(text, "/", "／")
	head = strings.TrimSpace(referenceFold.Replace(head))
	if !isFigure {
		err := r.takeWhole(head)
		return r, err
	}
	if round, rest, ok := strings.Cut(head, ":"); ok {
		r.Round, head = strings.TrimSpace(round), strings.TrimSpace(rest)
		if r.Round == "" {
			return r, fmt.Errorf("引用“{{%s}}”的冒号前没有写期次", raw)
		}
	}
	if department, region, ok := strings.Cut(head, "@"); ok {
		head, r.Region = strings.TrimSpace(department), strings.TrimSpace(region)
		if r.Region == "" {
			return r, fmt.Errorf("引用“{{%s}}”的 @ 后没有写地区", raw)
		}
	}
	r.Department = head
	name, aspect, hasAspect := cutAny(row, "|", "｜")
	r.Row = strings.TrimSpace(strings.ReplaceAll(name, "／", "/"))
	if hasAspect {
		r.Aspect = Aspect(strings.TrimSpace(aspect))
		switch r.Aspect {
		case Value, Increase, Growth, Movement:
		default:
			return r, fmt.Errorf("引用“{{%s}}”的竖线后只能写 数值、新增、增幅 或 变化", raw)
		}
	}
	if r.Department == "" || r.Row == "" {
		return r, fmt.Errorf("引用“{{%s}}”不完整：要写成 {{部门/项目}}", raw)
	}
	return r, nil
}

// takeWhole takes a reference to a chart or a table.
func (r *Reference) takeWhole(text string) error {
	kind, name, _ := strings.Cut(text, ":")
	name = strings.TrimSpace(name)
	switch kind = strings.TrimSpace(kind); {
	case kind == "图" && name != "":
		r.Kind, r.Chart = ChartReference, name
	case kind == "表" && name != "":
		r.Kind, r.Department = TableReference, name
	default:
		return fmt.Errorf("引用“{{%s}}”不完整：数据写 {{部门/项目}}，图表写 {{图:代号}}，统计表写 {{表:部门}}", r.Raw)
	}
	return nil
}

// cutAny cuts at the first of the separators.
func cutAny(s string, separators ...string) (before, after string, found bool) {
	at, width := -1, 0
	for _, sep := range separators {
		if i := strings.Index(s, sep); i >= 0 && (at < 0 || i < at) {
			at, width = i, len(sep)
		}
	}
	if at < 0 {
		return s, "", false
	}
	return s[:at], s[at+width:], true
}

// Target is what a figure reference points at.
type Target struct {
	Round      *Round
	Department *Department
	Region     *Region
	Row        *Row
}

// Resolve looks the names of a figure or table reference up. A round that is
// not named is fallback; its errors are Chinese and name the nearest valid
// name.
func (c *Campaign) Resolve(r Reference, fallback *Round) (Target, error) {
	t := Target{Round: fallback}
	if r.Round != "" {
		if t.Round = c.FindRound(r.Round); t.Round == nil {
			return t, unknown("期次", r.Round, NamesOf(c.Rounds))
		}
	}
	if t.Department = c.FindDepartment(r.Department); t.Department == nil {
		return t, unknown("部门", r.Department, NamesOf(c.Departments))
	}
	if r.Region != "" {
		if t.Region = c.FindRegion(r.Region); t.Region == nil {
			return t, unknown("地区", r.Region, NamesOf(c.Regions))
		}
	}
	if r.Kind == TableReference {
		return t, nil
	}
	rows := c.Form.Find(t.Department, r.Row)
	switch len(rows) {
	case 1:
		t.Row = rows[0]
		return t, nil
	case 0:
		if len(c.Form.RowsOf(t.Department)) == 0 {
			return t, fmt.Errorf("%s在统计表里没有项目", t.Department.Short)
		}
		return t, unknown(t.Department.Short+"的项目", r.Row, c.Form.Keys(t.Department))
	}
	return t, fmt.Errorf("%s有 %d 个项目叫“%s”：请带上单位，如 %s", t.Department.Short, len(rows), r.Row, rows[0].Label())
}

// UnknownName is an error for a name that matches nothing.
type UnknownName struct {
	What, Name, Nearest string
	Sure                string // that is surely meant; "" for none
}

func (e *UnknownName) Error() string { return fmt.Sprintf("没有叫“%s”的%s", e.Name, e.What) }

func unknown(what, name string, candidates []string) error {
	return &UnknownName{what, name, Nearest(name, candidates), Meant(name, candidates, 2)}
}
