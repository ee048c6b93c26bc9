package collect

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
	"wangjian/internal/forms"
	"wangjian/internal/handover"
	"wangjian/internal/inbox"
	"wangjian/internal/stats"
)

// reports enters the reports of the bundle's departments as those of its region.
func (p *Plan) reports() error {
	written := map[string]bool{}
	for _, r := range p.Bundle.Data.Reports {
		round, d := p.pairs.rounds[r.Round], p.pairs.departments[r.Department]
		if r.Region != "" || round == nil || d == nil || !slices.ContainsFunc(p.Bundle.Data.Rows, func(row handover.Row) bool {
			return row.Department == r.Department && p.pairs.rows[row.Number] != nil
		}) {
			continue
		}
		if r.Standing != string(stats.Filed) && r.Standing != string(stats.LateFile) {
			p.Notes = append(p.Notes, fmt.Sprintf("%s%s的%s%s，没有写", p.Region.Short, d.Short, round.Name, r.Standing))
			continue
		}
		file, err := p.report(r, round, d)
		if err != nil {
			return err
		}
		written[file] = true
	}
	for _, old := range p.before().Reports {
		if _, err := p.state(old.File); !written[old.File] && err == nil {
			p.differs = append(p.differs, old.File)
			if err := p.replaceable(old.File); err != nil {
				return err
			}
			if err := p.set.Remove(old.File); err != nil {
				return err
			}
		}
	}
	if p.before().AsOf == p.entry.AsOf && len(p.differs) > 0 && p.before().Digest != p.entry.Digest {
		return fmt.Errorf("这一份和已经汇集的都是 %s 编成的，数却不同（%s），分不出先后：请对方重新生成一份", p.entry.AsOf, strings.Join(p.differs, "、"))
	}
	if len(p.Direct) > 0 && !p.Told.Replace {
		return fmt.Errorf("%s另外报来过，或汇集以后改过，一个数只能算一次：%s；要换成报送材料里的，加 --replace；不换的，把那个部门写成“%s”（--map）", p.Region.Short, strings.Join(p.Direct, "、"), format.NotTaken)
	}
	return nil
}

// report enters one report and returns its file.
func (p *Plan) report(r handover.Report, round *campaign.Round, d *campaign.Department) (string, error) {
	f := forms.Filled{Round: round, Department: d, Region: p.Region, Unit: r.Unit, Arrival: forms.Arrival{On: p.entry.ArrivedOn, Original: inbox.Received + "/" + p.entry.Original}}
	f.FiledOn, _ = campaign.ParseDate(r.FiledOn) // it was read before
	if f.Unit == "" {
		f.Unit = p.Region.Name
	}
	given := map[*campaign.Row]handover.Figure{}
	for _, figure := range r.Figures {
		if row := p.pairs.rows[figure.Row]; row != nil {
			given[row] = figure
		}
	}
	paired := map[*campaign.Row]bool{}
	for _, row := range p.pairs.rows {
		paired[row] = true
	}
	for _, row := range p.campaign.Form.RowsOf(d) {
		cell := forms.FilledCell{Row: row, Quantity: campaign.Quantity{Kind: campaign.None}}
		figure, ok := given[row]
		switch {
		case ok:
			var err error
			if cell.Quantity, err = campaign.ParseQuantity(figure.Quantity); err != nil {
				return "", err
			}
			if figure.LastYear != "" {
				if cell.LastYear, err = campaign.ParseQuantity(figure.LastYear); err != nil {
					return "", err
				}
			}
			cell.Remark = p.remark(figure, r)
		case paired[row]:
			return "", fmt.Errorf("%s%s的“%s”没有数：请对方补齐再做一份", round.Name, d.Short, row.Name)
		default:
			cell.Remark = "报来的统计表没有这一项"
		}
		f.Cells = append(f.Cells, cell)
	}
	file, text := campaign.ReportFile(round, d, p.Region), f.File(p.campaign)
	is, err := p.state(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return "", err
	case sameForm(is, text):
		text = is // with the day on which it came first
	default:
		p.differs = append(p.differs, file)
		if err := p.replaceable(file); err != nil {
			return "", err
		}
	}
	if err := p.set.Write(file, text); err != nil {
		return "", err
	}
	p.entry.Reports = append(p.entry.Reports, campaign.CollectedReport{File: file, Digest: inbox.HashOf(text), Within: p.within(r)})
	return file, nil
}

var arrival = regexp.MustCompile(`(?m)^收到日期:.*$`)

// sameForm reports whether two reports differ at most in the day of their arrival.
func sameForm(a, b []byte) bool {
	return bytes.Equal(arrival.ReplaceAll(a, nil), arrival.ReplaceAll(b, nil))
}

// remark is that of a figure, and what its sum is without.
func (p *Plan) remark(f handover.Figure, r handover.Report) string {
	if !f.Sum || len(r.Without) == 0 {
		return f.Remark
	}
	words := fmt.Sprintf("不含没有报来的%d个%s", len(r.Without), campaign.Tier(p.Bundle.Data.Level).LowerUnits())
	return strings.Trim(f.Remark+"；"+words, "；")
}

// within lists the regions below that a department's whole is made of.
func (p *Plan) within(whole handover.Report) (codes []string) {
	for _, r := range p.Bundle.Data.Reports {
		if r.Region != "" && r.Round == whole.Round && r.Department == whole.Department && len(r.Figures) > 0 {
			code := r.Region
			codes = append(codes, code)
		}
	}
	return codes
}

// state is a file as it is now.
func (p *Plan) state(file string) ([]byte, error) { return fs.ReadFile(p.files, file) }

// replaceable refuses to write over a file that is not as an earlier edition of the
// bundle wrote it, unless a person says so: a report that came in otherwise, or was
// edited since.
func (p *Plan) replaceable(file string) error {
	is, err := p.state(file)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(p.before().Reports, func(r campaign.CollectedReport) bool {
		return r.File == file && r.Digest == inbox.HashOf(is)
	}) {
		return nil
	}
	p.Direct = append(p.Direct, file)
	return nil
}
