package campaign

// PublishedPaper is a paper that the public was shown, by what it says.
type PublishedPaper struct {
	Path   string // of the site
	Digest string // of all that it says, [DigestDigits] hexadecimal digits; "" for one that is no longer published
	File   string // the item that it prints; "" for several
	// Figures are those that it shows. A name of a department alone stands for all of
	// that department's, an empty one for all.
	Figures []FigureName
}

// DigestDigits is how many digits the digest of a paper has: few enough for a small
// QR code, and enough that two of a hundred thousand papers hardly share one.
const DigestDigits = 12

// PaperPage is the page of the site that says whether a paper of a digest still holds.
func PaperPage(digest string) string { return "papers/" + digest + "/index.html" }

// PaperChange is a paper that a publication showed for the first time, or no more.
type PaperChange struct {
	PublishedPaper
	On Date // of the publication
	// Before and Edition are the editions of the figures before and after it.
	Before, Edition int
}

// PastPaper is a paper that the public was shown at some time.
type PastPaper struct {
	PublishedPaper
	Since   Date // the first publication with it
	Edition int  // of the figures when it was last published
}

// PastPapers lists what the record knows of papers, in the order in which they came
// out.
func (h *History) PastPapers() (list []PastPaper) {
	if h == nil {
		return nil
	}
	type key struct{ path, digest string }
	known, last := map[key]int{}, map[string]int{} // by path
	for _, x := range h.Papers {
		if n, public := last[x.Path]; public {
			list[n].Edition = x.Before
		}
		if delete(last, x.Path); x.Digest == "" {
			continue
		}
		n, again := known[key{x.Path, x.Digest}]
		if !again {
			n = len(list)
			list = append(list, PastPaper{PublishedPaper: x.PublishedPaper, Since: x.On})
			known[key{x.Path, x.Digest}] = n
		}
		last[x.Path] = n
	}
	if e := h.Latest(); e != nil {
		for _, n := range last {
			list[n].Edition = e.Number
		}
	}
	return list
}

// Newer reports whether a correction came after a paper was last published.
func (c *Campaign) Newer(x *Correction, p PastPaper) bool {
	first := c.History.EditionOf(x)
	return first == 0 || first > p.Edition
}

// ShowsCorrected reports whether one of the figures that a paper shows is what a
// correction is about.
func (c *Campaign) ShowsCorrected(figures []FigureName, x *Correction) bool {
	for _, name := range figures {
		switch {
		case name.Department == "":
			return true
		case name.Row == "":
			if x.Department == nil || x.Department == c.FindDepartment(name.Department) {
				return true
			}
		default:
			at, own, ok := c.FindPublished(PublishedFigure{FigureName: name})
			if ok && at.Row != nil && x.Covers(at.Round, at.Row, at.Region, own) {
				return true
			}
		}
	}
	return false
}
