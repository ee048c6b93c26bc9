package pdf

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/source"
)

// official writes a document as it was issued (GB/T 9704-2012): head, text,
// signature, what the text issues and its annexes on sheets of their own, 版记.
func (w *writer) official(i *campaign.Item) {
	b := w.bodyOf(i, 1)
	if b == nil {
		return
	}
	b.formal = true
	text, sheets := b.apart()
	annexes := w.annexesOf(i, sheets)
	w.holds(i.File)
	for _, a := range annexes {
		w.held[a.file] = a.file != ""
	}
	titles := titlesOf(text, annexes)
	copies := w.officialHead(i, markdown.PlainText(text, b.cite), titles)
	from := len(w.blocks)
	w.heldMark(w.view.Mark(i))
	w.lapsed(i.Document)
	b.block(text, place{style: body})
	for _, block := range w.blocks[from:] {
		if p, ok := block.(*typeset.Paragraph); ok && p.Heading == nil {
			p.Opens = true
			break
		}
	}
	w.from(campaign.InFile(i.File))
	w.officialEnd(i, titles)
	for _, s := range sheets {
		if s.annex == nil {
			w.issued(b, s)
		}
	}
	for n, a := range annexes {
		w.annexSheet(b, a, annexLabel(n, len(annexes)))
	}
	w.colophon(i, copies)
}

// bodyPart is what stands below a level-1 heading of a document's text, on sheets of
// its own: what the document issues, or an annex.
type bodyPart struct {
	heading *markdown.Node
	blocks  []*markdown.Node
	annex   []string // of an annex: its number, "" without one, and its title
}

var annexHeading = regexp.MustCompile(`^附件\s*([0-9]*)\s*[:：.．、]?\s*(.*)$`)

// apart cuts a body at its level-1 headings.
func (b *bodyOf) apart() (text []*markdown.Node, sheets []*bodyPart) {
	for _, n := range b.tree.Blocks {
		if n.Kind == markdown.Heading && n.Level == 1 {
			p := &bodyPart{heading: n}
			if m := annexHeading.FindStringSubmatch(markdown.PlainText(n.Children, b.cite)); m != nil {
				p.annex = m[1:]
			}
			sheets = append(sheets, p)
			continue
		}
		if len(sheets) == 0 {
			text = append(text, n)
		} else {
			last := sheets[len(sheets)-1]
			last.blocks = append(last.blocks, n)
		}
	}
	b.shift = 0
	level := 0 // the highest below the sheets' titles
	b.tree.Walk(func(n *markdown.Node) bool {
		if n.Kind == markdown.Heading && n.Level > 1 && (level == 0 || n.Level < level) {
			level = n.Level
		}
		return true
	})
	if level > 0 {
		b.shift = 1 - level
	}
	return text, sheets
}

// officialAnnex is an annex of a document: a part of its text, or a file.
type officialAnnex struct {
	title string
	part  *bodyPart
	file  string
}

// annexesOf lists the annexes in their order: those of the text that have a number at
// its place, the others after one another.
func (w *writer) annexesOf(i *campaign.Item, sheets []*bodyPart) []officialAnnex {
	var list []officialAnnex
	numbered := map[int]officialAnnex{}
	for _, s := range sheets {
		if s.annex == nil {
			continue
		}
		a := officialAnnex{title: s.annex[1], part: s}
		if n, err := strconv.Atoi(s.annex[0]); err == nil && numbered[n].part == nil {
			numbered[n] = a
		} else {
			list = append(list, a)
		}
	}
	d := i.Document
	for _, a := range d.Attachments {
		title := cmp.Or(a.Title, linkText(i, a.File), kindOf(a.File))
		twice := false
		for _, s := range sheets {
			twice = twice || s.annex != nil && s.annex[1] == title
		}
		if !twice {
			list = append(list, officialAnnex{title: title, file: a.File})
		}
	}
	total := len(list) + len(numbered)
	var all []officialAnnex
	for n := 1; len(all) < total; n++ {
		switch a, ok := numbered[n]; {
		case ok:
			all = append(all, a)
		case len(list) > 0:
			all, list = append(all, list[0]), list[1:]
		}
	}
	return all
}

// kindOf names an attachment that has no title: files' names are never printed.
func kindOf(file string) string {
	switch ext := strings.ToLower(path.Ext(file)); {
	case isPicture(file):
		return "图片"
	case ext == ".csv" || ext == ".xlsx" || ext == ".xls" || ext == ".et":
		return "表格"
	case ext == ".txt":
		return "文本"
	}
	return "文件"
}

// annexLabel is 附件 with the number of an annex, where there are several.
func annexLabel(n, of int) string {
	if of == 1 {
		return "附件"
	}
	return fmt.Sprintf("附件%d", n+1)
}

// officialHead adds the head up to 主送机关 so that the text begins on the first page
// (7.3.3), and returns what has to go to the foot for that: 主送机关 first (7.3.2), then
// the names of all issuers but the first (7.2.4). A short text goes with its signature,
// so that all of it is to be on that page, if it can.
func (w *writer) officialHead(i *campaign.Item, short string, annexes []string) (atFoot []string) {
	const smallest = 15 // 小3号
	d := i.Document
	p := d.Parts
	whole := func() {
		w.paragraph(short, body)
		w.officialEnd(i, annexes)
	}
	line := func() { w.paragraph("文", body) }
	for _, form := range []struct {
		issuers   []string
		addressed string
		below     func()
	}{{p.Issuers, d.Addressed(), whole}, {p.Issuers, d.Addressed(), line}, {p.Issuers, "", line}, {p.Issuers[:1], d.Addressed(), line}} {
		sizes := len(form.issuers) > 1 // one name is as small as it has to be
		for size := mastSize; size >= smallest && (sizes || size == mastSize); size-- {
			head := w.set(func() { w.headOf(i, form.issuers, form.addressed, size) })
			if w.fits(append(head[:len(head):len(head)], w.set(form.below)...)) {
				w.add(head...)
				if form.addressed == "" {
					return p.To
				}
				return nil
			}
		}
	}
	w.headOf(i, p.Issuers[:1], "", mastSize)
	return p.To
}

// set returns blocks that are not yet of the paper.
func (w *writer) set(write func()) []typeset.Block {
	before := w.blocks
	w.blocks = nil
	write()
	blocks := w.blocks
	w.blocks = before
	return blocks
}

// headOf adds a head with some of the issuers in type of a size, and the line of 主送机关.
func (w *writer) headOf(i *campaign.Item, issuers []string, addressed string, size float64) {
	switch i.Document.Layout {
	case campaign.LetterSheet:
		w.letterHead(i, size)
	case campaign.MinutesSheet:
		w.minutesHead(i, size)
	default:
		w.officialMarks(marksOf(i))
		w.from(i.Keys.Of("发文机关", "发布机构"))
		w.masthead(issuers, "文件", size)
		w.officialNumber(i)
	}
	w.from(i.Keys.Of("标题"))
	w.documentTitle(i.Title)
	w.add(typeset.Gap{Height: typeset.A4.Lead()})
	w.from(i.Keys.Of("主送机关"))
	if addressed != "" {
		w.add(&typeset.Paragraph{Runs: w.runs(addressed, body)})
	}
}

// fits reports whether blocks have room on one page.
func (w *writer) fits(blocks []typeset.Block) bool {
	if w.setter == nil {
		return true
	}
	l, err := typeset.Compose(w.setter, blocks)
	return err == nil && len(l.Pages) == 1
}

// mark is 份号, 密级 or 紧急程度.
type mark struct {
	at    campaign.Position
	text  string
	style typeset.Style
}

// marksOf lists what a document has of them.
func marksOf(i *campaign.Item) (marks []mark) {
	p, hei := i.Document.Parts, typeset.Style{Role: typeset.Hei, Size: bodySize}
	for _, m := range []mark{{i.Keys.Of("份号"), p.Copy, body}, {i.Keys.Of("密级"), p.Secrecy, hei}, {i.Keys.Of("紧急程度"), p.Urgency, hei}} {
		if m.text != "" {
			marks = append(marks, m)
		}
	}
	return marks
}

// officialMarks adds them, a line each (7.2.1 to 7.2.3).
func (w *writer) officialMarks(marks []mark) {
	for _, m := range marks {
		w.from(m.at)
		w.add(&typeset.Paragraph{Runs: w.runs(m.text, m.style), Align: typeset.Left})
	}
}

// officialNumber adds 发文字号 in the middle, or with those who sign a document to a
// superior, two in a row, on the line of the last of them (7.2.5, 7.2.6).
func (w *writer) officialNumber(i *campaign.Item) {
	d := i.Document
	signers := d.Parts.Signers
	w.add(typeset.Space{By: 2 * typeset.A4.Lead()})
	w.from(i.Keys.Of("文号"))
	if len(signers) == 0 {
		if d.Number != "" {
			w.centred(d.Number, body)
		}
		w.redRule(d.Number != "")
		return
	}
	const label = "签发人："
	widest := 0
	for _, s := range signers {
		widest = max(widest, len([]rune(s)))
	}
	padded := func(s string) string { return s + strings.Repeat("　", widest-len([]rune(s))) }
	for n := 0; n < len(signers); n += 2 {
		before, names := "", padded(signers[n])
		if n == 0 {
			before = label
		}
		if len(signers) > 1 {
			second := ""
			if n+1 < len(signers) {
				second = signers[n+1]
			}
			names += "　" + padded(second)
		}
		line := &typeset.Ends{Right: []typeset.Run{w.run(before, body), w.run(names, remark)}, Inset: typeset.A4.Pitch()}
		if n+2 >= len(signers) && d.Number != "" {
			line.Left = w.runs(d.Number, body)
		}
		w.add(line)
	}
	w.redRule(true)
}

// titlesOf lists what 附件说明 names; nothing where the text has its own.
func titlesOf(text []*markdown.Node, annexes []officialAnnex) (titles []string) {
	for _, n := range text {
		if n.Kind == markdown.Paragraph && annexHeading.MatchString(markdown.PlainText(n.Children, nil)) {
			return nil
		}
	}
	for _, a := range annexes {
		titles = append(titles, a.title)
	}
	return titles
}

// officialEnd adds what stands below the text: 附件说明, 署名, 成文日期 and 附注.
func (w *writer) officialEnd(i *campaign.Item, annexes []string) {
	w.from(i.Keys.Of("附件"))
	w.attachmentList(annexes...)
	d := i.Document
	if d.Layout == campaign.MinutesSheet {
		w.attendance(i)
		return
	}
	w.from(i.Keys.Of("发文机关", "发布机构"))
	above := 0.0
	if len(annexes) > 0 {
		above = float64(float64(len(annexes)+1) * typeset.A4.Lead())
	}
	w.add(&typeset.Signature{
		Names: d.Parts.Issuers, Date: d.WrittenOn.Chinese(), Note: d.NoteOf(i), Style: body,
		Space: typeset.A4.Lead(), Above: above, Source: w.source,
	})
}

// issued writes what a document issues: its own title in the middle, on a new sheet.
func (w *writer) issued(b *bodyOf, s *bodyPart) {
	w.add(typeset.Break{})
	w.sheetTitle(b, s)
	w.numbers = numbering{}
	b.block(s.blocks, place{style: body})
}

// sheetTitle adds the title of a sheet, which bookmarks list.
func (w *writer) sheetTitle(b *bodyOf, s *bodyPart) {
	w.from(s.heading.At)
	title := markdown.PlainText(s.heading.Children, b.cite)
	b.under = title
	w.titleOfSheet(title, b.item.File+"#"+s.heading.Anchor)
}

func (w *writer) titleOfSheet(title, anchor string) {
	w.add(&typeset.Paragraph{
		Runs:  w.runs(title, typeset.Style{Role: typeset.Song, Size: titleSize}),
		Align: typeset.Center, Lead: titleLead, ByPhrase: true,
		Heading: &typeset.Bookmark{Level: 1, Title: title}, Anchor: anchor,
	}, typeset.Gap{Height: typeset.A4.Lead()})
}

// annexSheet writes an annex: 附件 at the left of the first line, its title on the
// third (7.3.7), and what is in it.
func (w *writer) annexSheet(b *bodyOf, a officialAnnex, label string) {
	w.add(typeset.Break{})
	anchor := a.file
	w.from(b.item.Keys.Of("附件"))
	if a.part != nil {
		anchor = b.item.File + "#" + a.part.heading.Anchor
		w.from(a.part.heading.At)
	}
	w.add(
		&typeset.Paragraph{Runs: w.runs(label, typeset.Style{Role: typeset.Hei, Size: bodySize}), Align: typeset.Left, KeepWithNext: true},
		typeset.Space{By: typeset.A4.Lead()},
	)
	if a.title != "" {
		w.titleOfSheet(a.title, anchor)
	}
	w.numbers = numbering{}
	b.under = ""
	if a.part != nil {
		b.block(a.part.blocks, place{style: body})
		return
	}
	w.annexFile(b, a)
}

// annexFile writes what is in a file that can be printed: a text, a table, a
// picture. Of any other it says where it is.
func (w *writer) annexFile(b *bodyOf, a officialAnnex) {
	at := b.item.Keys.Of("附件")
	switch ext := strings.ToLower(path.Ext(a.file)); {
	case isPicture(a.file):
		image, err := w.image(at, a.file)
		if err != nil {
			w.fail(err)
			return
		}
		w.add(&typeset.Picture{Image: image, Alt: a.title, Lead: smallLead})
	case ext == ".txt":
		for line := range strings.Lines(w.handout(at, a.file)) {
			if line = strings.TrimSpace(line); line != "" {
				w.paragraph(line, body)
			}
		}
	case ext == ".csv":
		w.annexCSV(at, w.handout(at, a.file))
	default:
		w.paragraph("（本附件是"+kindOf(a.file)+"，请在网站上查阅"+w.atAddress(b.item)+"。）", remark)
	}
}

// handout is the text of a file that goes out with an item.
func (w *writer) handout(at campaign.Position, file string) string {
	f, err := w.view.Handout(file)
	if err != nil {
		w.fail(fmt.Errorf("%s：%w", at.Source(), err))
		return ""
	}
	defer f.Close()
	raw, err := io.ReadAll(f)
	if err == nil {
		raw, err = source.Decode(raw)
	}
	if err != nil {
		w.fail(fmt.Errorf("%s：读取 %s：%w", at.Source(), file, err))
	}
	return string(raw)
}

func (w *writer) annexCSV(at campaign.Position, text string) {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	lines, err := r.ReadAll()
	if err != nil {
		w.fail(fmt.Errorf("%s：附件的表格：%w", at.Source(), err))
		return
	}
	width := 0
	for _, line := range lines {
		width = max(width, len(line))
	}
	if width == 0 {
		return
	}
	var rows []typeset.Row
	for _, line := range lines[1:] {
		rows = append(rows, w.textRow(append(line, make([]string, width-len(line))...)...))
	}
	w.add(w.table(columns(strings.Repeat("l", width)), w.headRow(append(lines[0], make([]string, width-len(lines[0]))...)...), rows), gap)
}

// colophon adds 版记 (7.4) of what there is for it.
func (w *writer) colophon(i *campaign.Item, to []string) {
	const size, room = contentSize, contentSize // 4号; a character is left free at either side
	p := i.Document.Parts
	style := typeset.Style{Role: typeset.Fang, Size: size}
	c := &typeset.Colophon{Plain: i.Document.Layout == campaign.LetterSheet}
	for _, list := range []struct {
		key, label string
		names      []string
	}{{"主送机关", "主送：", to}, {"抄送机关", "抄送：", p.CopyTo}} {
		if len(list.names) == 0 {
			continue
		}
		w.from(i.Keys.Of(list.key))
		c.Copies = append(c.Copies, &typeset.Paragraph{
			Runs: w.runs(strings.TrimRight(strings.Join(list.names, "，"), "。:：")+"。", style), Marker: w.runs(list.label, style),
			Left: room, Inset: room, Lead: typeset.A4.Lead(),
		})
	}
	if p.Printer != "" && !c.Plain {
		w.from(i.Keys.Of("印发机关"))
		c.Print = &typeset.Ends{Left: w.runs(p.Printer, style), Right: w.runs(p.PrintedOn.Chinese()+"印发", style), Inset: room}
	}
	if len(c.Copies) > 0 || c.Print != nil {
		w.add(c)
		w.colophoned = true
	}
}
