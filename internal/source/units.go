package source

import (
	"path"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
)

// unitFolder is a round's folder under data/ or content/narratives/: a file for
// each department, and a folder for its counties'.
type unitFolder struct {
	ext   string // of the files that are read
	read  func(d *campaign.Department, region *campaign.Region, name string)
	other func(name string)            // a file of another kind
	own   map[string]func(name string) // files that are no unit's
}

// readUnits reads a round's folder, or what is within a department's folder of it.
func (r *reader) readUnits(dir string, within *campaign.Department, f unitFolder) {
	for _, e := range r.entries(dir) {
		name, code := dir+"/"+e.Name(), strings.TrimSuffix(e.Name(), f.ext)
		d, region, own := within, r.c.FindRegion(code), (func(string))(nil)
		known := region != nil && region.Code == code
		if within == nil {
			d, region, own = r.c.FindDepartment(code), nil, f.own[e.Name()]
			known = d != nil && d.Code == code
		}
		switch {
		case !e.IsDir() && own != nil:
			own(name)
		case e.IsDir() && within == nil && known && code == e.Name():
			r.readUnits(name, d, f)
		case !e.IsDir() && path.Ext(name) != f.ext:
			f.other(name)
			r.notTaken(name, f.ext, within)
		case !e.IsDir() && known:
			f.read(d, region, name)
		default:
			r.unknownUnit(name, code, within, f, e.IsDir())
			r.notTaken(name, f.ext, within)
		}
	}
}

// unknownUnit reports a file or folder that is no unit's.
func (r *reader) unknownUnit(name, code string, within *campaign.Department, f unitFolder, folder bool) {
	if within != nil {
		r.unknownPath(format.Region, name, code)
		return
	}
	var more []string
	for file := range f.own {
		if !folder {
			more = append(more, strings.TrimSuffix(file, f.ext))
		}
	}
	r.unknownPath(format.Department, name, code, more...)
}

// codes lists the 代号 that a path may have, and returns that of what a name
// refers to, "" for nothing.
func (r *reader) codes(of format.Entity, name string) (list []string, own string) {
	add := func(n campaign.Named) {
		list = append(list, n.Code)
		if own == "" && name != "" && slices.Contains(n.Names(), name) {
			own = n.Code
		}
	}
	for _, d := range r.c.Departments {
		if of == format.Department {
			add(d.Named)
		}
	}
	for _, g := range r.c.Regions {
		if of == format.Region {
			add(g.Named)
		}
	}
	for _, p := range r.c.Rounds {
		if of == format.Round {
			add(p.Named)
		}
	}
	return list, own
}

// rename sets the name of a file to its 代号, where it has one and nothing is there.
func (r *reader) rename(name, code string) campaign.Mend {
	to := path.Dir(name) + "/" + code + path.Ext(name)
	if code == "" || !r.exists(name) || r.exists(to) {
		return campaign.Mend{}
	}
	return campaign.Mend{At: campaign.InFile(name), Path: to}
}

// unknownPath reports a folder or file whose name is no 代号; more are names
// that are right as well.
func (r *reader) unknownPath(of format.Entity, name, base string, more ...string) {
	if r.c.Doubtful[settingsFile] {
		return // the name may be right, and its definition wrong
	}
	codes, own := r.codes(of, base)
	codes = append(codes, more...)
	hint := "可以用的代号：" + strings.Join(codes, "、")
	meant := own
	if near := campaign.Nearest(base, codes); near != "" {
		hint, meant = "是不是“"+near+"”？", near
	}
	if own != "" {
		hint = "路径里要写代号，改名为“" + own + "”"
	}
	if meant != "" {
		r.misnamed(path.Dir(name)+"/"+meant+path.Ext(name), name)
	}
	r.fail("unknown-path", campaign.InFile(name), "“"+base+"”不是"+string(of)+"的代号", hint).Mend = r.rename(name, own)
}
