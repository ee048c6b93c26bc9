package sheet

import (
	"archive/zip"
	"crypto/sha256"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
	"wangjian/internal/xlsx"
)

// writeXLSX writes the workbook: the annex of each round, then the departments,
// then the regions of the departments that have them.
func writeXLSX(w io.Writer, v *release.View, b *stats.Table) error {
	wb := newWorkbook(v, v.FiguresEdition())
	c := v.Campaign()
	for _, round := range c.Rounds {
		wb.annex(round, b)
	}
	if len(c.Rounds) > 0 {
		for _, block := range c.Form.Blocks() {
			wb.department(block.Department, b)
		}
	}
	for _, d := range b.CountyDepartments() {
		wb.counties(d, b)
	}
	if len(wb.taken) == 0 {
		p := wb.sheet("统计表", 30)
		p.title(xlsx.Left, c.Form.Name, "尚无公开的数据。")
	}
	return wb.finish(w, " "+XLSXPath)
}

// workbook is a workbook of a view.
type workbook struct {
	*xlsx.Book
	view  *release.View
	taken map[string]bool // sheet names, folded
}

// newWorkbook starts a workbook of an edition, whose day its properties and the
// files in it carry.
func newWorkbook(v *release.View, edition release.Edition) *workbook {
	c := v.Campaign()
	props := excelize.DocProperties{
		Creator: c.Site.Host, LastModifiedBy: c.Site.Host, Title: c.Form.Name, Subject: c.Name,
		Created: property(edition.Published), Modified: property(edition.Changed),
	}
	if c.Sample {
		props.Keywords = sampleMark
	}
	b := xlsx.New(xlsx.Type{Size: 11, Line: 15, Pad: 6, Family: "宋体", Bold: "宋体"}, c.Sample, props)
	b.File.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return &dated{zip.NewWriter(w), edition.Changed.Midnight()} })
	return &workbook{b, v, map[string]bool{}}
}

// finish writes the workbook, which is named in an error.
func (wb *workbook) finish(w io.Writer, name string) error {
	defer wb.File.Close()
	if wb.Err != nil {
		return fmt.Errorf("制作%s：%w", name, wb.Err)
	}
	_, err := wb.File.WriteTo(w)
	return err
}

// property is a day as a workbook's properties write it.
func property(at campaign.Moment) string {
	if at.IsZero() {
		return ""
	}
	return at.Midnight().Format(time.RFC3339)
}

// dated is a zip file whose entries all carry one time.
type dated struct {
	*zip.Writer
	at time.Time
}

func (d *dated) Create(name string) (io.Writer, error) {
	return d.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: d.at})
}

// sheet adds a sheet with the columns' widths, in characters.
func (wb *workbook) sheet(name string, widths ...float64) *page {
	name = wb.freeName(name)
	return &page{wb.Sheet(name, len(wb.taken) == 1, widths...), wb}
}

// freeName makes a name that a sheet may have: 31 UTF-16 units, none of []:*?/\,
// not taken in any case.
func (wb *workbook) freeName(name string) string {
	name = strings.Trim(sheetSigns.Replace(name), "' ")
	if name == "" || strings.EqualFold(name, "History") {
		name = "表" + name
	}
	for n := 1; ; n++ {
		suffix := ""
		if n > 1 {
			suffix = fmt.Sprintf("（%d）", n)
		}
		units := utf16.Encode([]rune(name))
		free := string(utf16.Decode(units[:min(len(units), 31-len([]rune(suffix)))]))
		free = strings.TrimRight(free, "\uFFFD") + suffix
		if key := strings.ToLower(free); !wb.taken[key] {
			wb.taken[key] = true
			return free
		}
	}
}

var sheetSigns = strings.NewReplacer("[", "［", "]", "］", ":", "：", "*", "＊", "?", "？", "/", "／", `\`, "＼")

// missingNote says which regions a round's sums are without.
func missingNote(round *campaign.Round, b *stats.Table) string {
	var parts []string
	for _, d := range b.RollUps() {
		if lacks := stats.Lacks(b.Coverage(round, d)); lacks != "" {
			parts = append(parts, d.Short+"的数字"+lacks)
		}
	}
	return strings.Join(parts, "；")
}

// Listed is a file of a submission as its list names it.
type Listed struct {
	Path, What string
	Size       int64
	SHA256     [sha256.Size]byte
}

// WriteList writes the list of a submission's files for people.
func WriteList(w io.Writer, v *release.View, list []Listed) error {
	wb := newWorkbook(v, v.LatestEdition())
	p := wb.sheet("清单", 7, 60, 50, 14, 72)
	p.title(xlsx.Left, v.Campaign().Name+"报送材料清单", fmt.Sprintf("共 %d 个文件。收到后可用 sha256sum -c 清单.txt 核对有没有缺损。", len(list)))
	p.headings(0, "序号", "文件", "说明", "大小（字节）", "SHA-256")
	for n, l := range list {
		p.Next(max(p.Lines(l.Path, 2, 2), p.Lines(l.What, 3, 3)))
		p.number(1, strconv.Itoa(n+1), centred)
		p.Text(2, l.Path, box)
		p.Text(3, l.What, box)
		p.number(4, strconv.FormatInt(l.Size, 10), numeric)
		p.Text(5, fmt.Sprintf("%x", l.SHA256), box)
	}
	p.Print("landscape")
	return wb.finish(w, "清单")
}
