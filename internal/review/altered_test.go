package review

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"maps"
	"math/rand/v2"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
	"wangjian/internal/forms"
	"wangjian/internal/release"
	"wangjian/internal/soak"
)

// signedCampaign is the small campaign with a gallery and a correction, every
// signature with its 指纹.
func signedCampaign(t *testing.T) fstest.MapFS {
	t.Helper()
	files := base(t)
	for name, text := range map[string]string{
		"content/gallery/xianchang.md": "---\n标题: 现场\n公开方式: 主动公开\n发布日期: 2026-05-06 10:00\n审核:\n  初审: {人: 甲, 日期: 2026-05-05}\n  复审: {人: 乙, 日期: 2026-05-05}\n  终审: {人: 丙, 日期: 2026-05-05}\n  保密审查: {人: 丁, 日期: 2026-05-05}\n图片:\n  - {文件: yi.png, 说明: 检查食堂, 拍摄日期: 2026-04-20, 已核: true}\n  - {文件: er.png, 说明: 查看台账, 拍摄日期: 2026-04-21, 已核: true}\n---\n",
		"content/gallery/yi.png":       string(grey(t, 40)),
		"content/gallery/er.png":       string(grey(t, 41)),
		"data/corrections.yaml":        "更正:\n  - {期次: q2, 部门: jiaoyu, 项目: 检查学校食堂, 原值: 44, 现值: 45, 原因: 漏报, 日期: 2026-05-07}\n",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	read := Read(files, onDay)
	if campaign.HasErrors(read.Findings) {
		t.Fatal(read.Findings)
	}
	for _, r := range read.Campaign.Records() {
		name := r.Keys.Start.File
		text := files[name].Data
		for _, s := range r.Signoffs {
			var err error
			if text, err = forms.Sign(text, path.Ext(name) == ".md", forms.Signature{Signed: s, Fingerprint: campaign.Fingerprint(r.Digest, s)}); err != nil {
				t.Fatal(err)
			}
		}
		files[name] = &fstest.MapFile{Data: text}
	}
	return files
}

func grey(t *testing.T, side int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, side, side))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// shown is what a public view has, each thing by its file, worked out without any
// digest: an item as its values, body and files, a round as its figures.
func shown(files fstest.MapFS, v *release.View) map[string]string {
	c, things := v.Campaign(), map[string]string{}
	for _, i := range c.Items {
		var b strings.Builder
		write(&b, reflect.ValueOf(*i))
		body, err := v.Body(i)
		fmt.Fprintf(&b, "\nbody %s %v", body, err)
		for _, name := range i.Files() {
			fmt.Fprintf(&b, "\n%s %x", name, files[name].Data)
		}
		things[i.File] = b.String()
	}
	for _, r := range c.Rounds {
		var b strings.Builder
		write(&b, reflect.ValueOf(*r))
		fmt.Fprintf(&b, " %s %s", r.Basis, c.Form.Name)
		for _, row := range c.Form.Rows {
			write(&b, reflect.ValueOf(*row))
		}
		for _, report := range c.ReportsOf(r) {
			write(&b, reflect.ValueOf(*report))
		}
		for _, x := range c.CorrectionsIn(r) {
			write(&b, reflect.ValueOf(*x))
		}
		things["data/"+r.Code+"/release.yaml"] = b.String()
	}
	return things
}

// unseen are what says nothing to a reader.
var unseen = []string{"Keys", "At", "Signoffs", "Digest", "Fingerprinted", "UpdatedOn", "Body", "PublicBody", "Aliases", "Index", "Previous", "Children", "Units", "Deadline", "MinimumCases"}

// write writes a value with all that it leads to.
func write(b *strings.Builder, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			write(b, v.Elem())
		}
	case reflect.Slice:
		for n := range v.Len() {
			write(b, v.Index(n))
		}
	case reflect.Struct:
		if q, ok := v.Interface().(campaign.Quantity); ok {
			b.WriteString(" " + q.String())
			return
		}
		for n := range v.NumField() {
			if name := v.Type().Field(n).Name; !slices.Contains(unseen, name) {
				fmt.Fprintf(b, " %s:", name)
				write(b, v.Field(n))
			}
		}
	default:
		fmt.Fprint(b, v.Interface())
	}
}

// alteration is one way to change a signed campaign. It reports whether it found
// anything to change.
type alteration struct {
	name    string
	neutral bool // nothing that is signed
	do      func(*alterer) bool
}

// alterer changes files at random.
type alterer struct {
	*rand.Rand
	files fstest.MapFS
}

func (a *alterer) pick(pattern string) string {
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(a.files)), func(name string) bool {
		return !regexp.MustCompile(pattern).MatchString(name)
	})
	return names[a.IntN(len(names))]
}

func (a *alterer) text(name string) string { return string(a.files[name].Data) }

func (a *alterer) put(name, text string) { a.files[name] = &fstest.MapFile{Data: []byte(text)} }

// replace changes one of the places that a pattern matches.
func (a *alterer) replace(name, pattern string, with func(string) string) bool {
	text := a.text(name)
	places := regexp.MustCompile(pattern).FindAllStringIndex(text, -1)
	if len(places) == 0 {
		return false
	}
	at := places[a.IntN(len(places))]
	a.put(name, text[:at[0]]+with(text[at[0]:at[1]])+text[at[1]:])
	return true
}

// slip changes one character of a text.
func (a *alterer) slip(text string) string {
	runes := []rune(text)
	n := len(runes) - 1 - a.IntN(min(len(runes), 3))
	switch r := runes[n]; {
	case r >= '0' && r <= '8':
		runes[n]++
	case r == '9':
		runes[n] = '1'
	default:
		runes[n] = '改'
	}
	return string(runes)
}

const (
	itemFiles   = `^content/.*\.md$`
	recordFiles = `^content/.*\.md$|release\.yaml$`
	reportFiles = `^data/q[12]/.*[a-z]\.yaml$`
	ownKey      = `(?m)^[^ \n#-][^:\n]*: [^\n{]+$`
	afterFront  = `(?s)\n---\n.*`
	aMark       = `, 指纹: '[^']*'`
)

var alterations = []alteration{
	{name: "swap a file's bytes", do: func(a *alterer) bool {
		name := a.pick(`\.(png|csv|txt)$`)
		a.put(name, a.text(name)+"改\n")
		return true
	}},
	{name: "swap two files", do: func(a *alterer) bool {
		a.files["content/gallery/yi.png"], a.files["content/gallery/er.png"] = a.files["content/gallery/er.png"], a.files["content/gallery/yi.png"]
		return true
	}},
	{name: "edit a key", do: func(a *alterer) bool { return a.replace(a.pick(recordFiles), ownKey, a.slip) }},
	{name: "delete a key", do: func(a *alterer) bool {
		return a.replace(a.pick(recordFiles), ownKey, func(string) string { return "" })
	}},
	{name: "add a key", do: func(a *alterer) bool {
		return a.replace(a.pick(itemFiles), `(?m)^审核:`, func(s string) string { return "关键词: [新词" + fmt.Sprint(a.IntN(9)) + "]\n" + s })
	}},
	{name: "edit the caption of a picture", do: func(a *alterer) bool {
		return a.replace("content/gallery/xianchang.md", `说明: [^,]*`, a.slip)
	}},
	{name: "edit the body", do: func(a *alterer) bool {
		return a.replace(a.pick(itemFiles), afterFront, func(s string) string { return s + "又一句。\n" })
	}},
	{name: "edit a word of the body", do: func(a *alterer) bool {
		return a.replace(a.pick(itemFiles), `(?m)^[^-#:{\[|\n ]+。$`, a.slip)
	}},
	{name: "move", do: func(a *alterer) bool {
		from := a.pick(itemFiles)
		a.files["content/pages/yidao.md"] = a.files[from]
		delete(a.files, from)
		return true
	}},
	{name: "rename", do: func(a *alterer) bool {
		from := a.pick(`^content/(cases|warnings|open|pages|gallery)/.*\.md$`)
		a.files[strings.TrimSuffix(from, ".md")+"-2.md"] = a.files[from]
		delete(a.files, from)
		return true
	}},
	{name: "copy", do: func(a *alterer) bool {
		from := a.pick(`^content/narratives/.*\.md$`)
		a.files[a.pick(`^content/narratives/.*\.md$`)] = a.files[from]
		a.files["content/narratives/q1/jiaoyu/nanshan.md"] = a.files[from]
		return true
	}},
	{name: "delete a 指纹", do: func(a *alterer) bool {
		return a.replace(a.pick(recordFiles), aMark, func(string) string { return "" })
	}},
	{name: "delete all of a file and edit it", do: func(a *alterer) bool {
		name := a.pick(itemFiles)
		a.put(name, regexp.MustCompile(aMark).ReplaceAllString(a.text(name), "")+"又一句。\n")
		return true
	}},
	{name: "take the 指纹 of another", do: func(a *alterer) bool {
		marks := regexp.MustCompile(aMark).FindAllString(a.text(a.pick(recordFiles)), -1)
		if len(marks) == 0 {
			return false
		}
		name := a.pick(itemFiles)
		a.put(name, regexp.MustCompile(aMark).ReplaceAllString(a.text(name), marks[0])+"又一句。\n")
		return true
	}},
	{name: "rename a signer and edit", do: func(a *alterer) bool {
		name := a.pick(itemFiles)
		return a.replace(name, `人: .`, func(string) string { return "人: 庚" })
	}},
	{name: "change the day of a signature", do: func(a *alterer) bool {
		return a.replace(a.pick(recordFiles), `人: ., 日期: 2026-0\d-0\d`, func(s string) string { return s[:len(s)-1] + "1" })
	}},
	{name: "another unit in the form", do: func(a *alterer) bool {
		return a.replace("data/form.yaml", `万元|单位: 件|千克`, func(s string) string {
			return map[string]string{"万元": "亿元", "单位: 件": "单位: 个", "千克": "吨"}[s]
		})
	}},
	{name: "edit the form", do: func(a *alterer) bool {
		return a.replace("data/form.yaml", `不计入合计: true|小数: 1|罚没款|校园食品`, func(s string) string {
			return strings.NewReplacer("true", "false", "1", "2", "款", "改", "品", "改").Replace(s)
		})
	}},
	{name: "edit a report", do: func(a *alterer) bool {
		return a.replace(a.pick(reportFiles), `(?m)(: |数量: )[0-9.]+`, a.slip)
	}},
	{name: "edit a remark", do: func(a *alterer) bool {
		return a.replace("data/q2/jiaoyu.yaml", `含幼儿园`, a.slip)
	}},
	{name: "delete a report", do: func(a *alterer) bool {
		delete(a.files, a.pick(`^data/q[12]/(jiaoyu|shichang/.*)\.yaml$`))
		return true
	}},
	{name: "a correction more", do: func(a *alterer) bool {
		a.put("data/corrections.yaml", a.text("data/corrections.yaml")+"  - {期次: q1, 部门: jiaoyu, 项目: 检查学校食堂, 原值: 1, 现值: 30, 原因: 漏报, 日期: 2026-05-07}\n")
		return true
	}},
	{name: "rename a unit", do: func(a *alterer) bool {
		return a.replace("data/campaign.yaml", `名称: (清河市教育体育局|清河市城市管理局|东城街道|第二次|第一次)`, func(s string) string { return s + "改" })
	}},
	{name: "change 口径", do: func(a *alterer) bool {
		return a.replace("data/campaign.yaml", `口径: 当期`, func(string) string { return "口径: 累计" })
	}},
	{name: "a comment", neutral: true, do: func(a *alterer) bool {
		return a.replace(a.pick(recordFiles), `(?m)^公开方式: .*`, func(s string) string { return s + " # 已核" })
	}},
	{name: "another order of keys", neutral: true, do: func(a *alterer) bool {
		return a.replace(a.pick(`^content/(warnings|open)/.*\.md$`), `公开方式: .*\n发布日期: .*\n`, func(s string) string {
			lines := strings.SplitAfter(s, "\n")
			return lines[1] + lines[0]
		})
	}},
	{name: "the site's words", neutral: true, do: func(a *alterer) bool {
		return a.replace("data/campaign.yaml", `主办单位: .*`, func(s string) string { return s + "（代章）" })
	}},
}

// TestAlteredAfterSigning: whatever is changed in a signed campaign without signing,
// what is public is as it was signed, or is not public. SOAK=1 tries sixteen times as
// much.
func TestAlteredAfterSigning(t *testing.T) {
	signed := signedCampaign(t)
	was := shown(signed, Read(signed, onDay).Public)
	if len(was) < 13 {
		t.Fatalf("only %d are public: %v", len(was), slices.Sorted(maps.Keys(was)))
	}
	each := soak.Count(5, 80)
	random := rand.New(rand.NewPCG(19, 200))
	for _, alteration := range alterations {
		t.Run(alteration.name, func(t *testing.T) {
			altered := 0
			for range each {
				a := &alterer{random, maps.Clone(signed)}
				for tries := 0; !alteration.do(a) && tries < 100; tries++ {
				}
				now := Read(a.files, onDay)
				is := shown(a.files, now.Public)
				for file, thing := range is {
					if thing != was[file] {
						t.Errorf("%s is public, and not as it was signed:\n%s\nwas\n%s\n%s", file, thing, was[file], alteredFiles(signed, a.files))
					}
				}
				altered += len(was) - len(is)
			}
			if (altered == 0) != alteration.neutral {
				t.Errorf("%d are no longer public", altered)
			}
		})
	}
}

// alteredFiles shows the files that are not the same.
func alteredFiles(a, b fstest.MapFS) string {
	var names []string
	for name := range b {
		if was, err := fs.ReadFile(a, name); err != nil || !bytes.Equal(was, b[name].Data) {
			names = append(names, name+"\n"+string(b[name].Data))
		}
	}
	slices.Sort(names)
	return strings.Join(names, "\n")
}
