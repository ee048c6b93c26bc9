package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
)

// entryFile is how an entry is written: keys, and its lists as CSV, which stays
// readable at ten thousand figures.
type entryFile struct {
	Version  int    `yaml:"版本"`
	Number   int    `yaml:"序号"`
	On       string `yaml:"日期"`
	Edition  int    `yaml:"版次"`
	Before   string `yaml:"上一条,omitempty"`
	Items    string `yaml:"内容,omitempty"`
	Figures  string `yaml:"数据,omitempty"`
	Settings string `yaml:"设置,omitempty"`
	Papers   string `yaml:"文书,omitempty"`
	Shown    string `yaml:"文书的数,omitempty"`
}

const version = 1

const preamble = "# 由 wangjian publish 写，不要改动：下一条记着这个文件的校验值。\n"

// The columns of the lists.
var (
	itemColumns    = []string{"文件", "标题", "状态", "校验值", "签字", "网页"}
	figureColumns  = []string{"期次", "部门", "地区", "项目", "隶属", "单位", "数量"}
	settingColumns = []string{"文件", "校验值"}
	paperColumns   = []string{"网页", "编号", "文件"}
	// The figures of a paper, whose path comes first; see [campaign.PublishedPaper].
	shownColumns = []string{"网页", "期次", "部门", "地区", "项目", "隶属", "单位"}
)

const isPublic = "公开"

// nameOf returns the name of an entry's file.
func nameOf(number int, day campaign.Date) string {
	return fmt.Sprintf("%s/%04d-%s.yaml", Dir, number, day)
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// Bytes returns the entry as its file holds it.
func (e *Entry) Bytes() []byte {
	var items, figures, settings, papers, shown [][]string
	for _, i := range e.Items {
		items = append(items, []string{i.File, i.Title, isPublic, i.Digest, i.Signed, strings.Join(i.Pages, " ")})
	}
	for _, i := range e.Withdrawn {
		items = append(items, []string{i.File, i.Title, string(i.Why), "", "", ""})
	}
	slices.SortFunc(items, slices.Compare[[]string])
	for _, f := range e.Figures {
		value := campaign.Withdrawn
		if f.Quantity.Kind != campaign.Blank {
			value = f.Quantity.String()
		}
		figures = append(figures, []string{f.Round, f.Department, f.Region, f.Row, f.Parent, f.Unit, value})
	}
	for _, s := range e.Settings {
		settings = append(settings, []string{s.File, s.Hash})
	}
	for _, p := range e.Papers {
		papers = append(papers, []string{p.Path, p.Digest, p.File})
		for _, f := range p.Figures {
			shown = append(shown, []string{p.Path, f.Round, f.Department, f.Region, f.Row, f.Parent, f.Unit})
		}
	}
	var b bytes.Buffer
	b.WriteString(preamble)
	w := yaml.NewEncoder(&b)
	w.SetIndent(2)
	_ = w.Encode(entryFile{ // into memory
		Version: version, Number: e.Number, On: e.On.String(), Edition: e.Edition, Before: e.Before,
		Items: table(itemColumns, items), Figures: table(figureColumns, figures), Settings: table(settingColumns, settings),
		Papers: table(paperColumns, papers), Shown: table(shownColumns, shown),
	})
	return b.Bytes()
}

func table(head []string, rows [][]string) string {
	if len(rows) == 0 {
		return ""
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.WriteAll(append([][]string{head}, rows...)) // into memory
	return b.String()
}

// Read reads the record of a campaign; an empty one where nothing was published.
// What is wrong with it is found as in any other input; an entry that cannot be
// trusted ends the record, and with it every comparison.
func Read(files fs.FS) (*Record, []campaign.Finding) {
	r := &Record{}
	entries, err := fs.ReadDir(files, Dir)
	if err != nil {
		return r, nil
	}
	var findings []campaign.Finding
	for _, file := range entries {
		name := Dir + "/" + file.Name()
		if strings.HasPrefix(file.Name(), ".") || strings.HasPrefix(file.Name(), "~$") {
			continue
		}
		e, err := readEntry(files, name)
		if err == nil {
			err = r.follows(e)
		}
		if err != nil {
			findings = append(findings, *err)
			return r, findings
		}
		r.Entries = append(r.Entries, e)
	}
	return r, nil
}

const restore = "从备份或版本库恢复这个文件的原样；发布记录只由 wangjian publish 写，不要手改、改名或删除"

func faulty(code, name string, line int, format string, args ...any) *campaign.Finding {
	at := campaign.Position{File: name, Line: max(line, 1), Column: 1}
	return &campaign.Finding{Level: campaign.Error, Rule: code, At: at.Place(), Message: fmt.Sprintf(format, args...), Hint: restore}
}

// mostEntry bounds an entry's file: the first publication of a campaign with some
// hundred thousand figures.
const mostEntry = 64 << 20

func readEntry(files fs.FS, name string) (*Entry, *campaign.Finding) {
	f, err := files.Open(name)
	if err != nil {
		return nil, faulty("record-entry", name, 1, "发布记录读不出来")
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, mostEntry+1))
	if err != nil || len(data) > mostEntry {
		return nil, faulty("record-entry", name, 1, "发布记录读不出来，或大得不正常")
	}
	var doc yaml.Node
	var read entryFile
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if decoder.Decode(&read) != nil || yaml.Unmarshal(data, &doc) != nil || read.Version != version {
		return nil, faulty("record-entry", name, 1, "不是 wangjian publish 写的发布记录")
	}
	e := &Entry{Number: read.Number, Edition: read.Edition, Before: read.Before, file: name, hash: hashOf(data)}
	if e.On, err = campaign.ParseDate(read.On); err != nil {
		return nil, faulty("record-entry", name, lineOf(&doc, "日期"), "日期“%s”读不出来", read.On)
	}
	for _, list := range []struct {
		key, text string
		columns   []string
		row       func([]string) error
	}{
		{"内容", read.Items, itemColumns, e.readItem},
		{"数据", read.Figures, figureColumns, e.readFigure},
		{"设置", read.Settings, settingColumns, e.readSetting},
		{"文书", read.Papers, paperColumns, e.readPaper},
		{"文书的数", read.Shown, shownColumns, e.readShown},
	} {
		if line, err := readTable(list.text, list.columns, list.row); err != nil {
			return nil, faulty("record-entry", name, lineOf(&doc, list.key)+line, "“%s”里的这一行：%v", list.key, err)
		}
	}
	if !bytes.Equal(e.Bytes(), data) {
		return nil, faulty("record-entry", name, 1, "发布记录改动过，不是 wangjian publish 写的样子")
	}
	return e, nil
}

// lineOf returns the line of a key of the file.
func lineOf(doc *yaml.Node, key string) int {
	if len(doc.Content) > 0 {
		for _, n := range doc.Content[0].Content {
			if n.Value == key {
				return n.Line
			}
		}
	}
	return 1
}

// readTable reads the rows of a list; the line of an error counts from the list's
// key.
func readTable(text string, columns []string, row func([]string) error) (line int, err error) {
	if text == "" {
		return 0, nil
	}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = len(columns)
	for first := true; ; first = false {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return 0, nil
		}
		if err != nil {
			line, _ = r.FieldPos(0)
			return line, errors.New("格数不对，或引号不成对")
		}
		line, _ = r.FieldPos(0)
		switch {
		case first && !slices.Equal(cells, columns):
			return line, fmt.Errorf("表头应当是 %s", strings.Join(columns, ","))
		case !first:
			if err := row(cells); err != nil {
				return line, err
			}
		}
	}
}

func (e *Entry) readItem(cells []string) error {
	if cells[2] != isPublic {
		e.Withdrawn = append(e.Withdrawn, WithdrawnItem{File: cells[0], Title: cells[1], Why: Gone(cells[2])})
		return nil
	}
	e.Items = append(e.Items, campaign.PublishedItem{
		File: cells[0], Title: cells[1], Digest: cells[3], Signed: cells[4], Pages: strings.Fields(cells[5]), Since: e.On,
	})
	return nil
}

func (e *Entry) readFigure(cells []string) error {
	f := campaign.PublishedFigure{FigureName: campaign.FigureName{
		Round: cells[0], Department: cells[1], Region: cells[2], Row: cells[3], Parent: cells[4], Unit: cells[5],
	}}
	if cells[6] != campaign.Withdrawn {
		var err error
		if f.Quantity, err = campaign.ParseQuantity(cells[6]); err != nil {
			return err
		}
		if f.Quantity.Kind == campaign.Sum || f.Quantity.Kind == campaign.Blank {
			return errors.New("“" + cells[6] + "”不是公布的数")
		}
	}
	e.Figures = append(e.Figures, f)
	return nil
}

func (e *Entry) readSetting(cells []string) error {
	e.Settings = append(e.Settings, Setting{File: cells[0], Hash: cells[1]})
	return nil
}

func (e *Entry) readPaper(cells []string) error {
	e.Papers = append(e.Papers, campaign.PublishedPaper{Path: cells[0], Digest: cells[1], File: cells[2]})
	return nil
}

func (e *Entry) readShown(cells []string) error {
	n, ok := slices.BinarySearchFunc(e.Papers, cells[0], func(p campaign.PublishedPaper, path string) int { return strings.Compare(p.Path, path) })
	if !ok {
		return errors.New("“文书”里没有 " + cells[0])
	}
	e.Papers[n].Figures = append(e.Papers[n].Figures, campaign.FigureName{
		Round: cells[1], Department: cells[2], Region: cells[3], Row: cells[4], Parent: cells[5], Unit: cells[6],
	})
	return nil
}

// follows reports what is wrong with an entry as the next of the record.
func (r *Record) follows(e *Entry) *campaign.Finding {
	before, day, edition := "", campaign.Date{}, 0
	if n := len(r.Entries); n > 0 {
		last := r.Entries[n-1]
		before, day, edition = last.hash, last.On, last.Edition
	}
	number := len(r.Entries) + 1
	switch {
	case e.Number != number || e.file != nameOf(number, e.On):
		return faulty("record-chain", e.file, 1, "接下来应当是第 %s 条发布记录，这个文件却是第 %d 条，或文件名与里面的序号、日期不一致", strconv.Itoa(number), e.Number)
	case e.Before != before:
		return faulty("record-chain", e.file, 1, "上一条发布记录的校验值对不上：上一个文件改过、换过，或者这个文件不是接着它写的")
	case e.On.Before(day):
		return faulty("record-chain", e.file, 1, "日期（%s）早于上一条（%s）", e.On, day)
	case e.Edition != edition && e.Edition != edition+1:
		return faulty("record-chain", e.file, 1, "版次 %d 接不上前一条的 %d", e.Edition, edition)
	}
	return nil
}
