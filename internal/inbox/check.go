package inbox

import (
	"errors"
	"fmt"
	"io/fs"

	"wangjian/internal/campaign"
)

// Originals lists what the register of a campaign's originals has.
func Originals(files fs.FS) ([]Entry, error) {
	text, err := fs.ReadFile(files, Received+"/"+Name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return parse(text)
}

// Check compares the originals of a campaign with the register of them.
func Check(files fs.FS) []campaign.Finding {
	entries, err := Originals(files)
	if err != nil {
		return []campaign.Finding{finding("original-register", 1, "登记读不出："+err.Error(), "从备份恢复 "+Received+"/"+Name)}
	}
	var findings []campaign.Finding
	told := map[Entry]bool{}
	for _, e := range entries {
		once := Entry{File: e.File, Hash: e.Hash}
		if told[once] {
			continue
		}
		told[once] = true
		file := Received + "/" + e.File
		hash, err := hashIn(files, file)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			findings = append(findings, finding("original-missing", e.line, "没有 "+file+became(e), "从备份恢复；确实不要了，也请留着登记"))
		case err != nil:
			findings = append(findings, finding("original-missing", e.line, file+" 读不出", "检查文件是否被别的程序占用，或权限是否正确"))
		case hash != e.Hash:
			findings = append(findings, finding("original-changed", e.line, file+" 和收到时不一样了"+became(e), "原件不要改：从备份恢复；单位重报的，用 import 另外收下"))
		}
	}
	return findings
}

func became(e Entry) string {
	if e.Became == "" {
		return ""
	}
	return fmt.Sprintf("（%s 收到，写成 %s）", e.On, e.Became)
}

func finding(rule string, line int, message, hint string) campaign.Finding {
	at := campaign.Position{File: Received + "/" + Name, Line: line, Column: 1}
	return campaign.Finding{Level: campaign.Warning, Rule: rule, At: at.Place(), Message: message, Hint: hint}
}
