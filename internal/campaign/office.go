package campaign

import (
	"bytes"
	"slices"
)

// officeLines tells which lines of the item's file stand in a 报送部分: from
// its level-2 heading to the next heading of level 1 or 2.
func (i *Item) officeLines() func(line int) bool {
	type span struct{ from, to int }
	var spans []span
	for n, h := range i.Body.Headings {
		if h.Level != 2 || !slices.Contains(i.OfficeOnly, h.Text) {
			continue
		}
		s := span{h.At.Line, 1 << 30}
		for _, next := range i.Body.Headings[n+1:] {
			if next.Level <= 2 {
				s.to = next.At.Line
				break
			}
		}
		spans = append(spans, s)
	}
	return func(line int) bool {
		return slices.ContainsFunc(spans, func(s span) bool { return line >= s.from && line < s.to })
	}
}

// WithoutOffice returns the item's Markdown without its 报送部分. The lines stay
// as many as they were, so that positions stay true.
func (i *Item) WithoutOffice(body []byte) []byte {
	if len(i.OfficeOnly) == 0 {
		return body
	}
	cut := i.officeLines()
	lines := bytes.SplitAfter(body, []byte("\n"))
	for n, line := range lines {
		if cut(i.Body.FirstLine + n) {
			lines[n] = line[len(bytes.TrimRight(line, "\n")):]
		}
	}
	return bytes.Join(lines, nil)
}

// MissingOffice lists the 报送部分 that are no section of the item, so that
// nobody knows what is to be left out.
func (i *Item) MissingOffice() []string {
	var missing []string
	for _, name := range i.OfficeOnly {
		if !slices.ContainsFunc(i.Body.Headings, func(h Heading) bool { return h.Level == 2 && h.Text == name }) {
			missing = append(missing, name)
		}
	}
	return missing
}
