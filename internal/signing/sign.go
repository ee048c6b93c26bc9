package signing

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/forms"
	"wangjian/internal/project"
	"wangjian/internal/review"
)

// Signature is a signature that is to be written into a file.
type Signature struct {
	Signable
	review.Signing
	Fingerprint string
	There       bool // the same signature is there already, and nothing is written
}

// Refused: files that cannot be signed. Then none is.
type Refused struct {
	List []Refusal
}

// Refusal is a file with what is against its being signed.
type Refusal struct {
	File    string
	Against []string
}

func (r *Refused) Error() string {
	return fmt.Sprintf("有 %d 个文件不能签，一个也没有签", len(r.List))
}

// Sign notes the signatures of a stage in files, as of the campaign's day. The set is
// to hold the files as they were before the campaign was loaded ([change.Set.Hold]),
// so that what an editor saves meanwhile stays. Its error is a *[Faults] or a
// *[Refused] where the files say why.
func Sign(set *change.Set, l *project.Loaded, files []string, stage campaign.Stage, by string, replace bool) ([]Signature, error) {
	as := campaign.Signed{Stage: stage, Signoff: campaign.Signoff{By: by, On: l.Date}}
	var list []Signature
	refused := &Refused{}
	for _, file := range files {
		what, err := Find(l, file)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(list, func(s Signature) bool { return s.File == what.File }) {
			continue
		}
		record := what.Record()
		s := Signature{Signable: what, Signing: review.Sign(l.Campaign, record, as, replace), Fingerprint: campaign.Fingerprint(record.Digest, as)}
		was, _ := record.Signoffs.Of(stage)
		s.There = was.Standing == campaign.Bound && was.By == as.By && was.On == as.On
		if list = append(list, s); len(s.Against) > 0 {
			refused.List = append(refused.List, Refusal{what.File, s.Against})
			continue
		}
		if err := s.write(set); err != nil {
			return nil, fmt.Errorf("%s：%w", file, err)
		}
	}
	if len(refused.List) > 0 {
		return nil, refused
	}
	return list, nil
}

func (s Signature) write(set *change.Set) error {
	if s.There {
		return nil
	}
	return edit(set, s.File, func(old []byte) ([]byte, error) {
		return forms.Sign(old, s.Item != nil, forms.Signature{Signed: s.Signed, Fingerprint: s.Fingerprint, Removed: s.Removed, Updated: s.Updated})
	})
}

// edit notes what becomes of a file.
func edit(set *change.Set, file string, with func(old []byte) ([]byte, error)) error {
	old, err := set.Read(file)
	if err != nil {
		return err
	}
	text, err := with(old)
	if err != nil {
		return err
	}
	return set.Write(file, text)
}

// Unbound lists, when a campaign's first 指纹 is being written, the files that had
// all their signatures and now need them again, with the stages.
func Unbound(l *project.Loaded, list []Signature) (lines []string) {
	if l.Campaign.Fingerprinted {
		return nil
	}
	written := map[*campaign.Release]campaign.Stage{}
	for _, s := range list {
		written[s.Record()] = s.Stage
	}
	for _, r := range l.Campaign.Records() {
		needs := slices.DeleteFunc(r.Signoffs.With(campaign.Unbound), func(s campaign.Stage) bool { return written[r] == s })
		if len(needs) > 0 && r.Complete() && r.Disclosure == campaign.Proactive && (r.Expires.IsZero() || !r.Expires.Before(l.Date)) {
			lines = append(lines, r.Keys.Start.File+"："+campaign.JoinStages(needs))
		}
	}
	return lines
}

// Open notes 公开方式 and 发布日期 in files that are to be signed for their first
// publication. The release.yaml of a round that is not there is made.
func Open(set *change.Set, l *project.Loaded, files []string, on campaign.Moment) error {
	for _, file := range files {
		isRelease := roundOf(l.Campaign, file) != nil
		if campaign.ItemFile(file) != file && !isRelease {
			return notSignable(file)
		}
		if first, ok := l.Campaign.FirstPublished(file); ok {
			return fmt.Errorf("%s 在 %s 已经公布，发布日期不再改：不写 --on，直接签", file, first)
		}
		old, err := set.Read(file)
		if err != nil && !(isRelease && errors.Is(err, fs.ErrNotExist)) {
			return err
		}
		text, err := forms.Open(old, strings.HasSuffix(file, ".md"), DayText(on))
		if err != nil {
			return fmt.Errorf("%s：%w", file, err)
		}
		if err := set.Write(file, text); err != nil {
			return err
		}
	}
	return nil
}

// DayText writes a moment without its hour where that is midnight.
func DayText(at campaign.Moment) string { return strings.TrimSuffix(at.String(), " 00:00") }

// Return notes that one who was to sign has sent files back instead, with a remark.
// The next signature takes it away.
func Return(set *change.Set, l *project.Loaded, files []string, r campaign.Returned) error {
	r.By, r.Remark, r.On = strings.TrimSpace(r.By), strings.Join(strings.Fields(r.Remark), " "), l.Date
	switch {
	case r.By == "":
		return errors.New("要写退回的人的姓名")
	case r.Remark == "":
		return errors.New("要写退回的意见：要改什么")
	}
	for _, file := range files {
		if what := (Signable{File: file, Item: l.Campaign.ItemAt(file), Round: roundOf(l.Campaign, file)}); what.Item == nil && (what.Round == nil || what.Round.Release == nil) {
			return notSignable(file)
		} else if !slices.Contains(l.Campaign.Unsigned(what.Record()), r.Stage) {
			return fmt.Errorf("%s 已经签了%s，不能退回：公布过的要撤下用停止公示，没有公布的改了内容签字就不算", file, r.Stage)
		}
		if err := edit(set, file, func(old []byte) ([]byte, error) { return forms.Return(old, strings.HasSuffix(file, ".md"), r) }); err != nil {
			return fmt.Errorf("%s：%w", file, err)
		}
	}
	return nil
}

// Stop notes 停止公示 in items, and returns what it is in each. They need not be in
// order: what has to go goes.
func Stop(set *change.Set, l *project.Loaded, files []string, by campaign.Stopped) (list []campaign.Stopped, err error) {
	for _, file := range files {
		stopped, err := review.Stop(l.Campaign, file, l.Date, by)
		if err != nil {
			return nil, err
		}
		if err := edit(set, file, func(old []byte) ([]byte, error) { return forms.Stop(old, stopped) }); err != nil {
			return nil, fmt.Errorf("%s：%w", file, err)
		}
		list = append(list, stopped)
	}
	return list, nil
}

// Restore takes 停止公示 out of items. What was not changed since needs no new
// signature.
func Restore(set *change.Set, l *project.Loaded, files []string) error {
	for _, file := range files {
		if i := l.Campaign.ItemAt(file); i == nil || i.Stopped == nil {
			return fmt.Errorf("%s 没有停止公示，不用恢复（在 data/corrections.yaml 里撤下的，改好以后重新签）", file)
		}
		if err := edit(set, file, forms.Restore); err != nil {
			return fmt.Errorf("%s：%w", file, err)
		}
	}
	return nil
}
