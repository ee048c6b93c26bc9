package review

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"

	"wangjian/internal/campaign"
	"wangjian/internal/intake"
	"wangjian/internal/source"
	"wangjian/internal/wording"
)

var wordingRules = []Rule{
	{
		Code: "wording-forbidden", Level: campaign.Error,
		Words:   "没有用语表里级别为“错误”的写法。",
		Inspect: inspectWording,
	},
	wordingDoubt,
	protectedTerm,
	protectedPhrase,
	{
		Code: "department-name", Level: campaign.Warning,
		Words: "部门名称与 campaign.yaml 的一致，没有多一字、少一字或错一字。",
		Inspect: func(p *reading) (remarks []campaign.Finding) {
			if p.Item == nil {
				return nil
			}
			var names, known []string
			for _, d := range p.Campaign.Departments {
				if utf8.RuneCountInString(d.Name) >= 8 {
					names = append(names, d.Name)
				}
				known = append(known, d.Names()...)
			}
			for n, line := range p.prose {
				for _, name := range names {
					if at, wrong := slipOf(line, name, known); wrong != "" {
						f := finding(p.inProse(n, at), "没有叫“"+wrong+"”的部门", "是不是“"+name+"”？")
						if campaign.Meant(wrong, known, 1) == name {
							f.Mend = f.At.Mend(wrong, name)
						}
						remarks = append(remarks, f)
					}
				}
			}
			return remarks
		},
	},
}

// Rules whose findings another's check claims for them: that of
// wording-forbidden for wording, that of protected-term for protected-phrase.
var (
	wordingDoubt = Rule{
		Code: "wording", Level: campaign.Warning,
		Words: "没有常见的错别字、停用的说法和机构改革前的名称（自带的用语表和 data/wording.yaml）。",
	}
	protectedTerm = Rule{
		Code: "protected-term", Level: campaign.Error,
		Words:   "领导人姓名和固定提法（保护用语）一个字也不错：没有同音、形近、多字、少字、颠倒，正文、标题、摘要、备注、说明、文件名和附件都一样。",
		Inspect: inspectProtected,
		Check:   checkProtected,
	}
	protectedPhrase = Rule{
		Code: "protected-phrase", Level: campaign.Warning,
		Words: "级别为“提醒”的保护用语写得对；像是领导人姓名写错的，请人核对。",
	}
)

func inspectWording(p *reading) (remarks []campaign.Finding) {
	if p.File == "data/wording.yaml" || p.File == "data/synonyms.yaml" {
		return nil
	}
	for n, line := range p.prose {
		for at, r := range line {
			for _, t := range p.Campaign.Wording[r] {
				if !strings.HasPrefix(line[at:], t.Wrong) || within(line, at, t) {
					continue
				}
				m := finding(p.inProse(n, at), "“"+t.Wrong+"”的写法不对", "写成“"+t.Right+"”")
				if m.Mend = m.At.Mend(t.Wrong, t.Right); t.Right == "" {
					m.Message, m.Hint, m.Mend = "这里不能写“"+t.Wrong+"”", "删去或换一个说法", campaign.Mend{}
				}
				if p.namesFile(n) {
					m.Mend = campaign.Mend{}
				}
				if t.Why != "" {
					m.Hint += "（" + t.Why + "）"
				}
				if t.Level != campaign.Error {
					wordingDoubt.claim(&m)
				}
				remarks = append(remarks, m)
			}
		}
	}
	return remarks
}

// within reports whether a term stands inside of a longer word that is right, or only
// across the words of the text.
func within(line string, at int, t campaign.Term) bool {
	return wording.Accidental(line, at, at+len(t.Wrong)) || slices.ContainsFunc(t.Except, func(word string) bool {
		return slices.ContainsFunc(occurrences(word, t.Wrong), func(offset int) bool {
			return offset <= at && strings.HasPrefix(line[at-offset:], word)
		})
	})
}

// ProtectedSlips returns the errors in the protected terms of a text that is about to
// be written as a campaign's file.
func ProtectedSlips(c *campaign.Campaign, file string, text []byte) (findings []campaign.Finding) {
	p := newReading(source.Passage{File: file, Text: text, Item: &campaign.Item{}, Campaign: c, Finder: wording.NewFinder(c.Protected)})
	for _, f := range inspectProtected(p) {
		if protectedTerm.claim(&f); f.Rule == protectedTerm.Code {
			findings = append(findings, f)
		}
	}
	return findings
}

func inspectProtected(p *reading) (remarks []campaign.Finding) {
	if p.File == "data/wording.yaml" || p.Finder == nil {
		return nil
	}
	lines := slices.Clone(p.lines) // code and the titles of links are published too
	for n := range lines {
		if p.inFront(n) {
			lines[n] = withoutSigners(p.prose[n])
		}
	}
	text := strings.Join(lines, "\n")
	line, start := 1, 0
	for _, s := range p.Finder.Find(text) {
		for {
			end := strings.IndexByte(text[start:], '\n')
			if end < 0 || start+end >= s.From {
				break
			}
			line, start = line+1, start+end+1
		}
		at := campaign.Position{File: p.File, Line: line, Column: utf8.RuneCountInString(text[start:s.From]) + 1}
		f := slipRemark(at, "", s)
		if !s.Doubt && !strings.ContainsFunc(s.Written, isMarkup) && !p.namesFile(line-1) {
			f.Mend = at.Mend(s.Written, s.Term.Text)
		}
		remarks = append(remarks, f)
	}
	return remarks
}

// namesFile reports whether a line names a file of the item, whose name would have to
// change with it.
func (r *reading) namesFile(n int) bool {
	return r.Item != nil && slices.ContainsFunc(r.Item.Files(), func(file string) bool { return strings.Contains(r.lines[n], path.Base(file)) })
}

// isMarkup reports whether a character within a term may be Markdown's, or ends a
// line: then a person has to say what stays.
func isMarkup(r rune) bool { return strings.ContainsRune("\n\x00*_~`[](){}<>|\\#", r) }

// signers are those who signed, whose names are never published.
var signers = regexp.MustCompile(`(^|[\s{,，])人:[^,}\n]*`)

func withoutSigners(line string) string {
	if !strings.Contains(line, "人:") {
		return line
	}
	return signers.ReplaceAllStringFunc(line, func(s string) string { return strings.Repeat("\x00", utf8.RuneCountInString(s)) })
}

// slipRemark tells of a slip; where says of which text, "" for one that the
// position names.
func slipRemark(at campaign.Position, where string, s wording.Slip) campaign.Finding {
	written := strings.Join(strings.Fields(strings.ReplaceAll(s.Written, "\x00", "")), " ")
	m := finding(at, where+"“"+written+"”的写法不对", "写成“"+s.Term.Text+"”")
	switch {
	case s.Split:
		m.Message, m.Hint = where+"“"+written+"”里多了空格或标点", "连着写：“"+s.Term.Text+"”"
	case s.Doubt:
		m.Message, m.Hint = where+"“"+written+"”像是“"+s.Term.Text+"”写错了", "核对一下：是另一个人就不必改，也可以写进 data/wording.yaml 里这个词的“除外”"
	}
	if s.Term.Why != "" {
		m.Hint += "（" + s.Term.Why + "）"
	}
	if s.Doubt || s.Term.Level == campaign.Warning {
		protectedPhrase.claim(&m)
	}
	return m
}

// checkProtected looks at what attachments say, and at the names of files.
func checkProtected(c *Context) {
	finder := wording.NewFinder(c.Campaign.Protected)
	for _, f := range fileNames(c) {
		if f.file != f.item.File && f.at.Line < f.item.Body.FirstLine {
			continue // front matter names it, and is looked at
		}
		for _, s := range finder.Find(f.name) {
			m := slipRemark(f.at, "文件名里", s)
			m.Hint += "，给文件改名，再改正引用它的地方"
			c.Tell(m)
		}
	}
	for _, e := range readable(c) {
		told := map[string]bool{}
		for _, p := range joined(e.text.Pieces) {
			for _, s := range finder.Find(p.Text) {
				if s.Split || told[s.Written] || len(told) >= 100 {
					continue // gaps are the reading's as often as the file's
				}
				told[s.Written] = true
				m := slipRemark(e.at, fmt.Sprintf("附件 %s %s ", e.name(), p.Where), s)
				m.Hint = "在原件里" + m.Hint + "，重新导出附件"
				c.Tell(m)
			}
		}
		for _, p := range e.text.Metadata {
			for _, s := range finder.Find(p.Value) {
				c.Tell(slipRemark(e.at, fmt.Sprintf("附件 %s 的属性“%s”里", e.name(), p.Name), s))
			}
		}
	}
}

// joined puts the lines of a page together, since a line may end within a term.
func joined(pieces []intake.Piece) []intake.Piece {
	var list []intake.Piece
	for n, p := range pieces {
		if p.Aside {
			continue
		}
		if n > 0 && strings.HasSuffix(p.Where, "页") && len(list) > 0 && p.Where == pieces[n-1].Where {
			last := &list[len(list)-1]
			last.Text += "\n" + p.Text
			continue
		}
		list = append(list, p)
	}
	return list
}

// slipOf finds a name that starts and ends as a department's does and differs
// from it, and from every other, in one or two characters within.
func slipOf(line, name string, known []string) (at int, wrong string) {
	r := []rune(name)
	n := len(r)
	head, tail := string(r[:2]), string(r[n-1])
	for _, at := range occurrences(line, head) {
		rest := []rune(line[at:])
		rest = rest[:min(len(rest), n+3)]
		for length := min(len(rest), n+2); length >= n-1 && length > 3; length-- {
			candidate := string(rest[:length])
			if !strings.HasSuffix(candidate, tail) {
				continue
			}
			if slices.ContainsFunc(known, func(k string) bool { return utf8.RuneCountInString(k) > 3 && strings.HasPrefix(line[at:], k) }) {
				break
			}
			isPart := slices.ContainsFunc(known, func(k string) bool { // of a longer name, or a short name behind the city's
				return strings.Contains(k, candidate) || utf8.RuneCountInString(k) > 3 && strings.HasSuffix(candidate, k)
			})
			isName := !strings.ContainsFunc(candidate, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) // no marks within
			if d := levenshtein.ComputeDistance(candidate, name); !isPart && isName && (d == 1 || d == 2 && n >= 10) {
				return at, candidate
			}
		}
	}
	return 0, ""
}
