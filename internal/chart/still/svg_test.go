package still

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"wangjian/internal/chart"
)

// bar is a chart with one bar a name, for what a sample would not hold.
func bar(names []string, values []any) *chart.Chart {
	option, err := json.Marshal(map[string]any{
		"xAxis": map[string]any{"type": "value"}, "yAxis": map[string]any{"type": "category", "data": names},
		"series": []any{map[string]any{"type": "bar", "name": "甲", "data": values, "itemStyle": map[string]any{"color": "#be3029"}, "label": map[string]any{"show": true}}},
	})
	if err != nil {
		panic(err)
	}
	return &chart.Chart{Code: "shi", Title: "试验", Summary: "试验。", Option: option, Height: 300}
}

// texts gives what a drawing says, its title and description left out.
func texts(t *testing.T, svg string) (all []string) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := decoder.Token()
		if token == nil {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "text" {
			var text string
			if err := decoder.DecodeElement(&text, &e); err != nil {
				t.Fatal(err)
			}
			all = append(all, text)
		}
	}
}

func TestHostileNames(t *testing.T) {
	d := newDrawer(t, NewMemory())
	long := strings.Repeat("很长的名称", 12)
	for name, hostile := range map[string]string{
		"script": `</script><script>alert(1)</script>`, "quotes": `"a" 'b' onload="x"`, "entity": "&amp; & <b>", "long": long,
		"ids": ` id="still-1" url(#still-1)`, "rare": "㛃𬭎", "comment": "--><!--", "cdata": "]]>",
	} {
		t.Run(name, func(t *testing.T) {
			c := bar([]string{hostile}, []any{3})
			c.Title, c.Summary = hostile, hostile
			svg, err := d.Draw(c, 720, "tu")
			if err != nil {
				t.Fatal(err)
			}
			var seen struct {
				Title string `xml:"title"`
				Desc  string `xml:"desc"`
			}
			if err := xml.Unmarshal([]byte(svg), &seen); err != nil {
				t.Fatal(err)
			}
			if seen.Title != hostile || seen.Desc != hostile {
				t.Errorf("title %q, description %q", seen.Title, seen.Desc)
			}
			if got := strings.Join(texts(t, svg), ""); !strings.Contains(got, strings.TrimSpace(hostile)) {
				t.Errorf("the drawing says %q", got)
			}
			if strings.Contains(svg, "<script") || strings.Contains(svg, "<b>") {
				t.Error(svg)
			}
		})
	}
}

func TestNoBlankDrawing(t *testing.T) {
	d := newDrawer(t, NewMemory())
	for name, tc := range map[string]struct {
		chart *chart.Chart
		says  []string // "" when it must be an error
		err   string
	}{
		"all zeros":       {bar([]string{"甲", "乙"}, []any{0, 0}), []string{"甲", "乙"}, ""},
		"one point":       {bar([]string{"甲"}, []any{5}), []string{"甲", "5"}, ""},
		"negative change": {bar([]string{"甲", "乙"}, []any{-7, 3}), []string{"-7", "3"}, ""},
		"empty series":    {bar([]string{}, []any{}), nil, "画出来是空的"},
		"unknown series":  {&chart.Chart{Option: []byte(`{"series":[{"type":"nosuch","data":[1]}]}`), Height: 100}, nil, "画出来是空的"},
		"no option":       {&chart.Chart{Option: []byte(`{`), Height: 100}, nil, "画图程序"},
		"control":         {bar([]string{"a\x01b"}, []any{1}), nil, "不是合格的 SVG"},
		"c1 control":      {bar([]string{"a\u0085b"}, []any{1}), nil, "不能显示的字符"},
		"replacement":     {bar([]string{"a\uFFFDb"}, []any{1}), nil, "不能显示的字符"},
		"title":           {&chart.Chart{Title: "a\x02", Option: bar([]string{"甲"}, []any{1}).Option, Height: 100}, nil, "不能显示的字符"},
	} {
		t.Run(name, func(t *testing.T) {
			if tc.err != "" {
				tc.chart.Code = "daihao"
			}
			svg, err := d.Draw(tc.chart, 720, "tu")
			if tc.err != "" {
				if err == nil || !strings.Contains(err.Error(), tc.err) || !strings.Contains(err.Error(), "daihao") {
					t.Errorf("error %v, want one with %s that names the chart", err, tc.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			said := texts(t, svg)
			for _, want := range tc.says {
				if !strings.Contains(fmt.Sprint(said), want) {
					t.Errorf("%v does not say %s", said, want)
				}
			}
		})
	}
	// After a failure the drawer goes on.
	if _, err := d.Draw(bar([]string{"甲"}, []any{1}), 720, "tu"); err != nil {
		t.Error(err)
	}
}

// TestPlain is the cleaning, piece by piece.
func TestPlain(t *testing.T) {
	const mark = `<path d="M0 0L9 9" fill="#be3029" ecmeta_series_index="0"/>`
	for name, tc := range map[string]struct{ in, want, err string }{
		"notes":      {`<rect x="1" fill="#123456" pointer-events="visible" ecmeta_x="1"/>`, `<rect x="1" fill="#123456"/>`, ""},
		"style":      {`<text style="font-size:13px;font-family:sans-serif;font-weight:bold;" fill="#1c2127">字</text>`, `<text class="fill-ink" font-size="13" font-weight="bold" fill="#1c2127">字</text>`, ""},
		"ids":        {`<defs><pattern id="zr7-p3"></pattern></defs><rect fill="url(#zr7-p3)"/>`, `<defs><pattern id="still-1"></pattern></defs><rect fill="url(#still-1)"/>`, ""},
		"unseen":     {`<rect fill="none"/><rect fill="rgb(0,0,0)" fill-opacity="0" stroke="#3c3c41" stroke-width="0"/>`, ``, ""},
		"rgb":        {`<rect fill="rgb(1,20,255)"/>`, `<rect fill="#0114ff"/>`, ""},
		"decimals":   {`<path d="M1.234567 -0.000001" fill="#000"/>`, `<path d="M1.2346 0" fill="#000"/>`, ""},
		"moved text": {`<text x="1" y="-2" transform="translate(10.5 20)" fill="#000">a</text>`, `<text x="11.5" y="18" fill="#000">a</text>`, ""},
		"clip":       {`<defs><clipPath id="c"><rect width="1"/></clipPath></defs>`, `<defs><clipPath id="still-1"><rect width="1"/></clipPath></defs>`, ""},
		"element":    {`<image/>`, "", "image"},
		"markup":     {`<text fill="#000"><tspan>a</tspan></text>`, "", "tspan"},
		"attribute":  {`<rect onclick="x()" fill="#000"/>`, "", "onclick"},
		"declared":   {`<rect style="fill:red"/>`, "", "fill"},
		"elsewhere":  {`<rect fill="url(http://a/b)"/>`, "", "指向别处"},
		"stray text": {`abc`, "", "图形之间有文字"},
		"directive":  {`<!DOCTYPE x>`, "", "不认识"},
		"broken":     {`<g>`, "", "SVG"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := plain(`<svg width="9" height="9" viewBox="0 0 9 9">` + mark + tc.in + `</svg>`)
			if tc.err != "" {
				if err == nil || !strings.Contains(err.Error(), tc.err) {
					t.Errorf("error %v, want one with %s", err, tc.err)
				}
				return
			}
			want := `<svg viewBox="0 0 9 9" role="img"><path class="fill-chart-1" d="M0 0L9 9" fill="#be3029"/>` + tc.want + `</svg>`
			if err != nil || got != want {
				t.Errorf("got  %s\nwant %s\n%v", got, want, err)
			}
		})
	}
}
