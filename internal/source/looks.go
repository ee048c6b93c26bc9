package source

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"image/png"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/cause"
	"wangjian/internal/intake"
	"wangjian/layouts"
)

const (
	looksFolder = "layouts"
	wordsFile   = looksFolder + "/words.yaml"
	styleFile   = looksFolder + "/style.yaml"
)

// readLooks reads what the campaign replaces of the pages' looks.
func (r *reader) readLooks() {
	custom := Layouts(r.fsys)
	if custom == nil {
		return
	}
	looks := layouts.Over(custom)
	for _, e := range r.entries(looksFolder) {
		name := looksFolder + "/" + e.Name()
		switch e.Name() {
		case "words.yaml":
			r.readInterface(looks)
		case "style.yaml":
			r.readStyle(looks)
		case "logo.svg", "logo.png":
			if r.c.Looks.Logo.File != "" {
				r.fail("logo", campaign.InFile(name), "标志有两个：还有 "+looksFolder+"/"+r.c.Looks.Logo.File, "只留一个，最好是 SVG")
				continue
			}
			r.c.Looks.Logo = r.readLogo(name, logoHeight)
		case "gongan.svg", "gongan.png", "dangzheng.svg", "dangzheng.png":
			if emblem := r.readLogo(name, emblemHeight); emblem.File != "" {
				if r.c.Looks.Emblems == nil {
					r.c.Looks.Emblems = map[string]campaign.Logo{}
				}
				r.c.Looks.Emblems[strings.TrimSuffix(e.Name(), path.Ext(e.Name()))] = emblem
			}
		case "templates":
			r.checkTemplates(looks)
		case "assets":
		case "fonts":
			r.entries(name)
		default:
			known := []string{"words.yaml", "style.yaml", "logo.svg", "logo.png", "gongan.svg", "gongan.png", "dangzheng.svg", "dangzheng.png", "templates", "assets", "fonts"}
			hint := meant(e.Name(), known, "") + "layouts/ 里只放 " + strings.Join(known, "、")
			r.warn("stray-file", campaign.InFile(name), "这个文件不会被读取", hint)
		}
	}
}

// readInterface reads words.yaml: a built-in word of the interface, and what the
// campaign says instead.
func (r *reader) readInterface(looks fs.FS) {
	list, err := layouts.Words(looks)
	if err != nil {
		r.fail("unreadable", campaign.InFile(looksFolder), "文件夹读不出来："+cause.Of(err), "检查权限是否正确")
		return
	}
	var known []string
	for _, w := range list {
		known = append(known, w.Text)
	}
	r.readObject(wordsFile, func(o *object) { r.readOwnWords(o, known) })
}

func (r *reader) readOwnWords(o *object, known []string) {
	r.c.Looks.Words = map[string]string{}
	for _, key := range o.written() {
		if !slices.Contains(known, key.Value) {
			hint := "用 wangjian words 看有哪些字可以换"
			if near := campaign.Nearest(key.Value, known); near != "" {
				hint = "是不是“" + near + "”？" + hint
			} else if i := slices.IndexFunc(known, func(w string) bool { return strings.Contains(w, key.Value) }); i >= 0 {
				hint = "界面上是“" + known[i] + "”，要整句写。" + hint
			}
			o.fail(key, "unknown-key", fmt.Sprintf("界面上没有“%s”", key.Value), hint)
			continue
		}
		v, ok := o.scalar(key.Value)
		switch {
		case !ok:
		case strings.ContainsAny(v.Value, "\n\t"):
			o.fail(v, "wrong-value", fmt.Sprintf("“%s”的新写法不止一行", key.Value), "写成一行")
		case !layouts.SameValues(key.Value, v.Value):
			o.fail(v, "wrong-value", fmt.Sprintf("“%s”里的 %%d、%%s 代表数和名称，新写法里要照样有、次序不变", key.Value), "照原来的样子补上")
		default:
			r.c.Looks.Words[key.Value] = v.Value
		}
	}
}

// readStyle reads style.yaml: custom properties of the stylesheet with the
// campaign's values, for all modes and for one.
func (r *reader) readStyle(looks fs.FS) {
	css, err := fs.ReadFile(looks, "assets/site.css")
	if err != nil {
		r.fail("unreadable", campaign.InFile(looksFolder+"/assets/site.css"), "文件读不出来："+cause.Of(err), "检查权限是否正确")
		return
	}
	var known []string
	for _, p := range layouts.Properties(css) {
		known = append(known, p.Name)
	}
	r.readObject(styleFile, func(o *object) { r.readProperties(o, "", known) })
}

func (r *reader) readProperties(o *object, mode string, known []string) {
	names := known
	if mode == "" {
		names = append(slices.Clone(layouts.ModeNames()), known...)
	}
	for _, key := range o.written() {
		switch name := strings.TrimPrefix(key.Value, "--"); {
		case mode == "" && slices.Contains(layouts.ModeNames(), key.Value):
			if child := o.child(key.Value); child != nil {
				r.readProperties(child, key.Value, known)
			}
		case !slices.Contains(known, name):
			hint := meant(name, names, "") + "用 wangjian words --style 看有哪些样式属性"
			o.fail(key, "unknown-key", fmt.Sprintf("没有样式属性“%s”", key.Value), hint)
		default:
			v, ok := o.scalar(key.Value)
			if !ok {
				continue
			}
			if !layouts.IsStyleValue(v.Value) {
				o.fail(v, "style-value", fmt.Sprintf("“%s”不能用作样式的值", v.Value), "写颜色（如 \"#1d4f91\"，要加引号）、长度（如 1.5rem）或字体名；不能有分号、花括号和 url()")
				continue
			}
			r.c.Looks.Style = append(r.c.Looks.Style, campaign.StyleProperty{Mode: mode, Name: name, Value: strings.TrimSpace(v.Value), At: o.position(v)})
		}
	}
}

// written returns a mapping's keys in the order of the file, each once.
func (o *object) written() []*yaml.Node {
	var list []*yaml.Node
	for i := 0; i+1 < len(o.node.Content); i += 2 {
		if k := o.node.Content[i]; k.Kind == yaml.ScalarNode && o.entries[k.Value].key == k {
			list = append(list, k)
		}
	}
	return list
}

// ownTemplates are the campaign's own templates beside the built-in ones.
type ownTemplates struct {
	*reader
	all     *template.Template
	own     []string // files
	builtin []string
}

// checkTemplates reads the campaign's own templates as a build would, together
// with the built-in ones, and looks for those that nothing uses.
func (r *reader) checkTemplates(looks fs.FS) {
	t := ownTemplates{reader: r, all: layouts.New("")}
	files, _ := fs.Glob(layouts.Over(nil), "templates/*.html")
	for _, name := range files {
		t.builtin = append(t.builtin, path.Base(name))
	}
	if !t.parse() {
		return
	}
	for _, name := range t.builtin {
		if !slices.Contains(t.own, name) {
			text, _ := fs.ReadFile(looks, "templates/"+name)
			template.Must(t.all.New(name).Parse(string(text)))
		}
	}
	t.findUnused(t.checkCalls())
}

// parse parses the campaign's own templates; false where one is not sound.
func (t *ownTemplates) parse() (sound bool) {
	sound = true
	for _, e := range t.entries(looksFolder + "/templates") {
		file := looksFolder + "/templates/" + e.Name()
		if e.IsDir() || path.Ext(e.Name()) != ".html" {
			t.warn("stray-file", campaign.InFile(file), "这个文件不会被读取", "模板是 .html 文件，直接放在 layouts/templates/ 里")
			continue
		}
		text, _ := t.readText(file)
		if text == nil {
			sound = false
			continue
		}
		t.own = append(t.own, e.Name())
		if _, err := t.all.New(e.Name()).Parse(string(text)); err != nil {
			t.failTemplate(file, string(text), err)
			sound = false
		}
	}
	return sound
}

// checkCalls reports calls of templates that are not there, and returns those
// that are called.
func (t *ownTemplates) checkCalls() (used map[string]bool) {
	used = map[string]bool{}
	for _, caller := range t.all.Templates() {
		if caller.Tree == nil {
			continue
		}
		for _, call := range layouts.Calls(caller) {
			used[call.Name] = true
			if called := t.all.Lookup(call.Name); called != nil && called.Tree != nil {
				continue
			}
			var names []string
			for _, other := range t.all.Templates() {
				names = append(names, other.Name())
			}
			slices.Sort(names)
			hint := meant(call.Name, names, "改正名字，或写一个 {{define \""+call.Name+"\"}}")
			t.fail("template", t.inTemplate(caller.Tree.ParseName, call), fmt.Sprintf("没有叫“%s”的模板", call.Name), hint)
		}
	}
	return used
}

// findUnused warns of the campaign's own templates that no page shows.
func (t *ownTemplates) findUnused(used map[string]bool) {
	for _, name := range t.own {
		if slices.Contains(t.builtin, name) || used[name] || defines(t.all, name) || campaign.NameFault(name) != "" {
			continue
		}
		hint := "用 {{template \"" + name + "\" .}} 引用它，或删去"
		if near := campaign.Nearest(name, t.builtin); near != "" {
			hint = "是不是“" + near + "”？" + hint
		}
		t.warn("stray-file", campaign.InFile(looksFolder+"/templates/"+name), "没有页面用这个模板", hint)
	}
}

// defines reports whether a file holds more than its own template.
func defines(all *template.Template, file string) bool {
	return slices.ContainsFunc(all.Templates(), func(t *template.Template) bool {
		return t.Tree != nil && t.Tree.ParseName == file && t.Name() != file
	})
}

// inTemplate returns the place of a node of a campaign's own template.
func (r *reader) inTemplate(name string, n parse.Node) campaign.Position {
	file := looksFolder + "/templates/" + name
	text, err := fs.ReadFile(r.fsys, file)
	if err != nil {
		return campaign.InFile(looksFolder + "/templates")
	}
	before := string(text[:min(int(n.Position()), len(text))])
	line := before[strings.LastIndexByte(before, '\n')+1:]
	return campaign.Position{File: file, Line: strings.Count(before, "\n") + 1, Column: utf8.RuneCountInString(line) + 1}
}

// templateError takes an error of text/template apart.
var templateError = regexp.MustCompile(`^template: ?[^:]*:(\d+):(?:(\d+):)? (.*)$`)

// templateWords puts its English into words; the first that fits counts.
var templateWords = []struct{ part, text, hint string }{
	{"unexpected EOF", "模板没有写完：少一个 {{end}}", "每个 {{if}}、{{range}}、{{with}}、{{define}} 都要有一个 {{end}}"},
	{"unexpected {{end}}", "多了一个 {{end}}", "删去它，或补上前面的 {{if}}、{{range}}、{{with}}"},
	{"unexpected {{else}}", "这里的 {{else}} 没有对应的 {{if}}", "删去它，或补上前面的 {{if}}"},
	{"unclosed action", "花括号没有配上：{{ 后面没有 }}", "在同一行补上 }}"},
	{"function ", "没有这个函数", "模板里只能用 Go 模板自带的函数；字段前面有一个点，如 {{.Title}}"},
	{"undefined variable", "没有这个变量", "先用 {{$名字 := …}} 定义它"},
	{"unterminated quoted string", "引号没有配对", "补上引号"},
	{"unexpected \"}\"", "花括号不对", "写成 {{…}}，两边各两个"},
	{"multiple definition of template", "这个模板定义了两遍", "只留一处"},
}

func (r *reader) failTemplate(file, text string, err error) {
	at, message := campaign.InFile(file), err.Error()
	if m := templateError.FindStringSubmatch(message); m != nil {
		at.Line, _ = strconv.Atoi(m[1])
		message = m[3]
	}
	// Where a template ends too early, the line is one after the last.
	at.Line = min(at.Line, max(1, strings.Count(strings.TrimRight(text, "\n"), "\n")+1))
	said, hint := "模板写得不对："+message, "照 Go 模板的写法改正；内置的模板可以从发行包的 layouts/templates/ 抄"
	for _, w := range templateWords {
		if strings.Contains(message, w.part) {
			said, hint = w.text+"（"+message+"）", w.hint
			break
		}
	}
	r.fail("template", at, said, hint)
}

// layoutTexts are the kinds of files in a campaign's own layouts whose words
// reach the pages.
var layoutTexts = []string{".html", ".css", ".js", ".json", ".svg", ".txt", ".xml", ".md", ".webmanifest"}

// InLayouts reports whether a file is laid over the built-in templates or assets:
// it is no YAML, and its comments are published with it.
func InLayouts(file string) bool {
	return strings.HasPrefix(file, looksFolder+"/templates/") || strings.HasPrefix(file, looksFolder+"/assets/") || path.Dir(file) == looksFolder && path.Ext(file) == ".svg"
}

// readLayouts shows the texts of the campaign's own layouts to the inspectors:
// what stands in a template stands on every page, and assets are published as
// they are. Libraries (*.min.js) have no words of the campaign's.
func (r *reader) readLayouts() {
	r.readLayoutFolder(looksFolder + "/templates")
	r.readLayoutFolder(looksFolder + "/assets")
}

func (r *reader) readLayoutFolder(dir string) {
	if _, err := followed(r.fsys, dir); err != nil {
		return // not there, or elsewhere, which is told
	}
	for _, e := range r.entries(dir) {
		name := dir + "/" + e.Name()
		switch {
		case !e.IsDir() && r.failSource(name):
		case e.IsDir():
			if strings.Count(name, "/") > mostLayoutFolders {
				r.fail("special-file", campaign.InFile(name), "layouts 里的文件夹套得太深", "移走它")
				continue
			}
			r.readLayoutFolder(name)
		case slices.Contains(layoutTexts, strings.ToLower(path.Ext(name))) && !strings.Contains(name, ".min."):
			r.putOff(name, func(o *reader) {
				if text, _ := o.readText(name); text != nil {
					o.inspectPassage(Passage{File: name, Text: text})
				}
			})
		}
	}
}

// failSource reports a file of the layouts that is one of the campaign's sources.
func (r *reader) failSource(name string) bool {
	wrong := r.sourceFault(name, name)
	if wrong != nil {
		r.fail(wrong.rule, campaign.InFile(name), wrong.message, "删去它：layouts/ 里的文件会原样发布")
	}
	return wrong != nil
}

const mostLayoutFolders = 16

const (
	maxDrawing = 64 << 10  // bytes of a logo that is SVG
	maxPixels  = 256 << 10 // of one that is PNG
	logoHeight = 48        // px at which it is shown
	// emblemHeight is that of the marks in the foot.
	emblemHeight = 24
	logoWidth    = 192 // at the most
)

// readLogo looks at a mark of the campaign's, which is shown so tall: small, with a known shape, and a
// drawing that does nothing and fetches nothing.
func (r *reader) readLogo(file string, tall float64) (shown campaign.Logo) {
	if r.failSource(file) {
		return shown
	}
	at := campaign.InFile(file)
	data, err := fs.ReadFile(r.fsys, file)
	if err != nil {
		r.fail("unreadable", at, "文件读不出来："+cause.Of(err), "检查文件是否被别的程序占用，或权限是否正确")
		return shown
	}
	most, shape := maxPixels, pixels
	if path.Ext(file) == ".svg" {
		most, shape = maxDrawing, drawing
	}
	if len(data) > most {
		r.fail("logo", at, fmt.Sprintf("标志有 %d KB，每一页都要读它，太大了", (len(data)+1023)/1024), fmt.Sprintf("缩到 %d KB 以内", most>>10))
		return shown
	}
	width, height, err := shape(file, data)
	if err != nil {
		r.fail("logo", at, "标志不能用："+err.Error(), "换成没有脚本和外部内容、写有 viewBox 的 SVG，或者 PNG")
		return shown
	}
	if path.Ext(file) == ".svg" {
		r.inspectPassage(Passage{File: file, Text: data})
	}
	shown = campaign.Logo{File: path.Base(file), Width: int(float64(width*tall)/height + 0.5), Height: int(tall)}
	if shown.Width > logoWidth {
		shown.Width, shown.Height = logoWidth, max(1, int(height*logoWidth/width+0.5))
	}
	shown.Width = max(1, shown.Width)
	return shown
}

func pixels(_ string, data []byte) (width, height float64, err error) {
	c, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return 0, 0, errors.New("不是 PNG 图")
	}
	if c.Width <= 2048 && c.Height <= 2048 {
		_, err = png.Decode(bytes.NewReader(data))
	}
	if c.Width > 2048 || c.Height > 2048 || err != nil {
		return 0, 0, errors.New("PNG 图损坏，或长宽超过 2048 像素")
	}
	return float64(c.Width), float64(c.Height), nil
}

// drawing returns the shape that a drawing's viewBox tells.
func drawing(file string, data []byte) (width, height float64, err error) {
	held, err := intake.Read(file, data)
	if err != nil {
		return 0, 0, err
	}
	if faults := slices.Concat(held.Active, held.Unread); len(faults) > 0 {
		return 0, 0, errors.New(faults[0])
	}
	var svg struct {
		XMLName xml.Name `xml:"svg"`
		ViewBox *string  `xml:"viewBox,attr"`
	}
	switch err := xml.Unmarshal(data, &svg); {
	case err != nil:
		return 0, 0, errors.New("不是 SVG 图")
	case svg.ViewBox == nil:
		return 0, 0, errors.New("SVG 图没有写 viewBox")
	}
	parts := strings.FieldsFunc(*svg.ViewBox, func(c rune) bool { return c == ' ' || c == ',' })
	if len(parts) == 4 {
		w, errW := strconv.ParseFloat(parts[2], 64)
		h, errH := strconv.ParseFloat(parts[3], 64)
		if errW == nil && errH == nil && w > 0 && h > 0 && w < 1e5 && h < 1e5 {
			return w, h, nil
		}
	}
	return 0, 0, errors.New("viewBox 写得不对")
}
