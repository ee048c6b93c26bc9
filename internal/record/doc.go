// Package record keeps the record of publications: data/发布记录/NNNN-DAY.yaml, one
// small file a publication, which holds what the public was shown as far as it
// changed since the one before. The files are readable, are only ever added, and
// each names the hash of the one before, so that one that was altered, taken out
// or put in between is found. The record never leaves the campaign.
//
// [Read] reads it. [Record.Last] and [Record.On] return what was public after the
// last publication and on a day; [Record.Next] returns the entry that a
// publication would add, nil where it changes nothing, and [Record.History] what of
// it pages and data files may tell. An entry holds nothing that
// is computed from built files, so that the site that is built with the entry
// already counted is the site that any later build of the same inputs makes.
package record

import "wangjian/internal/campaign"

// Dir is where the entries are.
const Dir = "data/发布记录"

// Rules are what a record must hold to.
var Rules = []campaign.Rule{
	{Code: "record-entry", Level: campaign.Error, Words: "data/发布记录/ 里的每个文件都是 wangjian publish 写的样子，没有改动过。"},
	{Code: "record-chain", Level: campaign.Error, Words: "data/发布记录/ 里的文件一个接一个：序号连续，日期不倒退，每个都记着上一个的校验值。"},
}

// Gone says why something is no longer public.
type Gone string

// Why something is no longer public.
const (
	Expired   Gone = "到期"
	Stopped   Gone = "停止公示"
	Withdrawn Gone = campaign.Withdrawn
	Moved     Gone = "改名"
)

// Entry is one publication: what it showed that was not so before.
type Entry struct {
	Number  int
	On      campaign.Date
	Edition int    // of the figures: one more where a figure is new or changed, 0 before the first
	Before  string // the hash of the file before, "" in the first
	// Items are those that are new or changed, and Withdrawn those that are no
	// longer public, with the reason; both by file in its order.
	Items     []campaign.PublishedItem
	Withdrawn []WithdrawnItem
	// Figures are those that are new or changed; one that is no longer public is
	// Blank.
	Figures []campaign.PublishedFigure
	// Settings are hashes that changed, by file; "" for a file that is gone.
	Settings []Setting
	// Papers are those that are new or say something else, by path; one that is no
	// longer published has no digest.
	Papers []campaign.PublishedPaper

	file string // its name
	hash string // of its bytes
}

// WithdrawnItem is an item that is no longer public.
type WithdrawnItem struct {
	File, Title string
	Why         Gone
}

// Setting is the hash of something that is set for the whole site.
type Setting struct{ File, Hash string }

// File is the entry's file.
func (e *Entry) File() string { return e.file }

// Record is all publications, oldest first.
type Record struct{ Entries []*Entry }
