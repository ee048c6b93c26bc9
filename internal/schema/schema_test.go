package schema

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/source"
)

// plain turns a YAML tree into what JSON Schema speaks of: dates stay text.
func plain(t *testing.T, n *yaml.Node) any {
	t.Helper()
	switch n.Kind {
	case yaml.DocumentNode:
		return plain(t, n.Content[0])
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plain(t, n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			list = append(list, plain(t, c))
		}
		return list
	}
	switch n.Tag {
	case "!!int", "!!float":
		return json.Number(n.Value)
	case "!!bool":
		return n.Value == "true"
	case "!!null":
		return nil
	}
	return n.Value
}

func compiled(t *testing.T, c *campaign.Campaign) map[string]*jsonschema.Schema {
	t.Helper()
	files, err := Files(c)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	schemas := map[string]*jsonschema.Schema{}
	for name, text := range files {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := compiler.AddResource(name, doc); err != nil {
			t.Fatal(err)
		}
	}
	for name := range files {
		s, err := compiler.Compile(name)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		schemas[name] = s
	}
	return schemas
}

// inputs returns every YAML text of a campaign with the schema that it has.
func inputs(t *testing.T, fsys fs.FS, c *campaign.Campaign) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, root := range []string{"data", "content"} {
		err := fs.WalkDir(fsys, root, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			if s := schemaOf(c, name); s != "" {
				found[name] = s
			} else if i := c.ItemAt(name); i != nil {
				found[name] = "front-" + string(i.Kind) + ".json"
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

func read(t *testing.T, fsys fs.FS, name string) any {
	t.Helper()
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(name, ".md") {
		text = bytes.SplitN(text, []byte("---\n"), 3)[1]
	}
	var n yaml.Node
	if err := yaml.Unmarshal(text, &n); err != nil {
		t.Fatal(err)
	}
	return plain(t, &n)
}

// TestCampaignsFit: every file of the sample and of the small campaign is what
// its schema says.
func TestCampaignsFit(t *testing.T) {
	for _, dir := range []string{"../..", "../review/testdata/campaign"} {
		fsys := os.DirFS(dir)
		c, findings := source.Load(fsys)
		if campaign.HasErrors(findings) {
			t.Fatal(findings)
		}
		schemas := compiled(t, c)
		files := inputs(t, fsys, c)
		if len(files) < 20 {
			t.Fatalf("%s: only %d files", dir, len(files))
		}
		for name, s := range files {
			if err := schemas[s].Validate(read(t, fsys, name)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestFaultsDoNotFit: what the reader refuses, the editor marks while typing.
func TestFaultsDoNotFit(t *testing.T) {
	fsys := os.DirFS("../review/testdata/campaign")
	c, _ := source.Load(fsys)
	schemas := compiled(t, c)
	for name, fault := range map[string]struct{ schema, from, to string }{
		"misspelt key":     {"data/q2/jiaoyu.yaml", "填报单位", "填表单位"},
		"unknown row":      {"data/q2/shichang.yaml", "立案", "立了案"},
		"missing row":      {"data/q2/jiaoyu.yaml", "  抽检（批次）: 0\n", ""},
		"quoted number":    {"data/q2/shichang.yaml", "立案: 8", `立案: "8"`},
		"decimal count":    {"data/q2/shichang.yaml", "立案: 8", "立案: 8.5"},
		"negative":         {"data/q2/shichang.yaml", "立案: 8", "立案: -8"},
		"sum in a county":  {"data/q2/shichang/dongcheng.yaml", "立案: 3", "立案: 汇总"},
		"unknown unit":     {"data/campaign.yaml", "[教体局, 市场监管局]", "[教育局, 市场监管局]"},
		"unknown basis":    {"data/campaign.yaml", "口径: 当期", "口径: 当月"},
		"bad date":         {"data/campaign.yaml", "2026-02-20", "20/02/2026"},
		"disclosure":       {"content/pages/about.md", "主动公开", "公开"},
		"unknown priority": {"content/cases/guoqi-mianbao.md", "案件类型: zhoubian", "案件类型: zhoubain"},
		"missing issuer":   {"content/warnings/xiaolingshi.md", "发布机构: 清河市市场监督管理局\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := fs.ReadFile(fsys, fault.schema)
			if err != nil || !strings.Contains(string(text), fault.from) {
				t.Fatalf("%v: no %q", err, fault.from)
			}
			broken := strings.Replace(string(text), fault.from, fault.to, 1)
			s := schemaOf(c, fault.schema)
			if strings.HasSuffix(fault.schema, ".md") {
				broken = strings.SplitN(broken, "---\n", 3)[1]
				s = "front-" + string(c.ItemAt(fault.schema).Kind) + ".json"
			}
			var n yaml.Node
			if err := yaml.Unmarshal([]byte(broken), &n); err != nil {
				t.Fatal(err)
			}
			if schemas[s].Validate(plain(t, &n)) == nil {
				t.Error("it fits")
			}
		})
	}
}

// TestCorrectionsFit: an entry as the manual has it fits, and one with a slip
// does not.
func TestCorrectionsFit(t *testing.T) {
	c, _ := source.Load(os.DirFS("../review/testdata/campaign"))
	s := compiled(t, c)[schemaOf(c, "data/corrections.yaml")]
	for entry, fits := range map[string]bool{
		"{期次: 第二次, 部门: 教体局, 项目: 检查学校食堂, 原值: 44, 现值: 45, 原因: 漏计, 日期: 2026-05-08}":     true,
		"{期次: 第二次, 部门: 市场监管局, 地区: 本级, 项目: 立案, 原值: 无, 现值: 1, 原因: 漏计, 日期: 2026-05-08}": true,
		"{期次: 第二次, 部门: 市场监管局, 地区: 东城街道, 现值: 撤下, 原因: 误报, 日期: 2026-05-08}":             true,
		"{期次: 第二次, 部门: 教体局, 项目: 检查食堂, 原值: 44, 现值: 45, 原因: 漏计, 日期: 2026-05-08}":       false,
		"{期次: 第二次, 部门: 教体局, 项目: 检查学校食堂, 现值: 45, 原因: 漏计, 日期: 2026-05-08}":             false,
		"{期次: 第二次, 部门: 教体局, 项目: 检查学校食堂, 原值: \"44\", 现值: 45, 原因: 漏计, 日期: 2026-05-08}": false,
		"{期次: 第二次, 部门: 教体局, 项目: 检查学校食堂, 原值: 44, 现值: 45, 日期: 2026-05-08}":             false,
		"{内容: warnings/xiaolingshi, 现值: 撤下, 原因: 误发, 日期: 2026-05-08}":                 true,
		"{内容: warnings/xiaolingshi, 现值: 45, 原因: 误发, 日期: 2026-05-08}":                 false,
		"{内容: warnings/xiaolingshi, 期次: 第二次, 现值: 撤下, 原因: 误发, 日期: 2026-05-08}":        false,
		"{现值: 撤下, 原因: 误发, 日期: 2026-05-08}":                                           false,
		"{期次: 第九次, 部门: 教体局, 项目: 检查学校食堂, 原值: 44, 现值: 45, 原因: 漏计, 日期: 2026-05-08}":     false,
	} {
		var n yaml.Node
		if err := yaml.Unmarshal([]byte("更正:\n  - "+entry), &n); err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(plain(t, &n)); (err == nil) != fits {
			t.Errorf("%s: %v", entry, err)
		}
	}
}

// TestSampleSchemas: the schemas beside the sample are those that the command
// writes, and every data file names its own.
func TestSampleSchemas(t *testing.T) {
	fsys := os.DirFS("../..")
	c, _ := source.Load(fsys)
	files, err := Files(c)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := fs.ReadFile(fsys, Folder+"/"+name)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what wangjian schema writes (%v)", name, err)
		}
	}
	for name, s := range inputs(t, fsys, c) {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(name, "data/") && !strings.Contains(string(text), Modeline(name, s)) {
			t.Errorf("%s does not name its schema", name)
		}
	}
}

// schemaOf names the schema of a data file: "report-gongan.json" for
// data/final/gongan.yaml; "" for a file without one.
func schemaOf(c *campaign.Campaign, file string) string {
	switch file {
	case "data/campaign.yaml":
		return "campaign.json"
	case "data/form.yaml":
		return "form.json"
	case "data/corrections.yaml":
		return "corrections.json"
	case "data/wording.yaml":
		return "wording.json"
	case "data/synonyms.yaml":
		return "synonyms.json"
	}
	for _, r := range c.Rounds {
		if file == "data/"+r.Code+"/release.yaml" {
			return "release.json"
		}
		for _, d := range c.Departments {
			if file == campaign.ReportFile(r, d, nil) {
				return "report-" + d.Code + ".json"
			}
			for _, region := range c.Regions {
				if file == campaign.ReportFile(r, d, region) {
					return "report-" + d.Code + "-region.json"
				}
			}
		}
	}
	return ""
}
