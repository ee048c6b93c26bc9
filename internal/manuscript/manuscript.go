package manuscript

import (
	"path"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// Options say whose narrative the file is, and which figures it is compared
// with.
type Options struct {
	Campaign   *campaign.Campaign
	Book       *stats.Table // of the whole view; nil leaves figures alone
	Round      *campaign.Round
	Department *campaign.Department
	Region     *campaign.Region // a county's narrative; nil for the department's own
	Whole      bool             // the whole campaign's summary; the department is the lead office
	Original   string           // where the Word file is kept, for a comment; "" for none
}

// Result is an imported narrative.
type Result struct {
	File     string // where the Markdown belongs, below the campaign's folder
	Markdown []byte // with front matter that holds the narrative back
	Pictures []Picture
	Notes    []campaign.Finding // what was changed or left out, in the order of the text, then those about all of it
}

// Picture is a picture of the text. It belongs beside the Markdown file.
type Picture struct {
	Name string
	Data []byte
}

// Import reads a Word file. name is the file's name, for messages only. A nil
// Result means that the file was refused, for the one error returned; otherwise
// the narrative can be written, and the warnings are what to look at next.
func Import(name string, data []byte, opts Options) (*Result, []campaign.Finding) {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	refuse := func(f *campaign.Finding) (*Result, []campaign.Finding) { return nil, []campaign.Finding{*f} }
	if opts.Campaign == nil || opts.Round == nil || opts.Department == nil {
		return refuse(refusal("manuscript-sender", "用 --department 和 --round 说明，或在文件名里写上部门和期次", "看不出 %s 是哪个部门、哪一期的总结", base))
	}
	file, refusal := open(base, data)
	if refusal != nil {
		return refuse(refusal)
	}
	said := &remarks{counts: map[string]int{}, tallies: map[string]*tally{}}
	text, refusal := read(file, base, said)
	if refusal != nil {
		return refuse(refusal)
	}
	shape(text, opts, said)
	code := opts.Department.Code
	if opts.Region != nil {
		code = opts.Region.Code
	}
	pictures := choosePictures(text, file, code, said)
	if !opts.Whole { // its figures are of all departments
		citeFigures(text, opts, said)
	}
	body := write(text, said)
	proofread(body, text, said)
	return &Result{
		File:     opts.File(),
		Markdown: append(frontMatter(text, opts), body...),
		Pictures: pictures,
		Notes:    said.inOrder(campaign.Note),
	}, said.inOrder(campaign.Warning)
}

// File is the path of the narrative.
func (o Options) File() string {
	if o.Whole {
		return campaign.SummaryFile(o.Round)
	}
	file := campaign.NarrativeFile(o.Round, o.Department)
	if o.Region != nil {
		return strings.TrimSuffix(file, ".md") + "/" + o.Region.Code + ".md"
	}
	return file
}

// shape recognises the parts of a narrative.
func shape(n *narrative, opts Options, said *remarks) {
	blocks := unfold(n.blocks, said)
	blocks = splitLines(blocks, said)
	m := mannerOf(blocks)
	blocks = splitLeads(blocks, m, said)
	tops, manners := findTops(blocks, m)
	tellSections(tops, blocks, said)
	first, last := len(blocks), 0
	if len(tops) > 0 {
		first, last = tops[0].block, tops[len(tops)-1].block+1
	}
	gone := map[*block]bool{}
	n.title = takeTitle(blocks[:first], m, opts, gone, said)
	takeTail(blocks[last:], opts, gone, said)
	for b := range gone {
		if b.paragraph != nil {
			tellLostNotes(b.paragraph, said)
		}
	}
	blocks = (&layer{blocks: blocks, tops: tops, manners: manners, manner: m, said: said}).layHeadings(gone)
	blocks = captionPictures(blocks, said)
	layLists(blocks, said)
	n.blocks = blocks
}

// tellLostNotes names footnotes whose marks stand in what is no text.
func tellLostNotes(p *paragraph, said *remarks) {
	for _, s := range p.spans {
		if s.kind == noteSpan {
			said.count("left-footnote", "题目、图题、落款等处的脚注没有导入，共 %d 条", "")
		}
	}
}
