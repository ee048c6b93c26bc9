package review

import (
	"io/fs"

	"wangjian/internal/campaign"
	"wangjian/layouts"
)

var styleContrast = Rule{
	Code: "style-contrast", Level: campaign.Error,
	Words: "layouts/style.yaml 换的颜色在每种显示方式里都够清楚：文字与底色 4.5:1 以上，图形和边框 3:1 以上（WCAG 2.2 AA）。",
	Check: func(c *Context) {
		if len(c.Campaign.Looks.Style) == 0 {
			return
		}
		css, err := fs.ReadFile(layouts.Over(c.Layouts), "assets/site.css")
		if err != nil {
			return // source has said so
		}
		for _, mode := range layouts.ColourModes {
			c.checkContrast(css, mode)
		}
	},
}

// checkContrast reports each colour of the campaign that is too near to one that
// it meets, once a mode, by the worst of them.
func (c *Context) checkContrast(css []byte, mode string) {
	values, own := layouts.Palette(css, mode)
	by := map[string]campaign.StyleProperty{}
	for _, p := range c.Campaign.Looks.Style {
		if p.Mode == mode || p.Mode == "" && (mode == "" || !own[p.Name]) && by[p.Name].Mode == "" {
			by[p.Name], values[p.Name] = p, p.Value
		}
	}
	type fault struct {
		pair layouts.Pair
		got  float64
	}
	worst := map[string]fault{}
	var order []string
	for _, pair := range layouts.Pairs {
		blamed := pair.Front
		if by[blamed].Name == "" || layouts.Luminance(values[pair.Front]) >= 0 && layouts.Luminance(values[pair.Back]) < 0 {
			blamed = pair.Back
		}
		got := layouts.Contrast(values[pair.Front], values[pair.Back])
		if by[blamed].Name == "" || got >= pair.Least {
			continue
		}
		before, known := worst[blamed]
		if !known {
			order = append(order, blamed)
		}
		if !known || got/pair.Least < before.got/before.pair.Least {
			worst[blamed] = fault{pair, got}
		}
	}
	where := mode
	if where == "" {
		where = "浅色"
	}
	for _, name := range order {
		f, at := worst[name], by[name].At
		switch {
		case layouts.Luminance(values[name]) < 0:
			if c.Once("style-contrast " + at.String()) {
				c.Reportf(at, "写成 \"#1d4f91\" 这样的六位十六进制，要加引号", "“%s”的颜色算不出对比度：%s", name, values[name])
			}
		case name == f.pair.Front:
			c.Reportf(at, "把它与底色拉开：浅底上换深一些的颜色，深底上换浅一些的", "%s显示时“%s”（%s）在“%s”（%s）上的对比度只有 %.2f，应不低于 %.1f",
				where, name, values[name], f.pair.Back, values[f.pair.Back], f.got, f.pair.Least)
		default:
			c.Reportf(at, "换一种底色，或者在同一处把“"+f.pair.Front+"”也换掉", "%s显示时底色“%s”（%s）上“%s”（%s）的对比度只有 %.2f，应不低于 %.1f",
				where, name, values[name], f.pair.Front, values[f.pair.Front], f.got, f.pair.Least)
		}
	}
}
