package review

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
	"wangjian/internal/prose"
	"wangjian/internal/soak"
)

// story is before an amount that is no penalty, though it equals one.
var story = regexp.MustCompile(`(?:货值金额|收取货款|销售款|服务费|后收入)$`)

// TestPlantedInSample changes, one at a time, each place of the sample's cases
// that states the day, the number, the office, the party or a sum of the
// penalty: the change is found. The 决定书 are PDF files, so that a change of
// the front matter is found on their pages too. Every eighth place is tried;
// SOAK=1 tries all.
func TestPlantedInSample(t *testing.T) {
	root := os.DirFS("../..")
	files := fstest.MapFS{}
	for _, dir := range []string{"data", "content"} {
		err := fs.WalkDir(root, dir, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || strings.HasPrefix(name, "content/gallery") || strings.HasPrefix(name, "content/narratives") {
				return err
			}
			data, err := fs.ReadFile(root, name)
			files[name] = &fstest.MapFile{Data: data}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	on := func(c *campaign.Campaign) campaign.Moment { return c.ReferenceDate.Last() }
	r := Read(files, on)
	for _, f := range contradictions(r.Findings) {
		t.Errorf("unchanged: %s [%s] %s", f.At, f.Rule, f.Message)
	}
	count, missed := 0, 0
	for _, i := range r.Campaign.ItemsOf(campaign.Cases) {
		text := string(files[i.File].Data)
		var facts [][2]string // as written, and what is written instead
		for _, s := range prose.Sums(i.Case.Penalty) {
			facts = append(facts, [2]string{i.Case.Penalty[s.From:s.To], s.Value.Add(tenThousand).String() + "元"})
		}
		day, other := i.Case.DecidedOn, "会昌县某茶叶商行"
		if i.Case.Party == "张某某" {
			other = "李某"
		}
		facts = append(facts,
			[2]string{day.String(), day.AddDays(-150).String()}, [2]string{day.Chinese(), day.AddDays(-150).Chinese()},
			[2]string{i.Case.DecisionNumber, strings.Replace(i.Case.DecisionNumber, "示0", "示1", 1)},
			[2]string{i.Case.Authority, "会昌县市场监督管理局"}, [2]string{i.Case.Party, other},
			[2]string{"罚没款: " + i.Case.Forfeit.String(), "罚没款: 99.5"},
		)
		for _, fact := range facts {
			for offset := 0; ; {
				at := strings.Index(text[offset:], fact[0])
				if at < 0 {
					break
				}
				at += offset
				offset = at + len(fact[0])
				line := text[strings.LastIndex(text[:at], "\n")+1:]
				line, _, _ = strings.Cut(line, "\n")
				if strings.HasPrefix(line, "来源") || strings.HasPrefix(line, "  ") || story.MatchString(text[:at]) {
					continue
				}
				if count++; count%8 != 0 && !soak.Long() {
					continue
				}
				planted := text[:at] + fact[1] + text[offset:]
				changed := fstest.MapFS{}
				for name, f := range files {
					if !strings.HasPrefix(name, "content/") || strings.HasPrefix(name, strings.TrimSuffix(i.File, ".md")) || strings.HasPrefix(name, "content/open") {
						changed[name] = f
					}
				}
				changed[i.File] = &fstest.MapFile{Data: []byte(planted)}
				found := false
				for _, f := range contradictions(Read(changed, on).Findings) {
					found = found || f.At.File == i.File
				}
				if !found {
					missed++
					t.Errorf("%s: %q → %q is not found in %q", i.File, fact[0], fact[1], line)
				}
			}
		}
	}
	t.Logf("%d places, %d missed", count, missed)
}
