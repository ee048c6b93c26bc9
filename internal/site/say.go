package site

import "fmt"

// say returns a word of the interface: the campaign's own where layouts/words.yaml
// has one. Templates need no such call, their text is exchanged when they are
// parsed (package layouts). A test keeps the list of these words,
// layouts/pagewords.tsv.
func (s *site) say(word string) string {
	if own, ok := s.campaign.Looks.Words[word]; ok {
		return own
	}
	return word
}

// sayf is say for a word with values in it.
func (s *site) sayf(word string, values ...any) string { return fmt.Sprintf(s.say(word), values...) }
