package forms

import (
	"cmp"
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

// owner is whose form a file is.
type owner struct {
	round      *campaign.Round
	department *campaign.Department
	region     *campaign.Region // nil for a department's own
}

// ownerOf works out whose form a file is, from the hidden sheet, from what is
// written above the table, and from what the caller says. All that is known
// must agree; nothing is taken from the file's name.
func (im *importer) ownerOf(t *template, main *table) (o owner, ok bool) {
	if t != nil {
		o = im.templateOwner(t)
	}
	var written owner
	if !im.failed() {
		written = im.writtenOwner(main)
	}
	if im.failed() {
		return o, false
	}
	o.round = im.roundOf(o.round, written.round, t, main)
	o.department = agree(im, "部门", o.department, written.department, im.options.Department, main.cellOf(metaDepartment, im), func(d *campaign.Department) string { return d.Name })
	switch asked := cmp.Or(written.region, im.options.Region); {
	case t == nil || o.region != nil:
		o.region = agree(im, "地区", o.region, written.region, im.options.Region, main.cellOf(metaRegion, im), func(r *campaign.Region) string { return r.Name })
	case asked != nil && o.department != nil:
		im.add(main.cellOf(metaRegion, im), problemf("import-owner", "找对文件，或改正命令里的选项", "地区不对：文件是%s的总表，要的是%s的", o.department.Name, asked.Name))
	}
	if im.failed() {
		return o, false
	}
	im.guess(&o, t, main)
	if o.round == nil {
		im.add(im.whole(), problemf("import-owner", "用 --round 指明，或在表上方写一行“期次：…”", "看不出是哪一期的表"))
	}
	if o.department == nil {
		im.add(im.whole(), problemf("import-owner", "用 --department 指明，或在表上方写一行“部门：…”", "看不出是哪个部门的表"))
	}
	if im.failed() {
		return o, false
	}
	im.checkUnitName(o, t, main)
	return o, !im.failed()
}

// guess fills in what is guessed, and tells where the file says otherwise.
func (im *importer) guess(o *owner, t *template, main *table) {
	g, by := im.options.Guess, "文件名"
	if g.Round != nil && g.Department == nil { // whose name no file's name holds
		by = metaUnit
		unit := im.campaign.SenderOf(main.unit())
		g.Department, g.Region = unit.Department, cmp.Or(g.Region, unit.Region)
	}
	doubt := func(label, hint, format string, args ...any) {
		im.add(main.cellOf(label, im), problemf("import-owner-doubt", hint, format, args...))
	}
	const check = "核对；不对就另外指明"
	if o.round == nil && g.Round != nil {
		o.round = g.Round
		doubt(metaRound, check, "表上没有写是哪一期，按%s导入", g.Round.Name)
	}
	switch {
	case o.department == nil && g.Department != nil:
		o.department, o.region = g.Department, cmp.Or(o.region, g.Region)
		name := o.department.Short
		if o.region != nil {
			name += " " + o.region.Short
		}
		doubt(metaDepartment, check, "表上没有写是哪个部门的，照%s按%s导入", by, name)
	case im.options.Department != nil || g.Department == nil || by != "文件名":
	case o.department != g.Department:
		doubt(metaDepartment, "核对是不是附错了文件", "文件名像是%s的，这份表是%s的", g.Department.Short, o.department.Short)
	case t == nil && o.region == nil && g.Region != nil:
		o.region = g.Region
		doubt(metaRegion, check, "表上没有写是哪个地区的，照文件名按%s导入", g.Region.Short)
	}
}

// roundOf returns the round that the caller says, else the one that the file says.
func (im *importer) roundOf(hidden, written *campaign.Round, t *template, main *table) *campaign.Round {
	at, told := main.cellOf(metaRound, im), im.options.Round
	round := agree(im, "期次", hidden, written, nil, at, func(r *campaign.Round) string { return r.Name })
	if told == nil || im.failed() {
		return round
	}
	name := ""
	switch {
	case round != nil:
		name = round.Name
	case t != nil:
		name = t.round.Name
	}
	if round != told && name != "" {
		im.add(at, problemf("import-round", "核对是不是拿错了另一期的表；没有错就不用管", "表上写的是%s，按 --round 导入为%s", clip(name), told.Name))
	}
	return told
}

// agree returns the one of three that is known, or tells of the first two that
// differ.
func agree[T any](im *importer, what string, hidden, written, told *T, at campaign.Place, name func(*T) string) *T {
	found := hidden
	if written != nil {
		if found != nil && found != written {
			im.add(at, problemf("import-owner", "可能粘贴了别的表；"+exportAnew, "%s不一致：表上写的是%s，隐藏表里记的是%s", what, name(written), name(hidden)))
			return nil
		}
		found = written
	}
	if told != nil {
		if found != nil && found != told {
			im.add(at, problemf("import-owner", "找对文件，或改正命令里的选项", "%s不对：文件是%s的，指定的是%s", what, name(found), name(told)))
			return nil
		}
		found = told
	}
	return found
}

// templateOwner looks up what the hidden sheet says.
func (im *importer) templateOwner(t *template) (o owner) {
	c, at := im.campaign, im.whole()
	if t.campaign != c.Name && (t.number == "" || t.number != c.DocumentNumber) {
		im.add(at, problemf("import-owner", "找对文件，或用 -C 指明活动的文件夹", "这是“%s”的报表，本活动是“%s”", clip(t.campaign), c.Name))
		return o
	}
	unknown := func(n campaign.Named, which string) {
		im.add(at, problemf("import-owner", exportAnew, "这是%s（%s）的报表，本活动没有%s", clip(n.Name), clip(n.Code), which))
	}
	if o.round = c.FindRound(t.round.Code); o.round == nil && im.options.Round == nil {
		unknown(t.round, "这一期")
	}
	if o.department = c.FindDepartment(t.department.Code); o.department == nil {
		unknown(t.department, "这个部门")
	}
	if t.region.Code != "" {
		if o.region = c.FindRegion(t.region.Code); o.region == nil {
			unknown(t.region, "这个地区")
		}
	}
	return o
}

// writtenOwner looks up what stands above the table. What is not there is nil;
// a name that is not the campaign's is a finding.
func (im *importer) writtenOwner(main *table) owner {
	c := im.campaign
	round := func(name string) *campaign.Round { return cmp.Or(c.FindRound(name), im.options.Round) }
	return owner{
		written(im, main, metaRound, round, "这一期"),
		written(im, main, metaDepartment, c.FindDepartment, "这个部门"),
		written(im, main, metaRegion, c.FindRegion, "这个地区"),
	}
}

// written looks up what stands after a label above the table, without what is in
// brackets behind it.
func written[T any](im *importer, t *table, label string, find func(string) *T, which string) *T {
	c := t.meta[label]
	if c == nil {
		return nil
	}
	text, _, _ := strings.Cut(strings.ReplaceAll(c.Text, "(", "（"), "（")
	if text = trim(text); text == "" {
		return nil
	}
	found := find(text)
	if found == nil {
		im.add(im.at(t, c), problemf("import-owner", label+"写 data/campaign.yaml 里的名称", "本活动没有“%s”%s", clip(text), which))
	}
	return found
}

// cellOf returns the place of what stands after a label; the whole file where
// the label is not there.
func (t *table) cellOf(label string, im *importer) campaign.Place {
	if c := t.meta[label]; c != nil {
		return im.at(t, c)
	}
	return im.whole()
}

// unit is what stands as 填报单位.
func (t *table) unit() string {
	if c := t.meta[metaUnit]; c != nil {
		return trim(c.Text)
	}
	return ""
}

// checkUnitName compares 填报单位, which is free text, with the owner: another
// department's exact name is a wrong file, another region's in it a doubt.
func (im *importer) checkUnitName(o owner, t *template, main *table) {
	unit, at := main.unit(), main.cellOf(metaUnit, im)
	if unit == "" {
		return // reported when it is read
	}
	if other := im.campaign.FindDepartment(unit); other != nil && other != o.department {
		im.add(at, problemf("import-owner", "找对文件，或改正填报单位", "填报单位是%s，这份表是%s的", other.Name, o.department.Name))
		return
	}
	for _, other := range im.campaign.Regions {
		if !strings.Contains(unit, other.Name) || other == o.region || slices.ContainsFunc(o.department.Names(), func(n string) bool { return strings.Contains(n, other.Name) }) {
			continue
		}
		switch {
		case o.region != nil && strings.Contains(unit, o.region.Name):
		case o.region != nil:
			im.add(at, problemf("import-owner-doubt", "核对是不是用了别的地区的表", "填报单位“%s”像是%s的，这份表是%s的", clip(unit), other.Name, o.region.Name))
		case t == nil:
			im.add(at, problemf("import-owner", "用 --region "+other.Code+" 指明，或在表上方写一行“地区："+other.Name+"”", "填报单位“%s”像是%s的，表上没有写明地区", clip(unit), other.Name))
		default:
			im.add(at, problemf("import-owner-doubt", "核对是不是把地区的数字填进了总表", "填报单位“%s”像是%s的，这份表是%s的总表", clip(unit), other.Name, o.department.Name))
		}
		return
	}
}
