package manuscript

import (
	"cmp"
	"regexp"
	"slices"

	"wangjian/internal/campaign"
)

// The four sections by their place in campaign.NarrativeSections.
const (
	practices = iota
	results
	troubles
	plans
)

// A heading of one of the sections is made of these words and no others. Only
// a line like that is taken for one where nothing but its words tells.
var exactForms = [4]*regexp.Regexp{
	practices: regexp.MustCompile(`^(?:主要|工作|行动|专项行动|特色|典型|亮点|的|及|和|与|、|经验|做法|举措|措施|总结|采取)+$`),
	results:   regexp.MustCompile(`^(?:主要|工作|行动|专项行动|取得|所|的|阶段性|初步|及|和|与|、|成效|成果|成绩|效果)+$`),
	troubles:  regexp.MustCompile(`^(?:当前|目前|工作中|工作|行动|专项行动|仍|还|存在|面临|的|主要|突出|一些|几个|及|其|和|与|、|问题|不足|困难|短板|原因|分析|之处|薄弱环节)+$`),
	plans:     regexp.MustCompile(`^(?:下一步|下步|下一阶段|下阶段|今后|后续|的|工作|行动|主要|重点|打算|计划|安排|思路|措施|举措|建议|设想|及|和|与|、|改进|整改|努力方向|方向)+$`),
}

// What such a line must hold of the section's own words.
var coreWords = [4]*regexp.Regexp{
	practices: regexp.MustCompile(`做法|经验|举措|措施`),
	results:   regexp.MustCompile(`成效|成果|成绩|效果`),
	troubles:  regexp.MustCompile(`问题|不足|困难|短板|薄弱`),
	plans:     regexp.MustCompile(`下一步|下步|下一阶段|下阶段|今后|后续|打算|计划|安排|思路|设想|方向`),
}

// Headings that stand, by their number or style, where a section's heading
// stands may use freer words.
var looseWords = [4]*regexp.Regexp{
	practices: regexp.MustCompile(`做法|经验|举措|措施|开展情况|基本情况|总体情况|工作情况|推进情况|落实情况|组织部署|工作部署|工作概况|工作亮点`),
	results:   regexp.MustCompile(`成效|成果|成绩|效果|战果|完成情况`),
	troubles:  regexp.MustCompile(`问题|不足|困难|短板|薄弱|瓶颈|难点|原因分析`),
	plans:     regexp.MustCompile(`下一步|下步|下一阶段|下阶段|今后|后续|打算|工作计划|工作安排|工作思路|努力方向|工作建议|意见建议|意见和建议`),
}

var (
	joiner     = regexp.MustCompile(`^$|[及和与、以并暨]`)
	decoration = regexp.MustCompile(`[\s　【】\[\]〔〕《》“”"：:。．.]`)
)

// naming is what a heading says that its section is.
type naming struct {
	section int   // -1 for none of the four
	also    []int // sections that the heading names as well
	exact   bool  // by its words alone
}

// nameOf tells which section a heading without its number names. Full is for
// a line that stands out as a section's heading does.
func nameOf(heading string, full bool) naming {
	none := naming{section: -1}
	if length(heading) > 2*longestHeading {
		return none
	}
	text := decoration.ReplaceAllString(heading, "")
	if text == "" || length(text) > 36 {
		return none
	}
	for s := range campaign.NarrativeSections {
		if exactForms[s].MatchString(text) && coreWords[s].MatchString(text) {
			return naming{section: s, exact: true}
		}
	}
	hits := hitsIn(text)
	if len(hits) == 0 {
		return none
	}
	first, last := hits[0], hits[len(hits)-1]
	out := naming{section: first.section}
	for _, h := range hits[1:] {
		if h.from >= first.to && joiner.MatchString(text[first.to:h.from]) {
			out.also = append(out.also, h.section)
		}
	}
	switch {
	case len(out.also) > 0:
		out.exact = anySection.MatchString(text)
	default:
		out.section = last.section // 针对存在问题的下一步打算: the last word is the head
	}
	if !full && !out.exact {
		return none
	}
	return out
}

// hit is where a heading has a section's word.
type hit struct{ section, from, to int }

// hitsIn returns the sections' words in a heading, in the order of the heading.
// Measures against problems, or to come, are no section of their own.
func hitsIn(text string) []hit {
	var hits []hit
	for s, words := range looseWords {
		if m := words.FindStringIndex(text); m != nil {
			hits = append(hits, hit{s, m[0], m[1]})
		}
	}
	if len(hits) > 1 && hits[0].section == practices && measures.MatchString(text[hits[0].from:hits[0].to]) && hits[1].section != results {
		hits = hits[1:]
	}
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Compare(a.from, b.from) })
	return hits
}

var measures = regexp.MustCompile(`^(?:措施|举措)$`)

// anySection are the words of every section's heading together: a line of
// these names two sections at once, and nothing else.
var anySection = regexp.MustCompile(`^(?:主要|工作|行动|专项行动|特色|典型|的|及|和|与|、|以及|经验|做法|举措|措施|取得|阶段性|初步|成效|成果|成绩|效果|当前|目前|存在|面临|一些|问题|不足|困难|短板|原因|下一步|下步|下一阶段|今后|打算|计划|安排|思路)+$`)
