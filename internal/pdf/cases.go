package pdf

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
)

// cases writes the typical cases, in the order of the priorities. The summary
// that 总局令第45号 asks for stands before the text.
func (w *writer) cases() {
	items := CasesInOrder(w.view)
	if len(items) == 0 {
		return
	}
	w.part("违法典型案例", "")
	for _, i := range items {
		w.itemHeading(i)
		w.record(append(caseRecord(i), w.decision(i)...))
		w.item(i, 3)
	}
}

// caseList lists the typical cases: each with its penalty and where it is to be read.
func (w *writer) caseList() {
	items := CasesInOrder(w.view)
	if len(items) == 0 {
		return
	}
	w.part("违法典型案例", "")
	var rows []typeset.Row
	for n, i := range items {
		row := w.rowOf(campaign.InFile(i.File), strconv.Itoa(n+1), i.Title, i.Case.Penalty, i.Case.DecidedOn.Chinese())
		row[1].Runs[0].URI = w.siteAddress(i)
		if len(w.view.Mark(i)) > 0 {
			row[1].Runs = append(row[1].Runs, w.run("（未公开）", small))
		}
		rows = append(rows, row)
	}
	w.captioned("典型案例", w.table(columns("cLlc", 0.08, 0.36, 0.34, 0.22), w.headRow("序号", "案例", "处罚内容", "决定日期"), rows),
		"案情、依据和典型意义见合订本")
}

// CasesInOrder returns the cases that papers hold, in the order of the
// priorities.
func CasesInOrder(v *release.View) []*campaign.Item {
	items := v.ItemsOf(campaign.Cases)
	slices.SortStableFunc(items, func(a, b *campaign.Item) int {
		return cmp.Compare(priorityIndex(a.Case), priorityIndex(b.Case))
	})
	return items
}

// decision names which file holds a case's decision, and its hash, by which it
// can be known again.
func (w *writer) decision(i *campaign.Item) [][2]string {
	if i.Case.Decision == "" {
		return nil
	}
	f, err := w.view.Handout(i.Case.Decision)
	if err != nil {
		w.fail(err)
		return nil
	}
	defer f.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		w.fail(fmt.Errorf("读取 %s：%w", i.Case.Decision, err))
		return nil
	}
	return [][2]string{
		{"处罚决定书", "附件 " + path.Base(i.Case.Decision) + w.atAddress(i)},
		{"附件校验值", "SHA-256：" + inGroups(hex.EncodeToString(hash.Sum(nil)))},
	}
}

func priorityIndex(c *campaign.Case) int {
	if c.Priority == nil {
		return 1 << 30
	}
	return c.Priority.Index
}

// caseRecord lists what 总局令第45号 asks of a published penalty, in its order,
// then what the campaign adds.
func caseRecord(i *campaign.Item) [][2]string {
	var asked, added [][2]string
	for _, f := range campaign.CaseFields {
		list := &added
		if f.Summary != "" {
			list = &asked
		}
		*list = append(*list, [2]string{f.Key, f.Text(i.Case)})
	}
	return slices.Concat(asked, added, [][2]string{{"公示期至", i.Expires.Chinese()}})
}

// warnings writes the consumer warnings, oldest first.
func (w *writer) warnings() {
	items := w.view.ItemsOf(campaign.Warnings)
	if len(items) == 0 {
		return
	}
	slices.SortStableFunc(items, func(a, b *campaign.Item) int { return a.PublishedAt.Compare(b.PublishedAt) })
	w.part("消费警示", "")
	for _, i := range items {
		w.itemHeading(i)
		if i.Warning != nil {
			w.byline(join("　", i.Warning.Issuer, i.Warning.Number, publication(i.PublishedAt.Date, w.updatedOn(&i.Release))), small)
		}
		w.item(i, 3)
	}
}
