package review

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestTheRightWordIsSaid: a finding about a wrong word has the right one and,
// where the list says it, the reason.
func TestTheRightWordIsSaid(t *testing.T) {
	files := base(t)
	files["data/wording.yaml"] = &fstest.MapFile{Data: []byte("用语:\n  - {误: 黑恶作坊, 正: 无证作坊, 级别: 错误, 说明: 省办的统一说法}\n  - {误: 大排查, 级别: 提醒}\n")}
	const page = "content/pages/about.md"
	files[page] = &fstest.MapFile{Data: append(files[page].Data, "\n查处黑恶作坊，开展大排查，再布署一次。\n"...)}
	want := map[string]string{"“黑恶作坊”": "写成“无证作坊”（省办的统一说法）", "“大排查”": "换一个说法", "“布署”": "写成“部署”"}
	for _, f := range Read(files, onDay).Findings {
		for wrong, right := range want {
			if strings.Contains(f.Message, wrong) {
				if !strings.Contains(f.Hint, right) {
					t.Errorf("%s: %s", wrong, f.Hint)
				}
				delete(want, wrong)
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
}
