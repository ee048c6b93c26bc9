package collect

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
	"wangjian/internal/source"
)

// The entries of data/collected.yaml as they are written; source reads them.
type (
	written struct {
		Entries []entry `yaml:"汇集"`
	}
	entry struct {
		Region    string   `yaml:"地区"`
		Campaign  string   `yaml:"活动"`
		Edition   int      `yaml:"版次,omitempty"`
		AsOf      plain    `yaml:"时点"`
		Digest    string   `yaml:"校验值"`
		ArrivedOn plain    `yaml:"收到日期"`
		Original  string   `yaml:"原件"`
		Pairs     []pair   `yaml:"对照,omitempty"`
		Reports   []report `yaml:"报表,omitempty"`
		Texts     []text   `yaml:"取用,omitempty"`
	}
	pair struct {
		What  string `yaml:"种类"`
		Below string `yaml:"下级"`
		Name  string `yaml:"名称"`
		Own   string `yaml:"本级"`
	}
	report struct {
		File   string   `yaml:"文件"`
		Digest string   `yaml:"校验值"`
		Within []string `yaml:"含地区,omitempty,flow"`
	}
	text struct {
		File   string `yaml:"文件"`
		Name   string `yaml:"来自"`
		Digest string `yaml:"校验值"`
	}
)

// plain is written without quotes, as the campaign's files have days.
type plain string

func (p plain) MarshalYAML() (any, error) {
	return &yaml.Node{Kind: yaml.ScalarNode, Value: string(p)}, nil
}

const recordHead = "# 由 wangjian collect 写：下级报送材料从哪里来、怎样对应、写成了什么\n"

// record writes the entry of the region, in the order of the regions.
func (p *Plan) record() error {
	list := slices.DeleteFunc(slices.Clone(p.campaign.Collections), func(x *campaign.Collection) bool { return x.Region == p.Region })
	list = append(list, p.entry)
	slices.SortFunc(list, func(a, b *campaign.Collection) int { return cmp.Compare(a.Region.Index, b.Region.Index) })
	var w written
	for _, x := range list {
		w.Entries = append(w.Entries, entryOf(x))
	}
	var b bytes.Buffer
	b.WriteString(recordHead)
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(w); err != nil {
		return fmt.Errorf("写 %s：%w", source.CollectedFile, err)
	}
	return p.set.Write(source.CollectedFile, b.Bytes())
}

func entryOf(x *campaign.Collection) entry {
	e := entry{
		Region: x.Region.Code, Campaign: x.Campaign, Edition: x.Edition, AsOf: plain(x.AsOf.String()), Digest: x.Digest,
		ArrivedOn: plain(x.ArrivedOn.String()), Original: x.Original,
	}
	for _, one := range x.Pairs {
		e.Pairs = append(e.Pairs, pair{one.What, cmp.Or(one.Below, format.NotTaken), one.Name, cmp.Or(one.Own, format.NotTaken)})
	}
	for _, one := range x.Reports {
		e.Reports = append(e.Reports, report(one))
	}
	for _, one := range x.Texts {
		e.Texts = append(e.Texts, text(one))
	}
	return e
}
