// Package outgoing makes what goes out to the units at the beginning of a round: the
// form of each, a Word file with the sections of its narrative, and a covering
// letter, its counties' among them.
//
// [Files] makes them, [Note] notes in a change.Set that they are written to 发表/ and
// entered in the register there, by which one that comes back filled in is told from
// one that was only sent; [Pack] makes one zip with a folder for each unit.
package outgoing

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/forms"
	"wangjian/internal/inbox"
	"wangjian/internal/incoming"
)

// Options say what goes out.
type Options struct {
	Round       *campaign.Round
	Departments []*campaign.Department // nil for all
	// Counties are departments whose counties fill in the form for the first time.
	Counties []*campaign.Department
	// Letters adds the Word files: the narrative's sections, and a covering letter.
	Letters bool
	Day     campaign.Date
}

// File is a file that goes out.
type File struct {
	Name       string // 终期/公安局.xlsx
	Data       []byte
	What       string // 统计表, 工作总结模板, 通知
	Round      *campaign.Round
	Department *campaign.Department
	Region     *campaign.Region // nil for a department's own
}

// Unit names to whom it goes.
func (f File) Unit() string { return incoming.UnitName(f.Department, f.Region) }

// Files makes what goes out, unit by unit.
func Files(c *campaign.Campaign, o Options) (list []File, err error) {
	books, err := forms.ExportAll(c, []*campaign.Round{o.Round}, o.Departments, forms.ExportOptions{Counties: o.Counties})
	if err != nil {
		return nil, fmt.Errorf("写报表：%w", err)
	}
	departments := o.Departments
	if departments == nil {
		departments = c.Departments
	}
	for _, d := range departments {
		var own []*forms.Workbook
		for _, b := range books {
			if b.Department == d {
				own = append(own, b)
			}
		}
		if len(own) == 0 && o.Letters { // it only writes a narrative
			own = append(own, &forms.Workbook{Round: o.Round, Department: d})
		}
		for _, b := range own {
			files, err := filesOf(c, o, b)
			if err != nil {
				return nil, err
			}
			list = append(list, files...)
		}
	}
	return list, nil
}

// filesOf makes what goes with a form, which is empty where a unit has none.
func filesOf(c *campaign.Campaign, o Options, b *forms.Workbook) (list []File, err error) {
	var enclosed []string
	add := func(what, name string, data []byte) {
		list = append(list, File{name, data, what, b.Round, b.Department, b.Region})
		enclosed = append(enclosed, path.Base(name))
	}
	if b.Data != nil {
		add("统计表", b.Name, b.Data)
	}
	if !o.Letters {
		return list, nil
	}
	if b.Region == nil {
		outline, err := forms.Outline(c, o.Round, b.Department, o.Day)
		if err != nil {
			return nil, err
		}
		add("工作总结模板", outline.Name, outline.Data)
	}
	cover, err := forms.Cover(c, o.Round, b.Department, b.Region, enclosed, o.Day)
	if err != nil {
		return nil, err
	}
	add("通知", cover.Name, cover.Data)
	return list, nil
}

// Note notes that files are written below a folder of a set and entered in its
// register. A file that is there and is not as it was sent, filled in or of others,
// stays and is returned as kept, unless it may be replaced.
func Note(set *change.Set, folder string, list []File, replace bool, day campaign.Date) (kept []string, err error) {
	register, err := inbox.Open(set.FS(), folder)
	if err != nil {
		return nil, err
	}
	for _, f := range list {
		name := path.Join(folder, f.Name)
		old, err := set.Read(name)
		isSent := err == nil && register.Knows(f.Name, old)
		switch {
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return nil, err
		case isSent && bytes.Equal(old, f.Data):
			continue
		case err == nil && !isSent && !replace:
			kept = append(kept, name)
			continue
		}
		if err := set.Write(name, f.Data); err != nil {
			return nil, err
		}
		entry := inbox.Entry{On: day.String(), File: f.Name, What: f.What, Round: f.Round.Name, Unit: f.Unit()}
		if err := register.Sent(set, entry, f.Data); err != nil {
			return nil, fmt.Errorf("登记 %s：%w", name, err)
		}
	}
	return kept, nil
}

// Pack writes one zip, with a folder for each unit.
func Pack(w io.Writer, list []File, day campaign.Date) error {
	z := zip.NewWriter(w)
	for _, f := range list {
		name := forms.PathName(f.Unit()) + "/" + path.Base(f.Name)
		to, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: day.Midnight()})
		if err == nil {
			_, err = to.Write(f.Data)
		}
		if err != nil {
			return fmt.Errorf("写 %s：%w", name, err)
		}
	}
	return z.Close()
}
