package signing_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/project"
	"wangjian/internal/signing"
)

const small = "../review/testdata/campaign"

// campaignIn copies the small campaign into a folder, with edits of files.
func campaignIn(t *testing.T, edits map[string]func(string) string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(small)); err != nil {
		t.Fatal(err)
	}
	for file, with := range edits {
		edit(t, dir, file, with)
	}
	return dir
}

func edit(t *testing.T, dir, file string, with func(string) string) {
	t.Helper()
	name := filepath.Join(dir, filepath.FromSlash(file))
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(with(string(raw))), 0o644); err != nil {
		t.Fatal(err)
	}
}

func load(t *testing.T, dir, day string) *project.Loaded {
	t.Helper()
	at, err := campaign.ParseInstant(day)
	if err != nil {
		t.Fatal(err)
	}
	return project.Read(os.DirFS(dir), func(*campaign.Campaign) campaign.Moment { return at })
}

func sign(t *testing.T, dir, day string, stage campaign.Stage, by string, files ...string) error {
	t.Helper()
	set := change.Of(os.DirFS(dir))
	if _, err := signing.Sign(set, load(t, dir, day), files, stage, by, false); err != nil {
		return err
	}
	_, err := set.Apply(dir)
	return err
}

func names(list []signing.Pending) (files []string) {
	for _, p := range list {
		files = append(files, p.File)
	}
	return files
}

const unsigned = "content/warnings/weiqian.md" // has 初审 and 复审 to come

// TestWaiting: what waits for a stage is what the stages before have signed; what is
// not for the public, stopped, expired or done with does not wait, and what has
// faults or is not for this person says so.
func TestWaiting(t *testing.T) {
	dir := campaignIn(t, map[string]func(string) string{
		unsigned: func(s string) string { // nothing signed
			front, body, _ := strings.Cut(s, "审核:")
			_, rest, _ := strings.Cut(body, "\n---\n")
			return front + "审核: {}\n---\n" + rest
		},
	})
	l := load(t, dir, "2026-05-05")
	for stage, want := range map[campaign.Stage]bool{campaign.FirstReview: true, campaign.SecondReview: false, campaign.FinalReview: false, campaign.SecrecyReview: false} {
		if got := slices.Contains(names(signing.Waiting(l, stage, "")), unsigned); got != want {
			t.Errorf("%s: waits %t, want %t", stage, got, want)
		}
	}
	if err := sign(t, dir, "2026-05-05", campaign.FirstReview, "甲", unsigned); err != nil {
		t.Fatal(err)
	}
	l = load(t, dir, "2026-05-05")
	for stage, want := range map[campaign.Stage]bool{campaign.FirstReview: false, campaign.SecondReview: true, campaign.FinalReview: false, campaign.SecrecyReview: true} {
		if got := slices.Contains(names(signing.Waiting(l, stage, "")), unsigned); got != want {
			t.Errorf("after 初审, %s: waits %t, want %t", stage, got, want)
		}
	}
	for _, p := range signing.Waiting(l, campaign.SecondReview, "甲") {
		if p.File == unsigned && !strings.Contains(strings.Join(p.Against, ""), "初审和复审是同一个人签的") {
			t.Errorf("against: %q", p.Against)
		}
	}
	for what, with := range map[string][2]string{
		"withheld": {"公开方式: 主动公开", "公开方式: 不予公开"},
		"stopped":  {"公开方式: 主动公开", "公开方式: 主动公开\n停止公示: {日期: 2026-05-07, 原因: 有误, 签字: {人: 甲, 日期: 2026-05-05}}"},
		"expired":  {"公开方式: 主动公开", "公开方式: 主动公开\n有效期至: 2026-05-04"},
	} {
		other := campaignIn(t, map[string]func(string) string{unsigned: func(s string) string { return strings.Replace(s, with[0], with[1], 1) }})
		for _, stage := range campaign.Stages {
			if slices.Contains(names(signing.Waiting(load(t, other, "2026-05-05"), stage, "")), unsigned) {
				t.Errorf("%s: waits for %s", what, stage)
			}
		}
	}
	edit(t, dir, unsigned, func(s string) string { return strings.Replace(s, "发布机构: ", "发布机构:\n#", 1) })
	for _, p := range signing.Waiting(load(t, dir, "2026-05-05"), campaign.FirstReview, "甲") {
		if p.File == unsigned && len(p.Faults) == 0 {
			t.Error("a file with faults has none")
		}
	}
}

// TestSignAllOrNone: where one file cannot be signed, nothing is noted, and every
// such file says why.
func TestSignAllOrNone(t *testing.T) {
	dir := campaignIn(t, nil)
	set := change.Of(os.DirFS(dir))
	_, err := signing.Sign(set, load(t, dir, "2026-05-05"), []string{unsigned, "content/warnings/weilai.md"}, campaign.FinalReview, "壬", false)
	var refused *signing.Refused
	if !errors.As(err, &refused) || len(refused.List) != 2 {
		t.Fatalf("%v %+v", err, refused)
	}
}

// TestReturn: what is sent back says so in check, is held, keeps its other
// signatures, and says so no more once somebody signs.
func TestReturn(t *testing.T) {
	dir := campaignIn(t, nil)
	if err := sign(t, dir, "2026-05-05", campaign.FirstReview, "甲", unsigned); err != nil {
		t.Fatal(err)
	}
	set := change.Of(os.DirFS(dir))
	l := load(t, dir, "2026-05-05")
	back := campaign.Returned{Stage: campaign.SecondReview, By: " 乙 ", Remark: "第一段\n  改短: {}"}
	if err := signing.Return(set, l, []string{unsigned}, back); err != nil {
		t.Fatal(err)
	}
	undo, err := set.Apply(dir)
	if err != nil {
		t.Fatal(err)
	}
	l = load(t, dir, "2026-05-05")
	r := l.Campaign.ItemAt(unsigned).Returned
	if r == nil || *r != (campaign.Returned{Stage: campaign.SecondReview, By: "乙", On: l.Date, Remark: "第一段 改短: {}"}) {
		t.Fatalf("%+v", r)
	}
	if first, _ := l.Campaign.ItemAt(unsigned).Signoffs.Of(campaign.FirstReview); first.Standing != campaign.Bound {
		t.Errorf("初审 no longer counts: %+v", first)
	}
	told := slices.ContainsFunc(l.Findings, func(f campaign.Finding) bool { return f.Rule == "signoff-returned" && f.At.File == unsigned })
	for _, h := range l.Public.Held() {
		if h.Item != nil && h.Item.File == unsigned && !strings.Contains(strings.Join(h.Reasons, "；"), "复审退回") {
			t.Errorf("held for %q", h.Reasons)
		}
	}
	if !told {
		t.Error("check says nothing")
	}
	if err := signing.Return(change.Of(os.DirFS(dir)), l, []string{unsigned}, campaign.Returned{Stage: campaign.FirstReview, By: "甲", Remark: "x"}); err == nil {
		t.Error("a signature that counts was sent back")
	}
	if err := sign(t, dir, "2026-05-05", campaign.SecondReview, "乙", unsigned); err != nil {
		t.Fatal(err)
	}
	if r := load(t, dir, "2026-05-05").Campaign.ItemAt(unsigned).Returned; r != nil {
		t.Errorf("still there: %+v", r)
	}
	if _, err := undo.Apply(dir); err == nil {
		t.Error("an undo wrote over a later signature")
	}
}

// TestChanges: what was signed is kept without what no signature covers, and the
// difference to it is shown, of a text and of a round's figures; of what nobody has
// signed, nobody knows.
func TestChanges(t *testing.T) {
	dir := campaignIn(t, nil)
	texts := signing.TextsOf(dir)
	for _, file := range []string{unsigned, "data/q2/release.yaml"} {
		set := change.Of(os.DirFS(dir))
		if _, err := signing.Sign(set, load(t, dir, "2026-05-05"), []string{file}, campaign.FirstReview, "戊", true); err != nil {
			t.Fatal(err)
		}
		if _, err := set.Apply(dir); err != nil {
			t.Fatal(err)
		}
	}
	l := load(t, dir, "2026-05-05")
	texts.Keep(l)
	edit(t, dir, unsigned, func(s string) string { return strings.Replace(s, "MARK未签正文", "MARK改过的正文", 1) })
	edit(t, dir, "data/q2/jiaoyu.yaml", func(s string) string {
		return strings.Replace(s, "数量: 45", "数量: 46", 1)
	})
	l = load(t, dir, "2026-05-05")
	for file, want := range map[string][2]string{
		unsigned:               {"MARK未签正文", "MARK改过的正文"},
		"data/q2/release.yaml": {"45　", "46　"},
	} {
		what, err := signing.Find(l, file)
		if err != nil {
			t.Fatal(err)
		}
		lines, since, known := signing.TextsOf(dir).Changes(l, what, campaign.FinalReview)
		if !known || since != campaign.FirstReview {
			t.Fatalf("%s: %t %s", file, known, since)
		}
		var gone, new string
		for _, line := range lines {
			switch line.Sign {
			case "-":
				gone += line.Text + "\n"
			case "+":
				new += line.Text + "\n"
			}
		}
		if !strings.Contains(gone, want[0]) || !strings.Contains(new, want[1]) || strings.Contains(gone+new, "戊") || strings.Count(gone, "\n") != 1 {
			t.Errorf("%s: - %s + %s", file, gone, new)
		}
	}
	what, err := signing.Find(l, "content/warnings/weilai.md")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, known := texts.Changes(l, what, campaign.FirstReview); known {
		t.Error("a difference to what nobody has signed")
	}
}

// TestApprovalFigures: the sheet of a round has the figures that are approved.
func TestApprovalFigures(t *testing.T) {
	l := load(t, campaignIn(t, nil), "2026-05-10")
	list, err := signing.Approvals(l, []string{"data/q2/release.yaml"}, true)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	if len(list[0].Figures) != 10 || !slices.Equal(list[0].Figures[3], []string{"市场监管局", "检查食品经营单位", "150", "户次"}) {
		t.Errorf("figures %v", list[0].Figures)
	}
}
