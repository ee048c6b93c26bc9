package incoming

import (
	"fmt"
	"path"

	"wangjian/internal/cause"
	"wangjian/internal/change"
	"wangjian/internal/inbox"
)

// Set holds what is written for the files that are taken: their originals, the
// register of them, and what they become.
func (b *Batch) Set() (*change.Set, error) {
	set := change.Of(b.Files)
	box, err := inbox.Open(b.Files, inbox.Received) // whose entries grow with the set
	if err != nil {
		return nil, err
	}
	var list []*File
	for _, f := range b.List {
		if f.Takes() {
			list = append(list, f)
		}
	}
	for _, f := range list {
		if err := b.keep(box, set, f, f.entry()); err != nil {
			return nil, err
		}
	}
	if err := b.galleries(set, list); err != nil {
		return nil, err
	}
	for _, f := range list {
		if f.Same != nil {
			continue
		}
		for _, w := range f.Writes {
			if err := set.Replace(w.Name, w.Old, w.New); err != nil {
				return nil, err
			}
		}
	}
	return set, nil
}

// entry is what the register says of a file.
func (f *File) entry() inbox.Entry {
	e := inbox.Entry{What: f.Kind.Chinese(), Unit: UnitName(f.Department, f.Region), Became: f.Becomes}
	switch k := kindNamed(f.Kind); {
	case f.Kind == Summary:
		e.What = Narrative.Chinese()
	case f.Kind == Original:
		e.What = "附件"
	case k.becomes != "" && !k.becomes.InSections():
		e.What = k.becomes.Chinese()
	}
	if f.Round != nil && kindNamed(f.Kind).hasRound {
		e.Round = f.Round.Name
	}
	return e
}

// keep keeps an original, and the mail or archive that brought it.
func (b *Batch) keep(box *inbox.Register, set *change.Set, f *File, e inbox.Entry) error {
	if p := f.Parcel; p != nil {
		p.Sent, p.Told.On = f.Sent, b.told(f).On
		if p.Kept == "" {
			p.On, p.Known = b.dayOf(p)
			var err error
			if p.Kept, err = b.box.Place(p.On, p.Sender, p.data); err != nil {
				return fmt.Errorf("放不进 %s/：%v", inbox.Received, cause.Of(err))
			}
		}
		what := "压缩包"
		if p.isMail() {
			what = "邮件"
		}
		if err := b.keep(box, set, p, inbox.Entry{What: what}); err != nil {
			return err
		}
		e.From = p.Kept
	}
	e.On, e.File = f.On.String(), f.Kept
	if path.Base(f.Kept) != f.Sender {
		e.Sender = f.Sender
	}
	if err := box.Keep(set, e, f.data); err != nil {
		return fmt.Errorf("存原件 %s：%v", f.Name, cause.Of(err))
	}
	return nil
}
