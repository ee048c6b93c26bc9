package source

import (
	"slices"

	"gopkg.in/yaml.v3"

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
				list := &r.c.Corrections
				if x.Withdraws != "" {
					list = &r.c.Withdrawals
				}
				*list = append(*list, x)
			}
		}
		o.done()
	})
	for _, list := range [][]*campaign.Correction{r.c.Corrections, r.c.Withdrawals} {
		slices.SortStableFunc(list, func(a, b *campaign.Correction) int { return a.On.Compare(b.On) })
	}
}

// readCorrection reads one entry; nil when it does not tell which figure it is
// about.
// flat: one key after another, and what is missing ends it.
func (r *reader) readCorrection(o *object) *campaign.Correction {
	defer o.done()
	x := &campaign.Correction{Keys: campaign.Keys{Start: o.start, At: &campaign.Places{}}}
	for _, key := range o.written() {
		x.Keys.At.Add(key.Value, o.keyAt(key.Value))
	}
	x.Reason, x.On = o.text("原因"), o.date("日期")
	now, ok := o.scalar("现值")
	x.Withdrawn = ok && now.Value == campaign.Withdrawn
	if o.entries["内容"].value != nil {
		return o.withdrawal(x)
	}
	sound := r.readCorrected(o, x) && ok && !x.On.IsZero()
	item, named := o.neededScalar("项目", !x.Withdrawn)
	old, _ := o.neededScalar("原值", named)
	if !sound || named && x.Department == nil || !named && !x.Withdrawn {
		return nil
	}
	if named && !r.readCorrectedRow(x, item.Value) || !r.readValues(o, x, old, now) || named && !x.Late && x.Old.Kind == campaign.Blank {
		return nil
	}
	return x
}

// withdrawal reads an entry that withdraws an item.
func (o *object) withdrawal(x *campaign.Correction) *campaign.Correction {
	name := o.text("内容")
	for _, key := range o.written() {
		if slices.Contains([]string{"期次", "部门", "地区", "项目", "原值"}, key.Value) {
			o.fail(key, "wrong-value", "撤下一篇内容的这一条不能写“"+key.Value+"”", "只写 内容、现值、原因、日期；数的更正另加一条")
			return nil
		}
	}
	if v := o.value("现值"); v != nil && !x.Withdrawn {
		o.fail(v, "wrong-value", "写了“内容”，现值只能是"+campaign.Withdrawn, "写成“现值: "+campaign.Withdrawn+"”；改了内容的重新签，不写在这里")
		return nil
	}
	x.Withdraws = campaign.ItemFile(name)
	if name != "" && x.Withdraws == "" {
		o.fail(o.entries["内容"].value, "wrong-value", "“内容”不是一篇内容的文件："+name, "写它在 content/ 里的路径，如 warnings/x 或 narratives/final/gongan")
	}
	if x.Withdraws == "" || !x.Withdrawn || x.On.IsZero() {
		return nil
	}
	return x
}

// readCorrectedRow finds the row; one that was taken out of the form can still
// be withdrawn.
func (r *reader) readCorrectedRow(x *campaign.Correction, name string) bool {
	x.Item = name
	if x.Withdrawn && len(r.c.Form.Find(x.Department, name)) == 0 {
		return true
	}
	x.Row, _ = r.findRow(x.Department, name, x.Keys.Of("项目"))
	return x.Row != nil
}

// readValues reads the value before, where one is written, and the one now.
func (r *reader) readValues(o *object, x *campaign.Correction, old, now *yaml.Node) bool {
	row := x.Row
	if row == nil { // it is gone from the form
		row = &campaign.Row{Name: "原值", Decimals: 12}
	}
	if x.Late = old != nil && old.Value == campaign.NotReported && !x.Withdrawn; old != nil && !x.Late {
		x.Old = r.readQuantity(o, o.entries["原值"].key, old, row)
	}
	if !x.Withdrawn {
		x.New = r.readQuantity(o, o.entries["现值"].key, now, row)
	}
	return !r.failSum(x, "原值", x.Old) && !r.failSum(x, "现值", x.New) && (x.Withdrawn || x.New.Kind != campaign.Blank)
}

// readCorrected reads which form a correction is about; false where that is
// not written as it should be. Only what is withdrawn can be a whole form or a
// whole round.
func (r *reader) readCorrected(o *object, x *campaign.Correction) bool {
	if o.needed("期次", true) != nil {
		x.Round = refer(o, "期次", r.c.Rounds)
	}
	sound := x.Round != nil
	if o.needed("部门", !x.Withdrawn) != nil {
		x.Department = refer(o, "部门", r.c.Departments)
		sound = sound && x.Department != nil
	}
	if v, ok := o.scalar("地区"); ok {
		if x.Own = v.Value == "本级"; !x.Own {
			x.Region = refer(o, "地区", r.c.Regions)
			sound = sound && x.Region != nil
		}
	}
	return sound
}

// failSum reports 汇总 in the place of a value.
func (r *reader) failSum(x *campaign.Correction, key string, q campaign.Quantity) bool {
	if q.Kind == campaign.Sum {
		r.fail("sum-place", x.Keys.Of(key), "更正里不能写汇总", "写出公布的数")
	}
	return q.Kind == campaign.Sum
}
