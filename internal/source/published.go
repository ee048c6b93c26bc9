package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"wangjian/internal/campaign"
	"wangjian/internal/cause"
)

// MaxPublished bounds a published data/statistics.json: forms of some ten
// thousand regions.
const MaxPublished = 256 << 20

// publishedColumns are the keys of a published figure; all of them must be
// there, and no others.
var publishedColumns = []string{"期次", "部门", "地区", "项目", "隶属", "单位", "数量", "备注", "填报单位", "填报日期", "来源"}

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
	r := &publishedReader{text: text, json: json.NewDecoder(bytes.NewReader(text))}
	p := &campaign.Published{File: name}
	if err := r.file(p); err != nil {
		return nil, fmt.Errorf("%s 第 %d 行：%w。请用已发布网站里的 data/statistics.json", name, r.line(), err)
	}
	return p, nil
}

// publishedReader reads the file token by token, so that what is repeated or
// missing is seen.
type publishedReader struct {
	text []byte
	json *json.Decoder
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
			text, err := r.word()
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
	known := map[campaign.FigureName]bool{}
	for r.json.More() {
		cells, err := r.cells()
		if err != nil {
			return err
		}
		f := campaign.PublishedFigure{FigureName: campaign.FigureName{
			Round: cells["期次"], Department: cells["部门"], Region: cells["地区"],
			Row: cells["项目"], Parent: cells["隶属"], Unit: cells["单位"],
		}}
		if f.Quantity, err = campaign.ParseQuantity(cells["数量"]); err != nil {
			return err
		}
		if f.Quantity.Kind == campaign.Sum {
			return errors.New("公布的数不能是“汇总”")
		}
		if known[f.FigureName] {
			return fmt.Errorf("“%s”的“%s”有两个数", f.Department, f.Row)
		}
		known[f.FigureName] = true
		p.Figures = append(p.Figures, f)
	}
	return r.delim(']')
}

// cells reads one figure: every column once, each a text.
func (r *publishedReader) cells() (map[string]string, error) {
	cells := map[string]string{}
	seen, err := r.object(func(key string) (err error) {
		cells[key], err = r.word()
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
	if len(seen) != len(publishedColumns) {
		return nil, errors.New("有一个数带着不认识的键")
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
		key, err := r.word()
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

func (r *publishedReader) word() (string, error) {
	t, err := r.json.Token()
	if text, ok := t.(string); ok && err == nil {
		return text, nil
	}
	return "", errNotOurs
}
