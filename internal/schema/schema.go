// Package schema writes JSON Schemas for every YAML file of a campaign and for
// the front matter of its texts, with the campaign's own departments, regions
// and indicators as enumerations, so that an editor completes and checks while
// a person types.
//
// The schemas say what source reads; a test holds the sample and every broken
// campaign of review against them.
package schema

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
)

// Folder is where the schemas stand in a campaign's folder. The reader passes
// over names that begin with a dot.
const Folder = "data/.schema"

type object = map[string]any

// Files returns the schemas by their file name.
func Files(c *campaign.Campaign) (map[string][]byte, error) {
	schemas := map[string]object{
		"corrections.json": corrections(c),
		"campaign.json":    table(c, format.Campaign),
		"form.json":        table(c, format.Form),
		"wording.json":     table(c, format.Wording),
		"synonyms.json":    table(c, format.Synonyms),
		"collected.json":   table(c, format.Collected),
		"release.json":     table(c, format.Release),
	}
	schemas["wording.json"]["minProperties"] = 1
	for _, d := range c.Departments {
		if rows := c.Form.RowsOf(d); len(rows) > 0 {
			schemas["report-"+d.Code+".json"] = report(c, d, false)
			schemas["report-"+d.Code+"-region.json"] = report(c, d, true)
		}
	}
	for _, kind := range campaign.Kinds {
		schemas["front-"+string(kind)+".json"] = table(c, format.Front(kind))
	}
	files := map[string][]byte{}
	for name, s := range schemas {
		s["$schema"] = "http://json-schema.org/draft-07/schema#"
		text, err := json.MarshalIndent(s, "", " ")
		if err != nil {
			return nil, fmt.Errorf("写 %s：%w", name, err)
		}
		files[name] = append(text, '\n')
	}
	return files, nil
}

// table is an object that knows the keys of a table and no others.
func table(c *campaign.Campaign, t *format.Table) object {
	properties := object{}
	for _, name := range t.Names(func(format.Key) bool { return true }) {
		k, _ := t.Key(name)
		if s := key(c, k); s != nil {
			properties[name] = s
		}
	}
	if t.Each != nil {
		return object{"title": t.Title, "type": "object", "additionalProperties": key(c, *t.Each)}
	}
	all := strict(t.Title, properties, t.Names(func(k format.Key) bool { return k.Required && k.Or == "" })...)
	for _, k := range t.Keys {
		if k.Or != "" {
			all["anyOf"] = []object{{"required": []string{k.Name}}, {"required": []string{k.Or}}}
		}
	}
	return all
}

// strict is an object that knows no other keys.
func strict(title string, properties object, required ...string) object {
	o := object{"title": title, "type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		o["required"] = required
	}
	return o
}

const day = `^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?`

// fixed says what the values of a type may be whatever the key.
var fixed = map[format.Type]object{
	format.Code:        {"type": "string", "pattern": `^[\p{L}\p{N}][\p{L}\p{N}_-]*$`},
	format.Address:     {"type": "string", "pattern": "^https?://"},
	format.Date:        {"type": "string", "pattern": day + "$"},
	format.Moment:      {"type": "string", "pattern": day + `([ T]\d{1,2}:\d{2})?$`},
	format.Flag:        {"enum": flags},
	format.FlagOrFiles: {"oneOf": []object{{"enum": flags}, {"type": "array", "items": word()}}},
	format.Integer:     {"type": "integer"},
	format.Pair:        {"type": "array", "items": object{"type": "integer"}, "minItems": 2, "maxItems": 2},
	format.Words:       {"oneOf": []object{word(), {"type": "array", "items": word()}}},
	format.List:        {"type": "array", "items": word()},
}

var flags = []any{true, false, "是", "否"}

// examples stand behind the description of a key.
var examples = map[format.Type]string{format.Date: "，如 2022-09-21", format.Moment: "，如 2022-11-27 09:30"}

// key is what a key's value may be; nil for the name of something that the
// campaign has none of.
func key(c *campaign.Campaign, k format.Key) object {
	o := object{"description": k.Doc + examples[k.Type]}
	maps.Copy(o, fixed[k.Type])
	switch k.Type {
	case format.Integer:
		o["minimum"], o["maximum"] = k.Least, k.Most
	case format.Choice:
		names := choices(c, k)
		if o["enum"] = names; len(names) == 0 {
			return nil
		}
	case format.Quantity:
		o["oneOf"] = []object{{"type": "number", "minimum": 0}, {"enum": append([]string{"无"}, k.Choices...)}}
	case format.List:
		if names := choices(c, k); len(names) > 0 {
			o["items"] = object{"enum": names}
		}
	case format.Object:
		return table(c, k.Of)
	case format.Objects:
		o["type"], o["items"] = "array", table(c, k.Of)
		if k.Bare {
			o["items"] = object{"anyOf": []object{word(), table(c, k.Of)}}
		}
	default:
		if fixed[k.Type] != nil {
			break
		}
		maps.Copy(o, word())
		if k.Pattern != "" {
			o["type"], o["pattern"] = "string", k.Pattern
		}
		if k.Least > 0 {
			o["type"], o["minLength"] = "string", k.Least
		}
	}
	return o
}

func word() object { return object{"type": []string{"string", "number"}} }

// choices lists the words of a key, with every name of what it refers to.
func choices(c *campaign.Campaign, k format.Key) []string {
	words := append(map[format.Entity][]string{
		format.Department: campaign.NamesOf(c.Departments), format.Region: campaign.NamesOf(c.Regions),
		format.Priority: campaign.NamesOf(c.Priorities), format.Round: campaign.NamesOf(c.Rounds),
	}[k.Refers], k.Choices...)
	var once []string
	for _, w := range words {
		if w != "" && !slices.Contains(once, w) {
			once = append(once, w)
		}
	}
	return once
}

// corrections is the list of published figures that changed. What is withdrawn
// can be a row that the form no longer has, a whole form or a whole round.
func corrections(c *campaign.Campaign) object {
	var keys []string
	for _, d := range c.Departments {
		for _, row := range c.Form.RowsOf(d) {
			for _, key := range []string{c.Form.Key(row), row.Label()} {
				if !slices.Contains(keys, key) {
					keys = append(keys, key)
				}
			}
		}
	}
	all := table(c, format.Corrections)
	entry := all["properties"].(object)["更正"].(object)["items"].(object)
	entry["if"] = object{"properties": object{"现值": object{"const": campaign.Withdrawn}}}
	entry["else"] = object{"required": []string{"期次", "部门", "项目", "原值"}}
	entry["oneOf"] = []object{{"required": []string{"内容"}}, {"required": []string{"期次"}}}
	if len(keys) > 0 {
		entry["else"].(object)["properties"] = object{"项目": object{"enum": keys}}
	}
	return all
}

// quantity is what a cell of a row may hold.
func quantity(row *campaign.Row, sum bool) object {
	number := object{"type": "number", "minimum": 0}
	if row.MaxDecimals() == 0 {
		number["type"] = "integer"
	}
	special := []string{"无"}
	if sum {
		special = append(special, "汇总")
	}
	return object{"oneOf": []object{number, {"enum": special}}}
}

func cell(row *campaign.Row, sum bool) object {
	q := quantity(row, sum)
	detailed := table(nil, format.Cell)
	detailed["properties"].(object)["数量"], detailed["properties"].(object)["上年同期"] = q, quantity(row, false)
	return object{"description": row.Label(), "oneOf": append(slices.Clone(q["oneOf"].([]object)), detailed)}
}

// report is a department's form. Rows can be written in several ways, so the
// ways are alternatives: one of them must be there.
func report(c *campaign.Campaign, d *campaign.Department, region bool) object {
	items, own := object{}, object{}
	var present []object
	for _, row := range c.Form.RowsOf(d) {
		key := c.Form.Key(row)
		ways := []string{key}
		if label := row.Label(); label != key && len(c.Form.Find(d, label)) == 1 {
			ways = append(ways, label)
		}
		var either []object
		for _, w := range ways {
			items[w], own[w] = cell(row, !region), cell(row, false)
			either = append(either, object{"required": []string{w}})
		}
		present = append(present, object{"anyOf": either})
	}
	cells := strict("项目", items)
	cells["allOf"] = present
	t := format.Report
	if region {
		t = format.CountyReport
	}
	all := table(c, t)
	all["title"] = d.Short + t.Title
	all["properties"].(object)["项目"] = cells
	if !region {
		all["properties"].(object)["本级"] = strict("部门自己办的部分", own)
	}
	return all
}

// Modeline is the comment by which an editor finds the schema of a data file.
func Modeline(file, schema string) string {
	return "# yaml-language-server: $schema=" + strings.Repeat("../", strings.Count(file, "/")-1) + ".schema/" + schema
}
