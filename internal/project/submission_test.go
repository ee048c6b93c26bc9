package project

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/handover"
	"wangjian/internal/release"
)

// TestFileName: a title as a part of a file's name fits any disk, whatever is in
// it, and shows all of what it has.
func TestFileName(t *testing.T) {
	for title, want := range map[string]string{
		"赣市监处罚〔2022〕7号":         "赣市监处罚〔2022〕7号",
		"a/b\\c:d*e?":           "a／b＼c：d＊e？",
		" 检 查\u200b\u202e现场 . ": "检查现场",
	} {
		if got := fileName(title); got != want {
			t.Errorf("fileName(%q) = %q, want %q", title, got, want)
		}
	}
	for _, long := range []string{strings.Repeat("𠮷", 300), strings.Repeat("甲", 300), strings.Repeat("执法检查。", 60), "（" + strings.Repeat("甲", 300)} {
		name := "01" + fileName(long) + ".docx"
		if len(name) > 255 || utf8.RuneCountInString(name) > 80 || utf8.RuneCountInString(name) < 15 {
			t.Errorf("%q has %d bytes, %d characters", name, len(name), utf8.RuneCountInString(name))
		}
	}
}

// TestTextsHandedOver: of the sample every narrative, case, warning and gallery goes out
// as Markdown that cites no figure, leads to no other text and names no signer, with
// each of its files once in the submission.
func TestTextsHandedOver(t *testing.T) {
	l := Read(os.DirFS("../.."), func(c *campaign.Campaign) campaign.Moment { return c.ReferenceDate.Last() })
	s, err := l.Submission("甲局")
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]release.Part{}
	for _, p := range s.Parts {
		parts[p.Path] = p
	}
	written := func(name string) string {
		var b bytes.Buffer
		if p, ok := parts[name]; !ok || p.Write(&b) != nil {
			t.Fatalf("no %s", name)
		}
		return b.String()
	}
	data, err := handover.Read(strings.NewReader(written(handover.File)))
	if err != nil {
		t.Fatal(err)
	}
	if data.Delivery != (handover.Delivery{Level: "省", Copy: "甲局"}) || !strings.Contains(written("报送单.txt"), "这一份抄送：甲局") || data.AsOf != "2022-12-01 23:59" {
		t.Errorf("%+v, %s", data.Delivery, data.AsOf)
	}
	want := 0
	for _, i := range l.Campaign.Items {
		if slices.Contains(handed, i.Kind) && i.Region == nil {
			want++
		}
	}
	if len(data.Texts) != want || want < 20 {
		t.Errorf("%d of %d texts", len(data.Texts), want)
	}
	links := regexp.MustCompile(`\]\(([^)# ]+)`)
	for _, x := range data.Texts {
		text := written(x.File)
		for _, not := range []string{"{{", "审核:", "发布日期:", "公开方式:", ".md)"} {
			if strings.Contains(text, not) {
				t.Errorf("%s has %s", x.Name, not)
			}
		}
		for _, i := range l.Campaign.Items {
			for _, sign := range i.Signoffs {
				if sign.By != "" && strings.Contains(text, sign.By) {
					t.Errorf("%s names the signer %s", x.Name, sign.By)
				}
			}
		}
		for _, m := range links.FindAllStringSubmatch(text, -1) {
			if !strings.Contains(m[1], "://") && !slices.ContainsFunc(x.Attached, func(a handover.Attachment) bool { return a.Name == m[1] }) {
				t.Errorf("%s leads to %s", x.Name, m[1])
			}
		}
		for _, a := range x.Attached {
			if _, ok := parts[a.File]; !ok || !strings.Contains(text, a.Name) {
				t.Errorf("%s: %+v", x.Name, a)
			}
		}
	}
}
