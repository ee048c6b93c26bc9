package manuscript

import (
	"path"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/scaffold"
)

// Material says what kind of text a Word file is to become, and where.
type Material struct {
	Campaign *campaign.Campaign
	Kind     campaign.Kind
	Slug     string
	Original string // where the Word file is kept, for a comment; "" for none
}

// File is the path of the text.
func (m Material) File() string { return m.Kind.Folder() + "/" + m.Slug + ".md" }

// ImportMaterial reads a case, a warning or a document. Its fields are taken from
// tables of labels and values, and from labelled lines around the text; the rest is
// the body. A field that is not told stays empty, and is listed in the warnings. Its
// results are those of [Import].
func ImportMaterial(name string, data []byte, m Material) (*Result, []campaign.Finding) {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	file, refusal := open(base, data)
	if refusal != nil {
		return nil, []campaign.Finding{*refusal}
	}
	said := &remarks{counts: map[string]int{}, tallies: map[string]*tally{}}
	text, refusal := read(file, base, said)
	if refusal != nil {
		return nil, []campaign.Finding{*refusal}
	}
	f := fieldsOf(m, said)
	text.blocks = layBody(f.take(text.blocks), said)
	pictures := choosePictures(text, file, m.Slug, said)
	body := write(text, said)
	proofread(body, text, said)
	f.tellMissing()
	first := ""
	if m.Original != "" {
		first = "原件：" + m.Original
	}
	return &Result{
		File:     m.File(),
		Markdown: append(scaffold.Front(m.Kind, first, f.values), strings.TrimPrefix(string(body), "\n")...),
		Pictures: pictures,
		Notes:    said.inOrder(campaign.Note),
	}, said.inOrder(campaign.Warning)
}

// layBody recognises the headings, lists and pictures of a text without sections.
func layBody(blocks []*block, said *remarks) []*block {
	blocks = splitLines(unfold(blocks, said), said)
	manner := mannerOf(blocks)
	blocks = splitLeads(blocks, manner, said)
	l := &layer{blocks: blocks, manners: map[rank]bool{}, manner: manner, said: said, free: true}
	blocks = captionPictures(l.layHeadings(nil), said)
	layLists(blocks, said)
	return blocks
}
