package collect

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/handover"
	"wangjian/internal/inbox"
	"wangjian/internal/publish"
	"wangjian/internal/source"
)

// Bundle is a bundle that was verified.
type Bundle struct {
	Name     string // as its sender has it
	Original *change.Content
	Data     *handover.Data
	*publish.Sealed
}

// Open verifies a bundle of a size and reads its data. Its errors are Chinese. The bundle
// is read where it is, as long as it is used.
func Open(name string, raw io.ReaderAt, size int64) (*Bundle, error) {
	sealed, err := publish.OpenSealed(raw, size)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", name, err)
	}
	original := &change.Content{Size: size, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.NewSectionReader(raw, 0, size)), nil
	}}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(raw, 0, size)); err != nil {
		return nil, fmt.Errorf("%s：%w", name, err)
	}
	sum.Sum(original.Sum[:0])
	text, err := sealed.Read(handover.File)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", name, err)
	}
	data, err := handover.Read(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("%s：%w", name, err)
	}
	return &Bundle{name, original, data, sealed}, nil
}

// asOf is when the bundle was made; it was read before.
func (b *Bundle) asOf() campaign.Moment {
	at, _ := campaign.ParseMoment(b.Data.AsOf)
	return at
}

// Told is what a person says of a bundle.
type Told struct {
	Region    *campaign.Region   // whose it is; nil where its 区划代码 says it
	Pairs     []campaign.Pairing // how something of it stands here
	Confirmed bool               // the table of pairs was looked at
	Replace   bool               // reports and texts that did not come from it before may be written over
	Texts     []string           // 代号 of the texts that are taken over
	On        campaign.Date      // of its arrival
}

// Plan is what would become of a bundle.
type Plan struct {
	Bundle *Bundle
	Told   Told
	Region *campaign.Region
	Before *campaign.Collection // what was collected of the region; nil for nothing
	Pairs  []Pair
	Asks   []Pair // of Pairs, those that nobody has confirmed
	Notes  []string
	Direct []string // reports that were handed in otherwise and would be written over
	// Refused says why nothing of it is taken; nil where it is.
	Refused error

	files    fs.FS
	campaign *campaign.Campaign
	pairs    *pairing
	differs  []string // reports that are there and would be other than they are
	set      *change.Set
	entry    *campaign.Collection
}

// New works out what would become of a bundle in a campaign, whose files are given.
// Whatever is wrong with it is in the plan; the error is that of the disk.
func New(files fs.FS, c *campaign.Campaign, b *Bundle, told Told) (*Plan, error) {
	p := &Plan{Bundle: b, Told: told, files: files, campaign: c, set: change.Of(files)}
	if p.Refused = p.judge(); p.Refused != nil {
		return p, nil
	}
	p.pairs = newPairing(c, b.Data, told.Pairs, p.before().Pairs)
	if p.Pairs = p.pairs.list; !told.Confirmed {
		p.Asks = p.pairs.open()
	}
	p.entry = &campaign.Collection{
		Region: p.Region, Origin: campaign.Origin{Campaign: b.Data.Short, Edition: b.Data.Edition, AsOf: b.asOf(), Digest: b.Digest}, ArrivedOn: told.On, Pairs: p.pairs.kept(),
	}
	if err := p.original(); err != nil {
		return nil, err
	}
	for _, step := range []func() error{p.reports, p.texts, p.record, p.check} {
		if p.Refused = step(); p.Refused != nil {
			break
		}
	}
	return p, nil
}

// original keeps the bundle as it came. One that says what the last has said is that
// one, whatever its name is now.
func (p *Plan) original() error {
	if p.before().Digest == p.Bundle.Digest {
		p.entry.ArrivedOn, p.entry.Original = p.Before.ArrivedOn, p.Before.Original
		if _, err := fs.Stat(p.files, inbox.Received+"/"+p.entry.Original); err == nil {
			return nil
		}
	}
	box, err := inbox.Open(p.files, inbox.Received)
	if err != nil {
		return err
	}
	b := p.Bundle
	if p.entry.Original, err = box.PlaceCopy(p.entry.ArrivedOn, path.Base(b.Name), b.Original); err != nil {
		return err
	}
	return box.KeepCopy(p.set, inbox.Entry{
		On: p.entry.ArrivedOn.String(), File: p.entry.Original, What: "报送材料", Unit: p.Region.Short, Became: source.CollectedFile,
	}, b.Original)
}

// before is what was collected of the region; empty for nothing.
func (p *Plan) before() campaign.Collection {
	if p.Before == nil {
		return campaign.Collection{}
	}
	return *p.Before
}

// Set is the change; nil where the bundle is refused or somebody has to be asked.
func (p *Plan) Set() *change.Set {
	if p.Refused != nil || len(p.Asks) > 0 {
		return nil
	}
	return p.set
}

// judge refuses a bundle that is not for this campaign, whose region is not known, or
// that is older than what was collected.
func (p *Plan) judge() error {
	d, c := p.Bundle.Data, p.campaign
	switch {
	case d.Delivery.Copy != "":
		return fmt.Errorf("这一份是抄送%s的，不参加汇总：请用报送的那一份", d.Delivery.Copy)
	case d.Delivery.Level != string(c.Tier):
		return fmt.Errorf("这一份是%s级编给%s级的，本活动是%s级：逐级报送，不越级汇总，否则会算两次", d.Level, d.Delivery.Level, c.Tier)
	case d.Sample != c.Sample:
		return errors.New("示例的数不能和正式的数放在一起：对方和本活动的“示例”不一样")
	}
	if err := p.findRegion(); err != nil {
		return err
	}
	before := c.CollectionOf(p.Region)
	p.Before = before
	switch {
	case before == nil || before.Digest == p.Bundle.Digest:
		return nil
	case before.Campaign != d.Short && !p.Told.Replace:
		return fmt.Errorf("%s已经汇集了“%s”的报送材料，这一份是“%s”的：确实要换，加 --replace", p.Region.Short, before.Campaign, d.Short)
	case before.AsOf.Compare(p.Bundle.asOf()) > 0:
		return fmt.Errorf("这一份是 %s 编成的，比已经汇集的（%s）早，不收：请用最后编成的", d.AsOf, before.AsOf)
	}
	return nil
}

// findRegion finds whose bundle it is.
func (p *Plan) findRegion() error {
	d, c := p.Bundle.Data, p.campaign
	if d.Division != "" && d.Division == c.DivisionCode() && d.Level == string(c.Tier) {
		return errors.New("这是本活动自己的报送材料")
	}
	by := slices.IndexFunc(c.Regions, func(r *campaign.Region) bool { return d.Division != "" && r.DivisionCode() == d.Division })
	switch p.Region = p.Told.Region; {
	case p.Region != nil && by >= 0 && c.Regions[by] != p.Region:
		return fmt.Errorf("材料的区划代码 %s 是%s的，不是%s的", d.Division, c.Regions[by].Name, p.Region.Name)
	case p.Region != nil:
	case by >= 0:
		p.Region = c.Regions[by]
	default:
		for _, x := range c.Collections {
			if x.Campaign == d.Short {
				p.Region = x.Region
			}
		}
	}
	if p.Region == nil {
		return fmt.Errorf("看不出“%s”是哪个地区的（区划代码 %s）：用 --region 写明", d.Campaign, d.Division)
	}
	return nil
}

// check reads the campaign as it would be: what the bundle brings must read as the
// campaign's own files do.
func (p *Plan) check() error {
	_, findings := source.Load(p.set.FS())
	for _, f := range findings {
		mine := f.Rule == "collected-twice" || slices.ContainsFunc(p.entry.Reports, func(r campaign.CollectedReport) bool { return r.File == f.At.File })
		if f.Level == campaign.Error && mine {
			return fmt.Errorf("%s：%s（%s）", f.At, f.Message, f.Hint)
		}
	}
	return nil
}

// Words says what a bundle is: whose, of when, which edition, its digest.
func (b *Bundle) Words() string {
	words := b.Data.Campaign + "，" + b.Data.AsOf + " 编成"
	if b.Data.Edition > 0 {
		words += fmt.Sprintf("，公布数据第%d版", b.Data.Edition)
	}
	return words + "，校验值 " + b.Digest
}
