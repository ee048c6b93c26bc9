package source

import (
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
)

// TestSummary: index.md in a round's folder is the whole campaign's summary, and no
// department's; without a title and a source of its own it has the campaign's name
// and the lead department, which are in its digest.
func TestSummary(t *testing.T) {
	const file = "content/narratives/q2/index.md"
	load := func(t *testing.T, settings, name string) (*campaign.Campaign, []campaign.Finding) {
		files := folder(t)
		files[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(files["content/narratives/q2/jiaoyu.md"].Data), "公开方式", "报送部分: [存在问题]\n公开方式", 1))}
		files["data/campaign.yaml"].Data = []byte(strings.Replace(string(files["data/campaign.yaml"].Data), "简称: 清河校园食安行动", settings, 1))
		return Load(files)
	}
	c, findings := load(t, "简称: 清河校园食安行动", file)
	if campaign.HasErrors(findings) {
		t.Fatal(findings)
	}
	i := c.SummaryOf(c.Rounds[1])
	if i == nil || i != c.ItemAt(file) || c.SummaryOf(c.Rounds[0]) != nil {
		t.Fatal("it is not the second round's summary")
	}
	if i.Kind != campaign.Summaries || i.Department != nil || i.Slug != "q2" || i.Title != "清河校园食安行动第二次工作总结" || i.Source != "清河市市场监督管理局" || len(i.OfficeOnly) != 1 {
		t.Errorf("%+v", i)
	}
	if round, d, _ := c.UnitOf(file); round != nil || d != nil || c.DepartmentOf(file) != nil {
		t.Error("it is taken for a department's")
	}
	other, _ := load(t, "简称: 清河食安", file)
	if is := other.SummaryOf(other.Rounds[1]); is.Title != "清河食安第二次工作总结" || is.Digest == i.Digest {
		t.Errorf("%s has the digest of another title", is.Title)
	}
	for _, name := range []string{"content/narratives/index.md", "content/narratives/q2/shichang/index.md", "content/cases/index.md", "content/narratives/q2/summary.md"} {
		if c, findings := load(t, "简称: 清河校园食安行动", name); !campaign.HasErrors(findings) || len(c.ItemsOf(campaign.Summaries)) > 0 {
			t.Errorf("%s is taken for a summary: %v", name, findings)
		}
	}
}
