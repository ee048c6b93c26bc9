package forms

import "wangjian/internal/campaign"

// Filled is a region's form as another campaign handed it in.
type Filled struct {
	Round      *campaign.Round
	Department *campaign.Department
	Region     *campaign.Region
	Unit       string // 填报单位
	FiledOn    campaign.Date
	Arrival    Arrival
	Cells      []FilledCell // in the order of the form
}

// FilledCell is a row of it; LastYear is blank where it was not given.
type FilledCell struct {
	Row                *campaign.Row
	Quantity, LastYear campaign.Quantity
	Remark             string
}

// File returns the campaign's file that the form becomes.
func (f Filled) File(c *campaign.Campaign) []byte {
	w := wanted{owner: owner{round: f.Round, department: f.Department, region: f.Region}, unit: f.Unit, filedOn: f.FiledOn, arrival: f.Arrival}
	for _, cell := range f.Cells {
		w.items = append(w.items, item{row: cell.Row, quantity: cell.Quantity, remark: &cell.Remark, lastYear: &cell.LastYear, exact: true})
	}
	return w.fresh(c)
}
