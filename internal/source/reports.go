package source

import (
	"path"
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

// readReports reads data/<期次>/: the departments' forms, their counties'
// forms, and release.yaml.
func (r *reader) readReports() {
	c := r.c
	for _, e := range r.entries("data") {
		name := "data/" + e.Name()
		switch {
		case e.IsDir() && c.FindRound(e.Name()) == nil:
			r.unknownPath("期次", name, e.Name(), roundCodes(c), codeOf(c.FindRound(e.Name())))
		case !e.IsDir() && name != settingsFile && name != formFile && name != wordingFile && name != correctionsFile:
			r.strayFile(name, []string{"campaign.yaml", "form.yaml", "wording.yaml", "corrections.yaml"})
		}
	}
	for _, round := range c.Rounds {
		if round.Code == "" {
			continue
		}
		dir := "data/" + round.Code
		for _, e := range r.entries(dir) {
			name := dir + "/" + e.Name()
			code := strings.TrimSuffix(e.Name(), ".yaml")
			d := c.FindDepartment(code)
			switch {
			case e.Name() == "release.yaml" && !e.IsDir():
				r.readRelease(round, name)
			case e.IsDir() && d != nil && d.Code == e.Name():
				r.readCounties(round, d, name)
			case !e.IsDir() && path.Ext(name) == ".yaml" && d != nil && d.Code == code:
				r.report(round, d, nil, name)
			case e.IsDir() || path.Ext(name) == ".yaml":
				known := departmentCodes(c)
				if !e.IsDir() {
					known = append(known, "release")
				}
				var own string
				if d != nil {
					own = d.Code
				}
				r.unknownPath("部门", name, code, known, own)
			default:
				r.strayFile(name, nil)
				r.notTaken(name, ".yaml", departmentCode(c, e.Name()))
			}
		}
	}
	r.readBeside()
	slices.SortStableFunc(c.Reports, func(a, b *campaign.Report) int {
		return compareReports(a, b)
	})
}

func compareReports(a, b *campaign.Report) int {
	if d := a.Round.Index - b.Round.Index; d != 0 {
		return d
	}
	if d := a.Department.Index - b.Department.Index; d != 0 {
		return d
	}
	return regionOrder(a.Region) - regionOrder(b.Region)
}

// regionOrder puts the department's own file before its counties'.
func regionOrder(region *campaign.Region) int {
	if region == nil {
		return -1
	}
	return region.Index
}

func codeOf(round *campaign.Round) string {
	if round == nil {
		return ""
	}
	return round.Code
}

func roundCodes(c *campaign.Campaign) (codes []string) {
	for _, x := range c.Rounds {
		codes = append(codes, x.Code)
	}
	return codes
}

func departmentCodes(c *campaign.Campaign) (codes []string) {
	for _, x := range c.Departments {
		codes = append(codes, x.Code)
	}
	return codes
}

func regionCodes(c *campaign.Campaign) (codes []string) {
	for _, x := range c.Regions {
		codes = append(codes, x.Code)
	}
	return codes
}

// unknownPath reports a folder or file whose name is no 代号. own is the right
// 代号 where the name is another name of something that exists.
func (r *reader) unknownPath(what, name, base string, codes []string, own string) {
	if r.c.Doubtful[settingsFile] {
		return // the name may be right, and its definition wrong
	}
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
	r.fail("unknown-path", campaign.InFile(name), "“"+base+"”不是"+what+"的代号", hint)
}

// strayFile reports a file that nothing reads.
func (r *reader) strayFile(name string, known []string) {
	switch ext := path.Ext(name); {
	case ext == ".yml":
		r.fail("unknown-path", campaign.InFile(name), "文件名要以 .yaml 结尾", "改名为“"+strings.TrimSuffix(path.Base(name), ext)+".yaml”")
	case ext == ".yaml":
		hint := "这里可以有：" + strings.Join(known, "、") + " 和各期次的文件夹"
		if near := campaign.Nearest(path.Base(name), known); near != "" {
			hint = "是不是“" + near + "”？"
		}
		r.fail("unknown-path", campaign.InFile(name), "不认识的文件 "+path.Base(name), hint)
	case slices.Contains(sheets, strings.ToLower(ext)):
		r.warn("stray-file", campaign.InFile(name), "这个文件不会被读取", "单位报来的表用 wangjian form import 读成 YAML，原件移走")
	default:
		r.warn("stray-file", campaign.InFile(name), "这个文件不会被读取", "data/ 里只放 YAML 文件；放错了就移走")
	}
}

// readCounties reads data/<期次>/<部门>/<地区>.yaml.
func (r *reader) readCounties(round *campaign.Round, d *campaign.Department, dir string) {
	for _, e := range r.entries(dir) {
		name := dir + "/" + e.Name()
		code := strings.TrimSuffix(e.Name(), ".yaml")
		region := r.c.FindRegion(code)
		switch {
		case !e.IsDir() && path.Ext(name) == ".yaml" && region != nil && region.Code == code:
			r.report(round, d, region, name)
		case e.IsDir() || path.Ext(name) == ".yaml":
			own := ""
			if region != nil {
				own = region.Code
			}
			r.unknownPath("地区", name, code, regionCodes(r.c), own)
		default:
			r.strayFile(name, nil)
			r.notTaken(name, ".yaml", regionCodeOf(r.c, e.Name()))
		}
	}
}

// sheets are the kinds of files of which forms are imported.
var sheets = []string{".xlsx", ".xls", ".et", ".csv"}

// handedIn are the kinds of files in which people hand in forms and narratives,
// which have to be imported first.
var handedIn = append(slices.Clone(sheets), ".doc", ".docx", ".wps", ".pdf", ".txt", ".yml", ".markdown")

// notTaken notes that a unit has handed something in which nothing reads, by the
// unit's 代号 where the file's name tells it.
func (r *reader) notTaken(name, ext, code string) {
	meant := path.Dir(name) + "/" + code + ext
	if code != "" && slices.Contains(handedIn, strings.ToLower(path.Ext(name))) && !r.exists(meant) {
		r.unread[meant] = campaign.InFile(name) // only a warning: what depends on it is judged
	}
}

// stem is a file's name before its first dot.
func stem(name string) string {
	name, _, _ = strings.Cut(name, ".")
	return name
}

func departmentCode(c *campaign.Campaign, file string) string {
	if d := c.FindDepartment(stem(file)); d != nil {
		return d.Code
	}
	return ""
}

func regionCodeOf(c *campaign.Campaign, file string) string {
	if g := c.FindRegion(stem(file)); g != nil {
		return g.Code
	}
	return ""
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
	report.Keys = o.locations()
	report.Unit = o.name("填报单位", true)
	report.FiledOn = o.date("填报日期", true)
	if len(r.c.Form.RowsOf(d)) == 0 {
		if v := o.values["项目"]; v == nil || len(v.Content) == 0 {
			o.known = append(o.known, "项目")
			o.done()
			return
		}
	}
	if cells := o.child("项目", true); cells != nil {
		var strays int
		report.Entries, strays = r.readCells(cells, d, false, region != nil)
		r.missingRows(report, strays)
	}
	if region == nil {
		if own := o.child("本级", false); own != nil {
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
		record = r.readPublication(o)
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
		Disclosure:  o.choice("公开方式", true, campaign.Proactive, campaign.OnRequest, campaign.Withheld),
		PublishedAt: o.moment("发布日期", true),
		UpdatedOn:   o.date("更新日期", false),
		Expires:     o.date("有效期至", false),
	}
	if signs := o.child("审核", true); signs != nil {
		p.Signoffs = make(campaign.Signoffs, 0, len(campaign.Stages))
		for _, stage := range campaign.Stages {
			s := signs.child(string(stage), false)
			if s == nil {
				continue
			}
			sign := campaign.Signoff{By: s.text("人", true), On: s.date("日期", true)}
			if stage == campaign.FinalReview {
				sign.Fingerprint = s.text("指纹", false)
			}
			s.done()
			if sign.By != "" && !sign.On.IsZero() {
				p.Signoffs = append(p.Signoffs, campaign.Signed{Stage: stage, Signoff: sign})
			}
		}
		signs.done()
	}
	p.Keys = o.locations()
	return p
}
