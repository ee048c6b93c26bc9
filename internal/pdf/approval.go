package pdf

import (
	"fmt"
	"slices"
	"strings"

	"rsc.io/qr"

	"wangjian/internal/campaign"
	"wangjian/internal/linebreak"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
)

// Approval is one file that is put before those who sign: an item, or a
// round's figures.
type Approval struct {
	Kind, Title, File string
	Number            string // 索引号、文号
	Disclosure        string
	Published         string
	Summary           string
	Covers            string     // what the digest is of
	Digest            string     // sha256:…
	Figures           [][]string // of a round: 部门, 项目, 数量, 单位
}

// approvalSheet is what the sheet says of itself, for those who file it.
const approvalSheet = "发布审批表"

// What the digest is good for, and what it is not.
const approvalNote = "校验值证明内容：所含的内容改动一处，校验值就变；四审的“指纹”以它开头，二维码也是它。" +
	"校验值不证明是谁签的：以本表上的亲笔签字为准，本表存档。签后内容有改动的，原签字无效，重新填表、重新签。"

// ApprovalSheet is the 发布审批表, a sheet for each file, with the content's digest
// and lines for signatures. Names are written by hand. It is of the day on which it
// is made.
func ApprovalSheet(v *release.View, list []Approval) *Paper {
	c, today := v.Campaign(), campaign.Moment{Date: v.Date()}
	return &Paper{
		Title: approvalSheet, author: issuer(c), subject: c.Short,
		Edition: release.Edition{Published: today, Changed: today},
		body: func(w *writer) {
			for n, a := range list {
				if n > 0 {
					w.add(typeset.Break{})
				}
				w.approval(a)
			}
		},
	}
}

func (w *writer) approval(a Approval) {
	w.from(campaign.InFile(a.File))
	w.documentTitle(approvalSheet)
	w.add(gap)
	// Who signs sees on the same sheet what: that is small enough for both.
	w.record([][2]string{
		{"类别", a.Kind}, {"标题", a.Title}, {"索引号、文号", a.Number}, {"公开方式", a.Disclosure}, {"发布日期", a.Published},
		{"摘要", linebreak.Clip(a.Summary, 80)}, {"文件", a.File}, {"校验值", "SHA-256：" + inGroups(strings.TrimPrefix(a.Digest, "sha256:"))},
		{"校验值所含", linebreak.Clip(a.Covers, 140)},
	}).Pad = approvalClose
	var rows []typeset.Row
	for _, stage := range campaign.Stages {
		rows = append(rows, typeset.Row{
			{Runs: w.runs(string(stage), smallHei), Align: typeset.Center},
			{Runs: w.runs("　", small)}, {Runs: w.runs("　", small)},
			{Runs: w.runs("年　　月　　日", small), Align: typeset.Right},
		})
	}
	signs := w.table(columns("Jjjj", 0.16, 0.36, 0.24, 0.24), w.headRow("审核环节", "意见", "签字", "日期"), rows)
	signs.Pad, signs.Tight, signs.Whole = approvalPad, nil, true
	w.add(signs, gap)
	w.code(a.Digest)
	w.small("三审由三个不同的人依次签；保密审查在初审到终审之间签。")
	w.small(approvalNote)
	if len(a.Figures) == 0 {
		return
	}
	rows = nil
	for _, f := range a.Figures {
		rows = append(rows, w.textRow(f...))
	}
	w.add(gap)
	w.captionLine("附：所审的数")
	w.add(w.table(columns("Llrl"), w.headRow("部门", "项目", "数量", "单位"), rows), gap)
}

// code adds a text as a QR code.
func (w *writer) code(text string) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		w.fail(fmt.Errorf("“%s”做不成二维码：%w", text, err))
		return
	}
	w.add(&typeset.Picture{Sketch: codeSketch(code), Alt: "二维码：" + text, Height: codeHeight, Lead: smallLead})
}

const (
	codeHeight = 22 * typeset.Millimetre
	codeModule = 4.0 // of a sketch
	codeQuiet  = 4   // modules of ground on each side
)

// codeSketch draws the dark modules of a QR code, each row's neighbours as one area.
func codeSketch(code *qr.Code) *typeset.Sketch {
	side := float64(codeModule * float64(code.Size+2*codeQuiet))
	sketch := &typeset.Sketch{Width: side, Height: side}
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for code.Black(x, y) {
				x++
			}
			if x > from {
				at := func(x, y int) typeset.Point {
					return typeset.Point{X: codeModule * float64(x+codeQuiet), Y: codeModule * float64(y+codeQuiet)}
				}
				sketch.Marks = append(sketch.Marks, typeset.Area{Rings: [][]typeset.Point{{at(from, y), at(x, y), at(x, y+1), at(from, y+1)}}})
			}
		}
	}
	return sketch
}

// approvalPad leaves room for a signature in a row; what is signed is set closer.
const (
	approvalPad   = 1.8 * typeset.Millimetre
	approvalClose = 1.2
)

// inGroups writes a hash so that two can be compared by eye.
func inGroups(hash string) string {
	var groups []string
	for g := range slices.Chunk([]byte(hash), 8) {
		groups = append(groups, string(g))
	}
	return strings.Join(groups, " ")
}
