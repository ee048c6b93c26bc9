package source

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
)

const digestedItem, digestedNarrative = "content/open/fangan.md", "content/narratives/q2/jiaoyu.md"

// digests are those of an item, a narrative and a round's figures.
type digests struct{ item, narrative, round string }

func digestsOf(t *testing.T, files fstest.MapFS) digests {
	t.Helper()
	c, findings := Load(files)
	if campaign.HasErrors(findings) {
		t.Fatal(findings)
	}
	return digests{c.ItemAt(digestedItem).Digest, c.ItemAt(digestedNarrative).Digest, c.Rounds[1].Release.Digest}
}

// TestDigest: all that is published is in the digest, to the bytes of what goes out
// with an item; how it is written down, and who signed, is not, nor is what is set
// for the whole site.
func TestDigest(t *testing.T) {
	const linked, attached = "content/open/biao.txt", "content/open/qingdan.csv"
	prepared := func() fstest.MapFS {
		files := folder(t)
		files[digestedItem].Data = append(files[digestedItem].Data, "\n[表](biao.txt)\n"...)
		files[linked] = &fstest.MapFile{Data: []byte("表\n")}
		files["data/corrections.yaml"] = &fstest.MapFile{Data: []byte("更正:\n  - {期次: q2, 部门: jiaoyu, 现值: 撤下, 原因: 重报, 日期: 2026-05-07}\n")}
		return files
	}
	replace := func(name, from, to string) func(fstest.MapFS) {
		return func(files fstest.MapFS) {
			files[name].Data = []byte(replaceOnce(t, string(files[name].Data), from, to))
		}
	}
	more := func(name, text string) func(fstest.MapFS) {
		return func(files fstest.MapFS) { files[name].Data = append(files[name].Data, text...) }
	}
	was := digestsOf(t, prepared())
	for _, d := range []string{was.item, was.narrative, was.round} {
		if !regexp.MustCompile(`^sha256:[0-9a-f]{64}$`).MatchString(d) {
			t.Errorf("%q", d)
		}
	}
	for name, c := range map[string]struct {
		change                 func(fstest.MapFS)
		item, narrative, round bool // the digest is another
	}{
		"nothing":           {change: func(fstest.MapFS) {}},
		"a form's arrival":  {change: replace("data/q2/jiaoyu.yaml", "填报日期: 2026-04-29\n", "填报日期: 2026-04-29\n收到日期: 2026-05-02 # 原件：收件/2026-05-02/教体局.csv\n")},
		"an original":       {change: replace(digestedNarrative, "---\n", "---\n# 原件：收件/2026-05-02/教体局.docx\n")},
		"a comment":         {change: replace(digestedItem, "公开方式: 主动公开", "公开方式:   主动公开  # 按目录")},
		"quotes":            {change: replace(digestedItem, "文号: 清食安办〔2026〕3号", "文号: \"清食安办〔2026〕3号\"")},
		"the order of keys": {change: replace(digestedItem, "公开方式: 主动公开\n发布日期: 2026-02-25 09:30\n", "发布日期: 2026-02-25 09:30\n公开方式: 主动公开\n")},
		"another sign-off":  {change: replace(digestedItem, "初审: {人: 甲,", "初审: {人: 戊,")},
		"an empty key":      {change: replace(digestedItem, "公开方式: 主动公开", "公开方式: 主动公开\n来源:")},
		"line ends": {change: func(f fstest.MapFS) {
			f[digestedItem].Data = bytes.ReplaceAll(f[digestedItem].Data, []byte("\n"), []byte("\r\n"))
		}},
		"更新日期":                {change: replace(digestedItem, "公开方式: 主动公开", "公开方式: 主动公开\n更新日期: 2026-03-01")},
		"the site's words":    {change: replace("data/campaign.yaml", "联系电话: \"12345\"", "联系电话: \"12315\"")},
		"another item":        {change: more("content/pages/about.md", "又\n")},
		"another round":       {change: replace("data/q1/jiaoyu.yaml", "填报日期: ", "填报日期:   ")},
		"a report's layout":   {change: more("data/q2/jiaoyu.yaml", "# 核对过\n")},
		"the layout":          {change: replace("data/q2/release.yaml", "发布日期: ", "发布日期:  ")},
		"a key":               {change: replace(digestedItem, "文号: 清食安办〔2026〕3号", "文号: 清食安办〔2026〕4号"), item: true},
		"the day":             {change: replace(digestedItem, "发布日期: 2026-02-25 09:30", "发布日期: 2026-02-25 09:31"), item: true},
		"the body":            {change: more(digestedItem, "又\n"), item: true},
		"a word as long":      {change: replace(digestedItem, "[表](biao.txt)", "[单](biao.txt)"), item: true},
		"an attachment":       {change: more(attached, " \n"), item: true},
		"what the body links": {change: more(linked, " \n"), item: true},
		"a unit's name":       {change: replace("data/campaign.yaml", "名称: 清河市教育体育局", "名称: 清河市教体局"), narrative: true, round: true},
		"a round's name":      {change: replace("data/campaign.yaml", "名称: 第二次", "名称: 第2次"), narrative: true, round: true},
		"口径":                  {change: replace("data/campaign.yaml", "截止: 2026-04-30, 口径: 当期", "截止: 2026-04-30, 口径: 累计"), round: true},
		"a row's unit":        {change: replace("data/form.yaml", "单位: 万元", "单位: 亿元"), round: true},
		"a row's name":        {change: replace("data/form.yaml", "注: ", "注: 又"), round: true},
		"a report":            {change: replace("data/q2/jiaoyu.yaml", "填报单位: ", "填报单位: 清河"), round: true},
		"a county's report":   {change: replace("data/q2/shichang/dongcheng.yaml", "填报日期: 2026-04-", "填报日期: 2026-03-"), round: true},
		"a report less":       {change: func(f fstest.MapFS) { delete(f, "data/q2/shichang/dongcheng.yaml") }, round: true},
		"a correction":        {change: replace("data/corrections.yaml", "重报", "错报"), round: true},
		"the round's day":     {change: replace("data/q2/release.yaml", "发布日期: 2026-05-06 09:00", "发布日期: 2026-05-06 09:01"), round: true},
	} {
		t.Run(name, func(t *testing.T) {
			files := prepared()
			c.change(files)
			is := digestsOf(t, files)
			for _, d := range []struct {
				of      string
				was, is string
				another bool
			}{{"item", was.item, is.item, c.item}, {"narrative", was.narrative, is.narrative, c.narrative}, {"round", was.round, is.round, c.round}} {
				if d.was != d.is != d.another {
					t.Errorf("the digest of the %s is another: %v", d.of, d.was != d.is)
				}
			}
		})
	}
}

// TestStanding: a signature counts as long as its 指纹 is of the content, the stage,
// the name and the day as they stand; where none is written, it is unbound.
func TestStanding(t *testing.T) {
	files := folder(t)
	plain, _ := Load(files)
	if r := plain.ItemAt(digestedItem); plain.Fingerprinted || len(r.Signoffs.With(campaign.Unbound)) != 4 || len(plain.Unsigned(&r.Release)) != 0 {
		t.Fatal(r.Signoffs)
	}
	record := plain.ItemAt(digestedItem).Release
	text := string(files[digestedItem].Data)
	for _, s := range record.Signoffs {
		line := string(s.Stage) + ": {人: " + s.By + ", 日期: " + s.On.String()
		text = replaceOnce(t, text, line, line+", 指纹: "+campaign.Fingerprint(record.Digest, s))
	}
	for name, c := range map[string]struct {
		change       func(string) string
		stale, lacks string
	}{
		"as signed": {func(s string) string { return s }, "", ""},
		"a word":    {func(s string) string { return s + "又\n" }, "初审、复审、终审、保密审查", "初审、复审、终审、保密审查"},
		"a name":    {func(s string) string { return replaceOnce(t, s, "复审: {人: 乙", "复审: {人: 戊") }, "复审", "复审"},
		"two names": {func(s string) string {
			return strings.NewReplacer("人: 甲", "人: 乙", "人: 乙", "人: 甲").Replace(s)
		}, "初审、复审", "初审、复审"},
		"no 指纹": {func(s string) string {
			return regexp.MustCompile(`(终审: .*), 指纹: \S+}`).ReplaceAllString(s, "$1}")
		}, "", "终审"},
		"not of a kind": {func(s string) string {
			return regexp.MustCompile(`(终审: .*), 指纹: \S+}`).ReplaceAllString(s, "$1, 指纹: sha256:00}")
		}, "终审", "终审"},
	} {
		t.Run(name, func(t *testing.T) {
			files[digestedItem].Data = []byte(c.change(text))
			now, _ := Load(files)
			r := &now.ItemAt(digestedItem).Release
			if !now.Fingerprinted || campaign.JoinStages(r.Signoffs.With(campaign.Stale)) != c.stale || campaign.JoinStages(now.Unsigned(r)) != c.lacks {
				t.Errorf("%v, lacking %v", r.Signoffs, now.Unsigned(r))
			}
			if round := now.Rounds[1].Release; len(now.Unsigned(round)) != 4 {
				t.Errorf("the round without 指纹 lacks only %v", now.Unsigned(round))
			}
		})
	}
}
