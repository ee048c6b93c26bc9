package source

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

// The one resolver. Whatever names a file that could be published (front matter,
// links, pictures) goes through [reader.address], which looks the name up among
// what stands in content/, and through nothing else. Only what is listed there is
// found: a file that was seen while content/ was read, by its folded name, so
// that a campaign means the same on every disk. Symbolic links are followed to the
// end. An item is found for a link to its page and for nothing else, and nothing
// is found outside content/ or below a hidden folder.
//
// The second pass opens files through [publishable], which refuses again what is
// outside, behind a symbolic link or a source by its content.

// contentFolder holds the items and all that goes out with them.
const contentFolder = "content"

// names are the files and folders of content/ as they stand on the disk.
type names struct {
	folders map[string]map[string]string // a folder's entries by their folded names
	links   map[string]string            // symbolic links, and the file that each leads to in the end
}

func newNames() *names {
	return &names{folders: map[string]map[string]string{"": {contentFolder: contentFolder}}, links: map[string]string{}}
}

// find returns a file or folder as it stands on the disk; false for one that is
// not listed.
func (n *names) find(file string) (found string, ok bool) {
	for part := range strings.SplitSeq(path.Clean(file), "/") {
		name, ok := n.folders[found][campaign.FoldedName(part)]
		if !ok {
			return "", false
		}
		found = path.Join(found, name)
	}
	return found, true
}

// use is how a file is named.
type use int

const (
	asFile    use = iota // in front matter
	asLink               // in a body
	asPicture            // in a body, with a ! in front
)

// fault is why a name leads to nothing that may be published.
type fault struct {
	rule, message, hint string
	meant               string // the file that is, or may be; "" for none
}

// resolution is a name that was resolved, for telling whether it still means the
// same.
type resolution struct {
	From, Name string
	Use        use
	To         campaign.Address
}

// address resolves a name that a file has, and reports one that leads to
// nothing that may be published.
func (r *reader) address(from string, name located, as use) campaign.Address {
	to, wrong := r.names.resolve(from, name.text, as)
	r.resolved = append(r.resolved, resolution{from, name.text, as, to})
	if wrong == nil && to.Attached() != "" {
		wrong = r.sourceFault(name.text, to.File)
	}
	meant := to.File
	if wrong != nil {
		meant = wrong.meant
	}
	r.used[meant] = true
	switch {
	case wrong == nil:
		return to
	case as == asFile:
		r.fail(wrong.rule, name.at, wrong.message, wrong.hint)
	default: // the rest of the text can be judged without the link
		r.findings = append(r.findings, campaign.Finding{Level: campaign.Error, Rule: wrong.rule, At: name.at.Place(), Message: wrong.message, Hint: wrong.hint})
	}
	return campaign.Address{}
}

// file resolves a file's name in front matter; "" after a finding.
func (r *reader) file(from string, name located) string {
	if name.text == "" {
		return ""
	}
	return r.address(from, name, asFile).Attached()
}

// same reports whether everything that was resolved still means what it did.
func (n *names) same(all []resolution) bool {
	return !slices.ContainsFunc(all, func(was resolution) bool {
		to, _ := n.resolve(was.From, was.Name, was.Use)
		return to != was.To
	})
}

// resolve is address without a look into the file.
func (n *names) resolve(from, name string, as use) (campaign.Address, *fault) {
	rule := "link-target"
	if as == asFile {
		rule = "missing-file"
		// A file's own name may hold what a link has to encode.
		if file, ok := n.find(path.Join(path.Dir(from), name)); ok {
			return n.judge(rule, name, file, "", as)
		}
	}
	scheme, file, anchor := campaign.ParseLink(name)
	malformed := scheme != "" || campaign.IsRooted(name)
	switch {
	case name == "":
		return campaign.Address{}, &fault{rule: rule, message: "这个链接没有写地址", hint: "在括号里写上相对路径"}
	case malformed && as == asFile:
		return campaign.Address{}, &fault{rule: rule, message: fmt.Sprintf("“%s”不在 content/ 里", name), hint: "把文件放到这篇内容旁边，这里只写文件名"}
	case malformed:
		return campaign.Address{Scheme: scheme}, nil // link-scheme judges these
	case file == "" && as == asLink:
		return campaign.Address{File: from, Anchor: anchor}, nil
	case file == "":
		return n.judge(rule, name, from, anchor, as)
	}
	file = path.Join(path.Dir(from), file)
	if wrong := outside(rule, name, file, as); wrong != nil {
		return campaign.Address{}, wrong
	}
	found, ok := n.find(file)
	if !ok {
		return campaign.Address{}, n.missing(rule, name, file, from, as)
	}
	return n.judge(rule, name, found, anchor, as)
}

// outside refuses what lies outside content/ or is nobody's input.
func outside(rule, name, file string, as use) *fault {
	parts := strings.Split(file, "/")
	if campaign.FoldedName(parts[0]) != contentFolder || len(parts) == 1 {
		if as == asFile {
			return &fault{rule: rule, message: fmt.Sprintf("“%s”不在 content/ 里", name), hint: "把文件放到这篇内容旁边，这里只写文件名"}
		}
		return &fault{rule: rule, message: fmt.Sprintf("链接“%s”指到了 content/ 以外", name), hint: "只能链接 content/ 里的文件"}
	}
	if n := slices.IndexFunc(parts, ignored); n >= 0 {
		return &fault{rule: rule, message: fmt.Sprintf("“%s”里的 %s 是隐藏的、备份的或程序的文件，不能发布", name, parts[n]), hint: "把要发布的文件用自己的名字放到这篇内容旁边"}
	}
	return nil
}

// judge decides on a file that is there.
func (n *names) judge(rule, name, file, anchor string, as use) (campaign.Address, *fault) {
	if to, isLink := n.links[file]; isLink {
		var ok bool
		if file, ok = n.find(to); !ok {
			return campaign.Address{}, &fault{rule: rule, message: fmt.Sprintf("“%s”是符号链接，指到的不是 content/ 里的文件", name), hint: "把文件本身放进来"}
		}
	}
	switch {
	case n.folders[file] != nil:
		return campaign.Address{}, &fault{rule: rule, message: fmt.Sprintf("“%s”是文件夹，不是文件", name), hint: "写出文件夹里的文件名"}
	case campaign.IsMarkdown(file) && (as != asLink || path.Ext(file) != ".md"):
		return campaign.Address{}, &fault{rule: "attachment-source", message: fmt.Sprintf("“%s”是内容的源文件 %s，里面有审核签字，不能作附件", name, file), hint: sourceHint, meant: file}
	case campaign.IsMarkdown(file) && path.Dir(file) == contentFolder:
		return campaign.Address{}, &fault{rule: rule, message: fmt.Sprintf("链接“%s”指到的 %s 不是一篇内容，不会发布", name, file), hint: "移到它那一类的文件夹里，如 content/pages/", meant: file}
	}
	return campaign.Address{File: file, Anchor: anchor}, nil
}

// missing says that a file is not there, and which may be meant.
func (n *names) missing(rule, name, file, from string, as use) *fault {
	wrong := &fault{rule: rule, message: fmt.Sprintf("没有文件 %s", file), hint: "把文件放到 " + path.Dir(file) + "/ 里，或改正文件名"}
	if as != asFile {
		wrong.message, wrong.hint = fmt.Sprintf("链接“%s”指到的文件不存在", name), "改正路径；路径从本文件所在的文件夹算起"
	}
	if wrong.meant = n.nearest(file); wrong.meant != "" {
		wrong.hint = "是不是“" + relative(from, wrong.meant) + "”？"
	}
	return wrong
}

// nearest returns the file that one that is not there may be meant to be; "" for
// none.
func (n *names) nearest(file string) string {
	folder := ""
	parts := strings.Split(file, "/")
	for i, part := range parts {
		if name, ok := n.folders[folder][campaign.FoldedName(part)]; ok {
			folder = path.Join(folder, name)
			continue
		}
		if campaign.NameFault(part) != "" { // and so as long as anyone likes
			return ""
		}
		near := campaign.Nearest(part, slices.Sorted(maps.Values(n.folders[folder])))
		if near == "" {
			return ""
		}
		found, _ := n.find(path.Join(folder, near, strings.Join(parts[i+1:], "/")))
		return found
	}
	return ""
}

// relative writes a campaign file's path as a link from another file.
func relative(from, to string) string {
	a, b := strings.Split(path.Dir(from), "/"), strings.Split(to, "/")
	n := 0
	for n < len(a) && n < len(b)-1 && a[n] == b[n] {
		n++
	}
	return strings.Repeat("../", len(a)-n) + strings.Join(b[n:], "/")
}

const sourceHint = "源文件不能公开：把要公开的内容另存为 pdf 或 docx 再附上；要指到另一篇内容，在正文里写链接"

// sourceFault refuses a file that is one of the campaign's own sources by what it
// holds.
func (r *reader) sourceFault(name, file string) *fault {
	f, err := r.fsys.Open(file)
	if err != nil {
		return nil // other rules say so
	}
	defer f.Close()
	if what, _ := readSource(f, file); what != "" {
		return &fault{rule: "attachment-source", message: fmt.Sprintf("“%s”里是%s，是源文件，不能作附件", name, what), hint: sourceHint, meant: file}
	}
	return nil
}

// list notes the entries of a folder of content/ by their folded names.
func (n *names) list(dir string, entries map[string]string) {
	if dir == contentFolder || strings.HasPrefix(dir, contentFolder+"/") {
		n.folders[dir] = entries
	}
}
