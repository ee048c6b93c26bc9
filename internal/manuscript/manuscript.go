package manuscript

import (
	"fmt"
	"path"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// Options say whose narrative the file is, and which figures it is compared
// with.
type Options struct {
	Campaign   *campaign.Campaign
	Book       *stats.Book // of the whole view; nil leaves figures alone
	Round      *campaign.Round
	Department *campaign.Department
	Region     *campaign.Region // a county's narrative; nil for the department's own
}

// Result is an imported narrative.
type Result struct {
	File     string // where the Markdown belongs, below the campaign's folder
	Markdown []byte // with front matter that holds the narrative back
	Pictures []Picture
	Notes    []Note // in the order of the text, then those about all of it
}

// Picture is a picture of the text. It belongs beside the Markdown file.
type Picture struct {
	Name string
	Data []byte
}

// Place is where in the Word file something stands. Word shows no paragraph
// numbers, so the text is there to search for.
type Place struct {
	Paragraph int    // counts paragraphs that are not empty, table cells too; 0 for the whole file
	Text      string // how the paragraph starts
}

func (p Place) String() string {
	switch {
	case p.Paragraph == 0:
		return ""
	case p.Text == "":
		return fmt.Sprintf("第 %d 段", p.Paragraph)
	}
	return fmt.Sprintf("第 %d 段“%s”", p.Paragraph, p.Text)
}

// Note tells what was changed on the way, or could not be kept.
type Note struct {
	Rule    string // stable code
	At      Place
	Message string // Chinese, one sentence
}

func (n Note) String() string { return placed(n.At, n.Message) }

// Problem is something that a person must settle. One that comes without a
// Result is why the file was refused.
type Problem struct {
	Rule          string // stable code
	At            Place
	Message, Hint string // Chinese
}

func (p Problem) String() string { return placed(p.At, p.Message) }

func placed(at Place, message string) string {
	if s := at.String(); s != "" {
		return s + "：" + message
	}
	return message
}

// Import reads a Word file. name is the file's name, for messages only. A nil
// Result means that the file was refused, for the one Problem given; otherwise
// the narrative can be written, and the problems are what to look at next.
func Import(name string, data []byte, opts Options) (*Result, []Problem) {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	refuse := func(p *Problem) (*Result, []Problem) { return nil, []Problem{*p} }
	if opts.Campaign == nil || opts.Round == nil || opts.Department == nil {
		return refuse(&Problem{
			Rule: "manuscript-sender", Message: fmt.Sprintf("看不出 %s 是哪个部门、哪一期的总结", base),
			Hint: "用 --department 和 --round 说明，或在文件名里写上部门和期次",
		})
	}
	file, refusal := open(base, data)
	if refusal != nil {
		return refuse(refusal)
	}
	said := &remarks{}
	draft, refusal := read(file, base, said)
	if refusal != nil {
		return refuse(refusal)
	}
	text := shape(draft, opts, said)
	text.pictures = choosePictures(text, file, opts, said)
	citeFigures(text, opts, said)
	body := write(text, said)
	proofread(body, text, said)
	return &Result{
		File:     narrativeFile(opts),
		Markdown: append(frontMatter(text, opts), body...),
		Pictures: text.pictures,
		Notes:    said.notesInOrder(),
	}, said.problemsInOrder()
}

// narrativeFile gives where the narrative belongs.
func narrativeFile(opts Options) string {
	file := campaign.NarrativeFile(opts.Round, opts.Department)
	if opts.Region != nil {
		return strings.TrimSuffix(file, ".md") + "/" + opts.Region.Code + ".md"
	}
	return file
}
