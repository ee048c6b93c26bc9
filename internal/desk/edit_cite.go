package desk

import (
	"encoding/json"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/manuscript"
	"wangjian/internal/project"
)

// mostFigures is how many figures a search shows.
const mostFigures = 60

// cited is a figure, table or chart that a text can refer to.
type cited struct {
	Reference string // {{公安局/查处案件}}
	Shows     string // 231件
	Unit, Row string
	Round     string
	More      []cited // the same otherwise: without its unit, as a change
}

// found is what a search for figures found.
type found struct {
	List []cited
	More int
}

// figures answers a search for what a text can refer to.
func figures(r *request) (answer, error) {
	l, err := r.work.last()
	if err != nil {
		return nil, err
	}
	text, err := fragment("cited", searchFigures(l, l.Campaign.ItemAt(r.value("file")), r.value("q"), r.value("round")))
	return inline{"text/html; charset=utf-8", []byte(text)}, err
}

// searchFigures lists the figures of a round that hold every word; item is the text
// that is to refer to them, nil where it is not known.
func searchFigures(l *project.Loaded, item *campaign.Item, asked, round string) (f found) {
	words := strings.Fields(strings.NewReplacer("/", " ", "@", " ", "，", " ", "、", " ").Replace(asked))
	holds := func(texts ...string) bool {
		all := strings.Join(texts, " ")
		for _, w := range words {
			if !strings.Contains(all, w) {
				return false
			}
		}
		return true
	}
	add := func(c cited) {
		if len(f.List) == mostFigures {
			f.More++
			return
		}
		f.List = append(f.List, c)
	}
	from := l.Campaign.FindRound(round)
	own := defaultRound(l, item)
	if from == nil {
		from = own
	}
	for _, d := range l.Campaign.Departments {
		for _, row := range l.Campaign.Form.RowsOf(d) {
			for _, region := range append([]*campaign.Region{nil}, l.Campaign.Regions...) {
				figure := l.Book.Figure(from, row, region)
				if figure == nil || figure.Quantity.Kind == campaign.Blank {
					continue
				}
				reference := figure.Reference(&l.Campaign.Form)
				unit := d.Short
				if region != nil {
					unit += " " + region.Short
				}
				if !holds(d.Name, unit, row.Label(), figure.Text(), reference) || region != nil && len(words) == 0 {
					continue
				}
				if from != own {
					reference = "{{" + from.Short + ":" + strings.TrimPrefix(reference, "{{")
				}
				add(cited{Reference: reference, Shows: figure.Text(), Unit: unit, Row: row.Label(), Round: from.Name, More: otherwise(l, item, reference)})
			}
		}
	}
	for _, d := range l.Campaign.Departments {
		if len(l.Campaign.Form.RowsOf(d)) > 0 && holds("统计表 表", d.Name, d.Short) && len(words) > 0 {
			add(cited{Reference: "{{表:" + d.Short + "}}", Shows: "整张表", Unit: d.Short, Row: "统计表", Round: from.Name})
		}
	}
	if len(words) > 0 {
		for _, c := range chart.List(l.Book, l.Campaign) {
			if holds("图表 图", c.Title, c.Code) {
				add(cited{Reference: "{{图:" + c.Code + "}}", Shows: "图", Row: c.Title})
			}
		}
	}
	return f
}

// defaultRound is the round that a reference without one means.
func defaultRound(l *project.Loaded, item *campaign.Item) *campaign.Round {
	if item != nil && item.Round != nil {
		return item.Round
	}
	return l.Book.Latest()
}

// otherwise lists the other ways to print a figure, as far as they can be.
func otherwise(l *project.Loaded, item *campaign.Item, reference string) (list []cited) {
	for _, aspect := range []campaign.Aspect{campaign.Value, campaign.Movement, campaign.Increase, campaign.Growth} {
		raw := strings.TrimSuffix(strings.TrimPrefix(reference, "{{"), "}}") + "|" + string(aspect)
		ref, err := campaign.ParseReference(raw)
		if err != nil {
			continue
		}
		if item == nil {
			item = &campaign.Item{}
		}
		if c, err := l.Book.Cite(ref, item); err == nil {
			list = append(list, cited{Reference: "{{" + raw + "}}", Shows: c.Text, Row: string(aspect)})
		}
	}
	return list
}

// pasteText turns what is on the clipboard into Markdown.
func pasteText(r *request) (answer, error) {
	l, err := r.work.last()
	if err != nil {
		return nil, err
	}
	o := manuscript.Options{Campaign: l.Campaign}
	if item := l.Campaign.ItemAt(r.value("file")); item != nil && item.Kind == campaign.Narratives {
		o.Book, o.Round, o.Department, o.Region = l.Book, item.Round, item.Department, item.Region
	}
	text, notes, err := manuscript.Paste([]byte(r.FormValue("html")), o)
	if err != nil {
		return nil, err
	}
	var told []string
	for _, n := range notes {
		words := n.Message
		if n.Level == campaign.Warning && n.Hint != "" {
			words += "（" + n.Hint + "）"
		}
		told = append(told, words)
	}
	raw, err := json.Marshal(struct {
		Text  string   `json:"text"`
		Notes []string `json:"notes"`
	}{string(text), told})
	return inline{"application/json; charset=utf-8", raw}, err
}
