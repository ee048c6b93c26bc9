package source

import (
	"cmp"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
)

const settingsFile = "data/campaign.yaml"

var (
	// siteCodeForm is 网站标识码 as 国办函〔2014〕92号 numbers sites.
	siteCodeForm = regexp.MustCompile(`^(\d{10}|bm\d{8}|N\d{9})$`)
)

// readSettings reads data/campaign.yaml; false when it could not be read at
// all.
func (r *reader) readSettings() bool {
	c := r.c
	if !r.exists(settingsFile) {
		r.fail("missing-file", campaign.InFile(settingsFile), "没有 data/campaign.yaml", "在活动文件夹里运行，或用 -C 指出它；新建活动用 wangjian new")
		c.Keys = campaign.Keys{Start: campaign.InFile(settingsFile)}
		return false
	}
	read := false
	r.readObject(settingsFile, func(o *object) {
		read = true
		r.readCampaign(o.as(format.Campaign))
	})
	if !read {
		c.Keys = campaign.Keys{Start: campaign.InFile(settingsFile)}
	}
	return read
}

func (r *reader) readCampaign(o *object) {
	c := r.c
	c.Keys = o.locations()
	c.Version = o.integer("版本", 1)
	c.Name = o.text("名称")
	c.Short = o.text("简称")
	if c.Short == "" {
		c.Short = c.Name
	}
	c.DocumentNumber = o.text("文号")
	c.IssuedOn = o.date("印发日期")
	c.Sample = o.boolean("示例")
	c.ReferenceDate = o.date("基准日")
	if !c.ReferenceDate.IsZero() && !c.Sample {
		r.fail("reference-date", c.Keys.Of("基准日"), "只有示例（示例: true）才能写基准日", "删去“基准日”一行：正式活动以当天为准，或用 --date 指定")
	}
	r.readSite(o.child("站点"))
	c.Tier = campaign.Tier(o.choice("层级", string(campaign.City)))
	c.Division = o.division()
	if l := o.child("数据许可"); l != nil {
		c.Licence = campaign.Licence{Name: l.text("名称"), URL: l.address("网址")}
		l.done()
	}
	c.LedgerPublic = o.boolean("台账公开")
	c.OFD = o.boolean("公开OFD")
	c.Openness = campaign.Openness(o.choice("地区公开", string(campaign.InOrder)))
	c.PartyNames = o.choice("当事人公示", "隐名")
	r.readReviewers(o.child("审核人"))
	r.readIndexPattern(o)
	r.readPublicity(o.child("公示"))
	r.readTargets(o.child("发布"))
	if sub := o.child("报送"); sub != nil {
		c.Submission = campaign.Submission{Superior: sub.text("上级"), Copies: words(sub.texts("抄送"))}
		sub.done()
	}

	for i, d := range o.children("部门") {
		c.Departments = append(c.Departments, &campaign.Department{Named: r.readNamed(d), Index: i})
		d.done()
	}
	checkNames(r, "部门", c.Departments, func(d *campaign.Department) campaign.Position { return d.At })
	for i, g := range o.children("地区") {
		region := &campaign.Region{Named: r.readNamed(g), Population: g.integer("人口", 0), Shops: g.integer("商户数", 0), Index: i, Division: g.division()}
		r.readPlace(g, region)
		g.done()
		c.Regions = append(c.Regions, region)
	}
	checkNames(r, "地区", c.Regions, func(g *campaign.Region) campaign.Position { return g.At })
	r.checkMap(o)
	c.Lead = refer(o, "牵头部门", c.Departments)
	r.readPriorities(o)
	r.readPhases(o)
	r.readRounds(o)
	for _, p := range o.children("发布预告") {
		c.Forthcoming = append(c.Forthcoming, campaign.Forthcoming{
			Name: p.text("名称"), On: p.date("日期"), Announced: p.date("预告日期"), Round: refer(p, "期次", c.Rounds),
			At: cmp.Or(p.keyAt("日期"), p.start),
		})
		p.done()
	}
	slices.SortStableFunc(c.Forthcoming, func(a, b campaign.Forthcoming) int { return a.On.Compare(b.On) })
	o.done()
}

// named looks up a name that a key has; nil after a finding.
func named[T campaign.Entity](o *object, key string, name located, list []T) T {
	found := campaign.Find(list, name.text)
	if found != nil || o.file != settingsFile && o.r.c.Doubtful[settingsFile] {
		return found // the name may be right, and its definition wrong
	}
	what := string(o.key(key).Refers)
	names := campaign.NamesOf(list)
	f := o.r.fail("unknown-name", name.at, fmt.Sprintf("没有叫“%s”的%s", name.text, what), meant(name.text, names, "改成 data/campaign.yaml 里有的"+what))
	if near := campaign.Meant(name.text, names, 1); near != "" {
		f.Mend = name.at.Mend(name.text, near)
	}
	return nil
}

func (r *reader) readSite(o *object) {
	if o == nil {
		return
	}
	s := &r.c.Site
	s.Name = o.text("名称")
	s.Domain = o.text("域名")
	s.URL = o.text("网址")
	s.Code = o.text("标识码")
	s.Host = o.text("主办单位")
	s.Phone = o.text("联系电话")
	s.Operator = o.text("承办单位")
	s.Address = o.text("地址")
	s.ICP = o.text("ICP备案号")
	s.Police = o.text("公安备案号")
	s.OrganURL = o.address("党政机关标识")
	if p := o.child("上级站点"); p != nil {
		s.PortalName, s.PortalURL = p.text("名称"), p.address("网址")
		p.done()
	}
	s.ReportLink = o.text("找错链接")
	s.ArchivedOn = o.date("归档日期")
	s.Hotline = o.text("投诉热线")
	s.HotlineName = o.text("投诉热线名称")
	o.done()
	s.HotlineName = cmp.Or(s.HotlineName, hotlineName(s.Hotline))
	s.Hotline = cmp.Or(s.Hotline, "12315")
	r.checkAddress(s)
}

func hotlineName(hotline string) string {
	if hotline == "" {
		return "12315消费者投诉举报热线"
	}
	return hotline + "投诉举报热线"
}

// checkAddress checks where the site is, and makes its address whole.
func (r *reader) checkAddress(s *campaign.Site) {
	if s.Code != "" && !siteCodeForm.MatchString(s.Code) {
		r.fail("site-code", r.c.Keys.Of("站点.标识码"), fmt.Sprintf("网站标识码“%s”的格式不对", s.Code), "应为 10 位数字、bm 加 8 位数字或 N 加 9 位数字，并加引号")
	}
	if s.Domain != "" && strings.ContainsAny(s.Domain, "/: ") {
		r.fail("wrong-value", r.c.Keys.Of("站点.域名"), fmt.Sprintf("域名“%s”不对", s.Domain), "只写域名，如 www.example.gov.cn；带路径的地址写在“网址”里")
	}
	if s.Addressed = s.URL != ""; !s.Addressed {
		s.URL = "https://" + s.Domain + "/"
	} else if u, ok := webAddress(s.URL); !ok || u.RawQuery != "" || u.Fragment != "" {
		r.fail("wrong-value", r.c.Keys.Of("站点.网址"), fmt.Sprintf("网址“%s”不对", s.URL), "写成 https://域名/子路径/")
	}
	if !strings.HasSuffix(s.URL, "/") {
		s.URL += "/"
	}
}

// address reads an address of the web.
func (o *object) address(key string) string {
	v, ok := o.scalar(key)
	if !ok {
		return ""
	}
	if _, sound := webAddress(v.Value); !sound {
		o.fail(v, "wrong-value", fmt.Sprintf("%s“%s”不对", key, v.Value), "写成 https://…")
	}
	return v.Value
}

// division reads 区划代码.
func (o *object) division() string {
	v, ok := o.scalar("区划代码")
	if ok && !campaign.DivisionForm.MatchString(v.Value) {
		o.fail(v, "wrong-value", fmt.Sprintf("区划代码“%s”不对", v.Value), "写 GB/T 2260 的 6 位数字（乡镇、街道是 9 位），加引号，如 \"360702\"")
		return ""
	}
	if !ok {
		return ""
	}
	return v.Value
}

func webAddress(s string) (*url.URL, bool) {
	u, err := url.Parse(s)
	return u, err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}

func (r *reader) readReviewers(o *object) {
	if o == nil {
		return
	}
	r.c.Reviewers = map[campaign.Stage][]string{}
	for _, stage := range campaign.Stages {
		r.c.Reviewers[stage] = words(o.texts(string(stage)))
	}
	o.done()
}

// Destinations returns where a campaign is published to, by its 发布.
func Destinations(fsys fs.FS) []campaign.Destination {
	r := newReader(fsys, nil)
	r.readSettings()
	return r.c.Targets
}

// readTargets reads where the site is published to, each place by its own name.
func (r *reader) readTargets(o *object) {
	if o == nil {
		return
	}
	for _, name := range o.written() {
		place := o.child(name.Value)
		if place == nil {
			continue
		}
		d := campaign.Destination{
			Name: name.Value, Package: place.text("上传包"), Address: place.address("网址"),
			SFTP: place.sftp(), Bucket: place.bucket(),
		}
		ways := d.Ways()
		if v, ok := place.neededScalar("文件夹", ways == 0); ok {
			d.Folder = strings.TrimSpace(v.Value)
		}
		switch {
		case ways > 1:
			r.fail("wrong-value", place.start, fmt.Sprintf("“%s”写了几种送法", d.Name), "上传包、SFTP、对象存储留一种；要送到几处的，在“发布”里各写一处，各取一个名字")
		case d.Folder == "" && d.IsRemote():
			d.Folder = campaign.UsualFolder
		}
		r.c.Targets = append(r.c.Targets, d)
		place.done()
	}
}

// sftp reads a folder of an SFTP server; nil for none.
func (o *object) sftp() *campaign.SFTPServer {
	s := o.child("SFTP")
	if s == nil {
		return nil
	}
	d := &campaign.SFTPServer{
		Host: s.text("主机"), Port: s.integer("端口", 22), User: s.text("用户"), Dir: s.text("目录"),
		HostKey: s.text("主机公钥"), KeyFile: s.text("私钥"),
	}
	if v, ok := s.scalar("私钥"); ok && !strings.HasPrefix(d.KeyFile, "~/") && !filepath.IsAbs(d.KeyFile) && !path.IsAbs(d.KeyFile) {
		s.fail(v, "secret-written", "私钥不能放在专项行动的文件夹里：它会随资料存进版本库、拷给别人", "把私钥文件移到自己的文件夹，写成 ~/.ssh/文件名 或完整的路径")
	}
	if v, ok := s.scalar("主机公钥"); ok && !campaign.HostKeyForm.MatchString(d.HostKey) {
		s.fail(v, "wrong-value", "主机公钥读不出来", "写成 ssh-ed25519 AAAA… 一行；不知道的先不写，试一遍，程序报出它来，再向管服务器的人核对")
	}
	s.done()
	return d
}

// bucket reads a folder of object storage; nil for none.
func (o *object) bucket() *campaign.Bucket {
	s := o.child("对象存储")
	if s == nil {
		return nil
	}
	d := &campaign.Bucket{
		Endpoint: s.address("服务地址"), Bucket: s.text("桶"), Dir: s.text("目录"), Region: s.text("区域"), KeyID: s.text("访问密钥ID"),
		Addressing: campaign.Addressing(s.choice("寻址", string(campaign.ByDomain))), SignsPayload: s.boolean("载荷签名"),
		ForbidOverwrite: s.text("禁止覆盖"), Plain: s.boolean("不压缩"),
	}
	if d.Region == "" {
		d.Region = "us-east-1"
	}
	if u, sound := webAddress(d.Endpoint); sound && (u.User != nil || strings.Trim(u.Path, "/") != "") {
		s.r.fail("wrong-value", s.keyAt("服务地址"), "服务地址只写服务，不写用户、密码和路径", "写成 https://域名，桶和目录写在“桶”和“目录”里")
	}
	s.done()
	return d
}

func (r *reader) readPublicity(o *object) {
	if o == nil {
		return
	}
	p := &r.c.Publicity
	p.System = o.text("系统名称")
	p.URL = o.address("网址")
	if columns := o.child("列"); columns != nil {
		p.Columns = map[string]string{}
		for _, item := range campaign.SummaryItems {
			if name := columns.text(item); name != "" {
				p.Columns[item] = name
			}
		}
		columns.done()
	}
	o.done()
}

func (r *reader) readIndexPattern(o *object) {
	r.c.IndexPattern = campaign.DefaultIndexPattern
	v, ok := o.scalar("索引号格式")
	if !ok {
		return
	}
	pattern, err := regexp.Compile("^(?:" + v.Value + ")$")
	if err != nil {
		o.fail(v, "wrong-value", "索引号格式不是正确的正则表达式", "例：'^[0-9A-Z]{18}/\\d{4}-\\d{5}$'，放在单引号里")
		return
	}
	r.c.IndexPattern = pattern
}

// readNamed reads what departments, regions, priorities and rounds share.
func (r *reader) readNamed(o *object) campaign.Named {
	n := campaign.Named{Code: o.text("代号"), Name: o.text("名称"), Short: o.text("简称"), At: o.start}
	n.Aliases = words(o.texts("别名"))
	if n.Short == "" {
		n.Short = n.Name
	}
	if n.Code != "" && (!campaign.IsCode(n.Code) || n.Code == "index" || n.Code == "release") {
		r.fail("code", o.keyAt("代号"), fmt.Sprintf("代号“%s”不能用在文件名和网址里", n.Code), "用字母、数字和短横，如 gongan")
	}
	return n
}

// readPlace reads a region's tile on the map.
func (r *reader) readPlace(o *object, region *campaign.Region) {
	column, row, ok := o.pair("位置")
	if !ok {
		return
	}
	if column < 1 || row < 1 || column > campaign.MapColumns || row > campaign.MapRows {
		r.fail("map-place", o.keyAt("位置"), fmt.Sprintf("%s的位置 [%d, %d] 不在分格图里", region.Short, column, row),
			fmt.Sprintf("写成 [列, 行]：列是 1 到 %d，行是 1 到 %d，左上角是 [1, 1]", campaign.MapColumns, campaign.MapRows))
		return
	}
	for _, other := range r.c.Regions {
		if other.Column == column && other.Row == row {
			r.fail("map-place", o.keyAt("位置"), fmt.Sprintf("%s和%s的位置都是 [%d, %d]（第 %d 行已有）", region.Short, other.Short, column, row, other.At.Line), "改掉其中一个")
			return
		}
	}
	region.Column, region.Row = column, row
}

// checkMap reports the regions that have no tile where others have one.
func (r *reader) checkMap(o *object) {
	written := func(n int) bool { return !o.keyAt(fmt.Sprintf("地区.%d.位置", n)).IsZero() }
	any := false
	for n := range r.c.Regions {
		any = any || written(n)
	}
	for n, region := range r.c.Regions {
		if any && !written(n) {
			r.warn("map-gap", region.At, region.Short+"没有写位置，各地区的分格图画不出来", "补上“位置: [列, 行]”；都不写就只列表，不画图")
		}
	}
}

// checkNames reports a name that two entries share; an entry may repeat its
// own.
func checkNames[T campaign.Entity](r *reader, what string, list []T, at func(T) campaign.Position) {
	owner := map[string]int{}
	for i, one := range list {
		for _, name := range one.Names() {
			if name == "" {
				continue
			}
			if first, taken := owner[name]; taken && first != i {
				r.fail("duplicate-name", at(one), fmt.Sprintf("两个%s都叫“%s”（第 %d 行已有）", what, name, at(list[first]).Line), "改掉其中一个，或从别名里删去")
				break
			}
			owner[name] = i
		}
	}
}

func (r *reader) readPriorities(o *object) {
	c := r.c
	for i, p := range o.children("工作重点") {
		priority := &campaign.Priority{Named: r.readNamed(p), Summary: p.text("摘要"), Index: i}
		for _, unit := range p.texts("责任单位") {
			if d := named(p, "责任单位", unit, c.Departments); d != nil {
				priority.Units = append(priority.Units, d)
			}
		}
		p.done()
		c.Priorities = append(c.Priorities, priority)
	}
	checkNames(r, "工作重点", c.Priorities, func(p *campaign.Priority) campaign.Position { return p.At })
}

func (r *reader) readPhases(o *object) {
	for _, p := range o.children("阶段") {
		phase := &campaign.Phase{Name: p.text("名称"), From: p.date("起"), To: p.date("止"), Summary: p.text("摘要"), At: p.start}
		p.done()
		if !phase.From.IsZero() && !phase.To.IsZero() && phase.To.Before(phase.From) {
			r.fail("date-order", p.keyAt("止"), fmt.Sprintf("阶段“%s”的止（%s）早于起（%s）", phase.Name, phase.To, phase.From), "核对两个日期")
		}
		r.c.Phases = append(r.c.Phases, phase)
	}
}

func (r *reader) readRounds(o *object) {
	c := r.c
	for i, p := range o.children("期次") {
		round := &campaign.Round{Named: r.readNamed(p), Deadline: p.date("截止"), Index: i}
		round.Basis = campaign.Basis(p.choice("口径", ""))
		round.MinimumCases = p.integer("典型案例不少于", 0)
		p.done()
		if i > 0 {
			round.Previous = c.Rounds[i-1]
			if before := round.Previous.Deadline; !before.IsZero() && !round.Deadline.IsZero() && !round.Deadline.After(before) {
				r.fail("date-order", p.keyAt("截止"), fmt.Sprintf("期次“%s”的截止（%s）不晚于前一期（%s）", round.Name, round.Deadline, before), "期次按先后排列，截止日期一期比一期晚")
			}
		}
		c.Rounds = append(c.Rounds, round)
	}
	checkNames(r, "期次", c.Rounds, func(p *campaign.Round) campaign.Position { return p.At })
}
