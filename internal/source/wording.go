package source

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
)

const wordingFile = "data/wording.yaml"

//go:embed wording.yaml
var builtinWording []byte

// readWording reads the list of wrong words: data/wording.yaml where there is
// one, and the built-in list, less what the campaign's own says otherwise and
// what the campaign calls its departments.
func (r *reader) readWording() {
	own := map[string]bool{}
	r.c.Wording = campaign.Wording{}
	if r.exists(wordingFile) {
		var terms []campaign.Term
		r.readObject(wordingFile, func(o *object) { terms = readTerms(o, true) })
		for _, t := range terms {
			own[t.Wrong] = true
			r.addTerm(t)
		}
	}
	b := newReader(nil, nil)
	node := b.parseYAML("", builtinWording, 1)
	if node == nil {
		return // a test reads the list
	}
	for _, t := range readTerms(b.object("", node), false) {
		if own[t.Wrong] || slices.ContainsFunc(r.c.Departments, func(d *campaign.Department) bool {
			return slices.ContainsFunc(d.Names(), func(name string) bool { return strings.Contains(name, t.Wrong) })
		}) {
			continue
		}
		r.addTerm(t)
	}
}

func (r *reader) addTerm(t campaign.Term) {
	first, _ := utf8.DecodeRuneInString(t.Wrong)
	r.c.Wording[first] = append(r.c.Wording[first], t)
}

func readTerms(o *object, own bool) []campaign.Term {
	var list []campaign.Term
	seen := map[string]bool{}
	for _, e := range o.children("用语", true) {
		t := campaign.Term{Wrong: e.text("误", true), Right: e.text("正", false), Level: campaign.Warning, Why: e.text("说明", false), Except: words(e.texts("除外", false))}
		if e.choice("级别", false, "错误", "提醒") == "错误" && own {
			t.Level = campaign.Error
		}
		e.done()
		switch at := e.keyAt("误"); {
		case t.Wrong == "":
		case utf8.RuneCountInString(t.Wrong) < 2:
			o.r.fail("wrong-value", at, fmt.Sprintf("“误”只有一个字“%s”，会到处误报", t.Wrong), "写两个字以上的词")
		case seen[t.Wrong]:
			o.r.fail("duplicate-key", at, fmt.Sprintf("“%s”写了两遍", t.Wrong), "只留一处")
		case t.Right != "" && strings.Contains(t.Right, t.Wrong) && !slices.Contains(t.Except, t.Right):
			t.Except = append(t.Except, t.Right) // 法人代表 within 法定代表人 and the like
			fallthrough
		default:
			seen[t.Wrong] = true
			list = append(list, t)
		}
	}
	o.done()
	return list
}
