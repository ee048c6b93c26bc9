package manuscript

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

// rank is how high a line stands among the headings of a text: by its style,
// by the form of its number, or by its face alone.
type rank struct {
	family family
	depth  int
}

// byForm reports whether a line is told by its style or number, not by its face.
func (r rank) byForm() bool { return r.family == styled || r.family == numberedBy }

type family uint8

const (
	styled family = iota + 1
	numberedBy
	inBold
	inHei
	inKai
	bare
)

// line is a paragraph looked at as a heading.
type line struct {
	rank   rank
	number number
	rest   string // without its number
}

// manner is what is usual in a text, so that what stands out can be told.
type manner struct {
	bold bool
	face face
}

func mannerOf(blocks []*block) manner {
	var m manner
	total, bold, faces := 0, 0, map[face]int{}
	for _, b := range blocks {
		if b.paragraph == nil {
			continue
		}
		for _, s := range b.paragraph.spans {
			n := len(s.text)
			total += n
			faces[s.face] += n
			if s.format&boldFormat != 0 {
				bold += n
			}
		}
	}
	m.bold = bold*2 > total
	for _, f := range []face{heiFace, kaiFace, titleFace} {
		if faces[f]*2 > total {
			m.face = f
		}
	}
	return m
}

// stands returns the family that a paragraph's face puts it in, bare when it
// looks like any other.
func (m manner) stands(p *paragraph) family {
	switch f := p.face(); {
	case (f == heiFace || f == titleFace) && f != m.face:
		return inHei
	case !m.bold && p.allBold():
		return inBold
	case f == kaiFace && f != m.face:
		return inKai
	}
	return bare
}

var (
	innerStop   = regexp.MustCompile(`[。！？；!?;][^。]`)
	finalStop   = regexp.MustCompile(`[。，；：！？、…,;:!?]$`)
	captionLine = regexp.MustCompile(`^(?:图|表|附图|附表)\s*[0-9０-９一二三四五六七八九十]`)
)

// Headings are short: GB/T 9704 allows a line 28 characters.
const (
	longestHeading = 60 // by style
	longHeading    = 42 // by number or face
	shortHeading   = 30 // with a full stop
)

// lineOf looks at a paragraph as a heading; ok is false for plain text, whose
// rank is bare.
func (m manner) lineOf(p *paragraph) (l line, ok bool) {
	full := p.label() + p.text()
	l.number = numbered(full)
	l.rest = strings.TrimSpace(full[l.number.size:])
	l.rank = rank{family: bare}
	n := length(l.rest)
	if n == 0 || captionLine.MatchString(l.rest) || p.headsNothing() {
		return l, false
	}
	stop := finalStop.MatchString(l.rest)
	endsWell := !stop || n <= shortHeading
	phrase := n <= longHeading && !innerStop.MatchString(l.rest)
	switch family := m.stands(p); {
	case p.level > 0:
		l.rank = rank{styled, p.level}
		return l, n <= longestHeading && endsWell
	case l.number.headsSection():
		l.rank = rank{numberedBy, int(l.number.class)}
		return l, phrase && endsWell
	case family == bare:
		return l, false
	case l.number.class == noNumber:
		l.rank = rank{family: family}
	default:
		l.rank = rank{numberedBy, int(l.number.class)}
	}
	return l, phrase && !stop
}

// headsNothing reports whether a paragraph is something else than a heading.
func (p *paragraph) headsNothing() bool {
	return p.role == captionRole || p.role == quoteRole || p.mark != nil && p.mark.bullet && p.level == 0
}

// top is a block that starts one of the four sections.
type top struct {
	block  int
	name   naming
	rank   rank
	shown  string // the heading as written, without its number
	number number
}

// findTops finds where the four sections start. Most texts head all four in
// one manner (一、 or a style); the manner that names most of them counts, and
// a missing one may be headed in another, in its place between the others.
func findTops(blocks []*block, m manner) (tops []top, manners map[rank]bool) {
	all := candidates(blocks, m)
	best, manners := bestManner(all), map[rank]bool{}
	if best == (rank{}) {
		return nil, manners
	}
	take := func(t top) {
		tops = append(tops, t)
		manners[t.rank] = t.rank.byForm()
	}
	for _, t := range all {
		if t.rank == best {
			take(t)
		}
	}
	for s := range campaign.NarrativeSections {
		if has(tops, s) {
			continue
		}
		from, to := between(tops, s, len(blocks))
		i := slices.IndexFunc(all, func(t top) bool { return t.name.section == s && t.name.exact && t.block > from && t.block < to })
		if i >= 0 {
			take(all[i])
		}
	}
	slices.SortFunc(tops, func(a, b top) int { return a.block - b.block })
	return tops, manners
}

// candidates are the lines that name a section.
func candidates(blocks []*block, m manner) (all []top) {
	for i, b := range blocks {
		if b.paragraph == nil || b.paragraph.role == titleRole {
			continue
		}
		l, ok := m.lineOf(b.paragraph)
		name := nameOf(l.rest, ok && l.rank.byForm())
		if name.section < 0 || !ok && (!name.exact || length(l.rest) > 16) {
			continue
		}
		r := l.rank
		if !ok && l.number.class != noNumber {
			r = rank{numberedBy, int(l.number.class)}
		}
		all = append(all, top{i, name, r, l.rest, l.number})
	}
	return all
}

// bestManner returns the manner in which most sections are headed; the higher
// one in a tie.
func bestManner(all []top) rank {
	score := map[rank]int{}
	for s := range campaign.NarrativeSections {
		counted := map[rank]bool{}
		for _, t := range all {
			names := append([]int{t.name.section}, t.name.also...)
			if !counted[t.rank] && slices.Contains(names, s) {
				counted[t.rank] = true
				score[t.rank] += 2
				if t.name.exact {
					score[t.rank]++
				}
			}
		}
	}
	var best rank
	for _, t := range all {
		switch n := score[t.rank]; {
		case best == (rank{}), n > score[best]:
			best = t.rank
		case n == score[best] && (t.rank.family < best.family || t.rank.family == best.family && t.rank.depth < best.depth):
			best = t.rank
		}
	}
	return best
}

func has(tops []top, section int) bool {
	return slices.ContainsFunc(tops, func(t top) bool { return t.name.section == section || slices.Contains(t.name.also, section) })
}

// between returns the blocks among which a missing section can start.
func between(tops []top, section, end int) (from, to int) {
	from, to = -1, end
	for _, t := range tops {
		if t.name.section < section {
			from = max(from, t.block)
		} else if t.block < to {
			to = t.block
		}
	}
	return from, to
}

func tellSections(tops []top, blocks []*block, said *remarks) {
	names := campaign.NarrativeSections
	if len(tops) == 0 {
		said.problem("manuscript-sections", nil, "在 Word 里把四个标题单独成行，写成“一、"+names[0]+"”这样，再导入；或导入后自己加上“## "+names[0]+"”等四行",
			"没有认出%s这四个标题", strings.Join(names, "、"))
		return
	}
	for s, name := range names {
		if !has(tops, s) {
			said.problem("manuscript-sections", nil, fmt.Sprintf("在 Word 里补上“%s、%s”一节，再导入", chineseNumber(s+1), name), "没有“%s”这一节", name)
		}
	}
	last := -1
	for _, t := range tops {
		p := blocks[t.block].paragraph
		for _, other := range t.name.also {
			said.problem("manuscript-sections", p, fmt.Sprintf("在 Word 里分成两节，再导入；或导入后在该分开的地方加一行“## %s”", names[other]),
				"“%s”把%s和%s写在了一节里", t.shown, names[t.name.section], names[other])
		}
		if t.name.section < last {
			said.problem("manuscript-sections", p, "按"+strings.Join(names, "、")+"的次序排列", "“%s”的次序不对", t.shown)
		}
		last = max(last, t.name.section)
	}
}
