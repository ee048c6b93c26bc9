package review

import (
	"encoding/json"
	"fmt"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// figureOf gives the present figure that an entry is about, nil when there is
// none.
func figureOf(b *stats.Table, x *campaign.Correction) *stats.Figure {
	switch {
	case x.Row == nil:
		return nil
	case x.Own:
		return b.Own(x.Round, x.Row)
	}
	return b.Figure(x.Round, x.Row, x.Region)
}

// isCorrectedDoubtful tells whether the file of an entry's figure was already
// found wrong.
func isCorrectedDoubtful(c *Context, x *campaign.Correction) bool {
	if x.Department == nil {
		return false
	}
	return c.Campaign.IsDoubtful(campaign.ReportFile(x.Round, x.Department, x.Region)) ||
		c.Campaign.IsDoubtful(campaign.ReportFile(x.Round, x.Department, nil))
}

// isOut tells whether a round is public on the day.
func isOut(c *Context, round *campaign.Round) bool {
	return c.Public.Campaign().FindRound(round.Code) != nil
}

// heading names a figure in a finding.
func heading(round, department, region, item string) string {
	if region != "" {
		department += "（" + region + "）"
	}
	return round + department + "“" + item + "”"
}

// draft writes an entry for data/corrections.yaml, ready to copy but for its
// reason, which only a person knows.
func draft(on campaign.Date, fields ...[2]string) string {
	var parts []string
	for _, f := range fields {
		if f[1] != "" {
			parts = append(parts, f[0]+": "+flow(f[1]))
		}
	}
	return fmt.Sprintf("- {%s, 原因: , 日期: %s}", strings.Join(parts, ", "), on)
}

// flow writes a text so that YAML reads it as that text inside { }.
func flow(s string) string {
	if strings.ContainsAny(s, ",[]{}#&*!|>'\"%@`") || strings.Contains(s, ": ") || strings.HasSuffix(s, ":") || strings.HasPrefix(s, "-") || strings.HasPrefix(s, "?") {
		quoted, _ := json.Marshal(s)
		return string(quoted)
	}
	return s
}

// draftFor writes the entry for a figure that is another now.
func draftFor(c *Context, f *stats.Figure, old campaign.Quantity) string {
	region := ""
	switch {
	case f.Own:
		region = "本级"
	case f.Region != nil:
		region = f.Region.Short
	}
	return draft(c.Date, [2]string{"期次", f.Round.Name}, [2]string{"部门", f.Department.Short}, [2]string{"地区", region},
		[2]string{"项目", c.Campaign.Form.Key(f.Row)}, [2]string{"原值", old.String()}, [2]string{"现值", f.Quantity.String()})
}
