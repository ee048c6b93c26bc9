package campaign

// Submission says where a campaign's own bundle goes: 报送.
type Submission struct {
	Superior string   // 上级: the office that collects it
	Copies   []string // 抄送: offices of the same level, each with a copy
}

// Collection is what the campaign of one region handed in as a bundle and what of it
// was entered: an entry of data/collected.yaml.
type Collection struct {
	Region *Region
	Origin
	ArrivedOn Date   // 收到日期
	Original  string // 原件, below 收件/
	Pairs     []Pairing
	Reports   []CollectedReport
	Texts     []CollectedText
	At        Position
}

// Origin is the bundle that something came in.
type Origin struct {
	Campaign string // 活动, by its 简称
	Edition  int    // 版次 of its published figures; 0 where it has published none
	AsOf     Moment // 时点: when the bundle was made
	Digest   string // 校验值 of the list of its files: sha256:…
}

// Pairing is how something of a region's campaign that has another code there stands
// for one of this campaign's; somebody has confirmed it.
type Pairing struct {
	What  string // 期次, 部门 or 项目
	Below string // its code in the region's campaign; "" for a row of this one that has none there
	Name  string // as the region's campaign names it
	Own   string // its code in this campaign; "" for what is not taken
}

// CollectedReport is a region's report that came from a bundle.
type CollectedReport struct {
	File   string
	Digest string   // of the file as it was written: sha256:…
	Within []string // 代号 of the regions whose reports are in it
}

// CollectedText is a text that was taken over from a bundle.
type CollectedText struct {
	File   string
	Name   string // 代号 in the bundle
	Digest string // of the text in the bundle: sha256:…
}

// CollectionOf returns what was collected from a region; nil for nothing.
func (c *Campaign) CollectionOf(region *Region) *Collection {
	return first(c.Collections, func(x *Collection) bool { return x.Region == region })
}
