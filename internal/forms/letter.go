package forms

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/pdf/word"
)

// Letter is a Word file to be sent.
type Letter struct {
	Name string // 终期催报_公安局_2022-12-01.docx
	Data []byte
	day  campaign.Date
}

// Letters writes reminders as Word files, each with the words of its text.
func Letters(list []Reminder) (files []Letter, err error) {
	taken := map[string]bool{}
	for _, r := range list {
		name := r.fileName(r.Department.Short)
		if taken[name] {
			name = r.fileName(r.Department.Code)
		}
		taken[name] = true
		var data bytes.Buffer
		if err := r.letter.word(&data); err != nil {
			return nil, fmt.Errorf("写 %s：%w", name, err)
		}
		files = append(files, Letter{name, data.Bytes(), r.letter.day})
	}
	return files, nil
}

// fileName names the Word file by what it is about, to whom it goes, and its day.
func (r Reminder) fileName(unit string) string {
	name := r.Round.Name + "催报_" + unit
	if r.Region != nil && unit == r.Department.Code {
		name += "_" + r.Region.Code
	} else if r.Region != nil {
		name += "_" + r.Region.Short
	}
	return pathSigns.Replace(name) + "_" + r.letter.day.String() + ".docx"
}

// Pack writes letters into one zip.
func Pack(w io.Writer, files []Letter) error {
	z := zip.NewWriter(w)
	for _, f := range files {
		to, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: f.day.Midnight()})
		if err == nil {
			_, err = to.Write(f.Data)
		}
		if err != nil {
			return fmt.Errorf("写 %s：%w", f.Name, err)
		}
	}
	return z.Close()
}

// word writes the letter as a Word file, set as GB/T 9704 has a letter without a
// seal: the signature two characters from the right, the day likewise or below it.
func (l letter) word(w io.Writer) error {
	title := typeset.Style{Role: typeset.Song, Size: 22}
	body := typeset.Style{Role: typeset.Fang, Size: 16}
	of := func(text string, style typeset.Style) []typeset.Run { return []typeset.Run{{Text: text, Style: style}} }
	indent := 2 * typeset.A4.Pitch()
	blocks := []typeset.Block{
		&typeset.Paragraph{Runs: of(l.title, title), Align: typeset.Center},
		&typeset.Paragraph{Runs: of(l.to, body), Align: typeset.Left},
	}
	for _, text := range l.body {
		blocks = append(blocks, &typeset.Paragraph{Runs: of(text, body), Indent: indent})
	}
	blocks = append(blocks,
		&typeset.Paragraph{Runs: of("　", body), Align: typeset.Left},
		&typeset.Paragraph{Runs: of(l.signed+"　　", body), Align: typeset.Right},
		&typeset.Paragraph{Runs: of(l.day.Chinese()+"　　", body), Align: typeset.Right},
	)
	at := l.day.Midnight()
	return word.Write(w, word.Document{Title: l.title, Author: l.signed, Mark: l.mark, Published: at, Changed: at}, blocks)
}
