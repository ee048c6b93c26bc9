package campaign

// Looks is what a campaign replaces of how its pages look, beside whole
// templates: the files words.yaml, style.yaml and logo.svg or logo.png of its
// layouts/ folder.
type Looks struct {
	Words map[string]string // a built-in word of the interface → the campaign's own
	Style []StyleProperty   // in the order of the file
	Logo  Logo
}

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
