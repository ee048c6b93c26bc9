package desk

import (
	"errors"
	"fmt"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/format"
	"wangjian/internal/head"
	"wangjian/internal/settings"
	"wangjian/internal/source"
)

// settingsScreen fills in the campaign's own files.
func settingsScreen() *screen {
	return &screen{
		name: "settings", title: "活动设置", words: "基本情况、部门、地区、工作重点、期次、统计表，发布到哪里；从 Excel 粘贴。",
		waits: func(r *request) waiting {
			n := len(settingsFaults(r.loaded))
			if n == 0 {
				return waiting{}
			}
			return waiting{Words: fmt.Sprintf("活动设置里有 %d 处没有填，或要改", n), Act: "去填"}
		},
		data: settingsData,
		acts: map[string]act{"save": saveForm, "paste": pasteList, "remove": removePlace},
	}
}

// setting is a part of the settings: single values of a file, or of a mapping in it,
// a list, or the places that a site is published to.
type setting struct {
	Name, Title, file string
	path              []string // of the mapping
	table             *format.Table
	list              *settings.Kind
}

// settingsParts lists them in the order in which an office fills them in.
var settingsParts = func() []setting {
	parts := []setting{
		{Name: "基本", Title: "基本情况", file: settingsFile, table: format.Campaign},
		{Name: "站点", Title: "网站", file: settingsFile, table: format.Campaign, path: []string{"站点"}},
	}
	for n := range settings.Lists {
		k := &settings.Lists[n]
		if k.File == settingsFile {
			parts = append(parts, setting{Name: k.Key, Title: k.Key, file: k.File, list: k})
		}
	}
	items, _ := settings.KindOf("项目")
	return append(parts,
		setting{Name: "统计表", Title: "统计表的名称", file: formFile, table: format.Form},
		setting{Name: "项目", Title: "统计表的项目", file: formFile, list: &items},
		setting{Name: "报送", Title: "报送给谁", file: settingsFile, table: format.Campaign, path: []string{"报送"}},
		setting{Name: "审核人", Title: "谁可以签", file: settingsFile, table: format.Campaign, path: []string{"审核人"}},
		setting{Name: placesKey, Title: "发布到哪里", file: settingsFile},
	)
}()

func (r *request) setting() setting {
	name := r.value("part")
	if n := slices.IndexFunc(settingsParts, func(s setting) bool { return s.Name == name }); n >= 0 {
		return settingsParts[n]
	}
	return settingsParts[0]
}

type settingsPage struct {
	Parts    []settingsLink
	Part     setting
	Fields   []settingsField
	Text     string // the list as a spreadsheet has it
	Columns  []format.Key
	Places   *placesPage        // nil for another part
	Faults   []campaign.Finding // in the file
	Problems []settings.Problem // of what was pasted
	Broken   string
}

type settingsLink struct {
	setting
	Current, Empty bool
}

// isEmpty reports whether a list of the settings has nothing that the work goes by.
func (s setting) isEmpty(c *campaign.Campaign) bool {
	switch s.Name {
	case "部门":
		return len(c.Departments) == 0
	case "工作重点":
		return len(c.Priorities) == 0
	case "期次":
		return len(c.Rounds) == 0
	case "项目":
		return len(c.Form.Rows) == 0
	}
	return false
}

type settingsField struct {
	ID int
	head.Field
	Kind    string // of the input: text, lines, date, choice, flag
	Options []string
}

// text is a settings file as it is on the disk.
func settingsText(set *change.Set, file string) ([]byte, error) {
	raw, err := set.Read(file)
	if err != nil {
		return nil, fmt.Errorf("读 %s：%w", file, err)
	}
	return source.Decode(raw)
}

func settingsData(r *request) (any, error) {
	if r.loaded == nil {
		return nil, errUnread
	}
	return r.showSettings(r.setting(), "", nil)
}

// showSettings shows a part; what was pasted and cannot be taken is shown again.
func (r *request) showSettings(part setting, pasted string, problems []settings.Problem) (*settingsPage, error) {
	p := &settingsPage{Part: part, Problems: problems}
	for _, s := range settingsParts {
		p.Parts = append(p.Parts, settingsLink{s, s.Name == part.Name, s.isEmpty(r.loaded.Campaign)})
	}
	for _, f := range r.loaded.Findings {
		if f.At.File == part.file && f.Level == campaign.Error {
			p.Faults = append(p.Faults, f)
		}
	}
	text, err := settingsText(change.Of(r.loaded.Files), part.file)
	if err != nil {
		return nil, err
	}
	if part.list != nil {
		l, err := settings.Read(*part.list, text)
		if err != nil {
			p.Broken = err.Error()
			return p, nil
		}
		p.Text, p.Columns = l.Text(), l.Columns()
		if problems != nil {
			p.Text = pasted
		}
		return p, nil
	}
	if part.Name == placesKey {
		if p.Places, err = r.showPlaces(text); err != nil {
			p.Broken = err.Error()
		}
		return p, nil
	}
	f, err := settings.ReadForm(part.table, text, part.path...)
	if err != nil {
		p.Broken = err.Error()
		return p, nil
	}
	for n, field := range shownFields(part, f.Fields) {
		p.Fields = append(p.Fields, fieldFor(n, field, r.loaded.Campaign))
	}
	return p, nil
}

// shownFields leaves out what nobody fills in here.
func shownFields(part setting, fields []head.Field) []head.Field {
	return slices.DeleteFunc(slices.Clone(fields), func(f head.Field) bool {
		return f.Name == "版本" || part.Name == "基本" && (f.Name == "示例" || f.Name == "基准日") && f.Value == ""
	})
}

func fieldFor(n int, f head.Field, c *campaign.Campaign) settingsField {
	field := settingsField{ID: n, Field: f, Kind: "text"}
	switch f.Type {
	case format.Flag:
		field.Kind = "flag"
	case format.Date:
		field.Kind = "date"
	case format.Words, format.List:
		field.Kind = "lines"
	case format.Choice:
		field.Kind, field.Options = "choice", f.Choices
		if f.Refers == format.Department {
			for _, d := range c.Departments {
				field.Options = append(field.Options, d.Short)
			}
			if d := c.FindDepartment(f.Value); d != nil && f.Value != "" {
				field.Options = slices.DeleteFunc(slices.Clone(field.Options), func(name string) bool { return name == d.Short })
				field.Options = append([]string{f.Value}, field.Options...)
			}
		}
		if f.Value != "" && !slices.Contains(field.Options, f.Value) {
			field.Options = append(slices.Clone(field.Options), f.Value)
		}
	}
	return field
}

// saveForm proposes the single values, or a place, as they were filled in.
func saveForm(r *request) (answer, error) {
	part := r.setting()
	if part.list != nil {
		return nil, errNotThere
	}
	l, err := r.fresh()
	if err != nil {
		return nil, err
	}
	set := change.Of(l.Files)
	text, err := settingsText(set, part.file)
	if err != nil {
		return nil, err
	}
	if part.Name == placesKey {
		return r.savePlace(set, text)
	}
	f, err := settings.ReadForm(part.table, text, part.path...)
	if err != nil {
		return nil, err
	}
	if err := set.Write(part.file, f.Write(r.filled(f.Fields))); err != nil {
		return nil, err
	}
	return proposal{title: "改写" + part.Title, set: set, next: address("settings", "part", part.Name)}, nil
}

// pasteList proposes a list as it was pasted; rows that cannot be read are shown with
// why, and nothing is lost.
func pasteList(r *request) (answer, error) {
	part := r.setting()
	if part.list == nil {
		return nil, errNotThere
	}
	loaded, err := r.fresh()
	if err != nil {
		return nil, err
	}
	set := change.Of(loaded.Files)
	text, err := settingsText(set, part.file)
	if err != nil {
		return nil, err
	}
	l, err := settings.Read(*part.list, text)
	if err != nil {
		return nil, err
	}
	pasted := r.FormValue("text")
	rows, problems := l.Paste(pasted)
	if len(problems) > 0 {
		p, err := r.showSettings(part, pasted, problems)
		return page{"settings", p}, err
	}
	if len(rows) == 0 && len(l.Rows) > 0 && r.value("empty") == "" {
		return nil, errors.New("没有粘贴任何一行；要全部删去，请在“编辑”里改文件")
	}
	if err := set.Write(part.file, l.Write(rows)); err != nil {
		return nil, err
	}
	return proposal{title: fmt.Sprintf("改写%s（%d 行）", part.Title, len(rows)), set: set, next: address("settings", "part", part.Name)}, nil
}
