package intake

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

const (
	sourceItem   = "---\n标题: 内部情况\n公开方式: 不予公开\n发布日期: 2026-05-06\n审核:\n  初审: {人: 甲, 日期: 2026-05-05}\n---\n\n正文\n"
	sourceReport = "填报单位: 某局\n填报日期: 2026-05-05\n项目:\n  检查: 3\n"
)

// numbered returns a text with the numbers of its lines.
func numbered(text string) string {
	var b strings.Builder
	for n, line := range strings.Split(text, "\n") {
		fmt.Fprintf(&b, "%3d  %s\n", n+1, line)
	}
	return b.String()
}

// TestSourceIn: a source is told by its bytes, in every kind, however YAML may
// be written, in every encoding that an editor writes, and within other bytes.
func TestSourceIn(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(sourceItem)
	if err != nil {
		t.Fatal(err)
	}
	encoded := func(order unicode.Endianness, mark unicode.BOMPolicy) string {
		s, err := unicode.UTF16(order, mark).NewEncoder().String(sourceReport)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for name, text := range map[string]string{
		"an item":                    sourceItem,
		"with a mark":                "\ufeff" + sourceItem,
		"with CRLF":                  strings.ReplaceAll(sourceItem, "\n", "\r\n"),
		"with CR":                    strings.ReplaceAll(sourceItem, "\n", "\r"),
		"after a blank line":         "\n\n" + sourceItem,
		"after other text":           "备份\n\n" + sourceItem,
		"after another file's bytes": "%PDF-1.4\n\x00\xff\n" + sourceItem,
		"without a fence":            strings.ReplaceAll(sourceItem, "---\n", ""),
		"unsigned":                   "---\n标题: 甲\n公开方式: 不予公开\n---\n正文\n",
		"in braces":                  "---\n{标题: 甲, 公开方式: 不予公开, 审核: {初审: {人: 甲}}}\n---\n",
		"quoted keys":                strings.NewReplacer("公开方式", `"公开方式"`, "审核", "'审核'").Replace(sourceItem),
		"with full-width colons":     strings.ReplaceAll(sourceItem, ": ", "："),
		"quoted in a mail":           "> " + strings.ReplaceAll(sourceItem, "\n", "\n> "),
		"with line numbers":          numbered(sourceItem),
		"as a comparison":            "+" + strings.ReplaceAll(sourceItem, "\n", "\n+"),
		"after full-width blanks":    "　　" + strings.ReplaceAll(sourceItem, "\n", "\n　　"),
		"in a JSON string":           `{"content": "` + strings.ReplaceAll(sourceItem, "\n", `\n`) + `"}`,
		"signatures in blocks":       strings.ReplaceAll(sourceItem, "{人: 甲, 日期: 2026-05-05}", "\n    人: 甲\n    日期: 2026-05-05"),
		"a report in a mail":         "> " + strings.ReplaceAll(sourceReport, "\n", "\n> "),
		"a report, full-width":       strings.ReplaceAll(strings.ReplaceAll(sourceReport, ": ", "："), ":", "："),
		"in GB18030":                 gb,
		"a release record":           "公开方式: 主动公开\n发布日期: 2026-05-06\n审核:\n  初审: {人: 甲, 日期: 2026-05-05}\n",
		"a report":                   sourceReport,
		"a report, keys turned":      "项目:\n  检查: 3\n填报单位: 某局\n",
		"a report in braces":         "{填报单位: 某局, 项目: {检查: 3}}\n",
		"a report with 本级":           "填报日期: 2026-05-05\n本级: # 街道以外\n  检查: 3\n",
		"a report in UTF-16":         encoded(unicode.LittleEndian, unicode.UseBOM),
		"a report in UTF-16, big":    encoded(unicode.BigEndian, unicode.UseBOM),
		"corrections":                "更正:\n  - {期次: 第二次, 部门: 教体局, 现值: 撤下}\n",
		"wording":                    "用语:\n  - {误: 甲乙, 正: 乙甲}\n",
	} {
		if SourceIn([]byte(text)) == "" {
			t.Errorf("%s: not found in %q", name, text)
		}
	}
	root := "../review/testdata/campaign"
	for _, pattern := range []string{"/data/*.yaml", "/data/*/*.yaml", "/data/*/*/*.yaml", "/content/*/*.md", "/content/*/*/*.md", "/content/*/*/*/*.md"} {
		for _, campaign := range []string{root, "../.."} {
			names, err := filepath.Glob(campaign + pattern)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range names {
				if data, err := os.ReadFile(name); err != nil || SourceIn(data) == "" {
					t.Errorf("%s is a source: %v", name, err)
				}
			}
		}
	}
}

// TestWhatIsNoSource: what offices hand out, with the same words in it, and every
// attachment of the sample.
func TestWhatIsNoSource(t *testing.T) {
	for name, text := range map[string]string{
		"a record in print":  "标题：校园食品安全方案\n公开方式：主动公开\n发布日期：2026年5月6日\n审核：某办公室\n",
		"a record, one line": "公开方式: 主动公开\n\n正文\n",
		"a form to fill in":  "填报单位：        填报日期：    年  月  日\n项目,单位,数量\n检查,家,\n",
		"a form in CSV":      "填报单位:,某局\n填报日期:,2026-05-05\n项目,单位,数量\n",
		"published figures":  `{"figures": [{"期次": "第二次", "部门": "教体局", "项目": "检查", "填报单位": "某局", "填报日期": "2026-05-05"}]}`,
		"a rule between":     "一\n---\n二\n标题: 三\n",
		"an agenda":          "会议议程\n标题: 动员部署会\n发布日期: 2026-02-25\n\n---\n第二部分\n",
		"a head in a digest": "---\n标题：某公告\n发布日期：2026年2月25日\n---\n正文\n",
		"a reply to fill in": "公开方式: 依申请公开\n审核: 由信息公开机构填写\n",
		"an approval":        "标题:\n公开方式:\n审核:\n初审人: 甲\n",
		"a form, full-width": "填报单位：\n填报日期：\n项目：\n数量：\n",
		"minutes":            "议题: 审核\n部门: 甲\n期次: 2\n",
		"none":               "",
	} {
		if what := SourceIn([]byte(text)); what != "" {
			t.Errorf("%s is taken for %s", name, what)
		}
	}
	for _, pattern := range []string{"../../content/*/*.pdf", "../../content/*/*.csv", "../../content/*/*.txt", "../../content/*/*.mp4", "testdata/*"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range names {
			if data, err := os.ReadFile(name); err == nil && SourceIn(data) != "" {
				t.Errorf("%s is taken for %s", name, SourceIn(data))
			}
		}
	}
}

// TestSourceWithinADocument: front matter that was pasted into a Word file goes
// out as little as the file itself.
func TestSourceWithinADocument(t *testing.T) {
	var paragraphs strings.Builder
	for line := range strings.Lines(sourceItem) {
		paragraphs.WriteString("<w:p><w:r><w:t>" + strings.TrimSpace(line) + "</w:t></w:r></w:p>")
	}
	data := packed("word/document.xml", `<w:document xmlns:w="w"><w:body>`+paragraphs.String()+`</w:body></w:document>`)
	_, err := Read("a.docx", data)
	if refused, ok := err.(*Refused); !ok || !strings.Contains(refused.What, "审核") {
		t.Errorf("%v", err)
	}
}
