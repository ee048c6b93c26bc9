package chart

// keyItem is an entry of a legend.
type keyItem struct {
	text  string
	color string
	shape keyShape
}

type keyShape int

const (
	swatch keyShape = iota
	disc
	ring
)

const (
	keyMark    = 16 // px of a swatch
	keyGap     = 18 // between two entries
	keyLeading = 22
	keyIndent  = keyMark + 6
)

// key is a legend laid out at a width: entries beside each other as far as there
// is room, each text broken into lines.
type key struct {
	items  []placedKey
	height int
}

type placedKey struct {
	keyItem
	left  Length
	top   int
	lines []string
}

func placeKey(items []keyItem, w int) key {
	var k key
	var x Length
	row := 0
	for _, item := range items {
		lines := wrap(plain(item.text), px(w-keyIndent), labelSize)
		wide := px(keyIndent + widest(lines, labelSize) + keyGap)
		if x > 0 && x+wide-px(keyGap) > px(w) {
			x, k.height = 0, row
		}
		k.items = append(k.items, placedKey{item, x, k.height, lines})
		x += wide
		row = max(row, k.height+keyLeading+(len(lines)-1)*labelLine)
	}
	k.height = row
	return k
}

func (k key) draw(d *Drawing, top int) {
	for _, item := range k.items {
		at := Place{item.left, px(top+item.top) + px(keyLeading)/2}
		switch item.shape {
		case swatch:
			d.frame(Box{at.X, at.Y - px(keyMark)/2, px(keyMark), px(keyMark), item.color})
		default:
			d.add(Dot{At: Place{at.X + px(keyMark)/2, at.Y}, Radius: dotRadius, Color: item.color, Ring: item.shape == ring})
		}
		d.lines(Label{At: Place{at.X + px(keyIndent), at.Y}, Size: labelSize, Color: ink}, item.lines, labelLine)
	}
}

// frame adds a box; one in the colour of the paper has a hairline around it.
func (d *Drawing) frame(b Box) {
	if b.Color != paper {
		d.add(b)
		return
	}
	edge := b
	edge.Color = rule
	d.add(edge, Box{b.X + Px, b.Y + Px, b.W - 2*Px, b.H - 2*Px, paper})
}
