package handover

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
)

// ofCampaign is the data of a campaign's folder on a day.
func ofCampaign(t *testing.T, dir, day string) (*campaign.Campaign, *Data) {
	t.Helper()
	c, _ := source.Load(os.DirFS(dir))
	at, err := campaign.ParseInstant(day)
	if err != nil {
		t.Fatal(err)
	}
	v := release.Whole(c, at, nil)
	return v.Campaign(), Of(v, stats.Of(v), at.Last(), DeliveryOf(c, ""))
}

func text(t *testing.T, d *Data) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func validated(t *testing.T, raw []byte) error {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(value)
}

// TestCampaigns: what the sample and the small campaign hand over is read back the
// same, fits the schema, has every report with every figure, and names no signer.
func TestCampaigns(t *testing.T) {
	for dir, day := range map[string]string{"../..": "2022-12-01", "../review/testdata/campaign": "2026-05-10"} {
		c, d := ofCampaign(t, dir, day)
		raw := text(t, d)
		got, err := Read(bytes.NewReader(raw))
		if err != nil || !reflect.DeepEqual(got, d) {
			t.Errorf("%s is not read back as it was written: %v", dir, err)
			continue
		}
		if err := validated(t, raw); err != nil {
			t.Errorf("%s does not fit the schema: %v", dir, err)
		}
		filed := map[string]Report{}
		for _, r := range d.Reports {
			filed[r.Round+"/"+r.Department+"/"+r.Region] = r
		}
		for _, r := range c.Reports {
			region := ""
			if r.Region != nil {
				region = r.Region.Code
			}
			if is := filed[r.Round.Code+"/"+r.Department.Code+"/"+region]; len(is.Figures) != len(r.Entries) || is.FiledOn != r.FiledOn.String() {
				t.Errorf("%s: %d of %d figures", r.File, len(is.Figures), len(r.Entries))
			}
		}
		for _, i := range c.Items {
			for _, s := range i.Signoffs {
				if s.By != "" && bytes.Contains(raw, []byte(`"`+s.By+`"`)) {
					t.Errorf("%s names the signer %s", dir, s.By)
				}
			}
		}
	}
}

// TestSmallCampaign: the standings, a sum and what it is without.
func TestSmallCampaign(t *testing.T) {
	_, d := ofCampaign(t, "../review/testdata/campaign", "2026-05-10")
	var missing, sums int
	for _, r := range d.Reports {
		if r.Standing == "未报" && len(r.Figures) == 0 {
			missing++
		}
		for _, f := range r.Figures {
			if f.Sum {
				sums++
				if len(r.Without) != 1 || f.Quantity == "" || f.Quantity == "汇总" {
					t.Errorf("%s/%s: sum %q without %v", r.Round, r.Department, f.Quantity, r.Without)
				}
			}
		}
	}
	if missing == 0 || sums == 0 {
		t.Errorf("%d forms are missing, %d figures are sums", missing, sums)
	}
}

// invented returns data that fit the form, of any shape.
func invented(r *rand.Rand) *Data {
	word := func(n int) string { return fmt.Sprintf("%c%d<&>“", '甲'+rune(r.IntN(500)), n) }
	units := func(n int) []Unit {
		list := []Unit{}
		for k := range n {
			u := Unit{Code: fmt.Sprintf("c%d", k), Name: word(k), Short: word(k)}
			for range r.IntN(3) {
				u.Aliases = append(u.Aliases, word(k))
			}
			list = append(list, u)
		}
		return list
	}
	quantity := func() string {
		return []string{"0", "无", "231", "0.50", fmt.Sprint(r.IntN(1e6)), strings.Repeat("9", 1+r.IntN(20)) + ".123"}[r.IntN(6)]
	}
	d := &Data{
		Form: Name, Version: Version, Campaign: word(0), Level: []string{"省", "市", "县"}[r.IntN(3)], AsOf: "2022-11-26 09:30",
		Delivery: Delivery{Level: []string{"国家", "省", "市"}[r.IntN(3)], To: word(1), Copy: []string{"", word(2)}[r.IntN(2)]}, Texts: []Text{}, Edition: r.IntN(3), Lead: "c0",
		Departments: units(1 + r.IntN(4)), Regions: units(r.IntN(4)), Rounds: []Round{}, Rows: []Row{}, Reports: []Report{}, Corrections: []Correction{},
	}
	for _, u := range units(1 + r.IntN(3)) {
		d.Rounds = append(d.Rounds, Round{Unit: u, Deadline: "2022-11-26", Basis: []string{"累计", "当期"}[r.IntN(2)]})
	}
	for n := range 1 + r.IntN(8) {
		d.Rows = append(d.Rows, Row{Number: n + 1, Department: "c0", Code: fmt.Sprintf("r%d", n), Name: word(n), Unit: "件", Parent: r.IntN(n + 1), Uncounted: r.IntN(2) == 0})
	}
	for _, round := range d.Rounds {
		report := Report{Round: round.Code, Department: "c0", Standing: "已报", FiledOn: "2022-11-25", Unit: word(1)}
		for n := range d.Rows {
			if r.IntN(4) > 0 {
				report.Figures = append(report.Figures, Figure{Row: n + 1, Quantity: quantity(), Sum: r.IntN(2) == 0, Remark: word(n), Source: "data/a.yaml:5"})
			}
			if r.IntN(3) == 0 {
				report.Own = append(report.Own, Figure{Row: n + 1, Quantity: quantity(), LastYear: quantity(), Source: "data/a.yaml:9"})
			}
		}
		d.Reports = append(d.Reports, report)
		for _, region := range d.Regions {
			d.Reports = append(d.Reports, Report{Round: round.Code, Department: "c0", Region: region.Code, Standing: "未报"})
		}
		d.Texts = append(d.Texts, Text{Kind: "工作总结", Name: round.Code + "/c0", Title: word(3), Round: round.Code, Department: "c0", File: "数据/内容/" + round.Code + ".md", Attached: []Attachment{{Name: "c0-1.jpg", File: word(5)}}})
		d.Corrections = append(d.Corrections, Correction{Round: round.Code, Row: 1, Old: quantity(), New: "撤下", Reason: word(0), On: "2022-12-05"})
	}
	return d
}

// TestRoundTrip: whatever is written is read back the same and fits the schema.
func TestRoundTrip(t *testing.T) {
	for seed := range uint64(200) {
		d := invented(rand.New(rand.NewPCG(seed, 1)))
		raw := text(t, d)
		got, err := Read(bytes.NewReader(raw))
		if err != nil || !reflect.DeepEqual(got, d) {
			t.Fatalf("seed %d: %v\n%s", seed, err, raw)
		}
		if !bytes.Equal(text(t, got), raw) {
			t.Fatalf("seed %d: written again it differs", seed)
		}
		if err := validated(t, raw); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}

// TestRefused: each fault is refused with its place.
func TestRefused(t *testing.T) {
	for want, change := range map[string]func(*Data){
		"这份数据的版本是 1，这个程序只认版本 2":   func(d *Data) { d.Version = 1 },
		"地区多得不正常":                 func(d *Data) { d.Regions = append(d.Regions, make([]Unit, 20_000)...) },
		"时点“昨天”":                  func(d *Data) { d.AsOf = "昨天" },
		"报送的层级“乡”不认识":             func(d *Data) { d.Delivery.Level = "乡" },
		"第 2 个项目没有代号，或者代号":        func(d *Data) { d.Rows[1].Code = d.Rows[0].Code },
		"第 1 篇内容的种类“别的”不认识":       func(d *Data) { d.Texts = []Text{{Kind: "别的", Name: "a", File: "a"}} },
		"不是“网剑行动数据”":              func(d *Data) { d.Form = "别的" },
		"第 2 个部门没有代号或名称":          func(d *Data) { d.Departments[1].Code = d.Departments[0].Code },
		"牵头部门“没有”不在名单里":           func(d *Data) { d.Lead = "没有" },
		"第 1 个期次的口径“合计”不认识":       func(d *Data) { d.Rounds[0].Basis = "合计" },
		"第 1 个期次的截止“2022-13-01”":  func(d *Data) { d.Rounds[0].Deadline = "2022-13-01" },
		"第 3 个项目的序号":              func(d *Data) { d.Rows[2].Parent = 9 },
		"第 2 份报表重复":               func(d *Data) { d.Reports[1] = d.Reports[0] },
		"第 1 份报表的状态“也许”不认识":       func(d *Data) { d.Reports[0].Standing = "也许" },
		"第 1 份报表未报，却有数":           func(d *Data) { d.Reports[0].Standing = "未报" },
		"第 1 份报表的数据里第 1 个数“1e3”":  func(d *Data) { d.Reports[0].Figures[0].Quantity = "1e3" },
		"第 1 份报表的数据里第 1 个数“汇总”":   func(d *Data) { d.Reports[0].Figures[0].Quantity = "汇总" },
		"第 1 份报表的数据里第 1 个数的项目 99": func(d *Data) { d.Reports[0].Figures[0].Row = 99 },
		"第 1 条更正的期次“没有”":          func(d *Data) { d.Corrections = []Correction{{Round: "没有", On: "2022-12-05"}} },
	} {
		_, d := ofCampaign(t, "../review/testdata/campaign", "2026-05-10")
		change(d)
		if _, err := Read(bytes.NewReader(text(t, d))); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	_, d := ofCampaign(t, "../review/testdata/campaign", "2026-05-10")
	raw := text(t, d)
	for want, broken := range map[string][]byte{
		"不认识的键 \"颜色\"": bytes.Replace(raw, []byte(`"名称"`), []byte(`"颜色":"红","名称"`), 1),
		"不是“网剑行动数据”":   raw[:len(raw)/2],
		"的值不是该有的那一种":   bytes.Replace(raw, []byte(`"示例": true`), []byte(`"示例": 1`), 1),
	} {
		if bytes.Equal(broken, raw) {
			broken = bytes.Replace(raw, []byte(`"牵头部门": "`), []byte(`"示例": 1, "牵头部门": "`), 1)
		}
		if _, err := Read(bytes.NewReader(broken)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if !json.Valid(Schema) {
		t.Error("the schema is no JSON")
	}
}
