// Package format describes the campaign's files: for each kind a [Table] of the
// keys that it may have, with their type and what they are for.
//
// The tables drive the reader (package source), the JSON Schemas (package
// schema), the comments that `new` writes and the manual's lists. What only one
// of them has to know, such as that two departments must not share a name, is
// theirs.
package format

import (
	"slices"

	"wangjian/internal/campaign"
)

// Type is what the value of a key may be.
type Type int

const (
	Text        Type = iota // a line
	Name                    // a line that no quotes belong around
	Heading                 // a line that may be a quotation
	Code                    // a 代号
	Address                 // http:// or https://
	File                    // the name of a file beside the text
	Date                    // 2022-09-21
	Moment                  // a date, or a date and a time
	Flag                    // true or false
	Integer                 // between Least and Most
	Choice                  // one of Choices
	Quantity                // a number, 无, or one of Choices
	FlagOrFiles             // true, false, or the names of files
	Words                   // a list of words, for which a single word may stand
	List                    // a list of words; of Choices where there are some
	Pair                    // two whole numbers
	Object                  // keys of its own
	Objects                 // a list of those
	Cells                   // rows of the statistical form
)

// Entity is what a name refers to.
type Entity string

const (
	Department Entity = "部门"
	Region     Entity = "地区"
	Priority   Entity = "工作重点"
	Round      Entity = "期次"
)

// Key is one key of a file.
type Key struct {
	Name     string
	Type     Type
	Required bool
	Or       string // a required key may be left out where this one is written
	Doc      string // what it is for, in Chinese
	Choices  []string
	Refers   Entity // of a Choice or a List: it names one of these
	// Least and Most bound an Integer, or the characters of a Text.
	Least, Most int
	Pattern     string // of a Text
	Of          *Table // of an Object, or of each of the Objects
	Bare        bool   // each of the Objects may be a word alone
	ByProgram   bool   // only the program writes it: new files do not offer it
	Misplaced   bool   // known only to be refused with a better message
}

// Table is the keys of a file, or of a mapping in one.
type Table struct {
	Title string
	Note  string // what to know before writing such a file, line by line
	Keys  []Key
	Each  *Key // where every key is a word that a person chose: what stands behind it
}

// Key returns the description of a key; false when the table has none.
func (t *Table) Key(name string) (Key, bool) {
	if t.Each != nil {
		k := *t.Each
		k.Name = name
		return k, true
	}
	for _, k := range t.Keys {
		if k.Name == name {
			return k, true
		}
	}
	return Key{}, false
}

// Names lists the keys that a person may write.
func (t *Table) Names(which func(Key) bool) (list []string) {
	for _, k := range t.Keys {
		if !k.Misplaced && which(k) {
			list = append(list, k.Name)
		}
	}
	return list
}

// need makes keys required; the table is a copy.
func (t *Table) need(names ...string) *Table {
	changed := *t
	changed.Keys = slices.Clone(t.Keys)
	for n := range changed.Keys {
		if slices.Contains(names, changed.Keys[n].Name) {
			changed.Keys[n].Required = true
		}
	}
	return &changed
}

// stages has an entry for each sign-off.
func stages(key func(campaign.Stage) Key) (keys []Key) {
	for _, s := range campaign.Stages {
		k := key(s)
		k.Name = string(s)
		keys = append(keys, k)
	}
	return keys
}

// stageNames are the sign-offs as choices.
func stageNames() (names []string) {
	for _, s := range campaign.Stages {
		names = append(names, string(s))
	}
	return names
}

// with puts keys behind others.
func with(keys []Key, more ...Key) []Key { return slices.Concat(keys, more) }
