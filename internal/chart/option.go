package chart

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// object is a piece of an option where go-echarts has no field for it.
type object = map[string]any

// layout is where the parts of a chart stand at a width: the height that it
// takes, and what to merge into the option.
type layout struct {
	height int
	patch  object
}

// widths are the narrowest widths of the ranges that are laid out apart. The
// last holds the 720 px that a chart is designed for; the first serves a
// phone in the largest type.
var widths = []int{160, 240, 320, 440, 600, 700}

// rangeOf returns the narrowest width of the range that a width is in: what is
// drawn at it is laid out as there.
func rangeOf(w int) int {
	least := widths[0]
	for _, from := range widths {
		if from <= w {
			least = from
		}
	}
	return least
}

// shareOf returns a share of the width in thousandths of a percent.
func shareOf(px, w int) int { return int(Length(100*px).times(1000, w)) }

// stretched returns what a share of the width becomes where this is another.
func stretched(px, w, at int) Length { return Px.times(shareOf(px, w)*at, 100_000) }

// percent writes a share of the width as ECharts takes it.
func percent(px, w int) string {
	share := shareOf(px, w)
	return fmt.Sprintf("%d.%03d%%", share/1000, share%1000)
}

// common sets what every chart has alike.
func common(c *charts.BaseConfiguration) {
	for _, set := range []charts.GlobalOpts{
		charts.WithAnimation(false),
		charts.WithAriaOpts(&opts.Aria{Enabled: opts.Bool(false)}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "item", Formatter: "{b}"}),
	} {
		set(c)
	}
}

// finish makes the option of a validated go-echarts chart: the layout of every
// range of widths beside it, and the widest merged in. Keys come out sorted and
// < > & escaped, so the bytes are stable and stay inside their script element.
func finish(c *charts.BaseConfiguration, add object, at func(width int) layout) []byte {
	option := tree(c.JSON())
	delete(option, "toolbox")
	delete(option, "title")
	delete(option, "color")
	merge(option, object{
		"tooltip": object{
			"renderMode": "richText", "confine": true, "backgroundColor": paper, "borderColor": rule, "borderWidth": 1,
			"padding": []int{6, 10}, "textStyle": object{"color": ink, "fontSize": 13, "lineHeight": 19},
			"extraCssText": "", "transitionDuration": 0,
		},
		"textStyle": object{"color": ink},
	})
	merge(option, add)
	var media []object
	var last layout
	for i, w := range widths {
		last = at(w)
		n := len(media) - 1
		if n < 0 || media[n]["height"] != last.height || !reflect.DeepEqual(media[n]["option"], last.patch) {
			query := object{}
			if i > 0 {
				query["minWidth"] = w
			}
			media = append(media, object{"query": query, "height": last.height, "option": last.patch})
			n++
		}
		// Neighbours that are laid out alike are one.
		delete(media[n]["query"].(object), "maxWidth")
		if i+1 < len(widths) {
			media[n]["query"].(object)["maxWidth"] = widths[i+1] - 1
		}
	}
	option["media"] = media
	merge(option, last.patch)
	data, err := json.Marshal(option)
	if err != nil {
		panic(fmt.Sprintf("chart option is not JSON: %v", err)) // only a program's fault can do this
	}
	return data
}

// tree turns go-echarts' structs into plain maps and lists, numbers untouched.
func tree(v any) object {
	data, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("go-echarts gave no JSON: %v", err))
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var t object
	if err := decoder.Decode(&t); err != nil {
		panic(fmt.Sprintf("go-echarts gave no object: %v", err))
	}
	return t
}

// merge lays a patch over an option as ECharts does: objects key by key, lists
// of components one by one, anything else replaced.
func merge(into, patch object) {
	for key, value := range patch {
		switch p := value.(type) {
		case object:
			if own, ok := into[key].(object); ok {
				merge(own, p)
				continue
			}
			own := object{}
			merge(own, p)
			into[key] = own
		case []object:
			list, _ := into[key].([]any)
			for i, part := range p {
				if i == len(list) {
					list = append(list, object{})
				}
				merge(list[i].(object), part)
			}
			into[key] = list
		default:
			into[key] = value
		}
	}
}
