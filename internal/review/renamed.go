package review

import (
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

var renamedRules = []Rule{{
	Code: "published-renamed", Level: campaign.Error,
	Words: "公布过数的期次、部门、地区改了名称的，原来的名称写进别名（与发布记录或 --against 指的 data/statistics.json 比）。",
	Check: each((*Context).renamings, func(c *Context, r renaming) { r.report(c) }),
}}

// renaming compares the names that figures were published under with those of
// the campaign.
type renaming struct {
	what  string            // 期次, 部门 or 地区
	lost  []string          // that nothing has any more
	fresh []*campaign.Named // under none of whose names a figure was published
}

// renamings returns those in which a published name is lost.
func (c *Context) renamings() []renaming {
	if c.Published == nil || c.Campaign.SettingsUnread() {
		return nil
	}
	var rounds, departments, regions []*campaign.Named
	reports := map[*campaign.Named]bool{}
	for _, r := range c.Campaign.Reports {
		reports[&r.Round.Named], reports[&r.Department.Named] = true, true
		if r.Region != nil {
			reports[&r.Region.Named] = true
		}
	}
	for _, r := range c.Campaign.Rounds {
		rounds = append(rounds, &r.Named)
	}
	for _, d := range c.Campaign.Departments {
		departments = append(departments, &d.Named)
	}
	for _, r := range c.Campaign.Regions {
		regions = append(regions, &r.Named)
	}
	all := []renaming{
		c.renaming("期次", rounds, func(p campaign.PublishedFigure) string { return p.Round }),
		c.renaming("部门", departments, func(p campaign.PublishedFigure) string { return p.Department }),
		c.renaming("地区", regions, func(p campaign.PublishedFigure) string { return p.Region }),
	}
	for n := range all {
		all[n].fresh = where(all[n].fresh, func(f *campaign.Named) bool { return reports[f] })
	}
	return where(all, func(r renaming) bool { return len(r.lost) > 0 })
}

func (c *Context) renaming(what string, list []*campaign.Named, of func(campaign.PublishedFigure) string) renaming {
	r := renaming{what: what, fresh: list}
	told := map[string]bool{"": true, "本级": true}
	for _, p := range c.Published.Figures {
		name := of(p)
		if told[name] {
			continue
		}
		told[name] = true
		n := slices.IndexFunc(list, func(n *campaign.Named) bool { return slices.Contains(n.Names(), name) })
		if n < 0 {
			r.lost = append(r.lost, name)
			continue
		}
		r.fresh = slices.DeleteFunc(slices.Clone(r.fresh), func(f *campaign.Named) bool { return f == list[n] })
	}
	return r
}

// report says once which published names are lost, where what has a new name
// stands if only one can be meant.
func (r renaming) report(c *Context) {
	var names []string
	for _, f := range r.fresh {
		names = append(names, "“"+f.Short+"”")
	}
	for _, lost := range r.lost {
		at, hint := campaign.InFile("data/campaign.yaml"), "改了名称的，在它那一条里写 别名: ["+lost+"]；不该去掉的放回去"
		if len(r.fresh) == 1 && len(r.lost) == 1 {
			at = r.fresh[0].At
		}
		if len(names) > 0 {
			hint = "原来的“" + lost + "”改成了" + strings.Join(names, "或") + "的，在那一条里写 别名: [" + lost + "]；不该去掉的放回去"
		}
		c.differs(at, hint, "公布过“%s”的数，data/campaign.yaml 的%s里没有这个名称了", lost, r.what)
	}
}

// isRenamed reports whether a figure may have been published under a lost name.
func (c *Context) isRenamed(list []renaming, t campaign.Target) bool {
	is := func(n *campaign.Named) bool {
		return slices.ContainsFunc(list, func(r renaming) bool { return slices.Contains(r.fresh, n) })
	}
	return is(&t.Round.Named) || is(&t.Department.Named) || t.Region != nil && is(&t.Region.Named)
}
