package forms

import (
	"strings"
	"testing"

	"wangjian/internal/campaign"
)

func signature(stage campaign.Stage, by, on, fingerprint string) Signature {
	d, _ := campaign.ParseDate(on)
	return Signature{Signed: campaign.Signed{Stage: stage, Signoff: campaign.Signoff{By: by, On: d}}, Fingerprint: fingerprint}
}

// TestSignChangesOneLine writes a sign-off into every way in which 审核 may
// stand, and nothing else moves.
func TestSignChangesOneLine(t *testing.T) {
	const new = "{人: 乙, 日期: 2026-05-06, 指纹: 'sha256:ab'}"
	for name, c := range map[string]struct{ old, want string }{
		"none yet":        {"标题: 甲 # 注\n\n来源: 乙\n", "标题: 甲 # 注\n\n来源: 乙\n审核:\n  复审: " + new + "\n"},
		"empty":           {"审核:   # 待签\n来源: 乙\n", "审核:   # 待签\n  复审: " + new + "\n来源: 乙\n"},
		"after the first": {"审核:\n    初审: {人: 甲, 日期: 2026-05-05}   # 已核\n\n来源: 乙\n", "审核:\n    初审: {人: 甲, 日期: 2026-05-05}   # 已核\n    复审: " + new + "\n\n来源: 乙\n"},
		"before the last": {"审核:\n  终审: {人: 丙, 日期: 2026-05-05}\n", "审核:\n  复审: " + new + "\n  终审: {人: 丙, 日期: 2026-05-05}\n"},
		"in its place":    {"审核:\n  复审: {人: 丙, 日期: 2026-05-05} # 旧\n来源: 乙\n", "审核:\n  复审: " + new + " # 旧\n来源: 乙\n"},
		"over lines":      {"审核:\n  初审:\n    人: 甲\n    日期: 2026-05-05\n来源: 乙\n", "审核:\n  初审:\n    人: 甲\n    日期: 2026-05-05\n  复审: " + new + "\n来源: 乙\n"},
		"replaces lines":  {"审核:\n  复审:\n    人: 丙\n    日期: 2026-05-05\n来源: 乙\n", "审核:\n  复审: " + new + "\n来源: 乙\n"},
		"one line":        {"审核: {初审: {人: 甲, 日期: 2026-05-05}}\n", "审核: {初审: {人: 甲, 日期: 2026-05-05}, 复审: " + new + "}\n"},
		"one line, first": {"审核: {终审: {人: 甲, 日期: 2026-05-05}}\n", "审核: {复审: " + new + ", 终审: {人: 甲, 日期: 2026-05-05}}\n"},
		"one line, empty": {"审核: {}\n", "审核: {复审: " + new + "}\n"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, end := range []string{"\n", "\r\n"} {
				lines := func(s string) string { return strings.ReplaceAll(s, "\n", end) }
				got, err := Sign([]byte(lines(c.old)), false, signature(campaign.SecondReview, "乙", "2026-05-06", "sha256:ab"))
				if err != nil || string(got) != lines(c.want) {
					t.Errorf("%v\n%s\nwant\n%s", err, got, lines(c.want))
				}
				got, err = Sign([]byte("\ufeff"+lines("---\n"+c.old+"---\n\n正文 --- \n")), true, signature(campaign.SecondReview, "乙", "2026-05-06", "sha256:ab"))
				if want := "\ufeff" + lines("---\n"+c.want+"---\n\n正文 --- \n"); err != nil || string(got) != want {
					t.Errorf("Markdown: %v\n%s\nwant\n%s", err, got, want)
				}
			}
		})
	}
	got, err := Sign([]byte("审核:\n"), false, signature(campaign.FinalReview, "丙: 丁", "2026-05-06", "sha256:ab"))
	if want := "审核:\n  终审: {人: '丙: 丁', 日期: 2026-05-06, 指纹: 'sha256:ab'}\n"; err != nil || string(got) != want {
		t.Errorf("%v %s", err, got)
	}
	for _, bad := range []string{"审核: 好\n", "- 甲\n", "{标题: 甲}\n", "甲: &x 1\n审核: *x\n"} {
		if got, err := Sign([]byte(bad), false, signature(campaign.FirstReview, "甲", "2026-05-06", "sha256:ab")); err == nil {
			t.Errorf("%q becomes %q", bad, got)
		}
	}
}

// TestSignAgain: what a signature takes with it goes, in every way in which it may
// stand, and of something published the day of the change comes behind 发布日期.
func TestSignAgain(t *testing.T) {
	const first = "初审: {人: 乙, 日期: 2026-05-06, 指纹: 'sha256:ab'}"
	day, _ := campaign.ParseDate("2026-05-06")
	again := signature(campaign.FirstReview, "乙", "2026-05-06", "sha256:ab")
	again.Removed, again.Updated = []campaign.Stage{campaign.SecondReview, campaign.FinalReview}, day
	for name, c := range map[string]struct{ old, want string }{
		"a line each": {
			"发布日期: 2026-05-01 # 首发\n审核:\n  初审: {人: 甲, 日期: 2026-05-01}\n  复审: {人: 丙, 日期: 2026-05-01} # 二\n  终审: {人: 丁, 日期: 2026-05-01}\n来源: 乙\n",
			"发布日期: 2026-05-01 # 首发\n更新日期: 2026-05-06\n审核:\n  " + first + "\n来源: 乙\n",
		},
		"with the review of secrets between": {
			"更新日期: 2026-05-02\n审核:\n  初审: {人: 甲, 日期: 2026-05-01}\n  复审: {人: 丙, 日期: 2026-05-01}\n  保密审查: {人: 戊, 日期: 2026-05-01}\n  # 局长签\n  终审: {人: 丁, 日期: 2026-05-01}\n",
			"更新日期: 2026-05-06\n审核:\n  " + first + "\n  保密审查: {人: 戊, 日期: 2026-05-01}\n  # 局长签\n",
		},
		"lines below": {
			"发布日期: 2026-05-01\n审核:\n  复审:\n    人: 丙\n    日期: 2026-05-01\n  终审:\n    人: 丁\n    日期: 2026-05-01\n来源: 乙\n",
			"发布日期: 2026-05-01\n更新日期: 2026-05-06\n审核:\n  " + first + "\n来源: 乙\n",
		},
		"one line": {
			"发布日期: 2026-05-01\n审核: {初审: {人: 甲, 日期: 2026-05-01}, 复审: {人: 丙, 日期: 2026-05-01}, 终审: {人: 丁, 日期: 2026-05-01}}\n",
			"发布日期: 2026-05-01\n更新日期: 2026-05-06\n审核: {" + first + "}\n",
		},
		"one line, backwards": {
			"发布日期: 2026-05-01\n审核: {终审: {人: 丁, 日期: 2026-05-01}, 复审: {人: 丙, 日期: 2026-05-01}, 初审: {人: 甲, 日期: 2026-05-01}}\n",
			"发布日期: 2026-05-01\n更新日期: 2026-05-06\n审核: {" + first + "}\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Sign([]byte(c.old), false, again)
			if err != nil || string(got) != c.want {
				t.Errorf("%v\n%s\nwant\n%s", err, got, c.want)
			}
		})
	}
}
