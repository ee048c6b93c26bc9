package stats

import (
	"crypto/sha256"
	"encoding/binary"

	"wangjian/internal/campaign"
)

// Digest is a hash of all figures of a department as they are shown: names, values,
// 上年同期 and remarks, of every round.
func (t *Table) Digest(d *campaign.Department) [sha256.Size]byte {
	if sum, ok := t.digests.Load(d); ok {
		return sum.([sha256.Size]byte)
	}
	var list []byte
	for _, round := range t.campaign.Rounds {
		for _, row := range t.campaign.Form.RowsOf(d) {
			for _, f := range append([]*Figure{t.Figure(round, row, nil), t.Own(round, row)}, t.Counties(round, row)...) {
				if f != nil {
					list = f.Append(list)
				}
			}
		}
	}
	sum := sha256.Sum256(list)
	t.digests.Store(d, sum)
	return sum
}

// Append appends what is shown of a figure, so that no two different ones append the
// same.
func (f *Figure) Append(list []byte) []byte {
	n := f.Name()
	for _, text := range []string{n.Round, n.Department, n.Region, n.Row, n.Parent, n.Unit, f.Quantity.String(), f.LastYear.String(), f.Remark} {
		list = binary.AppendUvarint(list, uint64(len(text)))
		list = append(list, text...)
	}
	return list
}
