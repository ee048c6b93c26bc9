package source

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
	"wangjian/internal/wording"
)

const wordingFile = "data/wording.yaml"

//go:embed wording.yaml
var builtinWording []byte

// readWording reads the lists of wrong words and of protected terms:
// data/wording.yaml where there is one, and the built-in ones, less what the
// campaign's own says otherwise and what the campaign calls its departments.
func (r *reader) readWording() {
	own := &wordList{}
	if r.exists(wordingFile) {
		r.readObject(wordingFile, func(o *object) { own = readWordList(o.as(format.Wording), true) })
	}
	b := newReader(nil, nil)
	builtin := &wordList{}
	if node := b.parseYAML("", builtinWording, 1); node != nil { // a test reads it
		builtin = readWordList(b.object("", node).as(format.Wording), false)
	}
	r.c.Wording = campaign.Wording{}
	for _, t := range own.terms {
		r.addTerm(t)
	}
	for _, t := range builtin.terms {
		if !own.hasTerm(t.Wrong) && !r.ownName(t.Wrong) {
			r.addTerm(t)
		}
	}
	for _, t := range own.protected {
		if t.Level != unchecked {
			r.c.Protected = append(r.c.Protected, t)
		}
	}
	for _, t := range builtin.protected {
		if !own.alone && !own.protects(t.Text) {
			r.c.Protected = append(r.c.Protected, t)
		}
	}
	r.finder = wording.NewFinder(r.c.Protected)
}

// wordList is what a file says of words.
type wordList struct {
	terms     []campaign.Term
	protected []campaign.ProtectedTerm
	alone     bool // without the built-in protected terms
}

// unchecked is the level of a built-in term that a campaign takes out.
const unchecked campaign.Level = "不查"

func readWordList(o *object, own bool) *wordList {
	l := &wordList{terms: readTerms(o), protected: readProtected(o)}
	if own {
		l.alone = o.choice("自带保护用语", "用") == "不用"
	}
	if len(o.node.Content) == 0 {
		o.missed = append(o.missed, missedKey{"用语", o.start})
	}
	o.done()
	return l
}

func (l *wordList) hasTerm(wrong string) bool {
	return slices.ContainsFunc(l.terms, func(t campaign.Term) bool { return t.Wrong == wrong })
}

func (l *wordList) protects(text string) bool {
	return slices.ContainsFunc(l.protected, func(t campaign.ProtectedTerm) bool {
		return slices.Equal(wording.Letters(t.Text), wording.Letters(text))
	})
}

// ownName reports whether a word is part of what the campaign calls a department.
func (r *reader) ownName(word string) bool {
	return slices.ContainsFunc(r.c.Departments, func(d *campaign.Department) bool {
		return slices.ContainsFunc(d.Names(), func(name string) bool { return strings.Contains(name, word) })
	})
}

func (r *reader) addTerm(t campaign.Term) {
	first, _ := utf8.DecodeRuneInString(t.Wrong)
	r.c.Wording[first] = append(r.c.Wording[first], t)
}

func readTerms(o *object) []campaign.Term {
	var list []campaign.Term
	seen := map[string]bool{}
	for _, e := range o.children("用语") {
		t := campaign.Term{Wrong: e.text("误"), Right: e.text("正"), Level: campaign.Warning, Why: e.text("说明"), Except: words(e.texts("除外"))}
		if e.choice("级别", "提醒") == "错误" {
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
	return list
}

// readProtected reads 保护用语: entries of which the plain ones may be a word.
func readProtected(o *object) (list []campaign.ProtectedTerm) {
	seen := map[string]bool{}
	for _, n := range o.list("保护用语") {
		t, at, ok := readProtectedTerm(o, n)
		if !ok {
			continue
		}
		letters := len(wording.Letters(t.Text))
		switch key := string(wording.Letters(t.Text)); {
		case seen[key]:
			o.r.fail("duplicate-key", at, fmt.Sprintf("“%s”写了两遍", t.Text), "只留一处")
		case t.Level == unchecked:
			seen[key] = true
			list = append(list, t)
		case t.Person && letters < 2, !t.Person && letters < 4, letters > 40:
			o.r.fail("wrong-value", at, fmt.Sprintf("保护用语“%s”有 %d 个字，太短或太长，会误报", t.Text, letters), "人名 2 个字以上，其他 4 到 40 个字；短的写进“用语”，写明误和正")
		case t.Person && letters == 2 && len(t.Titles) == 0:
			o.r.fail("missing-key", at, fmt.Sprintf("两个字的人名“%s”没有写“职务”，会误报", t.Text), "加上 职务: [总理, …]，只在职务旁边查")
		default:
			seen[key] = true
			list = append(list, t)
		}
	}
	return list
}

func readProtectedTerm(o *object, n *yaml.Node) (t campaign.ProtectedTerm, at campaign.Position, ok bool) {
	at = o.position(n)
	t.Level = campaign.Error
	switch n.Kind {
	case yaml.ScalarNode:
		o.r.checkScalar(o.file, n)
		t.Text = strings.TrimSpace(n.Value)
		return t, at, t.Text != ""
	case yaml.MappingNode:
	default:
		o.fail(n, "wrong-type", "“保护用语”下每条应当是一个词或一组键", "写成“- 词”或“- {词: …, 级别: 提醒}”")
		return t, at, false
	}
	e := o.within(fmt.Sprintf("保护用语.%d", n.Line), n, at, o.key("保护用语").Of)
	t.Text = e.text("词")
	t.Person = e.choice("类型", "用语") == "人名"
	switch e.choice("级别", "错误") {
	case "提醒":
		t.Level = campaign.Warning
	case string(unchecked):
		t.Level = unchecked
	}
	t.Titles, t.Wrong, t.Except, t.Why = words(e.texts("职务")), words(e.texts("误")), words(e.texts("除外")), e.text("说明")
	e.done()
	return t, at, t.Text != ""
}
