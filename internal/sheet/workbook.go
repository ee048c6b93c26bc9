package sheet

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// writeXLSX writes the workbook: the annex of each round, then the departments,
// then the regions of the departments that have them.
func writeXLSX(w io.Writer, v *release.View, b *stats.Book) error {
	wb, err := newWorkbook(v, v.FiguresEdition())
	if err != nil {
		return err
	}
	defer wb.file.Close()
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
		p.title(left, c.Form.Name, "尚无公开的数据。")
	}
	if wb.err != nil {
		return fmt.Errorf("制作 %s：%w", XLSXPath, wb.err)
	}
	_, err = wb.file.WriteTo(w)
	return err
}

// workbook collects sheets. Its first error stays; drawing goes on without
// effect, and writeXLSX looks once, at the end.
type workbook struct {
	view   *release.View
	file   *excelize.File
	styles map[style]int
	taken  map[string]bool // sheet names, folded
	err    error
}

// newWorkbook starts a workbook of an edition, whose day its properties and the
// files in it carry.
func newWorkbook(v *release.View, edition release.Edition) (*workbook, error) {
	c := v.Campaign()
	f := excelize.NewFile()
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return &dated{zip.NewWriter(w), edition.Changed.Midnight()} })
	props := &excelize.DocProperties{
		Creator: c.Site.Host, LastModifiedBy: c.Site.Host, Title: c.Form.Name, Subject: c.Name,
		Created: property(edition.Published), Modified: property(edition.Changed), Language: "zh-CN",
	}
	if c.Sample {
		props.Keywords = sampleMark
	}
	if err := f.SetDocProps(props); err != nil {
		return nil, fmt.Errorf("写表格属性：%w", err)
	}
	if err := f.SetAppProps(&excelize.AppProperties{Application: "wangjian"}); err != nil {
		return nil, fmt.Errorf("写表格属性：%w", err)
	}
	return &workbook{view: v, file: f, styles: map[style]int{}, taken: map[string]bool{}}, nil
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
	if len(wb.taken) == 1 {
		wb.note(wb.file.SetSheetName(wb.file.GetSheetName(0), name))
	} else {
		_, err := wb.file.NewSheet(name)
		wb.note(err)
	}
	p := &page{wb: wb, name: name, widths: widths}
	for n, width := range widths {
		column, err := excelize.ColumnNumberToName(n + 1)
		wb.note(err)
		wb.note(wb.file.SetColWidth(name, column, column, width))
	}
	footer := "&C第 &P 页，共 &N 页"
	if wb.view.Campaign().Sample {
		footer += "&R示例数据"
	}
	wb.note(wb.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: footer}))
	return p
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

func (wb *workbook) note(err error) {
	if wb.err == nil {
		wb.err = err
	}
}

// align says where a cell's text stands.
type align string

const (
	left   align = "left"
	centre align = "center"
	right  align = "right"
)

// style is a cell's look; the workbook makes each once.
type style struct {
	align   align
	bold    bool
	boxed   bool
	shaded  bool
	red     bool
	size    float64 // 0: 11 pt
	indent  int
	format  string // number format; "" for text
	natural bool   // not wrapped
}

func (wb *workbook) style(s style) int {
	if id, ok := wb.styles[s]; ok {
		return id
	}
	x := &excelize.Style{
		Font:      &excelize.Font{Family: "宋体", Size: 11, Bold: s.bold},
		Alignment: &excelize.Alignment{Horizontal: string(s.align), Vertical: "center", WrapText: !s.natural, Indent: s.indent},
	}
	if s.size > 0 {
		x.Font.Size = s.size
	}
	if s.red {
		x.Font.Color = "9E1B16"
	}
	if s.shaded {
		x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F3EEE6"}}
	}
	if s.boxed {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			x.Border = append(x.Border, excelize.Border{Type: side, Color: "595959", Style: 1})
		}
	}
	if s.format != "" {
		x.CustomNumFmt = &s.format
	}
	id, err := wb.file.NewStyle(x)
	wb.note(err)
	wb.styles[s] = id
	return id
}

// exactDigits is how many significant digits a spreadsheet's number keeps.
const exactDigits = 15

var pointAndSign = strings.NewReplacer(".", "", "-", "")

// fits tells whether a number cell shows all digits of a decimal's text.
func fits(text string) bool {
	digits := strings.TrimLeft(pointAndSign.Replace(text), "0")
	return len(digits) <= exactDigits
}

// numberFormat shows as many decimals as the text has.
func numberFormat(text string) string {
	if _, fraction, ok := strings.Cut(text, "."); ok {
		return "0." + strings.Repeat("0", len(fraction))
	}
	return "0"
}

// missingNote says which regions a round's sums are without.
func missingNote(round *campaign.Round, b *stats.Book) string {
	var parts []string
	for _, d := range b.RollUps() {
		if lacks := stats.Lacks(b.Coverage(round, d)); lacks != "" {
			parts = append(parts, d.Short+"的数字"+lacks)
		}
	}
	return strings.Join(parts, "；")
}
