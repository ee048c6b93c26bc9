package campaign

// Published is what the public was shown: by the record of publications, by a
// published site, or by its data/statistics.json alone.
type Published struct {
	File     string // what it was read from, as a person would name it
	Recorded bool   // it is the campaign's own record of publications
	Found    bool   // it stands where the next site goes: what differs is only a warning
	Edition  int    // of the figures, from 1; 0 where it is not known
	At       Moment // the time that the site was of
	Figures  []PublishedFigure
	Items    map[string]PublishedItem // by file; nil where only figures are known
	Papers   []PublishedPaper         // that carry a code, each path once
	// Settings are the hashes of what is set for the whole site, by file: words,
	// templates, styles, addresses.
	Settings map[string]string
}

// FigureName names a figure as it was published.
type FigureName struct {
	Round, Department, Region, Row, Parent, Unit string // Region: "", 本级 or a name
}

// NameOf names a figure as it is published; own says that it is 本级.
func NameOf(round *Round, row *Row, region *Region, own bool) FigureName {
	name := FigureName{Round: round.Name, Department: row.Department.Short, Row: row.Name, Unit: row.Unit}
	switch {
	case own:
		name.Region = "本级"
	case region != nil:
		name.Region = region.Name
	}
	if row.Parent != nil {
		name.Parent = row.Parent.Name
	}
	return name
}

// PublishedFigure is one figure by the names that it was published under.
type PublishedFigure struct {
	FigureName
	Quantity Quantity
}

// PublishedItem is an item, or a round by its release.yaml, that the public was
// shown.
type PublishedItem struct {
	File   string
	Title  string
	Digest string   // 校验值, of all that its sign-offs cover
	Signed string   // who signed it and when; never published
	Pages  []string // its pages and papers, as paths of the site
	Since  Date     // its first publication, by the record
}

// Heading names the figure in a message: 终期公安局（章贡区）“查处案件”.
func (n FigureName) Heading() string {
	department := n.Department
	if n.Region != "" {
		department += "（" + n.Region + "）"
	}
	return n.Round + department + "“" + n.Row + "”"
}
