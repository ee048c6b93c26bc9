package corpus

import (
	"maps"
	"slices"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
	"wangjian/internal/project"
)

func written(t *testing.T, write func(Write) error) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := write(func(path, text string) error {
		files[path] = &fstest.MapFile{Data: []byte(text)}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// A campaign that is wrong would measure how fast faults are found.
func TestCampaignIsSound(t *testing.T) {
	c := Make(Size{"", 3, 4, 4})
	files := written(t, c.WriteCampaign)
	day, err := campaign.ParseDate(Today)
	if err != nil {
		t.Fatal(err)
	}
	result := project.Read(files, func(*campaign.Campaign) campaign.Moment { return day.Last() })
	for _, f := range result.Findings {
		if f.Level == campaign.Error {
			t.Errorf("%s: %s", f.At, f.Message)
		}
	}
	if n := len(result.Public.Campaign().Items); n != 3*len(Departments)+8 {
		t.Errorf("%d 篇公开", n)
	}
	if n := len(result.Public.Campaign().Reports); n != 2*(3+1)*len(Departments) {
		t.Errorf("%d 张报表公开", n)
	}
}

func TestSameSeedSameCorpus(t *testing.T) {
	a, b := written(t, Make(Size{"", 2, 3, 3}).WriteCampaign), written(t, Make(Size{"", 2, 3, 3}).WriteCampaign)
	if !slices.Equal(slices.Sorted(maps.Keys(a)), slices.Sorted(maps.Keys(b))) {
		t.Fatal("文件不同")
	}
	for name := range a {
		if string(a[name].Data) != string(b[name].Data) {
			t.Errorf("%s 不同", name)
		}
	}
}
