package source

import (
	_ "embed"
	"fmt"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
	"wangjian/internal/search"
)

const synonymsFile = "data/synonyms.yaml"

//go:embed synonyms.yaml
var builtinSynonyms []byte

// readSynonyms reads the words that readers type for those of the pages:
// data/synonyms.yaml where there is one, and of the built-in ones those that it
// does not have.
func (r *reader) readSynonyms() {
	if r.exists(synonymsFile) {
		r.readObject(synonymsFile, func(o *object) { r.c.Synonyms = readSynonymList(o) })
	}
	own := map[string]bool{}
	for _, s := range r.c.Synonyms {
		own[search.Fold(s.Word)] = true
	}
	b := newReader(nil, nil)
	if node := b.parseYAML("", builtinSynonyms, 1); node != nil { // a test reads it
		for _, s := range readSynonymList(b.object("", node)) {
			if !own[search.Fold(s.Word)] {
				r.c.Synonyms = append(r.c.Synonyms, s)
			}
		}
	}
}

func readSynonymList(o *object) (list []campaign.Synonym) {
	seen := map[string]bool{} // words as a search compares them
	if o = o.as(format.Synonyms); len(o.node.Content) == 0 {
		o.missed = append(o.missed, missedKey{"同义词", o.start})
	}
	if entries := o.child("同义词"); entries != nil {
		for _, key := range entries.written() {
			s := campaign.Synonym{Word: key.Value}
			folded := search.Fold(s.Word)
			fail := func(at campaign.Position, hint, format string, values ...any) {
				o.r.fail("synonym", at, fmt.Sprintf(format, values...), hint)
			}
			for _, other := range entries.texts(key.Value) {
				if is := search.Fold(other.text); is == folded || is == "" {
					fail(other.at, "写网页上的另一种说法", "“%s”的同义词“%s”与它自己一样", s.Word, other.text)
					continue
				}
				s.Others = append(s.Others, other.text)
			}
			switch {
			case utf8.RuneCountInString(folded) < 2 && o.file != "":
				fail(o.position(key), "写两个字以上的词", "同义词“%s”太短，会到处误用", s.Word)
			case seen[folded]:
				fail(o.position(key), "并成一行", "同义词“%s”前面已经有了（不分简繁、标点）", s.Word)
			case len(s.Others) > 0:
				list = append(list, s)
			case entries.entries[key.Value].value.Tag == "!!null" || len(entries.entries[key.Value].value.Content) == 0:
				fail(o.position(key), "写成“"+s.Word+": [网页上的说法]”", "“%s”后面没有写同义词", s.Word)
			}
			seen[folded] = true
		}
	}
	o.done()
	return list
}
