package source

import (
	"cmp"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
	"wangjian/internal/record"
)

// readReports reads data/<期次>/: the departments' forms, their counties'
// forms, and release.yaml.
func (r *reader) readReports() {
	c := r.c
	rounds, _ := r.codes(format.Round, "")
	for _, e := range r.entries("data") {
		name := "data/" + e.Name()
		switch {
		case name == record.Dir: // the publications
		case e.IsDir() && !slices.Contains(rounds, e.Name()):
			r.unknownPath(format.Round, name, e.Name())
		case !e.IsDir() && name != settingsFile && name != formFile && name != wordingFile && name != synonymsFile && name != correctionsFile && name != CollectedFile:
			r.strayFile(name, []string{"campaign.yaml", "form.yaml", "wording.yaml", "synonyms.yaml", "corrections.yaml", "collected.yaml"})
			r.notTaken(name, ".yaml", nil)
		}
	}
	for _, round := range c.Rounds {
		if round.Code != "" {
			r.readUnits("data/"+round.Code, nil, unitFolder{
				ext: ".yaml",
				read: func(d *campaign.Department, region *campaign.Region, name string) {
					r.putOff(name, func(o *reader) { o.readReport(round, d, region, name) })
				},
				other: func(name string) { r.strayFile(name, nil) },
				own:   map[string]func(string){"release.yaml": func(name string) { r.readRelease(round, name) }},
			})
		}
	}
	r.readDeferred()
	slices.SortStableFunc(c.Reports, compareReports)
}

func compareReports(a, b *campaign.Report) int {
	return cmp.Or(a.Round.Index-b.Round.Index, a.Department.Index-b.Department.Index, regionOrder(a.Region)-regionOrder(b.Region))
}

// regionOrder puts the department's own file before its counties'.
func regionOrder(region *campaign.Region) int {
	if region == nil {
		return -1
	}
	return region.Index
}

// strayFile reports a file that nothing reads.
func (r *reader) strayFile(name string, known []string) {
	switch ext := path.Ext(name); {
	case ext != ".yaml" && (strings.EqualFold(ext, ".yml") || strings.EqualFold(ext, ".yaml")):
		to := strings.TrimSuffix(name, ext) + ".yaml"
		f := r.fail("unknown-path", campaign.InFile(name), "文件名要以 .yaml 结尾", "改名为“"+path.Base(to)+"”")
		if !r.exists(to) {
			f.Mend.At, f.Mend.Path = campaign.InFile(name), to
		}
	case ext == ".yaml":
		hint := meant(path.Base(name), known, "这里可以有："+strings.Join(known, "、")+" 和各期次的文件夹")
		r.fail("unknown-path", campaign.InFile(name), "不认识的文件 "+path.Base(name), hint)
	case slices.Contains(sheets, strings.ToLower(ext)):
		r.warn("stray-file", campaign.InFile(name), "这个文件不会被读取", "单位报来的表用 wangjian form import 读成 YAML，原件移走")
	default:
		r.warn("stray-file", campaign.InFile(name), "这个文件不会被读取", "data/ 里只放 YAML 文件；放错了就移走")
	}
}

// sheets are the kinds of files of which forms are imported.
var sheets = []string{".xlsx", ".xls", ".et", ".csv"}

// handedIn are the kinds of files in which people hand in forms and narratives;
// all but two have to be imported first.
var handedIn = append(slices.Clone(sheets), ".doc", ".docx", ".wps", ".pdf", ".txt", ".yml", ".yaml", ".markdown", ".md")

// notTaken notes that a unit has handed something in which nothing reads, as the
// file's name tells. It is the unit's form or narrative in the file's round, or in
// any where the file lies in none; d is the department in whose folder it lies,
// nil for none. What depends on it is judged all the same.
func (r *reader) notTaken(name, ext string, d *campaign.Department) {
	if !slices.Contains(handedIn, strings.ToLower(path.Ext(name))) {
		return
	}
	sent := r.c.SenderOf(name)
	folder := path.Dir(name)
	if d != nil {
		folder = path.Dir(folder)
	}
	folders := []string{folder}
	if r.c.FindRound(path.Base(folder)) == nil {
		folders = nil
		for _, round := range r.c.Rounds {
			if sent.Round == nil || sent.Round == round {
				folders = append(folders, folder+"/"+round.Code)
			}
		}
	}
	for _, folder := range folders {
		for _, meant := range r.unitFiles(folder, sent, d) {
			if _, known := r.unread[meant+ext]; !known && !r.exists(meant+ext) {
				r.unread[meant+ext] = campaign.InFile(name)
			}
		}
	}
}

// unitFiles returns what the files of a sender are called in a round's folder,
// without their extension.
func (r *reader) unitFiles(folder string, sent campaign.Sender, within *campaign.Department) (files []string) {
	for _, d := range r.c.Departments {
		counties := folder + "/" + d.Code
		info, err := fs.Stat(r.fsys, counties)
		has := err == nil && info.IsDir()
		switch {
		case sent.Region != nil && has && (d == within || within == nil && (d == sent.Department || sent.Department == nil)):
			files = append(files, counties+"/"+sent.Region.Code)
		case d == sent.Department && (sent.Region == nil || !has):
			files = append(files, counties)
		}
	}
	return files
}

// readReport reads one filled-in form.
func (r *reader) readReport(round *campaign.Round, d *campaign.Department, region *campaign.Region, file string) {
	var report *campaign.Report
	sound := r.readObject(file, func(o *object) {
		report = &campaign.Report{Round: round, Department: d, Region: region, File: file}
		r.readFilled(report, o)
	})
	if sound {
		r.c.Reports = append(r.c.Reports, report)
	}
}

// readFilled reads what a form is filled in with.
func (r *reader) readFilled(report *campaign.Report, o *object) {
	d, region := report.Department, report.Region
	if o.as(format.Report); region != nil {
		o.as(format.CountyReport)
	}
	report.Keys = o.locations()
	report.Unit = o.text("填报单位")
	report.FiledOn = o.date("填报日期")
	report.ArrivedOn = o.date("收到日期")
	if len(r.c.Form.RowsOf(d)) == 0 {
		if v := o.entries["项目"].value; v == nil || len(v.Content) == 0 {
			o.as(format.CountyReport).done()
			return
		}
	}
	if cells := o.child("项目"); cells != nil {
		var strays int
		report.Entries, strays = r.readCells(cells, d, false, region != nil)
		r.missingRows(report, strays)
	}
	if region == nil {
		if own := o.child("本级"); own != nil {
			report.Own, _ = r.readCells(own, d, true, false)
		}
	}
	o.done()
}

// missingRows reports rows that are not filled in: blank is neither 0 nor 无.
func (r *reader) missingRows(report *campaign.Report, strays int) {
	var missing []*campaign.Row
	for _, row := range r.c.Form.RowsOf(report.Department) {
		if _, ok := report.Entries.Of(row); !ok {
			missing = append(missing, row)
		}
	}
	if len(missing) > strays && !r.c.Doubtful[formFile] {
		for _, row := range missing {
			r.fail("missing-row", campaign.InFile(report.File), "没有填“"+r.c.Form.Key(row)+"”", "在“项目”下补上这一行：没有发生填 0，无此项填 无")
		}
	}
}

// readRelease reads a round's release.yaml.
func (r *reader) readRelease(round *campaign.Round, file string) {
	var record campaign.Release
	sound := r.readObject(file, func(o *object) {
		record = r.readPublication(o.as(format.Release))
		record.Digest = digestFront(o.node)
		o.done()
	})
	if sound {
		round.Release = &record
	}
}

// readPublication reads the record of publication that every item and every
// release carries.
func (r *reader) readPublication(o *object) campaign.Release {
	p := campaign.Release{
		Disclosure:  o.choice("公开方式", ""),
		PublishedAt: o.moment("发布日期"),
		UpdatedOn:   o.date("更新日期"),
		Expires:     o.date("有效期至"),
	}
	if signs := o.child("审核"); signs != nil {
		p.Signoffs = make(campaign.Signoffs, 0, len(campaign.Stages))
		for _, stage := range campaign.Stages {
			s := signs.child(string(stage))
			if s == nil {
				continue
			}
			sign := campaign.Signoff{By: s.text("人"), On: s.date("日期"), Fingerprint: s.text("指纹")}
			s.done()
			if sign.By != "" && !sign.On.IsZero() {
				p.Signoffs = append(p.Signoffs, campaign.Signed{Stage: stage, Signoff: sign})
			}
		}
		signs.done()
	}
	if back := o.child("退回"); back != nil {
		p.Returned = &campaign.Returned{Stage: campaign.Stage(back.choice("环节", "")), By: back.text("人"), On: back.date("日期"), Remark: back.text("意见")}
		back.done()
	}
	p.Keys = o.locations()
	p.Unsure = o.unsure(map[string]bool{
		"公开方式": p.Disclosure != "", "发布日期": !p.PublishedAt.IsZero(), "有效期至": !p.Expires.IsZero(),
		"审核": filledIn(o.entries["审核"].value) == len(p.Signoffs),
	})
	return p
}

// filledIn counts the sign-offs that somebody has begun to write.
func filledIn(signs *yaml.Node) (count int) {
	if signs == nil {
		return 0
	}
	if signs.Kind != yaml.MappingNode && signs.Tag != "!!null" {
		return 1
	}
	for n := 1; n < len(signs.Content); n += 2 {
		if v := signs.Content[n]; v.Tag != "!!null" && (v.Kind != yaml.MappingNode || len(v.Content) > 0) {
			count++
		}
	}
	return count
}

// unsure lists those of some keys that are written and were not read, that are
// written twice, or that an unknown key may mean.
func (o *object) unsure(read map[string]bool) (keys []string) {
	known := o.table.Names(func(format.Key) bool { return true })
	times := map[string]int{}
	for n := 0; n+1 < len(o.node.Content); n += 2 {
		key := o.node.Content[n].Value
		times[key]++
		if !slices.Contains(known, key) {
			times[campaign.Nearest(key, known)] += 2
		}
	}
	for _, key := range slices.Sorted(maps.Keys(read)) {
		if times[key] > 1 || times[key] == 1 && !read[key] {
			keys = append(keys, key)
		}
	}
	return keys
}
