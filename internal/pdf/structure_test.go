package pdf

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"wangjian/internal/pdf/typeset"
	"wangjian/internal/stats"
)

// structured is the structure tree of a file, as its objects tell it.
type structured struct {
	*readPDF
	parents map[int]string // the tree of parents: what its keys lead to
	held    map[string]int // element by what it holds: page object and number
	order   []string       // tags and what the elements hold, in reading order
	seen    map[int]bool   // elements
}

var (
	kidOf     = regexp.MustCompile(`<< /Type /MCR /Pg (\d+) 0 R /MCID (\d+) >>|<< /Type /OBJR /Obj (\d+) 0 R /Pg \d+ 0 R >>|(\d+) 0 R|(\d+)`)
	kidsOf    = regexp.MustCompile(`(?s) /K (\[.*\]|<<.*?>>|\d+ 0 R|\d+) >>$`)
	parentsOf = regexp.MustCompile(`(\d+) (\[[^\]]*\]|\d+ 0 R)`)
	markedOf  = regexp.MustCompile(`/(\w+) << /MCID (\d+) >> BDC|/(Artifact) (?:BMC|<< /Type /Pagination /Subtype /(?:Header|Footer) >> BDC)|BT|ET|EMC|(re|m|Do|T[jJ])\n`)
)

func structureOf(t *testing.T, file []byte) *structured {
	t.Helper()
	s := &structured{readPDF: read(t, file), parents: map[int]string{}, held: map[string]int{}, seen: map[int]bool{}}
	root := s.ref(s.root(), "StructTreeRoot")
	if root == 0 {
		t.Fatal("没有结构树")
	}
	for _, m := range regexp.MustCompile(`(\d+) 0 R`).FindAllSubmatch(s.objects[s.ref(root, "ParentTree")], -1) {
		leaf, _ := strconv.Atoi(string(m[1]))
		for _, e := range parentsOf.FindAllStringSubmatch(s.match(s.objects[leaf], `(?s)/Nums \[(.*)\]`), -1) {
			key, _ := strconv.Atoi(e[1])
			s.parents[key] = e[2]
		}
	}
	s.walk(s.ref(root, "K"), root)
	return s
}

func (s *structured) walk(n, parent int) {
	s.seen[n] = true
	body := s.objects[n]
	if got := s.ref(n, "P"); got != parent {
		s.t.Errorf("元素 %d 的上级是 %d，应为 %d", n, got, parent)
	}
	tag := s.match(body, `/S /(\w+)`)
	s.order = append(s.order, tag)
	page := s.ref(n, "Pg")
	for _, k := range kidOf.FindAllStringSubmatch(s.match(body, kidsOf.String()), -1) {
		switch {
		case k[1] != "":
			s.hold(n, k[1]+"/"+k[2])
		case k[3] != "":
			s.hold(n, "annotation "+k[3])
		case k[4] != "":
			kid, _ := strconv.Atoi(k[4])
			s.walk(kid, n)
		default:
			s.hold(n, fmt.Sprintf("%d/%s", page, k[5]))
		}
	}
}

func (s *structured) hold(n int, what string) {
	if s.held[what] != 0 {
		s.t.Errorf("%s 在元素 %d 和 %d 里", what, s.held[what], n)
	}
	s.held[what] = n
}

// treeAndPagesAgree reports where pages and tree do not say the same of each other:
// everything on the pages is of one element, or decoration (Matterhorn 01-003 to 01-005).
func (s *structured) treeAndPagesAgree() {
	t := s.t
	t.Helper()
	count := 0
	for i, page := range s.pages() {
		key, err := strconv.Atoi(s.match(s.dictionary(page), `/StructParents (\d+)`))
		if err != nil || key != i {
			t.Errorf("第 %d 页的键是 %d", i+1, key)
		}
		owners := strings.Fields(strings.ReplaceAll(strings.Trim(s.parents[key], "[]"), " 0 R", ""))
		open, id := false, 0
		began := false // within marked content: the text object at hand
		for _, m := range markedOf.FindAllStringSubmatch(s.content(page), -1) {
			switch {
			case m[1] != "" || m[3] != "":
				if open {
					t.Fatalf("第 %d 页：%s 在别的标记里", i+1, m[0])
				}
				open = true
				if m[1] == "" {
					break
				}
				owner := s.held[fmt.Sprintf("%d/%d", page, id)]
				if m[2] != fmt.Sprint(id) || owner == 0 || len(owners) <= id || owners[id] != fmt.Sprint(owner) {
					t.Errorf("第 %d 页第 %d 处标记属于 %d，页上说 %v", i+1, id, owner, owners)
				}
				id++
				count++
			case m[0] == "BT":
				began = open
			case m[0] == "ET":
				if began != open {
					t.Errorf("第 %d 页：文字和标记交错", i+1)
				}
			case m[0] == "EMC":
				if !open {
					t.Errorf("第 %d 页：没有开头的 EMC", i+1)
				}
				open = false
			case !open:
				t.Errorf("第 %d 页：%q 不属于任何元素", i+1, m[0])
			}
		}
		if open || id != len(owners) {
			t.Errorf("第 %d 页有 %d 处标记，树里有 %d 处", i+1, id, len(owners))
		}
		for _, m := range regexp.MustCompile(`(\d+) 0 R`).FindAllStringSubmatch(s.match(s.dictionary(page), `/Annots \[([^\]]*)`), -1) {
			annot, _ := strconv.Atoi(m[1])
			key, err := strconv.Atoi(s.match(s.objects[annot], `/StructParent (\d+)`))
			if owner := s.held["annotation "+m[1]]; err != nil || s.parents[key] != fmt.Sprintf("%d 0 R", owner) {
				t.Errorf("链接 %d 属于 %d，树里是 %s", annot, owner, s.parents[key])
			}
			if s.said(s.objects[annot], "Contents") == "" {
				t.Errorf("链接 %d 没有文字：%s", annot, s.objects[annot])
			}
			count++
		}
	}
	if count != len(s.held) {
		t.Errorf("页上有 %d 处，树里有 %d 处", count, len(s.held))
	}
}

// The tree of a report has all that a report has.
func TestStructureTree(t *testing.T) {
	s := structureOf(t, bytesOf(t, publicView(t, nil)))
	s.treeAndPagesAgree()
	counts := map[string]int{}
	for _, tag := range s.order {
		counts[tag]++
	}
	for tag, fewest := range map[string]int{"Document": 1, "Sect": 10, "H1": 1, "H2": 5, "H3": 8, "P": 20, "TOC": 3, "TOCI": 10, "Link": 10, "L": 1, "LI": 2, "Lbl": 3, "LBody": 2, "Table": 4, "TR": 12, "TH": 12, "TD": 12, "Caption": 3, "Figure": 2, "Note": 1, "Reference": 1} {
		if counts[tag] < fewest {
			t.Errorf("%s 有 %d 个", tag, counts[tag])
		}
	}
}

// What belongs to nothing is what a page carries beside its contents; nothing is set in
// type that nobody can read.
func TestDecoration(t *testing.T) {
	v := sampleView(t)
	book, o := stats.Of(v), withCharts(v)
	for _, paper := range Papers(v, book) {
		p, err := compose(v, book, o, fonts(), paper)
		if err != nil {
			t.Fatal(err)
		}
		for i, page := range p.pages {
			var within *typeset.Element
			for _, op := range page.Ops {
				switch op := op.(type) {
				case typeset.Into:
					within = op.Element
				case typeset.Text:
					if op.Size < smallestLabel-0.01 {
						t.Errorf("%s 第 %d 面的“%s”只有 %.1f 磅", paper.Path, i+1, op.Text, op.Size)
					}
					if within == nil && !decoration(op, page) {
						t.Errorf("第 %d 面的“%s”不属于任何元素", i+1, op.Text)
					}
				case typeset.Area, typeset.Trace, typeset.Drawing:
					if within == nil || within.Tag != typeset.TagFigure || within.Alt == "" {
						t.Errorf("第 %d 面的图属于 %s", i+1, within)
					}
				}
			}
		}
	}
}

// decoration reports whether a text is a running head, a page number, a line of
// dots, or of the head of a table that a page repeats.
func decoration(op typeset.Text, page *typeset.Page) bool {
	if op.Down || op.Y < headRule || op.Y > typeset.A4.Top+typeset.A4.BlockHeight || strings.Trim(op.Text, ".") == "" {
		return true
	}
	for _, text := range textsOf(page) {
		if text == continuedMark {
			return true
		}
	}
	return false
}
