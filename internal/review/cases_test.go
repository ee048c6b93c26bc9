package review

import (
	"regexp"
	"slices"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
)

const oneCase = "content/cases/guoqi-mianbao.md"

// caseWith returns the codes of the errors in the small campaign's case when a
// line of its front matter is another; "" takes it out.
func caseWith(t *testing.T, key, line string) (codes []string) {
	t.Helper()
	files := base(t)
	was := regexp.MustCompile(`(?m)^` + key + `: .*\n`)
	text := files[oneCase].Data
	if n := len(was.FindAll(text, -1)); n != 1 {
		t.Fatalf("%s stands there %d times", key, n)
	}
	files[oneCase] = &fstest.MapFile{Data: was.ReplaceAll(text, []byte(line))}
	for _, f := range Read(files, onDay).Findings {
		if f.At.File == oneCase && f.Level == campaign.Error {
			codes = append(codes, f.Rule)
		}
	}
	return codes
}

// TestCaseNeedsItsSummary: each of the six items of 总局令第45号, and the day on
// which the publication ends, is asked for.
func TestCaseNeedsItsSummary(t *testing.T) {
	for _, key := range []string{"决定书文号", "当事人", "违法行为类型", "处罚内容", "办案机关", "决定日期", "有效期至"} {
		if codes := caseWith(t, key, ""); !slices.Equal(codes, []string{"missing-key"}) {
			t.Errorf("without %s: %v", key, codes)
		}
	}
}

// TestOnlyAWarning: a warning alone is not published; beside any other penalty
// it is.
func TestOnlyAWarning(t *testing.T) {
	for penalty, published := range map[string]bool{
		"警告": false, "责令改正，给予警告": false, "警告，罚款5000元": true, "警告，没收违法所得": true, "警告，吊销许可证": true, "罚款100元": true,
	} {
		codes := slices.DeleteFunc(caseWith(t, "处罚内容", "处罚内容: "+penalty+"\n"), func(code string) bool { return code == "fact-amount" }) // other words differ now
		if published != (len(codes) == 0) || !published && codes[0] != "case-warning-only" {
			t.Errorf("%s: %v", penalty, codes)
		}
	}
}
