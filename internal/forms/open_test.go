package forms

import "testing"

// TestOpen: the two keys are filled in where they stand empty, changed where they
// say something else and added where they are not; all else stays.
func TestOpen(t *testing.T) {
	for old, want := range map[string]string{
		"---\n标题: 甲\n公开方式:     # 哪一种\n发布日期:\n审核: {}\n---\n\n正文: 不动\n": "---\n标题: 甲\n公开方式: 主动公开     # 哪一种\n发布日期: 2025-08-29 09:00\n审核: {}\n---\n\n正文: 不动\n",
		"---\r\n公开方式: 不予公开 # 注\r\n发布日期: 9999-12-31\r\n---\r\n":        "---\r\n公开方式: 主动公开 # 注\r\n发布日期: 2025-08-29 09:00\r\n---\r\n",
		"---\n标题: 甲\n---\n":            "---\n标题: 甲\n公开方式: 主动公开\n发布日期: 2025-08-29 09:00\n---\n",
		"---\n\"公开方式\":\n标题: 甲\n---\n": "---\n\"公开方式\": 主动公开\n发布日期: 2025-08-29 09:00\n标题: 甲\n---\n",
		"---\n{标题: 甲, 公开方式: }\n---\n":  "---\n{标题: 甲, 公开方式: 主动公开 , 发布日期: 2025-08-29 09:00}\n---\n",
	} {
		if got, err := Open([]byte(old), true, "2025-08-29 09:00"); err != nil || string(got) != want {
			t.Errorf("%q becomes %q (%v), want %q", old, got, err, want)
		}
	}
	if got, err := Open(nil, false, "2025-08-29"); err != nil || string(got) != "公开方式: 主动公开\n发布日期: 2025-08-29\n审核: {}\n" {
		t.Errorf("a release.yaml that is not there becomes %q (%v)", got, err)
	}
	if got, err := Open([]byte("没有开头的信息\n"), true, "2025-08-29"); err == nil {
		t.Errorf("a text without front matter becomes %q", got)
	}
}
