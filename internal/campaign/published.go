package campaign

// Published is what a site has published: the figures of its
// data/statistics.json, to compare with.
type Published struct {
	File    string // as the person named it
	At      Moment // the time that the site was of
	Figures []PublishedFigure
}

// PublishedFigure is one figure by the names that it was published under.
type PublishedFigure struct {
	Round, Department, Region, Row, Parent, Unit string // Region: "", 本级 or a name
	Quantity                                     Quantity
}

// FindPublished looks up which figure of the campaign a published one is. A
// name that has changed since is found when it is still an 别名. The row is nil
// when the form no longer has it; ok is false when its round, department or
// region is gone.
func (c *Campaign) FindPublished(p PublishedFigure) (t Target, own, ok bool) {
	t.Round, t.Department = c.FindRound(p.Round), c.FindDepartment(p.Department)
	own = p.Region == "本级"
	if p.Region != "" && !own {
		t.Region = c.FindRegion(p.Region)
		ok = t.Region != nil
	} else {
		ok = true
	}
	for _, row := range c.Form.Rows {
		parent := ""
		if row.Parent != nil {
			parent = row.Parent.Name
		}
		if row.Department == t.Department && row.Name == p.Row && row.Unit == p.Unit && parent == p.Parent {
			t.Row = row
		}
	}
	return t, own, ok && t.Round != nil && t.Department != nil
}
