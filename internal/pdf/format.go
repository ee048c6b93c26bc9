package pdf

import (
	"io"
	"path"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/draw"
	"wangjian/internal/pdf/finish"
	"wangjian/internal/pdf/ofd"
	"wangjian/internal/pdf/typeset"
)

// Format is a kind of file that the pages of a paper become.
type Format struct {
	Name  string // pdf: how the command line and the file's name call it
	write func(io.Writer, []*typeset.Page, finish.Document) error
}

// The formats: every paper is published as PDF, and with 公开OFD as OFD beside it.
var (
	PDF = Format{"pdf", writePDF}
	OFD = Format{"ofd", writeOFD}
)

// Formats lists all formats.
var Formats = []Format{PDF, OFD}

// FormatsOf lists the formats that a campaign publishes its papers in.
func FormatsOf(c *campaign.Campaign) []Format {
	if c.OFD {
		return Formats
	}
	return []Format{PDF}
}

// FormatNamed finds a format by its name.
func FormatNamed(name string) (Format, bool) {
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return Formats[i], true
}

// Named is the name of a paper's file in the format, where another format's is known.
func (f Format) Named(file string) string {
	return strings.TrimSuffix(file, path.Ext(file)) + "." + f.Name
}

func writePDF(w io.Writer, pages []*typeset.Page, about finish.Document) error {
	raw, err := draw.Play(typeset.A4, pages)
	if err != nil {
		return err
	}
	file, err := finish.Finish(raw, about)
	if err == nil {
		_, err = w.Write(file)
	}
	return err
}

func writeOFD(w io.Writer, pages []*typeset.Page, about finish.Document) error {
	return ofd.Write(w, typeset.A4, pages, about)
}
