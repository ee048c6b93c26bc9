package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// counties tells how many of a figure's parts are counties'.
func counties(f *stats.Figure) int {
	n := 0
	for _, p := range f.Parts {
		if p.Region != nil {
			n++
		}
	}
	return n
}

var figureRules = []Rule{
	{
		Code: "sum", Level: campaign.Error,
		Words: "有县（市、区）报表的，部门填的数字等于各地之和加本级。",
		Figures: each(wholes, func(c *Context, f *stats.Figure) {
			if f.Computed || f.Quantity.Kind == campaign.Blank || counties(f) == 0 || partUnknown(c, f) {
				return
			}
			sum := stats.SumOf(f.Parts)
			if sum.Equal(f.Quantity) {
				return
			}
			c.Once(partsKey(f.Round, f.Row))
			difference := "两者不同"
			if sum.IsNumber() && f.Quantity.IsNumber() {
				difference = "相差 " + f.Quantity.Decimal().Sub(sum.Decimal()).String()
			}
			c.Tell(finding(f.At, fmt.Sprintf("“%s”填的是 %s，各地之和加本级是 %s，%s", f.Row.Name, f.Quantity, sum, difference), c.Campaign.Tier.Say("核对县（市、区）报表和“本级”，或改填 汇总 由程序相加")))
		}),
	}, {
		Code: "sum-incomplete", Level: campaign.Warning,
		Words: "汇总里还缺哪些县（市、区）的报表，要说出来。",
		Figures: func(c *Context) {
			said := map[*campaign.Report]bool{}
			for _, f := range wholes(c) {
				report, missing := f.Report, f.Coverage.Missing
				if len(missing) == 0 || said[report] {
					continue
				}
				said[report] = true
				var names []string
				for _, region := range missing {
					names = append(names, region.Name)
				}
				c.Reportf(f.At, "催报；报来以后放到 data/"+report.Round.Code+"/"+report.Department.Code+"/ 里",
					"%s%s的合计里还没有%s的数字", report.Department.Short, report.Round.Name, strings.Join(names, "、"))
			}
		},
	}, {
		Code: "part-exceeds", Level: campaign.Error,
		Words: "“其中”的每一行都不大于它所属的总数（不计入合计的行除外）。",
		Figures: eachDivision(func(c *Context, d division) {
			for _, row := range d.parent.Children {
				part, ok := d.parts.Of(row)
				if !ok || row.Uncounted || !part.Quantity.Decimal().GreaterThan(d.total.Quantity.Decimal()) || !c.Once(d.key) {
					continue
				}
				c.Reportf(part.At, "核对这一行和总数", "其中“%s”是 %s，大于总数“%s”的 %s", row.Name, part.Quantity, d.parent.Name, d.total.Quantity)
			}
		}),
	}, {
		Code: "parts-exceed", Level: campaign.Error,
		Words: "“其中”各行相加不大于总数；不计入合计的行不加。",
		Figures: eachDivision(func(c *Context, d division) {
			var sum campaign.Quantity
			for _, row := range d.parent.Children {
				if part, ok := d.parts.Of(row); ok && !row.Uncounted {
					sum = sum.Add(part.Quantity)
				}
			}
			if sum.Decimal().GreaterThan(d.total.Quantity.Decimal()) && c.Once(d.key) {
				c.Reportf(d.total.At, "核对各行；互相重叠的行在 data/form.yaml 里写“不计入合计: true”",
					"“%s”是 %s，而其中各行相加是 %s，多出 %s", d.parent.Name, d.total.Quantity, sum, sum.Decimal().Sub(d.total.Quantity.Decimal()))
			}
		}),
	}, {
		Code: "cumulative-fall", Level: campaign.Warning,
		Words: "累计口径的数字不应当比上一期小。",
		Figures: each(figures, func(c *Context, f *stats.Figure) {
			if f.Quantity.Kind == campaign.Blank {
				return
			}
			change, err := c.Book.Change(f)
			if err == nil && change.Basis == campaign.Cumulative && change.Amount.IsNegative() {
				c.Reportf(f.At, "核对两期数字；确是核减的，在备注里说明原因",
					"“%s”%s%s是 %s，比%s的 %s 还小", f.Row.Name, change.Scope(), f.Round.Name, change.Now, change.Previous.Round.Name, change.Before)
			}
		}),
	}, {
		Code: "outlier-region", Level: campaign.Warning,
		Words: "一个县（市、区）的数字超过其他各地中位数的 10 倍，请核对。",
		Figures: func(c *Context) {
			for _, round := range c.Campaign.Rounds {
				for _, row := range c.Campaign.Form.Rows {
					figures := c.Book.Counties(round, row)
					numbers := sortedNumbers(figures)
					for _, f := range figures {
						if !f.Quantity.IsNumber() || f.Quantity.Decimal().LessThan(farLeast) {
							continue
						}
						median, ok := medianOfOthers(numbers, f.Quantity.Decimal())
						if ok && f.Quantity.Decimal().GreaterThan(median.Mul(farFactor)) {
							c.Reportf(f.At, "核对数字和单位；属实的不用改", "“%s”%s填的是 %s，其他各地的中位数是 %s", row.Name, f.Region.Name, f.Quantity, median)
						}
					}
				}
			}
		},
	}, {
		Code: "outlier-round", Level: campaign.Warning,
		Words: "数字比上一期多 10 倍以上，请核对。",
		Figures: each(figures, func(c *Context, f *stats.Figure) {
			if f.Computed {
				return
			}
			change, err := c.Book.Change(f)
			if err != nil || !change.Before.Decimal().IsPositive() {
				return
			}
			if now := change.Now.Decimal(); now.GreaterThanOrEqual(farLeast) && now.GreaterThan(change.Before.Decimal().Mul(farFactor)) {
				c.Reportf(f.At, "核对数字和单位；属实的不用改", "“%s”%s从%s的 %s 到%s的 %s，超过 10 倍",
					f.Row.Name, change.Scope(), change.Previous.Round.Name, change.Before, f.Round.Name, change.Now)
			}
		}),
	}, {
		Code: "batches-exceed", Level: campaign.Warning,
		Words: "同一项目的批次数通常不大于件数，请核对（真有过批次更多的）。",
		Figures: each(figures, func(c *Context, b *stats.Figure) {
			if b.Row.Unit != "批次" || !b.Quantity.IsNumber() {
				return
			}
			for _, row := range c.Campaign.Form.RowsOf(b.Department) {
				if row.Name != b.Row.Name || row.Unit != "件" {
					continue
				}
				if i := c.Book.Figure(b.Round, row, b.Region); i != nil && i.Quantity.IsNumber() && b.Quantity.Decimal().GreaterThan(i.Quantity.Decimal()) {
					c.Reportf(b.At, "核对是否填反；属实的不用改", "“%s”有 %s批次，却只有 %s件", b.Row.Name, b.Quantity, i.Quantity)
				}
			}
		}),
	},
}

// partUnknown reports whether one of a sum's parts could not be read.
func partUnknown(c *Context, f *stats.Figure) bool {
	for _, p := range f.Parts {
		if p.Quantity.Kind == campaign.Blank || p.Quantity.Kind == campaign.Sum {
			return true
		}
	}
	for _, region := range c.Campaign.Regions {
		file := campaign.ReportFile(f.Round, f.Department, region)
		if c.Campaign.IsDoubtful(file) && c.Book.Figure(f.Round, f.Row, region) == nil {
			return true
		}
	}
	return false
}

// The two rules on 其中 hold in every file: a department's, a county's, and in
// 本级 between the keys that are there. Rows that are 不计入合计 overlap the
// others and are compared with nothing.

func partsKey(round *campaign.Round, row *campaign.Row) string {
	if row.Parent != nil {
		row = row.Parent
	}
	return "parts " + round.Code + " " + row.Department.Code + " " + row.Label()
}

// division is a total with the 其中 rows under it.
type division struct {
	key    string
	total  campaign.Entry
	parent *campaign.Row
	parts  campaign.Entries
}

// eachDivision visits every total with the 其中 rows under it: as written in
// the counties' forms and in 本级 first, then the departments' wholes with
// their sums worked out. A whole is left alone where one of its parts was
// already found wrong, so that one fault is told once.
func eachDivision(check func(*Context, division)) func(*Context) {
	return func(c *Context) { visitDivisions(c, func(d division) { check(c, d) }) }
}

func visitDivisions(c *Context, visit func(division)) {
	written := func(report *campaign.Report, cells campaign.Entries, suffix string) {
		for _, row := range c.Campaign.Form.RowsOf(report.Department) {
			total, ok := cells.Of(row)
			if len(row.Children) == 0 || !ok || total.Quantity.Kind == campaign.Blank || total.Quantity.Kind == campaign.Sum {
				continue
			}
			key := partsKey(report.Round, row)
			visit(division{key + suffix, total, row, cells})
			if c.Said(key + suffix) {
				c.Once(key)
			}
		}
	}
	for _, report := range c.Campaign.Reports {
		if report.Region != nil {
			written(report, report.Entries, " "+report.Region.Code)
		} else {
			written(report, report.Own, " 本级")
		}
	}
	for _, f := range wholes(c) {
		if len(f.Row.Children) == 0 || c.Said(partsKey(f.Round, f.Row)) || f.Quantity.Kind == campaign.Blank {
			continue
		}
		cells := campaign.Entries{}
		for _, row := range f.Row.Children {
			if part := c.Book.Figure(f.Round, row, nil); part != nil {
				cells.Set(row, campaign.Entry{Quantity: part.Quantity, At: part.At})
			}
		}
		visit(division{partsKey(f.Round, f.Row), campaign.Entry{Quantity: f.Quantity, At: f.At}, f.Row, cells})
	}
}

// Real figures jump (a rise of 49 times was real), so outliers only ask for a
// second look.

var (
	farFactor = decimal.NewFromInt(10) // times the others' median, or the round before
	farLeast  = decimal.NewFromInt(50) // figures under this jump about
	farCounty = 5                      // regions that must have reported
)

func sortedNumbers(figures []*stats.Figure) []decimal.Decimal {
	var numbers []decimal.Decimal
	for _, f := range figures {
		if f.Quantity.IsNumber() {
			numbers = append(numbers, f.Quantity.Decimal())
		}
	}
	slices.SortFunc(numbers, decimal.Decimal.Compare)
	return numbers
}

// medianOfOthers returns the middle of the sorted numbers without one of them, the
// own; ok is false where too few have reported or it is zero. With a sorting for
// each of 1,000 regions this rule took a seventh of a build.
func medianOfOthers(numbers []decimal.Decimal, own decimal.Decimal) (median decimal.Decimal, ok bool) {
	count := len(numbers) - 1
	if count < farCounty {
		return median, false
	}
	at, _ := slices.BinarySearchFunc(numbers, own, decimal.Decimal.Compare)
	other := func(n int) decimal.Decimal {
		if n >= at {
			n++
		}
		return numbers[n]
	}
	median = other(count / 2)
	if count%2 == 0 {
		median = median.Add(other(count/2 - 1)).Div(decimal.NewFromInt(2))
	}
	return median, median.IsPositive()
}
