package source

import (
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
)

const correctionsFile = "data/corrections.yaml"

// readCorrections reads data/corrections.yaml, which a campaign has once a
// published figure changed.
func (r *reader) readCorrections() {
	if !r.exists(correctionsFile) {
		return
	}
	r.readObject(correctionsFile, func(o *object) {
		for _, entry := range o.as(format.Corrections).children("更正") {
			if x := r.readCorrection(entry); x != nil {
				r.c.Corrections = append(r.c.Corrections, x)
			}
		}
		o.done()
	})
	slices.SortStableFunc(r.c.Corrections, func(a, b *campaign.Correction) int { return a.On.Compare(b.On) })
}

// readCorrection reads one entry; nil when it does not tell which figure it is
// about.
func (r *reader) readCorrection(o *object) *campaign.Correction {
	defer o.done()
	c := r.c
	x := &campaign.Correction{Keys: campaign.Keys{Start: o.start, At: &campaign.Places{}}}
	for n := 0; n < len(o.node.Content); n += 2 {
		if key := o.node.Content[n].Value; o.entries[key].key == o.node.Content[n] {
			x.Keys.At.Add(key, o.keyAt(key))
		}
	}
	x.Reason, x.On = o.text("原因"), o.date("日期")
	now, ok := o.scalar("现值")
	x.Withdrawn = ok && now.Value == campaign.Withdrawn
	sound := ok && !x.On.IsZero()
	if x.Round = refer(o, "期次", c.Rounds); x.Round == nil {
		sound = false
	}
	// Only what is withdrawn can be a whole form or a whole round.
	if o.needed("部门", !x.Withdrawn) != nil {
		x.Department = refer(o, "部门", c.Departments)
		sound = sound && x.Department != nil
	}
	if v, ok := o.scalar("地区"); ok {
		if x.Own = v.Value == "本级"; !x.Own {
			x.Region = refer(o, "地区", c.Regions)
			sound = sound && x.Region != nil
		}
	}
	item, named := o.neededScalar("项目", !x.Withdrawn)
	old, hasOld := o.neededScalar("原值", named)
	if named && x.Department == nil || !named && !x.Withdrawn {
		sound = false
	}
	if named && sound {
		x.Item = item.Value
		// A row that was taken out of the form can still be withdrawn.
		if !x.Withdrawn || len(c.Form.Find(x.Department, x.Item)) > 0 {
			x.Row = r.findRow(x.Department, x.Item, x.Keys.Of("项目"))
			sound = x.Row != nil
		}
	}
	if !sound {
		return nil
	}
	loose := &campaign.Row{Name: "原值", Decimals: 12}
	row := x.Row
	if row == nil {
		row = loose // the row is gone from the form
	}
	if hasOld {
		x.Old = r.readQuantity(o, o.entries["原值"].key, old, row)
	}
	if !x.Withdrawn {
		x.New = r.readQuantity(o, o.entries["现值"].key, now, row)
	}
	for _, q := range []struct {
		key string
		campaign.Quantity
	}{{"原值", x.Old}, {"现值", x.New}} {
		if q.Kind == campaign.Sum {
			r.fail("sum-place", x.Keys.Of(q.key), "更正里不能写汇总", "写出公布的数")
			return nil
		}
	}
	if named && x.Old.Kind == campaign.Blank || !x.Withdrawn && x.New.Kind == campaign.Blank {
		return nil
	}
	return x
}
