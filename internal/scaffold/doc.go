// Package scaffold writes what a campaign begins with: an empty campaign, next
// year's from this year's, the sample, and single commented files of each kind.
// What is to be filled in is left empty, so that `check` names it; nothing that
// is written here can be taken for a value.
//
// The keys and their comments come from package format, the examples from the
// sample. A campaign is returned as files by their path; the command writes them.
package scaffold

import (
	"io/fs"
	"path"
	"strings"

	"wangjian/content"
	"wangjian/data"
	"wangjian/internal/campaign"
)

// Files are a campaign's files by their paths. A path that ends in a slash is a
// folder that stays empty.
type Files map[string][]byte

// Examples is the folder of examples, which is never read: a campaign is data/,
// content/ and layouts/.
const Examples = "范例"

// Sample returns the built-in sample campaign.
func Sample() (Files, error) {
	files := Files{}
	for folder, tree := range sample {
		err := fs.WalkDir(tree, ".", func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || path.Ext(name) == ".go" {
				return err
			}
			text, err := fs.ReadFile(tree, name)
			if path.Ext(name) == ".md" {
				text = noted(campaign.KindOf(name), text)
			}
			files[folder+"/"+name] = text
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

var sample = map[string]fs.FS{"data": data.Files, "content": content.Files}

// examples are files of the sample, one of each kind.
var examples = []string{
	"data/campaign.yaml", "data/form.yaml", "data/final/gongan.yaml", "data/final/gongan/360702.yaml", "data/final/release.yaml",
	"content/narratives/final/gongan.md", "content/cases/dingjin-butui.md", "content/warnings/ertong-yongpin.md",
	"content/open/tongzhi.md", "content/commitments/shili-pingtai.md", "content/gallery/lianhe-zhifa.md", "content/pages/about.md", "content/pages/accessibility.md",
}

// addExamples adds one commented example of each kind.
func (f Files) addExamples() error {
	all, err := Sample()
	if err != nil {
		return err
	}
	f[Examples+"/说明.txt"] = []byte(strings.ReplaceAll(aboutExamples, "\n", "\r\n"))
	for _, file := range examples {
		f[Examples+"/"+file] = all[file]
	}
	return nil
}

// aboutExamples has the line ends that old editors of Windows need.
const aboutExamples = `这个文件夹里是每种文件的一个范例，放的位置与正式的文件相同。程序不读它，也不公开，可以整个删去。
范例里的单位、数字、案情都是虚构的示例数据，不要照抄到正式的内容里。

data/campaign.yaml        行动的基本情况
data/form.yaml            统计表有哪些项目
data/final/gongan.yaml    一个部门一期的报表（文件夹是期次，文件名是部门代号）
data/final/gongan/        各县（市、区）的报表
data/final/release.yaml   一期数据的公开信息和审核签字
content/narratives/       工作总结；文件夹是期次，index.md 是全市的总结
content/cases/            典型案例
content/warnings/         消费警示
content/open/             信息公开文件
content/commitments/      信用承诺
content/gallery/          影像资料
content/pages/            专栏自己的页面

新写一篇：wangjian new case|warning|open|commitment|gallery 文件名；全市的总结：wangjian new summary 期次
`
