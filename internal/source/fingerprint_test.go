package source

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
)

// TestFingerprint: what the 终审 has seen is in the fingerprint, to the bytes of
// what goes out with it; how it is written down, and who signed, is not.
func TestFingerprint(t *testing.T) {
	const item, linked, attached = "content/open/fangan.md", "content/open/biao.txt", "content/open/qingdan.csv"
	prepared := func() fstest.MapFS {
		files := folder(t)
		files[item].Data = append(files[item].Data, "\n[表](biao.txt)\n"...)
		files[linked] = &fstest.MapFile{Data: []byte("表\n")}
		return files
	}
	replace := func(name, from, to string) func(fstest.MapFS) {
		return func(files fstest.MapFS) {
			files[name].Data = []byte(replaceOnce(t, string(files[name].Data), from, to))
		}
	}
	more := func(name string) func(fstest.MapFS) {
		return func(files fstest.MapFS) { files[name].Data = append(files[name].Data, " \n"...) }
	}
	of := func(files fstest.MapFS) (print, round string) {
		c, findings := Load(files)
		if len(findings) > 0 {
			t.Fatal(findings)
		}
		print, err := ItemFingerprint(files, c.ItemAt(item))
		if err != nil {
			t.Fatal(err)
		}
		if round, err = RoundFingerprint(files, c.Rounds[1]); err != nil {
			t.Fatal(err)
		}
		return print, round
	}
	wasItem, wasRound := of(prepared())
	if !strings.HasPrefix(wasItem, "sha256:") || len(wasItem) != len("sha256:")+64 || wasItem == wasRound {
		t.Errorf("%s, %s", wasItem, wasRound)
	}
	for name, c := range map[string]struct {
		change      func(fstest.MapFS)
		item, round bool // the fingerprint is another
	}{
		"nothing":             {func(fstest.MapFS) {}, false, false},
		"a comment":           {replace(item, "公开方式: 主动公开", "公开方式:   主动公开  # 按目录"), false, false},
		"quotes":              {replace(item, "文号: 清食安办〔2026〕3号", "文号: \"清食安办〔2026〕3号\""), false, false},
		"another sign-off":    {replace(item, "初审: {人: 甲,", "初审: {人: 戊,"), false, false},
		"line ends":           {func(f fstest.MapFS) { f[item].Data = bytes.ReplaceAll(f[item].Data, []byte("\n"), []byte("\r\n")) }, false, false},
		"更新日期":                {replace(item, "公开方式: 主动公开", "公开方式: 主动公开\n更新日期: 2026-03-01"), false, false},
		"a key":               {replace(item, "文号: 清食安办〔2026〕3号", "文号: 清食安办〔2026〕4号"), true, false},
		"the day":             {replace(item, "发布日期: 2026-02-25 09:30", "发布日期: 2026-02-25 09:31"), true, false},
		"the body":            {more(item), true, false},
		"a word as long":      {replace(item, "[表](biao.txt)", "[单](biao.txt)"), true, false},
		"an attachment":       {more(attached), true, false},
		"what the body links": {more(linked), true, false},
		"another item":        {more("content/pages/about.md"), false, false},
		"a report":            {more("data/q2/jiaoyu.yaml"), false, true},
		"a county's report":   {more("data/q2/shichang/dongcheng.yaml"), false, true},
		"the round's day":     {replace("data/q2/release.yaml", "发布日期: ", "发布日期:  "), false, false},
		"another round":       {more("data/q1/jiaoyu.yaml"), false, false},
	} {
		t.Run(name, func(t *testing.T) {
			files := prepared()
			c.change(files)
			item, round := of(files)
			if (item != wasItem) != c.item {
				t.Errorf("the item's fingerprint is another: %v", item != wasItem)
			}
			if (round != wasRound) != c.round {
				t.Errorf("the round's fingerprint is another: %v", round != wasRound)
			}
		})
	}
}
