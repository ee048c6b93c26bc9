package source

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
)

// CollectedFile lists what came from below; a campaign has it once something did.
const CollectedFile = "data/collected.yaml"

// readCollected reads data/collected.yaml and compares it with the reports.
func (r *reader) readCollected() {
	if !r.exists(CollectedFile) {
		return
	}
	r.readObject(CollectedFile, func(o *object) {
		for _, entry := range o.as(format.Collected).children("汇集") {
			if x := readCollection(entry, r.c); x != nil {
				r.c.Collections = append(r.c.Collections, x)
			}
		}
		o.done()
	})
	for _, x := range r.c.Collections {
		r.checkCollected(x)
	}
}

// readCollection reads an entry; nil where it does not tell which region it is of.
func readCollection(o *object, c *campaign.Campaign) *campaign.Collection {
	defer o.done()
	x := &campaign.Collection{
		Region: refer(o, "地区", c.Regions),
		Origin: campaign.Origin{Campaign: o.text("活动"), Edition: o.integer("版次", 0), AsOf: o.moment("时点"), Digest: o.text("校验值")}, ArrivedOn: o.date("收到日期"), Original: o.text("原件"), At: o.start,
	}
	for _, pair := range o.children("对照") {
		p := campaign.Pairing{What: pair.choice("种类", ""), Below: pair.text("下级"), Name: pair.text("名称"), Own: pair.text("本级")}
		for _, code := range []*string{&p.Below, &p.Own} {
			if *code == format.NotTaken {
				*code = ""
			}
		}
		x.Pairs = append(x.Pairs, p)
		pair.done()
	}
	for _, one := range o.children("报表") {
		x.Reports = append(x.Reports, campaign.CollectedReport{File: one.text("文件"), Digest: one.text("校验值"), Within: words(one.texts("含地区"))})
		one.done()
	}
	for _, one := range o.children("取用") {
		x.Texts = append(x.Texts, campaign.CollectedText{File: one.text("文件"), Name: one.text("来自"), Digest: one.text("校验值")})
		one.done()
	}
	if x.Region == nil {
		return nil
	}
	if c.CollectionOf(x.Region) != nil {
		o.r.fail("collected-twice", o.start, x.Region.Name+"有两条汇集", "只留后编成的一条")
		return nil
	}
	return x
}

// checkCollected compares what came in a bundle with the reports that are there.
func (r *reader) checkCollected(x *campaign.Collection) {
	for _, one := range x.Reports {
		raw, err := fs.ReadFile(r.fsys, one.File)
		sum := sha256.Sum256(raw)
		isSame := err == nil && "sha256:"+hex.EncodeToString(sum[:]) == one.Digest
		switch {
		case err != nil:
			r.warn("collected-changed", x.At, fmt.Sprintf("%s报送材料里来的 %s 不见了", x.Region.Short, one.File), "再汇集一次，或从备份恢复")
		case !isSame:
			r.warn("collected-changed", campaign.InFile(one.File), fmt.Sprintf("这份报表来自%s的报送材料，汇集以后改过，或另外收到过", x.Region.Short), "核对留哪一份：要报送材料里的，用 wangjian collect --replace 再汇集一次")
		}
		round, d, region := r.c.UnitOf(one.File)
		if round == nil || d == nil {
			continue
		}
		if n := slices.Index(r.c.Reports, r.c.Report(round, d, region)); n >= 0 && isSame {
			report := *r.c.Reports[n] // the next reading may have the same one
			report.Origin = &x.Origin
			r.c.Reports[n] = &report
		}
		for _, code := range one.Within {
			region := campaign.Find(r.c.Regions, code)
			if region == nil || region == x.Region {
				continue
			}
			if n := slices.IndexFunc(r.c.Reports, func(p *campaign.Report) bool {
				return p.Round == round && p.Department == d && p.Region == region
			}); n >= 0 {
				r.fail("collected-twice", campaign.InFile(r.c.Reports[n].File), fmt.Sprintf("%s%s的数报了两次：这份报表，和%s报送材料里来的 %s 都含它", region.Short, d.Short, x.Region.Short, one.File),
					"只留一处：删去这份报表，或请"+x.Region.Short+"重做不含它的报送材料")
			}
		}
	}
}
