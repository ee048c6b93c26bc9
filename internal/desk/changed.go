package desk

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/inbox"
	"wangjian/internal/record"
)

// toldFile is a file of a proposal, told in a sentence; its lines are folded away where
// the program keeps them.
type toldFile struct {
	*change.File
	Words  string // what it is and what happens to it
	Open   bool   // its lines are shown at once
	kept   bool   // the program's own notes, which come last
	Size   string
	Counts string // how many lines
}

// toldFiles tells of the files of a proposal, those of the program's own last. A file
// is named as the campaign has it that will be, else as it was.
func toldFiles(list []*change.File, campaigns ...*campaign.Campaign) []toldFile {
	files := make([]toldFile, len(list))
	for n, f := range list {
		s := toldFile{File: f, Open: true, Size: sizeWords(int(f.Size()))}
		what, kept := fileWords(f.Name, campaigns)
		s.kept = kept
		verb := "改写"
		switch {
		case !f.There:
			verb = "新建"
		case !f.Stays:
			verb = "删去"
		}
		s.Words = verb + what
		added, removed, signs := countLines(f)
		if signs {
			s.Words += "：只写公开方式、日期和签字"
		}
		s.Open = !kept && !signs
		s.Counts = fmt.Sprintf("写上 %d 行，去掉 %d 行", added, removed)
		files[n] = s
	}
	slices.SortStableFunc(files, func(a, b toldFile) int {
		switch {
		case a.kept == b.kept:
			return 0
		case b.kept:
			return -1
		}
		return 1
	})
	return files
}

// signKeys begin the lines that a signature writes.
var signKeys = []string{"审核:", "初审:", "复审:", "终审:", "保密审查:", "退回:", "公开方式:", "发布日期:", "更新日期:"}

// countLines counts the lines that change, and reports whether they are only what a
// signature writes.
func countLines(f *change.File) (added, removed int, signs bool) {
	signs = f.Stays && f.IsText()
	for _, line := range f.Lines() {
		switch line.Sign {
		case "+":
			added++
		case "-":
			removed++
		default:
			continue
		}
		text := strings.TrimSpace(line.Text)
		signs = signs && (text == "" || slices.ContainsFunc(signKeys, func(key string) bool { return strings.HasPrefix(text, key) }))
	}
	return added, removed, signs && added+removed > 0
}

// fileWords says what a file is, and whether it is the program's own note.
func fileWords(name string, campaigns []*campaign.Campaign) (words string, kept bool) {
	base := path.Base(name)
	switch folder, _, _ := strings.Cut(name, "/"); {
	case name == inbox.Received+"/"+inbox.Name:
		return "收件登记：收到了什么、哪天收到的", true
	case folder == inbox.Received:
		return "原件“" + base + "”，原样存着", true
	case folder == inbox.Sent:
		return "发给各单位的“" + base + "”", false
	case strings.HasPrefix(name, record.Dir+"/"):
		return "发布记录", true
	case name == settingsFile:
		return "活动设置", false
	case name == formFile:
		return "统计表的项目", false
	case name == "data/corrections.yaml":
		return "数据更正", false
	}
	for _, c := range campaigns {
		if words := campaignFileWords(name, c); words != "" {
			return words, path.Base(name) == "release.yaml"
		}
	}
	if kind, _ := kindAt(name); kind != "" {
		return kind.Chinese(), false
	}
	return "“" + base + "”", false
}

// campaignFileWords says what a file of the campaign is, "" for another.
func campaignFileWords(name string, c *campaign.Campaign) string {
	if i := c.ItemAt(name); i != nil && i.Title != "" {
		kind, _ := kindAt(name)
		return kind.Chinese() + quoted(i.Title)
	}
	for _, r := range c.Rounds {
		if campaign.ReleaseFile(r) == name {
			return r.Name + "统计数据的公开和签字"
		}
		d := c.DepartmentOf(name)
		if d == nil || !strings.HasPrefix(name, "data/"+r.Code+"/") {
			continue
		}
		if campaign.ReportFile(r, d, nil) == name {
			return r.Name + d.Short + "的统计表"
		}
		for _, region := range c.Regions {
			if campaign.ReportFile(r, d, region) == name {
				return r.Name + d.Short + "的统计表（" + region.Name + "）"
			}
		}
	}
	return ""
}

// sizeWords is a size as a person reads it.
func sizeWords(bytes int) string {
	switch {
	case bytes < 1<<10:
		return fmt.Sprintf("%d 字节", bytes)
	case bytes < 1<<20:
		return fmt.Sprintf("%d KB", (bytes+1<<9)>>10)
	}
	return fmt.Sprintf("%d.%d MB", bytes>>20, bytes>>10%1024*10/1024)
}
