package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/cause"
)

// MaxPublished bounds a published data/statistics.json: forms of some ten
// thousand regions.
const MaxPublished = 256 << 20

// publishedColumns are the keys of a published figure; all of them must be
// there, and no others but those that were added later.
var publishedColumns = []string{"期次", "部门", "地区", "项目", "隶属", "单位", "数量", "备注", "填报单位", "填报日期", "来源"}

var laterColumns = []string{"区划代码", "项目代码", "数值", "状态", "上年同期"}

// ReadPublished reads a published data/statistics.json, which name names in
// errors. A file that is not wholly what a build writes is refused: comparing
// with half of it would let a change through.
func ReadPublished(name string, from io.Reader) (*campaign.Published, error) {
	text, err := io.ReadAll(io.LimitReader(from, MaxPublished+1))
	if err != nil {
		return nil, fmt.Errorf("读 %s：%s", name, cause.Of(err))
	}
	if len(text) > MaxPublished {
		return nil, fmt.Errorf("%s 太大了：请用已发布网站里的 data/statistics.json", name)
	}
	p := &campaign.Published{File: name}
	if readLines(p, text) {
		return p, nil
	}
	r := newPublishedReader(text)
	p.Figures = nil
	if err := r.file(p); err != nil {
		return nil, fmt.Errorf("%s 第 %d 行：%w。请用已发布网站里的 data/statistics.json", name, r.line(), err)
	}
	return p, nil
}

// readLines reads a file that is written as a build writes it, a figure a line, in
// a fortieth of the time; ok is false for any other, which may still be sound.
func readLines(p *campaign.Published, text []byte) (ok bool) {
	const begin, end = "\n \"figures\": [\n  ", "}\n ]"
	head, list, found := bytes.Cut(text, []byte(begin))
	list, tail, ended := bytes.Cut(list, []byte(end))
	if !found || !ended || newPublishedReader(slices.Concat(head, []byte("\n \"figures\": []"), tail)).file(p) != nil {
		return false
	}
	r := &publishedReader{known: map[campaign.FigureName]bool{}, words: map[string]string{}}
	for line := range bytes.SplitSeq(list, []byte("},\n  ")) {
		cells, ok := r.split(line)
		if !ok {
			return false
		}
		if cells[namedBy-1] == "" {
			continue // what was not reported
		}
		if r.add(p, cells) != nil {
			return false
		}
	}
	return true
}

// split returns the cells of a figure's line as far as it needs no decoding.
func (r *publishedReader) split(line []byte) (cells []string, ok bool) {
	if bytes.IndexByte(line, '\\') >= 0 {
		return nil, false
	}
	for n, key := range columnKeys {
		rest, ok := bytes.CutPrefix(line, key)
		end := bytes.IndexByte(rest, '"')
		if !ok || end < 0 {
			return nil, false
		}
		if n < namedBy {
			cells = append(cells, r.word(rest[:end]))
		}
		line = rest[end+1:]
	}
	return cells, len(line) == 0
}

// columnKeys are the keys as a line has them, {"期次":" and ,"部门":" and so on.
var columnKeys = func() (keys [][]byte) {
	between := "{"
	for _, column := range slices.Concat(publishedColumns, laterColumns) {
		keys, between = append(keys, []byte(between+`"`+column+`":"`)), ","
	}
	return keys
}()

// namedBy is how many columns name a figure and tell it.
const namedBy = 7

// word returns a text that is likely to come again.
func (r *publishedReader) word(b []byte) string {
	if w, ok := r.words[string(b)]; ok {
		return w
	}
	w := string(b)
	r.words[w] = w
	return w
}

// add adds a figure: the cells of the first columns in their order.
func (r *publishedReader) add(p *campaign.Published, cells []string) (err error) {
	f := campaign.PublishedFigure{FigureName: campaign.FigureName{
		Round: cells[0], Department: cells[1], Region: cells[2], Row: cells[3], Parent: cells[4], Unit: cells[5],
	}}
	if f.Quantity, err = campaign.ParseQuantity(cells[6]); err != nil {
		return err
	}
	if f.Quantity.Kind == campaign.Sum {
		return errors.New("公布的数不能是“汇总”")
	}
	if r.known[f.FigureName] {
		return fmt.Errorf("“%s”的“%s”有两个数", f.Department, f.Row)
	}
	r.known[f.FigureName] = true
	p.Figures = append(p.Figures, f)
	return nil
}

// publishedReader reads the file token by token, so that what is repeated or
// missing is seen.
type publishedReader struct {
	text  []byte
	json  *json.Decoder
	known map[campaign.FigureName]bool
	words map[string]string // each once, for most are
}

func newPublishedReader(text []byte) *publishedReader {
	return &publishedReader{text: text, json: json.NewDecoder(bytes.NewReader(text)), known: map[campaign.FigureName]bool{}}
}

// line is the line up to which the file has been read.
func (r *publishedReader) line() int {
	return 1 + bytes.Count(r.text[:min(int(r.json.InputOffset()), len(r.text))], []byte("\n"))
}

var errNotOurs = errors.New("不是统计数据的格式")

func (r *publishedReader) file(p *campaign.Published) error {
	seen, err := r.object(func(key string) error {
		switch key {
		case "日期":
			text, err := r.token()
			if err == nil {
				p.At, err = campaign.ParseMoment(text)
			}
			return err
		case "figures":
			return r.figures(p)
		}
		// What a later version tells about the whole.
		if err := r.json.Decode(new(any)); err != nil {
			return errNotOurs
		}
		return nil
	})
	if err != nil {
		return err
	}
	if _, err := r.json.Token(); !errors.Is(err, io.EOF) {
		return errors.New("末尾有多余的内容")
	}
	for _, key := range []string{"日期", "figures"} {
		if !seen[key] {
			return fmt.Errorf("没有“%s”", key)
		}
	}
	return nil
}

func (r *publishedReader) figures(p *campaign.Published) error {
	if err := r.delim('['); err != nil {
		return err
	}
	for r.json.More() {
		cells, err := r.cells()
		if err != nil {
			return err
		}
		if cells["数量"] == "" && cells["状态"] != "" {
			continue // what was not reported
		}
		var list []string
		for _, column := range publishedColumns[:namedBy] {
			list = append(list, cells[column])
		}
		if err := r.add(p, list); err != nil {
			return err
		}
	}
	return r.delim(']')
}

// cells reads one figure: every column once, each a text.
func (r *publishedReader) cells() (map[string]string, error) {
	cells := map[string]string{}
	seen, err := r.object(func(key string) (err error) {
		cells[key], err = r.token()
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, column := range publishedColumns {
		if !seen[column] {
			return nil, fmt.Errorf("有一个数没有“%s”", column)
		}
	}
	for key := range seen {
		if !slices.Contains(publishedColumns, key) && !slices.Contains(laterColumns, key) {
			return nil, errors.New("有一个数带着不认识的键")
		}
	}
	return cells, nil
}

// object reads an object, whose values value reads, and returns its keys. None
// may be there twice.
func (r *publishedReader) object(value func(key string) error) (seen map[string]bool, err error) {
	seen = map[string]bool{}
	if err := r.delim('{'); err != nil {
		return nil, err
	}
	for r.json.More() {
		key, err := r.token()
		if err == nil && seen[key] {
			err = fmt.Errorf("“%s”写了两遍", key)
		}
		if err == nil {
			seen[key] = true
			err = value(key)
		}
		if err != nil {
			return nil, err
		}
	}
	return seen, r.delim('}')
}

func (r *publishedReader) delim(want json.Delim) error {
	if t, err := r.json.Token(); err != nil || t != want {
		return errNotOurs
	}
	return nil
}

func (r *publishedReader) token() (string, error) {
	t, err := r.json.Token()
	if text, ok := t.(string); ok && err == nil {
		return text, nil
	}
	return "", errNotOurs
}

// ItemsAt returns the items and rounds of which a site has pages of their own, by
// the site's paths: what can be told of a site of which there is no record.
func ItemsAt(paths []string) map[string]campaign.PublishedItem {
	items := map[string]campaign.PublishedItem{}
	for _, p := range paths {
		folder, file := path.Split(p)
		folder = strings.TrimSuffix(folder, "/")
		code, isCSV := strings.CutSuffix(file, ".csv")
		name := ""
		switch kind := campaign.Kind(path.Dir(folder)); {
		case folder == "statistics" && isCSV:
			name = "data/" + code + "/release.yaml"
		case file == "index.html" && slices.Contains(campaign.Kinds, kind) && kind != campaign.Narratives && kind != campaign.Galleries:
			name = campaign.ItemFile(folder)
		default:
			continue
		}
		items[name] = campaign.PublishedItem{File: name, Title: folder, Pages: []string{p}}
	}
	return items
}
