package desk

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/cause"
	"wangjian/internal/project"
)

// startScreen opens a campaign, or makes a new one.
func startScreen() *screen {
	return &screen{
		name: "start", title: "开始", words: "打开或新建一个专项行动；填它的设置。", closed: true,
		data: startData,
		acts: map[string]act{"open": openCampaign, "new": newCampaign},
	}
}

type startPage struct {
	Recent  []string
	Dir     string   // the folder that is looked into
	Parents []folder // from the home folder down to it
	Folders []folder
	Full    bool // it has files: a campaign needs a folder of its own in it
}

type folder struct {
	Name, Path string
	Campaign   bool
}

func startData(r *request) (any, error) {
	p := &startPage{Recent: r.desk.recent()}
	home, err := os.UserHomeDir()
	if err != nil {
		return p, nil // a folder can still be written
	}
	root, err := os.OpenRoot(home)
	if err != nil {
		return p, nil
	}
	defer root.Close()
	below, err := filepath.Rel(home, r.value("in"))
	if err != nil || !filepath.IsLocal(below) {
		below = "."
	}
	entries, err := fs.ReadDir(root.FS(), filepath.ToSlash(below))
	if err != nil {
		return nil, cause.Failed("打开", filepath.Join(home, below), err)
	}
	p.Dir, p.Full = filepath.Join(home, below), len(entries) > 0
	p.Parents = []folder{{Name: "个人文件夹", Path: home}}
	if below != "." {
		parts := strings.Split(below, string(filepath.Separator))
		for n, name := range parts {
			p.Parents = append(p.Parents, folder{Name: name, Path: filepath.Join(append([]string{home}, parts[:n+1]...)...)})
		}
	}
	for _, e := range entries {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		path := filepath.Join(p.Dir, e.Name())
		_, err := os.Stat(filepath.Join(path, filepath.FromSlash(settingsFile)))
		p.Folders = append(p.Folders, folder{e.Name(), path, err == nil})
	}
	return p, nil
}

// openCampaign opens a folder that was chosen or written.
func openCampaign(r *request) (answer, error) {
	dir := strings.Trim(r.value("dir"), `"`) // as Explorer copies a path
	if dir == "" {
		return nil, errors.New("没有写是哪一个文件夹")
	}
	if err := r.desk.open(dir); err != nil {
		return nil, err
	}
	return goTo(ownFolder), nil
}

// beginPage is what a new campaign would begin with.
type beginPage struct {
	Name, In, As, From string // as the form has them
	Dir                string
	Files              []string
}

// newCampaign shows what a new campaign would begin with; after a yes it makes it in a
// folder of its own and opens it.
func newCampaign(r *request) (answer, error) {
	name, in := r.value("name"), r.value("in")
	switch why := campaign.NameFault(name); {
	case name == "":
		return nil, errors.New("要写新文件夹的名字，如 2023网剑行动")
	case why != "" || strings.ContainsAny(name, `/\`) || strings.HasPrefix(name, "."):
		return nil, fmt.Errorf("“%s”不能用作文件夹的名字：%s", name, why)
	case !filepath.IsAbs(in):
		return nil, errors.New("没有选把新文件夹放在哪里")
	}
	begin := project.Beginning{Sample: r.value("as") == "sample"}
	if r.value("as") == "from" {
		if begin.From = strings.Trim(r.value("from"), `"`); begin.From == "" {
			return nil, errors.New("要选照哪一个行动新建")
		}
	}
	dir := filepath.Join(in, name)
	if err := project.CheckEmpty(dir); err != nil {
		return nil, fmt.Errorf("%s %w", dir, err)
	}
	files, err := begin.Files()
	if err != nil {
		return nil, fmt.Errorf("没有新建：%w", err)
	}
	if r.value("sure") == "" {
		return page{"begin", beginPage{Name: name, In: in, As: r.value("as"), From: begin.From, Dir: dir, Files: slices.Sorted(maps.Keys(files))}}, nil
	}
	if err := project.Create(dir, files); err != nil {
		return nil, fmt.Errorf("没有新建 %s：%w", dir, err)
	}
	if err := r.desk.open(dir); err != nil {
		return nil, err
	}
	if begin.Sample {
		return goTo(ownFolder), nil
	}
	return goTo(address("settings")), nil
}
