package search

import (
	"io"
	"strings"
)

// Words is what readers may type besides what pages say, and what is offered to
// them while they type.
type Words struct {
	Words    []string   // of the site's own, the most wanted first
	Pages    []Entry    // offered by their titles
	Answers  []Entry    // those with answers, offered where a query that nothing is found for has one
	Synonyms [][]string // a word, and the words that pages may have for it
	Mistaken []string   // groups of characters that are typed for each other
}

// Files lists the scripts with the words.
func (x *Words) Files() []File {
	return []File{{"words.js", x.write}, {"slips.js", func(w io.Writer) error {
		return put(w, "slips", map[string]any{"groups": x.Mistaken})
	}}}
}

func (x *Words) write(w io.Writer) error {
	pages := make([][2]string, len(x.Pages))
	characters := map[rune]bool{}
	note := func(words ...string) {
		for _, c := range Fold(strings.Join(words, " ")) {
			characters[c] = true
		}
	}
	answers := make([][]string, len(x.Answers))
	for n, p := range x.Answers {
		answers[n] = append([]string{p.Title, p.Path}, p.Answers...)
		note(p.Title)
		note(p.Answers...)
	}
	for n, p := range x.Pages {
		pages[n] = [2]string{p.Title, p.Path}
		note(p.Title)
	}
	note(x.Words...)
	for _, s := range x.Synonyms {
		note(s...)
	}
	return put(w, "words", map[string]any{
		"words": orNone(x.Words), "pages": pages, "answers": answers, "synonyms": orNone(x.Synonyms), "traditional": traditional(characters),
	})
}

// orNone keeps a list that is empty from being null.
func orNone[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
