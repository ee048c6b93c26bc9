package campaign

import (
	"path"
	"strings"
)

// Kind is the sort of a content item.
type Kind string

// The kinds of content, named as their folders on the site are.
const (
	Summaries   Kind = "summary"
	Narratives  Kind = "narratives"
	Cases       Kind = "cases"
	Warnings    Kind = "warnings"
	Documents   Kind = "open"
	Commitments Kind = "commitments"
	Galleries   Kind = "gallery"
	Pages       Kind = "pages"
)

// Kinds lists the kinds of content in the order of the site.
var Kinds = []Kind{Summaries, Narratives, Cases, Warnings, Documents, Commitments, Galleries, Pages}

// Chinese names the kind on screen.
func (k Kind) Chinese() string {
	return map[Kind]string{
		Summaries: "全市总结", Narratives: "工作总结", Cases: "典型案例", Warnings: "消费警示",
		Documents: "信息公开", Commitments: "信用承诺", Galleries: "影像资料", Pages: "页面",
	}[k]
}

// Folder is where the texts of a kind are: a round's summary lies beside the
// narratives that it is made of.
func (k Kind) Folder() string {
	if k == Summaries {
		k = Narratives
	}
	return "content/" + string(k)
}

// KindOf returns the kind of a text by its path below content/.
func KindOf(name string) Kind {
	folder, _, _ := strings.Cut(name, "/")
	if Kind(folder) == Narratives && path.Base(name) == SummaryName {
		return Summaries
	}
	return Kind(folder)
}

// InSections reports whether texts of a kind have the four sections.
func (k Kind) InSections() bool { return k == Summaries || k == Narratives }

// The four sections that a narrative or summary has, as level-2 headings in this order.
var NarrativeSections = []string{"经验做法", Outcome, "存在问题", "下一步打算"}

// Outcome is the section that tells what came of the work.
const Outcome = "行动成效"
